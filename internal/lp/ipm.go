package lp

import (
	"context"
	"math"
)

// A kktSolver solves the linear systems of the interior point,
//
//	-G dx + Aᵀ dy = h
//	 A dx         = r
type kktSolver interface {
	// prepare makes ready for a diagonal G, positive or infinite. It reports
	// false if ctx is done.
	prepare(ctx context.Context, g []float64) bool
	// solve finds dx and dy. The second equation holds as well as rounding
	// permits, the first up to an error whose entries are at most √g times
	// enough.
	solve(ctx context.Context, h, r []float64, enough float64, dx, dy []float64)
	// correctors is how many more solves after a prepare are worth it.
	correctors() int
}

// Where the interior point stops: residuals and gap relative to the data. The
// vertex that crossover finds satisfies the tolerances of the simplex methods,
// so these need only be close enough to see which bounds hold.
const (
	ipmFeasibility = 1e-8
	ipmGap         = 1e-6
	ipmIterations  = 200
	// mostStalled is how many iterations may pass without mu shrinking. Near the
	// end that is the accuracy of the linear solves; far from it, there is no
	// optimum.
	mostStalled = 5
)

// freeWeight is the least entry of G: a proximal term for columns without
// bounds, which have no barrier, and for those far from their bounds. Its pull
// vanishes as the steps do; with more of it, values of 1e7 are reached too
// slowly, with less the factor loses too many digits.
const freeWeight = 1e-11

// solveAccuracy is the error of a linear solve relative to √mu: with it a
// product may miss its target by that share of mu.
const solveAccuracy = 0.1

// An interior is the state of the interior-point method on a form: the point,
// its distances to the bounds and the multipliers of those.
//
// The method is the predictor–corrector of Mehrotra, On the implementation of
// a primal-dual interior point method, SIAM J. Optimization 2 (1992), for
// columns with two bounds and from an infeasible start, with the multiple
// centrality correctors of Gondzio, Computational Optimization and
// Applications 6 (1996).
type interior struct {
	f   *ipmForm
	kkt kktSolver

	x, y             []float64
	toLower, toUpper []float64 // x - l and u - x, kept positive; 1 where there is no bound
	zLower, zUpper   []float64 // multipliers; 0 where there is no bound
	bounds           int       // number of finite bounds
	mu               float64   // mean product of distance and multiplier

	rp, rl, ru, rc []float64 // residuals of rows, lower and upper bounds, and costs
	g              []float64 // weights of the linear system
	objective      float64
	dualObjective  float64
	primalInf      float64 // relative
	dualInf        float64
	gap            float64
	normB, normC   float64

	iterations int64
	leastMu    float64
	stalled    int // iterations since mu was seen to shrink
}

// A direction is a step in all variables.
type direction struct {
	x, y, toLower, toUpper, zLower, zUpper []float64
}

func newDirection(f *ipmForm) *direction {
	n := len(f.c)
	return &direction{
		x: make([]float64, n), y: make([]float64, f.m),
		toLower: make([]float64, n), toUpper: make([]float64, n),
		zLower: make([]float64, n), zUpper: make([]float64, n),
	}
}

// run iterates to optimality. It returns Optimal, Cancelled, IterationLimit,
// or Numerical where no progress is made, as on programs without an optimum.
func (s *interior) run(ctx context.Context, limit int64, report func()) Status {
	n := len(s.f.c)
	affine, step := newDirection(s.f), newDirection(s.f)
	lower, upper := make([]float64, n), make([]float64, n) // targets of the products
	if !s.start(ctx) {
		return Cancelled
	}
	for ; ; s.iterations++ {
		s.measure()
		report()
		switch {
		case ctx.Err() != nil:
			return Cancelled
		case s.primalInf <= ipmFeasibility && s.dualInf <= ipmFeasibility && s.gap <= ipmGap:
			return Optimal
		case s.iterations >= limit:
			return IterationLimit
		case s.stalled > mostStalled || s.iterations >= ipmIterations:
			return Numerical
		}
		s.weigh()
		if !s.kkt.prepare(ctx, s.g) {
			return Cancelled
		}
		// Predictor: aim at products of zero.
		s.aim(0, nil, lower, upper)
		s.solve(ctx, lower, upper, affine)
		if ctx.Err() != nil {
			return Cancelled
		}
		// Corrector: aim at the mean that the predictor makes credible, less
		// the second-order term of its own step.
		target := s.centring(affine)
		s.aim(target, affine, lower, upper)
		s.solve(ctx, lower, upper, step)
		// More correctors, while they make the step longer.
		for range s.kkt.correctors() {
			s.balance(target, step, lower, upper)
			s.solve(ctx, lower, upper, affine)
			if s.reach(affine) < s.reach(step)+leastReach {
				break
			}
			step, affine = affine, step
		}
		s.advance(step)
	}
}

