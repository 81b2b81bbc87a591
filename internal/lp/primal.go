package lp

import "math"

// A primalSimplex is the primal method with Devex pricing (Harris 1973;
// Forrest & Goldfarb 1992) and Harris' ratio test. As long as basic variables
// violate their bounds it minimises the sum of the violations (the composite
// phase 1, in which a step may pass bounds as long as the sum falls), and then
// the cost. It serves re-solves after changes of costs, rolling windows, and
// what the dual method leaves to clean up.
type primalSimplex struct {
	*simplex
	cols     candidates // nonbasic variables with a wrong reduced cost
	devex    []float64  // their weights
	frame    []bool     // the reference framework of the weights
	phase1   bool
	slope    []float64 // phase 1 cost of the basic variables, by row
	violated int       // of them that are not zero
	change   vector    // of slope in an iteration
	breaks   breakpoints
	poor     int // wrong Devex weights seen since the last reset
}

func newPrimal(s *simplex) *primalSimplex {
	p := &primalSimplex{simplex: s}
	p.devex = make([]float64, s.n+s.m)
	p.frame = make([]bool, s.n+s.m)
	p.slope = make([]float64, s.m)
	p.change = newVector(s.m)
	p.cols.init(s.n+s.m, p.devex)
	p.breaks.init(s.m)
	return p
}

// iterate pivots until no reduced cost is wrong (solved, or infeasible if that
// was phase 1), or nothing limits a step (unbounded), or it has to stop.
func (p *primalSimplex) iterate() outcome {
	p.resetDevex()
	p.rebuild(!p.ready)
	for {
		p.report()
		if end := p.run.interrupted(); end != proceed {
			return end
		}
		q := p.chooseColumn()
		if q < 0 {
			if p.fresh && p.phase1 {
				return infeasible
			}
			if p.fresh {
				return solved
			}
			p.rebuild(false)
			continue
		}
		p.solveColumn(q)
		if p.wrongColumn(q) {
			p.rebuild(true)
			continue
		}
		step := p.chooseRow(q)
		switch {
		case step.row < 0 && !step.flip:
			if p.fresh && !p.phase1 {
				p.keepDirection(q, step.dir)
				return unbounded
			}
			if p.fresh {
				return troubled
			}
			p.rebuild(true)
		case step.flip:
			p.flip(q, step)
			p.followViolations()
		default:
			if !p.pivot(q, step) {
				p.rebuildCarefully()
			} else if p.stalls(step.length > 0) {
				p.perturbBounds()
				p.place()
				p.rebuild(false)
			} else if p.fac.stale() || p.phase1 && p.violated == 0 {
				p.rebuild(p.fac.stale())
			}
		}
	}
}

// rebuild computes every value anew, with new factors if asked for. Where the
// run is cancelled before there are any, it changes nothing.
func (p *primalSimplex) rebuild(refactor bool) {
	if refactor && p.factorise() {
		p.resetDevex()
	}
	if !p.ready {
		return
	}
	p.computePrimal()
	p.violated = 0
	for r := range p.x {
		p.slope[r] = 0
		p.setSlope(r, p.slopeOf(r))
	}
	p.phase1 = p.violated > 0
	if p.phase1 {
		p.computeSlopeDual()
	} else {
		p.computeDual()
	}
	for j := range p.d {
		p.cols.set(int32(j), p.dualViolation(j))
	}
	p.cols.relist()
	p.fresh = true
}

func (p *primalSimplex) rebuildCarefully() {
	p.fac.distrust()
	p.rebuild(true)
}

// slopeOf is the phase 1 cost of the variable basic in row r.
func (p *primalSimplex) slopeOf(r int) float64 {
	switch {
	case p.x[r] < p.xl[r]-feasTol:
		return -1
	case p.x[r] > p.xu[r]+feasTol:
		return 1
	}
	return 0
}

// setSlope changes the phase 1 cost of a row.
func (p *primalSimplex) setSlope(r int, slope float64) {
	if p.slope[r] != 0 {
		p.violated--
	}
	if slope != 0 {
		p.violated++
	}
	p.slope[r] = slope
}

// solveSlopes returns y with Bᵀy = the phase 1 costs, in p.row.
func (p *primalSimplex) solveSlopes() *vector {
	y := &p.row
	y.clear()
	for r, c := range p.slope {
		if c != 0 {
			y.add(int32(r), c)
		}
	}
	p.fac.btran(y, 1, false)
	return y
}

// computeSlopeDual computes the reduced costs of phase 1.
func (p *primalSimplex) computeSlopeDual() {
	y := p.solveSlopes()
	for j := range p.d {
		p.d[j] = 0
		if !p.basic[j] {
			p.d[j] = -p.a.dot(int32(j), y.val)
		}
	}
	y.clear()
}

// resetDevex starts a new reference framework: the nonbasic variables of now.
func (p *primalSimplex) resetDevex() {
	for j := range p.devex {
		p.devex[j] = 1
		p.frame[j] = !p.basic[j]
	}
	p.poor = 0
}

// chooseColumn picks the entering variable by its reduced cost in the Devex
// norm, or -1.
func (p *primalSimplex) chooseColumn() int32 {
	return p.cols.best(p.unit())
}

// wrongColumn compares the reduced cost of q with what its column says.
func (p *primalSimplex) wrongColumn(q int32) bool {
	if p.fac.updates() == 0 {
		return false
	}
	cost := p.cost
	d := 0.0
	if !p.phase1 {
		d = cost[q]
		for _, r := range p.column.idx {
			d -= cost[p.head[r]] * p.column.val[r]
		}
	} else {
		for _, r := range p.column.idx {
			d -= p.slope[r] * p.column.val[r]
		}
	}
	wrong := d*p.d[q] <= 0
	p.d[q] = d
	p.cols.set(q, p.dualViolation(int(q)))
	return wrong
}

