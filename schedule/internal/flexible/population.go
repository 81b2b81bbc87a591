package flexible

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// A member is a solution in the form that relinking works on: a linear order
// of all operations, by start, and their modes.
type member struct {
	order, modes []int32
	makespan     int64
}

func newMember(n int) member {
	return member{order: make([]int32, n), modes: make([]int32, n)}
}

func (m *member) copyFrom(o *member) {
	copy(m.order, o.order)
	copy(m.modes, o.modes)
	m.makespan = o.makespan
}

// take makes m the graph's present selection.
func (m *member) take(g *disjunctive.Graph, makespan int64) {
	copy(m.order, g.Order)
	copy(m.modes, g.Mode)
	m.makespan = makespan
}

// sortByStart puts the order of m, which g has been built from, by start.
func (m *member) sortByStart(g *disjunctive.Graph) {
	slices.SortFunc(m.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(g.Node[a].Start(), g.Node[b].Start()), cmp.Compare(g.Pos[a], g.Pos[b]))
	})
}

// A mixer makes solutions between two others.
type mixer struct {
	placed []bool
	last   [2][]int32
	child  member
}

func newMixer(sh *disjunctive.Shop) *mixer {
	return &mixer{
		placed: make([]bool, sh.Ops),
		last:   [2][]int32{make([]int32, sh.Machines), make([]int32, sh.Machines)},
		child:  newMember(sh.Ops),
	}
}

// between sets child to a solution on a random path from a to b: again and
// again it takes the first operation not yet taken from one of the two
// orders, from a's with probability share in 256, and its mode from there as
// well. What precedes in both parents precedes in the child, so arcs that
// both have, those of the network among them, are kept, and there is no
// cycle.
func (x *mixer) between(a, b *member, share int, rnd *disjunctive.Random) *member {
	clear(x.placed)
	i, j := 0, 0
	for k := range x.child.order {
		for x.placed[a.order[i]] {
			i++
		}
		for x.placed[b.order[j]] {
			j++
		}
		v, from := a.order[i], a
		if rnd.Below(256) >= share {
			v, from = b.order[j], b
		}
		if k == len(x.child.order)-1 {
			v = a.order[i]
		}
		x.child.order[k] = v
		x.child.modes[v] = from.modes[v]
		x.placed[v] = true
		for i < len(a.order)-1 && x.placed[a.order[i]] {
			i++
		}
		for j < len(b.order)-1 && x.placed[b.order[j]] {
			j++
		}
	}
	return &x.child
}

// distance counts the operations that have another mode or another machine
// predecessor in the two solutions.
func (x *mixer) distance(sh *disjunctive.Shop, a, b *member) int {
	prev := x.preds(sh, a, 0)
	d := 0
	last := x.last[1]
	for i := range last {
		last[i] = -1
	}
	for _, v := range b.order {
		k := sh.Modes[b.modes[v]].Machine
		if a.modes[v] != b.modes[v] || prev[v] != last[k] {
			d++
		}
		last[k] = v
	}
	return d
}

func (x *mixer) preds(sh *disjunctive.Shop, a *member, which int) []int32 {
	last := x.last[which]
	for i := range last {
		last[i] = -1
	}
	for _, v := range a.order {
		k := sh.Modes[a.modes[v]].Machine
		x.child.order[v] = last[k]
		last[k] = v
	}
	return x.child.order
}
