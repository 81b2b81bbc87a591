package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// A book is what the planning department knows of a plant: the lots it has
// given out and what it has ordered.
type book struct {
	world    *schedule.Problem
	safety   time.Duration
	ahead    time.Duration // by which lines are known before they are due
	lots     map[wip.OrderID]schedule.PlannedOrder
	bought   []schedule.Purchase
	last     *schedule.Plan
	planning planningFacts
}

func newBook(world *schedule.Problem, safety time.Duration) *book {
	return &book{world: world, safety: safety, ahead: knownAhead, lots: map[wip.OrderID]schedule.PlannedOrder{}}
}

// replan plans what is known, and gives the plan to the plant.
func (b *book) replan(ctx context.Context, s *simulate.Plant, plan planner) error {
	p := b.problem(s)
	began := time.Now()
	made, err := plan(ctx, p, b.last)
	if err != nil {
		return err
	}
	spent := time.Since(began)
	next := b.named(made)
	b.planning.note(b.last, next, s.Now(), planEvery, spent)
	b.last = next
	return s.Follow(next)
}

// problem is the world as it is known: lines of the next weeks with what is
// left of them, stock, lots in the shop, and purchases on their way.
func (b *book) problem(s *simulate.Plant) *schedule.Problem {
	now, state := s.Now(), s.State()
	p := *b.world
	p.Now, p.To = now, now.Add(b.ahead+5*7*24*time.Hour)
	p.Stock, p.Lines, p.Items = nil, nil, nil
	for _, item := range b.world.Items {
		item.SafetyTime = b.safety
		p.Items = append(p.Items, item)
	}
	for _, x := range state.Stock {
		if x.Qty > 0 {
			p.Stock = append(p.Stock, wip.Balance{Point: x.Point, Qty: x.Qty})
		}
	}
	shipped := map[schedule.LineID]wip.Qty{}
	for _, x := range state.Shipped {
		shipped[x.Line] = x.Qty
	}
	for _, l := range b.world.Lines {
		if l.Qty -= shipped[l.ID]; l.Qty > 0 && !l.Due.After(now.Add(b.ahead)) {
			if l.Due.After(now) {
				l.Earliest = l.Due
			}
			p.Lines = append(p.Lines, l)
		}
	}
	b.inShop(&p, state)
	b.onTheWay(&p, state)
	return &p
}

// inShop adds the lots that are released and not closed.
func (b *book) inShop(p *schedule.Problem, state *wip.State) {
	steps := map[wip.OrderID][]schedule.StepState{}
	for i := range state.Progress {
		x := &state.Progress[i]
		st := schedule.StepState{Step: x.Step, Start: x.Started, Started: true, Issued: true, Progress: wip.Progress{Good: x.Good}}
		if !x.Ended.IsZero() {
			st.Started, st.Done, st.End = false, true, x.Ended
		}
		steps[x.Order] = append(steps[x.Order], st)
	}
	for i := range state.Orders {
		x := &state.Orders[i]
		lot, ok := b.lots[x.Order]
		if !ok || !x.Closed.IsZero() {
			continue
		}
		p.Orders = append(p.Orders, schedule.Order{
			ID: x.Order, Item: lot.Item, Routing: lot.Routing, Qty: lot.Qty, Due: lot.Due, Status: schedule.Released, Steps: steps[x.Order],
		})
	}
}

// onTheWay adds purchases that were placed and have not arrived.
func (b *book) onTheWay(p *schedule.Problem, state *wip.State) {
	arrived := map[wip.ReceiptID]bool{}
	for _, x := range state.Received {
		arrived[x.Receipt] = true
	}
	open := b.bought[:0]
	for _, q := range b.bought {
		if q.Order.Before(p.Now) && !arrived[wip.ReceiptID(q.ID)] {
			open = append(open, q)
			p.Receipts = append(p.Receipts, schedule.Receipt{ID: wip.ReceiptID(q.ID), Item: q.Item, Qty: q.Qty, At: q.Arrival})
		}
	}
	b.bought = open
}

// named gives new lots and purchases names that no earlier plan has used, and
// takes note of them.
func (b *book) named(made *schedule.Plan) *schedule.Plan {
	plan := &schedule.Plan{Transfers: made.Transfers, Deliveries: made.Deliveries}
	name := map[schedule.OrderID]schedule.OrderID{}
	for _, o := range made.Orders {
		id := o.ID
		if !o.Existing {
			if _, kept := b.lots[id]; !kept {
				o.ID = schedule.OrderID(fmt.Sprintf("%d-%s", b.planning.plans, id))
			}
			b.lots[o.ID] = o
		}
		name[id] = o.ID
		plan.Orders = append(plan.Orders, o)
	}
	for _, o := range made.Operations {
		o.Order = name[o.Order]
		plan.Operations = append(plan.Operations, o)
	}
	for _, o := range made.Subcontracts {
		o.Order = name[o.Order]
		plan.Subcontracts = append(plan.Subcontracts, o)
	}
	for _, q := range made.Purchases {
		q.ID = fmt.Sprintf("%d-%s", b.planning.plans, q.ID)
		b.bought = append(b.bought, q)
		plan.Purchases = append(plan.Purchases, q)
	}
	return plan
}

// outside is what partners got for the lots that were given to them.
func (b *book) outside(r *simulate.Result) float64 {
	cost := 0.0
	for i := range r.Orders {
		if x := &r.Orders[i]; !x.Ended.IsZero() && strings.HasSuffix(string(b.lots[x.ID].Routing), "outside") {
			cost += outsideCost * float64(x.Qty)
		}
	}
	return cost
}
