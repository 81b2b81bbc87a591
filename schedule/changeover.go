package schedule

import (
	"cmp"
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
// units that are free, those of the shortest changeover first, then the lowest
// number, and is turned by the longest changeover among those it takes.
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
		if machine >= 0 && x.Changeover.Find(x.Resources.list[machine].Changeovers) != nil {
			turns = append(turns, turn{machine, i})
		}
	}
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(
			cmp.Compare(a.machine, b.machine),
			plan.Operations[a.operation].Start.Compare(plan.Operations[b.operation].Start),
			cmp.Compare(a.operation, b.operation))
	})
	var units unitStates
	for i, t := range turns {
		r := &x.Resources.list[t.machine]
		if i == 0 || turns[i-1].machine != t.machine {
			units = newUnitStates(r, x.Changeover.Find(r.Changeovers))
		}
		o, family := &plan.Operations[t.operation], at[t.operation].step.Family
		c := units.take(at[t.operation].mode.Uses[0].Count(), family, o.Start, o.End)
		if !o.Done && !o.Started {
			found[t.operation] = c
		}
	}
	return found
}

// unitStates holds what each unit of a resource is set up for, and until when
// it is busy.
type unitStates struct {
	table  *capacity.ChangeoverTable
	family []capacity.Family
	busy   []time.Time
}

func newUnitStates(r *capacity.Resource, table *capacity.ChangeoverTable) unitStates {
	s := unitStates{table, make([]capacity.Family, r.Units), make([]time.Time, r.Units)}
	for i := range s.family {
		s.family[i] = r.SetUpFor
	}
	return s
}

// take turns free units to a family and returns the longest changeover. If too
// few are free, it takes those that there are.
func (s *unitStates) take(count int, family capacity.Family, from, to time.Time) capacity.Changeover {
	type offer struct {
		unit int
		c    capacity.Changeover
	}
	var offers []offer
	for i := range s.busy {
		if !s.busy[i].After(from) {
			offers = append(offers, offer{i, s.table.Lookup(s.family[i], family)})
		}
	}
	slices.SortStableFunc(offers, func(a, b offer) int {
		if a.c.Forbidden != b.c.Forbidden {
			if b.c.Forbidden {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.c.Time, b.c.Time)
	})
	var longest capacity.Changeover
	for _, f := range offers[:min(count, len(offers))] {
		s.busy[f.unit] = to
		if family != "" {
			s.family[f.unit] = family
		}
		if f.c.Time >= longest.Time || f.c.Forbidden {
			longest = f.c
		}
	}
	return longest
}
