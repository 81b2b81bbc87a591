package heuristic_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

const boards = 40

var freedoms = []heuristic.Freedom{{}, {Gaps: true}, {Gaps: true, Reroute: true}, {Reroute: true, Overtime: true, Supply: true}}

// hung returns a random problem, a plan for it, and the plan on a board.
func hung(t *testing.T, seed uint64) (*schedule.Problem, *schedule.Plan, *heuristic.Board) {
	p := scenario.Random(seed)
	planned, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 200})
	require.NoError(t, err)
	b, err := heuristic.NewBoard(context.Background(), p, planned.Plan, heuristic.Freedom{})
	require.NoError(t, err)
	return p, planned.Plan, b
}

func TestABoardKeepsAnAllowedPlan(t *testing.T) {
	for seed := range uint64(boards) {
		p, plan, b := hung(t, seed)
		require.True(t, b.Mended(), seed)
		again, err := b.Plan()
		require.NoError(t, err)
		for _, c := range schedule.Changes(plan, again) {
			require.Less(t, c.Before.Sub(c.After).Abs(), p.Times().Tick, "seed %d: but for ticks, %v", seed, c)
		}
		require.Empty(t, verify.Check(p, again), "seed %d", seed)
		require.Equal(t, len(plan.Deliveries), len(again.Deliveries), "seed %d", seed)
	}
}

func TestWhatAnOutageHitsIsMoved(t *testing.T) {
	mended, moved := 0, 0
	for seed := range uint64(boards) {
		_, plan, b := hung(t, seed)
		before, err := b.Plan()
		require.NoError(t, err)
		if len(plan.Operations) == 0 {
			continue
		}
		for n, f := range freedoms {
			id, out, ok := outage(b.Problem(), plan, seed)
			if !ok {
				continue
			}
			require.NoError(t, b.Outage(id, out, f))
			if b.Mended() {
				mended++
				after, err := b.Plan()
				require.NoError(t, err)
				require.Empty(t, verify.Check(b.Problem(), after), fmt.Sprint(seed, " ", n, " ", id, out))
				moved += len(b.Changes())
			}
			b.Undo()
			after, err := b.Plan()
			require.NoError(t, err)
			require.Equal(t, before, after, fmt.Sprint(seed, " ", n))
		}
	}
	require.Greater(t, mended, boards)
	require.Greater(t, moved, boards)
}

// outage puts the machine of an operation out of service around its middle.
func outage(p *schedule.Problem, plan *schedule.Plan, seed uint64) (schedule.ResourceID, capacity.Outage, bool) {
	x := schedule.NewIndex(p)
	o := &plan.Operations[int(seed*7919)%len(plan.Operations)]
	for _, q := range plan.Orders {
		if q.ID == o.Order {
			if st := x.Step(q.Routing, o.Step); len(st.Modes) > 0 {
				from := o.Start.Add(o.End.Sub(o.Start) / 2)
				if now := p.Times().Now; from.Before(now) {
					from = now
				}
				machine := o.Machine(&st.Modes[o.Mode])
				return machine, capacity.Outage{From: from, To: from.Add(11 * time.Hour)}, machine != ""
			}
		}
	}
	return "", capacity.Outage{}, false
}

func TestAnOfferMovesNoPromise(t *testing.T) {
	delivered := 0
	for seed := range uint64(boards) {
		p, _, b := hung(t, seed)
		before, err := b.Plan()
		require.NoError(t, err)
		for n := range 4 {
			item := &p.Items[(int(seed)+n)%len(p.Items)]
			line := schedule.ContractLine{
				ID: "offer", Item: item.ID, Location: p.Locations[n%len(p.Locations)].ID, Qty: wip.Qty(int64(n+1) * item.Scale()), Late: 5000,
			}
			displace := n%2 == 1
			got, err := b.Offer(line, displace)
			require.NoError(t, err)
			delivered += len(got)
			after, err := b.Plan()
			require.NoError(t, err)
			require.Empty(t, verify.Check(b.Problem(), after), fmt.Sprint(seed, " ", n))
			if !displace {
				require.Empty(t, b.Lines(), fmt.Sprint(seed, " ", n))
			}
			b.Undo()
			again, err := b.Plan()
			require.NoError(t, err)
			require.Equal(t, before, again, fmt.Sprint(seed, " ", n))
		}
	}
	require.Greater(t, delivered, boards)
}
