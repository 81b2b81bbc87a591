package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// A control is a shop that is planned again and again.
type control struct {
	w      *jobWorld
	plant  *simulate.Plant
	every  time.Duration
	safety time.Duration
	come   int   // jobs that have arrived
	open   []int // of these, those that have not ended
	status map[schedule.OrderID]*jobStatus
	// promised is the date quoted for each order from the first plan that had
	// it, planned the end by that plan, and kept how it was with those that have
	// ended.
	promised, planned map[schedule.OrderID]time.Time
	kept              []release.Kept
	last              *schedule.Plan
	planning          planningFacts
}

// A jobStatus is what has been reported of a job.
type jobStatus struct {
	released, closed bool
	started, ended   [8]time.Time // by step
}

// rolling plans anew every so often from the state of the shop, with the orders
// that have come in by then, and releases by the dates of the plan.
func rolling(world func(uint64) *jobWorld, label string, every, safety time.Duration, policy simulate.Planned, dep department) setting {
	return setting{label, func(ctx context.Context, seed uint64) (outcome, error) {
		c := &control{
			w: world(seed), every: every, safety: safety, status: map[schedule.OrderID]*jobStatus{},
			promised: map[schedule.OrderID]time.Time{}, planned: map[schedule.OrderID]time.Time{},
		}
		plan := dep()
		o := c.w.options()
		o.Release, o.Event = policy, c.report
		var err error
		if c.plant, err = simulate.New(c.w.problem(), &schedule.Plan{}, o); err != nil {
			return outcome{}, err
		}
		if err := c.w.roll(ctx, c.plant, every, func(now time.Duration) error { return c.replan(ctx, now, plan) }); err != nil {
			return outcome{}, err
		}
		out := c.w.outcome(c.plant.Result(), c.promised)
		c.planning.report(&out)
		return out, nil
	}}
}

// roll runs a plant to the end, and every so often has it planned anew.
func (w *jobWorld) roll(ctx context.Context, plant *simulate.Plant, every time.Duration, replan func(now time.Duration) error) error {
	for now := time.Duration(0); now < w.end; now += every {
		if err := plant.Run(ctx, w.at(now)); err != nil {
			return err
		}
		if err := replan(now); err != nil {
			return err
		}
	}
	return plant.Run(ctx, w.at(w.end))
}

// report takes note of what happens in the shop.
func (c *control) report(e wip.Event) {
	s := c.status[e.Order]
	if s == nil {
		s = &jobStatus{}
		c.status[e.Order] = s
	}
	step, _ := strconv.Atoi(string(e.Step))
	switch e.Kind {
	case wip.Released:
		s.released = true
	case wip.Started:
		s.started[step] = e.At
	case wip.Finished:
		s.ended[step] = e.At
	case wip.Closed:
		s.closed = true
		if at, ok := c.planned[e.Order]; ok {
			i, _ := strconv.Atoi(string(e.Order)[1:])
			c.kept = append(c.kept, release.Kept{Due: c.w.at(c.w.jobs[i].due), Planned: at, Ended: e.At})
		}
	}
}

func (c *control) statusOf(i int) *jobStatus { return c.status[schedule.OrderID(jobID(i))] }

// replan plans what is known at an instant, and gives the plan to the plant.
func (c *control) replan(ctx context.Context, now time.Duration, plan planner) error {
	for c.come < len(c.w.jobs) && c.w.jobs[c.come].arrives <= now {
		c.open = append(c.open, c.come)
		c.status[schedule.OrderID(jobID(c.come))] = &jobStatus{}
		c.come++
	}
	c.open = slices.DeleteFunc(c.open, func(i int) bool { return c.statusOf(i).closed })
	if len(c.open) == 0 {
		return nil
	}
	began := time.Now()
	made, err := plan(ctx, c.problem(now), c.last)
	if err != nil {
		return err
	}
	spent := time.Since(began)
	next := c.follow(made, now)
	c.planning.note(startsOf(c.last), startsOf(next), c.w.at(now), c.every, spent)
	c.last = next
	return c.plant.Follow(next)
}