// measure computes residuals, objectives and the mean product.
func (s *interior) measure() {
	f := s.f
	clear(s.rp)
	f.rows.addProduct(-1, s.x, s.rp)
	copy(s.rc, f.c)
	f.cols.addProduct(-1, s.y, s.rc)
	s.objective, s.dualObjective = 0, 0
	products, bounds := 0.0, 0
	var boundInf float64
	for j, x := range s.x {
		s.objective += f.c[j] * x
		s.rl[j], s.ru[j] = 0, 0
		if f.fixed[j] {
			s.dualObjective += x * s.rc[j] // its multiplier is whatever is left
			s.rc[j] = 0
		}
		if f.hasLower[j] {
			s.rc[j] -= s.zLower[j]
			s.rl[j] = f.l[j] - x + s.toLower[j]
			boundInf = max(boundInf, math.Abs(s.rl[j]))
			s.dualObjective += f.l[j] * s.zLower[j]
			products += s.toLower[j] * s.zLower[j]
			bounds++
		}
		if f.hasUpper[j] {
			s.rc[j] += s.zUpper[j]
			s.ru[j] = f.u[j] - x - s.toUpper[j]
			boundInf = max(boundInf, math.Abs(s.ru[j]))
			s.dualObjective -= f.u[j] * s.zUpper[j]
			products += s.toUpper[j] * s.zUpper[j]
			bounds++
		}
	}
	s.bounds = bounds
	s.mu = products / float64(max(bounds, 1))
	s.stalled++
	if s.iterations == 0 || s.mu < 0.95*s.leastMu {
		s.leastMu, s.stalled = s.mu, 0
	}
	s.primalInf = max(maxAbs(s.rp), boundInf) / (1 + s.normB)
	s.dualInf = maxAbs(s.rc) / (1 + s.normC)
	s.gap = math.Abs(s.objective-s.dualObjective) / (1 + math.Abs(s.objective))
}

// weigh sets the diagonal G.
func (s *interior) weigh() {
	for j := range s.g {
		s.g[j] = max(s.zLower[j]/s.toLower[j]+s.zUpper[j]/s.toUpper[j], freeWeight)
		if s.f.fixed[j] {
			s.g[j] = Inf
		}
	}
}

// aim sets how much every product should change: from what it is to target,
// less the product of the parts of a step already found, if any.
func (s *interior) aim(target float64, found *direction, lower, upper []float64) {
	for j := range lower {
		lower[j], upper[j] = 0, 0
		if s.f.hasLower[j] {
			lower[j] = target - s.toLower[j]*s.zLower[j]
			if found != nil {
				lower[j] -= found.toLower[j] * found.zLower[j]
			}
		}
		if s.f.hasUpper[j] {
			upper[j] = target - s.toUpper[j]*s.zUpper[j]
			if found != nil {
				upper[j] -= found.toUpper[j] * found.zUpper[j]
			}
		}
	}
}

// leastReach is by how much a further corrector must lengthen the step, primal
// and dual together, to be worth a solve.
const leastReach = 0.02

// balance changes the aims so that the products which a step a little longer
// than d allows would make too small or too large come back towards target.
func (s *interior) balance(target float64, d *direction, lower, upper []float64) {
	const longer, spread = 0.1, 10
	primal, dual := s.longest(d)
	primal, dual = min(1, primal+longer), min(1, dual+longer)
	correction := func(t, dt, z, dz float64) float64 {
		product := (t + primal*dt) * (z + dual*dz)
		switch {
		case product < target/spread:
			return target/spread - product
		case product > target*spread:
			return max(target*spread-product, -target*spread)
		}
		return 0
	}
	for j := range lower {
		if s.f.hasLower[j] {
			lower[j] += correction(s.toLower[j], d.toLower[j], s.zLower[j], d.zLower[j])
		}
		if s.f.hasUpper[j] {
			upper[j] += correction(s.toUpper[j], d.toUpper[j], s.zUpper[j], d.zUpper[j])
		}
	}
}

