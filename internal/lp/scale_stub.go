package lp

// A scaling multiplies row i of the matrix by rowFactor(i) and column j by
// colFactor(j). A nil scaling leaves everything as it is.
type scaling struct {
	row, col []float64
}

func (s *scaling) rowFactor(i int) float64 {
	if s == nil {
		return 1
	}
	return s.row[i]
}

func (s *scaling) colFactor(j int) float64 {
	if s == nil {
		return 1
	}
	return s.col[j]
}
