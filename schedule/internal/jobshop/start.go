package jobshop

import "github.com/taktplan/takt/schedule/internal/plain"

// A lister makes non-delay schedules: whenever a machine could begin an
// operation, it begins one of those waiting for it, the one with the highest
// priority. The priority is the work that remains of the job, each time
// multiplied by a random factor, so that one lister yields many starts.
type lister struct {
	shop   *plain.Shop
	r      *random
	spread int // range of the random factor in per cent
	order  []int32
	queue  []listed // heap by (start, priority), with starts possibly out of date
	next   []int32  // by job: its next operation
	ready  []int32  // by job
	free   []int32  // by machine
	work   []int32  // by operation: time of it and all after it in the job
}

type listed struct {
	start    int32
	priority int32
	job      int32
}

func newLister(s *plain.Shop, r *random) *lister {
	l := &lister{
		shop: s, r: r,
		order: make([]int32, 0, s.Ops()),
		queue: make([]listed, 0, s.Jobs()),
		next:  make([]int32, s.Jobs()),
		ready: make([]int32, s.Jobs()),
		free:  make([]int32, s.Machines),
		work:  make([]int32, s.Ops()),
	}
	for j := range s.Jobs() {
		rest := s.Tail[j]
		for o := s.JobStart[j+1] - 1; o >= s.JobStart[j]; o-- {
			rest += s.Time[o]
			l.work[o] = rest
		}
	}
	return l
}

// begin begins a new schedule. Spread is the range of the random factor in per
// cent: with 0 the schedule is always the same.
func (l *lister) begin(spread int) {
	l.spread = spread
	l.order = l.order[:0]
	l.queue = l.queue[:0]
	clear(l.free)
	for j := range l.shop.Jobs() {
		l.next[j] = l.shop.JobStart[j]
		l.ready[j] = l.shop.Release[j]
		l.enqueue(int32(j))
	}
}

// run looks at the top of the queue up to count times, and reports whether all
// operations are in order, sorted by start.
func (l *lister) run(count int) (complete bool) {
	for ; count > 0 && len(l.queue) > 0; count-- {
		l.advance()
	}
	return len(l.queue) == 0
}

// advance schedules the first operation of the queue, or puts it back if its
// machine has been taken since.
func (l *lister) advance() {
	top := &l.queue[0]
	o := l.next[top.job]
	m := l.shop.Machine[o]
	if top.start < l.free[m] {
		top.start = l.free[m]
		l.sink(0)
		return
	}
	job := top.job
	end := top.start + l.shop.Time[o]
	l.free[m], l.ready[job] = end, end
	l.next[job]++
	l.order = append(l.order, o)
	n := len(l.queue) - 1
	l.queue[0] = l.queue[n]
	l.queue = l.queue[:n]
	l.sink(0)
	l.enqueue(job)
}

// enqueue puts the next operation of the job, if any, into the queue.
func (l *lister) enqueue(job int32) {
	o := l.next[job]
	if o == l.shop.JobStart[job+1] {
		return
	}
	factor := 100 + int64(l.r.below(l.spread+1))
	l.queue = append(l.queue, listed{
		start:    max(l.ready[job], l.free[l.shop.Machine[o]]),
		priority: int32(int64(l.work[o]) * factor / 200),
		job:      job,
	})
	for i := len(l.queue) - 1; i > 0; {
		up := (i - 1) / 2
		if !l.queue[i].before(l.queue[up]) {
			break
		}
		l.queue[i], l.queue[up] = l.queue[up], l.queue[i]
		i = up
	}
}

// sink restores the heap below place i.
func (l *lister) sink(i int) {
	for {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(l.queue); c++ {
			if l.queue[c].before(l.queue[least]) {
				least = c
			}
		}
		if least == i {
			return
		}
		l.queue[i], l.queue[least] = l.queue[least], l.queue[i]
		i = least
	}
}

func (a listed) before(b listed) bool {
	if a.start != b.start {
		return a.start < b.start
	}
	if a.priority != b.priority {
		return a.priority > b.priority
	}
	return a.job < b.job
}
