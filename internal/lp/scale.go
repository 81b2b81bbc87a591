package lp

import "math"

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

const (
	// A matrix with entries between these needs no scaling.
	scaledLeast, scaledMost = 0.2, 5
	// scalingLimit bounds a factor: beyond it, tolerances on the scaled program
	// would mean nothing on the given one.
	scalingLimit = 20 // as a power of two
	// A scaling must bring the spread down by this factor to be used.
	scalingGain = 0.9
)

// newScaling returns factors that bring the largest entry of every row, and
// then of every column, of the matrix of p near one, or nil where the
// entries are, or would come no nearer in the mean. The factors are powers of two, so that scaling makes no rounding error.
//
// Geometric scaling (Tomlin, On scaling linear programming problems, 1975),
// which brings small entries nearer to one as well, took the dual simplex
// method more iterations on the larger Netlib programs, most of them in phase
// 1, whose artificial bounds are the same for all variables. On small programs
// the two are equal in the mean.
func newScaling(p *Problem) *scaling {
	a := columns(p)
	least, most := Inf, 0.0
	for _, v := range a.value {
		if v != 0 {
			least, most = min(least, math.Abs(v)), max(most, math.Abs(v))
		}
	}
	if most == 0 || least >= scaledLeast && most <= scaledMost {
		return nil
	}
	s := &scaling{ones(p.Rows()), ones(p.Cols())}
	before := s.spread(a)
	equilibrate(transpose(p), s.row, s.col)
	equilibrate(a, s.col, s.row)
	if s.spread(a) > scalingGain*before {
		return nil
	}
	return s
}

func ones(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
	}
	return v
}

// equilibrate sets the factor of every line so that its largest scaled entry
// is near one.
func equilibrate(a matrix, line, other []float64) {
	for j := range line {
		most := 0.0
		for k := a.start[j]; k < a.start[j+1]; k++ {
			most = max(most, math.Abs(a.value[k])*other[a.index[k]])
		}
		if most > 0 {
			line[j] = nearPower(1 / most)
		}
	}
}

// nearPower returns the power of two nearest to f, within the limit.
func nearPower(f float64) float64 {
	e := math.Round(math.Log2(f))
	return math.Ldexp(1, int(min(max(e, -scalingLimit), scalingLimit)))
}

// spread is the sum of the squares of the logarithms of the scaled entries.
func (s *scaling) spread(a matrix) float64 {
	sum := 0.0
	for j := range len(a.start) - 1 {
		for k := a.start[j]; k < a.start[j+1]; k++ {
			if v := math.Abs(a.value[k]) * s.col[j] * s.row[a.index[k]]; v > 0 {
				l := math.Log2(v)
				sum += l * l
			}
		}
	}
	return sum
}
