package release

import (
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// supply adds the processes by which something can come to a point, and the
// points that these need.
func (n *network) supply(i int) {
	key := n.keys[i]
	at := n.x.Items.Position(key.Item)
	if at < 0 {
		return // a service
	}
	for _, k := range n.sources.makes[at] {
		if n.place(&n.p.Routings[k], "") == key.Place {
			n.make(k, i)
		}
	}
	for _, k := range n.sources.buys[at] {
		if n.p.Supplies[k].Location == key.Place {
			n.buy(k, i)
		}
	}
	for _, k := range n.sources.brings[at] {
		if n.p.Lanes[k].To == key.Place {
			n.bring(k, i)
		}
	}
}

// process adds a process that gives a point one unit.
func (n *network) process(o origin, p process) {
	n.origins = append(n.origins, o)
	n.processes = append(n.processes, p)
}

// A lotting is a routing at its usual lot: times in days since its release, and
// amounts for the lot.
type lotting struct {
	routing    *schedule.Routing
	item       *schedule.Item
	lot        wip.Qty
	size       float64 // the lot in whole units
	inputs     []wip.Qty
	start, end []float64 // of steps
	lead       float64
}

// make adds the process of a routing.
func (n *network) make(k, to int) {
	r := &n.p.Routings[k]
	l := n.lotting(r)
	v := &n.volume[n.x.Items.Position(r.Item)]
	p := process{
		gives: []exchange{{point: to, per: 1, after: l.lead}}, lead: l.lead,
		opens: n.opens(r, l), until: n.atOr(r.Effective.To, math.Inf(1)), most: v.total + l.size,
		cost: n.w.money * (float64(r.Cost) + float64(r.FixedCost)/l.size),
		wip:  float64(n.w.Flow) / l.size,
	}
	for _, c := range r.Products {
		if c.Effective != (schedule.Span{}) && n.returns(&c, k) {
			continue // what feeds itself for a time only has prices without measure
		}
		out := n.point(wip.Point{Item: c.Item, Place: n.place(r, c.Location)})
		p.gives = append(p.gives, exchange{point: out, per: n.units(c.Amount(l.lot, l.item.Scale()), c.Item) / l.size, after: l.productAt(&c), only: n.window(c.Effective, 0)})
	}
	for s := range r.Steps {
		n.step(l, s, &p)
	}
	for i := range r.Holds {
		p.uses = append(p.uses, n.holdUses(l, &r.Holds[i])...)
	}
	n.stages(origin{makes, k, n.x.Items.Position(r.Item), l}, p)
}

// holdUses returns the hours of a tool that stays with an order, day by day: those
// that it works of the time from the start of one step to the end of another.
func (n *network) holdUses(l *lotting, h *schedule.Hold) []use {
	from, to := l.start[l.step(h.From)], l.end[l.step(h.To)]
	g, _ := n.group(schedule.Use{Resource: h.Resource})
	parts := math.Ceil(to - from)
	each := 24 * n.workingShare(g) * float64(h.Count()) * (to - from) / (parts * l.size)
	var uses []use
	for i := range int(parts) {
		uses = append(uses, use{group: g, hours: each, after: from + (float64(i)+0.5)*(to-from)/parts, held: true})
	}
	return uses
}

// opens returns when a routing may be released first.
func (n *network) opens(r *schedule.Routing, l *lotting) float64 {
	opens := n.usable(&r.Source)
	ready := func(ids []schedule.ProvisionID, after float64) {
		for _, id := range ids {
			opens = max(opens, n.atOr(n.x.Provisions.Find(id).Ready, 0)-after)
		}
	}
	ready(l.item.Provisions, 0)
	for s := range r.Steps {
		ready(r.Steps[s].Provisions, l.start[s])
	}
	return opens
}

func (l *lotting) productAt(c *schedule.Product) float64 {
	if c.Step == "" {
		return l.lead
	}
	return l.end[l.step(c.Step)]
}

// step returns the number of a step.
func (l *lotting) step(id schedule.StepID) int {
	return slices.IndexFunc(l.routing.Steps, func(s schedule.Step) bool { return s.ID == id })
}

// step adds what a step takes to its process.
func (n *network) step(l *lotting, s int, p *process) {
	st := &l.routing.Steps[s]
	for i := range st.Needs {
		if n.everEffective(st.Needs[i].Effective) {
			p.takes = append(p.takes, n.need(l, s, &st.Needs[i]))
		}
	}
	size := n.units(l.inputs[s], l.routing.Item)
	middle := (l.start[s] + l.end[s]) / 2
	if c := st.Subcontract; c != nil {
		p.cost += n.w.money * (float64(c.Cost)*size + float64(c.Fixed)) / l.size
		if g := n.partnerGroup(c.Partner); g >= 0 {
			p.uses = append(p.uses, use{group: g, hours: math.Ceil(size) / l.size, after: l.start[s]})
		}
		return
	}
	if len(st.Modes) == 1 {
		uses, cost := n.mode(l, s, &st.Modes[0])
		for i := range uses {
			uses[i].after = middle
		}
		p.uses, p.cost = append(p.uses, uses...), p.cost+cost
		return
	}
	if len(st.Modes) > 1 {
		p.takes = append(p.takes, exchange{point: n.choice(l, s), per: 1, after: middle})
	}
}

// everEffective reports whether a span contains any part of the horizon.
func (n *network) everEffective(s schedule.Span) bool {
	return (s.To.IsZero() || s.To.After(n.t.Now)) && (s.From.IsZero() || s.From.Before(n.t.To))
}

// need returns what a need takes for a unit. Where it has alternates it takes
// from a service of its own, which the item and its alternates can give.
func (n *network) need(l *lotting, s int, nd *schedule.Need) exchange {
	at := n.place(l.routing, nd.Location)
	after := max(0, l.start[s]+days(nd.Offset))
	only := n.window(nd.Effective, after-l.start[s])
	own := n.point(wip.Point{Item: nd.Item, Place: at})
	per := n.units(nd.Amount(l.inputs[s], l.item.Scale()), nd.Item) / l.size
	if len(nd.Alternates) == 0 {
		return exchange{point: own, per: per, after: after, only: only}
	}
	out := n.service(l.routing.ID, " ", l.routing.Steps[s].ID, " ", nd.Item, " @ ", at)
	most := n.volume[n.x.Items.Position(l.routing.Item)].total + l.size
	give := func(nth, from int, per, cost float64, span schedule.Span) {
		n.process(origin{kind: replaces, ref: nth, item: -1}, process{
			gives: []exchange{{point: out, per: 1}}, takes: []exchange{{point: from, per: per}}, cost: cost, most: most,
			opens: n.atOr(span.From, 0), until: n.atOr(span.To, math.Inf(1)),
		})
	}
	give(0, own, per, 0, nd.Usable)
	for i, a := range nd.Alternates {
		per := n.units(nd.AmountOf(a, l.inputs[s], l.item.Scale()), a.Item) / l.size
		give(i+1, n.point(wip.Point{Item: a.Item, Place: at}), per, n.w.money*float64(a.Cost)*per, a.Effective)
	}
	return exchange{point: out, per: 1, after: after, only: only}
}

// window returns a span, moved by some days, as a window.
func (n *network) window(s schedule.Span, by float64) *window {
	if s == (schedule.Span{}) {
		return nil
	}
	return &window{n.atOr(s.From, math.Inf(-1)) + by, n.atOr(s.To, math.Inf(1)) + by}
}

// choice returns a service for a step that the processes of its modes give.
func (n *network) choice(l *lotting, s int) int {
	st := &l.routing.Steps[s]
	out := n.service(l.routing.ID, " ", st.ID)
	for i := range st.Modes {
		m := &st.Modes[i]
		uses, cost := n.mode(l, s, m)
		n.process(origin{kind: serves, ref: i, item: -1}, process{
			gives: []exchange{{point: out, per: 1}}, uses: uses, cost: cost,
			opens: n.atOr(m.Effective.From, 0), until: n.atOr(m.Effective.To, math.Inf(1)),
			most: n.volume[n.x.Items.Position(l.routing.Item)].total + l.size,
		})
	}
	return out
}

// mode returns what a mode uses and costs for a unit of the order.
func (n *network) mode(l *lotting, s int, m *schedule.Mode) ([]use, float64) {
	st := &l.routing.Steps[s]
	setup, run := m.Work(st, l.inputs[s], l.item.Scale(), n.t.Tick)
	each := hours(setup+run) / l.size
	cost := float64(m.Cost) * n.units(l.inputs[s], l.routing.Item) / l.size
	var uses []use
	for _, u := range m.Uses {
		g, price := n.group(u)
		uses = append(uses, use{group: g, hours: u.Take(l.inputs[s], l.item.Scale(), setup+run).Hours() / l.size})
		cost += price * each * float64(u.Count())
	}
	return uses, n.w.money*cost + float64(n.w.Setup)*hours(setup)/l.size
}

// usable returns from when on a source may be used.
func (n *network) usable(s *schedule.Source) float64 {
	return max(n.at(n.t.ReleaseFrom), days(s.Fence), n.atOr(s.Effective.From, 0))
}

// buy adds the process of a supply.
func (n *network) buy(k, to int) {
	v := &n.p.Supplies[k]
	item := n.x.Items.Find(v.Item)
	vol := n.volume[n.x.Items.Position(v.Item)]
	lot := n.usualLot(v.For(item), vol.lot)
	size := n.units(lot, v.Item)
	lead := days(v.LeadTime) / n.partnerShare(v.Partner)
	p := process{
		gives: []exchange{{point: to, per: 1, after: lead}}, lead: lead, most: vol.total + size,
		opens: n.usable(&v.Source), until: n.atOr(v.Effective.To, math.Inf(1)),
		cost: n.w.money * (float64(v.Cost) + float64(v.FixedCost)/size),
		uses: n.bucketed(v.Uses, lot, item),
	}
	if v.Capacity.Per > 0 {
		p.perDay = n.units(v.Capacity.Qty, v.Item) / days(v.Capacity.Per)
	}
	n.process(origin{kind: buys, ref: k, item: n.x.Items.Position(v.Item)}, p)
}

// bucketed returns what a unit takes of resources with buckets, in a lot that
// takes so much when it is bought or moved.
func (n *network) bucketed(from []schedule.Use, lot wip.Qty, item *schedule.Item) []use {
	var uses []use
	for _, u := range from {
		g, _ := n.group(u)
		uses = append(uses, use{group: g, hours: u.Take(lot, item.Scale(), 0).Hours() / n.units(lot, item.ID)})
	}
	return uses
}

// bring adds the process of a lane for the item of a point.
func (n *network) bring(k, to int) {
	l := &n.p.Lanes[k]
	item := n.x.Items.Find(n.keys[to].Item)
	vol := n.volume[n.x.Items.Position(item.ID)]
	lot := n.usualLot(l.For(item), vol.lot)
	size := n.units(lot, item.ID)
	trips := 1 / size // a unit's share of a trip, at least
	if l.LoadPerTrip > 0 {
		trips = max(trips, float64(item.Load)/float64(l.LoadPerTrip))
	}
	lead := days(l.Time) + 2*days(l.Handling)
	p := process{
		gives: []exchange{{point: to, per: 1, after: lead}}, lead: lead, most: vol.total + size,
		takes: []exchange{{point: n.point(wip.Point{Item: item.ID, Place: l.From}), per: 1}},
		opens: n.usable(&l.Source), until: n.atOr(l.Effective.To, math.Inf(1)),
		cost: n.w.money * (float64(l.Cost) + float64(l.TripCost)*trips),
		uses: n.bucketed(l.Uses, lot, item),
	}
	occupy := func(id schedule.ResourceID, d time.Duration, after float64) {
		if id != "" && d > 0 {
			g, _ := n.group(schedule.Use{Resource: id})
			p.uses = append(p.uses, use{group: g, hours: hours(d) * trips, after: after})
		}
	}
	trip := l.TripTime
	if trip == 0 {
		trip = l.Time
	}
	occupy(l.Vehicle, trip, 0)
	occupy(l.FromDock, l.Handling, 0)
	occupy(l.ToDock, l.Handling, lead)
	n.process(origin{kind: brings, ref: k, item: n.x.Items.Position(item.ID)}, p)
}
