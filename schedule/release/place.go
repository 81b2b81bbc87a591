package release

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// A Placement says how a plan came from the releases.
type Placement struct {
	Way Way
	// Ahead is by how much all lots were released before the dates of the
	// program.
	Ahead time.Duration
}

// A Way is one of turning releases into a plan.
type Way int

const (
	// Lots are the releases of the program, rounded, each placed with finite
	// capacity.
	Lots Way = iota
	// JoinedLots are lots of which some were made one, where set-ups cost more
	// than stock.
	JoinedLots
	// Sources means that of the program only the choice of sources and the
	// order of the lines were kept; lots were made anew, line by line.
	Sources
	// LineByLine means that nothing of it was kept: package heuristic alone
	// found a plan that costs less, as it can where the program sees too
	// little.
	LineByLine
)

// placements lists what is tried. Lots have to wait for each other on machines,
// which the program does not see; how much earlier they are best released
// depends on the load and on what lateness costs, so it is tried out; lots that
// are joined are placed as those that are not are best.
func placements() []Placement {
	return []Placement{{Lots, 0}, {Lots, 2 * day}, {Lots, 5 * day}, {Lots, 10 * day}, {JoinedLots, 0}, {Sources, 0}, {LineByLine, 0}}
}

// An attempt is one of making a plan. With calm, one line by line releases no
// lots in the firm zone but those of the earlier plan; with free, one keeps none
// of these.
type attempt struct {
	Placement
	calm, free bool
	steps      int64
}

// place makes plans from an answer in several ways and keeps the one that costs
// least; then it has the better of those line by line improved, and keeps that
// if it has become the cheapest.
func place(ctx context.Context, p *schedule.Problem, a *answer, r *Result) error {
	c := contest{answer: a, problem: p, result: r, rounded: a.made()}
	if old := a.o.Previous; old != nil && old.Plan != nil {
		if good, err := c.keepTo(ctx, old); good || err != nil {
			return c.end(err)
		}
	}
	if err := c.tryAll(ctx, false); err != nil {
		return c.end(err)
	}
	if c.better.steps < 0 && a.o.MaxSteps >= 0 {
		return c.end(c.improve(ctx))
	}
	return nil
}

// keepTo makes a plan that keeps to an earlier one and reports whether that is
// good. If it may not be, because much has happened, one in the same way that
// keeps no lots tells what they cost: if they are not worth it, none are kept in
// any way.
func (c *contest) keepTo(ctx context.Context, old *Result) (good bool, err error) {
	if err := c.again(ctx, old.Placement); err != nil {
		return false, err
	}
	if c.result.Plan != nil && !c.muchDearer(old.Plan) {
		return true, nil
	}
	kept := c.cost
	if err := c.try(ctx, attempt{Placement: old.Placement, free: true, steps: -1}); err != nil {
		return false, err
	}
	if c.cost == kept {
		return old.Plan.Metrics.Cost == 0, nil
	}
	return false, c.tryAll(ctx, true)
}

// tryAll tries all ways.
func (c *contest) tryAll(ctx context.Context, free bool) error {
	for _, how := range placements() {
		if how.Way == JoinedLots {
			how.Ahead = c.ahead
		}
		if err := c.try(ctx, attempt{Placement: how, free: free, steps: -1}); err != nil {
			return err
		}
	}
	return nil
}

// again makes a plan in the way of an earlier one. Where that went line by line
// it is tried with and without new lots in the firm zone, and the better of the
// two improved.
func (c *contest) again(ctx context.Context, how Placement) error {
	if how.Way == Lots || how.Way == JoinedLots {
		return c.try(ctx, attempt{Placement: how, steps: -1})
	}
	for _, calm := range []bool{true, false} {
		if err := c.try(ctx, attempt{Placement: how, calm: calm, steps: -1}); err != nil {
			return err
		}
	}
	if c.better.steps < 0 && c.o.MaxSteps >= 0 {
		return c.improve(ctx)
	}
	return nil
}

// muchDearer reports whether so much may have changed since an earlier plan that
// the way of it is no longer the best: the plan costs a tenth more, or nobody
// says what the earlier one cost.
func (c *contest) muchDearer(old *schedule.Plan) bool {
	return old.Metrics.Cost == 0 || c.cost > old.Metrics.Cost+old.Metrics.Cost/10
}

// improve makes the best plan line by line once more, with all steps.
func (c *contest) improve(ctx context.Context) error {
	how := c.better
	how.steps = c.o.MaxSteps
	return c.try(ctx, how)
}

// A contest is the state of one call of place.
type contest struct {
	*answer
	problem *schedule.Problem
	result  *Result
	rounded []lot
	lots    [4][]lot // ordered, as rounded and joined, kept and free, once asked for
	asked   [4]bool
	ahead   time.Duration // of the plan of the result,
	cost    int64         // and what it costs
	first   int64         // what the first plan costs, changes left out
	better  attempt       // the best one line by line; its steps are 0 if there is none
	least   int64         // and what that cost
}

// errSteps says that there are no steps left.
var errSteps = errors.New("release: no steps left")

// end returns what ends a contest as an error of [Plan]: nothing, if there is a
// plan.
func (c *contest) end(err error) error {
	if c.result.Plan != nil {
		return nil
	}
	return err
}

