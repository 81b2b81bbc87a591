package control_test

import (
	"context"
	"fmt"
	"slices"
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
