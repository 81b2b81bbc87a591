package lns

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/internal/invariants"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/dispatch"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// specs has each kind of constraint and of objective alone, and all together.
var specs = map[string]generate.Spec{
	"job shop":  {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Makespan: true},
	"flexible":  {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 9, Tardiness: true},
	"calendars": {Jobs: 6, OpsPerJob: 5, Machines: 4, MaxWork: 6, Horizon: 2000, Pausable: true, Rates: true, Makespan: true},
	"setups":    {Jobs: 8, OpsPerJob: 5, Machines: 3, MaxWork: 9, Families: 3, Others: true},
	"pools":     {Jobs: 8, OpsPerJob: 5, Machines: 4, Pools: 2, MaxWork: 9, Makespan: true},
	"networks":  {Jobs: 4, OpsPerJob: 9, Machines: 4, MaxWork: 9, Networks: true, Releases: true, Makespan: true},
	"waits":     {Jobs: 6, OpsPerJob: 5, Machines: 4, MaxWork: 9, Waits: true, Makespan: true},
	"no-wait":   {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, NoWait: true, Makespan: true},
	"blocking":  {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Blocking: true, Makespan: true},
	"mixed":     {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 6, Horizon: 4000, Pausable: true, Pools: 2, Networks: true, NoWait: true, Blocking: true, Releases: true, Frozen: true, Tardiness: true},
	"all": {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 6, Horizon: 4000, Pausable: true, Rates: true, Families: 3,
		Pools: 2, Networks: true, Waits: true, NoWait: true, Blocking: true, Releases: true, Frozen: true, Makespan: true, Tardiness: true},
}

func TestEveryNewBestIsFeasibleAndPricedRight(t *testing.T) {
	for name, spec := range specs {
		for seed := range uint64(4) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			e := New(m, seed)
			s := core.NewSchedule(m.Ops())
			last := core.NoCost
			for range 300 {
				e.Run(nil, 1)
				c := e.Best(s)
				if c == last {
					continue
				}
				require.True(t, c.Less(last))
				last = c
				require.Equal(t, m.Evaluate(s), c, name)
				require.LessOrEqual(t, e.Bound(), c.Value)
				for _, v := range m.Check(s) {
					require.Equal(t, core.Missing, v.Kind, "%s, seed %d: %v", name, seed, v)
				}
				if !spec.Waits && spec.Horizon == 0 { // shifts may leave no room for a group
					require.Zero(t, c.Missing, name)
				}
			}
			t.Logf("%s %d: %v, bound %d", name, seed, last, e.Bound())
		}
	}
}

func TestPiecesDoNotMatter(t *testing.T) {
	m, err := generate.Random(specs["all"], 1)
	require.NoError(t, err)
	run := func(pieces func() int64) string {
		e := New(m, 7)
		for left := int64(200); left > 0; {
			left -= e.Run(nil, min(left, pieces()))
		}
		s := core.NewSchedule(m.Ops())
		return fmt.Sprint(e.Best(s), s)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	require.Equal(t, run(func() int64 { return 200 }), run(func() int64 { return 1 + rng.Int64N(50) }))
}

func TestNoAllocationInSteps(t *testing.T) {
	if invariants.Enabled {
		t.Skip("self-checks allocate")
	}
	for name, spec := range specs {
		m, err := generate.Random(spec, 1)
		require.NoError(t, err)
		e := New(m, 1)
		e.Run(nil, 200)
		require.Zero(t, testing.AllocsPerRun(1, func() { e.Run(nil, 50) }), name)
	}
}

// TestRebuiltInPlace runs what large models get on small ones.
func TestRebuiltInPlace(t *testing.T) {
	for name, spec := range specs {
		if spec.Families > 0 {
			continue
		}
		for seed := range uint64(4) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			e := newEngine(m, seed, dispatch.NewUnits(m), true)
			s := core.NewSchedule(m.Ops())
			for range 100 {
				e.Run(nil, 1)
				if c := e.Best(s); c != core.NoCost {
					require.Equal(t, m.Evaluate(s), c, name)
				}
			}
			for _, v := range m.Check(s) {
				require.Equal(t, core.Missing, v.Kind, "%s, seed %d: %v", name, seed, v)
			}
			if !invariants.Enabled { // which allocate
				require.Zero(t, testing.AllocsPerRun(1, func() { e.Run(nil, 10) }), name)
			}
		}
	}
}
