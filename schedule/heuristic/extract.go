package heuristic

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An extract turns a state into a plan.
type extract struct {
	*state
	plan  *schedule.Plan
	order []schedule.OrderID // IDs of state.orders
	buy   []string
	trip  []string

	rank, buyRank, tripRank []int32 // places by ID

	sorted []int32 // orders in the order of the plan
	inside []int32 // operations in the order of the plan
	pegged []pegged
}

func (s *state) extract() *schedule.Plan {
	s.stock, s.trail, s.demand, s.parts = nil, nil, nil, nil // to make room
	x := &extract{state: s, plan: &schedule.Plan{}}
	x.orders()
	x.purchases()
	x.transfers()
	x.deliveries()
	x.pegs() // these need more room than they keep: they come before the operations
	x.operations()
	x.setDeadlines()
	x.promises()
	x.unplanned()
	return x.plan
}

// ids names n new things by a letter and a number, in an order, and avoids
// names that are taken.
func ids(letter string, order []int32, n int, taken func(string) bool) []string {
	names := make([]string, n)
	width := len(strconv.Itoa(n))
	next := 0
	for _, i := range order {
		for {
			next++
			names[i] = fmt.Sprintf("%s%0*d", letter, width, next)
			if !taken(names[i]) {
				break
			}
		}
	}
	return names
}

// named names things some of which have a name already.
func (x *extract) named(letter string, order []int32, n int, name func(int32) string) []string {
	fresh := slices.DeleteFunc(slices.Clone(order), func(i int32) bool { return name(i) != "" })
	names := ids(letter, fresh, n, x.isTaken)
	for _, i := range order {
		if id := name(i); id != "" {
			names[i] = id
		}
	}
	return names
}

func (x *extract) orders() {
	alive := make([]int32, 0, len(x.state.orders))
	fresh := make([]int32, 0, len(x.state.orders))
	for i := range x.state.orders {
		o := &x.state.orders[i]
		if o.off {
			continue
		}
		alive = append(alive, int32(i))
		if o.id == "" && o.existing < 0 {
			fresh = append(fresh, int32(i))
		}
	}
	byRelease := func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.state.orders[a].release, x.state.orders[b].release), cmp.Compare(a, b))
	}
	slices.SortFunc(fresh, byRelease)
	names := ids("P", fresh, len(x.state.orders), x.isTaken)
	x.order = make([]schedule.OrderID, len(names))
	for _, i := range alive {
		o := &x.state.orders[i]
		switch {
		case o.existing >= 0:
			x.order[i] = x.p.Orders[o.existing].ID
		case o.id != "":
			x.order[i] = o.id
		default:
			x.order[i] = schedule.OrderID(names[i])
		}
	}
	x.rank = make([]int32, len(names))
	slices.SortFunc(alive, func(a, b int32) int { return cmp.Compare(x.order[a], x.order[b]) })
	for n, i := range alive {
		x.rank[i] = int32(n)
	}
	slices.SortFunc(alive, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.state.orders[a].release, x.state.orders[b].release), cmp.Compare(x.rank[a], x.rank[b]))
	})
	x.plan.Orders = make([]schedule.PlannedOrder, len(alive))
	for n, i := range alive {
		x.plan.Orders[n] = x.plannedOrder(i)
	}
	x.sorted = alive
}

func (x *extract) plannedOrder(i int32) schedule.PlannedOrder {
	o := &x.state.orders[i]
	r := &x.routings[o.routing]
	out := schedule.PlannedOrder{
		ID: x.order[i], Item: r.Item, Routing: r.ID, Shop: r.Shop, Qty: o.qty,
		Release: x.time(o.release), Start: x.time(o.start), End: x.time(o.end),
		Existing: o.existing >= 0,
	}
	return out
}

func (x *extract) operations() {
	inside := make([]int32, 0, len(x.ops))
	var outside []int32
	for _, i := range x.sorted {
		o := &x.state.orders[i]
		for k := range x.routings[o.routing].steps {
			switch n := o.first + int32(k); x.ops[n].mode {
			case unplaced, history:
			case contracted:
				outside = append(outside, n)
			default:
				inside = append(inside, n)
			}
		}
	}
	compare := func(a, b int32) int {
		p, q := &x.ops[a], &x.ops[b]
		if c := cmp.Or(cmp.Compare(p.start, q.start), cmp.Compare(x.rank[p.order], x.rank[q.order])); c != 0 {
			return c
		}
		return cmp.Compare(x.stepOf(p).ID, x.stepOf(q).ID)
	}
	slices.SortFunc(inside, compare)
	slices.SortFunc(outside, compare)
	x.inside = inside
	x.plan.Operations = make([]schedule.Operation, len(inside))
	for n, i := range inside {
		x.plan.Operations[n] = x.operation(i)
	}
	for _, i := range outside {
		o := &x.ops[i]
		st := x.stepOf(o)
		x.plan.Subcontracts = append(x.plan.Subcontracts, schedule.SubcontractOrder{
			Order: x.order[o.order], Step: st.ID, Partner: x.partners[st.partner].ID, Qty: o.qty,
			Start: x.time(o.start), End: x.time(o.end),
		})
	}
}

