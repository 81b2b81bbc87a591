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
	// Previous, if not nil, is the plan that people work by. What it has is
	// planned in the same place again where that is as good, and what is
	// planned otherwise counts as [schedule.Objective.Change]. A previous plan
	// that is still allowed is the result unless one that is worth its changes
	// is found; the two may then share memory. It may be any plan: what does
	// not fit the problem is ignored.
	Previous *schedule.Plan
	// MaxSteps ends planning after so many steps; a step plans one line, or
	// tries to improve the plan once. 0 means until the context ends or no
	// try helps; a negative number means that the plan is made and not
	// improved. A run that ends with its context after k > 0 steps gives the
	// plan of MaxSteps = k.
	MaxSteps int64
	// Seed chooses among tries that promise alike.
	Seed uint64
	// Workers is how many searches for a better timing run side by side. It
	// changes the plan, on any machine in the same way. 0 means 1.
	Workers int
	// Taken, if not nil, reports whether a name is in use somewhere, so that no
	// new order, purchase or transfer may have it. Those of the problem and of
	// Previous are known to be.
	Taken func(name string) bool
	// Progress, if not nil, is called every thousand steps, on the goroutine
	// of the caller.
	Progress func(Progress)
	// Logger, if not nil, is told at level Debug of each stage when it ends.
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
	Steps int64
	// Planned is how many of the Lines have been planned for the first time.
	Planned, Lines int
	// Cost is the estimate of what lines cost by being late and by their own
	// orders, once all are planned; 0 before.
	Cost int64
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
	Steps int64 // taken, see [Options.MaxSteps]
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
	s.direction, s.inUse = o.Direction, o.Taken
	if o.Previous != nil {
		s.remember(o.Previous)
	}
	run := &run{ctx: ctx, o: o, state: s}
	run.plan()
	plan := s.extract()
	run.state = nil // it is large, and has done its work
	if plan.Metrics, err = schedule.Evaluate(p, plan); err != nil {
		return nil, err
	}
	plan, err = run.retime(p, run.keep(p, plan))
	return &Result{Plan: plan, Stop: run.stop, Steps: run.steps}, err
}

// A run is the state of one call of Plan.
type run struct {
	*state
	ctx       context.Context
	o         Options
	stop      Stop
	steps     int64
	lineCount int // planned so far
}

// plan makes the plan: existing orders, then the lines by rank, then what
// repairs it, then the norms, and at last purchases are joined.
func (r *run) plan() {
	r.planOrders()
	r.log("existing orders are placed", "orders", len(r.p.Orders), "dropped", len(r.dropped))
	r.steady = r.past != nil
	for _, u := range r.known(r.rank()) {
		if !r.step() {
			return
		}
		r.planUnit(u)
		r.trail = r.trail[:0]
		r.lineCount += len(u.lines)
	}
	r.steady = false
	r.log("lines are planned", "lines", r.lineCount)
	if r.o.MaxSteps >= 0 {
		r.improve(r.o.Seed, r.step)
		r.log("repair has ended", "steps", r.steps)
	}
	r.planNorms()
	r.joinPurchases()
	r.log("norms are planned", "missed", len(r.missed))
}

func (r *run) log(stage string, args ...any) {
	if r.o.Logger != nil {
		r.o.Logger.Debug("heuristic: "+stage, args...)
	}
}

// report tells the caller how far planning is.
func (r *run) report() {
	if r.o.Progress == nil || r.steps%1000 != 0 {
		return
	}
	at := Progress{Steps: r.steps, Planned: r.lineCount, Lines: len(r.lines)}
	if r.lineCount == len(r.lines) {
		for l := range r.lines {
			at.Cost += r.costOf(int32(l))
		}
	}
	r.o.Progress(at)
}

// step counts a step. It reports false if there may be no more.
func (r *run) step() bool {
	switch {
	case r.o.MaxSteps > 0 && r.steps >= r.o.MaxSteps:
		r.stop = StepLimit
	case r.ctx.Err() != nil:
		r.stop = Cancelled
	default:
		r.steps++
		r.report()
		return true
	}
	return false
}
