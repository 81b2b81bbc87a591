package main

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/schedule/verify"
)

// short is the job shop for a few days.
func short(seed uint64) *jobWorld {
	w := jobShopWorld(seed)
	w.warm, w.until, w.end = 50*time.Hour, 200*time.Hour, 300*time.Hour
	for i := range w.jobs {
		if w.jobs[i].arrives > 200*time.Hour {
			w.jobs = w.jobs[:i]
			break
		}
	}
	return w
}

func TestPaired(t *testing.T) {
	d, half := paired([]float64{3, 5, 4}, []float64{1, 2, 3})
	assert.InDelta(t, 2, d, 1e-12)
	assert.InDelta(t, 4.303*1/math.Sqrt(3), half, 1e-9)
}

// The same seed gives the same outcome, and no strategy beats the bound.
func TestStrategies(t *testing.T) {
	bound := short(7).bound().cost
	for _, s := range []setting{
		byRelease(short, "", 0, simulate.Immediate{}),
		byRelease(short, "", 0, simulate.WorkloadControl{Norm: hours(6), Check: hours(4), Allowance: hours(4)}),
		rolling(short, "", hours(8), 0, simulate.Planned{Ahead: hours(2)}, byHeuristic(heuristic.Forward)),
	} {
		first, err := s.run(context.Background(), 7)
		require.NoError(t, err)
		second, err := s.run(context.Background(), 7)
		require.NoError(t, err)
		first.planning, second.planning = 0, 0
		assert.Equal(t, first, second)
		assert.Greater(t, first.cost, bound)
	}
}

// Every plan of a rolling strategy is allowed.
func TestPlansAreAllowed(t *testing.T) {
	plans := 0
	checked := func(of planner) planner {
		return func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
			plan, err := of(ctx, p)
			if err == nil {
				assert.Empty(t, verify.Check(p, plan))
				plans++
			}
			return plan, err
		}
	}
	_, err := rolling(short, "", hours(24), 0, simulate.Planned{}, checked(byHeuristic(heuristic.Forward))).run(context.Background(), 3)
	require.NoError(t, err)
	world := contractWorld(3)
	s, err := simulate.New(world, &schedule.Plan{}, contractOptions(3))
	require.NoError(t, err)
	b := newBook(world, 24*time.Hour)
	for day := range 12 {
		require.NoError(t, s.Run(context.Background(), world.From.AddDate(0, 0, day).Add(5*time.Hour)))
		require.NoError(t, b.replan(context.Background(), s, checked(byHeuristic(heuristic.JustInTime))))
	}
	assert.Greater(t, plans, 20)
}
