package release_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// later returns a problem as it is at an instant if all went as planned: what
// was begun is at work, what was delivered is stock or gone.
func later(p *schedule.Problem, plan *schedule.Plan, now time.Time) *schedule.Problem {
	q := *p
	q.Now, q.To = now, p.To.Add(now.Sub(p.Times().Now))
	q.Stock = nil
	for _, s := range schedule.StockProfile(p, plan) {
		at := wip.Balance{Point: s.Point, At: now}
		for _, m := range s.Movements {
			if !m.At.After(now) {
				at.Qty = m.Balance
			}
		}
		q.Stock = append(q.Stock, at)
	}
	q.Receipts = slices.DeleteFunc(slices.Clone(p.Receipts), func(r schedule.Receipt) bool { return !r.At.After(now) })
	for _, o := range plan.Purchases {
		if o.Order.Before(now) && o.Arrival.After(now) {
			id := schedule.ReceiptID(fmt.Sprintf("%s of %s", o.ID, now.Format(time.DateOnly)))
			q.Receipts = append(q.Receipts, schedule.Receipt{ID: id, Item: o.Item, Qty: o.Qty, At: o.Arrival})
		}
	}
	q.Orders = begun(p, plan, now)
	q.Lines = slices.Clone(p.Lines)
	for _, d := range plan.Deliveries {
		i := slices.IndexFunc(q.Lines, func(l schedule.ContractLine) bool { return l.ID == d.Line })
		if l := &q.Lines[i]; !d.At.After(now) {
			if l.Qty -= d.Qty; l.Qty == 0 {
				l.Qty, l.Status = d.Qty, schedule.ClosedLine
			}
		}
	}
	return &q
}

// begun returns the orders that are at work at an instant.
func begun(p *schedule.Problem, plan *schedule.Plan, now time.Time) []schedule.Order {
	var list []schedule.Order
	lines, _ := schedule.Timelines(p)
	x := schedule.NewIndex(p)
	for _, o := range plan.Orders {
		if !o.Release.Before(now) || !o.End.After(now) {
			continue
		}
		order := schedule.Order{ID: o.ID, Item: o.Item, Routing: o.Routing, Qty: o.Qty, Status: schedule.Released}
		for _, op := range plan.Operations {
			if op.Order != o.ID || !op.Start.Before(now) {
				continue
			}
			s := schedule.StepState{Step: op.Step, Start: op.Start, End: op.End, Mode: op.Mode, Issued: true}
			if s.Done = !op.End.After(now); !s.Done {
				s.Started, s.End = true, time.Time{}
				m := &x.Step(o.Routing, op.Step).Modes[op.Mode]
				line := lines[x.Resources.Position(op.Machine(m))]
				run := max(0, line.Between(op.Start, now)-op.Setup)
				s.Progress.Good = wip.Qty((run + m.PerUnit - 1) / m.PerUnit) // with that at hand
			}
			order.Steps = append(order.Steps, s)
		}
		for _, c := range plan.Subcontracts {
			if c.Order == o.ID && c.Start.Before(now) {
				s := schedule.StepState{Step: c.Step, Start: c.Start, Issued: true, Done: !c.End.After(now)}
				if s.Started = !s.Done; s.Done {
					s.End = c.End
				}
				order.Steps = append(order.Steps, s)
			}
		}
		list = append(list, order)
	}
	return list
}

// From day to day, if all goes as planned, next to nothing changes in what is to
// be released in the two weeks ahead.
func TestCalm(t *testing.T) {
	p := shop{ends: 5, parts: 6, bought: 4, machines: 6, weeks: 8, load: 0.9, seed: 3, objective: schedule.Economy()}.problem()
	r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: -1})
	require.NoError(t, err)
	planned, changed := 0, 0
	for day := 1; day <= 10; day++ {
		q := later(p, r.Plan, p.From.AddDate(0, 0, day))
		next, err := release.Plan(context.Background(), q, release.Options{MaxSteps: -1, Previous: r})
		require.NoError(t, err)
		require.Empty(t, verify.Check(q, next.Plan))
		cold, err := release.Plan(context.Background(), q, release.Options{MaxSteps: -1})
		require.NoError(t, err)
		t.Logf("day %d: cost %d, anew %d; %+v %+v; iterations %d, anew %d", day, next.Plan.Metrics.Cost, cold.Plan.Metrics.Cost, next.Placement, cold.Placement, next.Program.Iterations, cold.Program.Iterations)
		zone := p.Times().Now.AddDate(0, 0, 14) // yesterday's firm zone
		n := release.Compare(r.Plan, next.Plan, q.Now, zone, 24*time.Hour)
		t.Logf("%+v; anew %+v", n, release.Compare(r.Plan, cold.Plan, q.Now, zone, 24*time.Hour))
		planned, changed = planned+n.Planned, changed+n.Changed
		p, r = q, next
	}
	require.Less(t, float64(changed), 0.05*float64(planned))
}

// For a line that comes late and is worth it, the firm zone is changed, and the
// way of the earlier plan left, if another is better, also if nobody says what
// the earlier plan cost.
func TestUrgent(t *testing.T) {
	p := shop{ends: 5, parts: 6, bought: 4, machines: 6, weeks: 8, load: 0.9, seed: 3, objective: schedule.Economy()}.problem()
	r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: -1})
	require.NoError(t, err)
	q := later(p, r.Plan, p.From.AddDate(0, 0, 1))
	q.Lines = append(q.Lines, schedule.ContractLine{
		ID: "urgent", Item: "end00", Qty: 60, Due: q.Now.AddDate(0, 0, 5), Late: 5000, Short: 1_000_000,
	})
	anew, err := release.Plan(context.Background(), q, release.Options{MaxSteps: -1})
	require.NoError(t, err)
	for _, costed := range []bool{true, false} {
		if !costed {
			r.Plan.Metrics = schedule.Metrics{}
		}
		next, err := release.Plan(context.Background(), q, release.Options{MaxSteps: -1, Previous: r})
		require.NoError(t, err)
		require.Empty(t, verify.Check(q, next.Plan))
		require.Positive(t, release.Compare(r.Plan, next.Plan, q.Now, q.Now.AddDate(0, 0, 14), 24*time.Hour).Changed)
		require.Less(t, 10*next.Plan.Metrics.Cost, 11*anew.Plan.Metrics.Cost)
	}
}
