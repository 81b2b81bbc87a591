package release

import (
	"context"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// A Placement says how a plan came from the releases.
type Placement int

const (
	// Lots are the releases of the program, rounded, each placed with finite
	// capacity.
	Lots Placement = iota
	// Sources means that of the program only the choice of sources and the
	// order of the lines were kept; lots were made anew line by line.
	Sources
)

// place makes plans from an answer in each way and keeps the one that costs
// least.
func place(ctx context.Context, p *schedule.Problem, a *answer, r *Result) error {
	for _, way := range []Placement{Lots, Sources} {
		plan, steps, err := a.placeBy(ctx, way, p, r.Steps)
		if err != nil && r.Plan != nil {
			break // the context has ended
		}
		if err != nil {
			return err
		}
		r.Steps += steps
		if plan != nil && (r.Plan == nil || plan.Metrics.Cost < r.Plan.Metrics.Cost) {
			r.Plan, r.Placement = plan, way
		}
		if a.o.MaxSteps > 0 && r.Steps >= a.o.MaxSteps && r.Plan != nil {
			break
		}
	}
	return nil
}

// placeBy makes a plan in one way, or none if that gives no plan that is
// allowed.
func (a *answer) placeBy(ctx context.Context, way Placement, p *schedule.Problem, used int64) (*schedule.Plan, int64, error) {
	o := heuristic.Options{Seed: a.o.Seed, MaxSteps: -1}
	var q *schedule.Problem
	var lots orders
	if way == Lots {
		q, lots = a.withLots()
	} else {
		q = a.withSources(p)
		if o.MaxSteps = a.o.MaxSteps; o.MaxSteps > 0 {
			o.MaxSteps = max(1, o.MaxSteps-used)
		}
	}
	if a.o.Progress != nil {
		o.Progress = func(at heuristic.Progress) {
			a.o.Progress(Progress{Stage: Placing, Steps: used + at.Steps, Cost: float64(at.Cost)})
		}
	}
	r, err := heuristic.Plan(ctx, q, o)
	if err != nil {
		return nil, 0, err
	}
	if !lots.own(a, r.Plan) {
		return nil, r.Steps, nil
	}
	r.Plan.Metrics, err = schedule.Evaluate(p, r.Plan)
	return r.Plan, r.Steps, err
}

// withSources returns a problem in which the sources of each item are tried in
// the order in which the program uses them, and lines that it does not keep
// come after those that it does.
func (a *answer) withSources(p *schedule.Problem) *schedule.Problem {
	q := *p
	q.Routings = append([]schedule.Routing(nil), p.Routings...)
	q.Supplies = append([]schedule.Supply(nil), p.Supplies...)
	q.Lines = append([]schedule.ContractLine(nil), p.Lines...)
	total := make([]float64, len(a.processes))
	top := 0
	for i := range q.Routings {
		top = max(top, q.Routings[i].Priority)
	}
	for i := range q.Supplies {
		top = max(top, q.Supplies[i].Priority)
	}
	for k := range a.start {
		for _, x := range a.start[k] {
			total[k] += x
		}
		if total[k] > negligible*a.processes[k].most {
			continue
		}
		switch o := &a.origins[k]; o.kind {
		case makes:
			q.Routings[o.ref].Priority += top + 1
		case buys:
			q.Supplies[o.ref].Priority += top + 1
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
