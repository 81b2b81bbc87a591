package dispatch

// An entry waits in a heap: the lowest key goes first, then the lowest id.
type entry struct {
	key int64
	id  int32
}

func (e entry) before(f entry) bool { return e.key < f.key || e.key == f.key && e.id < f.id }

// A queue is a binary heap of entries.
type queue []entry

func (q *queue) push(e entry) {
	h := append(*q, e)
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = e
	*q = h
}

func (q *queue) pop() entry {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	if len(h) > 0 {
		h.sink(0, last)
	}
	*q = h
	return top
}

// sink puts e into the place i, which is vacant, or below.
func (q queue) sink(i int, e entry) {
	for {
		down := 2*i + 1
		if down >= len(q) {
			break
		}
		if down+1 < len(q) && q[down+1].before(q[down]) {
			down++
		}
		if !q[down].before(e) {
			break
		}
		q[i] = q[down]
		i = down
	}
	q[i] = e
}

// raise moves entry i, whose key may have fallen, towards the top.
func (q queue) raise(i int) {
	e := q[i]
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(q[up]) {
			break
		}
		q[i] = q[up]
		i = up
	}
	q[i] = e
}