// try makes a plan and keeps it if it is the cheapest so far.
func (c *contest) try(ctx context.Context, how attempt) error {
	r := c.result
	if c.o.MaxSteps > 0 && r.Steps >= c.o.MaxSteps && r.Plan != nil {
		return errSteps
	}
	t := trial{answer: c.answer, problem: c.problem, used: r.Steps}
	plan, err := t.place(ctx, how, c.lotsFor(ctx, how))
	if err != nil {
		return err
	}
	r.Steps = t.used
	if plan == nil {
		return nil
	}
	cost := c.worth(plan)
	if how.Way > JoinedLots && (c.better.steps == 0 || cost < c.least) {
		c.better, c.least = how, cost
	}
	if r.Plan == nil || cost < c.cost {
		r.Plan, r.Placement, c.cost, c.ahead = plan, how.Placement, cost, how.Ahead
	}
	return nil
}

// lotsFor returns the lots of an attempt, or nil if it has none of its own.
func (c *contest) lotsFor(ctx context.Context, how attempt) []lot {
	if how.Way > JoinedLots {
		return nil
	}
	n := int(how.Way)
	if how.free {
		n += 2
	}
	if !c.asked[n] {
		c.asked[n] = true
		lots := c.rounded
		if how.free {
			lots = c.anew()
		}
		if how.Way == JoinedLots {
			lots = c.joined(ctx, lots)
		}
		if lots != nil {
			c.lots[n] = c.ordered(lots)
		}
	}
	return c.lots[n]
}

// A trial is one placement.
type trial struct {
	*answer
	problem *schedule.Problem
	used    int64 // steps
}

// place makes a plan in one way, or none if that gives no plan that is allowed.
func (t *trial) place(ctx context.Context, how attempt, lots []lot) (*schedule.Plan, error) {
	var plan *schedule.Plan
	var err error
	switch how.Way {
	case Lots, JoinedLots:
		if lots == nil {
			return nil, nil
		}
		q, made := t.withLots(lots, days(how.Ahead))
		plan, err = t.plan(ctx, q, made.past(t.previous(how)), how.steps)
		if err == nil && !made.own(t.answer, plan) {
			return nil, nil
		}
	default:
		q := t.problem
		if how.Way == Sources {
			q = t.withSources(q)
		}
		var firm []lot
		if !how.free {
			firm = t.firmLots()
		}
		q, made := t.withFirm(q, firm, how.calm)
		plan, err = t.plan(ctx, q, t.previous(how), how.steps)
		if err == nil && !made.own(t.answer, plan) {
			return nil, nil
		}
	}
	if err == nil {
		plan.Metrics, err = schedule.Evaluate(t.problem, plan)
	}
	return plan, err
}

// previous returns the plan that an attempt keeps to, or nil.
func (t *trial) previous(how attempt) *schedule.Plan {
	if t.o.Previous == nil || how.free {
		return nil
	}
	return t.o.Previous.Plan
}

// plan has a problem planned, within the steps that are left.
func (t *trial) plan(ctx context.Context, q *schedule.Problem, past *schedule.Plan, steps int64) (*schedule.Plan, error) {
	left := t.o.MaxSteps - t.used
	if t.o.MaxSteps > 0 && steps > 0 {
		steps = max(1, left)
	}
	o := heuristic.Options{Seed: t.o.Seed, MaxSteps: steps, Previous: past}
	if t.o.Progress != nil {
		o.Progress = func(at heuristic.Progress) {
			t.o.Progress(Progress{Stage: Placing, Steps: t.used + at.Steps, Cost: float64(at.Cost)})
		}
	}
	r, err := heuristic.Plan(ctx, q, o)
	if err == nil && steps < 0 && t.o.MaxSteps > 0 && r.Steps > left {
		o.MaxSteps = max(1, left)
		r, err = heuristic.Plan(ctx, q, o)
	}
	if err != nil {
		return nil, err
	}
	if r.Stop == heuristic.Cancelled && r.Steps == 0 {
		return nil, ctx.Err() // a plan of no steps is none
	}
	t.used += r.Steps
	return r.Plan, nil
}

// withSources returns a problem in which sources that the program does not use
// are tried last, and lines that it does not keep are planned after those of
// their priority that it does.
func (a *answer) withSources(p *schedule.Problem) *schedule.Problem {
	q := *p
	q.Routings, q.Supplies, q.Lines = slices.Clone(p.Routings), slices.Clone(p.Supplies), slices.Clone(p.Lines)
	last := 1 // after all priorities
	for i := range q.Routings {
		last = max(last, q.Routings[i].Priority+1)
	}
	for i := range q.Supplies {
		last = max(last, q.Supplies[i].Priority+1)
	}
	for k := range a.origins {
		if _, unused := a.unused(k); !unused {
			continue
		}
		switch o := &a.origins[k]; o.kind {
		case makes:
			q.Routings[o.ref].Priority = last
		case buys:
			q.Supplies[o.ref].Priority = last
		}
	}
	for i := range q.Lines {
		q.Lines[i].Priority *= 2
	}
	for c := range a.demands {
		if a.lateOrShort(c) {
			q.Lines[a.lines[c]].Priority++
		}
	}
	return &q
}

// lateOrShort reports whether the program delivers any of a line late or not at
// all.
func (a *answer) lateOrShort(c int) bool {
	d := &a.demands[c]
	missed := a.value(a.b.short[c])
	for n, w := range d.within {
		if w.late > 0 {
			missed += a.value(a.b.deliver[c][n])
		}
	}
	return missed > 1e-6*d.qty
}
