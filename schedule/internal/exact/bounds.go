package exact

import "github.com/taktplan/takt/schedule/internal/plain"

// bounds holds, for every operation, the longest known paths to its start
// and from its end, and how they came about.
type bounds struct {
	shop     *plain.Shop
	jobPred  []int32 // -1 for none
	jobSucc  []int32
	time     []int32
	head     []int32
	tail     []int32
	changes  []change // since the last settle
	lastHead []int32  // by operation: its latest change, -1 for none
	lastTail []int32
	baseHead []int32 // the values before all changes
	baseTail []int32

	queue   []int32 // operations whose new bounds have not been passed on
	queued  []bool
	touched []int32 // operations with new bounds
}

// A change raised a bound of op to value, by the arc between it and via.
type change struct {
	op, value, via int32
	prev           int32 // the change of the same bound before this one
	tail           bool
}

func (b *bounds) init(s *plain.Shop) {
	n := s.Ops()
	b.shop, b.time = s, s.Time
	b.jobPred, b.jobSucc = make([]int32, n), make([]int32, n)
	b.head, b.tail = make([]int32, n), make([]int32, n)
	b.baseHead, b.baseTail = make([]int32, n), make([]int32, n)
	b.lastHead, b.lastTail = make([]int32, n), make([]int32, n)
	b.changes = make([]change, 0, 64*n)
	b.queue = make([]int32, 0, n)
	b.touched = make([]int32, 0, n)
	b.queued = make([]bool, n)
	b.reset()
}

// reset makes the bounds those that the jobs alone give.
func (b *bounds) reset() {
	s := b.shop
	for j := range s.Jobs() {
		first, end := s.Job(j)
		t := s.Release[j]
		for v := first; v < end; v++ {
			b.head[v], b.jobPred[v], b.jobSucc[v] = t, v-1, v+1
			t += s.Time[v]
		}
		t = s.Tail[j]
		for v := end - 1; v >= first; v-- {
			b.tail[v] = t
			t += s.Time[v]
		}
		if first < end {
			b.jobPred[first], b.jobSucc[end-1] = -1, -1
		}
	}
	b.settle()
}

// settle makes the present bounds those that need no explanation.
func (b *bounds) settle() {
	b.changes = b.changes[:0]
	copy(b.baseHead, b.head)
	copy(b.baseTail, b.tail)
	for v := range b.lastHead {
		b.lastHead[v], b.lastTail[v] = -1, -1
	}
}

// excess returns by how much the longest path through v exceeds limit.
func (b *bounds) excess(v, limit int32) int32 {
	return b.head[v] + b.time[v] + b.tail[v] - limit
}

func (b *bounds) raiseHead(v, via int32) {
	value := b.head[via] + b.time[via]
	if value <= b.head[v] {
		return
	}
	b.changes = append(b.changes, change{op: v, value: value, via: via, prev: b.lastHead[v]})
	b.lastHead[v] = int32(len(b.changes)) - 1
	b.head[v] = value
	b.enqueue(v)
}

func (b *bounds) raiseTail(v, via int32) {
	value := b.tail[via] + b.time[via]
	if value <= b.tail[v] {
		return
	}
	b.changes = append(b.changes, change{op: v, value: value, via: via, prev: b.lastTail[v], tail: true})
	b.lastTail[v] = int32(len(b.changes)) - 1
	b.tail[v] = value
	b.enqueue(v)
}

func (b *bounds) enqueue(v int32) {
	if !b.queued[v] {
		b.queued[v] = true
		b.queue = append(b.queue, v)
		b.touched = append(b.touched, v)
	}
}

// forget drops what is queued.
func (b *bounds) forget() {
	for _, v := range b.queue {
		b.queued[v] = false
	}
	b.queue, b.touched = b.queue[:0], b.touched[:0]
}

// undo takes back all but the first keep changes.
func (b *bounds) undo(keep int32) {
	for i := len(b.changes) - 1; i >= int(keep); i-- {
		c := &b.changes[i]
		if c.tail {
			b.lastTail[c.op] = c.prev
			b.tail[c.op] = b.value(c.prev, b.baseTail[c.op])
		} else {
			b.lastHead[c.op] = c.prev
			b.head[c.op] = b.value(c.prev, b.baseHead[c.op])
		}
	}
	b.changes = b.changes[:keep]
}

func (b *bounds) value(change, base int32) int32 {
	if change < 0 {
		return base
	}
	return b.changes[change].value
}

