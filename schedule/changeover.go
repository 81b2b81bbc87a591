package schedule

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
)

// Changeovers returns what the machine of each operation is turned by before
// it, beside plan.Operations. References that p does not have are skipped.
//
// The operations of a machine follow each other by start, then by their place
// in the plan. Each is begun by the changeover from the family before, at
// first the one that the machine is set up for. A step without family leaves
// the machine as it is. Of a resource with several units an operation takes
// those that are free, of the shortest changeover first, and is turned by the
// longest changeover among those it takes.
// Operations that are done or started are not turned any more, but leave
// their family behind.
func Changeovers(p *Problem, plan *Plan) []capacity.Changeover {
	x := NewIndex(p)
	routing := routingOf(plan)
	at := make([]placed, len(plan.Operations))
	for i := range at {
		o := &plan.Operations[i]
		at[i].step = x.Step(routing[o.Order], o.Step)
		at[i].mode = at[i].step.mode(o.Mode)
	}
	return changeovers(x, plan, at)
}

func changeovers(x *Index, plan *Plan, at []placed) []capacity.Changeover {
	found := make([]capacity.Changeover, len(plan.Operations))
	type turn struct{ machine, operation int }
	var turns []turn
	for i := range plan.Operations {
		if at[i].mode == nil {
			continue
		}
		machine := x.Resources.Position(plan.Operations[i].Machine(at[i].mode))
		if machine >= 0 && x.Changeovers.Find(x.Resources.list[machine].Changeovers) != nil {
			turns = append(turns, turn{machine, i})
		}
	}
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(
			cmp.Compare(a.machine, b.machine),
			plan.Operations[a.operation].Start.Compare(plan.Operations[b.operation].Start),
			cmp.Compare(a.operation, b.operation))
	})
	var units *unitStates
	for i, t := range turns {
		r := &x.Resources.list[t.machine]
		if i == 0 || turns[i-1].machine != t.machine {
			units = newUnitStates(r, x.Changeovers.Find(r.Changeovers))
		}
		o, family := &plan.Operations[t.operation], at[t.operation].step.Family
		c := units.take(at[t.operation].mode.Uses[0].Count(), family, o.Start, o.End)
		if !o.Done && !o.Started {
			found[t.operation] = c
		}
	}
	return found
}

// unitStates holds what the units of a resource are set up for.
type unitStates struct {
	table *capacity.ChangeoverTable
	free  []unitState // one for each family, in the order in which they came up
	busy  []unitState // a heap by until
}

// A unitState is a number of units in one state.
type unitState struct {
	family capacity.Family
	units  int
	until  time.Time
}

func newUnitStates(r *capacity.Resource, table *capacity.ChangeoverTable) *unitStates {
	return &unitStates{table: table, free: []unitState{{family: r.SetUpFor, units: r.Units}}}
}

// take turns free units to a family and returns the longest changeover. If too
// few are free, it takes those that there are.
func (s *unitStates) take(count int, family capacity.Family, from, to time.Time) capacity.Changeover {
	for len(s.busy) > 0 && !s.busy[0].until.After(from) {
		s.release(heap.Pop((*busyUnits)(&s.busy)).(unitState))
	}
	var longest capacity.Changeover
	for count > 0 {
		best, c := s.nearest(family)
		if best < 0 {
			break
		}
		taken := unitState{s.free[best].family, min(count, s.free[best].units), to}
		s.free[best].units -= taken.units
		count -= taken.units
		if family != "" {
			taken.family = family
		}
		heap.Push((*busyUnits)(&s.busy), taken)
		longest = c
	}
	return longest
}

// nearest returns where the free units are that are turned to a family in the
// shortest time, and how; -1 if none is free.
func (s *unitStates) nearest(family capacity.Family) (best int, c capacity.Changeover) {
	best = -1
	for i := range s.free {
		if s.free[i].units == 0 {
			continue
		}
		if d := s.table.Lookup(s.free[i].family, family); best < 0 || shorter(d, c) {
			best, c = i, d
		}
	}
	return best, c
}

// shorter reports whether a takes less than b; what is forbidden takes most.
func shorter(a, b capacity.Changeover) bool {
	if a.Forbidden != b.Forbidden {
		return b.Forbidden
	}
	return a.Time < b.Time
}

func (s *unitStates) release(u unitState) {
	for i := range s.free {
		if s.free[i].family == u.family {
			s.free[i].units += u.units
			return
		}
	}
	s.free = append(s.free, u)
}

// busyUnits is a heap of units by the instant when they become free.
type busyUnits []unitState

func (h busyUnits) Len() int           { return len(h) }
func (h busyUnits) Less(i, j int) bool { return h[i].until.Before(h[j].until) }
func (h busyUnits) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *busyUnits) Push(u any)        { *h = append(*h, u.(unitState)) }

func (h *busyUnits) Pop() any {
	u := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return u
}
