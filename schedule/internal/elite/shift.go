package elite

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// A shifter moves whole jobs in time. Local search moves one operation on one
// machine, which rarely pays while the job's other operations stay where they
// are; a job that gives way, or goes first, on all machines at once leads to
// valleys that single moves do not reach.
type shifter struct {
	shop   *disjunctive.Shop
	middle []int64 // of each operation in time, doubled
}

func newShifter(sh *disjunctive.Shop) shifter {
	return shifter{shop: sh, middle: make([]int64, sh.Ops)}
}

// shift sets child to solution a with one job earlier or later, by as much as
// brings an operation drawn to where another one is. What the network demands
// of other jobs goes along. It builds a in g. O(operations × log(operations)²).
func (x *shifter) shift(child, a *member, g *disjunctive.Graph, rnd *disjunctive.Random) {
	g.Build(a.order, a.modes)
	for v := range x.middle {
		x.middle[v] = 2*g.Node[v].End - g.Node[v].Time
	}
	o, u := rnd.Below(x.shop.Ops), rnd.Below(x.shop.Ops)
	by := x.middle[u] - x.middle[o]
	for v, job := range x.shop.Job {
		if job == x.shop.Job[o] {
			x.middle[v] += by
		}
	}
	for _, v := range x.shop.Topological {
		x.shop.EachPred(v, func(l disjunctive.Link) { x.middle[v] = max(x.middle[v], x.middle[l.Op]) })
	}
	copy(child.modes, a.modes)
	copy(child.order, x.shop.Topological)
	slices.SortStableFunc(child.order, func(v, w int32) int { return cmp.Compare(x.middle[v], x.middle[w]) })
}
