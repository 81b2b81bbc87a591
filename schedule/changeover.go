package schedule

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/capacity"
)

// Changeovers returns what the machine of each operation is turned by before
// it, beside plan.Operations. References that p does not have are skipped.
//
// The operations of a machine follow each other by start, then by their place
// in the plan. Each is begun by the changeover from the family before, at
// first the one that the machine is set up for. A step without family leaves
// the machine as it is. Operations that are done or started are not turned any
// more, but leave their family behind.
func Changeovers(p *Problem, plan *Plan) []capacity.Changeover {
	x := NewIndex(p)
	routing := routingOf(plan)
	at := make([]placed, len(plan.Operations))
	for i := range at {
		o := &plan.Operations[i]
		at[i].step = x.Step(routing[o.Order], o.Step)
		at[i].mode = at[i].step.mode(o.Mode)
	}
	found := make([]capacity.Changeover, len(plan.Operations))
	changeovers(x, plan, at, func(operation int, c capacity.Changeover) { found[operation] = c })
	return found
}

// changeovers yields what the machine of each operation that is turned by
// anything is turned by.
func changeovers(x *Index, plan *Plan, at []placed, yield func(operation int, c capacity.Changeover)) {
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
	var family capacity.Family
	known := map[turnKey]capacity.Changeover{}
	for i, t := range turns {
		r := &x.Resources.list[t.machine]
		if i == 0 || turns[i-1].machine != t.machine {
			family = r.SetUpFor
		}
		o, next := &plan.Operations[t.operation], at[t.operation].step.Family
		if !o.Done && !o.Started {
			key := turnKey{r.Changeovers, family, next}
			c, ok := known[key]
			if !ok {
				c = x.Changeovers.Find(r.Changeovers).Lookup(family, next)
				known[key] = c
			}
			yield(t.operation, c)
		}
		if next != "" {
			family = next
		}
	}
}

// turnKey is what a changeover depends on.
type turnKey struct {
	table    capacity.ChangeoverID
	from, to capacity.Family
}
