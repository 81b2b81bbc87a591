package lp

// A compactFactor is a copy of a fresh factor for solves with full vectors:
// triangles stored in the order in which they are passed, without the columns
// that do nothing, and no lists kept. Entries are addressed as in [factor].
type compactFactor struct {
	lower, upper pass
	inverse      []float64 // of the pivots
}

// A pass is a triangle as a sequence of columns: number k belongs to pivot row
// rows[k].
type pass struct {
	rows  []int32
	start []int
	terms []term
}

// set copies f, which must not have been updated since it was built.
func (c *compactFactor) set(f *factor) {
	c.lower.set(&f.l, f.lOrder)
	c.upper.set(&f.u, f.uOrder)
	c.inverse = grown(c.inverse, f.m)
	for r, v := range f.pivot {
		c.inverse[r] = 1 / v
	}
}

func (p *pass) set(t *triangle, order []int32) {
	p.rows, p.start, p.terms = p.rows[:0], append(p.start[:0], 0), p.terms[:0]
	for _, r := range order {
		if t.empty(r) {
			continue
		}
		p.rows = append(p.rows, r)
		p.terms = append(p.terms, t.column(r)...)
		p.start = append(p.start, len(p.terms))
	}
}

// ftran overwrites x with B⁻¹x.
func (c *compactFactor) ftran(x []float64) {
	for k, r := range c.lower.rows {
		c.lower.subtract(k, x[r], x)
	}
	for k := len(c.upper.rows) - 1; k >= 0; k-- {
		r := c.upper.rows[k]
		c.upper.subtract(k, x[r]*c.inverse[r], x)
	}
	for r, v := range c.inverse {
		x[r] *= v
	}
}

// btran overwrites x with B⁻ᵀx.
func (c *compactFactor) btran(x []float64) {
	for r, v := range c.inverse {
		x[r] *= v
	}
	for k, r := range c.upper.rows {
		x[r] -= c.upper.dot(k, x) * c.inverse[r]
	}
	for k := len(c.lower.rows) - 1; k >= 0; k-- {
		x[c.lower.rows[k]] -= c.lower.dot(k, x)
	}
}

// subtract takes f times column k from x.
func (p *pass) subtract(k int, f float64, x []float64) {
	for _, e := range p.terms[p.start[k]:p.start[k+1]] {
		x[e.index] -= f * e.value
	}
}

// dot returns the inner product of column k with x.
func (p *pass) dot(k int, x []float64) float64 {
	sum := 0.0
	for _, e := range p.terms[p.start[k]:p.start[k+1]] {
		sum += e.value * x[e.index]
	}
	return sum
}
