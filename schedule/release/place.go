package release

import (
	"context"
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
)

// placements are tried in this order. Lots have to wait for each other on
// machines, which the program does not see; how much earlier they are best
// released depends on the load and on what lateness costs, so it is tried out.
var placements = [...]Placement{{Lots, 0}, {Lots, 2 * day}, {Lots, 5 * day}, {Sources, 0}}

// place makes plans from an answer in several ways and keeps the one that costs
// least.
func place(ctx context.Context, p *schedule.Problem, a *answer, r *Result) error {
	lots := a.ordered()
	for _, how := range placements {
		t := trial{answer: a, problem: p, used: r.Steps}
		plan, err := t.place(ctx, how, lots)
		if err != nil && r.Plan != nil {
			break // the context has ended
		}
		if err != nil {
			return err
		}
		r.Steps = t.used
		if plan != nil && (r.Plan == nil || plan.Metrics.Cost < r.Plan.Metrics.Cost) {
			r.Plan, r.Placement = plan, how
		}
		if t.over() && r.Plan != nil {
			break
		}
	}
	return nil
}

// A trial is one placement.
type trial struct {
	*answer
	problem *schedule.Problem
	used    int64 // steps
}

// over reports whether no steps are left.
func (t *trial) over() bool { return t.o.MaxSteps > 0 && t.used >= t.o.MaxSteps }

// place makes a plan in one way, or none if that gives no plan that is allowed.
func (t *trial) place(ctx context.Context, how Placement, lots []lot) (*schedule.Plan, error) {
	if how.Way == Sources {
		q := t.withSources(t.problem)
		plan, err := t.plan(ctx, q, t.o.MaxSteps)
		return t.measured(plan, err)
	}
	q, made := t.withLots(lots, days(how.Ahead))
	plan, err := t.plan(ctx, q, -1)
	if err == nil && !made.own(t.answer, plan) {
		return nil, nil
	}
	return t.measured(plan, err)
}

// plan has a problem planned, within the steps that are left.
func (t *trial) plan(ctx context.Context, q *schedule.Problem, steps int64) (*schedule.Plan, error) {
	left := t.o.MaxSteps - t.used
	if t.o.MaxSteps > 0 && steps > 0 {
		steps = max(1, left)
	}
	o := heuristic.Options{Seed: t.o.Seed, MaxSteps: steps}
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

// measured returns a plan with its metrics for the problem as it was given.
func (t *trial) measured(plan *schedule.Plan, err error) (*schedule.Plan, error) {
	if err == nil {
		plan.Metrics, err = schedule.Evaluate(t.problem, plan)
	}
	return plan, err
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
