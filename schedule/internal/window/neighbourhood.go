package window

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A neighbourhood is what a run may change of the best schedule: operations
// that are taken out of it, while the others keep their modes and their orders
// on resources.
type neighbourhood struct {
	free  []bool  // whether an operation is taken out
	size  int     // how many are to be taken out
	order []int32 // operations by start in the best schedule
	// Of each unit of each pool, from first[r]: when it becomes free, and
	// its last user that keeps its place.
	first []int32
	until []int64
	user  []int32
}

func newNeighbourhood(m *core.Model) neighbourhood {
	n := neighbourhood{free: make([]bool, m.Ops()), size: min(smallest, m.Ops()), order: make([]int32, m.Ops()), first: make([]int32, len(m.Resources)+1)}
	for r := range m.Resources {
		n.first[r+1] = n.first[r]
		if c := m.Resources[r].Capacity; c > 1 {
			n.first[r+1] += min(c, int32(m.Ops()))
		}
	}
	n.until, n.user = make([]int64, n.first[len(m.Resources)]), make([]int32, n.first[len(m.Resources)])
	return n
}

// smallest is the least size of a neighbourhood, in operations.
const smallest = 10

// vary takes out a part of the leader and decides the others as it has them; it
// reports whether there is room for them.
func (s *search) vary() verdict {
	s.draw()
	if !s.fix() {
		return none
	}
	s.fixPools()
	if s.followAll() && s.propagate() {
		return going
	}
	return none
}

// followAll follows all operations along the leader, there and back, which
// leaves little to propagate.
func (s *search) followAll() bool {
	for _, o := range s.hood.order {
		if !s.follow(o) {
			return false
		}
	}
	for _, o := range slices.Backward(s.hood.order) {
		if !s.follow(o) {
			return false
		}
	}
	return true
}

// resize makes neighbourhoods smaller, if the last one was too large to search,
// or larger if there was nothing in it.
func (s *search) resize(tired bool) {
	if n := &s.hood; tired {
		n.size = max(n.size-1, min(smallest, s.m.Ops()))
	} else {
		n.size = min(n.size+1, s.m.Ops())
	}
}

// draw takes out the operations of a stretch of time, or of some jobs.
func (s *search) draw() {
	n := &s.hood
	clear(n.free)
	for o := range n.order {
		n.order[o] = int32(o)
	}
	slices.SortFunc(n.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.leader.Start[a], s.leader.Start[b]), cmp.Compare(a, b))
	})
	if s.below(2) == 0 {
		from := s.below(len(n.order) - n.size + 1)
		for _, o := range n.order[from : from+n.size] {
			n.free[o] = true
		}
		return
	}
	j := int(s.m.OpJob[s.lastOp()])
	for left := n.size; left > 0; left-- {
		for _, o := range s.m.JobOp[s.m.JobStart[j]:s.m.JobStart[j+1]] {
			n.free[o] = true
			left--
		}
		j = s.below(len(s.m.Jobs))
	}
}

// lastOp is the operation of the leader that ends last.
func (s *search) lastOp() int32 {
	last := int32(0)
	for o, end := range s.leader.End {
		if end > s.leader.End[last] {
			last = int32(o)
		}
	}
	return last
}

// fix decides all but what was taken out as in the leader and reports whether
// it is still possible.
func (s *search) fix() bool {
	l, m, free := s.leader, s.m, s.hood.free
	for _, o := range s.alts {
		k := m.ModeStart[o] + l.Mode[o]
		if free[o] || s.modes[o] == 1 && s.open[k] {
			continue
		}
		if !s.open[k] || !s.take(choice{kind: ofMode, at: k, other: o}) {
			return false
		}
	}
	for _, i := range s.left[:s.live] {
		p := &s.pairs[i]
		if p.order == undecided && !free[p.a] && !free[p.b] && s.exclusive(p) {
			s.order(i, l.Start[p.a] < l.Start[p.b])
		}
	}
	s.work += int64(s.live) / 2
	return true
}

// fixPools gives each unit of a pool to operations one after another, as in the
// leader, and lets those that keep their places keep that order.
func (s *search) fixPools() {
	n, m := &s.hood, s.m
	clear(n.until)
	for i := range n.user {
		n.user[i] = -1
	}
	for _, o := range n.order {
		mode := m.ModeStart[o] + s.leader.Mode[o]
		if m.ModeTime[mode] == 0 {
			continue
		}
		for k := m.NeedStart[mode]; k < m.NeedStart[mode+1]; k++ {
			r := m.NeedResource[k]
			for range min(m.Units(k), n.first[r+1]-n.first[r]) {
				i := s.unit(r, s.leader.Start[o])
				n.until[i] = s.leader.End[o]
				if s.hood.free[o] {
					continue
				}
				if u := n.user[i]; u >= 0 {
					s.orderPool(u, o)
				}
				n.user[i] = o
			}
		}
	}
}

// unit is the unit of pool r that became free last before t.
func (s *search) unit(r int32, t int64) int32 {
	n := &s.hood
	best := int32(-1)
	for i := n.first[r]; i < n.first[r+1]; i++ {
		if n.until[i] <= t && (best < 0 || n.until[i] > n.until[best]) {
			best = i
		}
	}
	return best
}
