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
// depends on the load and on what lateness costs, so it is tried out.
func placements() []Placement {
	return []Placement{{Lots, 0}, {Lots, 2 * day}, {Lots, 5 * day}, {Lots, 10 * day}, {Sources, 0}, {LineByLine, 0}}
}

// place makes plans from an answer in several ways and keeps the one that costs
// least; then it has the better of those line by line improved, and keeps that
// if it has become the cheapest.
func place(ctx context.Context, p *schedule.Problem, a *answer, r *Result) error {
	c := contest{answer: a, problem: p, result: r, lots: a.ordered(), better: -1}
	if old := a.o.Previous; old != nil && old.Plan != nil {
		if err := c.again(ctx, old.Placement); err != nil || r.Plan != nil {
			return c.end(err)
		}
	}
	for _, how := range placements() {
		if err := c.try(ctx, how, -1); err != nil {
			return c.end(err)
		}
	}
	if c.better >= 0 && a.o.MaxSteps >= 0 {
		return c.end(c.try(ctx, Placement{Way: c.better}, a.o.MaxSteps))
	}
	return nil
}

// again makes a plan in the way of an earlier one. Where that went line by line
// the plan is improved as well.
func (c *contest) again(ctx context.Context, how Placement) error {
	if err := c.try(ctx, how, -1); err != nil || how.Way == Lots || c.result.Plan == nil || c.o.MaxSteps < 0 {
		return err
	}
	return c.try(ctx, how, c.o.MaxSteps)
}

// A contest is the state of one call of place.
type contest struct {
	*answer
	problem *schedule.Problem
	result  *Result
	lots    []lot
	better  Way   // of those line by line; -1: none yet
	cost    int64 // of that
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

// try makes a plan in one way, with so many steps, and keeps it if it is the
// cheapest so far.
func (c *contest) try(ctx context.Context, how Placement, steps int64) error {
	r := c.result
	if c.o.MaxSteps > 0 && r.Steps >= c.o.MaxSteps && r.Plan != nil {
		return errSteps
	}
	t := trial{answer: c.answer, problem: c.problem, used: r.Steps}
	plan, err := t.place(ctx, how, c.lots, steps)
	if err != nil {
		return err
	}
	r.Steps = t.used
	if plan == nil {
		return nil
	}
	if how.Way != Lots && (c.better < 0 || plan.Metrics.Cost < c.cost) {
		c.better, c.cost = how.Way, plan.Metrics.Cost
	}
	if r.Plan == nil || plan.Metrics.Cost < r.Plan.Metrics.Cost {
		r.Plan, r.Placement = plan, how
	}
	return nil
}

// A trial is one placement.
type trial struct {
	*answer
	problem *schedule.Problem
	used    int64 // steps
}

// place makes a plan in one way, or none if that gives no plan that is allowed.
func (t *trial) place(ctx context.Context, how Placement, lots []lot, steps int64) (*schedule.Plan, error) {
	var plan *schedule.Plan
	var err error
	switch how.Way {
	case Lots:
		q, made := t.withLots(lots, days(how.Ahead))
		plan, err = t.plan(ctx, q, made.past(t.previous()), steps)
		if err == nil && !made.own(t.answer, plan) {
			return nil, nil
		}
	default:
		q := t.problem
		if how.Way == Sources {
			q = t.withSources(q)
		}
		q, made := t.withFirm(q, t.firmLots())
		plan, err = t.plan(ctx, q, t.previous(), steps)
		if err == nil && !made.own(t.answer, plan) {
			return nil, nil
		}
	}
	if err == nil {
		plan.Metrics, err = schedule.Evaluate(t.problem, plan)
	}
	return plan, err
}

// previous returns the plan that people work by, or nil.
func (t *trial) previous() *schedule.Plan {
	if t.o.Previous == nil {
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
