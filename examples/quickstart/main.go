// Command quickstart plans a pump works: from what is known on a Monday
// morning to a verified release plan.
//
//	go run ./examples/quickstart [-time 2s] [-gantt plan.svg]
//
// plant.go and products.go tell the planner what it has to know; this file
// plans, checks and prints. It is meant to be copied.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/gantt"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

func main() {
	limit := flag.Duration("time", 2*time.Second, "how long to improve the plan")
	file := flag.String("gantt", "plan.svg", "write a drawing to this file")
	flag.Parse()
	if err := run(os.Stdout, *limit, *file); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, limit time.Duration, file string) error {
	// 1. Say what is known. A mistake in it comes back as an error that lists
	// all mistakes, in the names used here.
	p := pumpWorks()

	// 2. Plan. The context is the only clock: the best plan found by then is
	// the answer.
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	result, err := heuristic.Plan(ctx, p, heuristic.Options{})
	if err != nil {
		return err
	}
	plan := result.Plan

	// 3. Trust nobody: an independent judge looks at every instant.
	if violations := verify.Check(p, plan); len(violations) > 0 {
		return fmt.Errorf("the plan is not allowed: %v (and %d more)", violations[0], len(violations)-1)
	}

	// 4. Use it.
	printReleases(w, p, plan)
	printPromises(w, p, plan)
	printShortages(w, p, plan)
	printLoads(w, p, plan)
	printMetrics(w, plan)
	if file == "" {
		return nil
	}
	fmt.Fprintf(w, "\nThe Gantt chart is in %s.\n", file)
	return draw(file, p, plan)
}

func heading(w io.Writer, text string) *tabwriter.Writer {
	fmt.Fprintf(w, "\n== %s\n", text)
	return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
}

// printReleases lists what each shop is to begin, by day.
func printReleases(w io.Writer, p *schedule.Problem, plan *schedule.Plan) {
	for shop, orders := range schedule.ByShop(p, plan) {
		if len(orders) == 0 {
			continue
		}
		t := heading(w, fmt.Sprintf("Releases to %s", shop))
		day := ""
		for _, o := range orders {
			if d := o.Release.Format("Mon 2 Jan"); d != day {
				day = d
				fmt.Fprintf(t, "%s\n", day)
			}
			fmt.Fprintf(t, "  %s\t%s\t×%d\tready %s\tneeded %s\n", o.ID, o.Item, o.Qty, short(o.End), short(o.Due))
		}
		t.Flush()
	}
}

func short(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format("2 Jan 15:04")
}

// printPromises lists what becomes of every contract line, and why it is late.
func printPromises(w io.Writer, p *schedule.Problem, plan *schedule.Plan) {
	customer := map[schedule.ContractID]string{}
	for _, c := range p.Contracts {
		customer[c.ID] = c.Customer
	}
	t := heading(w, "Promises")
	for contract, promises := range schedule.ByContract(p, plan) {
		for _, promise := range promises {
			state := "on time"
			switch {
			case promise.Short > 0:
				state = fmt.Sprintf("%d SHORT", promise.Short)
			case promise.Late():
				state = fmt.Sprintf("%.1f days LATE", promise.Last.Sub(promise.Due).Hours()/24)
			}
			fmt.Fprintf(t, "%s\t%s\tdue %s\tpromised %s\t%s\n", customer[contract], promise.Line, short(promise.Due), short(promise.Last), state)
			for _, cause := range promise.Why {
				fmt.Fprintf(t, "\t  because\t%s\n", cause)
			}
		}
	}
	t.Flush()
}

// printShortages lists what has to be bought first.
func printShortages(w io.Writer, p *schedule.Problem, plan *schedule.Plan) {
	t := heading(w, "To buy, soonest first")
	for i, x := range plan.Purchases {
		if i == 10 {
			fmt.Fprintf(t, "and %d more\n", len(plan.Purchases)-i)
			break
		}
		fmt.Fprintf(t, "order %s\t%s\t×%d\tarrives %s\n", short(x.Order), x.Item, x.Qty, short(x.Arrival))
	}
	t.Flush()
}

func printMetrics(w io.Writer, plan *schedule.Plan) {
	m := plan.Metrics
	fmt.Fprintf(w, "\n%d orders, %d operations; %d of %d lines on time; rhythm R1 %.2f; cost %d\n",
		m.Orders, m.Operations, m.OnTimeLines, m.Lines, m.RhythmWithinPlan, m.Cost)
}

func draw(file string, p *schedule.Problem, plan *schedule.Plan) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return gantt.WriteSVG(f, p, plan, gantt.Options{})
}
