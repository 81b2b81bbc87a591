package lp

import "math"

// A kernel is the workspace of a factorisation: first the structural columns
// of the basis with counts, from which singletons are peeled, then what is
// left of them, on which Gaussian elimination is done.
type kernel struct {
	done []bool // row was pivoted

	vars  []int32 // structural columns of the basis
	left  []int32 // per column, entries in rows not yet pivoted; -1 when pivoted
	rows  []int32 // per row, columns not yet pivoted
	queue []int32 // singletons: columns as they are, rows as -1-row

	rowBegin, rowEnd []int   // columns of a row
	rowList          []int32 //

	// The active matrix: column k has its active entries at colBegin to
	// colEnd; entries in pivoted rows gather at the far end, from colTail to
	// colCap.
	colBegin, colEnd, colTail, colCap []int
	index                             []int32
	value                             []float64
	largest                           []float64 // per column

	byCount, byRowCount bucketList

	mult []float64 // the multipliers of the pivot column, by row
	mark []bool
	fill []int32
}

func (w *kernel) init(m int) {
	w.done = make([]bool, m)
	w.rows = make([]int32, m)
	w.rowBegin = make([]int, m)
	w.rowEnd = make([]int, m)
	w.mult = make([]float64, m)
	w.mark = make([]bool, m)
}

// factorise pivots everything that can be, and logicals for the rest, unless it
// is cut short.
func (w *kernel) factorise(f *factor, a *constraints, variables, head []int32) repair {
	clear(w.done)
	w.vars = w.vars[:0]
	for _, j := range variables {
		if int(j) >= a.cols {
			w.done[int(j)-a.cols] = true
		} else {
			w.vars = append(w.vars, j)
		}
	}
	for r := range w.done {
		if w.done[r] {
			f.pivoted(head, int32(r), int32(a.cols+r), -1)
		}
	}
	if len(w.vars) > 0 {
		w.count(f, a)
		if !w.peel(f, a, head) {
			return repair{cut: true}
		}
		w.gather(f, a)
		if !w.eliminate(f, head) {
			return repair{cut: true}
		}
	}
	return w.repair(f, a, head)
}

// gather copies what peeling left into the active matrix.
func (w *kernel) gather(f *factor, a *constraints) {
	n := len(w.vars)
	for _, s := range []*[]int{&w.colBegin, &w.colEnd, &w.colTail, &w.colCap} {
		*s = grown(*s, n)
	}
	w.largest = grown(w.largest, n)
	w.index, w.value = w.index[:0], w.value[:0]
	w.byCount.init(n, f.m)
	w.byRowCount.init(f.m, n)
	for c, j := range w.vars {
		if w.left[c] < 0 {
			continue
		}
		size := 2*(a.start[j+1]-a.start[j]) + 4
		w.place(c, size)
		for k := a.start[j]; k < a.start[j+1]; k++ {
			w.put(c, a.index[k], a.value[k])
		}
		w.measure(c)
		w.byCount.insert(int32(c), w.colEnd[c]-w.colBegin[c])
	}
	w.gatherRows()
}

// gatherRows makes the row lists of the active matrix, with room for fill.
func (w *kernel) gatherRows() {
	at := 0
	for i := range w.rows {
		w.rows[i] = 0
	}
	for c := range w.vars {
		if w.left[c] >= 0 {
			for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
				w.rows[w.index[k]]++
			}
		}
	}
	for i, n := range w.rows {
		w.rowBegin[i], w.rowEnd[i] = at, at
		if !w.done[i] {
			at += 2*int(n) + 4
		}
	}
	w.rowList = grown(w.rowList, at)
	for c := range w.vars {
		if w.left[c] >= 0 {
			for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
				i := w.index[k]
				w.rowList[w.rowEnd[i]] = int32(c)
				w.rowEnd[i]++
			}
		}
	}
	for i := range w.rows {
		if !w.done[i] {
			// rows becomes the capacity of the row's list.
			w.byRowCount.insert(int32(i), int(w.rows[i]))
			w.rows[i] = 2*w.rows[i] + 4
		}
	}
}

// place gives column c room for size entries at the end of the store.
func (w *kernel) place(c, size int) {
	at := len(w.index)
	w.index = append(w.index, make([]int32, size)...)
	w.value = append(w.value, make([]float64, size)...)
	w.colBegin[c], w.colEnd[c] = at, at
	w.colTail[c], w.colCap[c] = at+size, at+size
}

