package control

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An Estimate says until when a workplace that stands still is expected to; see
// [RepairTime].
type Estimate struct {
	Workplace wip.WorkplaceID
	Until     time.Time
}

// Present returns the problem as it is now: p, of which plan is being executed,
// as the state says. Nothing is changed but copied where it differs.
//
//   - Stock is that of the state.
//   - Orders that were released, of p or of plan, are [schedule.Released] with
//     what is known of their steps. A step that has begun has its material, and
//     the setup that plan has for it. What is delivered of an order no longer
//     belongs to it, and its standard time no longer to what was spent on its
//     steps. Closed orders are gone. Orders of p that were not released stay as
//     they are.
//   - Purchases and transfers of plan that began before now, and the receipts of
//     p, are [schedule.Receipt]s for what has not arrived of them.
//   - Lines ask for what has not been shipped, and are closed if that is nothing.
//   - Workplaces that stand still are out of service until what is estimated,
//     or repair after now if nothing is; of a resource with several units, one
//     for each standstill.
//   - Machines are set up for what they began last.
//
// The error is a [*schedule.ReferenceError] that lists what the state speaks of
// and neither p nor plan has. Whether the result is valid is for
// [schedule.Problem.Validate] to say; a now outside the horizon is not.
//
// It takes time in proportion to all four.
func Present(p *schedule.Problem, plan *schedule.Plan, state *wip.State, now time.Time, repair time.Duration, down ...Estimate) (*schedule.Problem, error) {
	out := *p
	out.Now = now
	x := &presence{Problem: &out, plan: plan, state: state, x: schedule.NewIndex(p)}
	x.planned = make(map[schedule.OrderID]*schedule.PlannedOrder, len(plan.Orders))
	for i := range plan.Orders {
		x.planned[plan.Orders[i].ID] = &plan.Orders[i]
	}
	x.stock()
	x.orders()
	x.receipts()
	x.lines()
	x.resources(repair, down)
	if len(x.unknown) > 0 {
		return nil, &schedule.ReferenceError{Paths: x.unknown}
	}
	return &out, nil
}

// A presence is the state of one call of Present.
type presence struct {
	*schedule.Problem
	plan       *schedule.Plan
	state      *wip.State
	x          *schedule.Index
	planned    map[schedule.OrderID]*schedule.PlannedOrder
	operations map[stepOf]*schedule.Operation
	unknown    []string
}

func (x *presence) miss(list string, i int, field, id string) {
	x.unknown = append(x.unknown, fmt.Sprintf("State.%s[%d].%s %q", list, i, field, id))
}

func (x *presence) stock() {
	x.Stock = nil
	for i, b := range x.state.Stock {
		switch {
		case x.x.Items.Find(b.Point.Item) == nil:
			x.miss("Stock", i, "Item", string(b.Point.Item))
		case b.Qty != 0:
			x.Stock = append(x.Stock, b)
		}
	}
}

// orders collects the orders that are open, those of the problem first.
func (x *presence) orders() {
	known := x.Orders
	x.Orders = nil
	released := make(map[schedule.OrderID]*wip.OrderState, len(x.state.Orders))
	for i := range x.state.Orders {
		o := &x.state.Orders[i]
		released[o.Order] = o
		if x.x.Orders.Find(o.Order) == nil && x.planned[o.Order] == nil && o.Closed.IsZero() {
			x.miss("Orders", i, "Order", string(o.Order))
		}
	}
	steps := x.steps()
	for i := range known {
		o := known[i]
		if s := released[o.ID]; s != nil {
			x.release(o, s, steps[o.ID])
		} else {
			x.Orders = append(x.Orders, o)
		}
	}
	for i := range x.state.Orders {
		s := &x.state.Orders[i]
		if q := x.planned[s.Order]; q != nil && x.x.Orders.Find(s.Order) == nil {
			x.release(schedule.Order{ID: q.ID, Item: q.Item, Routing: q.Routing, Qty: s.Qty, Due: q.Due}, s, steps[q.ID])
		}
	}
}

