package lp

// The constraints of a program are its matrix in two copies: by columns, and by rows
// with the entries of nonbasic columns in front, so that a pivot row is made
// without looking at basic ones. Logical columns are not stored: logical i is
// column cols+i and has the one entry -1 in row i, so that Ax - s = 0.
type constraints struct {
	rows, cols int

	start []int // column j is start[j] to start[j+1]
	index []int32
	value []float64

	rowStart []int // row i is rowStart[i] to rowStart[i+1],
	rowMid   []int // of which the part up to rowMid[i] is nonbasic
	rowIndex []int32
	rowValue []float64

	toRow []int32 // where an entry of the column copy stands in the row copy
	toCol []int32 // and back
}

// newConstraints copies the matrix of p, scaled, without its zeros.
func newConstraints(p *Problem, sc *scaling) *constraints {
	a := &constraints{rows: p.Rows(), cols: p.Cols()}
	a.start = make([]int, a.cols+1)
	a.index = make([]int32, 0, len(p.Index))
	a.value = make([]float64, 0, len(p.Index))
	for j := 0; j < a.cols; j++ {
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			if p.Value[k] != 0 {
				a.index = append(a.index, p.Index[k])
				a.value = append(a.value, p.Value[k]*sc.rowFactor(int(p.Index[k]))*sc.colFactor(j))
			}
		}
		a.start[j+1] = len(a.index)
	}
	a.transpose()
	return a
}

// transpose makes the row copy, all columns nonbasic.
func (a *constraints) transpose() {
	nz := len(a.index)
	a.rowStart = make([]int, a.rows+1)
	a.rowMid = make([]int, a.rows)
	a.rowIndex = make([]int32, nz)
	a.rowValue = make([]float64, nz)
	a.toRow = make([]int32, nz)
	a.toCol = make([]int32, nz)
	for _, i := range a.index {
		a.rowStart[i+1]++
	}
	for i := 0; i < a.rows; i++ {
		a.rowStart[i+1] += a.rowStart[i]
		a.rowMid[i] = a.rowStart[i]
	}
	for j := 0; j < a.cols; j++ {
		for k := a.start[j]; k < a.start[j+1]; k++ {
			i := a.index[k]
			at := a.rowMid[i]
			a.rowMid[i]++
			a.rowIndex[at], a.rowValue[at] = int32(j), a.value[k]
			a.toRow[k], a.toCol[at] = int32(at), int32(k)
		}
	}
}

// enterBasis moves the entries of column j behind the nonbasic ones of their
// rows.
func (a *constraints) enterBasis(j int32) {
	if int(j) >= a.cols {
		return
	}
	for k := a.start[j]; k < a.start[j+1]; k++ {
		i := a.index[k]
		a.rowMid[i]--
		a.swapInRow(int(a.toRow[k]), a.rowMid[i])
	}
}

// leaveBasis moves the entries of column j to the nonbasic ones of their rows.
func (a *constraints) leaveBasis(j int32) {
	if int(j) >= a.cols {
		return
	}
	for k := a.start[j]; k < a.start[j+1]; k++ {
		i := a.index[k]
		a.swapInRow(int(a.toRow[k]), a.rowMid[i])
		a.rowMid[i]++
	}
}

func (a *constraints) swapInRow(p, q int) {
	a.rowIndex[p], a.rowIndex[q] = a.rowIndex[q], a.rowIndex[p]
	a.rowValue[p], a.rowValue[q] = a.rowValue[q], a.rowValue[p]
	a.toCol[p], a.toCol[q] = a.toCol[q], a.toCol[p]
	a.toRow[a.toCol[p]], a.toRow[a.toCol[q]] = int32(p), int32(q)
}

// partition sorts every row into its nonbasic and its basic entries.
func (a *constraints) partition(basic []bool) {
	copy(a.rowMid, a.rowStart[1:])
	for j := 0; j < a.cols; j++ {
		if basic[j] {
			a.enterBasis(int32(j))
		}
	}
}

// dot returns the product of column j, logical or not, and y.
func (a *constraints) dot(j int32, y []float64) float64 {
	if int(j) >= a.cols {
		return -y[int(j)-a.cols]
	}
	sum := 0.0
	for k := a.start[j]; k < a.start[j+1]; k++ {
		sum += a.value[k] * y[a.index[k]]
	}
	return sum
}

// addTo adds x times column j, logical or not, to v and keeps v's list.
func (a *constraints) addTo(v *vector, j int32, x float64) {
	if int(j) >= a.cols {
		v.add(j-int32(a.cols), -x)
		return
	}
	for k := a.start[j]; k < a.start[j+1]; k++ {
		v.add(a.index[k], x*a.value[k])
	}
}
