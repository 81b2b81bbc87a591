package release

import (
	"context"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// Options says how to plan. The zero value is ready to use.
type Options struct {
	// Cuts are the boundaries of the periods, in any order; those outside of
	// the horizon do not count. None means days for two weeks, weeks for half
	// a year, then four weeks at a time.
	Cuts []time.Time
	// Utilization is the share of the capacity that the program plans with,
	// in (0, 1]; the rest is for changeovers, for waiting between operations
	// and for the unforeseen. 0 means 0.9.
	Utilization float64
	// SafetyLead is added to the lead time of everything that is made. The
	// default is none.
	SafetyLead time.Duration
	// LeadTimes replace those of routings, as far as they are listed: as they
	// were observed, or as [Iterate] finds them.
	LeadTimes []LeadTime
	// Clearing lists the congested resources.
	Clearing []Clearing
	// WIP are the norms of work in process of shops.
	WIP []WIPNorm
	// Previous, if not nil, is the answer that people work by, of yesterday
	// for instance. The program starts from its basis and keeps to its lots:
	// releasing more or less of anything that is made costs a little in the
	// firm zone, and before FrozenUntil of the problem more than any lateness.
	// Lots that are still wanted at about their time keep it, their size and
	// their name, and are placed in the way of the earlier plan where it had
	// them. Only Plan, Placement and Basis of it count, and each may be missing.
	// It is not modified.
	Previous *Result
	// Firm is how long after FrozenUntil changes of releases cost anything. 0
	// means two weeks; a negative one means that there is no firm zone.
	Firm time.Duration
	// MaxSteps ends placing lots after so many steps, see
	// [heuristic.Options]. 0 means until the context ends or nothing helps;
	// a negative number means that the plan is made and not improved.
	MaxSteps int64
	// Seed chooses among tries that promise alike.
	Seed uint64
	// Ranging asks how far each price holds. It takes a few per cent of the
	// time of the solver for each hundred prices, and that of this module.
	Ranging bool
	// Solver solves the program. nil means the solver of this module.
	Solver Solver
	// Progress, if not nil, is called now and then, on the goroutine of the
	// caller.
	Progress func(Progress)
}

func (o *Options) utilization() float64 {
	if o.Utilization == 0 {
		return defaultUtilization
	}
	return o.Utilization
}

// defaultUtilization is what a finite schedule of lots usually reaches of the
// hours of a bottleneck.
const defaultUtilization = 0.9

// Progress is what a caller is told on the way.
type Progress struct {
	Stage      Stage
	Iterations int64 // of the solver
	Steps      int64 // of placing
	Cost       float64
}

// A Stage is a part of planning.
type Stage int

const (
	Solving Stage = iota // the linear program
	Placing              // lots on machines
)

// A Result is a plan, and what the program says about it.
type Result struct {
	// Plan is allowed by the problem, like that of any planner.
	Plan *schedule.Plan
	// Cuts are the boundaries of the periods that were used: period t is
	// [Cuts[t], Cuts[t+1]).
	Cuts []time.Time
	// Releases is what the program starts, by period and in the order of the
	// problem's routings, supplies and lanes.
	Releases []Release
	// Overtime is what the program uses of it.
	Overtime []Overtime
	// LeadTimes are what the program reckons with for routings that may be used,
	// queues included but not [Options.SafetyLead], in the order of the problem.
	LeadTimes []LeadTime
	Prices    Prices
	// Promises compares, for each line that is not closed, what the program
	// promises with what the plan does.
	Promises []Promise
	// Cost is the value of the program: a lower bound on nothing, since lots
	// and sequences are not in it, but what the releases would cost if time
	// were fluid.
	Cost float64
	// Terms are what Cost is made of.
	Terms []Term
	// Basis is where the solver ended, for the next plan; nil if it does not
	// say.
	Basis *Basis
	// Program says how the program was solved.
	Program Solved
	// Placement says how the plan came from the releases.
	Placement Placement
	// Steps of placing, see [Options.MaxSteps].
	Steps int64
}

// A Term is a part of the cost of a program.
type Term struct {
	Name string
	Cost float64
}

// A Solved is how a program was solved.
type Solved struct {
	Rows, Columns, Entries int
	Iterations             int64
	Method                 string
	// Residual is the largest violation of a row or bound of the program, and
	// Gap the distance of its value from that of its dual, relative to it.
	Residual, Gap float64
}

// Plan makes a plan for p by linear programming. See the package comment for
// how.
//
// The error is a [*schedule.InvalidError] if p is not valid, an [*OptionError]
// if o is not, that of ctx if it ended before there was any plan, and otherwise
// that of the solver. What cannot be delivered or placed is no error: it is in
// the plan, with its reason. p is not modified or kept.
func Plan(ctx context.Context, p *schedule.Problem, o Options) (*Result, error) {
	a, r, err := answered(ctx, p, &o)
	if err != nil {
		return nil, err
	}
	if err := place(ctx, p, a, r); err != nil {
		return nil, err
	}
	r.Promises = a.promises(r.Plan)
	return r, nil
}

// Solve solves the program of p and places nothing: the result has no Plan. It
// answers what something would be worth, in the time of the program alone. The
// errors are those of [Plan].
func Solve(ctx context.Context, p *schedule.Problem, o Options) (*Result, error) {
	a, r, err := answered(ctx, p, &o)
	if err != nil {
		return nil, err
	}
	r.Promises = a.promises(&schedule.Plan{})
	return r, nil
}

// answered returns the answer of the program of p, and the result without a plan.
func answered(ctx context.Context, p *schedule.Problem, o *Options) (*answer, *Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, nil, err
	}
	if err := o.validate(p); err != nil {
		return nil, nil, err
	}
	n, b, err := program(ctx, p, o)
	if err != nil {
		return nil, nil, err
	}
	sol, err := solve(ctx, n, b)
	if err != nil {
		return nil, nil, err
	}
	a := newAnswer(n, b, sol)
	return a, a.result(), nil
}

// program writes the program of a valid problem.
func program(ctx context.Context, p *schedule.Problem, o *Options) (*network, *build, error) {
	cuts := defaultCuts(p)
	if o.Cuts != nil {
		cuts = ownCuts(p, o.Cuts)
	}
	decided, err := decisions(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	n, err := compile(schedule.Explode(p), o, cuts, decided)
	if err != nil {
		return nil, nil, err
	}
	n.stabilise()
	return n, newBuild(n.model), nil
}

// decisions returns what happens without new releases: the plan of the orders
// that exist, and of what these lack.
func decisions(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
	if len(p.Orders) == 0 {
		return &schedule.Plan{}, nil
	}
	q := *p
	q.Lines, q.Norms = nil, nil
	q.Orders = make([]schedule.Order, len(p.Orders))
	copy(q.Orders, p.Orders)
	for i := range q.Orders {
		q.Orders[i].Line = ""
	}
	r, err := heuristic.Plan(ctx, &q, heuristic.Options{MaxSteps: -1})
	switch {
	case err != nil:
		return nil, err
	case r.Stop == heuristic.Cancelled:
		return nil, ctx.Err()
	}
	return r.Plan, nil
}
