package lp

import (
	"context"
	"math"
	"math/rand/v2"
)

// A simplex is the state that the dual and the primal method share: the
// program in computational form, a basis, its factors, and the values that go
// with it. Variables are numbered structurals first, then one logical a row:
//
//	minimise cᵀx  subject to  Ax - s = 0,  lower ≤ (x, s) ≤ upper.
//
// A nonbasic variable has a move: +1 at its lower bound, from where it can go
// up, -1 at its upper, 0 when it is fixed, or free and at zero.
// Values of basic variables are kept by pivot row.
type simplex struct {
	a    *constraints
	m, n int // rows, structurals
	fac  *factor

	scale              *scaling
	given              program // as loaded
	cost, lower, upper []float64
	shifts             bool // cost or bounds differ from the given ones
	careful            bool // never perturb: an answer was not good enough
	perturb            bool // perturb now
	stalled            int  // steps in a row that made no progress

	head   []int32 // variable basic in a row
	basic  []bool  // per variable
	move   []int8  // per variable
	value  []float64
	d      []float64 // reduced costs
	x      []float64 // values of the basic variables, by row
	xl, xu []float64 // and their bounds
	weight []float64 // dual pricing weights, by row
	ready  bool      // fac holds the factors of this basis
	fresh  bool      // x and d were computed anew since the last pivot

	random []float64 // per variable, in [0,1)
	rng    *rand.PCG

	row    vector    // row of B⁻¹, or the right-hand side of a btran
	alpha  vector    // row of B⁻¹A over structurals
	column vector    // B⁻¹a of the entering variable
	extra  vector    // B⁻¹ times flips, or times row for steepest edge
	byVar  []float64 // scratch per variable
	usual  densities

	dual   *dualSimplex
	primal *primalSimplex
	run    *run
	offset float64
	ray    []float64 // certificate of the last outcome, in the given units
}

// A program is costs and bounds over structurals and logicals.
type program struct {
	cost, lower, upper []float64
}

// densities are running averages of the densities of results, by kind of
// solve.
type densities struct {
	row, alpha, column, flip, edge float64
}

func blend(average *float64, now float64) { *average = 0.95**average + 0.05*now }

// A run is what one call of Solve brings with it.
type run struct {
	done     <-chan struct{}
	limit    int64 // iterations in all; 0 if none
	used     int64
	progress func(Progress)
	method   Method
}

func newRun(ctx context.Context, o Options) *run {
	return &run{done: ctx.Done(), limit: o.MaxIterations, progress: o.Progress}
}

// interrupted says whether to stop now, and as what.
func (r *run) interrupted() outcome {
	if r.limit > 0 && r.used >= r.limit {
		return limited
	}
	select {
	case <-r.done:
		return stopped
	default:
		return proceed
	}
}

// An outcome is why a loop ended.
type outcome int

const (
	proceed    outcome = iota // not ended
	solved                    // nothing left to improve
	infeasible                // the primal has no point: ray holds the proof
	unbounded                 // the primal can improve for ever along ray
	limited                   // iterations are used up
	stopped                   // the context is done
	troubled                  // the numbers are not good enough to go on
)

// newSimplex loads p, scaled, with the slack basis.
func newSimplex(p *Problem, sc *scaling) *simplex {
	a := newConstraints(p, sc)
	m, n := a.rows, a.cols
	s := &simplex{
		a: a, m: m, n: n, fac: newFactor(m), scale: sc, offset: p.Offset,
		given: newProgram(n + m),
		cost:  make([]float64, n+m), lower: make([]float64, n+m), upper: make([]float64, n+m),
		head: make([]int32, m), basic: make([]bool, n+m), move: make([]int8, n+m),
		value: make([]float64, n+m), d: make([]float64, n+m),
		x: make([]float64, m), xl: make([]float64, m), xu: make([]float64, m),
		weight: make([]float64, m), random: make([]float64, n+m),
		row: newVector(m), alpha: newVector(n), column: newVector(m), extra: newVector(m),
		byVar: make([]float64, n+m),
		rng:   rand.NewPCG(1, 2),
	}
	for j := range s.random {
		s.random[j] = s.unit()
	}
	s.dual, s.primal = newDual(s), newPrimal(s)
	s.loadProgram(p)
	s.slackBasis()
	return s
}

