package lp

import "math"

// A dualSimplex is the dual method: steepest edge pricing (Forrest & Goldfarb
// 1992), the bound flipping ratio test with Harris' tolerances (ratio.go), and
// perturbed costs (perturb.go), as described by Koberstein (2005) and
// Huangfu & Hall (2018).
type dualSimplex struct {
	*simplex
	rows candidates // violated basic variables

	packed packed // the pivot row over nonbasic variables
	ratio  ratioTest
}

func newDual(s *simplex) *dualSimplex {
	d := &dualSimplex{simplex: s}
	d.rows.init(s.m, s.weight)
	d.packed.index = make([]int32, 0, s.n+s.m)
	d.packed.value = make([]float64, 0, s.n+s.m)
	d.ratio.init(s.n + s.m)
	return d
}

// iterate pivots until no basic variable violates its bounds (solved), or a
// violated one cannot be repaired (infeasible), or it has to stop. It keeps
// reduced costs feasible, where need be by shifting costs.
func (d *dualSimplex) iterate() outcome {
	d.rebuild(!d.ready)
	for {
		d.report()
		if end := d.run.interrupted(); end != proceed {
			return end
		}
		p := d.chooseRow()
		if p < 0 {
			if d.fresh {
				return solved
			}
			d.rebuild(false)
			continue
		}
		q, alpha := d.chooseColumn(p)
		if q < 0 {
			if d.fresh && d.fac.updates() == 0 {
				return infeasible
			}
			d.rebuild(true)
			continue
		}
		d.solveColumn(q)
		if d.disagree(alpha, d.column.val[p]) {
			d.rebuildCarefully()
			continue
		}
		d.updateDual(p, q, alpha)
		d.flip()
		d.solveEdge()
		to := d.updatePrimal(p, q)
		moved := d.d[d.head[p]] != 0
		d.replace(p, q, to)
		if d.stalls(moved) {
			d.perturbCost()
			d.rebuild(false)
		} else if d.fac.stale() {
			d.rebuild(true)
		}
	}
}

// rebuild computes every value anew, with new factors if asked for. Where the
// run is cancelled before there are any, it changes nothing.
func (d *dualSimplex) rebuild(refactor bool) {
	if refactor {
		d.factorise()
	}
	if !d.ready {
		return
	}
	d.computeDual()
	d.correctDual()
	d.computePrimal()
	for r := range d.x {
		d.rows.set(int32(r), d.primalViolation(r))
	}
	d.rows.relist()
	d.fresh = true
}

// correctDual makes wrong reduced costs right: by going to the other bound
// where there is one, else by shifting the cost.
func (d *dualSimplex) correctDual() {
	for j := range d.d {
		if d.dualViolation(j) <= feasTol {
			continue
		}
		if d.boxed(j) {
			d.placeAt(int32(j), -d.move[j])
			continue
		}
		target := float64(d.move[j]) * (1 + d.random[j]) * feasTol
		d.shiftCost(int32(j), target)
	}
}

// shiftCost changes the cost of j so that its reduced cost becomes target.
func (d *dualSimplex) shiftCost(j int32, target float64) {
	d.cost[j] += target - d.d[j]
	d.d[j] = target
	d.shifts = true
}

// chooseRow picks the leaving row by the largest violation in the steepest
// edge norm, and leaves its row of B⁻¹ in d.row. That shows the true norm; a
// row whose stored weight was far too small is put back.
func (d *dualSimplex) chooseRow() int32 {
	const acceptable = 0.25
	for {
		p := d.rows.best(d.unit())
		if p < 0 {
			return -1
		}
		d.solveRow(p)
		norm := d.row.norm2()
		good := d.weight[p] >= acceptable*norm
		d.weight[p] = norm
		if good {
			return p
		}
	}
}

// chooseColumn prices row p and picks the entering variable, or -1. It returns
// the pivot as well.
func (d *dualSimplex) chooseColumn(p int32) (q int32, alpha float64) {
	d.priceRow()
	d.pack()
	d.ratio.up = d.x[p] < d.xl[p]
	d.ratio.delta = d.primalViolation(int(p))
	return d.chooseEntering()
}

