package lp

import (
	"context"
	"math"
)

// interiorBasis runs the interior point on p and crosses over: it returns the
// basis at whose vertex the simplex methods finish, and the iterations made.
// The basis is nil if the point came near no optimum or was ended by ctx or the
// limit (none if 0).
//
// That a point and its multipliers determine such a basis is due to Megiddo,
// On finding primal- and dual-optimal bases, ORSA J. Computing 3 (1991); that
// the basis holds the columns with the largest ratio of distance to
// multiplier, to Bixby & Saltzman, Recovering an optimal LP basis from an
// interior point solution, Operations Research Letters 15 (1994). Their
// sequence of pushes is replaced by the basis of greatest volume under those
// ratios (see [basisSolver]), from which the simplex methods take the few
// steps that are left.
func interiorBasis(ctx context.Context, p *Problem, sc *scaling, a *constraints, limit int64, report func(*interior)) (*Basis, int64) {
	f := newIPMForm(p, sc)
	if ctx.Err() != nil {
		return nil, 0
	}
	basis := newBasisSolver(f, a)
	s := newInterior(f, chooseSolver(ctx, f, basis))
	if limit == 0 {
		limit = math.MaxInt64
	}
	status := s.run(ctx, limit, func() { report(s) })
	if status == Cancelled || status == IterationLimit || !s.near() {
		return nil, s.iterations
	}
	s.weigh()
	if !basis.prepare(ctx, s.g) {
		return nil, s.iterations
	}
	return s.basis(basis, p), s.iterations
}

// chooseSolver returns the solver for the systems of the interior point: the
// factor of the normal matrix where it is cheap, else the diagonal, and then
// the basis.
func chooseSolver(ctx context.Context, f *ipmForm, basis *basisSolver) kktSolver {
	// What conjugate gradients do in an iteration, in the time of as many
	// operations of the factorisation.
	budget := 720*float64(len(f.cols.index)) + 1200*float64(f.m)
	if m := newNormalMatrix(ctx, f, budget); m != nil {
		return &twoPhaseSolver{first: m, second: basis}
	}
	return &twoPhaseSolver{first: newDiagonalSolver(f), second: basis}
}

// near reports whether the point is near enough to an optimum for its basis to
// be a good one to begin with.
func (s *interior) near() bool {
	const enough = 1e-3
	return s.primalInf <= enough && s.dualInf <= enough && s.gap <= enough
}

// basis returns the basis of b with the nonbasic variables at the bound that
// their multipliers hold them to.
func (s *interior) basis(b *basisSolver, p *Problem) *Basis {
	result := &Basis{Col: make([]BasisStatus, p.Cols()), Row: make([]BasisStatus, p.Rows())}
	for j := range s.x {
		status := AtLower
		lower, upper := s.f.hasLower[j], s.f.hasUpper[j]
		switch {
		case b.isBasic[j]:
			status = Basic
		case s.f.fixed[j]:
		case !lower && !upper:
			status = Free
		case !lower || upper && s.zUpper[j]*s.toLower[j] > s.zLower[j]*s.toUpper[j]:
			status = AtUpper
		}
		if j < p.Cols() {
			result.Col[j] = status
		} else {
			result.Row[j-p.Cols()] = status
		}
	}
	return result
}
