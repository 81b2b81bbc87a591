package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/taktplan/takt/benchmarks/internal/shopfile"
	"github.com/taktplan/takt/schedule/shop"
)

// A result is a line of output. With -steps, what depends on the clock or on
// the order in which workers report is left out: Seconds and the three fields
// after Steps.
type result struct {
	Instance     string       `json:"instance"`
	Format       string       `json:"format"`
	Jobs         int          `json:"jobs"`
	Machines     int          `json:"machines"`
	Operations   int          `json:"operations"`
	Objective    string       `json:"objective"`
	Value        int64        `json:"value"`
	LowerBound   int64        `json:"lower_bound"`
	Optimal      bool         `json:"optimal"`
	Seconds      *float64     `json:"seconds,omitempty"`
	Steps        int64        `json:"steps"`
	FirstValue   *int64       `json:"first_value,omitempty"`
	FirstSeconds *float64     `json:"first_seconds,omitempty"`
	Trace        [][2]float64 `json:"trace,omitempty"` // seconds, value
}

func (r *result) print(w io.Writer) error { return json.NewEncoder(w).Encode(r) }

// solve reads, solves, checks and writes one instance.
func solve(ctx context.Context, c *config, read source, stderr io.Writer) (*result, error) {
	x, err := read()
	if err != nil {
		return nil, err
	}
	if err := c.readDue(x); err != nil {
		return nil, fmt.Errorf("%s: %w", x.Name, err)
	}
	p, number := x.Problem()
	t := newTrace(x.Name, stderr)
	s, err := t.solve(ctx, c, p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", x.Name, err)
	}
	if err := check(x, number, s, c.objective); err != nil {
		return nil, fmt.Errorf("%s: the schedule is WRONG: %w", x.Name, err)
	}
	if c.out != "" {
		if err := writeSchedule(c.out, x, number, s); err != nil {
			return nil, err
		}
	}
	r := newResult(x, s, c.objective)
	if c.steps == 0 {
		t.add(r)
	}
	return r, nil
}

func newResult(x *shopfile.Instance, s *shop.Solution, objective shop.Objective) *result {
	return &result{
		Instance:   x.Name,
		Format:     string(x.Format),
		Jobs:       x.Jobs,
		Machines:   x.Machines,
		Operations: len(x.Ops),
		Objective:  objectiveName(objective),
		Value:      s.Value,
		LowerBound: s.Bound,
		Optimal:    s.Optimal,
		Steps:      s.Steps,
	}
}

func objectiveName(o shop.Objective) string {
	if o == shop.WeightedTardiness {
		return "weighted-tardiness"
	}
	return "makespan"
}

// A trace records when better schedules were found.
type trace struct {
	name   string
	stderr io.Writer
	start  time.Time
	total  float64
	points [][2]float64
}

func newTrace(name string, stderr io.Writer) *trace { return &trace{name: name, stderr: stderr} }

// solve solves within the limits of the call.
func (t *trace) solve(ctx context.Context, c *config, p *shop.Problem) (*shop.Solution, error) {
	if c.steps == 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.time)
		defer cancel()
	}
	t.start = time.Now()
	s, err := shop.Solve(ctx, p, shop.Options{
		Objective: c.objective,
		Seed:      c.seed,
		Workers:   c.workers,
		MaxSteps:  c.steps,
		Progress:  t.progress,
	})
	t.total = t.seconds()
	return s, err
}

func (t *trace) progress(p shop.Progress) {
	if n := len(t.points); n > 0 && t.points[n-1][1] <= float64(p.Value) {
		return
	}
	t.points = append(t.points, [2]float64{t.seconds(), float64(p.Value)})
	fmt.Fprintf(t.stderr, "%s %.3fs value %d bound %d\n", t.name, t.seconds(), p.Value, p.Bound)
}

// seconds returns the time since the start, in whole milliseconds.
func (t *trace) seconds() float64 {
	return math.Round(time.Since(t.start).Seconds()*1000) / 1000
}

func (t *trace) add(r *result) {
	r.Seconds = &t.total
	if len(t.points) > 0 {
		first := int64(t.points[0][1])
		r.FirstSeconds, r.FirstValue = &t.points[0][0], &first
		r.Trace = t.points
	}
}
