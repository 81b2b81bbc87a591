package control_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

var background = context.Background()

func planned(t *testing.T, p *schedule.Problem) *schedule.Plan {
	r, err := heuristic.Plan(background, p, heuristic.Options{MaxSteps: 100})
	require.NoError(t, err)
	return r.Plan
}

var extents = []control.Extent{control.RightShift, control.Resequence, control.Reroute, control.Overtime, control.Subcontract, control.Full}

// If nothing has happened yet, nothing moves.
func TestNothingHappenedNothingMoves(t *testing.T) {
	for seed := range uint64(20) {
		p := scenario.Random(seed)
		plan := planned(t, p)
		now := p.Times().Now
		for _, e := range extents[:4] {
			r, err := control.Replan(background, p, plan, execute(p, plan, now, 0), now, control.Options{Extent: e})
			require.NoError(t, err)
			require.Empty(t, r.Changes, "seed %d, %v", seed, e)
			require.Empty(t, r.Effects, "seed %d, %v", seed, e)
		}
	}
}

// Whatever has happened, the corrected plan is allowed.
func TestACorrectedPlanIsAllowed(t *testing.T) {
	for seed := range uint64(25) {
		p := scenario.Random(seed)
		plan := planned(t, p)
		span := p.To.Sub(p.Times().Now)
		for n, e := range extents {
			now := p.Times().Now.Add(span * time.Duration(n+1) / 20).Truncate(p.Times().Tick)
			state := execute(p, plan, now, 300*(n%3))
			if len(p.Resources) > 0 && n%2 == 1 {
				state.Down = []wip.Standstill{{Workplace: wip.WorkplaceID(p.Resources[int(seed)%len(p.Resources)].ID), Since: now}}
			}
			r, err := control.Replan(background, p, plan, state, now, control.Options{Extent: e, MaxSteps: 20, Frozen: time.Duration(n) * 5 * time.Hour, Change: int64(n)})
			require.NoError(t, err, fmt.Sprint(seed, e))
			require.Empty(t, verify.Check(r.Problem, r.Plan), fmt.Sprint(seed, " ", e, " ", now))
			_ = r.String()
		}
	}
}

// However often a plan that is kept to is corrected, it does not slip: what was
// spent on a piece in hand, or on setting up for it, is not spent again.
func TestFrequentCorrectionsDoNotSlip(t *testing.T) {
	first, _, err := scenario.Parse(`
horizon 20d
changeover T *>red=2h *>blue=1h
item A
item B
resource M changeover=T
routing RA A
  step cast M setup=30m fixed=7h family=red
  step cool -  fixed=3h
routing RB B
  step cast M setup=30m unit=2h family=blue
line A1 A 1 1d00:00
line B1 B 5 2d00:00
line A2 A 2 3d00:00
`)
	require.NoError(t, err)
	plan := planned(t, first)
	end, started := first.From.Add(plan.Metrics.Makespan), 0
	for now := first.From.Add(time.Hour); now.Before(end); now = now.Add(37 * time.Minute) {
		state := execute(first, plan, now, 0)
		for i := range state.Progress {
			q := &state.Progress[i]
			k := slices.IndexFunc(plan.Operations, func(o schedule.Operation) bool { return o.Order == q.Order && o.Step == q.Step })
			if o := &plan.Operations[k]; q.Ended.IsZero() {
				q.Spent = now.Sub(q.Started)
				q.Good = o.Qty * wip.Qty(max(0, q.Spent-o.Setup)/time.Minute) / wip.Qty(o.End.Sub(o.Start.Add(o.Setup))/time.Minute)
				started++
			}
		}
		r, err := control.Replan(background, first, plan, state, now, control.Options{})
		require.NoError(t, err)
		require.Empty(t, verify.Check(r.Problem, r.Plan))
		require.Empty(t, r.Changes, now)
	}
	require.Greater(t, started, 20)
}

// Of the operations outside the hit area, those of orders that never come to the
// machine that breaks down, more than 95 % stay where they are.
func TestWhatIsNotHitStays(t *testing.T) {
	outside, moved := 0, 0
	for seed := range uint64(3) {
		p := scenario.Plant{Lines: 600, Items: 40, Machines: 20, Components: 40, Seed: seed}.Problem()
		made, err := heuristic.Plan(background, p, heuristic.Options{MaxSteps: -1})
		require.NoError(t, err)
		plan := made.Plan
		desk, err := control.Open(background, p, plan)
		require.NoError(t, err)
		x := schedule.NewIndex(p)
		for _, out := range outages(p, plan) {
			hit := map[schedule.OrderID]bool{}
			routing := map[schedule.OrderID]schedule.RoutingID{}
			for i := range plan.Orders {
				routing[plan.Orders[i].ID] = plan.Orders[i].Routing
			}
			for i := range plan.Operations {
				o := &plan.Operations[i]
				st := x.Step(routing[o.Order], o.Step)
				hit[o.Order] = hit[o.Order] || o.Machine(&st.Modes[o.Mode]) == out.Resource
			}
			r, err := desk.Breakdown(out.Resource, capacity.Outage{From: out.From, To: out.Until}, control.Options{})
			require.NoError(t, err)
			for i := range plan.Operations {
				if !hit[plan.Operations[i].Order] {
					outside++
				}
			}
			for _, c := range r.Changes {
				if c.Step != "" && !hit[c.Order] {
					moved++
				}
			}
		}
	}
	require.Greater(t, outside, 30_000)
	require.Less(t, 20*moved, outside)
	t.Logf("%d of %d operations outside the hit area moved", moved, outside)
}

// A step that was begun at another machine than planned is there, and has set
// that machine up.
func TestThePresentIsWhereTheWorkIs(t *testing.T) {
	moved := *state
	moved.Progress = []wip.StepState{{
		Progress:  wip.Progress{Order: "P1", Step: "mill", Started: start.Add(4 * time.Hour), Good: 2},
		Workplace: "old mill",
	}}
	p, err := control.Present(shop, plan, &moved, state.At, time.Hour)
	require.NoError(t, err)
	require.Equal(t, 1, p.Orders[0].Steps[0].Mode)
	r, err := control.Replan(background, shop, plan, &moved, state.At, control.Options{})
	require.NoError(t, err)
	require.Empty(t, verify.Check(r.Problem, r.Plan))
}

// New lots have names that nothing has or had, or the books would add them up.
func TestNewLotsHaveNewNames(t *testing.T) {
	p := *shop
	now := start.Add(36 * time.Hour)
	before := execute(&p, plan, now, 0)
	var used []schedule.OrderID
	for _, o := range before.Orders {
		used = append(used, schedule.OrderID(o.Order))
	}
	require.NotEmpty(t, used)
	p.Lines = append(slices.Clip(p.Lines), schedule.ContractLine{ID: "L4", Contract: "C2", Item: "housing", Qty: 4, Due: start.AddDate(0, 0, 5)})
	for _, e := range extents {
		r, err := control.Replan(background, &p, plan, before, now, control.Options{Extent: e, MaxSteps: 20})
		require.NoError(t, err)
		made := 0
		for _, o := range r.Plan.Orders {
			if !o.Existing {
				made++
				require.NotContains(t, used, o.ID, "%v", e)
			}
		}
		require.Positive(t, made, "%v", e)
	}
}
