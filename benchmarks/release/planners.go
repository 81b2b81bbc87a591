package main

import (
	"context"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/sequence"
	"github.com/taktplan/takt/schedule/simulate"
)

// A planner makes a plan of what is known at an instant. Last is the plan that
// people work by, or nil.
type planner func(ctx context.Context, p *schedule.Problem, last *schedule.Plan) (*schedule.Plan, error)

// A department is a planner at the beginning of a run, with nothing to
// remember.
type department func() planner

// byMRP plans without limits.
func byMRP() planner {
	return byHeuristic(heuristic.Options{Mode: heuristic.Infinite})()
}

func byHeuristic(o heuristic.Options) department {
	o.MaxSteps = -1
	return func() planner {
		return func(ctx context.Context, p *schedule.Problem, _ *schedule.Plan) (*schedule.Plan, error) {
			r, err := heuristic.Plan(ctx, p, o)
			if err != nil {
				return nil, err
			}
			return r.Plan, nil
		}
	}
}

// sequencerSteps are about as many milliseconds.
const sequencerSteps = 30

func bySequencer(o heuristic.Options) department {
	return func() planner {
		first := byHeuristic(o)()
		return func(ctx context.Context, p *schedule.Problem, last *schedule.Plan) (*schedule.Plan, error) {
			plan, err := first(ctx, p, last)
			if err != nil {
				return nil, err
			}
			r, err := sequence.Improve(ctx, p, plan, sequence.Options{MaxSteps: sequencerSteps})
			return r.Plan, err
		}
	}
}

// A program is how the linear program is used.
type program struct {
	period  time.Duration // of the first fourteen periods; later ones are four times as long. 0: the default of the package
	queues  []release.Clearing
	observe func(seed uint64) release.Observer
	steady  bool // the plan keeps to the one before
}

// byLP plans by the linear program from the basis of the plan before. With an
// observer it iterates: lead times carry over from plan to plan, and each plan
// moves them once.
func byLP(how program) department {
	return func() planner {
		var before release.Result
		var leads []release.LeadTime
		plans := uint64(0)
		return func(ctx context.Context, p *schedule.Problem, last *schedule.Plan) (*schedule.Plan, error) {
			o := release.Options{Cuts: how.cuts(p), MaxSteps: -1, LeadTimes: leads, Clearing: how.queues}
			if last != nil {
				o.Previous = &release.Result{Basis: before.Basis}
				if how.steady {
					o.Previous.Plan, o.Previous.Placement = last, before.Placement
				}
			}
			plans++
			var r *release.Result
			var err error
			if how.observe == nil {
				r, err = release.Plan(ctx, p, o)
			} else {
				r, leads, err = iterate(ctx, p, o, how.observe(plans))
			}
			if err != nil {
				return nil, err
			}
			before = *r
			return r.Plan, nil
		}
	}
}

// iterate returns the better of two rounds, and the lead times to begin with
// next time.
func iterate(ctx context.Context, p *schedule.Problem, o release.Options, observe release.Observer) (*release.Result, []release.LeadTime, error) {
	rounds, best, err := release.Iterate(ctx, p, o, release.Iteration{Rounds: 2}, observe)
	if err != nil {
		return nil, nil, err
	}
	return rounds[best].Result, rounds[len(rounds)-1].LeadTimes, nil
}

// executed observes a plan in a world that is like the real one and is not it.
func executed(options func(seed uint64) simulate.Options, cost func(*schedule.Problem, *simulate.Result) float64) func(uint64) release.Observer {
	const otherWorlds = 1_000_000
	return func(seed uint64) release.Observer {
		return func(ctx context.Context, p *schedule.Problem, plan *schedule.Plan) (release.Observation, error) {
			r, err := simulate.Run(ctx, p, plan, options(otherWorlds+seed))
			if err != nil {
				return release.Observation{}, err
			}
			return release.Observation{Cost: cost(p, r), LeadTimes: leadTimes(p, plan, r)}, nil
		}
	}
}

// leadTimes are the means of what new orders took in a simulation.
func leadTimes(p *schedule.Problem, plan *schedule.Plan, r *simulate.Result) []release.LeadTime {
	routing := map[schedule.OrderID]schedule.RoutingID{}
	for i := range plan.Orders {
		if o := &plan.Orders[i]; !o.Existing {
			routing[o.ID] = o.Routing
		}
	}
	total, count := map[schedule.RoutingID]time.Duration{}, map[schedule.RoutingID]time.Duration{}
	for i := range r.Orders {
		if x := &r.Orders[i]; !x.Ended.IsZero() {
			total[routing[x.ID]] += x.Ended.Sub(x.Released)
			count[routing[x.ID]]++
		}
	}
	var list []release.LeadTime
	for i := range p.Routings {
		if id := p.Routings[i].ID; count[id] > 0 {
			list = append(list, release.LeadTime{Routing: id, Time: total[id] / count[id]})
		}
	}
	return list
}

// cuts are the boundaries of periods.
func (how *program) cuts(p *schedule.Problem) []time.Time {
	if how.period == 0 {
		return nil
	}
	var cuts []time.Time
	for at, n := p.Times().Now, 0; at.Before(p.To); n++ {
		cuts = append(cuts, at)
		at = at.Add(how.period)
		if n > 14 {
			at = at.Add(3 * how.period)
		}
	}
	return cuts
}

// A congestion is a machine at which lots wait: its hours a day, the share of
// them in which it stands ready, and the hours of a lot.
type congestion struct {
	machine           schedule.ResourceID
	hours, ready, lot float64
}

// clearing derives clearing functions from queueing, for arrivals and work as
// irregular as chance (a squared coefficient of variation of 1) times scale.
func clearing(list []congestion, scale float64) []release.Clearing {
	var curves []release.Clearing
	for _, c := range list {
		curve, err := release.QueueCurve(c.hours*c.ready, c.lot, scale)
		if err != nil {
			panic(err) // the numbers are ours
		}
		curve.Hours = c.hours // of which some are not ready
		curves = append(curves, release.Clearing{Resource: c.machine, Curve: curve})
	}
	return curves
}