// put adds an entry to column c, in the part that its row belongs to.
func (w *kernel) put(c int, i int32, x float64) {
	if w.done[i] {
		w.colTail[c]--
		w.index[w.colTail[c]], w.value[w.colTail[c]] = i, x
	} else {
		w.index[w.colEnd[c]], w.value[w.colEnd[c]] = i, x
		w.colEnd[c]++
	}
}

// widen moves column c to where there is room for extra more entries.
func (w *kernel) widen(c, extra int) {
	b, e, t, last := w.colBegin[c], w.colEnd[c], w.colTail[c], w.colCap[c]
	used := e - b + last - t
	w.place(c, 2*(used+extra))
	w.colEnd[c] += copy(w.index[w.colBegin[c]:], w.index[b:e])
	copy(w.value[w.colBegin[c]:], w.value[b:e])
	w.colTail[c] -= last - t
	copy(w.index[w.colTail[c]:], w.index[t:last])
	copy(w.value[w.colTail[c]:], w.value[t:last])
}

// measure finds the largest active entry of column c.
func (w *kernel) measure(c int) {
	top := 0.0
	for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
		top = math.Max(top, math.Abs(w.value[k]))
	}
	w.largest[c] = top
}

// eliminate does Gaussian elimination on the active matrix. It says no where it
// was interrupted.
func (w *kernel) eliminate(f *factor, head []int32) bool {
	for !f.interrupted() {
		r, c := w.choose(f)
		if c < 0 {
			return true
		}
		w.pivotColumn(f, head, r, c)
		w.pivotRow(f, r)
	}
	return false
}

// choose looks for a pivot with Markowitz' merit (rows-1)(columns-1) among the
// shortest columns and rows, at most a few of them. A pivot must not be much
// smaller than the largest entry of its column. It returns -1, -1 if nothing
// is left; columns without an acceptable entry are dropped.
func (w *kernel) choose(f *factor) (row, col int32) {
	const candidates = 8
	row, col = -1, -1
	best, size, seen := math.Inf(1), 0.0, 0
	consider := func(r, c int32, x float64, cols, rows int) {
		x = math.Abs(x)
		if x < pivotAbs || x < f.markowitz*w.largest[c] {
			return
		}
		merit := float64(cols-1) * float64(rows-1)
		if merit < best || merit == best && x > size {
			row, col, best, size = r, c, merit, x
		}
	}
	for n := 1; n <= max(w.byCount.top, w.byRowCount.top); n++ {
		for c := w.byCount.first(n); c >= 0; {
			after := w.byCount.next[c]
			if w.largest[c] < pivotAbs {
				w.drop(c)
			} else {
				for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
					i := w.index[k]
					consider(i, c, w.value[k], w.rowEnd[i]-w.rowBegin[i], n)
				}
				seen++
			}
			if col >= 0 && (best <= float64(n-1)*float64(n-1) || seen >= candidates) {
				return row, col
			}
			c = after
		}
		for r := w.byRowCount.first(n); r >= 0; r = w.byRowCount.next[r] {
			for k := w.rowBegin[r]; k < w.rowEnd[r]; k++ {
				c := w.rowList[k]
				rows := w.colEnd[c] - w.colBegin[c]
				if float64(n-1)*float64(rows-1) >= best {
					continue
				}
				consider(r, c, w.at(c, r), n, rows)
			}
			seen++
			if col >= 0 && (best <= float64(n)*float64(n-1) || seen >= candidates) {
				return row, col
			}
		}
	}
	return row, col
}

// at returns the entry of row r in column c.
func (w *kernel) at(c, r int32) float64 {
	for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
		if w.index[k] == r {
			return w.value[k]
		}
	}
	return 0
}

// drop takes column c out of the active matrix for good.
func (w *kernel) drop(c int32) {
	w.byCount.remove(c)
	for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
		w.leaveRow(w.index[k], c)
	}
	w.colEnd[c] = w.colBegin[c]
}

// leaveRow takes column c out of the list of row i.
func (w *kernel) leaveRow(i, c int32) {
	k := w.rowBegin[i]
	for w.rowList[k] != c {
		k++
	}
	w.rowEnd[i]--
	w.rowList[k] = w.rowList[w.rowEnd[i]]
	w.byRowCount.move(i, w.rowEnd[i]-w.rowBegin[i])
}