// pack lists the pivot row over nonbasic variables.
func (d *dualSimplex) pack() {
	const small = 1e-14
	index := d.packed.index[:0]
	value := d.packed.value[:0]
	for _, j := range d.alpha.idx {
		if x := d.alpha.val[j]; (x > small || x < -small) && !d.basic[j] {
			index = append(index, j)
			value = append(value, x)
		}
	}
	for _, i := range d.row.idx {
		if x := d.row.val[i]; (x > small || x < -small) && !d.basic[d.n+int(i)] {
			index = append(index, int32(d.n)+i)
			value = append(value, -x)
		}
	}
	d.packed.index, d.packed.value = index, value
}

// disagree compares the pivot as the row has it with what the column has. They
// differ when the factors have become inaccurate.
func (d *dualSimplex) disagree(byRow, byColumn float64) bool {
	const tolerated = 1e-7 // half of the digits
	gap := math.Abs(byRow - byColumn)
	return gap > tolerated*math.Min(math.Abs(byRow), math.Abs(byColumn)) && d.fac.updates() > 0
}

// rebuildCarefully makes new factors with larger pivots.
func (d *dualSimplex) rebuildCarefully() {
	d.fac.distrust()
	d.rebuild(true)
}

// updateDual makes the step in the dual: the entering reduced cost becomes
// zero. A step in the wrong direction is replaced by a shift of its cost.
func (d *dualSimplex) updateDual(p, q int32, alpha float64) {
	step := d.d[q] / alpha
	if d.wrongStep(q) {
		d.shiftCost(q, 0)
		step = 0
	} else {
		for k, j := range d.packed.index {
			d.d[j] -= step * d.packed.value[k]
		}
	}
	d.d[q] = 0
	d.d[d.head[p]] = -step
}

// wrongStep says whether the reduced cost of q has the wrong sign already.
func (d *dualSimplex) wrongStep(q int32) bool {
	return d.d[q]*float64(d.move[q]) < 0
}

// flip moves the variables that the ratio test passed to their other bounds.
func (d *dualSimplex) flip() {
	if len(d.ratio.flips) == 0 {
		return
	}
	v := &d.extra
	v.clear()
	for _, j := range d.ratio.flips {
		was := d.value[j]
		d.placeAt(j, -d.move[j])
		d.a.addTo(v, j, d.value[j]-was)
	}
	d.fac.ftran(v, d.usual.flip, false)
	blend(&d.usual.flip, v.density())
	for _, r := range v.idx {
		d.x[r] -= v.val[r]
		d.rows.set(r, d.primalViolation(int(r)))
	}
}

// solveEdge leaves τ = B⁻¹ρ for the steepest edge update in d.extra.
func (d *dualSimplex) solveEdge() {
	v := &d.extra
	v.clear()
	for _, i := range d.row.idx {
		v.val[i] = d.row.val[i]
	}
	v.idx = append(v.idx, d.row.idx...)
	d.fac.ftran(v, d.usual.edge, false)
	blend(&d.usual.edge, v.density())
}

// updatePrimal makes the step in the primal, which takes the leaving variable
// of row p to its violated bound, and updates the weights: Forrest & Goldfarb
// (1992), algorithm I. It returns the side of that bound.
func (d *dualSimplex) updatePrimal(p, q int32) (to int8) {
	bound := d.xu[p]
	to = 1
	if d.ratio.up {
		bound, to = d.xl[p], -1
	}
	alpha := d.column.val[p]
	step := (d.x[p] - bound) / alpha

	const least = 1e-4 // weights are at least 1 at a slack basis and shrink by cancellation
	mine := d.weight[p] / (alpha * alpha)
	slope := -2 / alpha
	col, tau := d.column.val, d.extra.val
	for _, r := range d.column.idx {
		a := col[r]
		if a == 0 {
			continue
		}
		x := d.x[r] - step*a
		d.x[r] = x
		d.weight[r] = max(least, d.weight[r]+a*(mine*a+slope*tau[r]))
		d.rows.set(r, d.primalViolation(int(r)))
	}
	d.weight[p] = max(least, mine)
	d.x[p] = d.value[q] + step
	d.xl[p], d.xu[p] = d.lower[q], d.upper[q]
	d.rows.set(p, d.primalViolation(int(p)))
	return to
}
