// Command frepple plans a model in frePPLe's XML format.
//
//	go run ./examples/frepple [-json] [-run N] [-time 10s] [-steps N] model.xml
//
// It reads the model, maps it to a problem, plans it as the solver calls in the
// model ask (constrained or not), verifies the plan, and prints what becomes of
// every demand, with the orders, stock and load. See README.md for what maps to
// what. The exit code is 0 for a plan, 1 if the model cannot be read or mapped
// (all mistakes are listed), 2 if the plan fails verification.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/mapping"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/examples/frepple/internal/report"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
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
	file  string
	json  bool
	call  int
	time  time.Duration
	steps int64
}

func parse(args []string, stderr io.Writer) (*settings, error) {
	s := new(settings)
	f := flag.NewFlagSet("frepple", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	f.IntVar(&s.call, "run", 1, "which of the model's solver calls to plan by, counted from 1")
	f.DurationVar(&s.time, "time", 10*time.Second, "how long to improve the plan")
	f.Int64Var(&s.steps, "steps", 0, "end after this many steps, for a plan that can be repeated; 0 means no limit")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() != 1 {
		return nil, errors.New("exactly one model is expected")
	}
	s.file = f.Arg(0)
	return s, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s, err := parse(args, stderr)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stderr, "frepple:", err)
		}
		return exitInvalid
	}
	r, err := plan(ctx, s)
	if err != nil {
		complain(stderr, err)
		return exitInvalid
	}
	if err := write(stdout, r, s.json); err != nil {
		complain(stderr, err)
		return exitInvalid
	}
	if len(r.Violations) > 0 {
		return exitUnverified
	}
	return exitPlan
}

// plan reads, maps, plans and verifies.
func plan(ctx context.Context, s *settings) (*report.Report, error) {
	m, err := read(s.file)
	if err != nil {
		return nil, err
	}
	call, note, err := choose(m.Runs, s.call)
	if err != nil {
		return nil, err
	}
	if note != "" {
		m.Notes = append(m.Notes, note)
	}
	mapped, err := mapping.Map(m, call)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.time)
	defer cancel()
	o := heuristic.Options{MaxSteps: s.steps}
	if !call.Finite() {
		o.Mode = heuristic.Infinite
	}
	result, err := heuristic.Plan(ctx, mapped.Problem, o)
	if err != nil {
		return nil, err
	}
	return report.New(mapped, result.Plan, violations(mapped.Problem, result.Plan, call)), nil
}

// violations verifies a plan; one that capacity does not constrain may overload
// resources.
func violations(p *schedule.Problem, plan *schedule.Plan, call model.Run) []verify.Violation {
	var list []verify.Violation
	for _, v := range verify.Check(p, plan) {
		if call.Finite() || v.Code != verify.Overload && v.Code != verify.OverLimit {
			list = append(list, v)
		}
	}
	return list
}

// choose returns the solver call to plan by: a model without any is planned
// with all constraints.
func choose(runs []model.Run, n int) (call model.Run, note string, err error) {
	switch {
	case n < 1 || n > max(1, len(runs)):
		return call, "", fmt.Errorf("there is no solver call %d; the model has %d", n, len(runs))
	case len(runs) == 0:
		return model.NewRun(), "the model does not call the solver; it is planned with all constraints", nil
	case len(runs) > 1:
		note = fmt.Sprintf("the model calls the solver %d times; this is the plan of call %d", len(runs), n)
	}
	return runs[n-1], note, nil
}

func read(file string) (*model.Model, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return model.Read(bufio.NewReader(f))
}

func write(w io.Writer, r *report.Report, asJSON bool) error {
	b := bufio.NewWriter(w)
	if asJSON {
		e := json.NewEncoder(b)
		e.SetIndent("", " ")
		if err := e.Encode(r); err != nil {
			return err
		}
	} else if err := r.WriteText(b); err != nil {
		return err
	}
	return b.Flush()
}

// complain lists every mistake on a line of its own.
func complain(w io.Writer, err error) {
	var invalid *schedule.InvalidError
	var list model.Errors
	var joined interface{ Unwrap() []error }
	switch {
	case errors.As(err, &invalid):
		for _, is := range invalid.Issues {
			fmt.Fprintf(w, "frepple: %s [%s]\n", is, is.Code)
		}
	case errors.As(err, &joined):
		for _, e := range joined.Unwrap() {
			complain(w, e)
		}
	case errors.As(err, &list):
		for _, e := range list {
			fmt.Fprintln(w, "frepple:", e)
		}
	default:
		fmt.Fprintln(w, "frepple:", err)
	}
}