// release adds an order that is at work, for what it has still to deliver.
func (x *presence) release(o schedule.Order, s *wip.OrderState, progress []wip.StepState) {
	if !s.Closed.IsZero() || s.Delivered >= s.Qty {
		return
	}
	o.Status, o.Qty = schedule.Released, s.Qty-s.Delivered
	o.Steps = slices.Clone(o.Steps)
	for _, made := range progress {
		at := slices.IndexFunc(o.Steps, func(k schedule.StepState) bool { return k.Step == made.Step })
		if at < 0 {
			at = len(o.Steps)
			o.Steps = append(o.Steps, schedule.StepState{Step: made.Step})
		}
		k := &o.Steps[at]
		k.Start, k.End = made.Started, made.Ended
		k.Done = !made.Ended.IsZero()
		k.Started = !k.Done && !made.Started.IsZero()
		k.Issued = k.Done || k.Started || made.Issued
		k.Progress = made.Progress
		x.inPlan(&o, k, &made)
		x.deliver(&o, k, s.Delivered)
	}
	for k := range o.Steps {
		if s := &o.Steps[k]; !s.Started && !s.Done && s.Start.Before(x.Now) {
			s.Start, s.End = time.Time{}, time.Time{} // it should have begun, and has not
		}
	}
	x.Orders = append(x.Orders, o)
}

// inPlan takes the mode and the setup of a step from the plan, if it is where
// the plan has it. The setup of a step on which no time is reported is over.
func (x *presence) inPlan(o *schedule.Order, k *schedule.StepState, made *wip.StepState) {
	k.Mode = x.mode(o.Routing, made)
	counted := k.Progress.Spent > 0 || !k.Start.Before(x.Now)
	if op := x.operations[stepOf{o.ID, k.Step}]; op != nil && op.Mode == k.Mode && k.Started && counted {
		k.Setup = op.Setup
	}
}

// deliver takes what was delivered of an order off what came out of a step of
// it, and the standard time of that off what was spent.
func (x *presence) deliver(o *schedule.Order, k *schedule.StepState, q wip.Qty) {
	if q = min(q, k.Progress.Good); q <= 0 {
		return
	}
	k.Progress.Good -= q
	st, item := x.x.Step(o.Routing, k.Step), x.x.Items.Find(o.Item)
	if st == nil || item == nil || k.Mode < 0 || k.Mode >= len(st.Modes) {
		return
	}
	m := &st.Modes[k.Mode]
	lot := schedule.Processing{Step: st, Mode: m, Qty: q, Scale: item.Scale(), Tick: x.Times().Tick}
	if op := x.operations[stepOf{o.ID, k.Step}]; op != nil {
		if r := x.x.Resources.Find(op.Machine(m)); r != nil {
			lot.Efficiency = r.Efficiency
		}
	}
	_, run := lot.Time()
	k.Progress.Spent = max(0, k.Progress.Spent-run)
}

// steps groups the progress of steps by order. A step that has not begun, and
// whose material has not been issued, has none.
func (x *presence) steps() map[schedule.OrderID][]wip.StepState {
	steps := map[schedule.OrderID][]wip.StepState{}
	for _, q := range x.state.Progress {
		if q.Started.IsZero() {
			q.Started = q.Ended
		}
		if q.Issued || !q.Started.IsZero() {
			steps[q.Order] = append(steps[q.Order], q)
		}
	}
	return steps
}

// mode returns the mode in which a step was begun: that of the plan, unless the
// work is done at another machine.
func (x *presence) mode(routing schedule.RoutingID, made *wip.StepState) int {
	if x.operations == nil {
		x.operations = make(map[stepOf]*schedule.Operation, len(x.plan.Operations))
		for i := range x.plan.Operations {
			o := &x.plan.Operations[i]
			x.operations[stepOf{o.Order, o.Step}] = o
		}
	}
	o := x.operations[stepOf{made.Order, made.Step}]
	if o == nil {
		o = new(schedule.Operation)
	}
	at, st := schedule.ResourceID(made.Workplace), x.x.Step(routing, made.Step)
	if at == "" || st == nil || o.Mode < len(st.Modes) && o.Machine(&st.Modes[o.Mode]) == at {
		return o.Mode
	}
	usual := new(schedule.Operation)
	if m := slices.IndexFunc(st.Modes, func(m schedule.Mode) bool { return usual.Machine(&m) == at }); m >= 0 {
		return m
	}
	return o.Mode
}

