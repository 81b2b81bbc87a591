package lp

import (
	"context"
	"math"
	"slices"
)

// interiorRows is the number of rows from which [Auto] begins with the interior
// point: above it, the simplex method takes longer from the slack basis on
// programs of release planning.
const interiorRows = 10000

// cold solves the problem from nothing. What comes out numerically wrong is
// tried once more in the plainest way.
func (s *Solver) cold(ctx context.Context, o Options) *Solution {
	o.Start = nil
	var sol *Solution
	if o.NoPresolve {
		s.s, sol = solveCold(ctx, s.p, o)
	} else {
		sol = s.coldPresolved(ctx, o)
	}
	if sol.Basis == nil {
		rest(s.p, sol)
	}
	if sol.Status == Numerical {
		return s.coldPlain(ctx, o, sol.Iterations)
	}
	return sol
}

// coldPlain solves the problem from the slack basis without scaling.
func (s *Solver) coldPlain(ctx context.Context, o Options, used int64) *Solution {
	o.Method = Auto
	s.s = newSimplex(s.p, nil)
	return s.s.solveAfter(ctx, s.p, o, used)
}

// coldPresolved solves the presolved program from nothing, and from the
// postsolved basis, with a simplex method, the problem as given. That finds the
// basis optimal, or proves on the problem as given that there is no optimum.
func (s *Solver) coldPresolved(ctx context.Context, o Options) *Solution {
	q, post, ok := presolve(ctx, s.p)
	if ctx.Err() != nil {
		return &Solution{Status: Cancelled, Method: o.Method}
	}
	if !ok || len(post.steps) == 0 {
		if !ok {
			o.Method = Dual // an interior point would look for an optimum
		}
		var sol *Solution
		s.s, sol = solveCold(ctx, s.p, o)
		return sol
	}
	reduced, small := solveCold(ctx, q, o)
	if reduced == nil {
		return small
	}
	sol := post.expand(small)
	if sol.Status == Cancelled {
		assess(s.p, sol)
		s.keep(sol)
		return sol
	}
	s.s = newSimplex(s.p, newScaling(s.p))
	s.s.loadBasis(sol.Basis)
	s.s.place()
	full := s.s.polish(ctx, s.p, o, sol.Iterations)
	full.Method = sol.Method
	return full
}

// rest completes the answer where ctx was done before there was a first basis:
// with the slack basis, and every column at a bound.
func rest(p *Problem, sol *Solution) {
	n, m := p.Cols(), p.Rows()
	sol.X, sol.RowDual = make([]float64, n), make([]float64, m)
	sol.Basis = &Basis{Col: make([]BasisStatus, n), Row: slices.Repeat([]BasisStatus{Basic}, m)}
	for j := range sol.X {
		lower, upper := finiteOr(p.ColLower[j], -1), finiteOr(p.ColUpper[j], 1)
		switch {
		case !math.IsInf(lower, -1):
			sol.X[j] = lower
		case !math.IsInf(upper, 1):
			sol.X[j], sol.Basis.Col[j] = upper, AtUpper
		default:
			sol.Basis.Col[j] = Free
		}
	}
	assess(p, sol)
}

// solveCold solves p from nothing as it stands, and returns the simplex state
// as well, or nil, and a solution without basis, if ctx was done before there
// was any.
func solveCold(ctx context.Context, p *Problem, o Options) (*simplex, *Solution) {
	sc := newScaling(p)
	if ctx.Err() != nil {
		return nil, &Solution{Status: Cancelled, Method: o.Method}
	}
	s := newSimplex(p, sc)
	if o.Method != IPM && (o.Method != Auto || p.Rows() < interiorRows) {
		return s, s.solve(ctx, p, o)
	}
	basis, used := interiorBasis(ctx, p, sc, s.a, o.MaxIterations, func(v *interior) {
		if o.Progress != nil {
			o.Progress(Progress{IPM, v.iterations, v.objective + p.Offset, v.primalInf, v.dualInf})
		}
	})
	if ctx.Err() != nil {
		return nil, &Solution{Status: Cancelled, Method: IPM, Iterations: used}
	}
	if basis == nil {
		o.Method = Auto
		return s, s.solveAfter(ctx, p, o, used)
	}
	s.loadBasis(basis)
	s.place()
	sol := s.polish(ctx, p, o, used)
	sol.Method = IPM
	return s, sol
}

// polish is solveAfter from a basis that is near an optimal one. Perturbing
// would lead away from it, and so would the method that has more to repair.
func (s *simplex) polish(ctx context.Context, p *Problem, o Options, used int64) *Solution {
	s.careful = true
	defer func() { s.careful = false }()
	if !s.ready {
		s.factorise()
	}
	s.computePrimal()
	s.computeDual()
	primal, _ := s.sumPrimalViolation()
	dual, _ := s.sumDualViolation()
	if o.Method = Primal; primal > dual {
		o.Method = Dual
	}
	return s.solveAfter(ctx, p, o, used)
}