// pivotColumn writes column c to L and U and leaves its multipliers in mult.
func (w *kernel) pivotColumn(f *factor, head []int32, r, c int32) {
	pivot := w.at(c, r)
	f.u.begin(r)
	f.l.begin(r)
	for k := w.colTail[c]; k < w.colCap[c]; k++ {
		f.u.push(w.index[k], w.value[k])
	}
	w.byCount.remove(c)
	w.byRowCount.remove(r)
	for k := w.colBegin[c]; k < w.colEnd[c]; k++ {
		i := w.index[k]
		if i == r {
			continue
		}
		w.mult[i] = w.value[k] / pivot
		f.l.push(i, w.mult[i])
		w.leaveRow(i, c)
	}
	f.u.close(r)
	f.l.close(r)
	w.finish(f, head, r, c, pivot)
	for k := w.rowBegin[r]; k < w.rowEnd[r]; k++ {
		if w.rowList[k] == c {
			w.rowEnd[r]--
			w.rowList[k] = w.rowList[w.rowEnd[r]]
			break
		}
	}
}

// pivotRow subtracts the pivot row from the rows that have a multiplier.
func (w *kernel) pivotRow(f *factor, r int32) {
	l := f.l.column(r)
	for k := w.rowBegin[r]; k < w.rowEnd[r]; k++ {
		c := w.rowList[k]
		w.retire(int(c), r)
		if len(l) > 0 {
			w.combine(f, int(c), l, w.value[w.colTail[c]])
		}
		w.measure(int(c))
		w.byCount.move(c, w.colEnd[c]-w.colBegin[c])
		f.buildWork += int64(2*len(l) + w.colEnd[c] - w.colBegin[c])
	}
	for _, e := range l {
		w.mult[e.index] = 0
	}
}

// retire moves the entry of the pivoted row r to the tail of column c.
func (w *kernel) retire(c int, r int32) {
	k := w.colBegin[c]
	for w.index[k] != r {
		k++
	}
	x := w.value[k]
	w.colEnd[c]--
	w.index[k], w.value[k] = w.index[w.colEnd[c]], w.value[w.colEnd[c]]
	w.put(c, r, x)
}

// combine subtracts x times the multipliers, which lie in the rows of l, from
// column c.
func (w *kernel) combine(f *factor, c int, l []term, x float64) {
	for k := w.colBegin[c]; k < w.colEnd[c]; {
		i := w.index[k]
		if w.mult[i] == 0 {
			k++
			continue
		}
		w.mark[i] = true
		w.value[k] -= x * w.mult[i]
		if math.Abs(w.value[k]) < tinyValue {
			w.colEnd[c]--
			w.index[k], w.value[k] = w.index[w.colEnd[c]], w.value[w.colEnd[c]]
			w.leaveRow(i, int32(c))
			continue
		}
		k++
	}
	w.fill = w.fill[:0]
	for _, e := range l {
		i := e.index
		if w.mark[i] {
			w.mark[i] = false
		} else if math.Abs(x*e.value) >= tinyValue {
			w.fill = append(w.fill, i)
		}
	}
	if w.colEnd[c]+len(w.fill) > w.colTail[c] {
		w.widen(c, len(w.fill))
	}
	for _, i := range w.fill {
		w.put(c, i, -x*w.mult[i])
		w.joinRow(i, int32(c))
	}
}

// joinRow adds column c to the list of row i.
func (w *kernel) joinRow(i, c int32) {
	n := w.rowEnd[i] - w.rowBegin[i]
	if n == int(w.rows[i]) {
		b := w.rowBegin[i]
		w.rows[i] *= 2
		w.rowBegin[i] = len(w.rowList)
		w.rowEnd[i] = w.rowBegin[i] + n
		w.rowList = append(w.rowList, make([]int32, w.rows[i])...)
		copy(w.rowList[w.rowBegin[i]:], w.rowList[b:b+n])
	}
	w.rowList[w.rowEnd[i]] = c
	w.rowEnd[i]++
	w.byRowCount.move(i, n+1)
}

// repair pivots the logicals of the rows that are left; the columns that are
// left are thrown out.
func (w *kernel) repair(f *factor, a *constraints, head []int32) repair {
	var fix repair
	for c, j := range w.vars {
		if w.left[c] >= 0 {
			fix.out = append(fix.out, j)
		}
	}
	for r, done := range w.done {
		if !done {
			f.pivoted(head, int32(r), int32(a.cols+r), -1)
			fix.rows = append(fix.rows, int32(r))
		}
	}
	return fix
}