func newProgram(size int) program {
	return program{make([]float64, size), make([]float64, size), make([]float64, size)}
}

// unit returns a random number in [0,1).
func (s *simplex) unit() float64 { return float64(s.rng.Uint64()>>11) / (1 << 53) }

// loadProgram takes over the costs and bounds of p, scaled.
func (s *simplex) loadProgram(p *Problem) {
	sc := s.scale
	for j := 0; j < s.n; j++ {
		f := sc.colFactor(j)
		s.given.cost[j] = p.Cost[j] * f
		s.given.lower[j] = finiteOr(p.ColLower[j], -1) / f
		s.given.upper[j] = finiteOr(p.ColUpper[j], +1) / f
	}
	for i := 0; i < s.m; i++ {
		f := sc.rowFactor(i)
		s.given.lower[s.n+i] = finiteOr(p.RowLower[i], -1) * f
		s.given.upper[s.n+i] = finiteOr(p.RowUpper[i], +1) * f
	}
	s.restore()
}

// finiteOr returns the bound b, or the infinity of the given sign when b is
// beyond what counts as finite.
func finiteOr(b float64, sign int) float64 {
	if math.Abs(b) >= infinite && b*float64(sign) > 0 {
		return math.Inf(sign)
	}
	return b
}

// restore takes back every perturbation, shift and artificial bound.
func (s *simplex) restore() {
	s.restoreCost()
	s.restoreBounds()
}

func (s *simplex) restoreCost() {
	copy(s.cost, s.given.cost)
	s.shifts = false
}

func (s *simplex) restoreBounds() {
	copy(s.lower, s.given.lower)
	copy(s.upper, s.given.upper)
}

// slackBasis makes all logicals basic.
func (s *simplex) slackBasis() {
	for j := range s.basic {
		s.basic[j] = j >= s.n
	}
	for i := range s.head {
		s.head[i] = int32(s.n + i)
		s.weight[i] = 1
	}
	s.ready = false
	s.usual = densities{}
	s.place()
}

// place rests every nonbasic variable at a bound that exists, nearest to zero
// where its move does not say.
func (s *simplex) place() {
	for j := range s.basic {
		if !s.basic[j] {
			s.placeAt(int32(j), s.move[j])
		}
	}
}

// placeAt makes nonbasic j rest at the bound that move asks for, if it exists.
func (s *simplex) placeAt(j int32, move int8) {
	lo, up := s.lower[j], s.upper[j]
	switch {
	case lo == up:
		s.move[j], s.value[j] = 0, lo
	case math.IsInf(lo, -1) && math.IsInf(up, 1):
		s.move[j], s.value[j] = 0, 0
	case math.IsInf(lo, -1):
		s.move[j], s.value[j] = -1, up
	case math.IsInf(up, 1):
		s.move[j], s.value[j] = 1, lo
	case move == 0 && math.Abs(up) < math.Abs(lo), move < 0:
		s.move[j], s.value[j] = -1, up
	default:
		s.move[j], s.value[j] = 1, lo
	}
}

// isFree says whether j has no bound at all.
func (s *simplex) isFree(j int32) bool {
	return math.IsInf(s.lower[j], -1) && math.IsInf(s.upper[j], 1)
}

// factorise makes the factors of the current basis, repairs it if it is none,
// and says whether that was necessary. Where the run is cancelled before the
// end, the basis stays as it was, and is not ready.
func (s *simplex) factorise() (repaired bool) {
	for r, j := range s.head {
		s.byVar[j] = s.weight[r]
	}
	fix := s.fac.build(s.a, s.head, s.head)
	if fix.cut {
		s.ready = false
		return false
	}
	repaired = s.apply(fix)
	for r, j := range s.head {
		s.weight[r] = s.byVar[j]
	}
	s.ready = true
	return repaired
}

// apply brings the basis up to date with a repair.
func (s *simplex) apply(fix repair) (repaired bool) {
	for _, j := range fix.out {
		s.basic[j] = false
		s.placeAt(j, s.move[j])
	}
	for _, r := range fix.rows {
		in := s.n + int(r)
		s.basic[in] = true
		s.byVar[in] = 1
	}
	repaired = len(fix.rows) > 0
	if repaired || !s.ready {
		s.a.partition(s.basic)
	}
	return repaired
}

