package lotsize

import (
	"context"
	"math"

	"github.com/taktplan/takt/internal/lp"
)

// A search holds the best plan so far and what is known of the others.
type search struct {
	*model
	ctx     context.Context
	options Options
	steps   int64 // programs solved
	ended   bool  // by the context or the options

	binaries []binary
	fixed    []bool // per binary: its value is that of the best plan or costs more

	bound    float64
	relaxed  []float64 // values of the binaries in the relaxation
	reduced  []float64 // and their reduced costs
	bestCost float64
	best     []bool    // values of the binaries
	bestX    []float64 // of all columns
}

// A binary is a column that is 0 or 1: a set-up, or a carried state.
type binary struct {
	column       int32
	lot          int32 // that needs it; -1 if something else may do
	item, period int
}

// integral is how near to an integer a binary counts as one.
const integral = 1e-6

func newSearch(ctx context.Context, m *model, o Options) *search {
	s := &search{model: m, ctx: ctx, options: o, bestCost: math.Inf(1)}
	for i := range m.p.Items {
		for t := range m.p.Periods {
			lot := m.lot[i][t]
			if lot < 0 {
				continue
			}
			if m.carry == nil {
				s.binaries = append(s.binaries, binary{m.setup[i][t], lot, i, t})
				continue
			}
			s.binaries = append(s.binaries, binary{m.setup[i][t], -1, i, t})
			if z := m.carry[i][t]; z >= 0 {
				s.binaries = append(s.binaries, binary{z, -1, i, t})
			}
		}
	}
	s.fixed = make([]bool, len(s.binaries))
	s.best = make([]bool, len(s.binaries))
	return s
}

// solve solves the program as it is, by the dual simplex, which goes on from the
// last basis. It returns nil if there is no solution, and sets ended if there
// was no time for one.
func (s *search) solve() *lp.Solution {
	if s.ended || s.options.MaxSteps > 0 && s.steps >= s.options.MaxSteps {
		s.ended = true
		return nil
	}
	s.steps++
	sol, err := s.lp.Solve(s.ctx, lp.Options{NoPresolve: s.steps > 1, Method: lp.Dual})
	switch {
	case err != nil, sol.Status == lp.Cancelled:
		s.ended = true
		return nil
	case sol.Status != lp.Optimal:
		return nil
	}
	return sol
}

// fix sets binary k to a value.
func (s *search) fix(k int, on bool) {
	b := s.binaries[k]
	if on {
		s.lp.SetColBounds(int(b.column), 1, 1)
	} else {
		s.lp.SetColBounds(int(b.column), 0, 0)
	}
	if b.lot >= 0 {
		limit := 0.0
		if on {
			limit = s.total(b.item, b.period)
		}
		s.lp.SetColBounds(int(b.lot), 0, limit)
	}
}

// free lets binary k be anything again.
func (s *search) free(k int) {
	b := s.binaries[k]
	s.lp.SetColBounds(int(b.column), 0, 1)
	if b.lot >= 0 {
		s.lp.SetColBounds(int(b.lot), 0, s.total(b.item, b.period))
	}
}

// relax solves the relaxation and tightens it for as long as that helps.
func (s *search) relax() {
	const mostRounds, patience, gain = 100, 3, 1e-4
	s.addShortSpans()
	idle := 0
	for round := 0; round < mostRounds && idle < patience; round++ {
		sol := s.solve()
		if sol == nil {
			return
		}
		if sol.Objective < s.bound+gain*math.Abs(s.bound) {
			idle++
		} else {
			idle = 0
		}
		s.remember(sol)
		if s.separate(sol.X) == 0 {
			s.purge(sol)
			return
		}
	}
}

func (s *search) remember(sol *lp.Solution) {
	s.bound = math.Max(s.bound, sol.Objective)
	s.relaxed, s.reduced = s.relaxed[:0], s.reduced[:0]
	for _, b := range s.binaries {
		s.relaxed = append(s.relaxed, sol.X[b.column])
		s.reduced = append(s.reduced, sol.ColDual[b.column])
	}
}

// improves reports whether a cost is worth more than rounding errors.
func (s *search) improves(cost float64) bool {
	return cost < s.bestCost-1e-7*math.Abs(s.bestCost)-1e-9
}

// keep takes over a solution whose binaries are integral.
func (s *search) keep(sol *lp.Solution) {
	s.bestCost = sol.Objective
	s.bestX = append(s.bestX[:0], sol.X...)
	if s.options.Improved != nil {
		s.options.Improved(sol.Objective)
	}
	for k, b := range s.binaries {
		s.best[k] = sol.X[b.column] > 0.5
	}
	for k := range s.binaries {
		// Dantzig's bound: any other value of k costs too much.
		if s.bound+math.Abs(s.reduced[k]) >= s.bestCost && s.rests(k) {
			s.fixed[k] = true
		}
	}
}

// rests reports whether the relaxation has binary k at the value of the best
// plan.
func (s *search) rests(k int) bool {
	x := s.relaxed[k]
	return s.best[k] && x > 1-integral || !s.best[k] && x < integral
}
