package cooperation

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

func day(n int) time.Time { return scenario.Start().AddDate(0, 0, n) }

// What is due stays due: with every subcontract as late as that, no later step
// of the order would have to start later, and with a minute more one would.
func TestDueIsTheLatest(t *testing.T) {
	found := 0
	for seed := range uint64(50) {
		p := scenario.Random(seed)
		r, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
		require.NoError(t, err)
		list, err := FromPlan(p, r.Plan)
		require.NoError(t, err)
		require.Equal(t, len(r.Plan.Subcontracts), len(slices.DeleteFunc(slices.Clone(list), func(c Commission) bool { return c.Kind == Service })))
		for i := range r.Plan.Subcontracts {
			s, c := &r.Plan.Subcontracts[i], &list[i]
			require.False(t, c.Due.Before(s.End))
			if slack(p, r.Plan, s) >= 0 {
				found++
				require.Equal(t, slack(p, r.Plan, s), c.Due.Sub(s.End))
			}
		}
	}
	assert.Greater(t, found, 5)
}

// slack returns by how much a subcontract could end later until the first step
// after it had no room, minute by minute; -1 if none follows.
func slack(p *schedule.Problem, plan *schedule.Plan, s *schedule.SubcontractOrder) time.Duration {
	order := plan.Orders[slices.IndexFunc(plan.Orders, func(o schedule.PlannedOrder) bool { return o.ID == s.Order })]
	x := schedule.NewIndex(p)
	least := time.Duration(-1)
	for l := range x.Routings.Find(order.Routing).Precedence() {
		if l.From != s.Step {
			continue
		}
		start := time.Time{}
		for _, o := range plan.Operations {
			if o.Order == s.Order && o.Step == l.To {
				start = o.Start
			}
		}
		for _, o := range plan.Subcontracts {
			if o.Order == s.Order && o.Step == l.To {
				start = o.Start
			}
		}
		if start.IsZero() {
			continue
		}
		arrives := s.End.Add(x.Step(order.Routing, l.From).Move).Add(l.MinWait).Add(x.Step(order.Routing, l.To).Queue)
		if d := max(0, start.Sub(arrives)); least < 0 || d < least {
			least = d
		}
	}
	return least
}

func TestRecordIsAllOrNothing(t *testing.T) {
	list := []Commission{{ID: "a", Qty: 10, Due: day(5)}, {ID: "b", Qty: 1}}
	entries := []Entry{
		{ID: "a", Stage: Request, At: day(1)},
		{ID: "a", Stage: Request, At: day(1)},
		{ID: "a", Stage: Delivery, At: day(0), Qty: 1},
		{ID: "a", Stage: Delivery, At: day(2)},
		{ID: "a", Stage: Accept, At: day(2), Qty: 1},
		{ID: "b", Stage: Promise, At: day(2)},
		{ID: "c"},
	}
	_, err := Record(list, entries)
	var invalid *wip.InvalidError
	require.ErrorAs(t, err, &invalid)
	var codes []wip.Code
	for _, i := range invalid.Issues {
		codes = append(codes, i.Code)
	}
	assert.Equal(t, []wip.Code{OutOfTurn, wip.BadRange, wip.Negative, OutOfTurn, OutOfTurn, UnknownID}, codes)
	assert.True(t, list[0].Requested.IsZero())
}

func TestReminders(t *testing.T) {
	now := day(10)
	for _, c := range []struct {
		name string
		c    Commission
		want []Reason
	}{
		{"far off", Commission{Qty: 1, Start: day(20), Due: day(30)}, nil},
		{"to begin", Commission{Qty: 1, Start: day(11), Due: day(30)}, []Reason{NotRequested}},
		{"no answer", Commission{Qty: 1, Requested: day(9), Due: day(30)}, []Reason{NotPromised}},
		{"too late", Commission{Qty: 1, Requested: day(9), Promised: day(31), Due: day(30)}, []Reason{PromisedLate}},
		{"on its way", Commission{Qty: 1, Requested: day(9), Promised: day(20), Due: day(30)}, nil},
		{"soon", Commission{Qty: 1, Requested: day(9), Promised: day(11), Due: day(12)}, []Reason{DueSoon}},
		{"promise broken", Commission{Qty: 1, Requested: day(1), Promised: day(9), Due: day(30)}, []Reason{Overdue}},
		{"overdue", Commission{Qty: 2, DeliveredQty: 1, Requested: day(1), Due: day(9)}, []Reason{Overdue}},
		{"not looked at", Commission{Qty: 2, DeliveredQty: 2, Requested: day(1), Due: day(9)}, []Reason{NotAccepted}},
		{"done", Commission{Qty: 2, DeliveredQty: 2, AcceptedQty: 2, Requested: day(1), Due: day(9)}, nil},
	} {
		var got []Reason
		for _, r := range Reminders([]Commission{c.c}, now, 48*time.Hour) {
			got = append(got, r.Reason)
		}
		assert.Equal(t, c.want, got, c.name)
	}
}

func TestTimeliness(t *testing.T) {
	list := []Commission{
		{Partner: "x", Qty: 2, Requested: day(0), Promised: day(4), Due: day(5), Delivered: day(3), DeliveredQty: 2, AcceptedQty: 2},
		{Partner: "x", Qty: 2, Requested: day(0), Promised: day(4), Due: day(5), Delivered: day(6), DeliveredQty: 2, AcceptedQty: 1},
		{Partner: "x", Qty: 2, Requested: day(0), Due: day(8)},
		{Partner: "x", Qty: 2, Due: day(8)},
		{Kind: Service, Provider: "x", Qty: 1, Requested: day(0), Due: day(20)},
	}
	s := Timeliness(list, day(10))
	require.Len(t, s, 2)
	assert.Equal(t, Score{Party: "x", Given: 3, Complete: 2, OnTime: 1, AsPromised: 1, Overdue: 1, Late: 3 * 24 * time.Hour, Accepted: 0.75}, s[0])
	assert.InDelta(t, 1.0/3, s[0].OnTimeShare(), 1e-12)
	assert.Equal(t, 1.0, s[1].OnTimeShare())
}
