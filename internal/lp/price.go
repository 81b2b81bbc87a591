package lp

// priceRow computes the pivot row s.alpha = ρᵀA over the nonbasic structurals
// from ρ = s.row. With a sparse ρ it goes through the rows of ρ's entries and,
// as long as the result is sparse too, keeps its list on the way; with a dense
// one it takes a product per column. (The entry of logical i is -ρ_i.)
func (s *simplex) priceRow() {
	const (
		byColumn = 0.75 // density of ρ from which products per column are cheaper
		listed   = 0.10 // density of the result up to which a list pays
	)
	v, rho := &s.alpha, &s.row
	v.clear()
	switch {
	case rho.density() > byColumn:
		s.priceColumns()
	case s.usual.alpha <= listed:
		s.priceListed(int(listed * float64(s.n)))
	default:
		s.priceRows(rho.idx)
		v.relist()
	}
	blend(&s.usual.alpha, v.density())
}

// priceColumns takes a product of ρ with each nonbasic column.
func (s *simplex) priceColumns() {
	for j := 0; j < s.n; j++ {
		if !s.basic[j] {
			s.alpha.val[j] = s.a.dot(int32(j), s.row.val)
		}
	}
	s.alpha.relist()
}

// priceListed adds up rows of A and lists the result, until it has more than
// limit entries.
func (s *simplex) priceListed(limit int) {
	a, val := s.a, s.alpha.val
	list := s.alpha.idx[:cap(s.alpha.idx)]
	count := 0
	for at, i := range s.row.idx {
		if count > limit {
			s.priceRows(s.row.idx[at:])
			s.alpha.idx = list[:count]
			s.alpha.relist()
			return
		}
		x := s.row.val[i]
		b, e := a.rowStart[i], a.rowMid[i]
		index, value := a.rowIndex[b:e], a.rowValue[b:e]
		for k, j := range index {
			was := val[j]
			if was == 0 {
				list[count] = j
				count++
			}
			now := was + x*value[k]
			if now == 0 {
				now = trace
			}
			val[j] = now
		}
	}
	s.alpha.idx = list[:count]
}

// priceRows adds up the rows of A listed, without keeping a list.
func (s *simplex) priceRows(rows []int32) {
	a, val := s.a, s.alpha.val
	for _, i := range rows {
		x := s.row.val[i]
		b, e := a.rowStart[i], a.rowMid[i]
		index, value := a.rowIndex[b:e], a.rowValue[b:e]
		for k, j := range index {
			val[j] += x * value[k]
		}
	}
}

// eachPriced visits the entries of the pivot row at nonbasic variables.
func (s *simplex) eachPriced(visit func(j int32, a float64)) {
	for _, j := range s.alpha.idx {
		if x := s.alpha.val[j]; (x > tinyValue || x < -tinyValue) && !s.basic[j] {
			visit(j, x)
		}
	}
	for _, i := range s.row.idx {
		j := int32(s.n) + i
		if x := s.row.val[i]; (x > tinyValue || x < -tinyValue) && !s.basic[j] {
			visit(j, -x)
		}
	}
}
