package lp

import "math"

// An ipmForm is a program as the interior point works on it:
//
//	minimise cᵀx subject to Ax = b, l ≤ x ≤ u
//
// with a column of -1 for every row that is not an equation. Fixed columns and
// rows without sides are left out, so every column has room to move.
type ipmForm struct {
	c, l, u, b []float64
	cols, rows matrix // A both ways

	structural []int32 // column of the program behind each of the first columns
	logical    []int32 // row of the form behind each of the columns after them
	rowOf      []int32 // row of the program behind each row
}

func newIPMForm(p *Problem) *ipmForm {
	f := &ipmForm{cols: matrix{start: []int{0}}}
	at := make([]int32, p.Rows()) // row of the form, or -1
	var lower, upper []float64
	for i := range at {
		at[i] = -1
		if !math.IsInf(p.RowLower[i], -1) || !math.IsInf(p.RowUpper[i], 1) {
			at[i] = int32(len(f.rowOf))
			f.rowOf = append(f.rowOf, int32(i))
			lower, upper = append(lower, p.RowLower[i]), append(upper, p.RowUpper[i])
		}
	}
	f.b = make([]float64, len(f.rowOf))
	a := columns(p)
	for j := range p.Cols() {
		fixed := p.ColLower[j] == p.ColUpper[j]
		for k := a.start[j]; k < a.start[j+1]; k++ {
			i := at[a.index[k]]
			switch {
			case i < 0:
			case fixed:
				f.b[i] -= a.value[k] * p.ColLower[j]
			default:
				f.cols.index = append(f.cols.index, i)
				f.cols.value = append(f.cols.value, a.value[k])
			}
		}
		if !fixed {
			f.structural = append(f.structural, int32(j))
			f.addColumn(p.Cost[j], p.ColLower[j], p.ColUpper[j])
		}
	}
	for i := range f.b {
		if lower[i] == upper[i] {
			f.b[i] += lower[i]
			continue
		}
		f.logical = append(f.logical, int32(i))
		f.cols.index, f.cols.value = append(f.cols.index, int32(i)), append(f.cols.value, -1)
		f.addColumn(0, lower[i], upper[i])
	}
	f.rows = f.cols.transpose(len(f.b))
	return f
}

// addColumn ends the column whose entries were appended.
func (f *ipmForm) addColumn(c, l, u float64) {
	f.c, f.l, f.u = append(f.c, c), append(f.l, l), append(f.u, u)
	f.cols.start = append(f.cols.start, len(f.cols.index))
}

// times adds f times the product of the matrix, taken by lines, with x to y:
// of A by rows it is Ax, of A by columns Aᵀx.
func (a matrix) times(f float64, x, y []float64) {
	for i := range y {
		sum := 0.0
		for k := a.start[i]; k < a.start[i+1]; k++ {
			sum += a.value[k] * x[a.index[k]]
		}
		y[i] += f * sum
	}
}

// values returns the point x of the form as values of all columns of p.
func (f *ipmForm) values(p *Problem, x []float64) []float64 {
	full := make([]float64, p.Cols())
	copy(full, p.ColLower) // right for the fixed ones
	for k, j := range f.structural {
		full[j] = x[k]
	}
	return full
}

// duals returns the multipliers y of the form for all rows of p.
func (f *ipmForm) duals(p *Problem, y []float64) []float64 {
	full := make([]float64, p.Rows())
	for k, i := range f.rowOf {
		full[i] = y[k]
	}
	return full
}
