package lp

import (
	"context"
	"slices"
)

// A diagonalSolver solves the systems of the interior point by conjugate
// gradients on the normal equations with their diagonal as preconditioner.
// That serves while all weights are of a size, in the first iterations.
type diagonalSolver struct {
	form    *ipmForm
	inverse []float64 // G⁻¹
	scale   []float64 // inverse diagonal of A G⁻¹ Aᵀ
	steps   int       // of the last solve
	uses    int       // calls of prepare
}

func newDiagonalSolver(f *ipmForm) *diagonalSolver {
	return &diagonalSolver{form: f, inverse: make([]float64, len(f.c)), scale: make([]float64, f.m)}
}

func (s *diagonalSolver) prepare(ctx context.Context, g []float64) bool {
	f := s.form
	s.uses++
	for j, v := range g {
		s.inverse[j] = 1 / v
	}
	for i := range s.scale {
		sum := 0.0
		for k := f.rows.start[i]; k < f.rows.start[i+1]; k++ {
			v := f.rows.value[k]
			sum += v * v * s.inverse[f.rows.index[k]]
		}
		if s.scale[i] = 0; sum > 0 {
			s.scale[i] = 1 / sum
		}
	}
	return ctx.Err() == nil
}

// solve leaves its error in the rows: at most rowError of what was to be
// removed from them. So enough is not needed.
func (s *diagonalSolver) solve(ctx context.Context, h, r []float64, _ float64, dx, dy []float64) {
	const rowError = 0.1
	f := s.form
	right := slices.Clone(r)
	for j, d := range s.inverse {
		if d != 0 {
			f.cols.addLine(d*h[j], int32(j), right)
		}
	}
	s.conjugateGradients(ctx, right, rowError*norm2(r), dy)
	for j, d := range s.inverse {
		dx[j] = 0
		if d != 0 {
			dx[j] = d * (f.cols.lineDot(int32(j), dy) - h[j])
		}
	}
}

// conjugateGradients solves A G⁻¹ Aᵀ x = b up to a residual of length enough.
func (s *diagonalSolver) conjugateGradients(ctx context.Context, b []float64, enough float64, x []float64) {
	m := len(b)
	r, p, q := slices.Clone(b), make([]float64, m), make([]float64, m)
	clear(x)
	enough = max(enough, 1e-10*norm2(b))
	before := 1.0
	for step := range mostSteps {
		s.steps = step
		if !(norm2(r) > enough) || ctx.Err() != nil {
			return
		}
		square := 0.0
		for i, v := range r {
			square += v * v * s.scale[i]
		}
		for i, v := range r {
			p[i] = v*s.scale[i] + square/before*p[i]
		}
		before = square
		s.apply(p, q)
		length := square / dot(p, q)
		axpy(length, p, x)
		axpy(-length, q, r)
	}
}

// apply computes y = A G⁻¹ Aᵀ x.
func (s *diagonalSolver) apply(x, y []float64) {
	clear(y)
	for j, d := range s.inverse {
		if d != 0 {
			s.form.cols.addLine(d*s.form.cols.lineDot(int32(j), x), int32(j), y)
		}
	}
}

// correctors is none: only solves cost.
func (s *diagonalSolver) correctors() int { return 0 }

// failed reports whether the last solve took so many steps that a basis is
// better. In the first iterations, when the weights do not yet tell a good basis
// from a bad one, finding one would take longest, and a rough solution does.
func (s *diagonalSolver) failed() bool { return s.uses > firstUses && s.steps > manySteps }

const (
	manySteps = 650
	firstUses = 6 // the start and five iterations
)

// A firstSolver is a solver that serves for a while.
type firstSolver interface {
	kktSolver
	// failed reports whether the last solve was too slow or wrong.
	failed() bool
}

// A twoPhaseSolver goes on with a basis once its first solver fails.
type twoPhaseSolver struct {
	first  firstSolver // nil in the second phase
	second *basisSolver
	g      []float64
}

func (s *twoPhaseSolver) prepare(ctx context.Context, g []float64) bool {
	s.g = g
	if s.first != nil {
		return s.first.prepare(ctx, g)
	}
	return s.second.prepare(ctx, g)
}

func (s *twoPhaseSolver) correctors() int {
	if s.first != nil {
		return s.first.correctors()
	}
	return s.second.correctors()
}

func (s *twoPhaseSolver) solve(ctx context.Context, h, r []float64, enough float64, dx, dy []float64) {
	if s.first != nil {
		s.first.solve(ctx, h, r, enough, dx, dy)
		if !s.first.failed() {
			return
		}
		s.first = nil
		if !s.second.prepare(ctx, s.g) {
			return
		}
	}
	s.second.solve(ctx, h, r, enough, dx, dy)
}
