package main

import (
	"context"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
)

// A day is what a morning brings, and what is decided.
type day struct {
	*month
	at, last time.Time      // this morning, and the one before
	before   *schedule.Plan // in force until now

	alarms   []control.Alarm
	cards    []*control.Card // of what stands still
	quote    *control.Proposal
	revision *control.Revision
}

// late is raised when a line is expected a day late, and cleared when it is
// expected within two hours.
var late = control.Rule{Name: "late", On: 24 * 60, Off: 2 * 60}

// decide answers whoever calls, and corrects the plan. What only people need to
// see is made if explain says so: it changes nothing.
func (d *day) decide(ctx context.Context, extent control.Extent, explain bool) error {
	d.desk.remember(d.at)
	if explain {
		if err := d.explain(ctx); err != nil {
			return err
		}
	}
	if d.calls() {
		d.desk.accept(d.rush.line)
	}
	var err error
	d.revision, err = d.desk.replan(ctx, d.at, extent)
	return err
}

// calls reports whether the customer with the rush order calls this morning.
func (d *day) calls() bool {
	return !d.at.Before(d.rush.at) && schedule.NewIndex(d.desk.p).Lines.Find(d.rush.line.ID) == nil
}

// explain raises alarms, makes the cards of what has broken down, and quotes a
// date for the rush order: all from the plan as it stands, if nothing is done
// but to wait, and what stands still worked.
func (d *day) explain(ctx context.Context) error {
	state := d.desk.ledger.State(d.at)
	o := d.desk.options(control.RightShift)
	for _, s := range state.Down {
		o.Down = append(o.Down, control.Estimate{Workplace: s.Workplace, Until: d.at})
	}
	stands, err := control.Replan(ctx, d.desk.p, d.desk.plan, &state, d.at, o)
	if err != nil {
		return err
	}
	d.alarms = d.desk.watch.Look(late, d.at, lateness(stands.Plan, d.desk.p.To))
	for _, s := range state.Down {
		card, err := control.Disruption(ctx, stands.Problem, stands.Plan, control.Breakdown{
			Resource: schedule.ResourceID(s.Workplace), From: d.at, Until: d.at.Add(d.desk.repairTime()),
		}, d.desk.options(control.Full))
		if err != nil {
			return err
		}
		d.cards = append(d.cards, card)
	}
	if !d.calls() {
		return nil
	}
	desk, err := control.Open(ctx, stands.Problem, stands.Plan)
	if err != nil {
		return err
	}
	d.quote, err = desk.Promise(d.rush.line, false)
	return err
}

// lateness reads off a plan by how many minutes each line is late.
func lateness(plan *schedule.Plan, horizon time.Time) []control.Reading {
	var list []control.Reading
	for _, q := range plan.Promises {
		last := q.Last
		if q.Short > 0 {
			last = horizon
		}
		list = append(list, control.Reading{Object: string(q.Line), Value: int64(last.Sub(q.Due) / time.Minute)})
	}
	return list
}
