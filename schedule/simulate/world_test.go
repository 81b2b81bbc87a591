package simulate_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// rough is a world in which everything goes wrong.
func rough(p *schedule.Problem, seed uint64) simulate.Options {
	minutes := func(n int) simulate.Distribution {
		return simulate.Distribution{Mean: time.Duration(n) * time.Minute, Variation: simulate.Exponential()}
	}
	o := simulate.Options{
		Seed: seed, Work: simulate.Variation{Shape: simulate.Lognormal, CV: 0.5}, Yield: true,
		Breakdowns: []simulate.Breakdown{{ToFailure: minutes(2000), ToRepair: minutes(200)}},
		Delay:      minutes(600), DelayShare: 0.3, CancelShare: 0.2,
	}
	if len(p.Routings) > 0 {
		o.Rushes = []simulate.Rush{{Name: "rush", Routing: p.Routings[0].ID, Qty: 3, Between: minutes(3000), Allowance: minutes(4000)}}
	}
	return o
}

// Whatever happens, stock is the sum of the events, no order is done before it
// was released, and the same world comes again however often it is stopped.
func TestRoughWorlds(t *testing.T) {
	for seed := range scenario.Seeds(40, testing.Short()) {
		p, plan := planned(t, seed)
		for _, rule := range []simulate.Rule{{}, simulate.EDD(), simulate.ApparentTardiness(3)} {
			o := rough(p, seed)
			o.Rule = rule
			whole, err := simulate.Run(context.Background(), p, plan, o)
			require.NoError(t, err)

			var ledger wip.Ledger
			for i, b := range p.Stock {
				if b.Qty > 0 {
					require.NoError(t, ledger.Append(wip.Event{Key: fmt.Sprint(i), Kind: wip.Adjusted, At: p.Times().Now, Point: b.Point, Qty: b.Qty, Cause: "opening"}))
				}
			}
			var last time.Time
			o.Event = func(e wip.Event) {
				require.False(t, e.At.Before(last))
				last = e.At
				require.NoError(t, ledger.Append(e))
			}
			s, err := simulate.New(p, plan, o)
			require.NoError(t, err)
			for at := s.Now(); at.Before(p.To); at = at.Add(17 * time.Hour) {
				require.NoError(t, s.Run(context.Background(), at))
				agree(t, s.State(), &ledger)
			}
			require.NoError(t, s.Run(context.Background(), p.To))
			require.Equal(t, whole, s.Result(), "seed %d", seed)
			for _, r := range whole.Orders {
				if !r.Ended.IsZero() {
					assert.False(t, r.Ended.Before(r.Released))
				}
			}
		}
	}
}

// agree compares what a plant says of itself with the ledger of its events.
func agree(t *testing.T, s *wip.State, l *wip.Ledger) {
	for _, b := range s.Stock {
		require.Equal(t, l.Balance(b.Point, s.At), b.Qty, "%v", b.Point)
		require.GreaterOrEqual(t, b.Qty, wip.Qty(0))
	}
	for _, o := range s.Orders {
		told, ok := l.Order(o.Order, s.At)
		require.True(t, ok || !o.Released.After(s.At), "%s", o.Order)
		require.Equal(t, told.Closed, o.Closed)
		require.Equal(t, told.Delivered, o.Delivered)
	}
	for _, x := range s.Shipped {
		require.Equal(t, l.Shipped(x.Line, s.At), x.Qty)
	}
	for i := range s.Progress {
		x := &s.Progress[i]
		told, ok := l.Step(x.Order, x.Step, s.At)
		if ok && x.Started.After(s.At.AddDate(-1, 0, 0)) {
			require.Equal(t, told.Ended, x.Ended)
			require.Equal(t, told.Good, x.Good, "%s/%s", x.Order, x.Step)
			require.Equal(t, told.Scrap, x.Scrap)
		}
	}
}

// Two policies see the same work for the same steps.
func TestCommonRandomNumbers(t *testing.T) {
	p := shop(2, []string{"A", "B"}, route{machines: []string{"A"}}, route{machines: []string{"A", "B"}})
	spent := func(rule simulate.Rule) map[string]time.Duration {
		work := map[string]time.Duration{}
		_, err := simulate.Run(context.Background(), p, &schedule.Plan{}, simulate.Options{
			Seed: 4, Rule: rule, Work: simulate.Exponential(), Rushes: []simulate.Rush{poisson(0, 0.5), poisson(1, 0.4)},
			Event: func(e wip.Event) {
				if e.Kind == wip.Reported {
					work[string(e.Order)+"/"+string(e.Step)] += e.Spent
				}
			},
		})
		require.NoError(t, err)
		return work
	}
	fifo, spt := spent(simulate.FIFO()), spent(simulate.SPT())
	same, differ := 0, 0
	for k, d := range fifo {
		if o, ok := spt[k]; ok && o == d {
			same++
		} else if ok {
			differ++
		}
	}
	assert.Greater(t, same, 3000)
	assert.LessOrEqual(t, differ, 2, "only what was at work at the end")
}

// The same plan given again every morning changes nothing.
func TestFollowingTheSamePlan(t *testing.T) {
	for seed := range scenario.Seeds(40, testing.Short()) {
		p, plan := planned(t, seed)
		whole, err := simulate.Run(context.Background(), p, plan, simulate.Options{})
		require.NoError(t, err)
		s, err := simulate.New(p, plan, simulate.Options{})
		require.NoError(t, err)
		for at := s.Now(); at.Before(p.To); at = at.Add(19 * time.Hour) {
			require.NoError(t, s.Run(context.Background(), at))
			require.NoError(t, s.Follow(rest(plan, s)))
		}
		require.NoError(t, s.Run(context.Background(), p.To))
		ended := map[schedule.OrderID]time.Time{}
		for _, o := range whole.Orders {
			ended[o.ID] = o.Ended
		}
		for _, o := range s.Result().Orders {
			assert.Equal(t, ended[o.ID], o.Ended, "seed %d: order %s", seed, o.ID)
		}
	}
}

