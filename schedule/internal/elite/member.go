package elite

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// A member is a solution in the form that relinking works on: a linear order
// of all operations that the network and all machines follow, and their modes.
type member struct {
	order, modes []int32
	value        int64
}

func newMember(ops int) member {
	return member{order: make([]int32, ops), modes: make([]int32, ops)}
}

func (m *member) copyFrom(o *member) {
	copy(m.order, o.order)
	copy(m.modes, o.modes)
	m.value = o.value
}

// take makes m the selection of a graph.
func (m *member) take(g *disjunctive.Graph, value int64) {
	copy(m.order, g.Order)
	copy(m.modes, g.Mode)
	m.value = value
}

// sortByStart orders m, from which g has been built, by start, so that the
// same place in two members' orders means about the same time.
func (m *member) sortByStart(g *disjunctive.Graph) {
	slices.SortFunc(m.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(g.Node[a].Start(), g.Node[b].Start()), cmp.Compare(g.Pos[a], g.Pos[b]))
	})
}

// read makes m a schedule found elsewhere. Operations that start together are
// told apart by their ends and then by the network, which only operations
// without length need. It reports false if the schedule is incomplete.
func (m *member) read(sh *disjunctive.Shop, s *core.Schedule, value int64) bool {
	copy(m.order, sh.Topological)
	for o := range m.modes {
		k, ok := sh.ModeIndex(int32(o), s.Mode[o])
		if !ok || s.Start[o] < 0 {
			return false
		}
		m.modes[o] = k
	}
	slices.SortStableFunc(m.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.Start[a], s.Start[b]), cmp.Compare(s.End[a], s.End[b]))
	})
	m.value = value
	return true
}
