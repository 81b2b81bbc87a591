// Package window searches for a schedule that ends by a given time. It is for
// models in which time is short and irregular: shifts, several resources at
// once, second machines, where a schedule is changed for the better only by
// many small changes together.
//
// Each operation has a window from the earliest start to the latest end; what
// is decided, one of two operations on a resource first or a mode, makes
// windows smaller, and windows that leave only one way decide it (precedence
// constraint posting: Smith and Cheng, AAAI 1993). Decisions go to where there
// is the least room, weighed by how often it was missing (Boussemart, Hemery,
// Lecoutre and Sais, ECAI 2004; for shops Grimes and Hebrard, INFORMS Journal on
// Computing 27, 2015), and the search begins anew after some failures, with
// the orders of the best schedule tried first (Beck, JAIR 29, 2007). Nothing is
// learnt from failures but the weights. In between, all but a part of the best
// schedule is kept, and the part decided anew (Godard, Laborie and Nuijten,
// ICAPS 2005).
//
// It takes the makespan, any working time, several unary resources and pools
// at once, and arcs from end to start; changeovers, frozen operations and
// maximum waits it leaves to others.
package window

import "github.com/taktplan/takt/schedule/internal/core"

// A span is when an operation may be: from its earliest start and end to its
// latest.
type span struct {
	start, end, lateStart, lateEnd int64
}

// A store holds what is decided and what follows. All changes are undone by
// undo, the last first.
type store struct {
	m     *core.Model
	span  []span
	begin []span  // before anything is decided, without a target
	open  []bool  // of each mode, whether it is still possible
	modes []int32 // number of open modes of each operation
	pairs []pair
	// near[nearStart[o]:nearStart[o+1]] are the pairs that o is in.
	near      []neighbour
	nearStart []int32
	// after and before are the orders posted between users of a pool.
	after, before [][]int32

	trail  []change
	queue  []int32 // operations whose windows have changed
	queued []bool
	work   int64   // operations followed
	failed int32   // the last operation without room
	weight []int64 // how often there was none for each, or beside it, and one
}

// A pair is two operations that have modes on the same unary resource.
type pair struct {
	a, b   int32
	always bool // whatever their modes
	order  order
}

type order uint8

const (
	undecided order = iota
	aFirst
	bFirst
)

// A neighbour is the other operation of a pair.
type neighbour struct {
	op, pair int32
}

// A change is what was before it.
type change struct {
	kind changeKind
	at   int32
	old  span
}

type changeKind uint8

const (
	spanChange changeKind = iota
	modeClosed
	pairOrdered
	poolOrdered
)

func newStore(m *core.Model) *store {
	n := m.Ops()
	x := &store{m: m, span: make([]span, n), open: make([]bool, len(m.ModeTime)),
		modes: make([]int32, n), after: make([][]int32, n), before: make([][]int32, n),
		queue: make([]int32, 0, n), queued: make([]bool, n), weight: make([]int64, n)}
	for o := range x.weight {
		x.weight[o] = 1
	}
	x.findPairs()
	return x
}

// findPairs lists pairs by operation.
func (x *store) findPairs() {
	m := x.m
	n := int32(m.Ops())
	users := make([][]int32, len(m.Resources))
	for o := range n {
		for k := m.NeedStart[m.ModeStart[o]]; k < m.NeedStart[m.ModeStart[o+1]]; k++ {
			u := &users[m.NeedResource[k]]
			if m.Resources[m.NeedResource[k]].Capacity == 1 && (len(*u) == 0 || (*u)[len(*u)-1] != o) {
				*u = append(*u, o)
			}
		}
	}
	met := make([]int32, n) // the last operation each was paired with, plus one
	degree := make([]int32, n+1)
	for a := range n {
		for k := m.NeedStart[m.ModeStart[a]]; k < m.NeedStart[m.ModeStart[a+1]]; k++ {
			for _, b := range users[m.NeedResource[k]] {
				if b <= a || met[b] == a+1 || x.linked(a, b) {
					continue
				}
				met[b] = a + 1
				if always, ever := x.sharing(a, b); ever {
					x.pairs = append(x.pairs, pair{a: a, b: b, always: always})
					degree[a+1]++
					degree[b+1]++
				}
			}
		}
	}
	for o := range n {
		degree[o+1] += degree[o]
	}
	x.nearStart = degree
	x.near = make([]neighbour, 2*len(x.pairs))
	next := make([]int32, n)
	copy(next, degree)
	for i, p := range x.pairs {
		x.near[next[p.a]], x.near[next[p.b]] = neighbour{p.b, int32(i)}, neighbour{p.a, int32(i)}
		next[p.a]++
		next[p.b]++
	}
}

