package main

import (
	"context"
	"fmt"
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
	bound, err := short(7).perfect(context.Background())
	require.NoError(t, err)
	for _, s := range []setting{
		byRelease(short, "", 0, simulate.Immediate{}),
		byRelease(short, "", 0, simulate.WorkloadControl{Norm: hours(6), Check: hours(4), Allowance: hours(4)}),
		rolling(short, "", hours(8), 0, simulate.Planned{Ahead: hours(2)}, byHeuristic(heuristic.Options{Direction: heuristic.Forward})),
	} {
		first, err := s.run(context.Background(), 7)
		require.NoError(t, err)
		second, err := s.run(context.Background(), 7)
		require.NoError(t, err)
		first.planning, second.planning = 0, 0
		assert.Equal(t, fmt.Sprint(first), fmt.Sprint(second))
		assert.Greater(t, first.cost, bound.cost)
	}
}

// Output as uneven as demand needs no stock, and an even one for a week that is
// due on its last day what has been made of it by each day before; that a square
// is bounded by tangents lets it be a little less.
func TestLeastStock(t *testing.T) {
	week := []float64{0, 0, 0, 0, 50}
	free, err := leastStock(context.Background(), week, 2.01)
	require.NoError(t, err)
	assert.InDelta(t, 0, free, 1e-9)
	even, err := leastStock(context.Background(), week, 0)
	require.NoError(t, err)
	assert.InEpsilon(t, (10+20+30+40)/7.0, even, 0.12)
	assert.LessOrEqual(t, even, (10+20+30+40)/7.0)
}

// Every plan of a rolling strategy is allowed.
func TestPlansAreAllowed(t *testing.T) {
	plans := 0
	checked := func(of department) department {
		plan := of()
		return func() planner {
			return func(ctx context.Context, p *schedule.Problem, last *schedule.Plan) (*schedule.Plan, error) {
				made, err := plan(ctx, p, last)
				if err == nil {
					assert.Empty(t, verify.Check(p, made))
					plans++
				}
				return made, err
			}
		}
	}
	forward := byHeuristic(heuristic.Options{Direction: heuristic.Forward})
	_, err := rolling(short, "", hours(24), 0, simulate.Planned{}, checked(forward)).run(context.Background(), 3)
	require.NoError(t, err)
	for _, d := range []department{
		byHeuristic(heuristic.Options{Direction: heuristic.JustInTime}), byLP(program{steady: true}),
		byLP(program{queues: clearing(contractCongestion, 1)}), byLP(program{observe: executed(contractOptions, planCost)}),
	} {
		world := contractWorld(3)
		s, err := simulate.New(world, &schedule.Plan{}, contractOptions(3))
		require.NoError(t, err)
		b, plan := newBook(world, 24*time.Hour), checked(d)()
		for day := range 3 {
			require.NoError(t, s.Run(context.Background(), world.From.AddDate(0, 0, 3*day).Add(5*time.Hour)))
			require.NoError(t, b.replan(context.Background(), s, plan))
		}
	}
	assert.Greater(t, plans, 20)
}
