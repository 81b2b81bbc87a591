package heuristic

import (
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/sequence"
)

// retimeSteps is how long the sequencer searches before it has to have found
// something for planning to go on: longer for large plans, a few seconds at
// most.
func retimeSteps(plan *schedule.Plan) int64 { return min(4096, 8*int64(len(plan.Operations))) }

// retime hands the plan to the sequencer, which moves operations and leaves
// everything else, for as long as that helps. Its steps count as steps of
// planning. The sequencer weighs lines by their prices; where that makes a more
// important one later for the sake of others, it searches again with prices by
// rank.
func (r *run) retime(p *schedule.Problem, plan *schedule.Plan) (*schedule.Plan, error) {
	timed := p
	for round := r.o.Seed; len(plan.Operations) > 1 && r.mayRetime(); round++ {
		o := sequence.Options{Seed: round, MaxSteps: retimeSteps(plan), Workers: r.o.Workers}
		if r.o.MaxSteps > 0 {
			o.MaxSteps = min(o.MaxSteps, r.o.MaxSteps-r.steps)
		}
		better, err := sequence.Improve(r.ctx, timed, plan, o)
		if err != nil {
			return nil, err
		}
		r.steps += better.Steps
		if !better.Improved {
			r.mayRetime() // says why there is no more, if that is so
			break
		}
		if better.Plan.Metrics, err = schedule.Evaluate(p, better.Plan); err != nil {
			return nil, err
		}
		if timed == p && demotes(p, plan, better.Plan) {
			timed = byRank(p)
			continue
		}
		if !r.worth(p, plan, better.Plan) || demotes(p, plan, better.Plan) {
			break
		}
		plan = better.Plan
	}
	return plan, nil
}

// mayRetime reports whether there may be more steps, and notes why not.
func (r *run) mayRetime() bool {
	switch {
	case r.o.MaxSteps < 0 || r.o.Mode == Infinite || r.stop != Converged:
		return false
	case r.o.MaxSteps > 0 && r.steps >= r.o.MaxSteps:
		r.stop = StepLimit
	case r.ctx.Err() != nil:
		r.stop = Cancelled
	default:
		return true
	}
	return false
}
