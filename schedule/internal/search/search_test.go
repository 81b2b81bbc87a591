package search

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/brute"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

var everything = generate.Spec{Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 6, Horizon: 4000, Pausable: true, Rates: true, Families: 3,
	Pools: 2, Networks: true, NoWait: true, Blocking: true, Releases: true, Frozen: true, Makespan: true, Tardiness: true}

// shops has a model for each lineup.
var shops = map[string]generate.Spec{
	"job shop":  {Jobs: 8, OpsPerJob: 6, Machines: 5, MaxWork: 20, Makespan: true},
	"flexible":  {Jobs: 8, OpsPerJob: 6, Machines: 5, Modes: 3, MaxWork: 20, Makespan: true},
	"tardiness": {Jobs: 8, OpsPerJob: 6, Machines: 5, Modes: 2, MaxWork: 20, Releases: true, Tardiness: true},
	"shifts":    {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 2, MaxWork: 6, Horizon: 4000, Pools: 2, Makespan: true},
	"general":   everything,
}

func model(t *testing.T, spec generate.Spec, seed uint64) *core.Model {
	m, err := generate.Random(spec, seed)
	require.NoError(t, err)
	return m
}

func bytes(r Result) string { return fmt.Sprint(r.Cost, r.Bound, r.Steps, *r.Schedule) }

func TestSameStepsSameBytesOnAnyProcessors(t *testing.T) {
	for name, spec := range shops {
		m := model(t, spec, 1)
		o := Options{Seed: 3, MaxSteps: 130, Workers: 3}
		one := func(procs int) string {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			return bytes(Solve(context.Background(), m, o))
		}
		require.Equal(t, one(1), one(2), name)
	}
}

func TestCutRunCanBeReplayed(t *testing.T) {
	for name, spec := range shops {
		m := model(t, spec, 2)
		for _, after := range []time.Duration{0, time.Millisecond, 10 * time.Millisecond, 90 * time.Millisecond} {
			ctx, cancel := context.WithTimeout(context.Background(), after)
			cut := Solve(ctx, m, Options{Seed: 5, Workers: 2})
			cancel()
			require.NotEqual(t, core.NoCost, cut.Cost)
			require.Positive(t, cut.Steps)
			again := Solve(context.Background(), m, Options{Seed: 5, Workers: 2, MaxSteps: cut.Steps})
			require.Equal(t, bytes(cut), bytes(again), name)
			require.True(t, feasible(m, cut.Schedule), name)
			require.Equal(t, m.Evaluate(cut.Schedule), cut.Cost, name)
			require.LessOrEqual(t, cut.Bound, cut.Value, name)
		}
	}
}

// TestEveryLineupFindsTheBest compares with all schedules of small shops.
func TestEveryLineupFindsTheBest(t *testing.T) {
	for name, spec := range map[string]generate.Spec{
		"job shop":  {Jobs: 2, OpsPerJob: 3, Machines: 2, MaxWork: 2, Makespan: true},
		"flexible":  {Jobs: 2, OpsPerJob: 2, Machines: 2, Modes: 2, MaxWork: 2, Makespan: true},
		"tardiness": {Jobs: 2, OpsPerJob: 2, Machines: 2, Modes: 2, MaxWork: 2, Tardiness: true},
		"general":   {Jobs: 2, OpsPerJob: 2, Machines: 2, Pools: 1, MaxWork: 2, Blocking: true, Makespan: true},
	} {
		for seed := range uint64(8) {
			m := model(t, spec, seed)
			want := brute.Best(m, 9)
			if want == core.NoCost {
				continue
			}
			got := Solve(context.Background(), m, Options{MaxSteps: 100, Workers: 2})
			require.Equal(t, want, got.Cost, "%s, seed %d", name, seed)
			require.LessOrEqual(t, got.Bound, want.Value)
		}
	}
}

func TestStartIsNeverLost(t *testing.T) {
	m := model(t, everything, 4)
	good := Solve(context.Background(), m, Options{MaxSteps: 300})
	again := Solve(context.Background(), m, Options{MaxSteps: 1, Seed: 9, Start: good.Schedule})
	require.False(t, good.Cost.Less(again.Cost))
	require.True(t, feasible(m, again.Schedule))
}

func TestProvenEndsEarly(t *testing.T) {
	var b core.Builder
	r := b.AddResource(core.Machine)
	b.SetObjective(core.Objective{Makespan: 1})
	b.AddOp(b.AddJob(core.Job{Due: core.Never, Deadline: core.Never}), 0)
	b.AddMode(5, core.Need{Resource: r, Units: 1})
	m, err := b.Build()
	require.NoError(t, err)
	res := Solve(context.Background(), m, Options{Workers: 2})
	require.True(t, res.Optimal)
	require.Equal(t, Proven, res.Stop)
	require.EqualValues(t, 5, res.Value)
}

func TestEmptyModel(t *testing.T) {
	m, err := new(core.Builder).Build()
	require.NoError(t, err)
	res := Solve(context.Background(), m, Options{})
	require.True(t, res.Optimal)
}
