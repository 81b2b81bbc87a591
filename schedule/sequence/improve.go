package sequence

import (
	"context"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/search"
)

// Options says how to search. The zero value is ready to use.
type Options struct {
	Seed uint64
	// MaxSteps ends the search after that many steps; a step is about a
	// millisecond of work, but always the same amount. 0 means no limit.
	MaxSteps int64
	// Workers search side by side. 0 means 1. Results differ by the number
	// of workers, but not by how many processors there are.
	Workers int
}

// Result is what [Improve] returns.
type Result struct {
	// Plan is a new plan, or the one given if none better was found.
	Plan *schedule.Plan
	// Steps were made. The same call with MaxSteps set to it gives the same
	// plan, however this one came to its end.
	Steps int64
	// Improved says that Plan costs less than the one given.
	Improved bool
}

// justified is up to how many operations plans are made just in time again;
// beyond, it would take longer than the search.
const justified = 20_000

// Improve looks for a better timing of the operations of plan, which has to be
// allowed, until ctx is done or MaxSteps are made. Neither p nor plan is
// changed. Causes of lateness are read from the new timing; those of lines that
// are short stay as they are.
//
// The error is that of [schedule.Evaluate]: the plan speaks of things that p
// does not have.
func Improve(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, o Options) (Result, error) {
	before, err := schedule.Evaluate(p, plan)
	if err != nil {
		return Result{}, err
	}
	none := Result{Plan: plan}
	c, ok := compile(p, plan)
	if !ok {
		return none, nil
	}
	found := search.Solve(ctx, c.model, search.Options{
		Seed: o.Seed, MaxSteps: o.MaxSteps, Workers: o.Workers, Start: c.start,
	})
	none.Steps = found.Steps
	if found.Schedule == nil || len(c.model.Check(found.Schedule)) > 0 {
		return none, nil
	}
	if c.model.Ops() <= justified {
		c.justify(found.Schedule)
	}
	better := c.extract(found.Schedule)
	after, err := schedule.Evaluate(p, better)
	if err != nil || after.Cost >= before.Cost {
		return none, err
	}
	better.Metrics = after
	return Result{Plan: better, Steps: found.Steps, Improved: true}, nil
}
