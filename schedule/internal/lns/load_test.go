package lns

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/brute"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// TestBoundIsBelowTheBest compares the bound with the best of all schedules of
// models in which machines, pools and calendars decide.
func TestBoundIsBelowTheBest(t *testing.T) {
	specs := map[string]generate.Spec{
		"machine":   {Jobs: 3, OpsPerJob: 1, Machines: 1, MaxWork: 3, Releases: true, Makespan: true},
		"modes":     {Jobs: 3, OpsPerJob: 1, Machines: 2, Modes: 2, MaxWork: 3, Makespan: true},
		"shop":      {Jobs: 2, OpsPerJob: 2, Machines: 1, MaxWork: 2, Makespan: true},
		"pool":      {Jobs: 3, OpsPerJob: 1, Machines: 3, Pools: 1, MaxWork: 3, Makespan: true},
		"calendar":  {Jobs: 2, OpsPerJob: 1, Machines: 1, MaxWork: 2, Horizon: 40, Pausable: true, Makespan: true},
		"rates":     {Jobs: 2, OpsPerJob: 1, Machines: 1, Pools: 1, MaxWork: 2, Horizon: 40, Pausable: true, Rates: true, Makespan: true},
		"waits":     {Jobs: 1, OpsPerJob: 3, Machines: 1, MaxWork: 2, Waits: true, Makespan: true},
		"frozen":    {Jobs: 2, OpsPerJob: 2, Machines: 1, MaxWork: 2, Frozen: true, Blocking: true, Makespan: true},
		"tardiness": {Jobs: 3, OpsPerJob: 1, Machines: 1, MaxWork: 3, Horizon: 40, Tardiness: true, Makespan: true},
	}
	met, all := 0, 0
	for name, spec := range specs {
		for seed := range uint64(15) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			want := brute.Best(m, 9)
			if want == core.NoCost {
				continue // nothing within the horizon
			}
			got := newBounder(m).least
			require.LessOrEqual(t, got, want.Value, "%s, seed %d", name, seed)
			if all++; got == want.Value {
				met++
			}
		}
	}
	t.Logf("met %d of %d", met, all)
	require.Greater(t, 10*met, 7*all)
}

// TestLoadOfAPool needs 3 of 4 units for 10 ticks twice and one for 4 ticks
// twice: 68 units times ticks take 17 ticks, and there is a head of 2 and a tail
// of 1.
func TestLoadOfAPool(t *testing.T) {
	var b core.Builder
	pool := core.Machine
	pool.Capacity = 4
	r, free := b.AddResource(pool), core.Machine
	free.Capacity = 9
	other := b.AddResource(free)
	for _, d := range []struct {
		work  int64
		units int32
	}{{10, 3}, {10, 3}, {4, 1}, {4, 1}} {
		job := b.AddJob(core.Job{Release: 2, Due: core.Never, Deadline: core.Never})
		o := b.AddOp(job, 0)
		b.AddMode(d.work, core.Need{Resource: r, Units: d.units})
		b.Follow(o, b.AddOp(job, 0))
		b.AddMode(1, core.Need{Resource: other, Units: 1})
	}
	b.SetObjective(core.Objective{Makespan: 1})
	m, err := b.Build()
	require.NoError(t, err)
	require.Equal(t, int64(2+17+1), newBounder(m).least)
}
