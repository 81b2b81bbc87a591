package scenario

import (
	"time"

	"github.com/taktplan/takt/schedule"
)

// unset marks a setup that the text does not give.
const unset = time.Duration(-1)

// Complete fills in what a plan does not say, so that it is consistent in
// itself: routings (the first of the item), shops, release, start and end of
// orders, quantities and setups of operations, items of purchases, promises
// that follow from the deliveries, pegs by first in, first out, and metrics.
// Pegs are filled in only if there are none, a promise if there is none for its
// line.
func Complete(p *schedule.Problem, plan *schedule.Plan) {
	x := schedule.NewIndex(p)
	orders := map[schedule.OrderID]*schedule.PlannedOrder{}
	for i := range plan.Orders {
		completeOrder(p, x, &plan.Orders[i])
		orders[plan.Orders[i].ID] = &plan.Orders[i]
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		if of := orders[o.Order]; of != nil {
			o.Qty = orElse(o.Qty, of.Qty)
			bound(of, o.Start, o.End)
		}
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		if of := orders[o.Order]; of != nil {
			o.Qty = orElse(o.Qty, of.Qty)
			if s := x.Step(of.Routing, o.Step); s != nil && s.Subcontract != nil {
				o.Partner = orElse(o.Partner, s.Subcontract.Partner)
			}
			bound(of, o.Start, o.End)
		}
	}
	for i := range plan.Purchases {
		if s := x.Supplies.Find(plan.Purchases[i].Supply); s != nil {
			plan.Purchases[i].Item = orElse(plan.Purchases[i].Item, s.Item)
		}
	}
	setups(p, x, plan, orders)
	promises(p, plan)
	if len(plan.Pegs) == 0 && p.Validate() == nil {
		plan.Pegs = Pegs(p, plan)
	}
	if m, err := schedule.Evaluate(p, plan); err == nil {
		plan.Metrics = m
	}
}

func completeOrder(p *schedule.Problem, x *schedule.Index, o *schedule.PlannedOrder) {
	known := x.Orders.Find(o.ID)
	o.Existing = known != nil
	if known != nil {
		o.Routing = orElse(o.Routing, known.Routing)
	}
	for i := range p.Routings {
		if o.Routing == "" && p.Routings[i].Item == o.Item {
			o.Routing = p.Routings[i].ID
		}
	}
	if r := x.Routings.Find(o.Routing); r != nil {
		o.Shop = orElse(o.Shop, r.Shop)
	}
}

// bound extends an order to hold an operation, where the text gives no bounds.
func bound(o *schedule.PlannedOrder, from, to time.Time) {
	if o.Start.IsZero() || from.Before(o.Start) && o.Release == o.Start {
		if o.Release.IsZero() || o.Release == o.Start {
			o.Release = from
		}
		o.Start = from
	}
	if o.End.Before(to) {
		o.End = to
	}
}

// setups fills in the setup of operations.
func setups(p *schedule.Problem, x *schedule.Index, plan *schedule.Plan, orders map[schedule.OrderID]*schedule.PlannedOrder) {
	tick := p.Times().Tick
	changeovers := schedule.Changeovers(p, plan)
	for i := range plan.Operations {
		o := &plan.Operations[i]
		if o.Setup != unset {
			continue
		}
		o.Setup = 0
		of := orders[o.Order]
		if of == nil || o.Started || o.Done {
			continue
		}
		if s := x.Step(of.Routing, o.Step); s != nil && o.Mode >= 0 && o.Mode < len(s.Modes) {
			m := &s.Modes[o.Mode]
			setup, _ := m.Work(s, o.Qty, 1, tick)
			efficiency := 0
			if r := x.Resources.Find(o.Machine(m)); r != nil {
				efficiency = r.Efficiency
			}
			o.Setup = schedule.AtEfficiency(changeovers[i].Time+setup, efficiency, tick)
		}
	}
}

// promises adds those that are missing. A line that is late or short is so for
// lack of material.
func promises(p *schedule.Problem, plan *schedule.Plan) {
	given := map[schedule.LineID]schedule.Promise{}
	for _, q := range plan.Promises {
		given[q.Line] = q
	}
	plan.Promises = plan.Promises[:0]
	for i := range p.Lines {
		l := &p.Lines[i]
		q, ok := given[l.ID]
		delete(given, l.ID)
		if ok && q.Due.IsZero() {
			q.Due = l.Due
		}
		if !ok {
			q = promise(l, plan)
		}
		if ok || l.Status != schedule.ClosedLine {
			plan.Promises = append(plan.Promises, q)
		}
	}
	for _, q := range given {
		plan.Promises = append(plan.Promises, q)
	}
}

func promise(l *schedule.ContractLine, plan *schedule.Plan) schedule.Promise {
	q := schedule.Promise{Line: l.ID, Due: l.Due}
	for _, d := range plan.Deliveries {
		if d.Line == l.ID {
			q.Delivered += d.Qty
			if d.At.After(q.Last) {
				q.Last = d.At
			}
		}
	}
	q.Short = max(0, l.Qty-q.Delivered)
	if q.Late() {
		q.Why = []schedule.Cause{{Kind: schedule.WaitsForMaterial, Item: l.Item, Location: l.Location}}
	}
	return q
}

// Pegs serves every demand of a plan from the supplies at its point, first in,
// first out. Where stock does not suffice, demand is served from later
// supplies.
func Pegs(p *schedule.Problem, plan *schedule.Plan) []schedule.Peg {
	var pegs []schedule.Peg
	for _, point := range schedule.StockProfile(p, plan) {
		var in, out []schedule.Movement
		for _, m := range point.Movements {
			if m.Qty > 0 {
				in = append(in, m)
			} else {
				out = append(out, m)
			}
		}
		for len(in) > 0 && len(out) > 0 {
			q := min(in[0].Qty, -out[0].Qty)
			pegs = append(pegs, schedule.Peg{
				Supply: in[0].Supply(p, plan, point.Point.Place), Demand: out[0].Demand(plan), Item: point.Point.Item, Qty: q,
			})
			if in[0].Qty -= q; in[0].Qty == 0 {
				in = in[1:]
			}
			if out[0].Qty += q; out[0].Qty == 0 {
				out = out[1:]
			}
		}
	}
	return pegs
}

func orElse[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}
