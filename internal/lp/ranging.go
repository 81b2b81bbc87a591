package lp

import (
	"errors"
	"math"
)

// A Ref names a column or a row of a problem. Index is -1 where there is none.
type Ref struct {
	Row   bool
	Index int
}

// A Limit is how far a number can be changed in one direction before another
// basis becomes optimal.
type Limit struct {
	Value     float64 // of the number there; ±Inf if there is no limit
	Objective float64 // of the optimum there, if there is a limit
	Enters    Ref     // what enters the basis beyond it,
	Leaves    Ref     // and what leaves
}

// A Range is the interval in which a number can be changed without changing
// the optimal basis. Between its ends the objective is linear in the number.
// At a degenerate optimum it may be shorter than the interval in which that is
// so.
type Range struct{ Down, Up Limit }

// ErrNotOptimal is returned by ranging when the last call of Solve did not end
// with an optimum, or the problem has been changed since.
var ErrNotOptimal = errors.New("lp: ranging needs an optimal solution of the unchanged problem")

// RangeCosts returns how far the cost of each given column can be changed. It
// takes one or two solves with the factors a column. It panics if an index is
// out of range.
func (s *Solver) RangeCosts(cols ...int) ([]Range, error) {
	if !s.optimal {
		return nil, ErrNotOptimal
	}
	out := make([]Range, len(cols))
	for k, j := range cols {
		f := s.s.scale.colFactor(j)
		r := ranging{s.s, s.p.Cost[j], 1 / f, s.s.pointOf(j)}
		if s.s.basic[j] {
			out[k] = r.basicCost(int32(j))
		} else {
			out[k] = r.nonbasicCost(int32(j))
		}
	}
	return out, nil
}

// RangeRows returns how far the active side of each given row can be changed;
// both sides, if they are equal. A row that is basic has no active side, and its
// range is that between its sides. It takes a few solves with the factors a
// row. It panics if an index is out of range.
func (s *Solver) RangeRows(rows ...int) ([]Range, error) {
	if !s.optimal {
		return nil, ErrNotOptimal
	}
	x := s.s
	out := make([]Range, len(rows))
	for k, i := range rows {
		j := int32(x.n + i)
		r := ranging{simplex: x, factor: 1 / x.scale.rowFactor(i)}
		if x.basic[j] {
			out[k].Down = Limit{s.p.RowLower[i], r.optimum(), none, none}
			out[k].Up = Limit{s.p.RowUpper[i], r.optimum(), none, none}
			continue
		}
		r.number, r.slope = x.value[j]*r.factor, x.d[j]
		out[k] = Range{Down: r.side(j, -1), Up: r.side(j, 1)}
	}
	return out, nil
}

var none = Ref{Index: -1}

// pointOf is the value of variable j, basic or not.
func (s *simplex) pointOf(j int) float64 {
	for r, at := range s.head {
		if int(at) == j && s.basic[j] {
			return s.x[r]
		}
	}
	return s.value[j]
}

// A ranging is about one number: its value in the given units, the factor that
// turns a change of it in the solver's units into one in the given ones, and
// by how much the objective grows with it.
type ranging struct {
	*simplex
	number, factor, slope float64
}

// optimum is the objective now.
func (r ranging) optimum() float64 { return r.objective() + r.offset }

// limit is where the number is changed by delta in the solver's units.
func (r ranging) limit(delta float64, enters, leaves Ref) Limit {
	if math.IsInf(delta, 0) {
		return Limit{Value: delta, Objective: r.optimum(), Enters: none, Leaves: none}
	}
	return Limit{
		Value: r.number + delta*r.factor, Objective: r.optimum() + delta*r.slope,
		Enters: enters, Leaves: leaves,
	}
}

func (s *simplex) ref(j int32) Ref {
	switch {
	case j < 0:
		return none
	case int(j) < s.n:
		return Ref{Index: int(j)}
	}
	return Ref{Row: true, Index: int(j) - s.n}
}

