package lp

import (
	"fmt"
	"math"
	"strings"
)

// A Flaw is one thing wrong with a problem.
type Flaw struct {
	Code string // stable word for programs, such as "not-a-number"
	Text string // for people, in the names of the problem
}

// A ProblemError lists what is wrong with a problem, up to a limit.
type ProblemError struct {
	Flaws []Flaw
	More  int // flaws beyond the limit
}

func (e *ProblemError) Error() string {
	var b strings.Builder
	b.WriteString("lp: malformed problem")
	for _, f := range e.Flaws {
		fmt.Fprintf(&b, "\n%s (%s)", f.Text, f.Code)
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\nand %d more", e.More)
	}
	return b.String()
}

// A checker gathers the flaws of a problem.
type checker struct {
	p     *Problem
	found ProblemError
}

func (c *checker) add(code, format string, args ...any) {
	if len(c.found.Flaws) == maxMistakes {
		c.found.More++
		return
	}
	c.found.Flaws = append(c.found.Flaws, Flaw{code, fmt.Sprintf(format, args...)})
}

// Check returns a [*ProblemError] that lists what is wrong with p, or nil:
// slices of different lengths, indices out of range, two entries of a column
// in one row, and numbers that are not numbers, or infinite where they must
// not be. Bounds that contradict each other are not wrong; they make a problem
// infeasible. It takes time in proportion to the size of p.
func Check(p *Problem) error {
	c := checker{p: p}
	c.problem()
	return c.err()
}

func (c *checker) err() error {
	if len(c.found.Flaws) > 0 {
		return &c.found
	}
	return nil
}

func (c *checker) problem() {
	if !c.lengths() {
		return
	}
	p := c.p
	for j := range p.Cost {
		if !isFinite(p.Cost[j]) {
			c.add("not-finite", "the cost of column %s is %v", c.col(j), p.Cost[j])
		}
		if math.IsNaN(p.ColLower[j]) || math.IsNaN(p.ColUpper[j]) {
			c.add("not-a-number", "the bounds of column %s are %v and %v", c.col(j), p.ColLower[j], p.ColUpper[j])
		}
	}
	for i := range p.RowLower {
		if math.IsNaN(p.RowLower[i]) || math.IsNaN(p.RowUpper[i]) {
			c.add("not-a-number", "the bounds of row %s are %v and %v", c.row(i), p.RowLower[i], p.RowUpper[i])
		}
	}
	if !isFinite(p.Offset) {
		c.add("not-finite", "the objective's constant is %v", p.Offset)
	}
	c.entries()
}

// start checks the start that options give.
func (c *checker) start(o Options) {
	if b := o.Start; b != nil {
		c.same("Start.Col", len(b.Col), c.p.Cols())
		c.same("Start.Row", len(b.Row), c.p.Rows())
	}
	if o.StartDual == nil {
		return
	}
	c.same("StartDual", len(o.StartDual), c.p.Rows())
	for i, y := range o.StartDual {
		if math.IsNaN(y) || math.IsInf(y, 0) {
			c.add("not-finite", "the starting multiplier of row %d is %v", i, y)
		}
	}
}

func (c *checker) same(what string, got, want int) {
	if got != want {
		c.add("length", "%s has %d elements instead of %d", what, got, want)
	}
}

// lengths checks what must hold before anything can be indexed.
func (c *checker) lengths() bool {
	p := c.p
	n, m := p.Cols(), p.Rows()
	c.same("ColLower", len(p.ColLower), n)
	c.same("ColUpper", len(p.ColUpper), n)
	c.same("RowUpper", len(p.RowUpper), m)
	c.same("Value", len(p.Value), len(p.Index))
	if p.ColName != nil {
		c.same("ColName", len(p.ColName), n)
	}
	if p.RowName != nil {
		c.same("RowName", len(p.RowName), m)
	}
	if n > 0 || len(p.Start) > 0 {
		c.same("Start", len(p.Start), n+1)
	}
	if int64(n)+int64(m) > math.MaxInt32 || int64(len(p.Index)) > math.MaxInt32 {
		c.add("too-large", "more than %d columns, rows or entries", math.MaxInt32)
	}
	if len(c.found.Flaws) > 0 {
		return false
	}
	return c.starts()
}

func (c *checker) starts() bool {
	p := c.p
	if len(p.Start) == 0 {
		if len(p.Index) > 0 {
			c.add("start", "entries without columns")
		}
		return len(p.Index) == 0
	}
	if p.Start[0] != 0 || p.Start[p.Cols()] != len(p.Index) {
		c.add("start", "Start goes from %d to %d instead of 0 to %d", p.Start[0], p.Start[p.Cols()], len(p.Index))
		return false
	}
	for j := range p.Cost {
		if p.Start[j] > p.Start[j+1] {
			c.add("start", "Start falls at column %s", c.col(j))
			return false
		}
	}
	return true
}

// entries checks the matrix.
func (c *checker) entries() {
	p := c.p
	last := make([]int, p.Rows()) // column that used a row last, from 1
	for j := range p.Cost {
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			i := p.Index[k]
			if i < 0 || int(i) >= p.Rows() {
				c.add("row-range", "column %s has an entry in row %d of %d", c.col(j), i, p.Rows())
				continue
			}
			if last[i] == j+1 {
				c.add("duplicate", "column %s has two entries in row %s", c.col(j), c.row(int(i)))
			}
			last[i] = j + 1
			if v := p.Value[k]; !isFinite(v) {
				c.add("not-finite", "the entry of column %s in row %s is %v", c.col(j), c.row(int(i)), v)
			}
		}
	}
}

func isFinite(v float64) bool { return math.Abs(v) < infinite }

func (c *checker) col(j int) string { return nameOr(c.p.ColName, j) }
func (c *checker) row(i int) string { return nameOr(c.p.RowName, i) }

func nameOr(names []string, i int) string {
	if names == nil {
		return fmt.Sprint(i)
	}
	return fmt.Sprintf("%q", names[i])
}
