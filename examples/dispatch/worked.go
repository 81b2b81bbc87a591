package main

import (
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A worked plan is what people worked by: every order as it was planned when it
// was launched. Plans change; what an order is held to at the end is what was
// said of it when it went into the shop.
type worked struct {
	schedule.Plan
	orders map[schedule.OrderID]bool
	bought map[string]bool
}

// note takes what was launched since the last morning from the plan that was in
// force.
func (w *worked) note(plan *schedule.Plan, news []wip.Event) {
	if w.orders == nil {
		w.orders, w.bought = map[schedule.OrderID]bool{}, map[string]bool{}
		for i := range plan.Orders {
			if o := &plan.Orders[i]; o.Existing {
				w.launch(plan, o.ID)
			}
		}
	}
	for _, e := range news {
		if e.Kind == wip.Released {
			w.launch(plan, e.Order)
		}
	}
	for _, x := range plan.Purchases {
		if now := news; len(now) > 0 && !x.Order.After(now[len(now)-1].At) && !w.bought[x.ID] {
			w.bought[x.ID] = true
			w.Purchases = append(w.Purchases, x)
		}
	}
}

// launch takes an order, its work, and what it uses and serves.
func (w *worked) launch(plan *schedule.Plan, id schedule.OrderID) {
	if w.orders[id] {
		return
	}
	w.orders[id] = true
	for _, o := range plan.Orders {
		if o.ID == id {
			w.Orders = append(w.Orders, o)
		}
	}
	for _, o := range plan.Operations {
		if o.Order == id {
			w.Operations = append(w.Operations, o)
		}
	}
	for _, o := range plan.Subcontracts {
		if o.Order == id {
			w.Subcontracts = append(w.Subcontracts, o)
		}
	}
	for _, g := range plan.Pegs {
		uses := g.Demand.Kind == schedule.ForStep && g.Demand.ID == string(id)
		serves := g.Demand.Kind == schedule.ForLine && g.Supply.Kind == schedule.FromOrder && g.Supply.ID == string(id)
		if uses || serves {
			w.Pegs = append(w.Pegs, g)
		}
	}
}
