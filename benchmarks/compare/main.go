// Command compare plans the same problems in three ways: by plain material
// requirements planning, by the heuristic planner and by linear programming;
// and sequences busy machines with changeovers, beside the order of due dates
// and all orders that there are.
//
//	go run ./benchmarks/compare -steps 20000
//
// It prints tables in Markdown, or with -json one JSON object a row. README.md
// says what is measured.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	steps := flag.Int64("steps", 20_000, "steps for each plan")
	models := flag.String("models", "internal/traps/testdata", "folder with small models in the language of internal/scenario; empty: none")
	asJSON := flag.Bool("json", false, "print JSON")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *steps, *models, *asJSON); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, steps int64, models string, asJSON bool) error {
	planned, err := compare(ctx, steps, models)
	if err != nil {
		return err
	}
	sequenced, err := sequences(ctx, steps)
	if err != nil {
		return err
	}
	if asJSON {
		e := json.NewEncoder(w)
		for _, r := range planned {
			if err := e.Encode(r); err != nil {
				return err
			}
		}
		for _, r := range sequenced {
			if err := e.Encode(r); err != nil {
				return err
			}
		}
		return nil
	}
	printPlanned(w, planned)
	fmt.Fprintln(w)
	printSequenced(w, sequenced)
	return nil
}

func printPlanned(w io.Writer, rows []outcome) {
	row(w, "problem", "planner", "late lines", "late unit-days", "short", "mean stock", "setups", "setup h", "seconds")
	row(w, "---", "---", "---", "---", "---", "---", "---", "---", "---")
	for _, r := range rows {
		row(w, r.Problem, r.Planner, r.LateLines, number(r.LateUnitDays), number(r.ShortUnits), number(r.MeanStock), r.Setups, number(r.SetupHours),
			fmt.Sprintf("%.2f", r.Seconds))
	}
}

func printSequenced(w io.Writer, rows []sequenced) {
	row(w, "jobs", "cases", "setup h by due date", "planned", "less", "late days by due date", "planned", "no later", "optimal", "seconds")
	row(w, "---", "---", "---", "---", "---", "---", "---", "---", "---", "---")
	for _, r := range rows {
		optimal := "–"
		if r.Enumerated {
			optimal = fmt.Sprintf("%d", r.Optimal)
		}
		row(w, r.Jobs, r.Cases, number(r.DueSetup), number(r.Setup), fmt.Sprintf("%.0f %%", 100*(1-r.Setup/r.DueSetup)),
			number(r.DueLate), number(r.Late), r.NoLater, optimal, fmt.Sprintf("%.2f", r.Seconds))
	}
}

func row(w io.Writer, cells ...any) {
	var b strings.Builder
	for _, c := range cells {
		fmt.Fprintf(&b, "| %v ", c)
	}
	fmt.Fprintln(w, b.String()+"|")
}

// number writes three significant digits, or all before the point.
func number(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}
