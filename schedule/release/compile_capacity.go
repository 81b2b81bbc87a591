package release

import (
	"fmt"
	"math"
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
		return u.Skill != "" && !slices.Contains(n.p.Resources[i].Skills, u.Skill)
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
		for t := range n.groups[g].regular {
			regular, overtime := &n.groups[g].regular[t], &n.groups[g].overtime[t]
			over := max(0, taken[g][t]-*regular)
			*regular = float64(share * max(0, *regular-taken[g][t]))
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
		_, run := m.Work(st, n.x.State(o.Order, o.Step).ToDo(o.Qty), n.x.Items.Find(r.Item).Scale(), n.t.Tick)
		for u := range m.Uses {
			n.take(taken, o, n.x.Resources.Position(o.Resource(m, u)), m.Uses[u].Count(), o.Setup+run)
		}
	}
	return taken
}

// take adds an operation to the load of each group that the resource is in.
func (n *network) take(taken [][]float64, o *schedule.Operation, resource, units int, work time.Duration) {
	for g := range n.groups {
		if slices.Contains(n.members[g], resource) {
			n.spread(taken[g], max(0, n.at(o.Start)), max(n.at(o.End), 0), hours(work)*float64(units))
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
				p.uses = append(p.uses, use{h, u.hours, u.after})
			}
		}
	}
}

func within(some, all []int) bool {
	return !slices.ContainsFunc(some, func(i int) bool { return !slices.Contains(all, i) })
}

// inflows adds to the points what moves without new decisions: opening stock,
// receipts, and what existing orders make and take.
func (n *network) inflows(decided *schedule.Plan) {
	for _, s := range schedule.StockProfile(n.p, decided) {
		i, ok := n.byPoint[s.Point]
		if !ok {
			continue
		}
		for _, m := range s.Movements {
			if at := n.at(m.At); at <= n.grid[n.periods()] {
				n.points[i].inflow[n.grid.at(at)] += n.units(m.Qty, s.Item)
			}
		}
	}
}

// norms gives points the norms that hold at the end of each period; in the last
// one the target counts as minimum.
func (n *network) norms() {
	for i := range n.p.Norms {
		from := &n.p.Norms[i]
		pt := &n.points[n.byPoint[from.Point]]
		if pt.norms == nil {
			pt.norms = make([]norm, n.periods())
		}
		item := n.x.Items.Find(from.Point.Item)
		below := normPrice(from.ShortPrice, n.w.BelowNorm, item.Scale())
		above := normPrice(from.ExcessPrice, n.w.AboveNorm, item.Scale())
		for t := range pt.norms {
			end := n.t.Now.Add(time.Duration(n.grid[t+1] * float64(day))).Add(-1)
			if !from.EffectiveAt(end) {
				continue
			}
			pt.norms[t] = norm{
				min: n.units(from.Min, item.ID), target: n.units(from.Target, item.ID), max: n.units(from.Max, item.ID),
				below: below, missing: targetTier * below, above: above,
			}
		}
		if last := &pt.norms[n.periods()-1]; last.target > last.min {
			last.min = last.target
		}
	}
}

// normPrice returns the price of a unit outside of a norm for a day: a norm's
// own price is for a base unit.
func normPrice(own, general, scale int64) float64 {
	if own != 0 {
		return float64(own) * float64(scale)
	}
	return float64(general)
}

// areas adds the locations of limited area.
func (n *network) areas() {
	for i := range n.p.Locations {
		l := &n.p.Locations[i]
		if l.Area == 0 {
			continue
		}
		r := room{area: float64(l.Area), price: n.w.room}
		for k := range n.keys {
			item := n.x.Items.Find(n.keys[k].Item)
			if item != nil && n.keys[k].Place == l.ID && item.Area > 0 {
				r.points = append(r.points, k)
				r.each = append(r.each, float64(item.Area))
			}
		}
		if len(r.points) > 0 {
			n.rooms = append(n.rooms, r)
		}
	}
}

// evenness adds what the objective asks for in rhythm and even load.
func (n *network) evenness() {
	n.even = float64(n.w.EvenLoad)
	for g := range n.groups {
		n.groups[g].even = n.even > 0 && len(n.members[g]) == 1 && isMachine(&n.p.Resources[n.members[g][0]])
	}
	if n.w.Rhythm == 0 {
		return
	}
	wanted := make([]float64, len(n.p.Items))
	last := 0.0
	for c := range n.demands {
		l := &n.p.Lines[n.lines[c]]
		wanted[n.x.Items.Position(l.Item)] += n.demands[c].qty
		last = max(last, n.at(l.Due))
	}
	working := n.workingDays(last)
	for i, total := range wanted {
		if total == 0 {
			continue
		}
		r := rhythm{wanted: make([]float64, n.periods()), price: 1000 * float64(n.w.Rhythm) / total}
		for t := range r.wanted {
			r.wanted[t] = total * working[t]
		}
		for k := range n.origins {
			if n.origins[k].kind == makes && n.origins[k].item == i {
				r.of = append(r.of, k)
			}
		}
		n.rhythms = append(n.rhythms, r)
	}
}

// workingDays returns the share of working time until an instant that falls
// into each period, of all machines together.
func (n *network) workingDays(last float64) []float64 {
	part, sum := make([]float64, n.periods()), 0.0
	for i := range n.p.Resources {
		if !isMachine(&n.p.Resources[i]) {
			continue
		}
		n.levels(i, func(from, to, units float64, overtime bool) {
			if to = min(to, last); !overtime && to > from {
				n.spread(part, from, to, (to-from)*units)
				sum += (to - from) * units
			}
		})
	}
	for t := range part {
		part[t] /= math.Max(sum, 1e-9)
	}
	return part
}

func isMachine(r *capacity.Resource) bool {
	return r.Kind == "" || r.Kind == capacity.Machine || r.Kind == capacity.MachineGroup
}
