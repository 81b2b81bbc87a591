package lp

import (
	"math"
	"slices"
)

// reduceColumns looks at every column once.
func (w *presolver) reduceColumns() {
	for j := range int32(len(w.cols)) {
		if w.stopped(j) {
			return
		}
		if !w.colAlive[j] {
			continue
		}
		entries := w.col(j)
		switch {
		case w.cl[j] == w.cu[j]:
			w.fix(j, entries, AtLower)
		case w.dominated(j, entries):
		case len(entries) == 0:
			w.fixEmpty(j)
		case len(entries) == 1:
			w.eliminateSingleton(j, entries[0])
		}
	}
}

// A fixedColumn rests at a bound, or at zero without bounds.
type fixedColumn struct {
	j       int32
	x, cost float64
	entries []element
	status  BasisStatus
	fixed   bool // its bounds are equal
}

// fix removes column j, resting as the status says. If the bound is missing,
// the program has no optimum.
func (w *presolver) fix(j int32, entries []element, status BasisStatus) {
	x := 0.0
	switch status {
	case AtLower:
		x = w.cl[j]
	case AtUpper:
		x = w.cu[j]
	}
	if math.IsInf(x, 0) {
		w.hopeless = true
		return
	}
	w.push(fixedColumn{j, x, w.cost[j], slices.Clone(entries), status, w.cl[j] == w.cu[j]})
	w.settle(j, x)
}

func (s fixedColumn) undo(r *recovered) {
	r.x[s.j], r.d[s.j] = s.x, r.reduced(s.cost, s.entries)
	r.col[s.j] = heldAt(s.status, r.d[s.j], s.fixed)
}

// fixEmpty fixes a column without entries and cost; with a cost it would have
// been dominated.
func (w *presolver) fixEmpty(j int32) {
	status := AtLower
	if math.IsInf(w.cl[j], -1) {
		if status = AtUpper; math.IsInf(w.cu[j], 1) {
			status = Free
		}
	}
	w.fix(j, nil, status)
}

// dominated fixes column j if, whatever multipliers the rows may have, its
// reduced cost has one sign, and reports whether it did.
func (w *presolver) dominated(j int32, entries []element) bool {
	const clear = 1e-9 // a reduced cost beyond rounding
	var v interval
	for _, e := range entries {
		lower, upper := w.multiplierSigns(e.index)
		v.add(-e.value, lower, upper)
	}
	lower, upper := v.ends()
	margin := clear * (1 + math.Abs(w.cost[j]))
	switch {
	case w.cost[j]+lower > margin:
		w.fix(j, entries, AtLower)
	case w.cost[j]+upper < -margin:
		w.fix(j, entries, AtUpper)
	default:
		return false
	}
	return true
}

// eliminateSingleton uses the only row of column j to remove it.
func (w *presolver) eliminateSingleton(j int32, e element) {
	i, a := e.index, e.value
	entries := w.row(i)
	largest := 0.0
	for _, o := range entries {
		largest = max(largest, math.Abs(o.value))
	}
	switch {
	case len(entries) < 2 || math.Abs(a) < leastPivot*largest:
	case w.impliedFree(i, j, a):
		w.solveForFree(i, j, a)
	case w.rl[i] == w.ru[i]:
		w.absorbSlack(i, j, a)
	}
}

// passCost moves the cost of column j, whose entry in row i is a, to the other
// columns of the row, and returns the multiplier of the row that does so and
// their entries.
func (w *presolver) passCost(i, j int32, a float64) (y float64, others []element) {
	const cancels = 1e-13
	y = w.cost[j] / a
	for _, e := range w.row(i) {
		if e.index == j {
			continue
		}
		others = append(others, e)
		c := w.cost[e.index]
		w.cost[e.index] = c - y*e.value
		if math.Abs(w.cost[e.index]) <= cancels*math.Abs(c) {
			w.cost[e.index] = 0
		}
	}
	return y, others
}

// A freeSingleton is a column that its only row keeps within its bounds. The
// row has the multiplier that makes the reduced cost zero, and rests at the
// side that this asks for; the column is whatever the others leave to it.
type freeSingleton struct {
	i, j       int32
	a, y, side float64
	status     BasisStatus // of the row
	others     []element
}

func (w *presolver) solveForFree(i, j int32, a float64) {
	status, side := AtLower, w.rl[i]
	if y := w.cost[j] / a; y < 0 || y == 0 && math.IsInf(side, -1) {
		status, side = AtUpper, w.ru[i]
	}
	if math.IsInf(side, 0) {
		w.hopeless = w.cost[j] != 0
		return
	}
	y, others := w.passCost(i, j, a)
	w.offset += y * side
	w.push(freeSingleton{i, j, a, y, side, status, others})
	w.removeRow(i)
	w.removeCol(j)
}

func (s freeSingleton) undo(r *recovered) {
	r.x[s.j] = (s.side - r.activity(s.others)) / s.a
	r.d[s.j], r.col[s.j] = 0, Basic
	r.y[s.i], r.row[s.i] = s.y, s.status
}

// An absorbedSlack is a column that occurs in one equation only: the equation
// became a row with two sides and the column is the distance.
type absorbedSlack struct {
	i, j         int32
	a, y, right  float64
	lower, upper float64 // of the column
	others       []element
}

func (w *presolver) absorbSlack(i, j int32, a float64) {
	right := w.rl[i]
	s := absorbedSlack{i: i, j: j, a: a, right: right, lower: w.cl[j], upper: w.cu[j]}
	s.y, s.others = w.passCost(i, j, a)
	var v interval
	v.add(a, s.lower, s.upper)
	low, up := v.ends()
	w.rl[i], w.ru[i] = right-up, right-low
	w.offset += s.y * right
	w.push(s)
	w.removeCol(j)
}

// undo gives the equation its right-hand side back. If the row rested at a
// side, the column rests at the bound that this side came from; else the
// column is basic.
func (s absorbedSlack) undo(r *recovered) {
	r.d[s.j] = -s.a * r.y[s.i]
	r.y[s.i] += s.y
	status := r.row[s.i]
	r.row[s.i] = AtLower
	if status == Basic {
		r.x[s.j], r.col[s.j] = (s.right-r.activity(s.others))/s.a, Basic
		r.d[s.j] = 0
		return
	}
	r.col[s.j] = mirrored(status, -s.a)
	r.x[s.j] = s.lower
	if r.col[s.j] == AtUpper {
		r.x[s.j] = s.upper
	}
}
