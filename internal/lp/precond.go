package lp

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A basisSolver solves the systems of the interior point by conjugate
// gradients, preconditioned by a basis matrix B. With D = G^(-½) the normal
// matrix is
//
//	A D² Aᵀ = B D_B (I + W Wᵀ) D_B Bᵀ,  W = D_B⁻¹ B⁻¹ N D_N,
//
// and what is in parentheses is near the identity when B holds the columns of
// large D: B is kept such that no entry of W is large, by exchanging a column
// for one that makes the volume of B D_B greater. As the method converges, the
// basic variables of an optimal basis leave their bounds, W goes to zero and
// the basis becomes the one to begin crossover with.
//
// The method is that of Schork & Gondzio, Implementation of an interior point
// method with basis preconditioning, Mathematical Programming Computation 12
// (2020), who use conjugate residuals; it differs also in how exchanges are
// looked for.
type basisSolver struct {
	form    *ipmForm
	a       *constraints
	fac     *factor
	head    []int32 // variable basic in each row
	isBasic []bool
	weight  []float64 // D² per variable
	root    []float64 // D
	solves  compactFactor
	others  []int32   // nonbasic variables of positive weight
	guess   []float64 // solution of the last solve since prepare
	work    vector
	updates int       // exchanges since the factors were made; -1 before there is a basis
	scores  []float64 // scratch of candidates
}

const (
	// equationWeight is the D² of the logical of an equation, whose true value
	// is zero: small, so that it leaves the basis for anything else.
	equationWeight = 1e-12
	// volumeGain is by which factor an exchange must increase the volume.
	volumeGain = 2
	// volumeSlices is in how many sums the rows of W are looked at.
	volumeSlices = 8
	// volumeRounds bounds how often a slice is looked at.
	volumeRounds = 8
	// mostUpdates is after how many exchanges the factors are made anew.
	mostUpdates = 100
	// mostSteps bounds the steps of conjugate gradients in a solve.
	mostSteps = 1000
)

func newBasisSolver(f *ipmForm, a *constraints) *basisSolver {
	n := len(f.c)
	return &basisSolver{
		form: f, a: a, fac: newFactor(f.m), head: make([]int32, f.m), isBasic: make([]bool, n),
		weight: make([]float64, n), root: make([]float64, n), scores: make([]float64, n),
		guess: make([]float64, f.m), work: newVector(f.m), updates: -1,
	}
}

func (s *basisSolver) prepare(ctx context.Context, g []float64) bool {
	f := s.form
	structurals := len(f.c) - f.m
	for j, v := range g {
		s.weight[j] = 1 / v
		if f.fixed[j] && j >= structurals {
			s.weight[j] = equationWeight
		}
		s.root[j] = math.Sqrt(s.weight[j])
	}
	s.fac.done = ctx.Done()
	if s.updates < 0 {
		s.startBasis()
		s.factorise()
	}
	if !s.improve(ctx) {
		return false
	}
	if s.updates > 0 {
		s.factorise()
	}
	if ctx.Err() != nil {
		return false
	}
	s.solves.set(s.fac)
	s.others = s.others[:0]
	for j, w := range s.weight {
		if !s.isBasic[j] && w > 0 {
			s.others = append(s.others, int32(j))
		}
	}
	clear(s.guess)
	return true
}

// startBasis picks columns of large weight that cover different rows; the
// factorisation replaces those that turn out dependent.
func (s *basisSolver) startBasis() {
	f := s.form
	structurals := len(f.c) - f.m
	for i := range s.head {
		s.head[i] = int32(structurals + i)
	}
	byWeight := make([]int32, structurals)
	for j := range byWeight {
		byWeight[j] = int32(j)
	}
	slices.SortStableFunc(byWeight, func(i, j int32) int { return cmp.Compare(s.root[j], s.root[i]) })
	for _, j := range byWeight {
		best, row := 1.0, int32(-1)
		for k := f.cols.start[j]; k < f.cols.start[j+1]; k++ {
			i := f.cols.index[k]
			if held := s.head[i]; int(held) == structurals+int(i) {
				if gain := math.Abs(f.cols.value[k]) * s.root[j] / s.root[held]; gain > best {
					best, row = gain, i
				}
			}
		}
		if row >= 0 {
			s.head[row] = j
		}
	}
}

// factorise makes the factors of the basis anew, unless the context is done.
func (s *basisSolver) factorise() {
	s.fac.build(s.a, slices.Clone(s.head), s.head)
	clear(s.isBasic)
	for _, j := range s.head {
		s.isBasic[j] = true
	}
	s.updates = 0
}

// improve exchanges columns until no entry of W is much above one, as far as
// sums over slices of its rows show.
func (s *basisSolver) improve(ctx context.Context) bool {
	price := make([]float64, s.form.m)
	for slice := range volumeSlices {
		for range volumeRounds {
			if ctx.Err() != nil {
				return false
			}
			if s.improveSlice(ctx, slice, price) == 0 {
				break
			}
		}
	}
	return true
}

// improveSlice makes the exchanges that one look at a slice suggests, and
// returns their number.
func (s *basisSolver) improveSlice(ctx context.Context, slice int, price []float64) int {
	const mostMisses = 5 // in a row: the candidates are sorted
	s.priceSlice(slice, price)
	count, misses := 0, 0
	for _, j := range s.candidates(price) {
		if misses > mostMisses || ctx.Err() != nil {
			break
		}
		if s.exchange(j) {
			count++
			misses = 0
		} else {
			misses++
		}
	}
	return count
}

