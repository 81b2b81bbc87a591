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
	dsn, plant, today       string
	steps                   int64
	publish, database, user string
	release                 int
	commit                  bool
}

func main() {
	var o settings
	flag.StringVar(&o.dsn, "dsn", "", "read this PostgreSQL server, such as postgres://planner@localhost/tryton; none: the tables that come with the program")
	flag.StringVar(&o.plant, "plant", "", "side table: calendars and times that the ERP has no place for; none: that of the example")
	flag.StringVar(&o.today, "today", "", "the day to plan, as 2026-11-23; none: today")
	flag.Int64Var(&o.steps, "steps", 2000, "how many improvements to try")
	flag.StringVar(&o.publish, "publish", "", "publish to this server, such as http://localhost:8000; its password is in TRYTON_PASSWORD")
	flag.StringVar(&o.database, "database", "tryton", "the database to publish to")
	flag.StringVar(&o.user, "user", "admin", "the user who publishes")
	flag.IntVar(&o.release, "release", 3, "release what begins within so many days")
	flag.BoolVar(&o.commit, "commit", false, "send; without it, only say what would be sent")
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
	plan, err := makePlan(ctx, m, o.steps)
	if err != nil {
		return err
	}
	report(w, m, plan)
	if o.publish == "" {
		return nil
	}
	return o.send(ctx, w, m, plan)
}

// send publishes the differences and prints what became of them.
func (o settings) send(ctx context.Context, w io.Writer, m *mapping, plan *schedule.Plan) error {
	c, err := dial(ctx, o.publish, o.database, o.user, os.Getenv("TRYTON_PASSWORD"))
	if err != nil {
		return err
	}
	changes := m.differences(plan, m.problem.Now.AddDate(0, 0, o.release))
	printOutcomes(w, publish(ctx, c, changes, o.commit))
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

// makePlan plans, and has the plan judged.
func makePlan(ctx context.Context, m *mapping, steps int64) (*schedule.Plan, error) {
	if err := setDue(ctx, m); err != nil {
		return nil, err
	}
	result, err := heuristic.Plan(ctx, m.problem, heuristic.Options{MaxSteps: steps})
	if err != nil {
		return nil, err
	}
	if violations := verify.Check(m.problem, result.Plan); len(violations) > 0 {
		return nil, fmt.Errorf("the plan is not allowed: %v (and %d more)", violations[0], len(violations)-1)
	}
	return result.Plan, nil
}