// linked reports whether an arc orders a and b.
func (x *store) linked(a, b int32) bool {
	m := x.m
	for _, i := range m.OutArc[m.OutStart[a]:m.OutStart[a+1]] {
		if m.Arcs[i].To == b {
			return true
		}
	}
	return false
}

// sharing reports whether a and b share a unary resource in all of their modes,
// and in any.
func (x *store) sharing(a, b int32) (always, ever bool) {
	m := x.m
	always = true
	for i := m.ModeStart[a]; i < m.ModeStart[a+1]; i++ {
		for j := m.ModeStart[b]; j < m.ModeStart[b+1]; j++ {
			s := x.share(i, j)
			always, ever = always && s, ever || s
		}
	}
	return always, ever
}

// share reports whether two modes exclude one another.
func (x *store) share(i, j int32) bool {
	m := x.m
	if m.ModeTime[i] == 0 || m.ModeTime[j] == 0 {
		return false
	}
	for k := m.NeedStart[i]; k < m.NeedStart[i+1]; k++ {
		for l := m.NeedStart[j]; l < m.NeedStart[j+1]; l++ {
			if m.NeedResource[k] == m.NeedResource[l] && m.Resources[m.NeedResource[k]].Capacity == 1 {
				return true
			}
		}
	}
	return false
}

// mode is the first open mode of o (model-wide).
func (x *store) mode(o int32) int32 {
	k := x.m.ModeStart[o]
	for !x.open[k] {
		k++
	}
	return k
}

// settled reports whether it is decided if p has to be ordered.
func (x *store) settled(p *pair) bool {
	return p.always || x.modes[p.a] == 1 && x.modes[p.b] == 1
}

// exclusive reports whether p has to be ordered.
func (x *store) exclusive(p *pair) bool {
	return p.always || x.settled(p) && x.share(x.mode(p.a), x.mode(p.b))
}

// reset begins anew with the target, and reports whether the windows have room
// at first sight.
func (x *store) reset(target int64) bool {
	m := x.m
	x.trail = x.trail[:0]
	x.clearQueue()
	for i := range x.pairs {
		x.pairs[i].order = undecided
	}
	for o := range int32(m.Ops()) {
		x.after[o], x.before[o] = x.after[o][:0], x.before[o][:0]
		x.modes[o] = 0
		_, fixed := m.Fixed(o)
		for k := m.ModeStart[o]; k < m.ModeStart[o+1]; k++ {
			if x.open[k] = fixed < 0 || k == m.ModeStart[o]+fixed; x.open[k] {
				x.modes[o]++
			}
		}
	}
	for o := range int32(m.Ops()) {
		if !x.fit(o, m.Release(o), min(target, m.Jobs[m.OpJob[o]].Deadline)) {
			return false
		}
	}
	return x.propagate()
}

// notBefore makes o start at t or later and reports whether there is room.
func (x *store) notBefore(o int32, t int64) bool {
	w := &x.span[o]
	return t <= w.start || x.fit(o, t, w.lateEnd)
}

// notAfter makes o end at t or earlier and reports whether there is room.
func (x *store) notAfter(o int32, t int64) bool {
	w := &x.span[o]
	return t >= w.lateEnd || x.fit(o, w.start, t)
}

// fit makes the window of o what its modes have room for between two instants,
// and closes the others. It reports whether one is left.
func (x *store) fit(o int32, from, until int64) bool {
	m, pausable := x.m, x.m.Has(o, core.Pausable)
	w := span{core.Never, core.Never, -1, -1}
	for k := m.ModeStart[o]; k < m.ModeStart[o+1]; k++ {
		if !x.open[k] {
			continue
		}
		line, work := m.Timeline(k), m.ModeTime[k]
		start, end := line.Earliest(from, work, pausable)
		if end > until {
			x.close(o, k)
			continue
		}
		lateStart, lateEnd := line.Latest(until, work, pausable)
		w = span{min(w.start, start), min(w.end, end), max(w.lateStart, lateStart), max(w.lateEnd, lateEnd)}
	}
	if x.modes[o] == 0 {
		x.failed = o
		return false
	}
	x.trail = append(x.trail, change{spanChange, o, x.span[o]})
	x.span[o] = w
	x.enqueue(o)
	return true
}