// receipts collects what is on its way.
func (x *presence) receipts() {
	known := x.Receipts
	x.Receipts = nil
	received := make(map[schedule.ReceiptID]wip.Qty, len(x.state.Received))
	for _, r := range x.state.Received {
		received[r.Receipt] = r.Qty
	}
	seen := map[schedule.ReceiptID]bool{}
	add := func(r schedule.Receipt) {
		if r.Qty -= received[r.ID]; r.Qty > 0 && !seen[r.ID] {
			x.Receipts = append(x.Receipts, r)
		}
		seen[r.ID] = true
	}
	for _, r := range known {
		add(r)
	}
	for i := range x.plan.Purchases {
		q := &x.plan.Purchases[i]
		if s := x.x.Supplies.Find(q.Supply); s != nil && q.Order.Before(x.Now) {
			add(schedule.Receipt{ID: schedule.ReceiptID(q.ID), Item: s.Item, Location: s.Location, Qty: q.Qty, At: q.Arrival, Partner: s.Partner})
		}
	}
	for i := range x.plan.Transfers {
		t := &x.plan.Transfers[i]
		if l := x.x.Lanes.Find(t.Lane); l != nil && t.Departure.Before(x.Now) {
			add(schedule.Receipt{ID: schedule.ReceiptID(t.ID), Item: t.Item, Location: l.To, Qty: t.Qty, At: t.Arrive})
		}
	}
}

// lines takes what has been shipped off what is asked for.
func (x *presence) lines() {
	if len(x.state.Shipped) == 0 {
		return
	}
	x.Lines = slices.Clone(x.Lines)
	for i, s := range x.state.Shipped {
		k := x.x.Lines.Position(s.Line)
		if k < 0 {
			x.miss("Shipped", i, "Line", string(s.Line))
			continue
		}
		l := &x.Lines[k]
		if s.Qty >= l.Qty {
			l.Status = schedule.ClosedLine
			continue
		}
		l.Qty -= max(0, s.Qty)
	}
}

// resources takes what stands still out of service, and sets machines up for
// what they began last.
func (x *presence) resources(repair time.Duration, down []Estimate) {
	x.Resources = slices.Clone(x.Resources)
	for i, s := range x.state.Down {
		r := x.x.Resources.Position(schedule.ResourceID(s.Workplace))
		if r < 0 {
			x.miss("Down", i, "Workplace", string(s.Workplace))
			continue
		}
		until := x.Now.Add(repair)
		if k := slices.IndexFunc(down, func(e Estimate) bool { return e.Workplace == s.Workplace }); k >= 0 {
			until = down[k].Until
		}
		if !until.After(x.Now) {
			continue
		}
		out := capacity.Outage{From: x.Now, To: until, Note: s.Cause}
		if x.Resources[r].Units > 1 {
			out.Units = 1
		}
		x.Resources[r].Maintenance = append(slices.Clone(x.Resources[r].Maintenance), out)
	}
	x.setUp()
}

func (x *presence) setUp() {
	routing := routings(x.plan)
	last := make([]time.Time, len(x.Resources))
	begun := make(map[stepOf]*wip.StepState, len(x.state.Progress))
	for i := range x.state.Progress {
		q := &x.state.Progress[i]
		begun[stepOf{q.Order, q.Step}] = q
	}
	for i := range x.plan.Operations {
		o := &x.plan.Operations[i]
		made := begun[stepOf{o.Order, o.Step}]
		st := x.x.Step(routing[o.Order], o.Step)
		if made == nil || made.Started.IsZero() || st == nil || st.Family == "" || o.Mode >= len(st.Modes) {
			continue
		}
		machine := cmp.Or(schedule.ResourceID(made.Workplace), o.Machine(&st.Modes[o.Mode]))
		if r := x.x.Resources.Position(machine); r >= 0 && !made.Started.Before(last[r]) {
			last[r], x.Resources[r].SetUpFor = made.Started, st.Family
		}
	}
}

// A stepOf names a step of an order.
type stepOf struct {
	order schedule.OrderID
	step  schedule.StepID
}

func routings(plan *schedule.Plan) map[schedule.OrderID]schedule.RoutingID {
	of := make(map[schedule.OrderID]schedule.RoutingID, len(plan.Orders))
	for i := range plan.Orders {
		of[plan.Orders[i].ID] = plan.Orders[i].Routing
	}
	return of
}

// RepairTime returns a quantile of past repair times, in thousandths: an
// estimate that holds in so many of a thousand cases. 800 is a good choice. It
// is the nearest rank, and 0 of no repairs. The slice is not changed.
func RepairTime(past []time.Duration, permille int) time.Duration {
	if len(past) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(past))
	rank := (len(sorted)*min(max(permille, 1), 1000) + 999) / 1000
	return sorted[rank-1]
}