// rest is what a planner would still have in a plan.
func rest(plan *schedule.Plan, s *simulate.Plant) *schedule.Plan {
	closed := map[wip.OrderID]bool{}
	for _, o := range s.State().Orders {
		closed[o.Order] = !o.Closed.IsZero()
	}
	left := &schedule.Plan{Pegs: plan.Pegs}
	for _, o := range plan.Orders {
		if !closed[o.ID] {
			left.Orders = append(left.Orders, o)
		}
	}
	for _, o := range plan.Operations {
		if !closed[o.Order] {
			left.Operations = append(left.Operations, o)
		}
	}
	for _, o := range plan.Subcontracts {
		if !closed[o.Order] {
			left.Subcontracts = append(left.Subcontracts, o)
		}
	}
	for _, q := range plan.Purchases {
		if !q.Order.Before(s.Now()) {
			left.Purchases = append(left.Purchases, q)
		}
	}
	left.Transfers = plan.Transfers
	for _, d := range plan.Deliveries {
		if !d.At.Before(s.Now()) {
			left.Deliveries = append(left.Deliveries, d)
		}
	}
	return left
}

// A breakdown stops the work in hand, which goes on where it was.
func TestBreakdownStopsWork(t *testing.T) {
	p := shop(1, []string{"A"}, route{machines: []string{"A"}, times: []time.Duration{time.Hour}})
	plan := &schedule.Plan{Orders: []schedule.PlannedOrder{{ID: "1", Item: "i0", Routing: "r0", Qty: 1, Release: start, End: start.Add(time.Hour)}}}
	var stands []time.Time
	r, err := simulate.Run(context.Background(), p, plan, simulate.Options{
		Breakdowns: []simulate.Breakdown{{Resource: "A", ToFailure: simulate.Distribution{Mean: 25 * time.Minute}, ToRepair: simulate.Distribution{Mean: 10 * time.Minute}}},
		Event: func(e wip.Event) {
			if e.Kind == wip.Interrupted || e.Kind == wip.Resumed {
				stands = append(stands, e.At)
			}
		},
	})
	require.NoError(t, err)
	assert.Equal(t, start.Add(80*time.Minute), r.Orders[0].Ended, "25 at work, 10 down, 25 at work, 10 down, 10 at work")
	assert.Equal(t, start.Add(25*time.Minute), stands[0])
	assert.Equal(t, start.Add(35*time.Minute), stands[1])
	assert.Equal(t, time.Hour, r.Resources[0].Work)
}

// Short frequent and long rare breakdowns are equally long in all.
func TestAvailability(t *testing.T) {
	p := shop(200, []string{"A"}, route{machines: []string{"A"}})
	for _, b := range []simulate.Breakdown{simulate.ShortFrequent("A", 0.9, time.Hour), simulate.LongRare("A", 0.9, time.Hour)} {
		down := 0.0
		for seed := range uint64(10) {
			r, err := simulate.Run(context.Background(), p, &schedule.Plan{}, simulate.Options{Seed: seed, Breakdowns: []simulate.Breakdown{b}})
			require.NoError(t, err)
			down += r.Resources[0].Down.Hours() / (10 * 200 * 24)
		}
		assert.InDelta(t, 0.1, down, 0.01)
	}
}

func TestBadInput(t *testing.T) {
	p := shop(1, []string{"A"}, route{machines: []string{"A"}})
	_, err := simulate.New(p, &schedule.Plan{}, simulate.Options{
		Work: simulate.Variation{CV: -1}, DelayShare: 2,
		Breakdowns: []simulate.Breakdown{{Resource: "X"}}, Rushes: []simulate.Rush{{Routing: "none"}},
	})
	var options *simulate.OptionError
	require.ErrorAs(t, err, &options)
	assert.Len(t, options.Issues, 8)

	_, err = simulate.New(p, &schedule.Plan{
		Orders:     []schedule.PlannedOrder{{ID: "1", Routing: "none"}, {ID: "2", Routing: "r0", Qty: 1}, {ID: "2", Routing: "r0", Qty: 1}},
		Operations: []schedule.Operation{{Order: "2", Step: "s0", Mode: 7}, {Order: "2", Step: "s0", Resources: []capacity.ResourceID{"Z"}}, {Order: "9"}},
		Purchases:  []schedule.Purchase{{Supply: "none"}}, Transfers: []schedule.Transfer{{Lane: "none"}}, Deliveries: []schedule.Delivery{{Line: "none"}},
	}, simulate.Options{})
	var misfit *simulate.PlanError
	require.ErrorAs(t, err, &misfit)
	assert.Len(t, misfit.Issues, 9)

	var invalid *schedule.InvalidError
	_, err = simulate.New(&schedule.Problem{}, &schedule.Plan{}, simulate.Options{})
	assert.ErrorAs(t, err, &invalid)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = simulate.Run(ctx, p, &schedule.Plan{}, simulate.Options{Rushes: []simulate.Rush{poisson(0, 0.5)}})
	assert.ErrorIs(t, err, context.Canceled)
}