// nonbasicCost: the cost can go where the reduced cost keeps its sign.
func (r ranging) nonbasicCost(j int32) Range {
	down, up := math.Inf(-1), math.Inf(1)
	switch {
	case r.lower[j] == r.upper[j]:
	case r.move[j] >= 0:
		down = -max(0, r.d[j])
		if r.move[j] == 0 {
			up = -down
		}
	default:
		up = max(0, -r.d[j])
	}
	return Range{
		Down: r.limit(down, r.ref(j), r.ref(r.blocking(j, 1))),
		Up:   r.limit(up, r.ref(j), r.ref(r.blocking(j, -1))),
	}
}

// basicCost: a change by δ changes the reduced costs by -δ times the pivot row.
func (r ranging) basicCost(j int32) Range {
	row := int32(0)
	for r.head[row] != j {
		row++
	}
	down, enterDown := r.dualRatio(row, 1)
	up, enterUp := r.dualRatio(row, -1)
	return Range{
		Down: r.limit(-down, r.ref(enterDown), r.ref(r.blockingEntry(enterDown))),
		Up:   r.limit(up, r.ref(enterUp), r.ref(r.blockingEntry(enterUp))),
	}
}

// side: a change by δ moves the nonbasic logical j, and the basic variables
// with it, until one reaches a bound.
func (r ranging) side(j int32, dir float64) Limit {
	step := r.primalRatio(j, dir)
	if step.row < 0 {
		return r.limit(dir*step.length, none, none)
	}
	out := r.head[step.row]
	sign := 1.0
	if dir*r.column.val[step.row] > 0 {
		sign = -1 // it reaches its lower bound
	}
	_, q := r.dualRatio(step.row, sign)
	return r.limit(dir*step.length, r.ref(q), r.ref(out))
}

// primalRatio is how far nonbasic j can go in a direction.
func (r ranging) primalRatio(j int32, dir float64) primalStep {
	r.solveColumn(j)
	step := primalStep{row: -1, dir: dir, length: math.Inf(1)}
	for _, i := range r.column.idx {
		a := dir * r.column.val[i]
		bound := r.xl[i]
		if a < 0 {
			bound = r.xu[i]
		}
		if math.Abs(a) <= 1e-9 || math.IsInf(bound, 0) {
			continue
		}
		if t := max(0, (r.x[i]-bound)/a); t < step.length {
			step.length, step.row = t, i
		}
	}
	return step
}

// blocking returns the variable that stops nonbasic j in a direction, itself
// if it reaches its other bound first.
func (r ranging) blocking(j int32, dir float64) int32 {
	step := r.primalRatio(j, dir)
	switch {
	case r.upper[j]-r.lower[j] <= step.length && !math.IsInf(r.upper[j]-r.lower[j], 1):
		return j
	case step.row < 0:
		return -1
	}
	return r.head[step.row]
}

// blockingEntry is blocking for a variable that enters from its bound.
func (r ranging) blockingEntry(q int32) int32 {
	if q < 0 {
		return -1
	}
	dir := float64(r.move[q])
	if dir == 0 {
		dir = 1
	}
	return r.blocking(q, dir)
}

// dualRatio is how far the reduced costs can follow sign times the pivot row
// of a row, and the variable whose one becomes zero first.
func (r ranging) dualRatio(row int32, sign float64) (length float64, q int32) {
	r.solveRow(row)
	r.priceRow()
	length, q = math.Inf(1), -1
	r.eachPriced(func(j int32, a float64) {
		if r.lower[j] == r.upper[j] {
			return
		}
		// d + t·sign·a keeps its sign while t stays below the ratio.
		move := float64(r.move[j])
		fall := -sign * a * move
		if move == 0 {
			fall = math.Abs(a)
		}
		if fall <= 1e-9 {
			return
		}
		if t := max(0, r.d[j]*move/fall); t < length || t == length && j < q {
			length, q = t, j
		}
	})
	return length, q
}
