package simulate

// never is an instant after all others.
const never = int64(1<<63 - 1)

// A kind says what happens at an event.
type kind uint8

const (
	arrives   kind = iota // an order enters the pool
	linked                // the wait before a task is over
	lotMoves              // the first transfer lot of a task is done
	ends                  // a task has done its work
	tries                 // a task may start, as far as dates are concerned
	wakes                 // a resource may have hours again
	outage                // units of a resource leave for maintenance, or return
	fails                 // a unit breaks down
	repaired              // a unit works again
	supplied              // a supply arrives
	mayTake               // a claim may be met, as far as dates are concerned
	returns               // the vehicles of a transfer are back
	opens                 // a line of a point may be shipped
	checks                // the release policy looks at the pool
	rushes                // a rush order arrives
	cancelled             // a line is cancelled
)

// An event is something that happens at an instant, in nanoseconds from the
// start of the horizon. Of several at one instant, the one that was put down
// first comes first.
type event struct {
	at    int64
	seq   uint64
	index int32  // of what it happens to
	stamp uint32 // of tasks: see [task.stamp]
	kind  kind
}

func (e *event) before(f *event) bool {
	return e.at < f.at || e.at == f.at && e.seq < f.seq
}

// An agenda holds the events to come as a binary heap.
type agenda struct {
	heap []event
	seq  uint64
}

func (q *agenda) push(at int64, k kind, index int32, stamp uint32) {
	if at == never {
		return
	}
	q.seq++
	q.heap = append(q.heap, event{at, q.seq, index, stamp, k})
	i := len(q.heap) - 1
	e := q.heap[i]
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(&q.heap[up]) {
			break
		}
		q.heap[i] = q.heap[up]
		i = up
	}
	q.heap[i] = e
}

// next returns when the next event is, or never.
func (q *agenda) next() int64 {
	if len(q.heap) == 0 {
		return never
	}
	return q.heap[0].at
}

// pop takes the next event out. There must be one.
func (q *agenda) pop() event {
	first := q.heap[0]
	n := len(q.heap) - 1
	e := q.heap[n]
	q.heap = q.heap[:n]
	if n == 0 {
		return first
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= n {
			break
		}
		if down+1 < n && q.heap[down+1].before(&q.heap[down]) {
			down++
		}
		if !q.heap[down].before(&e) {
			break
		}
		q.heap[i] = q.heap[down]
		i = down
	}
	q.heap[i] = e
	return first
}
