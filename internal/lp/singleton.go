package lp

import "math"

// count makes the counts and the row lists of the structural columns.
func (w *kernel) count(f *factor, a *constraints) {
	w.left = grown(w.left, len(w.vars))
	w.queue = w.queue[:0]
	clear(w.rows)
	total := 0
	for c, j := range w.vars {
		w.left[c] = 0
		for k := a.start[j]; k < a.start[j+1]; k++ {
			if i := a.index[k]; !w.done[i] {
				w.left[c]++
				w.rows[i]++
				total++
			}
		}
		f.buildWork += int64(a.start[j+1] - a.start[j])
	}
	w.rowList = grown(w.rowList, total)
	at := 0
	for i, n := range w.rows {
		w.rowBegin[i], w.rowEnd[i] = at, at
		at += int(n)
	}
	for c, j := range w.vars {
		for k := a.start[j]; k < a.start[j+1]; k++ {
			if i := a.index[k]; !w.done[i] {
				w.rowList[w.rowEnd[i]] = int32(c)
				w.rowEnd[i]++
			}
		}
	}
	for i := len(w.rows) - 1; i >= 0; i-- {
		if !w.done[i] && w.rows[i] == 1 {
			w.queue = append(w.queue, int32(-1-i))
		}
	}
	for c := len(w.vars) - 1; c >= 0; c-- {
		if w.left[c] == 1 {
			w.queue = append(w.queue, int32(c))
		}
	}
}

// peel pivots column and row singletons until there are none. It says no where
// it was interrupted.
func (w *kernel) peel(f *factor, a *constraints, head []int32) bool {
	for len(w.queue) > 0 {
		if f.interrupted() {
			return false
		}
		c := w.queue[len(w.queue)-1]
		w.queue = w.queue[:len(w.queue)-1]
		if c >= 0 {
			if w.left[c] == 1 {
				w.peelColumn(f, a, head, c)
			}
		} else if r := -1 - c; !w.done[r] && w.rows[r] == 1 {
			w.peelRow(f, a, head, r)
		}
	}
	return true
}

// peelColumn pivots a column with one entry outside the pivoted rows.
func (w *kernel) peelColumn(f *factor, a *constraints, head []int32, c int32) {
	j := w.vars[c]
	var r int32
	var pivot float64
	for k := a.start[j]; k < a.start[j+1]; k++ {
		if i := a.index[k]; !w.done[i] {
			r, pivot = i, a.value[k]
		}
	}
	if math.Abs(pivot) < pivotAbs {
		return
	}
	w.emit(f, a, j, r, pivot)
	w.finish(f, head, r, c, pivot)
	for k := w.rowBegin[r]; k < w.rowEnd[r]; k++ {
		other := w.rowList[k]
		if w.left[other] > 0 {
			w.left[other]--
			if w.left[other] == 1 {
				w.queue = append(w.queue, other)
			}
		}
	}
}

// peelRow pivots a row with one column left. Its other entries are multipliers
// in L, but no other column changes.
func (w *kernel) peelRow(f *factor, a *constraints, head []int32, r int32) {
	c := int32(-1)
	for k := w.rowBegin[r]; k < w.rowEnd[r]; k++ {
		if w.left[w.rowList[k]] >= 0 {
			c = w.rowList[k]
		}
	}
	j := w.vars[c]
	pivot, largest := 0.0, 0.0
	for k := a.start[j]; k < a.start[j+1]; k++ {
		i := a.index[k]
		if i == r {
			pivot = a.value[k]
		}
		if !w.done[i] {
			largest = math.Max(largest, math.Abs(a.value[k]))
		}
	}
	const least = 1e-3 // below that the multipliers would spoil later solves
	if math.Abs(pivot) < pivotAbs || math.Abs(pivot) < least*largest {
		return
	}
	w.emit(f, a, j, r, pivot)
	for k := a.start[j]; k < a.start[j+1]; k++ {
		i := a.index[k]
		if w.done[i] || i == r {
			continue
		}
		w.rows[i]--
		if w.rows[i] == 1 {
			w.queue = append(w.queue, -1-i)
		}
	}
	w.finish(f, head, r, c, pivot)
}

// emit writes the column of variable j, pivoted in row r, to U and L.
func (w *kernel) emit(f *factor, a *constraints, j, r int32, pivot float64) {
	f.u.begin(r)
	f.l.begin(r)
	for k := a.start[j]; k < a.start[j+1]; k++ {
		switch i := a.index[k]; {
		case w.done[i]:
			f.u.push(i, a.value[k])
		case i != r:
			f.l.push(i, a.value[k]/pivot)
		}
	}
	f.u.close(r)
	f.l.close(r)
}

func (w *kernel) finish(f *factor, head []int32, r, c int32, pivot float64) {
	f.pivoted(head, r, w.vars[c], pivot)
	if !f.l.empty(r) {
		f.lOrder = append(f.lOrder, r)
	}
	w.done[r] = true
	w.left[c] = -1
}
