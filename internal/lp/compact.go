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
	index []int32
	value []float64
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
	p.rows, p.start, p.index, p.value = p.rows[:0], append(p.start[:0], 0), p.index[:0], p.value[:0]
	for _, r := range order {
		if t.begin[r] == t.end[r] {
			continue
		}
		p.rows = append(p.rows, r)
		p.index = append(p.index, t.index[t.begin[r]:t.end[r]]...)
		p.value = append(p.value, t.value[t.begin[r]:t.end[r]]...)
		p.start = append(p.start, len(p.index))
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
	begin, end := p.start[k], p.start[k+1]
	value := p.value[begin:end]
	for n, i := range p.index[begin:end] {
		x[i] -= f * value[n]
	}
}

// dot returns the inner product of column k with x.
func (p *pass) dot(k int, x []float64) float64 {
	begin, end := p.start[k], p.start[k+1]
	value := p.value[begin:end]
	sum := 0.0
	for n, i := range p.index[begin:end] {
		sum += value[n] * x[i]
	}
	return sum
}
