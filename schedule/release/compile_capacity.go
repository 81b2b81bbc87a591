package release

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// group returns the number of the group of resources that can serve a use, a
// new one if need be, and what an hour of one unit costs.
func (n *network) group(u schedule.Use) (g int, price float64) {
	members := n.servers(u)
	for _, i := range members {
		price += float64(n.p.Resources[i].CostPerHour) / float64(len(members))
	}
	key := fmt.Sprint(members)
	if g, ok := n.byGroup[key]; ok {
		return g, price
	}
	g = n.newGroup(key, members, -1)
	premium := 0.0
	for _, i := range members {
		r := &n.p.Resources[i]
		premium += float64(r.OvertimePerHour) / float64(len(members))
		n.levels(i, func(from, to, units float64, overtime bool) {
			n.spread(n.groups[g].hoursOf(overtime), from, to, 24*(to-from)*units)
		})
	}
	n.groups[g].price = max(n.w.money*premium, n.w.hold)
	return g, price
}

// hoursOf returns the regular or the overtime hours.
func (g *group) hoursOf(overtime bool) []float64 {
	if overtime {
		return g.overtime
	}
	return g.regular
}

func (n *network) newGroup(key string, members []int, partner int) int {
	n.byGroup[key] = len(n.groups)
	n.groups = append(n.groups, group{regular: make([]float64, n.periods()), overtime: make([]float64, n.periods())})
	n.members = append(n.members, members)
	n.partner = append(n.partner, partner)
	return len(n.groups) - 1
}

// servers returns the resources that may serve a use: the one that it names, or
// the members of a pool that have the skill.
func (n *network) servers(u schedule.Use) []int {
	members := capacity.Members(n.p.Resources, u.Resource)
	if len(members) == 0 {
		return []int{n.x.Resources.Position(u.Resource)}
	}
	return slices.DeleteFunc(members, func(i int) bool {
		return len(n.p.Resources[i].Qualified(u.Skill)) == 0
	})
}

// partnerGroup returns the group of a partner with limited capacity, or -1.
func (n *network) partnerGroup(id schedule.PartnerID) int {
	i := n.x.Partners.Position(id)
	limit := n.p.Partners[i].Capacity
	if limit.Per <= 0 {
		return -1
	}
	key := fmt.Sprint("partner ", i)
	if g, ok := n.byGroup[key]; ok {
		return g
	}
	g := n.newGroup(key, nil, i)
	for t := range n.groups[g].regular {
		n.groups[g].regular[t] = float64(limit.Qty) * n.length(t) / days(limit.Per)
	}
	return g
}

// spread adds an amount to the periods in proportion to their part of a stretch
// of time.
func (n *network) spread(to []float64, from, until, amount float64) {
	if until <= from {
		return
	}
	for t := n.grid.at(from); t < n.periods() && n.grid[t] < until; t++ {
		part := min(until, n.grid[t+1]) - max(from, n.grid[t])
		to[t] += float64(amount * max(0, part) / (until - from))
	}
}

// capacities takes from the groups what is decided already, and keeps a part
// of the rest for what the program does not see.
func (n *network) capacities(decided *schedule.Plan) {
	taken := n.taken(decided)
	for g := range n.groups {
		share := n.o.utilization()
		if len(n.members[g]) == 0 {
			share = 1
		}
		at, queued := n.queueOf[g]
		if queued {
			share = n.queues[at].lastly
		}
		for t := range n.groups[g].regular {
			regular, overtime := &n.groups[g].regular[t], &n.groups[g].overtime[t]
			over := max(0, taken[g][t]-*regular)
			left := max(0, *regular-taken[g][t])
			if queued {
				n.queues[at].hours = append(n.queues[at].hours, left)
			}
			*regular = float64(share * left)
			*overtime = float64(share * max(0, *overtime-over))
		}
	}
}

// taken returns the hours of groups that operations take that are decided
// already.
func (n *network) taken(decided *schedule.Plan) [][]float64 {
	taken := make([][]float64, len(n.groups))
	for g := range taken {
		taken[g] = make([]float64, n.periods())
	}
	routing := map[schedule.OrderID]*schedule.Routing{}
	for i := range decided.Orders {
		routing[decided.Orders[i].ID] = n.x.Routings.Find(decided.Orders[i].Routing)
	}
	for i := range decided.Operations {
		o := &decided.Operations[i]
		r := routing[o.Order]
		st := n.x.Step(r.ID, o.Step)
		if o.Done || o.Mode >= len(st.Modes) {
			continue
		}
		m := &st.Modes[o.Mode]
		lot := schedule.Processing{Step: st, Mode: m, Qty: o.Qty, Scale: n.x.Items.Find(r.Item).Scale(), Tick: n.t.Tick}
		setup, run := lot.Left(n.x.State(o.Order, o.Step))
		if !o.Started {
			setup = o.Setup
		}
		for u := range m.Uses {
			n.take(taken, o.Start, o.End, n.x.Resources.Position(o.Resource(m, u)), hours(setup+run)*float64(m.Uses[u].Count()))
		}
	}
	n.hold(taken, decided)
	return taken
}

// take adds what is done in a stretch of time to the load of each group that the
// resource is in.
func (n *network) take(taken [][]float64, from, to time.Time, resource int, hours float64) {
	for g := range n.groups {
		if slices.Contains(n.members[g], resource) {
			n.spread(taken[g], max(0, n.at(from)), max(n.at(to), 0), hours)
		}
	}
}

// hold adds the tools that stay with orders, over what is left of the steps.
func (n *network) hold(taken [][]float64, decided *schedule.Plan) {
	type stepOf struct {
		order schedule.OrderID
		step  schedule.StepID
	}
	from, to := map[stepOf]time.Time{}, map[stepOf]time.Time{}
	for i := range decided.Operations {
		o := &decided.Operations[i]
		from[stepOf{o.Order, o.Step}], to[stepOf{o.Order, o.Step}] = o.Start, o.End
	}
	for i := range decided.Subcontracts {
		o := &decided.Subcontracts[i]
		from[stepOf{o.Order, o.Step}], to[stepOf{o.Order, o.Step}] = o.Start, o.End
	}
	for i := range decided.Orders {
		id := decided.Orders[i].ID
		for _, h := range n.x.Routings.Find(decided.Orders[i].Routing).Holds {
			begin, end := max(0, n.at(from[stepOf{id, h.From}])), n.at(to[stepOf{id, h.To}])
			for g := range n.groups {
				if slices.Contains(n.members[g], n.x.Resources.Position(h.Resource)) {
					n.spread(taken[g], begin, end, 24*(end-begin)*n.workingShare(g)*float64(h.Count()))
				}
			}
		}
	}
}

// widen has uses of a group count in every group that it is part of: what can
// be done by some can be done by all of a pool.
func (n *network) widen() {
	wider := make([][]int, len(n.groups))
	for g := range n.groups {
		for h := range n.groups {
			if g != h && len(n.members[g]) > 0 && len(n.members[h]) > len(n.members[g]) && within(n.members[g], n.members[h]) {
				wider[g] = append(wider[g], h)
			}
		}
	}
	for k := range n.processes {
		p := &n.processes[k]
		for _, u := range p.uses[:len(p.uses):len(p.uses)] {
			for _, h := range wider[u.group] {
				u.group = h
				p.uses = append(p.uses, u)
			}
		}
	}
}

func within(some, all []int) bool {
	return !slices.ContainsFunc(some, func(i int) bool { return !slices.Contains(all, i) })
}