// lengthen follows the arc of the new order l: it passes on heads and tails,
// and orders all pairs that have only one way left.
func (x *Solver) lengthen(l lit) bool {
	b := &x.bounds
	b.raiseHead(x.orders.to[l], x.orders.from[l])
	b.raiseTail(x.orders.from[l], x.orders.to[l])
	for i := 0; i < len(b.queue); i++ {
		v := b.queue[i]
		b.queued[v] = false
		if b.excess(v, x.limit) > 0 {
			x.blamePath(v)
			b.queue = b.queue[i:]
			return false
		}
		x.pass(v)
	}
	b.queue = b.queue[:0]
	for _, v := range b.touched {
		x.fit(v)
		x.dullen(x.shop.Machine[v])
	}
	b.touched = b.touched[:0]
	return true
}

// pass raises the heads of the successors of v and the tails of its
// predecessors.
func (x *Solver) pass(v int32) {
	b, o := &x.bounds, &x.orders
	if s := b.jobSucc[v]; s >= 0 {
		b.raiseHead(s, v)
	}
	if p := b.jobPred[v]; p >= 0 {
		b.raiseTail(p, v)
	}
	mates := o.mates[o.machine[v]]
	row := o.value[o.row[v]:][:len(mates)]
	for i, u := range mates {
		switch row[i] {
		case 1:
			b.raiseHead(u, v)
		case -1:
			b.raiseTail(u, v)
		}
	}
}

// fit orders all pairs of v that fit the limit in one order only.
func (x *Solver) fit(v int32) {
	b, o := &x.bounds, &x.orders
	mates := o.mates[o.machine[v]]
	row := o.value[o.row[v]:][:len(mates)]
	early, late := b.head[v]+b.time[v], b.time[v]+b.tail[v]
	for i, u := range mates {
		if row[i] != 0 || u == v {
			continue
		}
		if early+b.time[u]+b.tail[u] > x.limit {
			x.assign(o.before(u, v), reason{kind: byBounds})
		} else if b.head[u]+b.time[u]+late > x.limit {
			x.assign(o.before(v, u), reason{kind: byBounds})
		}
	}
}

// blamePath puts the orders on a longest path through v, which is too long,
// into refuted.
func (x *Solver) blamePath(v int32) {
	b := &x.bounds
	stamp := int32(len(b.changes))
	slack := b.excess(v, x.limit) - 1
	x.refuted = x.refuted[:0]
	x.refuted, slack = x.blameHead(x.refuted, v, b.head[v]-slack, stamp)
	x.refuted, _ = x.blameTail(x.refuted, v, b.tail[v]-slack, stamp)
}

// blameOrder appends the orders because of which l, u before v, was the only
// way left: those that made the head of v and the tail of u as they were.
func (x *Solver) blameOrder(why []lit, l lit) []lit {
	b := &x.bounds
	u, v, stamp := x.orders.from[l], x.orders.to[l], x.orders.stamp[l]
	head := b.value(b.since(b.lastHead[v], stamp), b.baseHead[v])
	tail := b.value(b.since(b.lastTail[u], stamp), b.baseTail[u])
	slack := head + b.time[v] + b.time[u] + tail - x.limit - 1
	why, slack = x.blameHead(why, v, head-slack, stamp)
	why, _ = x.blameTail(why, u, tail-slack, stamp)
	return why
}

// since returns the latest change before stamp in the chain that ends in c.
func (b *bounds) since(c, stamp int32) int32 {
	for c >= stamp {
		c = b.changes[c].prev
	}
	return c
}

// blameHead appends the orders of a path that made the head of v at least
// need, by changes before stamp. It prefers the oldest such path, and returns
// by how much the path is longer than it need be.
func (x *Solver) blameHead(why []lit, v, need, stamp int32) ([]lit, int32) {
	b := &x.bounds
	for b.baseHead[v] < need {
		c := b.since(b.lastHead[v], stamp)
		for p := b.changes[c].prev; p >= 0 && b.changes[p].value >= need; p = b.changes[c].prev {
			c = p
		}
		via := b.changes[c].via
		if via != b.jobPred[v] {
			why = append(why, x.orders.before(via, v))
		}
		v, need, stamp = via, need-b.time[via], c
	}
	return why, b.baseHead[v] - need
}

// blameTail is the mirror of blameHead.
func (x *Solver) blameTail(why []lit, v, need, stamp int32) ([]lit, int32) {
	b := &x.bounds
	for b.baseTail[v] < need {
		c := b.since(b.lastTail[v], stamp)
		for p := b.changes[c].prev; p >= 0 && b.changes[p].value >= need; p = b.changes[c].prev {
			c = p
		}
		via := b.changes[c].via
		if via != b.jobSucc[v] {
			why = append(why, x.orders.before(v, via))
		}
		v, need, stamp = via, need-b.time[via], c
	}
	return why, b.baseTail[v] - need
}
