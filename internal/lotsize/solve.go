package lotsize

import (
	"context"
	"errors"
	"math/rand/v2"
)

// Options says how long to look. The zero value looks until the context is
// done or the best plan is proven.
type Options struct {
	MaxSteps int64 // linear programs to solve at most; 0 means no limit
	Seed     uint64
	// Improved, if not nil, is called with the cost of each plan that is better
	// than those before it, excess at its penalty included.
	Improved func(cost float64)
}

// ErrNoPlan is the answer to a problem that no plan solves, overtime or not, or
// whose context was done before the first.
var ErrNoPlan = errors.New("lotsize: no plan found")

// Solve returns the best plan of lots that it finds until it is proven to be,
// its steps are used up, or ctx is done. The error is that of
// [Problem.Validate] or [ErrNoPlan].
func Solve(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	m, err := newModel(p)
	if err != nil {
		return nil, err
	}
	s := newSearch(ctx, m, o)
	s.relax()
	s.dive()
	s.improve(rand.New(rand.NewPCG(o.Seed, 0)))
	return s.solution()
}

// solution is the best plan.
func (s *search) solution() (*Solution, error) {
	if s.bestX == nil {
		return nil, ErrNoPlan
	}
	p := s.p
	sol := &Solution{Lots: grid(len(p.Items), p.Periods), Steps: s.steps, Bound: s.bound, Optimal: s.optimal()}
	for range p.Items {
		sol.Setups = append(sol.Setups, make([]bool, p.Periods))
		sol.Carry = append(sol.Carry, make([]bool, p.Periods))
	}
	for k, b := range s.binaries {
		if b.column == s.setup[b.item][b.period] {
			sol.Setups[b.item][b.period] = s.best[k]
		} else {
			sol.Carry[b.item][b.period] = s.best[k]
		}
	}
	for i := range p.Items {
		for t, lot := range s.lot[i] {
			if lot >= 0 && s.bestX[lot] > 0 {
				sol.Lots[i][t] = s.bestX[lot]
			}
		}
	}
	p.evaluate(sol)
	return sol, nil
}
