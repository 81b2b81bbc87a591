package control_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// works is a plant with a plan that is under way, and a machine of it that has
// just broken down.
func works(t *testing.T, seed uint64) (*schedule.Problem, *schedule.Plan, *wip.State) {
	p := scenario.Plant{Lines: 60, Items: 8, Machines: 4, Components: 12, Seed: seed, Shifts: true}.Problem()
	plan := planned(t, p)
	now := plan.Operations[len(plan.Operations)/3].Start.Add(3 * time.Hour)
	state := execute(p, plan, now, 0)
	state.Down = []wip.Standstill{{Workplace: "machine-001", Since: now, Cause: "bearing"}}
	return p, plan, state
}

// What starts in the frozen zone makes way for nobody: it moves only if it
// cannot stay.
func TestTheFrozenZoneStays(t *testing.T) {
	for seed := range uint64(5) {
		p, plan, state := works(t, seed)
		frozen := 48 * time.Hour
		for _, e := range extents {
			r, err := control.Replan(background, p, plan, state, state.At, control.Options{
				Extent: e, Frozen: frozen, Repair: 30 * time.Hour, MaxSteps: 50,
			})
			require.NoError(t, err)
			require.Empty(t, verify.Check(r.Problem, r.Plan))
			for _, m := range r.Moves() {
				if m.Step != "" && m.By > 0 && m.Before.Before(state.At.Add(frozen)) {
					require.NotZero(t, m.Why.Kind, "%v: %v", e, m)
				}
				require.False(t, m.By < 0 && m.Before.Before(state.At.Add(frozen)), "%v: %v", e, m)
			}
		}
	}
}

// What the breakdown does not reach stays where it is.
func TestABreakdownMovesLittle(t *testing.T) {
	for seed := range uint64(5) {
		p, plan, _ := works(t, seed)
		total := len(plan.Operations)
		state := &wip.State{Down: []wip.Standstill{{Workplace: "machine-001"}}}
		for _, e := range extents[:4] {
			r, err := control.Replan(background, p, plan, state, p.From, control.Options{Extent: e, Repair: 8 * time.Hour})
			require.NoError(t, err)
			require.Less(t, len(r.Changes), total/4, "seed %d, %v", seed, e)
		}
	}
}

// No further extent costs more than waiting, its changes included.
func TestFurtherExtentsCostNoMore(t *testing.T) {
	for seed := range uint64(3) {
		p, plan, state := works(t, seed)
		cost := func(e control.Extent) int64 {
			r, err := control.Replan(background, p, plan, state, state.At, control.Options{Extent: e, Repair: 30 * time.Hour, MaxSteps: 50, Change: 7})
			require.NoError(t, err)
			return r.Plan.Metrics.Cost + 7*int64(len(r.Changes))
		}
		require.LessOrEqual(t, cost(control.Full), cost(control.Overtime), "seed %d", seed)
		for _, e := range extents {
			require.LessOrEqual(t, cost(e), cost(control.RightShift), "seed %d, %v", seed, e)
		}
	}
}

// If time runs out, the plan that there is by then is the result; with none, the
// error is that of the context.
func TestTheEndOfTheContextEndsTheSearch(t *testing.T) {
	p, plan, state := works(t, 1)
	ctx, cancel := context.WithCancel(background)
	cancel()
	_, err := control.Replan(ctx, p, plan, state, state.At, control.Options{Extent: control.Full})
	require.ErrorIs(t, err, context.Canceled)

	ctx, cancel = context.WithTimeout(background, 50*time.Millisecond)
	defer cancel()
	if r, err := control.Replan(ctx, p, plan, state, state.At, control.Options{Extent: control.Full}); err == nil {
		require.Empty(t, verify.Check(r.Problem, r.Plan))
	}
}

// A call changes none of its arguments and gives the same answer again.
func TestReplanIsRepeatable(t *testing.T) {
	p, plan, state := works(t, 2)
	again, plan2, state2 := works(t, 2)
	o := control.Options{Extent: control.Full, MaxSteps: 100, Frozen: 10 * time.Hour, Firm: 50 * time.Hour}
	a, err := control.Replan(background, p, plan, state, state.At, o)
	require.NoError(t, err)
	require.Equal(t, again, p)
	require.Equal(t, plan2, plan)
	require.Equal(t, state2, state)
	b, err := control.Replan(background, p, plan, state, state.At, o)
	require.NoError(t, err)
	require.Equal(t, a.Plan, b.Plan)
	require.Equal(t, a.String(), b.String())
}

