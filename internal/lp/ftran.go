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
		column := t.column(r)
		for _, e := range column {
			v.add(e.index, -x*e.value)
		}
		f.solveWork += int64(len(column))
	}
}

// sweepBack passes U over the whole order, last to first.
func (f *factor) sweepBack(v *vector) {
	place := int32(-1)
	for _, r := range v.idx {
		place = max(place, f.uPlace[r])
	}
	v.idx = f.u.pass(v.val, f.backOrder[len(f.backOrder)-1-int(place):], f.pivot, v.idx[:0])
	f.solveWork += int64(int(place) + len(f.u.terms)/4)
}

// sweep passes Uᵀ over the whole order.
func (f *factor) sweep(v *vector) {
	place := int32(len(f.uOrder))
	for _, r := range v.idx {
		place = min(place, f.uPlace[r])
	}
	v.idx = f.ut.pass(v.val, f.uOrder[place:], f.pivot, v.idx[:0])
	f.solveWork += int64(len(f.uOrder) - int(place) + len(f.ut.terms)/4)
}

// solveReached passes the triangle only over what the listed entries reach. It
// says no, and does nothing, if that is too much.
func (f *factor) solveReached(t *triangle, v *vector, pivot []float64, expected float64) bool {
	if v.density() > hyperStart || expected > hyperHope {
		return false
	}
	order := f.reach(t, v.idx, int(hyperResult*float64(f.m)))
	if order == nil {
		return false
	}
	work := 0
	for _, r := range order {
		f.seen[r] = false
		work += t.cols[r].end - t.cols[r].begin
	}
	v.idx = t.pass(v.val, order, pivot, v.idx[:0])
	f.solveWork += int64(2 * (work + len(order)))
	return true
}

// reach returns the positions that can be reached from the given ones through
// the columns of t, each before everything it reaches, and leaves them marked
// as seen. If it finds more than limit, it unmarks them and returns nil.
func (f *factor) reach(t *triangle, from []int32, limit int) []int32 {
	first := f.m // of what is found so far, in f.order
	stop := max(0, f.m-limit)
	stack, next, seen, order := f.stack, f.next, f.seen, f.order
	for _, s := range from {
		if seen[s] {
			continue
		}
		seen[s] = true
		if t.empty(s) {
			first--
			order[first] = s
			continue
		}
		depth := 0
		stack[0], next[0] = s, t.cols[s].begin
		for depth >= 0 {
			if first <= stop {
				f.forget(stack[:depth+1])
				f.forget(order[first:])
				return nil
			}
			r, k := stack[depth], next[depth]
			end := t.cols[r].end
			for k < end && seen[t.terms[k].index] {
				k++
			}
			if k == end {
				first--
				order[first] = r
				depth--
				continue
			}
			i := t.terms[k].index
			next[depth] = k + 1
			seen[i] = true
			if t.empty(i) {
				first--
				order[first] = i
				continue
			}
			depth++
			stack[depth], next[depth] = i, t.cols[i].begin
		}
	}
	return order[first:]
}

// forget unmarks positions.
func (f *factor) forget(seen []int32) {
	for _, r := range seen {
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
			x = trace
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