// exclude closes mode k of o and reports whether there is room for another.
func (x *store) exclude(o, k int32) bool {
	x.close(o, k)
	return x.fit(o, x.span[o].start, x.span[o].lateEnd)
}

func (x *store) close(o, k int32) {
	x.open[k] = false
	x.modes[o]--
	x.trail = append(x.trail, change{kind: modeClosed, at: k, old: span{start: int64(o)}})
}

func (x *store) enqueue(o int32) {
	if !x.queued[o] {
		x.queued[o] = true
		x.queue = append(x.queue, o)
	}
}

func (x *store) clearQueue() {
	for _, o := range x.queue {
		x.queued[o] = false
	}
	x.queue = x.queue[:0]
}

// propagate follows all changes of windows and reports whether there is room.
func (x *store) propagate() bool {
	for i := 0; i < len(x.queue); i++ {
		o := x.queue[i]
		x.queued[o] = false
		if !x.follow(o) {
			x.weight[o]++
			x.weight[x.failed]++
			x.queue = append(x.queue[:0], x.queue[i+1:]...)
			x.clearQueue()
			return false
		}
	}
	x.queue = x.queue[:0]
	return true
}

// follow passes the window of o on.
func (x *store) follow(o int32) bool {
	m, w := x.m, x.span[o]
	for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
		if a := &m.Arcs[i]; !x.notBefore(a.To, w.end+a.Min) {
			return false
		}
	}
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		if a := &m.Arcs[i]; !x.notAfter(a.From, w.lateStart-a.Min) {
			return false
		}
	}
	for _, v := range x.after[o] {
		if !x.notBefore(v, w.end) {
			return false
		}
	}
	for _, v := range x.before[o] {
		if !x.notAfter(v, w.lateStart) {
			return false
		}
	}
	near := x.near[x.nearStart[o]:x.nearStart[o+1]]
	x.work += int64(2 + len(near)/4)
	for _, n := range near {
		p, v := &x.pairs[n.pair], n.op
		switch {
		case p.order == undecided:
			if e := &x.span[v]; (w.end > e.lateStart || e.end > w.lateStart) && !x.decide(n.pair, o, v) {
				return false
			}
		case (p.order == aFirst) == (p.a == o):
			if !x.notBefore(v, w.end) {
				return false
			}
		case !x.notAfter(v, w.lateStart):
			return false
		}
	}
	return true
}

// decide orders a pair of o and v whose windows leave at most one way, if they
// exclude one another. If not yet, modes may have to be excluded later.
func (x *store) decide(i, o, v int32) bool {
	p := &x.pairs[i]
	if !x.exclusive(p) {
		return true
	}
	if x.span[o].end > x.span[v].lateStart {
		return x.post(i, v == p.a)
	}
	return x.post(i, o == p.a)
}

// post orders a pair.
func (x *store) post(i int32, first bool) bool {
	return x.separate(x.order(i, first))
}

// order notes that the first of a pair comes first, or not, and returns the
// operations in their order.
func (x *store) order(i int32, first bool) (a, b int32) {
	p := &x.pairs[i]
	x.trail = append(x.trail, change{kind: pairOrdered, at: i})
	if p.order = bFirst; !first {
		return p.b, p.a
	}
	p.order = aFirst
	return p.a, p.b
}

// postPool puts a before b, two users of a pool.
func (x *store) postPool(a, b int32) bool {
	x.orderPool(a, b)
	return x.separate(a, b)
}

func (x *store) orderPool(a, b int32) {
	x.after[a], x.before[b] = append(x.after[a], b), append(x.before[b], a)
	x.trail = append(x.trail, change{kind: poolOrdered, at: a, old: span{start: int64(b)}})
}

// separate makes a end before b starts.
func (x *store) separate(a, b int32) bool {
	return x.notBefore(b, x.span[a].end) && x.notAfter(a, x.span[b].lateStart)
}

// undo takes changes back until the trail has a length.
func (x *store) undo(length int) {
	x.clearQueue()
	for len(x.trail) > length {
		c := &x.trail[len(x.trail)-1]
		switch c.kind {
		case spanChange:
			x.span[c.at] = c.old
		case modeClosed:
			x.open[c.at] = true
			x.modes[c.old.start]++
		case pairOrdered:
			x.pairs[c.at].order = undecided
		case poolOrdered:
			x.after[c.at] = x.after[c.at][:len(x.after[c.at])-1]
			b := c.old.start
			x.before[b] = x.before[b][:len(x.before[b])-1]
		}
		x.trail = x.trail[:len(x.trail)-1]
	}
}