// The firm zone keeps its orders: the same lots, under the same names.
func TestTheFirmZoneKeepsItsOrders(t *testing.T) {
	p, plan, state := works(t, 3)
	firm := 10 * 24 * time.Hour
	r, err := control.Replan(background, p, plan, state, state.At, control.Options{Extent: control.Full, MaxSteps: 100, Firm: firm})
	require.NoError(t, err)
	have := map[schedule.OrderID]wip.Qty{}
	for _, o := range r.Plan.Orders {
		have[o.ID] = o.Qty
	}
	kept := 0
	for _, o := range plan.Orders {
		if !o.Release.Before(state.At) && o.Release.Before(state.At.Add(firm)) {
			require.Equal(t, o.Qty, have[o.ID], o.ID)
			kept++
		}
	}
	require.Positive(t, kept)
}

func TestPresentListsWhatIsUnknown(t *testing.T) {
	p := twoMachines(1)
	_, err := control.Present(p, planned(t, p), &wip.State{
		Stock:   []wip.Balance{{Point: wip.Point{Item: "bolt"}, Qty: 1}},
		Orders:  []wip.OrderState{{Order: "P99", Qty: 1}},
		Down:    []wip.Standstill{{Workplace: "press"}},
		Shipped: []wip.ShippedQty{{Line: "L99", Qty: 1}},
	}, monday, time.Hour)
	var unknown *schedule.ReferenceError
	require.ErrorAs(t, err, &unknown)
	require.Len(t, unknown.Paths, 4)
}

// What is true now is a valid problem at any instant of any plan.
func TestThePresentIsValid(t *testing.T) {
	for seed := range uint64(20) {
		p := scenario.Random(seed)
		plan := planned(t, p)
		for n := range 5 {
			now := p.Times().Now.Add(p.To.Sub(p.Times().Now) * time.Duration(n) / 7)
			q, err := control.Present(p, plan, execute(p, plan, now, 200), now, time.Hour)
			require.NoError(t, err)
			require.NoError(t, q.Validate(), "seed %d", seed)
		}
	}
}

// A plan that is carried out to the letter has no deviations, and each order's
// earned progress is as planned.
func TestNothingDeviatesIfAllGoesByPlan(t *testing.T) {
	for seed := range uint64(5) {
		p := twoMachines(seed)
		plan := planned(t, p)
		for n := range 6 {
			state := execute(p, plan, monday.Add(time.Duration(n)*19*time.Hour+time.Second), 0)
			require.Empty(t, control.Observe(p, plan, state, 0), "seed %d", seed)
			for _, e := range control.EarnedProgress(plan, state) {
				require.InDelta(t, e.Planned, e.Done, float64(time.Hour), "rounded down to whole pieces")
			}
		}
	}
}

func TestObserveNamesWhatDeviates(t *testing.T) {
	p := twoMachines(4)
	plan := planned(t, p)
	o := &plan.Operations[3]
	state := execute(p, plan, o.Start, 0) // nobody begins it
	state.At = o.Start.Add(2 * time.Hour)
	state.Down = []wip.Standstill{{Workplace: "lathe", Since: o.Start, Cause: "belt"}}
	kinds := map[control.DeviationKind]int{}
	for _, d := range control.Observe(p, plan, state, time.Hour) {
		kinds[d.Kind]++
		if d.Kind == control.LateStart && d.Order == o.Order && d.Step == o.Step {
			require.Equal(t, 2*time.Hour, d.By)
		}
	}
	require.Positive(t, kinds[control.LateStart])
	require.Equal(t, 1, kinds[control.Down])
}

