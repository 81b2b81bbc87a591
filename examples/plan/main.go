// Command plan reads a problem in JSON and writes a plan in JSON.
//
//	go run ./examples/plan [-strategy heuristic|lp|mrp] [-time 5s] [-verify] [-gantt out.svg] [-csv DIR] problem.json
//
// The plan goes to standard output, a summary and progress to standard error.
// The exit code is 0 for a plan, 1 if the problem cannot be read or is invalid
// (all mistakes are listed), 2 if the plan fails verification.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/codec"
	"github.com/taktplan/takt/schedule/gantt"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

const (
	exitPlan = iota
	exitInvalid
	exitUnverified
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// settings are what the command line says.
type settings struct {
	strategy, gantt, csv, file string
	time                       time.Duration
	steps                      int64
	seed                       uint64
	verify                     bool
}

func parse(args []string, stderr io.Writer) (*settings, error) {
	s := new(settings)
	f := flag.NewFlagSet("plan", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&s.strategy, "strategy", "heuristic", "how to plan: heuristic, lp (releases by linear programming), or mrp (capacity is not looked at)")
	f.DurationVar(&s.time, "time", 5*time.Second, "how long to improve the plan")
	f.Int64Var(&s.steps, "steps", 0, "end after this many steps, for a plan that can be repeated; 0 means no limit")
	f.Uint64Var(&s.seed, "seed", 1, "of the random choices")
	f.BoolVar(&s.verify, "verify", false, "check the plan with the independent verifier")
	f.StringVar(&s.gantt, "gantt", "", "write a drawing to this `file`")
	f.StringVar(&s.csv, "csv", "", "write the plan's tables to this `folder`")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() != 1 {
		return nil, errors.New("exactly one problem file is expected")
	}
	s.file = f.Arg(0)
	if _, ok := strategies()[s.strategy]; !ok {
		return nil, fmt.Errorf("there is no strategy %q", s.strategy)
	}
	return s, nil
}

// A strategy makes a plan.
type strategy func(context.Context, *schedule.Problem, *settings, io.Writer) (*schedule.Plan, error)

func strategies() map[string]strategy {
	return map[string]strategy{"heuristic": planHeuristic(heuristic.Finite), "mrp": planHeuristic(heuristic.Infinite), "lp": planRelease}
}

func planHeuristic(mode heuristic.Mode) strategy {
	return func(ctx context.Context, p *schedule.Problem, s *settings, stderr io.Writer) (*schedule.Plan, error) {
		result, err := heuristic.Plan(ctx, p, heuristic.Options{
			Mode: mode, Seed: s.seed, MaxSteps: s.steps,
			Progress: func(at heuristic.Progress) {
				fmt.Fprintf(stderr, "step %d: cost %d\n", at.Steps, at.Cost)
			},
		})
		if err != nil {
			return nil, err
		}
		return result.Plan, nil
	}
}

func planRelease(ctx context.Context, p *schedule.Problem, s *settings, stderr io.Writer) (*schedule.Plan, error) {
	result, err := release.Plan(ctx, p, release.Options{Seed: s.seed, MaxSteps: s.steps})
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(stderr, "program: %d rows, %d columns, %d iterations, cost %.6g\n",
		result.Program.Rows, result.Program.Columns, result.Program.Iterations, result.Cost)
	for _, h := range dearest(result.Prices.Hours) {
		fmt.Fprintf(stderr, "one more hour of %v from %s is worth %.6g\n",
			h.Resources, result.Cuts[h.Period].Format(time.DateOnly), h.Value)
	}
	return result.Plan, nil
}

// dearest returns the five highest prices.
func dearest(prices []release.HourPrice) []release.HourPrice {
	prices = slices.Clone(prices)
	slices.SortStableFunc(prices, func(a, b release.HourPrice) int { return cmp.Compare(b.Value, a.Value) })
	return prices[:min(5, len(prices))]
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s, err := parse(args, stderr)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stderr, "plan:", err)
		}
		return exitInvalid
	}
	p, err := read(s.file)
	if err != nil {
		complain(stderr, err)
		return exitInvalid
	}
	ctx, cancel := context.WithTimeout(ctx, s.time)
	defer cancel()
	plan, err := strategies()[s.strategy](ctx, p, s, stderr)
	if err != nil {
		complain(stderr, err)
		return exitInvalid
	}
	summarise(stderr, plan)
	if err := write(s, stdout, p, plan); err != nil {
		complain(stderr, err)
		return exitInvalid
	}
	if s.verify && !verified(stderr, p, plan) {
		return exitUnverified
	}
	return exitPlan
}

func read(file string) (*schedule.Problem, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := codec.DecodeProblem(bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	return p, p.Validate()
}

// complain lists every mistake on a line of its own.
func complain(w io.Writer, err error) {
	var texts codec.Errors
	var invalid *schedule.InvalidError
	switch {
	case errors.As(err, &texts):
		for _, e := range texts {
			fmt.Fprintln(w, "plan:", e)
		}
	case errors.As(err, &invalid):
		for _, is := range invalid.Issues {
			fmt.Fprintf(w, "plan: %s [%s]\n", is, is.Code)
		}
	default:
		fmt.Fprintln(w, "plan:", err)
	}
}

func write(s *settings, stdout io.Writer, p *schedule.Problem, plan *schedule.Plan) error {
	if err := codec.EncodePlan(stdout, p, plan); err != nil {
		return err
	}
	if s.csv != "" {
		if err := os.MkdirAll(s.csv, 0o755); err != nil {
			return err
		}
		create := func(name string) (io.WriteCloser, error) { return os.Create(filepath.Join(s.csv, name)) }
		if err := codec.WritePlanCSV(create, p, plan); err != nil {
			return err
		}
	}
	if s.gantt != "" {
		f, err := os.Create(s.gantt)
		if err != nil {
			return err
		}
		return errors.Join(gantt.WriteSVG(f, p, plan, gantt.Options{}), f.Close())
	}
	return nil
}

func summarise(w io.Writer, plan *schedule.Plan) {
	m := plan.Metrics
	fmt.Fprintf(w, "%d orders, %d operations, %d purchases, %d transfers\n",
		m.Orders, m.Operations, len(plan.Purchases), len(plan.Transfers))
	fmt.Fprintf(w, "%d of %d lines on time, %d late, %d short; cost %d\n",
		m.OnTimeLines, m.Lines, m.LateLines, m.ShortLines, m.Cost)
}

func verified(w io.Writer, p *schedule.Problem, plan *schedule.Plan) bool {
	violations := verify.Check(p, plan)
	for _, v := range violations {
		fmt.Fprintln(w, "violation:", v)
	}
	fmt.Fprintf(w, "%d violations\n", len(violations))
	return len(violations) == 0
}
