package heuristic

import (
	"cmp"
	"slices"
)

// A unit is what is planned at once: a line, or lines that ship together.
type unit struct{ lines []int32 }

// rank returns the units in the order in which they are planned: what is firm
// first, then what is forecast, then inquiries; within that by priority, then
// by due date, and at one date what would cost most to keep waiting.
func (m *model) rank() []unit {
	units := make([]unit, 0, len(m.lines))
	group := map[string]int{}
	for i := range m.lines {
		g := m.lines[i].Together
		if at, ok := group[g]; ok && g != "" {
			units[at].lines = append(units[at].lines, int32(i))
			continue
		}
		group[g] = len(units)
		units = append(units, unit{[]int32{int32(i)}})
	}
	for _, u := range units {
		slices.SortFunc(u.lines, m.compareLines)
	}
	slices.SortFunc(units, func(a, b unit) int { return m.compareLines(a.lines[0], b.lines[0]) })
	return units
}

func (m *model) compareLines(i, j int32) int {
	a, b := &m.lines[i], &m.lines[j]
	return cmp.Or(
		cmp.Compare(a.Status, b.Status),
		cmp.Compare(a.Priority, b.Priority),
		cmp.Compare(a.due, b.due),
		compareProducts(b.late, int64(b.Qty)*a.scale, a.late, int64(a.Qty)*b.scale),
		cmp.Compare(a.index, b.index))
}