func (x *extract) operation(i int32) schedule.Operation {
	o := &x.ops[i]
	out := schedule.Operation{
		Order: x.order[o.order], Step: x.stepOf(o).ID, Qty: o.qty,
		Start: x.time(o.start), End: x.time(o.end), Setup: time.Duration(o.setup),
		Overtime: o.overtime, Done: o.done, Started: o.started,
	}
	if o.mode >= 0 {
		m := x.modeOf(o)
		out.Mode = m.index
		if m.pooled {
			for _, u := range m.uses {
				out.Resources = append(out.Resources, x.resources[u.resource].ID)
			}
		}
	}
	return out
}

func (x *extract) purchases() {
	list := slices.DeleteFunc(numbers(len(x.buys)), func(i int32) bool { return x.buys[i].off })
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.buys[a].placed, x.buys[b].placed), cmp.Compare(a, b))
	})
	x.buyRank = places(list, len(x.buys))
	x.buy = x.named("B", list, len(x.buys), func(i int32) string { return x.buys[i].id })
	x.plan.Purchases = make([]schedule.Purchase, len(list))
	for n, i := range list {
		b := &x.buys[i]
		v := &x.supplies[b.supply]
		x.plan.Purchases[n] = schedule.Purchase{
			ID: x.buy[i], Supply: v.ID, Item: v.Item, Qty: b.qty, Order: x.time(b.placed), Arrival: x.time(b.arrival),
		}
	}
}

func (x *extract) transfers() {
	list := slices.DeleteFunc(numbers(len(x.trips)), func(i int32) bool { return x.trips[i].off })
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.trips[a].leaves, x.trips[b].leaves), cmp.Compare(a, b))
	})
	x.tripRank = places(list, len(x.trips))
	x.trip = x.named("T", list, len(x.trips), func(i int32) string { return x.trips[i].id })
	for _, i := range list {
		t := &x.trips[i]
		x.plan.Transfers = append(x.plan.Transfers, schedule.Transfer{
			ID: x.trip[i], Lane: x.lanes[t.lane].ID, Item: x.items[x.points[t.to].item].ID, Qty: t.qty,
			Trips: int(t.trips), Departure: x.time(t.leaves), Arrive: x.time(t.arrives),
		})
	}
}

func (x *extract) deliveries() {
	list := slices.DeleteFunc(slices.Clone(x.ships), func(h ship) bool { return h.off })
	slices.SortStableFunc(list, func(a, b ship) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(x.lines[a.line].ID, x.lines[b.line].ID))
	})
	x.plan.Deliveries = make([]schedule.Delivery, len(list))
	for n, h := range list {
		x.plan.Deliveries[n] = schedule.Delivery{Line: x.lines[h.line].ID, Qty: h.qty, At: x.time(h.at)}
	}
}

func (x *extract) promises() {
	x.plan.Promises = make([]schedule.Promise, len(x.lines))
	for i := range x.lines {
		l := &x.lines[i]
		x.plan.Promises[i] = schedule.Promise{Line: l.ID, Due: l.Due, Short: l.Qty}
	}
	last := slices.Repeat([]int32{nobody}, len(x.lines))
	for i := range x.ships {
		h := &x.ships[i]
		if h.off {
			continue
		}
		q := &x.plan.Promises[h.line]
		q.Delivered += h.qty
		q.Short = max(0, q.Short-h.qty)
		if k := last[h.line]; k == nobody || x.ships[k].at < h.at {
			last[h.line], q.Last = int32(i), x.time(h.at)
		}
	}
	e := x.explainer()
	for i := range x.plan.Promises {
		if q := &x.plan.Promises[i]; q.Late() {
			q.Why = e.why(int32(i), q.Short > 0, last[i])
		}
	}
}

func (x *extract) unplanned() {
	for _, d := range x.dropped {
		x.plan.Unplanned = append(x.plan.Unplanned, schedule.Unplanned{
			Order: x.p.Orders[d.order].ID, Qty: x.p.Orders[d.order].Qty, Why: x.causes(d.why),
		})
	}
	for _, m := range x.missed {
		pt := &x.points[m.point]
		x.plan.Unplanned = append(x.plan.Unplanned, schedule.Unplanned{
			Item: x.items[pt.item].ID, Location: pt.place, Qty: wip.Qty(m.qty), Why: x.causes(m.why),
		})
	}
}

// numbers lists 0 to n−1.
func numbers(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// places returns where each of n numbers is in a list of some.
func places(list []int32, n int) []int32 {
	at := make([]int32, n)
	for k, i := range list {
		at[i] = int32(k)
	}
	return at
}
