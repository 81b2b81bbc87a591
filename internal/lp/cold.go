package lp

import "context"

// interiorRows is the number of rows from which [Auto] begins with the interior
// point: above it, the simplex method takes longer from the slack basis on
// programs of release planning.
const interiorRows = 10000

// cold solves the problem from nothing. What comes out numerically wrong is
// tried once more in the plainest way, from the slack basis without scaling.
func (s *Solver) cold(ctx context.Context, o Options) *Solution {
	o.Start = nil
	var sol *Solution
	if o.NoPresolve {
		s.s, sol = solveCold(ctx, s.p, o)
	} else {
		sol = s.coldPresolved(ctx, o)
	}
	if sol.Status == Numerical {
		o.Method = Auto
		s.s = newSimplex(s.p, nil)
		sol = s.s.solveAfter(ctx, s.p, o, sol.Iterations)
	}
	return sol
}

// coldPresolved solves the presolved program from nothing, and from the
// postsolved basis, with a simplex method, the problem as given. That finds the
// basis optimal, or proves on the problem as given that there is no optimum.
func (s *Solver) coldPresolved(ctx context.Context, o Options) *Solution {
	q, post, ok := presolve(ctx, s.p)
	if !ok || len(post.steps) == 0 {
		if !ok {
			o.Method = Dual // an interior point would look for an optimum
		}
		var sol *Solution
		s.s, sol = solveCold(ctx, s.p, o)
		return sol
	}
	_, small := solveCold(ctx, q, o)
	sol := post.expand(small)
	s.s = newSimplex(s.p, newScaling(s.p))
	s.s.loadBasis(sol.Basis)
	s.s.place()
	o.Method = Auto
	full := s.s.solveAfter(ctx, s.p, o, sol.Iterations)
	full.Method = sol.Method
	return full
}

// solveCold solves p from nothing as it stands, and returns the simplex state
// as well.
func solveCold(ctx context.Context, p *Problem, o Options) (*simplex, *Solution) {
	sc := newScaling(p)
	s := newSimplex(p, sc)
	if o.Method != IPM && (o.Method != Auto || p.Rows() < interiorRows) {
		return s, s.solve(ctx, p, o)
	}
	basis, used := interiorBasis(ctx, p, sc, s.a, o.MaxIterations, func(v *interior) {
		if o.Progress != nil {
			o.Progress(Progress{IPM, v.iterations, v.objective + p.Offset, v.primalInf, v.dualInf})
		}
	})
	o.Method = Auto
	if basis == nil {
		return s, s.solveAfter(ctx, p, o, used)
	}
	s.loadBasis(basis)
	s.place()
	sol := s.solveAfter(ctx, p, o, used)
	sol.Method = IPM
	return s, sol
}
