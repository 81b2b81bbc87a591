package lp

import (
	"context"
	"math"
)

// newInterior returns a method for f that has no point yet.
func newInterior(f *ipmForm, kkt kktSolver) *interior {
	n, m := len(f.c), f.m
	s := &interior{f: f, kkt: kkt, normC: maxAbs(f.c)}
	for _, v := range []*[]float64{&s.x, &s.toLower, &s.toUpper, &s.zLower, &s.zUpper, &s.rl, &s.ru, &s.rc, &s.g} {
		*v = make([]float64, n)
	}
	s.y, s.rp = make([]float64, m), make([]float64, m)
	for j := range n {
		for _, side := range [2]float64{f.l[j], f.u[j]} {
			if !math.IsInf(side, 0) {
				s.normB = max(s.normB, math.Abs(side))
			}
		}
	}
	return s
}

// startAccuracy is the accuracy of the least squares that start the method. A
// rough start is as good as any.
const startAccuracy = 1e-2

// start chooses the first point as Mehrotra does: the point nearest to zero
// within the bounds moved to satisfy the rows, the multipliers of least
// squares, and then both moved inside by enough to make products of a common
// size. It reports false if ctx is done.
func (s *interior) start(ctx context.Context) bool {
	f := s.f
	for j := range s.g {
		s.g[j] = 1
		if f.fixed[j] {
			s.g[j] = Inf
		}
		s.x[j] = min(max(0, f.l[j]), f.u[j])
	}
	if !s.kkt.prepare(ctx, s.g) {
		return false
	}
	d := newDirection(f)
	f.rows.addProduct(-1, s.x, s.rp)
	zero := make([]float64, len(f.c))
	s.kkt.solve(ctx, zero, s.rp, startAccuracy*norm2(s.rp), d.x, d.y)
	axpy(1, d.x, s.x)
	clear(s.rp)
	s.kkt.solve(ctx, f.c, s.rp, startAccuracy*norm2(f.c), d.x, s.y) // dx = Aᵀy - c
	for j, z := range d.x {
		z = -z
		s.toLower[j], s.toUpper[j] = 1, 1
		lower, upper := f.hasLower[j], f.hasUpper[j]
		if lower {
			s.toLower[j] = s.x[j] - f.l[j]
			s.zLower[j] = z
		}
		if upper {
			s.toUpper[j] = f.u[j] - s.x[j]
			s.zUpper[j] = -z
		}
		if lower && upper {
			s.zLower[j], s.zUpper[j] = max(z, 0), max(-z, 0)
		}
	}
	s.moveInside()
	return true
}

// moveInside makes distances and multipliers positive and of balanced size.
func (s *interior) moveInside() {
	shiftP, shiftD := 0.0, 0.0
	s.eachBound(func(t, z *float64) {
		shiftP = max(shiftP, -1.5**t)
		shiftD = max(shiftD, -1.5**z)
	})
	products, sumT, sumZ, count := 0.0, 0.0, 0.0, 0.0
	s.eachBound(func(t, z *float64) {
		products += (*t + shiftP) * (*z + shiftD)
		sumT += *t + shiftP
		sumZ += *z + shiftD
		count++
	})
	if count == 0 {
		return
	}
	// A point on all its bounds, or without costs, has no size of its own.
	if products <= 0 || sumT <= 0 || sumZ <= 0 {
		shiftP, shiftD = shiftP+1+s.normB, shiftD+1+s.normC
	} else {
		shiftP += 0.5 * products / sumZ
		shiftD += 0.5 * products / sumT
	}
	s.eachBound(func(t, z *float64) {
		*t += shiftP
		*z += shiftD
	})
}

// eachBound calls do with the distance and multiplier of every finite bound.
func (s *interior) eachBound(do func(distance, multiplier *float64)) {
	for j := range s.x {
		if s.f.hasLower[j] {
			do(&s.toLower[j], &s.zLower[j])
		}
		if s.f.hasUpper[j] {
			do(&s.toUpper[j], &s.zUpper[j])
		}
	}
}
