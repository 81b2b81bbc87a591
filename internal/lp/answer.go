package lp

import (
	"context"
	"math"
)

// solve runs the simplex methods on p, which is loaded, and judges the answer
// on p. One that does not pass is tried once more with larger pivots.
func (s *simplex) solve(ctx context.Context, p *Problem, o Options) *Solution {
	s.run = newRun(ctx, o)
	sol := s.attempt(p, o.Method)
	if sol.Status == Numerical {
		s.fac.markowitz = 0.5
		s.ready = false
		s.careful = true
		s.place()
		sol = s.attempt(p, Auto)
		s.careful = false
	}
	return sol
}

// attempt runs once and judges.
func (s *simplex) attempt(p *Problem, m Method) *Solution {
	s.ray = nil
	end := s.optimise(m)
	sol := &Solution{Method: s.run.method, Iterations: s.run.used, Basis: s.saveBasis()}
	s.extract(p, sol)
	fits := assess(p, sol)
	switch {
	case end == limited:
		sol.Status = IterationLimit
	case end == cancelled_:
		sol.Status = Cancelled
	case end == solved && fits:
		sol.Status = Optimal
	case end == infeasible && provesInfeasible(p, s.ray):
		sol.Status, sol.Ray = Infeasible, s.ray
	case end == unbounded && provesUnbounded(p, s.ray):
		sol.Status, sol.Ray = Unbounded, s.ray
	default:
		sol.Status = Numerical
	}
	return sol
}

// extract fills X and RowDual in the given units.
func (s *simplex) extract(p *Problem, sol *Solution) {
	for r, j := range s.head {
		s.value[j] = s.x[r]
	}
	sol.X = make([]float64, s.n)
	for j := range sol.X {
		sol.X[j] = s.value[j] * s.scale.colFactor(j)
	}
	sol.RowDual = make([]float64, s.m)
	for i := range sol.RowDual {
		sol.RowDual[i] = s.d[s.n+i] * s.scale.rowFactor(i)
	}
}

// saveBasis returns the basis by columns and rows.
func (s *simplex) saveBasis() *Basis {
	b := &Basis{Col: make([]BasisStatus, s.n), Row: make([]BasisStatus, s.m)}
	for j := range s.basic {
		status := AtLower
		switch {
		case s.basic[j]:
			status = Basic
		case s.move[j] < 0:
			status = AtUpper
		case s.isFree(int32(j)):
			status = Free
		}
		if j < s.n {
			b.Col[j] = status
		} else {
			b.Row[j-s.n] = status
		}
	}
	return b
}

// loadBasis takes over a basis. One with too many basic variables loses the
// last, one with too few gets logicals; dependent ones are exchanged when it
// is factored. The current factors are kept if the basis is the current one.
func (s *simplex) loadBasis(b *Basis) {
	count, same := 0, true
	status := func(j int) BasisStatus {
		if j < s.n {
			return b.Col[j]
		}
		return b.Row[j-s.n]
	}
	for j := range s.basic {
		basic := status(j) == Basic && count < s.m
		if basic {
			count++
		}
		same = same && basic == s.basic[j]
		s.basic[j] = basic
		s.move[j] = 0
		if status(j) == AtUpper {
			s.move[j] = -1
		} else if status(j) == AtLower {
			s.move[j] = 1
		}
	}
	for j := s.n; count < s.m; j++ {
		if !s.basic[j] {
			s.basic[j] = true
			count++
			same = false
		}
	}
	if same {
		return
	}
	s.head = s.head[:0]
	for j, basic := range s.basic {
		if basic {
			s.head = append(s.head, int32(j))
		}
	}
	for r := range s.weight {
		s.weight[r] = 1
	}
	s.exact, s.ready = s.isSlack(), false
}

// contradictory says whether a row or column has no value between its bounds.
func contradictory(p *Problem) bool {
	return crossed(p.RowLower, p.RowUpper) >= 0 || crossed(p.ColLower, p.ColUpper) >= 0
}

func crossed(lower, upper []float64) int {
	for i := range lower {
		if lower[i] > upper[i] || lower[i] >= infinite || upper[i] <= -infinite {
			return i
		}
	}
	return -1
}

// contradiction is the answer to a contradictory problem. Its ray names the
// row; if the contradiction lies in the bounds of a column, no combination of
// rows is needed to prove it, and the ray is zero.
func contradiction(p *Problem) *Solution {
	ray := make([]float64, p.Rows())
	if i := crossed(p.RowLower, p.RowUpper); i >= 0 && crossed(p.ColLower, p.ColUpper) < 0 {
		ray[i] = 1
	}
	return &Solution{Status: Infeasible, Method: Dual, Objective: math.NaN(), Ray: ray,
		X: make([]float64, p.Cols()), RowValue: make([]float64, p.Rows()),
		RowDual: make([]float64, p.Rows()), ColDual: make([]float64, p.Cols())}
}

// takeWeights takes over the steepest edge weights left in byVar. The rows
// from old on are new; their logicals are basic and get weight one.
func (s *simplex) takeWeights(old int, exact bool) {
	for r, j := range s.head {
		s.weight[r] = 1
		if int(j) < s.n+old {
			s.weight[r] = math.Max(s.byVar[j], 1e-4)
		}
	}
	s.exact = exact && old == s.m
}