func TestAlarmsTremble(t *testing.T) {
	rule := control.Rule{Name: "late", On: 10, Off: 5, Patience: 2}
	var w control.Watch
	look := func(v int64) (raised, cleared int) {
		for _, a := range w.Look(rule, monday, []control.Reading{{Object: "x", Value: v}, {Object: "y", Value: 0}}) {
			require.Equal(t, "x", a.Object)
			if a.Raised {
				raised++
			} else {
				cleared++
			}
		}
		return raised, cleared
	}
	for i, step := range []struct {
		value           int64
		raised, cleared int
	}{{12, 0, 0}, {9, 0, 0}, {10, 0, 0}, {11, 1, 0}, {6, 0, 0}, {5, 0, 0}, {6, 0, 0}, {4, 0, 0}, {3, 0, 1}, {12, 0, 0}} {
		raised, cleared := look(step.value)
		require.Equal(t, [2]int{step.raised, step.cleared}, [2]int{raised, cleared}, "look %d", i)
	}
	look(12)
	require.Equal(t, []string{"x"}, w.On(rule))
	w.Look(rule, monday, nil)
	require.Len(t, w.Look(rule, monday, nil), 1, "what is no longer read is cleared")
}

func TestRepairTimeIsAQuantile(t *testing.T) {
	past := []time.Duration{5, 1, 4, 2, 3}
	require.Equal(t, time.Duration(4), control.RepairTime(past, 800))
	require.Equal(t, time.Duration(5), control.RepairTime(past, 1000))
	require.Equal(t, time.Duration(1), control.RepairTime(past, 0))
	require.Zero(t, control.RepairTime(nil, 800))
	require.Equal(t, []time.Duration{5, 1, 4, 2, 3}, past)
}

// Scenarios leave the problem alone, and their outcomes do not depend on how
// many are planned at a time.
func TestScenariosShareNothing(t *testing.T) {
	p, before := twoMachines(5), twoMachines(5)
	scenarios := []control.Scenario{
		{Name: "as it is"},
		{Name: "breakdown", Events: []control.Event{control.Breakdown{Resource: "mill", From: monday, Until: monday.Add(20 * time.Hour)}}},
		{Name: "new lathe", Events: []control.Event{control.NewMachine{Resource: p.Resources[0], Like: "lathe"}}},
		{Name: "quick", Events: []control.Event{control.ShorterSetup{Resource: "mill", To: 0}, control.LotSize{Item: "gear", Lot: schedule.Lot{Multiple: 3}}}},
	}
	_, err := control.Compare(background, p, scenarios, heuristic.Options{MaxSteps: 30}, 1)
	require.ErrorContains(t, err, "new lathe", "which has the name of the old one")
	machine := p.Resources[0]
	machine.ID = "second lathe"
	scenarios[2].Events[0] = control.NewMachine{Resource: machine, Like: "lathe"}
	one, err := control.Compare(background, p, scenarios, heuristic.Options{MaxSteps: 30}, 1)
	require.NoError(t, err)
	four, err := control.Compare(background, p, scenarios, heuristic.Options{MaxSteps: 30}, 4)
	require.NoError(t, err)
	require.Equal(t, one.String(), four.String())
	require.Equal(t, before, p)
	for _, o := range one.Outcomes {
		require.Empty(t, verify.Check(o.Problem, o.Plan), o.Scenario.Name)
	}
	require.Less(t, one.Outcomes[0].Plan.Metrics.Cost, one.Outcomes[1].Plan.Metrics.Cost)
	require.GreaterOrEqual(t, one.Outcomes[0].Plan.Metrics.Cost, one.Outcomes[2].Plan.Metrics.Cost)
}

// The card ranks by cost, and each of its plans is allowed.
func TestACardRanksItsOptions(t *testing.T) {
	for seed := range uint64(5) {
		p := twoMachines(seed)
		plan := planned(t, p)
		o := plan.Operations[5]
		card, err := control.Disruption(background, p, plan, control.Breakdown{
			Resource: "lathe", From: o.Start, Until: o.Start.Add(10 * time.Hour),
		}, control.Options{MaxSteps: 20})
		require.NoError(t, err)
		require.Len(t, card.Options, len(extents))
		for i, option := range card.Options {
			require.Empty(t, verify.Check(option.Revision.Problem, option.Revision.Plan))
			require.True(t, i == 0 || option.Cost >= card.Options[i-1].Cost)
		}
		require.NotEmpty(t, card.String())
	}
	_, err := control.Disruption(background, twoMachines(1), planned(t, twoMachines(1)), control.Breakdown{Resource: "press"}, control.Options{})
	require.ErrorContains(t, err, "press")
}
