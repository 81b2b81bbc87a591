package lp

// Solves with the factored basis. Each triangle is passed in one of two ways:
// over the whole pivot order, or, when the right-hand side is sparse and the
// result is expected to be, only over the positions that a depth-first search
// finds (Gilbert & Peierls 1988; Hall & McKinnon 2005).

const (
	// hyperStart is the density of a right-hand side up to which a search may
	// pay, hyperResult that of the result.
	hyperStart  = 0.05
	hyperResult = 0.10
)

// ftran solves B·x = v in place. expected is the density that such results
// usually have. With keep, the column is kept for an update that brings it
// into the basis.
func (f *factor) ftran(v *vector, expected float64, keep bool) {
	f.solve(&f.l, v, f.lOrder, nil, expected)
	f.applyEtas(v)
	if keep {
		f.spike.take(v)
	}
	if f.hyper(v, expected) {
		f.solveReached(&f.u, v, f.pivot)
		return
	}
	f.u.sweepBack(v.val, f.uOrder, f.pivot)
	f.solveWork += int64(f.m + len(f.u.index)/4)
	v.relist()
}

// btran solves Bᵀ·x = v in place. With keep, the eta of an update that takes
// the column of the unit vector v out of the basis is kept.
func (f *factor) btran(v *vector, expected float64, keep bool) {
	f.solve(&f.ut, v, f.uOrder, f.pivot, expected)
	if keep {
		f.rowEta.take(v)
	}
	f.applyEtasTransposed(v)
	f.solve(&f.lt, v, f.ltOrder, nil, expected)
}

func (f *factor) hyper(v *vector, expected float64) bool {
	return v.density() <= hyperStart && expected <= hyperResult
}

// solve passes one triangle, forward in the given order.
func (f *factor) solve(t *triangle, v *vector, order []int32, pivot []float64, expected float64) {
	if f.hyper(v, expected) {
		f.solveReached(t, v, pivot)
		return
	}
	t.sweep(v.val, order, pivot)
	f.solveWork += int64(f.m + len(t.index)/4)
	v.relist()
}

// sweep passes the triangle over the whole order.
func (t *triangle) sweep(val []float64, order []int32, pivot []float64) {
	for _, r := range order {
		if r >= 0 && val[r] != 0 {
			t.eliminate(val, r, pivot)
		}
	}
}

func (t *triangle) sweepBack(val []float64, order []int32, pivot []float64) {
	for k := len(order) - 1; k >= 0; k-- {
		if r := order[k]; r >= 0 && val[r] != 0 {
			t.eliminate(val, r, pivot)
		}
	}
}

// eliminate subtracts column r times its entry. A nil pivot means ones.
func (t *triangle) eliminate(val []float64, r int32, pivot []float64) {
	x := val[r]
	if x < tinyValue && x > -tinyValue {
		val[r] = 0
		return
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
}

// solveReached passes the triangle only over what the listed entries reach.
func (f *factor) solveReached(t *triangle, v *vector, pivot []float64) {
	n := f.reach(t, v.idx)
	idx := v.idx[:0]
	work := n
	for k := n - 1; k >= 0; k-- {
		r := f.order[k]
		f.seen[r] = false
		t.eliminate(v.val, r, pivot)
		if v.val[r] != 0 {
			idx = append(idx, r)
			work += t.end[r] - t.begin[r]
		}
	}
	v.idx = idx
	f.solveWork += int64(2 * work)
}

// reach leaves in f.order the positions that can be reached from the given
// ones through the columns of t, each behind everything it reaches, and
// returns their number. They stay marked as seen.
func (f *factor) reach(t *triangle, from []int32) int {
	n := 0
	stack, next, seen, order := f.stack, f.next, f.seen, f.order
	for _, s := range from {
		if seen[s] {
			continue
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
