package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// A waferControl is a line that is planned again and again. It releases what
// the plan starts until the next one.
type waferControl struct {
	w        *waferWorld
	view     *waferView
	how      waferPlanning
	plan     planner
	plant    *simulate.Plant
	done     []int // steps of each lot
	state    []lotState
	promised map[schedule.OrderID]time.Time
	last     *schedule.Plan
	planning planningFacts
}

type lotState uint8

const (
	waits lotState = iota
	inLine
	finished
)

func newWaferControl(w *waferWorld, view *waferView, how waferPlanning) *waferControl {
	c := &waferControl{
		w: w, view: view, how: how, plan: how.department(), done: slices.Clone(w.done),
		state: make([]lotState, len(w.jobs)), promised: map[schedule.OrderID]time.Time{},
	}
	for i := range w.line.fab.Lots {
		c.state[i] = inLine
	}
	return c
}

func (c *waferControl) run(ctx context.Context) (outcome, error) {
	o := c.w.options()
	o.Event = c.report
	first := &schedule.Plan{}
	for i := range c.w.line.fab.Lots {
		first.Orders = append(first.Orders, c.w.order(i, 0))
	}
	var err error
	if c.plant, err = simulate.New(c.w.problem(), first, o); err != nil {
		return outcome{}, err
	}
	if err := c.w.roll(ctx, c.plant, c.how.every, func(now time.Duration) error { return c.replan(ctx, now) }); err != nil {
		return outcome{}, err
	}
	out := c.w.outcome(c.plant.Result(), c.promised)
	c.planning.report(&out)
	return out, nil
}

// report takes note of what happens in the line.
func (c *waferControl) report(e wip.Event) {
	i, err := strconv.Atoi(string(e.Order)[min(1, len(e.Order)):])
	if err != nil {
		return // of a tool
	}
	switch e.Kind {
	case wip.Released:
		c.state[i] = inLine
	case wip.Finished:
		c.done[i]++
	case wip.Closed:
		c.state[i] = finished
	}
}

func (c *waferControl) replan(ctx context.Context, now time.Duration) error {
	p, waiting := c.problem(now)
	if len(waiting) == 0 {
		return nil
	}
	began := time.Now()
	made, err := c.plan(ctx, p, c.last)
	if err != nil {
		return err
	}
	spent := time.Since(began)
	next := c.named(made, waiting)
	c.planning.note(c.last, next, c.w.at(now), day, spent)
	c.last = next
	near := &schedule.Plan{}
	for _, o := range next.Orders {
		if o.Release.Before(c.w.at(now + c.how.every)) {
			near.Orders = append(near.Orders, o)
		}
	}
	return c.plant.Follow(near)
}

// planAhead is the horizon of planners.
const planAhead = 12 * week

// problem is what is known at an instant, and the lots that wait, by due date.
func (c *waferControl) problem(now time.Duration) (p *schedule.Problem, waiting []int) {
	const scale = 1000
	w := c.w
	p = &schedule.Problem{
		From: w.at(now - planAhead), Now: w.at(now), To: w.at(now + planAhead), Tick: time.Minute,
		Resources: c.view.resources, Routings: slices.Clip(c.view.routings), Items: slices.Clone(c.view.items),
		Objective: schedule.Objective{Late: int64(w.late * scale), Short: int64(1000 * w.late * scale), Flow: int64(w.wip * scale), Money: 1000},
	}
	for i := range p.Items {
		p.Items[i].SafetyTime, p.Items[i].Holding = c.how.safety, int64(w.stock*scale)
	}
	for i := range w.jobs {
		j := &w.jobs[i]
		if j.arrives > now || c.state[i] == finished {
			continue
		}
		line := schedule.ContractLine{ID: schedule.LineID(jobID(i)), Item: w.item(i), Qty: whole, Due: w.at(j.due)}
		if j.due > now {
			line.Earliest = line.Due
		}
		p.Lines = append(p.Lines, line)
		if c.state[i] == waits {
			waiting = append(waiting, i)
			continue
		}
		if c.how.anew {
			c.planRest(p, i)
			continue
		}
		p.Orders = append(p.Orders, schedule.Order{
			ID: schedule.OrderID(jobID(i)), Item: w.item(i), Routing: schedule.RoutingID(w.item(i)), Qty: whole, Due: line.Due,
			Status: schedule.Released, Line: line.ID, Steps: c.view.states(j.product, c.done[i], p.Now),
		})
	}
	slices.SortStableFunc(waiting, func(a, b int) int { return cmp.Compare(w.jobs[a].due, w.jobs[b].due) })
	return p, waiting
}

// planRest has the rest of a lot planned for the last line of a problem.
func (c *waferControl) planRest(p *schedule.Problem, i int) {
	id := schedule.ItemID(jobID(i))
	r := c.view.rest(id, c.w.jobs[i].product, c.done[i])
	if len(r.Steps) == 0 {
		p.Lines = p.Lines[:len(p.Lines)-1] // it needs no tool that is planned
		return
	}
	item := c.view.items[c.w.jobs[i].product]
	item.ID = id
	p.Items, p.Routings = append(p.Items, item), append(p.Routings, r)
	p.Lines[len(p.Lines)-1].Item = id
}

// named gives the starts of a plan to the lots that wait, part by part in the
// order of their due dates. What found no start is released at once.
func (c *waferControl) named(made *schedule.Plan, waiting []int) *schedule.Plan {
	starts := map[schedule.ItemID][]schedule.PlannedOrder{}
	orders := slices.Clone(made.Orders)
	slices.SortStableFunc(orders, func(a, b schedule.PlannedOrder) int { return a.Release.Compare(b.Release) })
	for _, o := range orders {
		if !o.Existing {
			starts[o.Item] = append(starts[o.Item], o)
		}
	}
	plan := &schedule.Plan{}
	for _, i := range waiting {
		o := c.w.order(i, c.plant.Now().Sub(start))
		if list := starts[o.Item]; len(list) > 0 {
			o.Start, o.Release, o.End = list[0].Start, list[0].Release, list[0].End
			starts[o.Item] = list[1:]
		}
		if _, ok := c.promised[o.ID]; !ok {
			c.promised[o.ID] = o.End
		}
		plan.Orders = append(plan.Orders, o)
	}
	return plan
}
