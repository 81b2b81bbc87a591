package control

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"text/tabwriter"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// A Scenario is a named list of events. One without events is things as they
// are.
type Scenario struct {
	Name   string
	Events []Event
}

// Apply returns p with the events applied, one after the other. p is not
// changed; the two share what is alike. The error joins what is wrong with each
// event, or is that of [schedule.Problem.Validate] for the result.
func (s Scenario) Apply(p *schedule.Problem) (*schedule.Problem, error) {
	out := *p
	var errs []error
	for _, e := range s.Events {
		if err := e.Apply(&out); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("scenario %q: %w", s.Name, err)
	}
	if err := out.Validate(); err != nil {
		return nil, fmt.Errorf("scenario %q: %w", s.Name, err)
	}
	return &out, nil
}

// An Outcome is a scenario, planned.
type Outcome struct {
	Scenario Scenario
	Problem  *schedule.Problem
	Plan     *schedule.Plan
	// Changes counts what moves against the plan in force; 0 if none was given.
	Changes int
	Stop    heuristic.Stop
}

// An Assessment holds the outcomes of scenarios in their order.
type Assessment struct{ Outcomes []Outcome }

// Compare plans scenarios for p side by side. o says how to plan each, and with
// o.Previous from which plan in force; parallel is how many are planned at a
// time, 0 meaning one. It does not change the outcome.
//
// The problem of a past period, with Now at its start, tells what an improvement
// would have brought then: compare it with things as they were.
//
// The error joins those of the scenarios that do not apply, before any is
// planned, or is that of ctx if it ended before all had a plan.
func Compare(ctx context.Context, p *schedule.Problem, scenarios []Scenario, o heuristic.Options, parallel int) (*Assessment, error) {
	a := &Assessment{Outcomes: make([]Outcome, len(scenarios))}
	errs := make([]error, len(scenarios))
	for i, s := range scenarios {
		a.Outcomes[i].Scenario = s
		a.Outcomes[i].Problem, errs[i] = s.Apply(p)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	free := make(chan struct{}, max(1, parallel))
	var all sync.WaitGroup
	for i := range a.Outcomes {
		all.Add(1)
		free <- struct{}{}
		go func() {
			defer func() { <-free; all.Done() }()
			errs[i] = a.Outcomes[i].plan(ctx, o)
		}()
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return a, nil
}

func (c *Outcome) plan(ctx context.Context, o heuristic.Options) error {
	result, err := heuristic.Plan(ctx, c.Problem, o)
	if err != nil {
		return err
	}
	c.Plan, c.Stop = result.Plan, result.Stop
	if o.Previous != nil {
		c.Changes = len(schedule.Changes(o.Previous, c.Plan))
	}
	return nil
}

// String draws the assessment as a table, a row for each scenario.
func (a *Assessment) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "scenario\ton time\tlate\tshort\ttardiness\tsetup\tutilisation\tWIP\tmoney\tcost\tchanges\t")
	for i := range a.Outcomes {
		c := &a.Outcomes[i]
		m := &c.Plan.Metrics
		fmt.Fprintf(w, "%s\t%d/%d\t%d\t%d\t%s\t%s\t%.0f %%\t%.1f\t%d\t%d\t%d\t\n", c.Scenario.Name,
			m.OnTimeLines, m.Lines, m.LateLines, m.ShortLines, span(m.Tardiness), span(m.Setup), 100*m.Utilisation, m.MeanWIP, m.Money, m.Cost, c.Changes)
	}
	w.Flush()
	return b.String()
}
