package release_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

// The best round is the one with the least cost observed, whatever order they
// come in, and lead times move half of the way to those observed.
func TestIterate(t *testing.T) {
	p := pumps()
	cost := []float64{5, 3, 4}
	calls := 0
	observe := func(context.Context, *schedule.Problem, *schedule.Plan) (release.Observation, error) {
		calls++
		return release.Observation{Cost: cost[calls-1], LeadTimes: []release.LeadTime{{Routing: "make", Time: 96 * time.Hour}}}, nil
	}
	rounds, best, err := release.Iterate(context.Background(), p, release.Options{}, release.Iteration{Rounds: 3}, observe)
	require.NoError(t, err)
	require.Len(t, rounds, 3)
	require.Equal(t, 1, best)
	first := rounds[0].Result.LeadTimes[0].Time
	want := first
	for _, r := range rounds[1:] {
		want += (96*time.Hour - want) / 2
		require.InDelta(t, want.Hours(), r.LeadTimes[0].Time.Hours(), 0.1)
		require.InDelta(t, want.Hours(), r.Result.LeadTimes[0].Time.Hours(), 0.1)
		require.Empty(t, verify.Check(p, r.Result.Plan))
	}
	stop := errors.New("no simulator")
	rounds, best, err = release.Iterate(context.Background(), p, release.Options{}, release.Iteration{},
		func(context.Context, *schedule.Problem, *schedule.Plan) (release.Observation, error) {
			return release.Observation{}, stop
		})
	require.ErrorIs(t, err, stop)
	require.Empty(t, rounds)
	require.Negative(t, best)
	_, _, err = release.Iterate(context.Background(), p, release.Options{}, release.Iteration{Rounds: -1, Damping: 2, Settled: -1}, nil)
	var wrong *release.OptionError
	require.ErrorAs(t, err, &wrong)
	require.Len(t, wrong.Issues, 3)
}

// Iterated with the finite schedule, plans of a loaded shop are no dearer than
// the first.
func TestIterateScheduled(t *testing.T) {
	for seed := range uint64(2) {
		p := shop{ends: 4, parts: 5, bought: 4, machines: 5, weeks: 6, load: 1, seed: seed, objective: schedule.Economy()}.problem()
		rounds, best, err := release.Iterate(context.Background(), p, release.Options{MaxSteps: -1}, release.Iteration{Rounds: 3}, nil)
		require.NoError(t, err)
		for _, r := range rounds {
			require.Empty(t, verify.Check(p, r.Result.Plan))
			require.LessOrEqual(t, rounds[best].Result.Plan.Metrics.Cost, r.Result.Plan.Metrics.Cost)
		}
		t.Logf("seed %d: first %d, best %d in round %d", seed, rounds[0].Result.Plan.Metrics.Cost, rounds[best].Result.Plan.Metrics.Cost, best)
	}
}
