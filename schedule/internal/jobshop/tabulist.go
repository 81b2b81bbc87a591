package jobshop

import "github.com/taktplan/takt/schedule/internal/plain"

// A tabuList forbids orientations: until[row(a)+column(b)] is the step before
// which a may not be put in front of b again. There is room for each pair of
// operations that share a machine.
type tabuList struct {
	row    []int32 // by operation, start of its row
	column []int32 // by operation, its number within its machine
	until  []int64
}

func newTabuList(s *plain.Shop) *tabuList {
	n := s.Ops()
	t := &tabuList{row: make([]int32, n), column: make([]int32, n)}
	load := make([]int32, s.Machines)
	for v, m := range s.Machine {
		t.column[v] = load[m]
		load[m]++
	}
	size := int32(0)
	for v, m := range s.Machine {
		t.row[v] = size
		size += load[m]
	}
	t.until = make([]int64, size)
	return t
}

func (t *tabuList) clear() { clear(t.until) }

// forbid makes it tabu, before the step until, to undo move m of graph g,
// which is about to be made.
func (t *tabuList) forbid(g *graph, m insertion, until int64) {
	x := m.op
	for x != m.at {
		if m.after {
			x = g.nodes[x].machSucc
			t.until[t.row[m.op]+t.column[x]] = until
		} else {
			x = g.nodes[x].machPred
			t.until[t.row[x]+t.column[m.op]] = until
		}
	}
}

// tabu reports whether the move would orient any pair in a forbidden way.
func (t *tabuList) tabu(g *graph, m insertion, step int64) bool {
	x := m.op
	for x != m.at {
		if m.after {
			x = g.nodes[x].machSucc
			if t.until[t.row[x]+t.column[m.op]] > step {
				return true
			}
		} else {
			x = g.nodes[x].machPred
			if t.until[t.row[m.op]+t.column[x]] > step {
				return true
			}
		}
	}
	return false
}
