package lp

import "math"

const (
	// rayZero is the size, relative to the largest, from which an entry of a
	// certificate counts. Smaller ones are rounding of the solve it came from,
	// and so is a combination of rows or columns that such errors explain.
	rayZero = 1e-9
	// proofMargin is by how much a certificate must decide, relative to the
	// size of its terms.
	proofMargin = 1e-9
)

// provesInfeasible cleans the multipliers y of the rows of p and says whether
// they prove that no x is feasible: the least value of yᵀs over the row bounds
// is above the greatest value of (yᵀA)x over the column bounds.
func provesInfeasible(p *Problem, y []float64) bool {
	cleanRay(y)
	var gap, size twofold
	for i, m := range y {
		side := finiteOr(p.RowLower[i], -1)
		if m < 0 {
			side = finiteOr(p.RowUpper[i], 1)
		}
		if m == 0 || math.IsInf(side, 0) {
			y[i] = 0
			continue
		}
		gap.addProduct(m, side)
		size.add(math.Abs(m * side))
	}
	for j := range p.Cost {
		c := combined(p, j, y)
		side := finiteOr(p.ColUpper[j], 1)
		if c < 0 {
			side = finiteOr(p.ColLower[j], -1)
		}
		if c == 0 {
			continue
		}
		if math.IsInf(side, 0) {
			return false
		}
		gap.addProduct(-c, side)
		size.add(math.Abs(c * side))
	}
	return gap.value() > proofMargin*size.value()
}

// combined is entry j of yᵀA, or zero where errors in y explain it. The largest
// entry of y is one.
func combined(p *Problem, j int, y []float64) float64 {
	var sum twofold
	size := 0.0
	for k := p.Start[j]; k < p.Start[j+1]; k++ {
		sum.addProduct(y[p.Index[k]], p.Value[k])
		size += math.Abs(p.Value[k])
	}
	if c := sum.value(); math.Abs(c) > rayZero*size {
		return c
	}
	return 0
}

// provesUnbounded cleans the direction r of the columns of p and says whether
// it can be followed for ever while the cost falls.
func provesUnbounded(p *Problem, r []float64) bool {
	cleanRay(r)
	rows := make([]twofold, p.Rows())
	terms := make([]float64, p.Rows()) // entries of the columns that take part
	var cost twofold
	size := 0.0
	for j, x := range r {
		if x == 0 {
			continue
		}
		if x > 0 && p.ColUpper[j] < infinite || x < 0 && p.ColLower[j] > -infinite {
			return false
		}
		cost.addProduct(p.Cost[j], x)
		size += math.Abs(p.Cost[j] * x)
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			rows[p.Index[k]].addProduct(p.Value[k], x)
			terms[p.Index[k]] += math.Abs(p.Value[k])
		}
	}
	for i := range rows {
		v := rows[i].value()
		if math.Abs(v) <= rayZero*terms[i] {
			continue
		}
		if v > 0 && p.RowUpper[i] < infinite || v < 0 && p.RowLower[i] > -infinite {
			return false
		}
	}
	return cost.value() < -proofMargin*size
}

// cleanRay scales v to a largest entry of one and drops what is rounding.
func cleanRay(v []float64) {
	top := 0.0
	for _, x := range v {
		top = math.Max(top, math.Abs(x))
	}
	for i, x := range v {
		if math.Abs(x) <= rayZero*top {
			v[i] = 0
		} else {
			v[i] = x / top
		}
	}
}

// keepFarkas keeps the row of B⁻¹ that the dual method found no entering
// variable for.
func (s *simplex) keepFarkas() {
	sign := 1.0
	if s.dual.ratio.up {
		sign = -1
	}
	s.ray = make([]float64, s.m)
	for _, i := range s.row.idx {
		s.ray[i] = sign * s.row.val[i] * s.scale.rowFactor(int(i))
	}
}

// keepSlopeDual keeps the duals of a primal phase 1 that ended above zero.
func (p *primalSimplex) keepSlopeDual() {
	y := p.solveSlopes()
	p.ray = make([]float64, p.m)
	for i := range p.ray {
		p.ray[i] = y.val[i] * p.scale.rowFactor(i)
	}
	y.clear()
}

// keepDirection keeps the direction in which the primal method found nothing
// to limit the step of entering variable q.
func (s *simplex) keepDirection(q int32, dir float64) {
	s.ray = make([]float64, s.n)
	if int(q) < s.n {
		s.ray[q] = dir * s.scale.colFactor(int(q))
	}
	for _, r := range s.column.idx {
		if j := s.head[r]; int(j) < s.n {
			s.ray[j] = -dir * s.column.val[r] * s.scale.colFactor(int(j))
		}
	}
}
