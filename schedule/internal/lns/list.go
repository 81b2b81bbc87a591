package lns

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/dispatch"
)

// A list is the order in which units are placed. Units with arcs between them
// stand in the order of the arcs. One change at a time can be undone.
type list struct {
	units []int32
	where []int32 // position of each unit
	g     *dispatch.Generator
	// now is the timing of the list, if it has one: then a change keeps the
	// sequence of every machine but the one it is meant for.
	now *timing

	from int     // where the last change begins
	old  []int32 // what stood there
	rest []int32
	mark []int32 // units marked in round
	turn int32
}

func newList(g *dispatch.Generator) *list {
	n := g.U.Len()
	l := &list{g: g, units: make([]int32, n), where: make([]int32, n), mark: make([]int32, n),
		old: make([]int32, 0, n), rest: make([]int32, 0, n)}
	for i := range l.units {
		l.units[i] = int32(i)
	}
	l.index(0, n)
	return l
}

func (l *list) index(from, to int) {
	for i := from; i < to; i++ {
		l.where[l.units[i]] = int32(i)
	}
}

// before moves unit x, and those of its predecessors that stand behind y, right
// before y, where x waits for y on resource r. It reports false, and changes
// nothing, if x stands before y already or must come after it.
func (l *list) before(x, y, r int32) bool {
	from, to := int(l.where[y]), int(l.where[x])
	if from >= to {
		return false
	}
	l.turn++
	l.mark[x] = l.turn
	for i := to; i > from; i-- {
		if u := l.units[i]; l.mark[u] == l.turn {
			l.markPredecessors(u, x, r)
		}
	}
	if l.mark[y] == l.turn {
		return false
	}
	l.split(from, to+1, true)
	return true
}

// after moves unit x, and those of its successors that stand before y, right
// behind y. It is the mirror image of before.
func (l *list) after(x, y, r int32) bool {
	from, to := int(l.where[x]), int(l.where[y])
	if from >= to {
		return false
	}
	l.turn++
	l.mark[x] = l.turn
	for i := from + 1; i <= to; i++ {
		if u := l.units[i]; l.followsMarked(u, x, r) {
			l.mark[u] = l.turn
		}
	}
	if l.mark[y] == l.turn {
		return false
	}
	l.split(from, to+1, false)
	return true
}

// promote moves units, which are given in the order of the list, forwards by up
// to a number of places each, but none past a predecessor.
func (l *list) promote(units []int32, by int) {
	l.save(max(0, int(l.where[units[0]])-by), int(l.where[units[len(units)-1]])+1)
	for _, u := range units {
		at := int(l.where[u])
		to := max(l.from, at-by, l.behindPredecessors(u))
		copy(l.units[to+1:at+1], l.units[to:at])
		l.units[to] = u
		l.index(to, at+1)
	}
}

// behindPredecessors is the first position behind all predecessors of u by
// arcs.
func (l *list) behindPredecessors(u int32) int {
	m := l.g.M
	at := 0
	for _, o := range l.g.U.Ops(u) {
		for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
			if p := l.g.U.Of[m.Arcs[i].From]; p != u {
				at = max(at, int(l.where[p])+1)
			}
		}
	}
	return at
}

// split brings the marked units of a stretch to its front or its back, each
// part in the order it has.
func (l *list) split(from, to int, front bool) {
	l.save(from, to)
	l.rest = l.rest[:0]
	next := from
	for _, u := range l.old {
		if (l.mark[u] == l.turn) == front {
			l.units[next] = u
			next++
		} else {
			l.rest = append(l.rest, u)
		}
	}
	copy(l.units[next:], l.rest)
	l.index(from, to)
}

// markPredecessors marks what has to come before u: by arcs, and before it on
// its machine, except for x on resource r.
func (l *list) markPredecessors(u, x, r int32) {
	m := l.g.M
	for _, o := range l.g.U.Ops(u) {
		for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
			l.mark[l.g.U.Of[m.Arcs[i].From]] = l.turn
		}
		if l.now == nil {
			continue
		}
		if p := l.now.prev[o]; p >= 0 && !(u == x && l.machine(o) == r) {
			l.mark[l.g.U.Of[p]] = l.turn
		}
	}
}

// followsMarked reports whether something marked has to come before u: by an
// arc, or before it on its machine, except for x on resource r.
func (l *list) followsMarked(u, x, r int32) bool {
	m := l.g.M
	for _, o := range l.g.U.Ops(u) {
		for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
			if l.mark[l.g.U.Of[m.Arcs[i].From]] == l.turn {
				return true
			}
		}
		if l.now == nil {
			continue
		}
		p := l.now.prev[o]
		if p >= 0 && l.mark[l.g.U.Of[p]] == l.turn && !(l.g.U.Of[p] == x && l.machine(o) == r) {
			return true
		}
	}
	return false
}

// machine is what operation o is timed on.
func (l *list) machine(o int32) int32 {
	m := l.g.M
	return m.Machine(m.ModeStart[o] + l.now.s.Mode[o])
}

func (l *list) save(from, to int) {
	l.from = from
	l.old = append(l.old[:0], l.units[from:to]...)
}

// undo takes the last change back.
func (l *list) undo() {
	copy(l.units[l.from:], l.old)
	l.index(l.from, l.from+len(l.old))
	l.old = l.old[:0]
}

// sort brings the list into the order of keys, which must not fall along arcs.
// Equal keys keep their order.
func (l *list) sort(key []int64) {
	slices.SortFunc(l.units, func(a, b int32) int {
		return cmp.Or(cmp.Compare(key[a], key[b]), cmp.Compare(l.where[a], l.where[b]))
	})
	l.index(0, len(l.units))
}
