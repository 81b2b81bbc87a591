package lp

// update replaces the column pivoted in row p by the one whose ftran was kept,
// in the way of Forrest and Tomlin (1972), with both copies of U as in Suhl
// and Suhl (1993): the new column goes to the end of the pivot order, and what
// stands in the old pivot row is eliminated by one row eta. That eta is the
// kept part of the btran of the unit vector of p (Huangfu & Hall 2015). alpha
// is the entry of the solved column in row p.
func (f *factor) update(p int32, alpha float64) {
	old := f.pivot[p]
	f.u.unlinkFrom(&f.ut, p)
	f.ut.unlinkFrom(&f.u, p)
	f.appendColumn(p)
	f.pivot[p] = old * alpha

	f.uOrder[f.uPlace[p]] = -1
	f.uPlace[p] = int32(len(f.uOrder))
	f.uOrder = append(f.uOrder, p)

	for k, i := range f.rowEta.index {
		if i != p {
			f.etaIndex = append(f.etaIndex, i)
			f.etaValue = append(f.etaValue, f.rowEta.value[k]*old)
		}
	}
	f.etaRow = append(f.etaRow, p)
	f.etaStart = append(f.etaStart, len(f.etaIndex))
}

// unlinkFrom deletes column p of t in the other copy of the matrix, and then
// in t.
func (t *triangle) unlinkFrom(other *triangle, p int32) {
	for k := t.begin[p]; k < t.end[p]; k++ {
		i := t.index[k]
		at := other.begin[i]
		for other.index[at] != p {
			at++
		}
		other.end[i]--
		last := other.end[i]
		other.index[at], other.value[at] = other.index[last], other.value[last]
	}
	t.end[p] = t.begin[p]
}

// appendColumn writes the spike as column p of U and into the rows of the copy.
func (f *factor) appendColumn(p int32) {
	f.u.begin[p] = len(f.u.index)
	for k, i := range f.spike.index {
		if i == p {
			continue
		}
		f.u.push(i, f.spike.value[k])
		f.ut.insert(i, p, f.spike.value[k])
	}
	f.u.end[p] = len(f.u.index)
}

// insert adds an entry to column r, which moves to the end of the store when
// its room is used up.
func (t *triangle) insert(r, i int32, x float64) {
	if t.end[r] == t.limit[r] {
		b, n := t.begin[r], t.end[r]-t.begin[r]
		at := len(t.index)
		t.index = append(t.index, t.index[b:b+n]...)
		t.value = append(t.value, t.value[b:b+n]...)
		for range n + 4 {
			t.push(0, 0)
		}
		t.begin[r], t.end[r], t.limit[r] = at, at+n, len(t.index)
	}
	t.index[t.end[r]], t.value[t.end[r]] = i, x
	t.end[r]++
}