// A primalStep is what a ratio test found: the entering variable moves by
// length in the direction dir, until the variable of a row reaches its bound
// on the side of to, or it reaches its own other bound (flip).
type primalStep struct {
	row    int32
	flip   bool
	to     int8
	dir    float64
	length float64
}

// chooseRow finds how far the entering variable q can go.
func (p *primalSimplex) chooseRow(q int32) primalStep {
	dir := 1.0
	if p.d[q] > 0 {
		dir = -1
	}
	step := primalStep{row: -1, dir: dir}
	if p.phase1 {
		p.breakpointRow(&step, math.Abs(p.d[q]))
	} else {
		p.harrisRow(&step)
	}
	if own := p.upper[q] - p.lower[q]; !math.IsInf(own, 1) && (step.row < 0 || own <= step.length) {
		step.flip, step.length = true, own
	}
	return step
}

// flip moves q to its other bound.
func (p *primalSimplex) flip(q int32, step primalStep) {
	p.moveBasics(step)
	p.placeAt(q, -p.move[q])
	p.cols.set(q, p.dualViolation(int(q)))
	p.run.used++
}

// moveBasics makes the step and notes which basic variables begin or cease to
// violate a bound.
func (p *primalSimplex) moveBasics(step primalStep) {
	by := step.dir * step.length
	for _, r := range p.column.idx {
		p.x[r] -= by * p.column.val[r]
		if p.phase1 {
			if c := p.slopeOf(int(r)); c != p.slope[r] {
				p.change.add(r, c-p.slope[r])
				p.setSlope(int(r), c)
			}
		}
	}
	p.fresh = false
}

// followViolations brings the reduced costs up to date with the changed phase
// 1 costs.
func (p *primalSimplex) followViolations() {
	if len(p.change.idx) == 0 {
		return
	}
	v := &p.row
	v.clear()
	for _, r := range p.change.idx {
		if c := p.change.val[r]; c != trace {
			v.add(r, c)
		}
	}
	p.change.clear()
	p.fac.btran(v, p.usual.flip, false)
	blend(&p.usual.flip, v.density())
	p.priceRow()
	p.eachPriced(func(j int32, a float64) {
		p.d[j] -= a
		p.cols.set(j, p.dualViolation(int(j)))
	})
}

// pivot brings q into the basis. It says no when row and column disagree on
// the pivot, and then has changed nothing.
func (p *primalSimplex) pivot(q int32, step primalStep) bool {
	row := step.row
	p.solveRow(row)
	p.priceRow()
	alpha := p.column.val[row]
	const tolerated = 1e-7
	byRow := -p.row.val[max(0, int(q)-p.n)]
	if int(q) < p.n {
		byRow = p.alpha.val[q]
	}
	if math.Abs(byRow-alpha) > tolerated*math.Abs(alpha) && p.fac.updates() > 0 {
		return false
	}
	p.updateDual(q, row, alpha)
	p.leave(q, step)
	p.followViolations()
	return true
}

// updateDual makes the step in the dual and updates the Devex weights.
func (p *primalSimplex) updateDual(q, row int32, alpha float64) {
	weight := 0.0
	for _, r := range p.column.idx {
		if p.frame[p.head[r]] {
			weight += p.column.val[r] * p.column.val[r]
		}
	}
	if p.frame[q] {
		weight++
	}
	if p.devex[q] > 3*weight || 3*p.devex[q] < weight {
		p.poor++
	}
	weight = math.Max(weight, 1)
	step := p.d[q] / alpha
	p.eachPriced(func(j int32, a float64) {
		p.d[j] -= step * a
		ratio := a / alpha
		w := ratio * ratio * weight
		if p.frame[j] {
			w++
		}
		if w > p.devex[j] {
			p.devex[j] = w
		}
		p.cols.set(j, p.dualViolation(int(j)))
	})
	out := p.head[row]
	p.d[q], p.d[out] = 0, -step
	p.devex[out] = math.Max(1, weight/(alpha*alpha))
	p.devex[q] = 1
}

// leave makes the step and exchanges q and the variable of step.row. One that
// was beyond its bound by less than the tolerance stays there, and the bound
// is shifted.
func (p *primalSimplex) leave(q int32, step primalStep) {
	out, slope := p.head[step.row], p.slope[step.row]
	if step.length < 0 {
		step.length = 0
		p.shiftBound(out, step.to, p.x[step.row])
	}
	p.moveBasics(step)
	if slope != 0 {
		// It violates nothing any more, and costs nothing in its new place.
		p.d[out] -= slope
		p.setSlope(int(step.row), 0)
		if p.change.val[step.row] != 0 {
			p.change.val[step.row] = trace
		}
	}
	value := p.value[q] + step.dir*step.length
	p.replace(step.row, q, step.to)
	p.x[step.row] = value
	p.cols.set(q, 0)
	p.cols.set(out, p.dualViolation(int(out)))
	const manyPoor = 3
	if p.poor > manyPoor {
		p.resetDevex()
	}
}

// shiftBound moves the bound of j on the side of to.
func (p *primalSimplex) shiftBound(j int32, to int8, bound float64) {
	fixed := p.lower[j] == p.upper[j]
	if to < 0 || fixed {
		p.lower[j] = bound
	}
	if to > 0 || fixed {
		p.upper[j] = bound
	}
	p.shifts = true
}
