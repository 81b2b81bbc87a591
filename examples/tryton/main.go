// Command tryton plans the productions of a Tryton ERP with Takt: it reads by
// SQL, plans and checks, prints, and publishes by the ERP's own JSON-RPC.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // days begin alike on every machine

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// seeded is the day of the tables that come with the program.
const seeded = "2026-11-23"

// settings are the flags.
type settings struct {
	dsn, plant, today string
	steps             int64
}

func main() {
	var o settings
	flag.StringVar(&o.dsn, "dsn", "", "read this PostgreSQL server, such as postgres://planner@localhost/tryton; none: the tables that come with the program")
	flag.StringVar(&o.plant, "plant", "", "side table: calendars and times that the ERP has no place for; none: that of the example")
	flag.StringVar(&o.today, "today", "", "the day to plan, as 2026-11-23; none: today")
	flag.Int64Var(&o.steps, "steps", 2000, "how many improvements to try")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "tryton:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, o settings) error {
	m, err := load(ctx, o)
	if err != nil {
		return err
	}
	plan, err := makePlan(ctx, m.problem, o.steps)
	if err != nil {
		return err
	}
	report(w, m, plan)
	return nil
}

// load reads the ERP and makes a problem of it.
func load(ctx context.Context, o settings) (*mapping, error) {
	p, err := readPlant(o.plant)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		return nil, err
	}
	var s *snapshot
	if o.dsn == "" {
		s, err = readTables(ctx, p.Warehouse)
	} else {
		s, err = readServer(ctx, o.dsn, p.Warehouse)
	}
	if err != nil {
		return nil, err
	}
	now, err := o.now(zone)
	if err != nil {
		return nil, err
	}
	return newMapping(s, p, zone, now), nil
}

// now returns the beginning of the day to plan. Tryton knows days only, so the
// plan is one of days: made twice on a day, it is the same.
func (o settings) now(zone *time.Location) (time.Time, error) {
	switch {
	case o.today != "":
		return time.ParseInLocation(time.DateOnly, o.today, zone)
	case o.dsn == "":
		return time.ParseInLocation(time.DateOnly, seeded, zone)
	}
	y, month, d := time.Now().In(zone).Date()
	return time.Date(y, month, d, 0, 0, 0, 0, zone), nil
}

// makePlan plans twice: without capacity to learn when each open production is
// needed, which Tryton does not keep apart from when it is planned, then with
// capacity.
func makePlan(ctx context.Context, p *schedule.Problem, steps int64) (*schedule.Plan, error) {
	needs, err := heuristic.Plan(ctx, p, heuristic.Options{Mode: heuristic.Infinite, MaxSteps: -1})
	if err != nil {
		return nil, err
	}
	due := map[schedule.OrderID]time.Time{}
	for _, o := range needs.Plan.Orders {
		due[o.ID] = o.Due
	}
	for i := range p.Orders {
		if o := &p.Orders[i]; o.Due.IsZero() {
			o.Due = due[o.ID]
		}
	}
	result, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: steps})
	if err != nil {
		return nil, err
	}
	if violations := verify.Check(p, result.Plan); len(violations) > 0 {
		return nil, fmt.Errorf("the plan is not allowed: %v (and %d more)", violations[0], len(violations)-1)
	}
	return result.Plan, nil
}
