package jobshop

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/exact"
	"github.com/taktplan/takt/schedule/internal/plain"
)

// A proof lets the exact search look for a schedule that is better than the
// best known, until it finds one or there is none.
type proof struct {
	shop   *plain.Shop
	solver *exact.Solver
	limit  int32
	order  []int32 // the schedule found
}

// proofOps is the largest number of operations with which a proof is tried.
const proofOps = 300

// proofEvery is the number of iterations of the tabu search for each step of
// the exact search, which costs about as much as ten of them.
const proofEvery = 10

// clauseMemory is the room for learnt clauses in int32.
const clauseMemory = 1 << 18

type verdict uint8

const (
	undecided verdict = iota
	improved          // there is a better schedule: see order
	proven            // there is none
)

func newProof(s *plain.Shop) *proof {
	return &proof{shop: s, order: make([]int32, s.Ops())}
}

// step works for a step towards a makespan below that of best.
func (p *proof) step(best *solution) verdict {
	if p.shop.Ops() > proofOps {
		return undecided
	}
	if p.solver == nil {
		p.limit = best.makespan - 1
		p.solver = exact.New(p.shop, p.limit, best.order, clauseMemory)
	} else if p.limit >= best.makespan {
		p.limit = best.makespan - 1
		p.solver.Tighten(p.limit)
	}
	p.solver.Step()
	switch p.solver.Status() {
	case exact.Infeasible:
		return proven
	case exact.Feasible:
		sortByHead(p.order, p.solver.Heads(), p.shop.Time)
		return improved
	}
	return undecided
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

// sortByStart sorts the operations by their start in a schedule of the model,
// with the ties of sortByHead.
func sortByStart(order []int32, s *plain.Shop, in *core.Schedule) {
	start := func(v int32) int64 { return in.Start[s.ModelOp[v]] }
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(start(a), start(b)), cmp.Compare(s.Time[a], s.Time[b]), cmp.Compare(a, b))
	})
}
