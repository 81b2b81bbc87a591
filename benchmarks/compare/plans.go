package main

import (
	"context"
	"fmt"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/schedule/verify"
)

// An outcome is what comes of the plans of one planner for a set of problems.
// All plans are executed in a world without surprises, so that what overloads a
// machine waits for it: that is the only fair measure of a plan that capacity
// does not limit, and changes little for the others.
type outcome struct {
	Problem      string  `json:"problem"`
	Planner      string  `json:"planner"`
	LateLines    int     `json:"late_lines"` // or short
	LateUnitDays float64 `json:"late_unit_days"`
	ShortUnits   float64 `json:"short_units"`
	MeanStock    float64 `json:"mean_stock"` // whole units of all items
	Setups       int     `json:"setups"`     // operations that begin with one
	SetupHours   float64 `json:"setup_hours"`
	Seconds      float64 `json:"seconds"`
}

// A planner makes a plan.
type planner struct {
	name string
	plan func(ctx context.Context, p *schedule.Problem, steps int64) (*schedule.Plan, error)
}

func planners() []planner {
	return []planner{{"MRP", requirements}, {"heuristic", lineByLine}, {"LP", program}}
}

// requirements is material requirements planning: all levels are netted, lot by
// lot and back from the due dates, as if capacity had no limits.
func requirements(ctx context.Context, p *schedule.Problem, _ int64) (*schedule.Plan, error) {
	r, err := heuristic.Plan(ctx, p, heuristic.Options{Mode: heuristic.Infinite, MaxSteps: -1})
	if err != nil {
		return nil, err
	}
	return r.Plan, nil
}

func lineByLine(ctx context.Context, p *schedule.Problem, steps int64) (*schedule.Plan, error) {
	r, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: steps})
	if err != nil {
		return nil, err
	}
	return allowed(p, r.Plan)
}

func program(ctx context.Context, p *schedule.Problem, steps int64) (*schedule.Plan, error) {
	r, err := release.Plan(ctx, p, release.Options{MaxSteps: steps})
	if err != nil {
		return nil, err
	}
	return allowed(p, r.Plan)
}

// allowed returns a plan if it is.
func allowed(p *schedule.Problem, plan *schedule.Plan) (*schedule.Plan, error) {
	if v := verify.Check(p, plan); len(v) > 0 {
		return nil, fmt.Errorf("%s: the plan is not allowed: %v", p.Name, v[0])
	}
	return plan, nil
}

// compare plans all sets in all ways.
func compare(ctx context.Context, steps int64, models string) (rows []outcome, err error) {
	all, err := sets(models)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		for _, way := range planners() {
			o := outcome{Problem: s.name, Planner: way.name}
			for _, p := range s.problems {
				start := time.Now()
				plan, err := way.plan(ctx, p, steps)
				if err != nil {
					return nil, err
				}
				o.Seconds += time.Since(start).Seconds()
				if err := o.execute(ctx, p, plan); err != nil {
					return nil, err
				}
			}
			rows = append(rows, o)
		}
	}
	return rows, nil
}

// execute adds what comes of a plan.
func (o *outcome) execute(ctx context.Context, p *schedule.Problem, plan *schedule.Plan) error {
	x := schedule.NewIndex(p)
	r, err := simulate.Run(ctx, p, plan, simulate.Options{HoldUntilDue: true})
	if err != nil {
		return err
	}
	for _, l := range r.Lines {
		scale := x.Items.Find(x.Lines.Find(l.Line).Item).Scale()
		o.LateUnitDays += l.LateUnitDays / float64(scale)
		if short := units(l.Qty-l.Delivered, scale); short > 0 || l.Last.After(l.Due) {
			o.LateLines++
			o.ShortUnits += short
		}
	}
	for _, at := range r.Points {
		o.MeanStock += at.MeanStock / float64(x.Items.Find(at.Point.Item).Scale())
	}
	for _, m := range r.Resources {
		o.SetupHours += m.Setup.Hours()
	}
	for i := range plan.Operations {
		if plan.Operations[i].Setup > 0 {
			o.Setups++
		}
	}
	return nil
}
