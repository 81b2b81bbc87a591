package lp

import (
	"context"
	"math"
)

// solve runs the simplex methods on p, which is loaded, and judges the answer
// on p. One that does not pass is tried once more with larger pivots, without
// perturbation, and by the primal method, whose certificates are others.
func (s *simplex) solve(ctx context.Context, p *Problem, o Options) *Solution {
	return s.solveAfter(ctx, p, o, 0)
}

// solveAfter is solve where iterations were used before.
func (s *simplex) solveAfter(ctx context.Context, p *Problem, o Options, used int64) *Solution {
	s.run = newRun(ctx, o)
	s.run.used = used
	s.fac.done = s.run.done
	defer func() { s.fac.done = nil }()
	sol := s.attempt(p, o.Method)
	if sol.Status == Numerical {
		s.fac.distrust()
		s.ready = false
		s.careful = true
		s.place()
		sol = s.attempt(p, Primal)
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
	case end == stopped:
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

// loadBasis takes over a basis, with weights of one. If it is the current one,
// factors and weights are kept. One that has too many basic variables, too few
// or dependent ones is repaired.
func (s *simplex) loadBasis(b *Basis) {
	var variables []int32
	same := true
	for j := range s.basic {
		status := b.of(j)
		basic := status == Basic
		same = same && basic == s.basic[j]
		s.basic[j], s.move[j] = basic, 0
		switch status {
		case Basic:
			variables = append(variables, int32(j))
		case AtUpper:
			s.move[j] = -1
		case AtLower:
			s.move[j] = 1
		}
	}
	if same && s.ready {
		return
	}
	s.ready = false
	s.apply(s.fac.build(s.a, variables, s.head))
	for r := range s.weight {
		s.weight[r] = 1
	}
	s.ready = true
}

// of returns the status of variable j, columns first.
func (b *Basis) of(j int) BasisStatus {
	if j < len(b.Col) {
		return b.Col[j]
	}
	return b.Row[j-len(b.Col)]
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

// contradiction is the answer to a contradictory problem. It has no ray: the
// proof is the pair of bounds.
func contradiction(p *Problem) *Solution {
	return &Solution{Status: Infeasible, Method: Dual, Objective: math.NaN(),
		X: make([]float64, p.Cols()), RowValue: make([]float64, p.Rows()),
		RowDual: make([]float64, p.Rows()), ColDual: make([]float64, p.Cols())}
}

// takeWeights takes over the steepest edge weights left in byVar. Variables of
// rows from old on are new and keep weight one.
func (s *simplex) takeWeights(old int) {
	for r, j := range s.head {
		if int(j) < s.n+old && s.byVar[j] > 0 {
			s.weight[r] = s.byVar[j]
		}
	}
}
