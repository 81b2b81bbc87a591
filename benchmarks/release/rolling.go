package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/sequence"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// A planner makes a plan of what is known at an instant.
type planner func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error)

// rollingStrategies plan anew every so often from the state of the shop, with
// the orders that have come in by then, and release by the dates of the plan or
// some time ahead of them.
func rollingStrategies(world func(uint64) *jobWorld, t jobTuning) []strategy {
	list := []strategy{
		{name: "Takt heuristic, rolling"}, {name: "Takt LP fixed lead times, rolling"}, {name: "Takt heuristic and sequencer, rolling"},
	}
	for _, ahead := range t.aheads {
		for _, safety := range t.safeties {
			label := fmt.Sprintf("%g h ahead", ahead)
			if safety > 0 {
				label = fmt.Sprintf("safety %g h, %s", safety, label)
			}
			every := hours(t.planEvery)
			for i, plan := range []planner{byHeuristic(t.direction), byLP(hours(t.cuts)), bySequencer(t.direction)} {
				list[i].settings = append(list[i].settings, rolling(world, label, every, hours(safety), simulate.Planned{Ahead: hours(ahead), Reach: hours(t.reach)}, plan))
			}
		}
	}
	return list
}

func byHeuristic(d heuristic.Direction) planner {
	return func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
		r, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: -1, Direction: d})
		if err != nil {
			return nil, err
		}
		return r.Plan, nil
	}
}

// sequencerSteps are about as many milliseconds.
const sequencerSteps = 30

func bySequencer(d heuristic.Direction) planner {
	return func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
		plan, err := byHeuristic(d)(ctx, p)
		if err != nil {
			return nil, err
		}
		r, err := sequence.Improve(ctx, p, plan, sequence.Options{MaxSteps: sequencerSteps})
		return r.Plan, err
	}
}

// byLP plans by the linear program in periods of a length, longer ones from the
// fourteenth on.
func byLP(period time.Duration) planner {
	return func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
		var cuts []time.Time
		for at, n := p.Times().Now, 0; at.Before(p.To); n++ {
			cuts = append(cuts, at)
			at = at.Add(period)
			if n > 14 {
				at = at.Add(3 * period)
			}
		}
		r, err := release.Plan(ctx, p, release.Options{Cuts: cuts, MaxSteps: -1})
		if err != nil {
			return nil, err
		}
		return r.Plan, nil
	}
}

// A control is a shop that is planned again and again.
type control struct {
	w      *jobWorld
	plant  *simulate.Plant
	safety time.Duration
	come   int   // jobs that have arrived
	open   []int // of these, those that have not ended
	status map[schedule.OrderID]*jobStatus
	// promised is the end of each order by the first plan that had it.
	promised map[schedule.OrderID]time.Time
	plans    int
	planning time.Duration
}

// A jobStatus is what has been reported of a job.
type jobStatus struct {
	released, closed bool
	started, ended   [8]time.Time // by step
}

func rolling(world func(uint64) *jobWorld, label string, every, safety time.Duration, policy simulate.Planned, plan planner) setting {
	return setting{label, func(ctx context.Context, seed uint64) (outcome, error) {
		c := &control{
			w: world(seed), safety: safety, status: map[schedule.OrderID]*jobStatus{}, promised: map[schedule.OrderID]time.Time{},
		}
		o := c.w.options()
		o.Release, o.Event = policy, c.report
		var err error
		if c.plant, err = simulate.New(c.w.problem(), &schedule.Plan{}, o); err != nil {
			return outcome{}, err
		}
		for now := time.Duration(0); now < c.w.end; now += every {
			if err := c.plant.Run(ctx, c.w.at(now)); err != nil {
				return outcome{}, err
			}
			if err := c.replan(ctx, now, plan); err != nil {
				return outcome{}, err
			}
		}
		if err := c.plant.Run(ctx, c.w.at(c.w.end)); err != nil {
			return outcome{}, err
		}
		out := c.w.outcome(c.plant.Result(), c.promised)
		out.planning = c.planning.Seconds() / float64(max(1, c.plans))
		return out, nil
	}}
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
	}
}

// replan plans what is known at an instant, and gives the plan to the plant.
func (c *control) replan(ctx context.Context, now time.Duration, plan planner) error {
	for c.come < len(c.w.jobs) && c.w.jobs[c.come].arrives <= now {
		c.open = append(c.open, c.come)
		c.status[schedule.OrderID(jobID(c.come))] = &jobStatus{}
		c.come++
	}
	open := c.open[:0]
	for _, i := range c.open {
		if !c.status[schedule.OrderID(jobID(i))].closed {
			open = append(open, i)
		}
	}
	c.open = open
	if len(open) == 0 {
		return nil
	}
	began := time.Now()
	made, err := plan(ctx, c.problem(now))
	if err != nil {
		return err
	}
	c.planning += time.Since(began)
	c.plans++
	return c.plant.Follow(c.follow(made, now))
}

// problem is what is known at an instant: every open job is a contract line of
// an item of its own, and those in the shop are orders with their progress.
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
	load := time.Duration(0)
	for _, i := range c.open {
		j := &c.w.jobs[i]
		p.Items = append(p.Items, schedule.Item{ID: schedule.ItemID(jobID(i)), Unit: perMille, SafetyTime: c.safety, Holding: perDay(c.w.stock)})
		p.Routings = append(p.Routings, c.w.routing(i))
		l := schedule.ContractLine{ID: schedule.LineID(jobID(i)), Item: schedule.ItemID(jobID(i)), Qty: whole, Due: c.w.at(j.due)}
		if c.w.stock > 0 && j.due > now {
			l.Earliest = l.Due
		}
		p.Lines = append(p.Lines, l)
		load = max(load, j.due-now)
		for _, t := range j.times {
			load += t
		}
		if s := c.status[schedule.OrderID(jobID(i))]; s.released {
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
	o := schedule.Order{
		ID: schedule.OrderID(jobID(i)), Item: schedule.ItemID(jobID(i)), Routing: schedule.RoutingID(jobID(i)), Qty: whole,
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

// follow is the plan by the names of the plant: orders are named for their
// jobs. What found no place is released at once.
func (c *control) follow(made *schedule.Plan, now time.Duration) *schedule.Plan {
	plan := &schedule.Plan{}
	name := map[schedule.OrderID]schedule.OrderID{}
	planned := map[schedule.ItemID]bool{}
	for _, o := range made.Orders {
		if planned[o.Item] {
			continue
		}
		planned[o.Item] = true
		id := schedule.OrderID(o.Item)
		name[o.ID] = id
		o.ID = id
		o.Release = c.w.at(now)
		if _, ok := c.promised[id]; !ok {
			c.promised[id] = o.End
		}
		plan.Orders = append(plan.Orders, o)
	}
	for _, o := range made.Operations {
		if id, ok := name[o.Order]; ok && !o.Done && !o.Started {
			o.Order = id
			plan.Operations = append(plan.Operations, o)
		}
	}
	for _, i := range c.open {
		if id := schedule.ItemID(jobID(i)); !planned[id] && !c.status[schedule.OrderID(id)].released {
			plan.Orders = append(plan.Orders, c.w.order(i, 0))
			plan.Orders[len(plan.Orders)-1].Release = c.w.at(now)
		}
	}
	return plan
}
