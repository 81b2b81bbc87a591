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
	most    int       // steps of the longest solve so far
}

func newDiagonalSolver(f *ipmForm) *diagonalSolver {
	return &diagonalSolver{form: f, inverse: make([]float64, len(f.c)), scale: make([]float64, f.m)}
}

func (s *diagonalSolver) prepare(ctx context.Context, g []float64) bool {
	f := s.form
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
		s.most = max(s.most, step)
		if norm2(r) <= enough || ctx.Err() != nil {
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

// A twoPhaseSolver begins with the diagonal and goes on with a basis once a
// solve takes many steps.
type twoPhaseSolver struct {
	first  *diagonalSolver
	second *basisSolver
}

// manySteps is when a basis is better: it costs some thousand exchanges.
const manySteps = 650

func (s *twoPhaseSolver) prepare(ctx context.Context, g []float64) bool {
	if s.first != nil && s.first.most > manySteps {
		s.first = nil
	}
	if s.first != nil {
		return s.first.prepare(ctx, g)
	}
	return s.second.prepare(ctx, g)
}

func (s *twoPhaseSolver) solve(ctx context.Context, h, r []float64, enough float64, dx, dy []float64) {
	if s.first != nil {
		s.first.solve(ctx, h, r, enough, dx, dy)
		return
	}
	s.second.solve(ctx, h, r, enough, dx, dy)
}
