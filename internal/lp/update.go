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

	f.moveLast(p)

	for k, i := range f.rowEta.index {
		if i != p {
			f.etaIndex = append(f.etaIndex, i)
			f.etaValue = append(f.etaValue, f.rowEta.value[k]*old)
		}
	}
	f.etaRow = append(f.etaRow, p)
	f.etaStart = append(f.etaStart, len(f.etaIndex))
}

// moveLast moves pivot row p to the end of the pivot order.
func (f *factor) moveLast(p int32) {
	last := len(f.backOrder) - 1
	f.uOrder[f.uPlace[p]] = -1
	f.backOrder[last-int(f.uPlace[p])] = -1
	f.uPlace[p] = int32(len(f.uOrder))
	f.uOrder = append(f.uOrder, p)
	f.backOrder[last-int(f.uPlace[p])] = p
}

// appendColumn writes the spike as column p of U and into the rows of the copy.
func (f *factor) appendColumn(p int32) {
	f.u.begin(p)
	for k, i := range f.spike.index {
		if i != p {
			f.u.push(i, f.spike.value[k])
			f.ut.insert(i, p, f.spike.value[k])
		}
	}
	f.u.close(p)
}
