package lp

import "slices"

// A postsolver is the way back from a presolved program: the rows and columns
// that are left, and the steps to undo, last first.
type postsolver struct {
	given      *Problem
	rows, cols []int32 // numbers in the given program
	steps      []undoStep
}

// An undoStep puts back what one reduction removed. Before it, the recovered
// solution is optimal for the program after the reduction, and its basis has
// as many basic variables as rows are alive; after it, both hold for the
// program before.
type undoStep interface{ undo(r *recovered) }

// A recovered solution grows from that of the smaller program to that of the
// given one. Entries of rows and columns not yet put back mean nothing.
type recovered struct {
	x, d []float64 // per column: value and reduced cost
	y    []float64 // per row: multiplier
	col  []BasisStatus
	row  []BasisStatus
}

// expand returns the solution of the given program that follows from an
// optimal one of the presolved program: values, row multipliers and basis.
// The rest is for [assess] to compute.
func (p *postsolver) expand(sol *Solution) *Solution {
	n, m := p.given.Cols(), p.given.Rows()
	r := &recovered{
		x: make([]float64, n), d: make([]float64, n), y: make([]float64, m),
		col: make([]BasisStatus, n), row: make([]BasisStatus, m),
	}
	for k, j := range p.cols {
		r.x[j], r.d[j], r.col[j] = sol.X[k], sol.ColDual[k], sol.Basis.Col[k]
	}
	for k, i := range p.rows {
		r.y[i], r.row[i] = sol.RowDual[k], sol.Basis.Row[k]
	}
	for _, step := range slices.Backward(p.steps) {
		step.undo(r)
	}
	full := *sol
	full.X, full.RowDual, full.ColDual, full.Basis = r.x, r.y, r.d, &Basis{r.col, r.row}
	return &full
}

// reduced returns the reduced cost of a column from its cost and entries.
func (r *recovered) reduced(cost float64, entries []element) float64 {
	for _, e := range entries {
		cost -= e.value * r.y[e.index]
	}
	return cost
}

// activity returns the sum over the entries of a row.
func (r *recovered) activity(entries []element) float64 {
	sum := 0.0
	for _, e := range entries {
		sum += e.value * r.x[e.index]
	}
	return sum
}

// heldAt returns the side that holds a variable of the given status: what the
// status says, or where its bounds are equal, what its multiplier says.
func heldAt(status BasisStatus, multiplier float64, fixed bool) BasisStatus {
	switch {
	case !fixed || status == Basic:
		return status
	case multiplier < 0:
		return AtUpper
	}
	return AtLower
}