// reach is the sum of the longest steps along d.
func (s *interior) reach(d *direction) float64 {
	primal, dual := s.longest(d)
	return primal + dual
}

// solve finds the Newton step that removes the residuals and changes the
// products as given.
func (s *interior) solve(ctx context.Context, lower, upper []float64, d *direction) {
	h := d.zLower // used up before it is set
	for j := range h {
		h[j] = s.rc[j] - (lower[j]+s.zLower[j]*s.rl[j])/s.toLower[j] + (upper[j]-s.zUpper[j]*s.ru[j])/s.toUpper[j]
	}
	s.kkt.solve(ctx, h, s.rp, solveAccuracy*math.Sqrt(s.mu), d.x, d.y)
	for j, x := range d.x {
		inexact := s.f.cols.lineDot(int32(j), d.y) - s.g[j]*x - h[j]
		d.toLower[j], d.toUpper[j], d.zLower[j], d.zUpper[j] = 0, 0, 0, 0
		if s.f.hasLower[j] {
			d.toLower[j] = x - s.rl[j]
			d.zLower[j] = (lower[j] - s.zLower[j]*d.toLower[j]) / s.toLower[j]
		}
		if s.f.hasUpper[j] {
			d.toUpper[j] = s.ru[j] - x
			d.zUpper[j] = (upper[j] - s.zUpper[j]*d.toUpper[j]) / s.toUpper[j]
		}
		// What the solver left of the first equation is better put on a product
		// than on the costs, which then stay exact.
		switch {
		case s.f.hasLower[j] && (!s.f.hasUpper[j] || s.toLower[j] < s.toUpper[j]):
			d.zLower[j] -= inexact
		case s.f.hasUpper[j]:
			d.zUpper[j] += inexact
		}
	}
}

// centring returns the target product of the corrector by Mehrotra's rule: the
// mean times the cube of the factor by which the predictor would reduce it.
func (s *interior) centring(d *direction) float64 {
	primal, dual := s.longest(d)
	sum := 0.0
	for j := range s.x {
		sum += (s.toLower[j] + primal*d.toLower[j]) * (s.zLower[j] + dual*d.zLower[j])
		sum += (s.toUpper[j] + primal*d.toUpper[j]) * (s.zUpper[j] + dual*d.zUpper[j])
	}
	ratio := sum / float64(max(s.bounds, 1)) / s.mu
	return s.mu * min(1, max(ratio*ratio*ratio, 1e-6))
}

// longest returns the largest steps, at most 1, that keep distances and
// multipliers from becoming negative.
func (s *interior) longest(d *direction) (primal, dual float64) {
	primal, dual = 1, 1
	for j := range s.x {
		primal = limitStep(primal, s.toLower[j], d.toLower[j])
		primal = limitStep(primal, s.toUpper[j], d.toUpper[j])
		dual = limitStep(dual, s.zLower[j], d.zLower[j])
		dual = limitStep(dual, s.zUpper[j], d.zUpper[j])
	}
	return primal, dual
}

func limitStep(step, value, change float64) float64 {
	if value+step*change < 0 {
		return -value / change
	}
	return step
}

// advance moves along d, stopping short of the boundary.
func (s *interior) advance(d *direction) {
	primal, dual := s.longest(d)
	short := max(0.9, 1-s.mu) // the closer to the end, the bolder
	short = min(short, 0.9995)
	if primal < 1 {
		primal *= short
	}
	if dual < 1 {
		dual *= short
	}
	axpy(primal, d.x, s.x)
	axpy(primal, d.toLower, s.toLower)
	axpy(primal, d.toUpper, s.toUpper)
	axpy(dual, d.y, s.y)
	axpy(dual, d.zLower, s.zLower)
	axpy(dual, d.zUpper, s.zUpper)
}
