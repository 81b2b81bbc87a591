package lp

// Solves with the factored basis. Each triangle is passed in one of two ways:
// over the whole pivot order, or, when right-hand side and result are sparse,
// only over the positions that a depth-first search finds (Gilbert & Peierls
// 1988; Hall & McKinnon 2005). The search gives up when it finds too many, so
// that the density of a result need not be predicted well.

const (
	// hyperStart is the density of a right-hand side up to which a search may
	// pay, hyperResult that of the result.
	hyperStart  = 0.05
	hyperResult = 0.10
	// hyperHope is the usual density of results from which a search is not
	// even begun.
	hyperHope = 0.30
)

// ftran solves B·x = v in place. expected is the density that such results
// usually have. With keep, the column is kept for an update that brings it
// into the basis.
func (f *factor) ftran(v *vector, expected float64, keep bool) {
	f.solveUnit(&f.l, v, f.lOrder)
	f.applyEtas(v)
	if keep {
		f.spike.take(v)
	}
	if !f.solveReached(&f.u, v, f.pivot, expected) {
		f.sweepBack(v)
	}
}

// btran solves Bᵀ·x = v in place. With keep, the eta of an update that takes
// the column of the unit vector v out of the basis is kept.
func (f *factor) btran(v *vector, expected float64, keep bool) {
	if !f.solveReached(&f.ut, v, f.pivot, expected) {
		f.sweep(v)
	}
	if keep {
		f.rowEta.take(v)
	}
	f.applyEtasTransposed(v)
	f.solveUnit(&f.lt, v, f.ltOrder)
}

// solveUnit passes a triangle with a unit diagonal, of which order lists the
// columns that have more. These are few in most bases, so that going through
// all of them is cheap.
func (f *factor) solveUnit(t *triangle, v *vector, order []int32) {
	if 4*len(v.idx) < len(order) && f.solveReached(t, v, nil, 0) {
		return
	}
	f.solveWork += int64(len(order))
	for _, r := range order {
		x := v.val[r]
		if x < tinyValue && x > -tinyValue {
			continue
		}
		for k := t.begin[r]; k < t.end[r]; k++ {
			v.add(t.index[k], -x*t.value[k])
		}
		f.solveWork += int64(t.end[r] - t.begin[r])
	}
}

// sweepBack passes U over the whole order, last to first.
func (f *factor) sweepBack(v *vector) {
	last := int32(-1)
	for _, r := range v.idx {
		last = max(last, f.uPlace[r])
	}
	val, idx := v.val, v.idx[:0]
	for k := last; k >= 0; k-- {
		if r := f.uOrder[k]; r >= 0 && val[r] != 0 && f.u.eliminate(val, r, f.pivot) {
			idx = append(idx, r)
		}
	}
	v.idx = idx
	f.solveWork += int64(int(last) + len(f.u.index)/4)
}

// sweep passes Uᵀ over the whole order.
func (f *factor) sweep(v *vector) {
	first := int32(len(f.uOrder))
	for _, r := range v.idx {
		first = min(first, f.uPlace[r])
	}
	val, idx := v.val, v.idx[:0]
	for _, r := range f.uOrder[first:] {
		if r >= 0 && val[r] != 0 && f.ut.eliminate(val, r, f.pivot) {
			idx = append(idx, r)
		}
	}
	v.idx = idx
	f.solveWork += int64(len(f.uOrder) - int(first) + len(f.ut.index)/4)
}

// eliminate subtracts column r times its entry, unless that is tiny. A nil
// pivot means ones.
func (t *triangle) eliminate(val []float64, r int32, pivot []float64) bool {
	x := val[r]
	if x < tinyValue && x > -tinyValue {
		val[r] = 0
		return false
	}
	if pivot != nil {
		x /= pivot[r]
		val[r] = x
	}
	b, e := t.begin[r], t.end[r]
	index, value := t.index[b:e], t.value[b:e]
	for k, i := range index {
		val[i] -= x * value[k]
	}
	return true
}

// solveReached passes the triangle only over what the listed entries reach. It
// says no, and does nothing, if that is too much.
func (f *factor) solveReached(t *triangle, v *vector, pivot []float64, expected float64) bool {
	if v.density() > hyperStart || expected > hyperHope {
		return false
	}
	n := f.reach(t, v.idx, int(hyperResult*float64(f.m)))
	if n < 0 {
		return false
	}
	idx := v.idx[:0]
	work := n
	for k := n - 1; k >= 0; k-- {
		r := f.order[k]
		f.seen[r] = false
		if t.eliminate(v.val, r, pivot) {
			idx = append(idx, r)
			work += t.end[r] - t.begin[r]
		}
	}
	v.idx = idx
	f.solveWork += int64(2 * work)
	return true
}

// reach leaves in f.order the positions that can be reached from the given
// ones through the columns of t, each behind everything it reaches, and
// returns their number. They stay marked as seen. If it finds more than limit,
// it unmarks them and returns -1.
func (f *factor) reach(t *triangle, from []int32, limit int) int {
	n := 0
	stack, next, seen, order := f.stack, f.next, f.seen, f.order
	for _, s := range from {
		if seen[s] {
			continue
		}
		if n > limit {
			f.forget(n)
			return -1
		}
		seen[s] = true
		if t.begin[s] == t.end[s] {
			order[n] = s
			n++
			continue
		}
		depth := 0
		stack[0], next[0] = s, t.begin[s]
		for depth >= 0 {
			r, k := stack[depth], next[depth]
			end := t.end[r]
			for k < end && seen[t.index[k]] {
				k++
			}
			if k == end {
				order[n] = r
				n++
				depth--
				continue
			}
			if n > limit {
				for _, r := range stack[:depth+1] {
					seen[r] = false
				}
				f.forget(n)
				return -1
			}
			i := t.index[k]
			next[depth] = k + 1
			seen[i] = true
			if t.begin[i] == t.end[i] {
				order[n] = i
				n++
				continue
			}
			depth++
			stack[depth], next[depth] = i, t.begin[i]
		}
	}
	return n
}

// forget unmarks the first n positions of f.order.
func (f *factor) forget(n int) {
	for _, r := range f.order[:n] {
		f.seen[r] = false
	}
}

// applyEtas applies the row etas of the updates, first to last.
func (f *factor) applyEtas(v *vector) {
	for e, r := range f.etaRow {
		was := v.val[r]
		x := was
		b, end := f.etaStart[e], f.etaStart[e+1]
		index, value := f.etaIndex[b:end], f.etaValue[b:end]
		for k, i := range index {
			x += value[k] * v.val[i]
		}
		if x == was {
			continue
		}
		if was == 0 {
			v.idx = append(v.idx, r)
		}
		if x < tinyValue && x > -tinyValue {
			x = cancelled
		}
		v.val[r] = x
	}
	f.solveWork += int64(len(f.etaIndex))
}

// applyEtasTransposed applies their transposes, last to first.
func (f *factor) applyEtasTransposed(v *vector) {
	for e := len(f.etaRow) - 1; e >= 0; e-- {
		x := v.val[f.etaRow[e]]
		if x == 0 {
			continue
		}
		for k := f.etaStart[e]; k < f.etaStart[e+1]; k++ {
			v.add(f.etaIndex[k], x*f.etaValue[k])
		}
	}
	f.solveWork += int64(len(f.etaRow))
}
