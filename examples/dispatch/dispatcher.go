package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/daily"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// A dispatcher has what is known, the plan in force, and the books: not the
// plant, but what has been reported of it.
type dispatcher struct {
	// p is the problem of the first morning and what was learnt since: new
	// lines, and what was ordered. What has become of it is in the ledger.
	p       *schedule.Problem
	plan    *schedule.Plan
	ledger  *wip.Ledger
	watch   control.Watch
	repairs []time.Duration // how long machines stood
	stood   map[wip.WorkplaceID]time.Time
}

// newDispatcher makes the first plan, and opens the books.
func newDispatcher(ctx context.Context, p *schedule.Problem) (*dispatcher, error) {
	first, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: 400})
	if err != nil {
		return nil, err
	}
	d := &dispatcher{p: p, plan: first.Plan, ledger: new(wip.Ledger), stood: map[wip.WorkplaceID]time.Time{}}
	if err := approve(p, d.plan); err != nil {
		return nil, err
	}
	return d, d.ledger.Append(daily.Opening(p)...)
}

// approve has a plan judged by somebody who did not make it.
func approve(p *schedule.Problem, plan *schedule.Plan) error {
	if violations := verify.Check(p, plan); len(violations) > 0 {
		return fmt.Errorf("the plan is not allowed: %v (and %d more)", violations[0], len(violations)-1)
	}
	return nil
}

// enter posts what was reported since yesterday, and learns from it how long
// repairs take.
func (d *dispatcher) enter(events []wip.Event) error {
	for _, e := range events {
		switch e.Kind {
		case wip.Interrupted:
			d.stood[e.Workplace] = e.At
		case wip.Resumed:
			d.repairs = append(d.repairs, e.At.Sub(d.stood[e.Workplace]))
		}
	}
	return d.ledger.Append(events...)
}

// replan corrects the plan by what the books say, and puts it in force.
func (d *dispatcher) replan(ctx context.Context, now time.Time, extent control.Extent) (*control.Revision, error) {
	state := d.ledger.State(now)
	revision, err := control.Replan(ctx, d.p, d.plan, &state, now, d.options(extent))
	if err != nil {
		return nil, err
	}
	if err := approve(revision.Problem, revision.Plan); err != nil {
		return nil, err
	}
	d.plan = revision.Plan
	return revision, nil
}

// options: what starts today stays, orders of the next two days keep their
// lots, and a change has to be worth something.
func (d *dispatcher) options(extent control.Extent) control.Options {
	return control.Options{
		Extent: extent, Frozen: 8 * time.Hour, Firm: 48 * time.Hour, Change: 50,
		Repair: d.repairTime(), MaxSteps: 200,
	}
}

// repairTime is how long to reckon with for what stands still: four repairs of
// five took no longer.
func (d *dispatcher) repairTime() time.Duration {
	if len(d.repairs) == 0 {
		return 24 * time.Hour
	}
	return control.RepairTime(d.repairs, 800)
}

// accept takes a line into the order book.
func (d *dispatcher) accept(line schedule.ContractLine) {
	p := *d.p
	p.Lines = append(slices.Clip(p.Lines), line)
	d.p = &p
}

// remember makes what the plan has launched and ordered by now part of what is
// known, and has what is overdue promised again.
func (d *dispatcher) remember(now time.Time) {
	const again = 24 * time.Hour
	p := *d.p
	p.Orders, p.Receipts = slices.Clone(p.Orders), slices.Clone(p.Receipts)
	known := schedule.NewIndex(d.p)
	for i := range d.plan.Orders {
		o := &d.plan.Orders[i]
		if _, launched := d.ledger.Order(o.ID, now); launched && known.Orders.Find(o.ID) == nil {
			p.Orders = append(p.Orders, schedule.Order{ID: o.ID, Item: o.Item, Routing: o.Routing, Qty: o.Qty, Due: o.Due})
		}
	}
	for i := range d.plan.Purchases {
		if x := &d.plan.Purchases[i]; x.Order.Before(now) {
			s := known.Supplies.Find(x.Supply)
			p.Receipts = append(p.Receipts, schedule.Receipt{
				ID: schedule.ReceiptID(x.ID), Item: x.Item, Location: s.Location, Qty: x.Qty, At: x.Arrival, Partner: s.Partner})
		}
	}
	for i := range p.Receipts {
		if r := &p.Receipts[i]; !r.At.After(now) && d.ledger.Received(r.ID, now) < r.Qty {
			r.At = now.Add(again)
		}
	}
	d.p = &p
}
