package lotsize

import (
	"math"
	"slices"

	"github.com/taktplan/takt/internal/lp"
)

// violation is what an inequality must be violated by, relative to its right
// side, to be worth a row.
const violation = 1e-4

// separate adds inequalities that x violates and every plan keeps, and returns
// their number.
func (m *model) separate(x []float64) int {
	count := 0
	for i := range m.p.Items {
		count += m.separateLots(i, x) + m.separateSpans(i, x)
	}
	return count
}

// separateLots adds: no lot without a set-up.
func (m *model) separateLots(i int, x []float64) int {
	count := 0
	for t, lot := range m.lot[i] {
		if lot < 0 {
			continue
		}
		if limit := m.total(i, t); x[lot] > limit*m.state(i, t, x)+violation*limit {
			cols, values := m.addState([]int32{lot}, []float64{1}, i, t, -limit)
			m.lp.AddRow(-lp.Inf, 0, cols, values)
			count++
		}
	}
	return count
}

// separateSpans adds (l,S) inequalities: of what is required by the end of
// period l, what no lot of some periods makes is made in the other periods S,
// in each of them no more than what is still required then, and only after a
// set-up.
func (m *model) separateSpans(i int, x []float64) int {
	count := 0
	for l, required := range m.required[i] {
		if m.still(i, l, l) == 0 {
			continue
		}
		sum := 0.0
		for t := 0; t <= l; t++ {
			sum += math.Min(x[m.lot[i][t]], m.still(i, t, l)*m.state(i, t, x))
		}
		if sum < required*(1-violation) {
			m.addSpan(i, l, x)
			count++
		}
	}
	return count
}

func (m *model) addSpan(i, l int, x []float64) {
	var inside []bool
	for t := 0; t <= l; t++ {
		inside = append(inside, x[m.lot[i][t]] > m.still(i, t, l)*m.state(i, t, x))
	}
	m.addSpanOver(i, l, inside)
}

// addSpanOver adds the (l,S) inequality of the periods inside S. The lots
// before the first of them are written as what is made ahead.
func (m *model) addSpanOver(i, l int, inside []bool) {
	var cols []int32
	var values []float64
	first := slices.Index(inside, true)
	due := m.still(i, first, l)
	if first > 0 {
		cols, values = append(cols, m.ahead[i][first-1]), append(values, 1)
		due -= m.offset[i][first-1]
	}
	for t := first; t <= l; t++ {
		if inside[t] {
			cols, values = m.addState(cols, values, i, t, m.still(i, t, l))
		} else {
			cols, values = append(cols, m.lot[i][t]), append(values, 1)
		}
	}
	m.lp.AddRow(due, lp.Inf, cols, values)
}

// addShortSpans adds the inequalities of a few periods in a row, without which
// the relaxation would have to find them one period a round.
func (m *model) addShortSpans() {
	const longest = 5
	for i := range m.p.Items {
		for l := range m.required[i] {
			for from := l; from >= 0 && l-from < longest; from-- {
				if m.still(i, l, l) == 0 {
					continue
				}
				inside := make([]bool, l+1)
				for t := from; t <= l; t++ {
					inside[t] = true
				}
				m.addSpanOver(i, l, inside)
			}
		}
	}
}

// still is what of item i is required by the end of period l and not before
// period t.
func (m *model) still(i, t, l int) float64 {
	if t == 0 {
		return m.required[i][l]
	}
	return m.required[i][l] - m.required[i][t-1]
}

// state is how far the machine is ready for item i in period t: set up in it
// or before.
func (m *model) state(i, t int, x []float64) float64 {
	s := x[m.setup[i][t]]
	if m.carry != nil && m.carry[i][t] >= 0 {
		s += x[m.carry[i][t]]
	}
	return s
}

func (m *model) addState(cols []int32, values []float64, i, t int, factor float64) ([]int32, []float64) {
	cols, values = append(cols, m.setup[i][t]), append(values, factor)
	if m.carry != nil && m.carry[i][t] >= 0 {
		cols, values = append(cols, m.carry[i][t]), append(values, factor)
	}
	return cols, values
}

// purge removes the inequalities that s does not need.
func (m *model) purge(s *lp.Solution) {
	drop := make([]bool, len(s.RowValue))
	for r := m.rows; r < len(drop); r++ {
		drop[r] = s.RowDual[r] == 0
	}
	m.lp.RemoveRows(drop)
}
