package lp

import "slices"

// SetCost changes the cost of column j.
func (s *Solver) SetCost(j int, cost float64) {
	s.p.Cost[j] = cost
	s.optimal = false
}

// SetColBounds changes the bounds of column j.
func (s *Solver) SetColBounds(j int, lower, upper float64) {
	s.p.ColLower[j], s.p.ColUpper[j] = lower, upper
	s.optimal = false
}

// SetRowBounds changes the bounds of row i.
func (s *Solver) SetRowBounds(i int, lower, upper float64) {
	s.p.RowLower[i], s.p.RowUpper[i] = lower, upper
	s.optimal = false
}

// AddCol appends a column, nonbasic, and returns its index. It copies the
// entries, and takes amortised time in proportion to them. It panics if rows
// and values differ in length.
func (s *Solver) AddCol(cost, lower, upper float64, rows []int32, values []float64) int {
	s.flush()
	s.restructure()
	if s.p.ColName != nil {
		s.p.ColName = append(s.p.ColName, "")
	}
	return s.p.AddCol(cost, lower, upper, rows, values)
}

// AddRow appends a row, basic, with its entries, which it copies, and returns
// its index. It takes amortised time in proportion to them. It panics if cols
// and values differ in length.
func (s *Solver) AddRow(lower, upper float64, cols []int32, values []float64) int {
	if len(cols) != len(values) {
		panic("lp: cols and values differ in length")
	}
	s.restructure()
	i := s.p.AddRow(lower, upper)
	if s.p.RowName != nil {
		s.p.RowName = append(s.p.RowName, "")
	}
	for k, j := range cols {
		s.added = append(s.added, entry{row: int32(i), col: j, value: values[k]})
	}
	return i
}

// RemoveCols removes the columns for which drop is true; the others keep their
// order. It takes time in proportion to the size of the problem. It panics if
// drop does not have an element per column.
func (s *Solver) RemoveCols(drop []bool) {
	if len(drop) != s.p.Cols() {
		panic("lp: drop does not fit the columns")
	}
	s.flush()
	s.restructure()
	p := s.p
	out, at := 0, 0
	for j := range drop {
		b, e := p.Start[j], p.Start[j+1]
		p.Start[out] = at
		if !drop[j] {
			copy(p.Index[at:], p.Index[b:e])
			at += copy(p.Value[at:], p.Value[b:e])
			out++
		}
	}
	if len(drop) > 0 {
		p.Start[out] = at
		p.Start = p.Start[:out+1]
	}
	p.Index, p.Value = p.Index[:at], p.Value[:at]
	p.Cost = without(p.Cost, drop)
	p.ColLower, p.ColUpper = without(p.ColLower, drop), without(p.ColUpper, drop)
	p.ColName = without(p.ColName, drop)
	s.cols = without(s.cols, drop)
}

// RemoveRows removes the rows for which drop is true; the others keep their
// order. It takes time in proportion to the size of the problem. It panics if
// drop does not have an element per row.
func (s *Solver) RemoveRows(drop []bool) {
	if len(drop) != s.p.Rows() {
		panic("lp: drop does not fit the rows")
	}
	s.flush()
	s.restructure()
	p := s.p
	renamed := make([]int32, len(drop))
	count := int32(0)
	for i, gone := range drop {
		renamed[i] = count
		if !gone {
			count++
		}
	}
	at := 0
	for j := range p.Cost {
		b := p.Start[j]
		p.Start[j] = at
		for k := b; k < p.Start[j+1]; k++ {
			if i := p.Index[k]; !drop[i] {
				p.Index[at], p.Value[at] = renamed[i], p.Value[k]
				at++
			}
		}
	}
	if len(p.Start) > 0 {
		p.Start[p.Cols()] = at
	}
	p.Index, p.Value = p.Index[:at], p.Value[:at]
	p.RowLower, p.RowUpper = without(p.RowLower, drop), without(p.RowUpper, drop)
	p.RowName = without(p.RowName, drop)
	s.rows = without(s.rows, drop)
}

// without returns s without the elements for which drop is true. Elements
// beyond drop stay; a nil s stays nil.
func without[T any](s []T, drop []bool) []T {
	if s == nil {
		return nil
	}
	kept := s[:0]
	for i, x := range s {
		if i >= len(drop) || !drop[i] {
			kept = append(kept, x)
		}
	}
	return kept
}

// A place is where a column or row stood at the end of the last solve: its
// steepest edge weight if it was basic, and the multiplier of a row.
type place struct {
	status BasisStatus
	weight float64
	dual   float64
}

// restructure puts the state of the last solve aside before the first change
// of the structure.
func (s *Solver) restructure() {
	x := s.s
	if x == nil {
		return
	}
	s.s, s.optimal = nil, false
	b := x.saveBasis()
	for r, j := range x.head {
		x.byVar[j] = x.weight[r]
	}
	s.cols, s.rows = make([]place, x.n), make([]place, x.m)
	for j, status := range b.Col {
		s.cols[j] = place{status: status, weight: x.byVar[j]}
	}
	for i, status := range b.Row {
		s.rows[i] = place{status, x.byVar[x.n+i], x.d[x.n+i] * x.scale.rowFactor(i)}
	}
}

// keep puts aside the basis and multipliers of sol, for the next solve to begin
// there.
func (s *Solver) keep(sol *Solution) {
	s.s = nil
	s.cols, s.rows = make([]place, s.p.Cols()), make([]place, s.p.Rows())
	for j, status := range sol.Basis.Col {
		s.cols[j] = place{status: status, weight: 1}
	}
	for i, status := range sol.Basis.Row {
		s.rows[i] = place{status, 1, sol.RowDual[i]}
	}
}

// resume begins at the state put aside. New rows are basic, new columns not.
func (s *Solver) resume() {
	if s.cols == nil && s.rows == nil {
		return
	}
	x := s.s
	b := &Basis{Col: make([]BasisStatus, x.n), Row: make([]BasisStatus, x.m)}
	dual := make([]float64, x.m)
	for i := range b.Row {
		b.Row[i] = Basic
	}
	for j, at := range s.cols {
		b.Col[j] = at.status
		x.byVar[j] = at.weight
	}
	for i, at := range s.rows {
		b.Row[i] = at.status
		x.byVar[x.n+i] = at.weight
		dual[i] = at.dual
	}
	x.loadBasis(b)
	x.takeWeights(len(s.rows))
	x.keepDual(dual)
	s.cols, s.rows = nil, nil
}

// flush puts the entries of added rows into the columns.
func (s *Solver) flush() {
	if len(s.added) == 0 {
		return
	}
	p := s.p
	slices.SortStableFunc(s.added, func(a, b entry) int { return int(a.col) - int(b.col) })
	index := make([]int32, 0, len(p.Index)+len(s.added))
	value := make([]float64, 0, cap(index))
	next := 0
	for j := range p.Cost {
		b, e := p.Start[j], p.Start[j+1]
		p.Start[j] = len(index)
		index = append(index, p.Index[b:e]...)
		value = append(value, p.Value[b:e]...)
		for ; next < len(s.added) && int(s.added[next].col) <= j; next++ {
			index = append(index, s.added[next].row)
			value = append(value, s.added[next].value)
		}
	}
	if len(p.Start) > 0 {
		p.Start[p.Cols()] = len(index)
	}
	p.Index, p.Value = index, value
	s.added = s.added[:0]
}
