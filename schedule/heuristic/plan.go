package heuristic

import (
	"context"
	"log/slog"

	"github.com/taktplan/takt/schedule"
)

// Options says how to plan. The zero value is ready to use.
type Options struct {
	// Mode says whether capacity counts. The default is Finite.
	Mode Mode
	// Direction says when things are done that could be done earlier. The
	// default is JustInTime.
	Direction Direction
	// MaxSteps ends the improvement of the plan after so many tries. 0 means
	// until the context ends or no try helps; a negative number means that
	// the plan is made and not improved. A run that ends with its context
	// after k steps gives the plan of MaxSteps = k.
	MaxSteps int64
	// Seed chooses among tries that promise alike.
	Seed uint64
	// Previous, if not nil, is the plan that people work by: differences from
	// it cost what [schedule.Objective.Change] says.
	Previous *schedule.Plan
	// Progress, if not nil, is called now and then, on the goroutine of the
	// caller.
	Progress func(Progress)
	// Logger, if not nil, is told what happens.
	Logger *slog.Logger
}

// A Mode says whether capacity counts.
type Mode int

const (
	Finite   Mode = iota // no resource does more than it can
	Infinite             // material requirements planning: times, but no limits
)

// A Direction says when things are done that could be done earlier.
type Direction int

const (
	JustInTime Direction = iota // as late as the due date allows
	Forward                     // as early as possible
)

// Progress is what a caller is told on the way.
type Progress struct {
	Steps          int64
	Planned, Lines int   // of the demand, while the plan is first made
	Cost           int64 // estimate of the objective, once that is done
}

// A Stop says why planning ended.
type Stop int

const (
	Converged Stop = iota // no try helped any more
	StepLimit             // Options.MaxSteps
	Cancelled             // the context
)

// A Result is a plan and how it came about.
type Result struct {
	Plan  *schedule.Plan
	Stop  Stop
	Steps int64 // tries of improvement
}

// Plan makes a plan for p. See the package comment for how.
//
// The error is a [*schedule.InvalidError] if p is not valid, or that of ctx if
// it ended before there was any plan. What cannot be placed is no error: it is
// in the plan, with its reason.
//
// A first plan takes O(n log n) time for n operations. p is not modified or
// kept.
func Plan(ctx context.Context, p *schedule.Problem, o Options) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	m, err := compile(schedule.Explode(p), o)
	if err != nil {
		return nil, err
	}
	s := newState(m)
	s.direction = o.Direction
	s.planOrders()
	for _, u := range m.rank() {
		s.planUnit(u)
		s.trail = s.trail[:0]
	}
	s.planNorms()
	plan := s.extract()
	plan.Metrics, err = schedule.Evaluate(p, plan)
	return &Result{Plan: plan}, err
}
