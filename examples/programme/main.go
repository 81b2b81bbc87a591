// Command programme plans a year of the pump works of examples/quickstart: the
// production programme by linear programming, and answers to those who have to
// agree to it.
//
//	go run ./examples/programme
//
// year.go says what the year asks for, print.go prints tables; this file asks
// the questions.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "programme:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	// 1. The programme. A year is planned by weeks; 0.9 of the hours count,
	// the rest is for what a year brings.
	p, err := year()
	if err != nil {
		return err
	}
	o := release.Options{Cuts: mondays(p), Ranging: true}
	base, err := release.Solve(ctx, p, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "The year costs %.0f: %s.\n", base.Cost, terms(base))
	printProgramme(w, p, base)
	printWeeks(w, p, base, 8)

	// 2. Where the plant is short. The value of one more hour is the dual price
	// of the row of capacity: it is what the whole year would cost less.
	printBottlenecks(w, base)

	// 3. What a second shift at the test stand is worth in June and July, while
	// its hours are dearest. Prices hold for a few hours only, so we ask the
	// program again; it starts from the basis that it ended with, and is done
	// in no time.
	again := o
	again.Previous = &release.Result{Basis: base.Basis}
	shift, err := release.Solve(ctx, withShift(p, "stand", firstShiftWeek, lastShiftWeek), again)
	if err != nil {
		return err
	}
	printShift(w, base, shift)

	// 4. Which contract loses money. The price of a line is what one more unit
	// of it costs: material, machine hours, and what it keeps others from.
	printContracts(w, p, base)

	// 5. Rhythm. Without a weight, pumps are made when that is cheapest.
	even := *p
	even.Objective.Rhythm = rhythmWeight
	calm, err := release.Solve(ctx, &even, again)
	if err != nil {
		return err
	}
	printRhythm(w, p, base, calm)

	// 6. What if.
	if err := printSensitivity(ctx, w, p, base, again); err != nil {
		return err
	}

	// 7. From programme to plan.
	return planQuarter(ctx, w, p)
}

// planQuarter plans the first quarter in lots on machines, and has an
// independent judge look at it.
func planQuarter(ctx context.Context, w io.Writer, p *schedule.Problem) error {
	q := until(p, quarterWeeks)
	first, err := release.Plan(ctx, q, release.Options{MaxSteps: -1})
	if err != nil {
		return err
	}
	if found := verify.Check(q, first.Plan); len(found) > 0 {
		return fmt.Errorf("the plan is not allowed: %v (and %d more)", found[0], len(found)-1)
	}
	m := &first.Plan.Metrics
	fmt.Fprintf(w, "\n== The first %d weeks in lots\n%d orders, %d operations; %d of %d lines on time.\n",
		quarterWeeks, m.Orders, m.Operations, m.OnTimeLines, m.Lines)
	return nil
}

const (
	rhythmWeight = 20 // of a thousandth of 1 − R1 of each pump
	quarterWeeks = 13
	// Mondays of 1 June and 20 July.
	firstShiftWeek, lastShiftWeek = 13, 20
)

// mondays are the boundaries of the weeks.
func mondays(p *schedule.Problem) []time.Time {
	var cuts []time.Time
	for t := p.From.AddDate(0, 0, 7); t.Before(p.To); t = t.AddDate(0, 0, 7) {
		cuts = append(cuts, t)
	}
	return cuts
}

// printSensitivity asks what changes of the year would do.
func printSensitivity(ctx context.Context, w io.Writer, p *schedule.Problem, base *release.Result, o release.Options) error {
	t := heading(w, "What if")
	fmt.Fprintln(t, "\tcost\tdifference\tlate or short\tdearest hour\t")
	row := func(name string, r *release.Result) {
		fmt.Fprintf(t, "%s\t%.0f\t%+.0f\t%d lines\t%s\t\n", name, r.Cost, r.Cost-base.Cost, missed(r), dearest(r))
	}
	row("as planned", base)
	careful, bold := o, o
	careful.Utilization, bold.Utilization = 0.85, 0.95
	for _, c := range []struct {
		name string
		p    *schedule.Problem
		o    release.Options
	}{
		{"85 % of the hours count", p, careful},
		{"95 % of the hours count", p, bold},
		{"50 rotors a week at the balancing service", withPlaces(p, 50), o},
		{"70 rotors a week at the balancing service", withPlaces(p, 70), o},
		{"all orders 10 % smaller", withDemand(p, 90), o},
		{"all orders 10 % larger", withDemand(p, 110), o},
	} {
		r, err := release.Solve(ctx, c.p, c.o)
		if err != nil {
			return err
		}
		row(c.name, r)
	}
	return t.Flush()
}