// computePrimal computes the basic variables from the nonbasic ones:
// B·xB = -N·xN. Without factors they stay.
func (s *simplex) computePrimal() {
	if !s.ready {
		return
	}
	v := &s.column
	v.clear()
	for j, x := range s.value {
		if x != 0 && !s.basic[j] {
			s.a.addTo(v, int32(j), -x)
		}
	}
	s.fac.ftran(v, 1, false)
	for r, j := range s.head {
		s.x[r], s.xl[r], s.xu[r] = v.val[r], s.lower[j], s.upper[j]
	}
	v.clear()
}

// computeDual computes the reduced costs d = c - Aᵀy with Bᵀy = cB. Without
// factors they stay.
func (s *simplex) computeDual() {
	if !s.ready {
		return
	}
	y := &s.row
	y.clear()
	for r, j := range s.head {
		if s.cost[j] != 0 {
			y.add(int32(r), s.cost[j])
		}
	}
	s.fac.btran(y, 1, false)
	for j := range s.d {
		if s.basic[j] {
			s.d[j] = 0
		} else {
			s.d[j] = s.cost[j] - s.a.dot(int32(j), y.val)
		}
	}
	y.clear()
}

// dualViolation is by how much the reduced cost of nonbasic j has the wrong
// sign.
func (s *simplex) dualViolation(j int) float64 {
	switch {
	case s.basic[j] || s.lower[j] == s.upper[j]:
		return 0
	case s.move[j] == 0:
		return math.Abs(s.d[j])
	}
	return -s.d[j] * float64(s.move[j])
}

// primalViolation is how far the variable basic in row r is outside its
// bounds.
func (s *simplex) primalViolation(r int) float64 {
	return max(s.xl[r]-s.x[r], s.x[r]-s.xu[r])
}

// sumDualViolation counts and adds up violations beyond the tolerance.
func (s *simplex) sumDualViolation() (count int, sum float64) {
	for j := range s.d {
		if v := s.dualViolation(j); v > feasTol {
			count++
			sum += v
		}
	}
	return count, sum
}

func (s *simplex) sumPrimalViolation() (count int, sum float64) {
	for r := range s.x {
		if v := s.primalViolation(r); v > feasTol {
			count++
			sum += v
		}
	}
	return count, sum
}

// objective is the cost of the current point under the working costs.
func (s *simplex) objective() float64 {
	sum := 0.0
	for j, x := range s.value {
		if !s.basic[j] {
			sum += s.cost[j] * x
		}
	}
	for r, j := range s.head {
		sum += s.cost[j] * s.x[r]
	}
	return sum
}

// solveRow leaves row p of B⁻¹ in s.row.
func (s *simplex) solveRow(p int32) {
	v := &s.row
	v.clear()
	v.add(p, 1)
	s.fac.btran(v, s.usual.row, true)
	blend(&s.usual.row, v.density())
}

// solveColumn leaves B⁻¹ times column q in s.column.
func (s *simplex) solveColumn(q int32) {
	v := &s.column
	v.clear()
	s.a.addTo(v, q, 1)
	s.fac.ftran(v, s.usual.column, true)
	blend(&s.usual.column, v.density())
}

// replace makes q basic in row p, where the old variable leaves to its bound
// on the side of to (-1 lower, +1 upper).
func (s *simplex) replace(p, q int32, to int8) {
	out := s.head[p]
	s.head[p] = q
	s.basic[q], s.basic[out] = true, false
	s.a.enterBasis(q)
	s.a.leaveBasis(out)
	s.placeAt(out, -to)
	s.xl[p], s.xu[p] = s.lower[q], s.upper[q]
	s.fac.update(p, s.column.val[p])
	s.fresh = false
	s.run.used++
}

// report reports progress every few hundred iterations.
func (s *simplex) report() {
	const every = 500
	if s.run.progress == nil || s.run.used%every != 0 {
		return
	}
	_, primal := s.sumPrimalViolation()
	_, dual := s.sumDualViolation()
	s.run.progress(Progress{
		Method: s.run.method, Iterations: s.run.used, Objective: s.objective() + s.offset,
		PrimalInf: primal, DualInf: dual,
	})
}