// priceSlice computes the sum of the rows of D_B⁻¹ B⁻¹ in a slice, with
// arbitrary signs, so that large ones do not cancel.
func (s *basisSolver) priceSlice(slice int, price []float64) {
	v := &s.work
	v.clear()
	for i := slice; i < s.form.m; i += volumeSlices {
		sign := 1.0
		if uint32(i)*2654435761>>16&1 == 1 {
			sign = -1
		}
		v.add(int32(i), sign/s.root[s.head[i]])
	}
	s.fac.btran(v, 1, false)
	copy(price, v.val)
}

// candidates returns the nonbasic variables for which a sum over rows of W is
// large, the largest first.
func (s *basisSolver) candidates(price []float64) []int32 {
	f := s.form
	scores := s.scores
	var list []int32
	for j := range f.c {
		if s.isBasic[j] || s.weight[j] == 0 {
			continue
		}
		scores[j] = math.Abs(f.cols.lineDot(int32(j), price)) * s.root[j]
		if scores[j] > volumeGain {
			list = append(list, int32(j))
		}
	}
	slices.SortStableFunc(list, func(i, j int32) int { return cmp.Compare(scores[j], scores[i]) })
	return list
}

// exchange brings column j into the basis where that makes the volume larger
// by volumeGain, and reports whether it did.
func (s *basisSolver) exchange(j int32) bool {
	const leastPivot = 1e-3 // against the growth of errors in the factors
	v := &s.work
	v.clear()
	s.a.addTo(v, j, 1)
	s.fac.ftran(v, 0, true)
	best, row := volumeGain/s.root[j], int32(-1)
	for _, i := range v.idx {
		x := math.Abs(v.val[i])
		if x > leastPivot && x > best*s.root[s.head[i]] {
			best, row = x/s.root[s.head[i]], i
		}
	}
	if row < 0 {
		return false
	}
	pivot := v.val[row]
	v.clear()
	v.add(row, 1)
	s.fac.btran(v, 0, true)
	s.fac.update(row, pivot)
	s.isBasic[s.head[row]], s.isBasic[j] = false, true
	s.head[row] = j
	if s.updates++; s.updates >= mostUpdates {
		s.factorise()
	}
	return true
}

// correctors is none: only solves cost.
func (s *basisSolver) correctors() int { return 0 }

// addNonbasic adds N D² (Nᵀy - h) to q; a nil h is zero.
func (s *basisSolver) addNonbasic(y, h, q []float64) {
	f := s.form
	for _, j := range s.others {
		u := f.cols.lineDot(j, y)
		if h != nil {
			u -= h[j]
		}
		f.cols.addLine(s.weight[j]*u, j, q)
	}
}

// solve follows from dx_B = D_B² u, dx_N = D_N² (Nᵀdy - h_N) and
// dy = B⁻ᵀ (h_B + u), where v = D_B u is what conjugate gradients find.
func (s *basisSolver) solve(ctx context.Context, h, r []float64, enough float64, dx, dy []float64) {
	f := s.form
	for i, j := range s.head {
		dy[i] = h[j]
	}
	s.solves.btran(dy)
	right := make([]float64, f.m)
	s.addNonbasic(dy, h, right)
	for i := range right {
		right[i] = r[i] - right[i]
	}
	s.solves.ftran(right)
	for i, j := range s.head {
		right[i] /= s.root[j]
	}
	v := s.conjugateGradients(ctx, right, enough)
	for i, j := range s.head {
		dy[i] = h[j] + v[i]/s.root[j]
	}
	s.solves.btran(dy)
	copy(right, r)
	for j, w := range s.weight {
		dx[j] = 0
		if !s.isBasic[j] && !f.fixed[j] {
			dx[j] = w * (f.cols.lineDot(int32(j), dy) - h[j])
			f.cols.addLine(-dx[j], int32(j), right)
		}
	}
	s.solves.ftran(right)
	for i, j := range s.head {
		if !f.fixed[j] {
			dx[j] = right[i]
		}
	}
}

// conjugateGradients solves (I + W Wᵀ) v = b up to the given residual. It
// begins at the last solution, since predictor and corrector differ little.
func (s *basisSolver) conjugateGradients(ctx context.Context, b []float64, enough float64) []float64 {
	v, r, p, q := s.guess, slices.Clone(b), slices.Clone(b), make([]float64, len(b))
	if maxAbs(v) > 0 {
		s.apply(v, q)
		axpy(-1, q, r)
	}
	copy(p, r)
	square := dot(r, r)
	for range mostSteps {
		if !(maxAbs(r) > enough) || ctx.Err() != nil {
			break
		}
		s.apply(p, q)
		step := square / dot(p, q)
		axpy(step, p, v)
		axpy(-step, q, r)
		before := square
		square = dot(r, r)
		for i := range p {
			p[i] = r[i] + square/before*p[i]
		}
	}
	return v
}

// apply computes q = (I + W Wᵀ) p.
func (s *basisSolver) apply(p, q []float64) {
	y := s.work.val
	for i, j := range s.head {
		y[i] = p[i] / s.root[j]
	}
	s.solves.btran(y)
	clear(q)
	s.addNonbasic(y, nil, q)
	clear(y)
	s.solves.ftran(q)
	for i, j := range s.head {
		q[i] = p[i] + q[i]/s.root[j]
	}
}
