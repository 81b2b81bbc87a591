package jobshop

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/exact"
	"github.com/taktplan/takt/schedule/internal/plain"
)

// A proof closes the gap between bound and best schedule by the exact search.
// First it raises the bound by destruction: it bisects for the least makespan
// that propagation alone does not refute. Then, on shops of a size that gives
// hope, it searches for a schedule better than the best until it finds one or
// there is none.
type proof struct {
	shop   *plain.Shop
	solver *exact.Solver // nil before the first step, and when all is done
	low    int32         // no makespan below it is possible
	open   int32         // propagation does not refute it, or is not to be asked
	limit  int32         // question of the search, 0 before it
	over   bool
	found  []int32 // a better schedule, as a topological order
}

// Limits in operations: of shops that are bounded by destruction, and of those
// that are searched. The largest shops that have been closed within a minute
// have 225.
const (
	destructionOps = 1000
	proofOps       = 250
)

// clauseMemory is the room for learnt clauses in int32: few enough to stay in
// the processor's cache.
const clauseMemory = 1 << 17

func newProof(s *plain.Shop) *proof {
	return &proof{shop: s, over: s.Ops() > destructionOps, found: make([]int32, s.Ops())}
}

// step does a step of the proof. It returns true if there is a schedule better
// than best in found.
func (p *proof) step(best *solution) bool {
	switch {
	case p.over || p.low >= best.makespan:
		return false
	case p.solver == nil:
		p.open = best.makespan
		p.solver = exact.New(p.shop, p.low, p.memory())
		p.refute(p.low)
	case p.low < p.open:
		middle := p.low + (p.open-p.low)/2
		p.solver.Reset(middle)
		p.refute(middle)
	case p.shop.Ops() > proofOps:
		p.over, p.solver = true, nil
	default:
		return p.search(best)
	}
	return false
}

func (p *proof) memory() int {
	if p.shop.Ops() > proofOps {
		return 0
	}
	return clauseMemory
}

// refute takes in the answer of propagation about the limit.
func (p *proof) refute(limit int32) {
	if p.solver.Status() == exact.Infeasible {
		p.low = limit + 1
	} else {
		p.open = limit
	}
}

// search does a step of the search below best.
func (p *proof) search(best *solution) bool {
	switch {
	case p.limit == 0:
		p.limit = best.makespan - 1
		p.solver.Reset(p.limit)
		p.solver.Prefer(best.order)
	case p.limit >= best.makespan:
		p.limit = best.makespan - 1
		p.solver.Tighten(p.limit)
	}
	p.solver.Step()
	switch p.solver.Status() {
	case exact.Infeasible:
		p.low = p.limit + 1
	case exact.Feasible:
		sortByHead(p.found, p.solver.Heads(), p.shop.Time)
		return true
	}
	return false
}

// sortByHead fills order with the operations by start; of those that start
// together the ones without length go first, then by number, which is the
// order within a job.
func sortByHead(order, head, time []int32) {
	for v := range order {
		order[v] = int32(v)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(head[a], head[b]), cmp.Compare(time[a], time[b]), cmp.Compare(a, b))
	})
}

// sortByStart fills order with the operations by their start in a schedule of
// the model, with the ties of sortByHead.
func sortByStart(order []int32, s *plain.Shop, in *core.Schedule) {
	for v := range order {
		order[v] = int32(v)
	}
	start := func(v int32) int64 { return in.Start[s.ModelOp[v]] }
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(start(a), start(b)), cmp.Compare(s.Time[a], s.Time[b]), cmp.Compare(a, b))
	})
}