// problem is what is known at an instant: every open job is a contract line, and
// those in the shop are orders with their progress. Jobs of a product are the
// same to the planner.
func (c *control) problem(now time.Duration) *schedule.Problem {
	const scale = 1000
	perDay := func(cost float64) int64 { return int64(cost * scale * 24 / c.w.period.Hours()) }
	p := &schedule.Problem{
		From: c.w.at(now), Now: c.w.at(now), Tick: time.Second,
		Objective: schedule.Objective{Late: perDay(c.w.late), Short: 1000 * perDay(c.w.late), Flow: perDay(c.w.wip), Money: 1000},
	}
	for _, m := range c.w.machines {
		p.Resources = append(p.Resources, capacity.Resource{ID: capacity.ResourceID(m), Units: 1})
	}
	known := map[schedule.ItemID]bool{}
	load := time.Duration(0)
	for _, i := range c.open {
		j := &c.w.jobs[i]
		item := c.w.item(i)
		if !known[item] {
			known[item] = true
			p.Items = append(p.Items, schedule.Item{
				ID: item, Unit: perMille, SafetyTime: c.safety, Holding: perDay(c.w.stock), Lot: schedule.Lot{Rule: schedule.FixedLot, Size: whole},
			})
			p.Routings = append(p.Routings, c.w.routing(i, item))
		}
		l := schedule.ContractLine{ID: schedule.LineID(jobID(i)), Item: item, Qty: whole, Due: c.w.at(j.due)}
		if c.w.stock > 0 && j.due > now {
			l.Earliest = l.Due
		}
		p.Lines = append(p.Lines, l)
		load = max(load, j.due-now)
		for _, t := range j.times {
			load += t
		}
		if s := c.statusOf(i); s.released {
			p.Orders = append(p.Orders, c.order(i, s, c.w.at(now)))
			for _, at := range s.started {
				if !at.IsZero() && at.Before(p.From) {
					p.From = at.Truncate(time.Second)
				}
			}
		}
	}
	p.To = c.w.at(now + load + 24*time.Hour)
	return p
}

// order is a job in the shop. What is at work is taken to have come as far as
// its planned time says, but never to be quite done.
func (c *control) order(i int, s *jobStatus, now time.Time) schedule.Order {
	item := c.w.item(i)
	o := schedule.Order{
		ID: schedule.OrderID(jobID(i)), Item: item, Routing: schedule.RoutingID(item), Qty: whole,
		Due: c.w.at(c.w.jobs[i].due), Status: schedule.Released, Line: schedule.LineID(jobID(i)),
	}
	for k := range c.w.jobs[i].machines {
		if s.started[k].IsZero() {
			break
		}
		st := schedule.StepState{Step: schedule.StepID(fmt.Sprint(k)), Start: s.started[k], Started: true, Issued: true}
		if !s.ended[k].IsZero() {
			st.Started, st.Done, st.End = false, true, s.ended[k]
			st.Progress.Good = whole
		} else {
			share := float64(now.Sub(s.started[k])) / float64(c.w.jobs[i].times[k])
			st.Progress.Good = wip.Qty(whole * min(0.9, share))
		}
		o.Steps = append(o.Steps, st)
	}
	return o
}

// follow is the plan by the names of the plant, in which an order is a job: the
// first order of an item is its first job that waits, by due date. What found no
// place is released at once.
func (c *control) follow(made *schedule.Plan, now time.Duration) *schedule.Plan {
	waiting := map[schedule.ItemID][]int{}
	for _, i := range c.open {
		if !c.statusOf(i).released {
			waiting[c.w.item(i)] = append(waiting[c.w.item(i)], i)
		}
	}
	plan := &schedule.Plan{}
	name := map[schedule.OrderID]schedule.OrderID{}
	quote := release.FitQuotation(c.kept)
	orders := slices.Clone(made.Orders)
	slices.SortStableFunc(orders, func(a, b schedule.PlannedOrder) int { return a.Start.Compare(b.Start) })
	for _, o := range orders {
		id := o.ID
		if !o.Existing {
			list := waiting[o.Item]
			if len(list) == 0 {
				continue // more than is wanted
			}
			id, waiting[o.Item] = schedule.OrderID(jobID(list[0])), list[1:]
			o.Due = c.w.at(c.w.jobs[list[0]].due)
		}
		plan.Orders = append(plan.Orders, c.named(o, id, now))
		if _, ok := c.promised[id]; !ok {
			c.planned[id], c.promised[id] = o.End, quote.Date(o.Due, o.End)
		}
		name[o.ID] = id
	}
	for _, o := range made.Operations {
		if id, ok := name[o.Order]; ok && !o.Done && !o.Started {
			o.Order = id
			plan.Operations = append(plan.Operations, o)
		}
	}
	for _, i := range c.open {
		if slices.Contains(waiting[c.w.item(i)], i) {
			plan.Orders = append(plan.Orders, c.w.order(i, 0))
			plan.Orders[len(plan.Orders)-1].Release = c.w.at(now)
		}
	}
	return plan
}

// named is a planned order as the job of a name, which comes to the pool now.
func (c *control) named(o schedule.PlannedOrder, id schedule.OrderID, now time.Duration) schedule.PlannedOrder {
	o.ID, o.Item, o.Routing = id, schedule.ItemID(id), schedule.RoutingID(id)
	o.Release = c.w.at(now)
	return o
}

// startsOf is a plan that releases each order when it starts it, as
// [simulate.Planned] does; nil for nil.
func startsOf(plan *schedule.Plan) *schedule.Plan {
	if plan == nil {
		return nil
	}
	starts := &schedule.Plan{Orders: slices.Clone(plan.Orders)}
	for i := range starts.Orders {
		starts.Orders[i].Release = starts.Orders[i].Start
	}
	return starts
}
