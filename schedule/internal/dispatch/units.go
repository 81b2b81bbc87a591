package dispatch

import (
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// Units partitions the operations of a model into what has to be placed
// together. Operations tied by a maximum wait or by blocking are in one unit,
// and so is whatever lies between them; most units are single operations.
type Units struct {
	// Of[o] is the unit of operation o. Units are numbered so that arcs
	// lead to the same or a higher number.
	Of []int32
	// ops[start[u]:start[u+1]] are the operations of unit u, each after its
	// predecessors.
	start, ops []int32
}

// Len is the number of units.
func (u *Units) Len() int { return len(u.start) - 1 }

// Ops lists the operations of unit i, each after its predecessors.
func (u *Units) Ops(i int32) []int32 { return u.ops[u.start[i]:u.start[i+1]] }

// Single reports whether every unit is one operation.
func (u *Units) Single() bool { return u.Len() == len(u.ops) }

// NewUnits finds the units in linear time: they are the strongly connected
// components of the network in which tied arcs lead both ways.
func NewUnits(m *core.Model) *Units {
	t := &components{m: m, tied: tiedArcs(m)}
	t.run()
	u := &Units{Of: t.of, start: make([]int32, t.found+1), ops: make([]int32, m.Ops())}
	// Tarjan's method finds a component after all that it leads to.
	for o := range u.Of {
		u.Of[o] = t.found - 1 - u.Of[o]
		u.start[u.Of[o]+1]++
	}
	for i := range t.found {
		u.start[i+1] += u.start[i]
	}
	next := slices.Clone(u.start)
	for _, o := range m.Topological() {
		i := u.Of[o]
		u.ops[next[i]] = o
		next[i]++
	}
	return u
}

// tiedArcs says for each arc whether its ends have to be placed together; it is
// nil if none do.
func tiedArcs(m *core.Model) []bool {
	var tied []bool
	for i := range m.Arcs {
		a := &m.Arcs[i]
		if a.Max < core.Never || blocks(m, a) {
			if tied == nil {
				tied = make([]bool, len(m.Arcs))
			}
			tied[i] = true
		}
	}
	return tied
}

// blocks reports whether the tail of a keeps its machine until the head starts.
func blocks(m *core.Model, a *core.Arc) bool {
	return m.Has(a.From, core.Blocking) && a.Kind == core.EndStart && m.OpJob[a.From] == m.OpJob[a.To]
}

// components is the state of Tarjan's depth-first search (1972), without
// recursion: the path is a stack of operations with the next arc to follow.
type components struct {
	m     *core.Model
	tied  []bool
	of    []int32 // component, -1 while unknown
	found int32

	index, low []int32 // 0 is unvisited
	next       []int32 // arcs of the operation followed so far
	path, open []int32
}

func (t *components) run() {
	n := t.m.Ops()
	t.of, t.index, t.low, t.next = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	for o := range t.of {
		t.of[o] = -1
	}
	visited := int32(0)
	for root := range int32(n) {
		if t.index[root] != 0 {
			continue
		}
		t.path = append(t.path, root)
		for len(t.path) > 0 {
			o := t.path[len(t.path)-1]
			if t.index[o] == 0 {
				visited++
				t.index[o], t.low[o] = visited, visited
				t.open = append(t.open, o)
			}
			if to, ok := t.follow(o); !ok {
				t.leave(o)
			} else if t.index[to] == 0 {
				t.path = append(t.path, to)
			} else if t.of[to] < 0 {
				t.low[o] = min(t.low[o], t.index[to])
			}
		}
	}
}

// follow is the next neighbour of o: the heads of its arcs, then the tails of
// the tied arcs that enter it.
func (t *components) follow(o int32) (to int32, ok bool) {
	m := t.m
	out, in := m.OutArc[m.OutStart[o]:m.OutStart[o+1]], m.InArc[m.InStart[o]:m.InStart[o+1]]
	for {
		i := int(t.next[o])
		t.next[o]++
		switch {
		case i < len(out):
			return m.Arcs[out[i]].To, true
		case t.tied == nil || i >= len(out)+len(in):
			return 0, false
		case t.tied[in[i-len(out)]]:
			return m.Arcs[in[i-len(out)]].From, true
		}
	}
}

// leave ends the visit of o and closes its component if o is its first.
func (t *components) leave(o int32) {
	t.path = t.path[:len(t.path)-1]
	if len(t.path) > 0 {
		p := t.path[len(t.path)-1]
		t.low[p] = min(t.low[p], t.low[o])
	}
	if t.low[o] < t.index[o] {
		return
	}
	for {
		last := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.of[last] = t.found
		if last == o {
			break
		}
	}
	t.found++
}
