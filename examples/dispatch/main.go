// Command dispatch is a month of a shop in fast motion.
//
//	go run ./examples/dispatch [-seed 1] [-days 28] [-all] [-csv DIR] [-worlds 3]
//
// The pump works of examples/quickstart is run by a plan in a world that does not
// keep to it: work takes its time, machines break down, pieces are spoilt,
// deliveries are late, and a customer calls with a rush order. A simulation
// (schedule/simulate) plays the plant; the seed chooses the world. Read the files
// in this order:
//
//   - plant.go reads the plant from pumpworks.json, and draws the rush order.
//     world.go says what happens to it.
//   - month.go is the loop. Every morning at six the simulation stops. Whatever
//     it has reported goes into the books (wip.Ledger); then the dispatcher works,
//     and the plant follows the new plan.
//   - dispatcher.go is who plans, by the books and not by the plant. Replanning is
//     one call, control.Replan, and every plan is judged by schedule/verify.
//   - day.go answers what came up: alarms, the card of a breakdown with the ways
//     out and their price, a date for the rush order.
//   - papers.go makes the documents of the morning (schedule/daily), print.go
//     prints them: the first lines of what matters, or everything with -all.
//   - worked.go keeps the plan that people worked by, and review.go explains the
//     month when it is over (schedule/analysis, wip/stocktake,
//     schedule/standards, schedule/cooperation).
//   - compare.go runs the same worlds by the first plan to the end, by waiting,
//     and by replanning, and compares punctuality, penalties, rhythm and
//     nervousness.
//
// The output depends on the flags alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	var s settings
	flag.Uint64Var(&s.seed, "seed", 1, "of the world: what breaks, what is late, who calls")
	flag.IntVar(&s.days, "days", 28, "how long the month is, 1 to 56")
	flag.BoolVar(&s.all, "all", false, "print every document of every morning")
	flag.StringVar(&s.csv, "csv", "", "write every document to this `folder`")
	flag.IntVar(&s.worlds, "worlds", 3, "in how many worlds ways to run the shop are compared")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, s); err != nil {
		fmt.Fprintln(os.Stderr, "dispatch:", err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	seed         uint64
	days, worlds int
	all          bool
	csv          string
}

func run(ctx context.Context, w io.Writer, s settings) error {
	m, err := begin(ctx, s.seed, s.days)
	if err != nil {
		return err
	}
	p := &printer{w, s.all, s.csv}
	if err := m.run(ctx, policies[len(policies)-1], p.day); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n== The month is over\n")
	papers, err := m.review(ctx)
	if err != nil {
		return err
	}
	if err := p.papers("month", papers); err != nil {
		return err
	}
	return compare(ctx, w, s.seed, s.worlds, s.days)
}
