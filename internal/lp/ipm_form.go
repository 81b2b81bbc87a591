package lp

import "math"

// An ipmForm is a program as the interior point works on it, scaled:
//
//	minimise cᵀx subject to Ax = 0, l ≤ x ≤ u
//
// where x are the structurals and then one logical a row, with a column of -1,
// numbered as in the simplex method. Variables with equal bounds stay there.
type ipmForm struct {
	m          int // rows
	c, l, u    []float64
	fixed      []bool
	hasLower   []bool // finite bounds of variables that are not fixed
	hasUpper   []bool
	cols, rows matrix // A both ways
}

func newIPMForm(p *Problem, sc *scaling) *ipmForm {
	n, m := p.Cols(), p.Rows()
	a := columns(p)
	f := &ipmForm{m: m, cols: matrix{start: []int{0}}}
	for j := range n {
		scale := sc.colFactor(j)
		for k := a.start[j]; k < a.start[j+1]; k++ {
			i := a.index[k]
			f.cols.index = append(f.cols.index, i)
			f.cols.value = append(f.cols.value, a.value[k]*scale*sc.rowFactor(int(i)))
		}
		f.addColumn(p.Cost[j]*scale, p.ColLower[j]/scale, p.ColUpper[j]/scale)
	}
	for i := range m {
		scale := sc.rowFactor(i)
		f.cols.index, f.cols.value = append(f.cols.index, int32(i)), append(f.cols.value, -1)
		f.addColumn(0, p.RowLower[i]*scale, p.RowUpper[i]*scale)
	}
	f.rows = f.cols.transpose(m)
	return f
}

// addColumn ends the column whose entries were appended.
func (f *ipmForm) addColumn(c, l, u float64) {
	l, u = orInfinite(l), orInfinite(u)
	f.c, f.l, f.u = append(f.c, c), append(f.l, l), append(f.u, u)
	f.fixed = append(f.fixed, l == u)
	f.hasLower = append(f.hasLower, l != u && !math.IsInf(l, -1))
	f.hasUpper = append(f.hasUpper, l != u && !math.IsInf(u, 1))
	f.cols.start = append(f.cols.start, len(f.cols.index))
}

// addProduct adds f times the product of the matrix, taken by lines, with x to
// y: of A by rows it is Ax, of A by columns Aᵀx.
func (a matrix) addProduct(f float64, x, y []float64) {
	for i := range y {
		y[i] += f * a.lineDot(int32(i), x)
	}
}

// lineDot returns the inner product of line j with x.
func (a matrix) lineDot(j int32, x []float64) float64 {
	sum := 0.0
	for k := a.start[j]; k < a.start[j+1]; k++ {
		sum += a.value[k] * x[a.index[k]]
	}
	return sum
}

// addLine adds f times line j to y.
func (a matrix) addLine(f float64, j int32, y []float64) {
	for k := a.start[j]; k < a.start[j+1]; k++ {
		y[a.index[k]] += f * a.value[k]
	}
}
