package heuristic

import (
	"cmp"
	"slices"
)

// A deadline looks for when things have to be there for all dates to be kept.
// It follows the pegs from what is made to what it is for, and within an order
// the steps from the last one back, each as short as it can be.
type deadline struct {
	*extract
	orders, trips []int64 // when they have to be there: never if nobody waits
	known         [2][]bool
	ops           []int64 // when an operation has to end
	byOrder       [][]int32
	byTrip        [][]int32 // pegs
}

// deadlines returns when each order has to end, and each operation.
func (x *extract) deadlines() *deadline {
	d := &deadline{
		extract: x, orders: make([]int64, len(x.state.orders)), trips: make([]int64, len(x.trips)), ops: make([]int64, len(x.ops)),
	}
	d.known = [2][]bool{make([]bool, len(d.orders)), make([]bool, len(d.trips))}
	d.byOrder = group(x.pegged, len(d.orders), func(p *pegged) int32 {
		if p.inKind.class() == inOrder {
			return p.in
		}
		return nobody
	})
	d.byTrip = group(x.pegged, len(d.trips), func(p *pegged) int32 {
		if p.inKind == inTrip {
			return p.in
		}
		return nobody
	})
	for i := range d.orders {
		d.order(int32(i))
	}
	return d
}

// group lists the pegs of each of n things.
func group(pegs []pegged, n int, of func(*pegged) int32) [][]int32 {
	count := make([]int32, n)
	total := 0
	for k := range pegs {
		if i := of(&pegs[k]); i >= 0 {
			count[i]++
			total++
		}
	}
	all := make([]int32, total)
	lists := make([][]int32, n)
	for i, c := range count {
		lists[i], all = all[:0:c], all[c:]
	}
	for k := range pegs {
		if i := of(&pegs[k]); i >= 0 {
			lists[i] = append(lists[i], int32(k))
		}
	}
	return lists
}

// order returns when an order has to end.
func (d *deadline) order(i int32) int64 {
	if d.known[0][i] {
		return d.orders[i]
	}
	d.known[0][i] = true
	d.orders[i] = d.first(d.byOrder[i])
	d.steps(i)
	return d.orders[i]
}

// trip returns when a transfer has to arrive.
func (d *deadline) trip(i int32) int64 {
	if !d.known[1][i] {
		d.known[1][i] = true
		d.trips[i] = d.first(d.byTrip[i])
	}
	return d.trips[i]
}

// first returns when the first of the demands of some pegs wants its share.
func (d *deadline) first(pegs []int32) int64 {
	at := int64(never)
	for _, k := range pegs {
		at = min(at, d.demand(&d.pegged[k]))
	}
	return at
}

// demand returns when a demand has to be met.
func (d *deadline) demand(p *pegged) int64 {
	switch p.outKind {
	case outShip:
		return d.lines[d.state.ships[p.out].line].due
	case outTrip:
		t := &d.state.trips[p.out]
		return before(d.trip(p.out), t.arrives-t.leaves)
	case outDraw:
		dr := &d.draws[p.out]
		o := &d.state.ops[dr.op]
		d.order(o.order)
		if start := d.start(dr.op); start != never {
			return start + d.stepOf(o).needs[dr.need].offset
		}
	}
	return never
}

// steps computes when the operations of an order have to end.
func (d *deadline) steps(i int32) {
	o := &d.state.orders[i]
	r := &d.routings[o.routing]
	for n := len(r.forward) - 1; n >= 0; n-- {
		k := r.forward[n]
		at := d.orders[i]
		for _, a := range r.steps[k].after {
			at = min(at, d.handOver(i, k, a))
		}
		d.ops[o.first+k] = at
	}
}

// handOver returns when step k has to end for the step of an arc after it.
func (d *deadline) handOver(i, k int32, a arc) int64 {
	n := d.state.orders[i].first + a.step
	next := &d.state.ops[n]
	if d.overlaps(i, k, next, a) && d.ops[n] != never {
		if last := d.modeOf(next).working(next.overtime).before(d.ops[n], d.tail(i, k, next)); last != never {
			return last - a.wait
		}
	}
	return before(d.start(n), a.wait)
}

// start returns when an operation has to start.
func (d *deadline) start(n int32) int64 {
	o, end := &d.state.ops[n], d.ops[n]
	if end == never {
		return never
	}
	var start int64
	switch {
	case o.mode == contracted:
		st := d.stepOf(o)
		start = leadBefore(d.partners[st.partner].working, end, st.lead)
	case o.mode >= 0:
		m := d.modeOf(o)
		start, _ = d.spanBefore(m.working(o.overtime), d.stepOf(o).Pausable, end, o.setup+d.workOf(m, d.stepOf(o), o).run)
	default:
		start = end
	}
	if start == never { // it has been too late since before the horizon
		return end - (o.end - o.start)
	}
	return start
}

// before is t − d, or never.
func before(t, d int64) int64 {
	if t == never {
		return never
	}
	return t - d
}

// setDeadlines writes the dates into the plan.
func (x *extract) setDeadlines() {
	d := x.deadlines()
	for n, i := range x.sorted {
		if at := d.orders[i]; at != never {
			x.plan.Orders[n].Due = x.time(at)
		}
	}
	for n, i := range x.inside {
		if at := d.ops[i]; at != never {
			x.plan.Operations[n].NeedBy = x.time(at)
		}
	}
}

// latestPegs returns, for each demand of a kind, the peg that comes last.
func (x *extract) latestPegs(kind flowKind, n int) []int32 {
	last := slices.Repeat([]int32{nobody}, n)
	for k := range x.pegged {
		p := &x.pegged[k]
		if p.outKind != kind {
			continue
		}
		if old := last[p.out]; old == nobody || cmp.Compare(x.pegged[old].at, p.at) < 0 {
			last[p.out] = int32(k)
		}
	}
	return last
}
