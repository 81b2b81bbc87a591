package window

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/brute"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// specs has each kind of constraint that the engine takes, and all together.
var specs = map[string]generate.Spec{
	"job shop":  {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Makespan: true},
	"flexible":  {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 9, Makespan: true},
	"calendars": {Jobs: 6, OpsPerJob: 5, Machines: 4, MaxWork: 6, Horizon: 2000, Pausable: true, Rates: true, Makespan: true},
	"pools":     {Jobs: 8, OpsPerJob: 5, Machines: 4, Pools: 2, MaxWork: 9, Makespan: true},
	"networks":  {Jobs: 4, OpsPerJob: 9, Machines: 4, MaxWork: 9, Networks: true, Releases: true, Makespan: true},
	"all": {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 6, Horizon: 4000, Pausable: true, Rates: true,
		Pools: 2, Networks: true, Releases: true, Makespan: true},
}

func TestEveryNewBestIsFeasibleAndPricedRight(t *testing.T) {
	for name, spec := range specs {
		for seed := range uint64(6) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			require.True(t, Fits(m), name)
			e := New(m, seed)
			s := core.NewSchedule(m.Ops())
			last := core.NoCost
			for range 40 {
				e.Run(nil, 1)
				c := e.Best(s)
				if c == last {
					continue
				}
				require.True(t, c.Less(last))
				last = c
				require.Equal(t, m.Evaluate(s), c, name)
				require.LessOrEqual(t, e.Bound(), c.Value)
				require.Empty(t, m.Check(s), name)
			}
			require.NotEqual(t, core.NoCost, last, name)
		}
	}
}

// TestBruteForce compares with the best of all schedules on models small enough
// to list them.
func TestBruteForce(t *testing.T) {
	for name, spec := range map[string]generate.Spec{
		"plain":     {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Makespan: true},
		"modes":     {Jobs: 2, OpsPerJob: 2, Machines: 2, Modes: 2, MaxWork: 2, Makespan: true},
		"calendars": {Jobs: 1, OpsPerJob: 3, Machines: 2, MaxWork: 2, Horizon: 40, Pausable: true, Rates: true, Makespan: true},
		"pools":     {Jobs: 2, OpsPerJob: 2, Machines: 2, Pools: 1, MaxWork: 2, Makespan: true},
		"networks":  {Jobs: 1, OpsPerJob: 4, Machines: 2, MaxWork: 2, Networks: true, Releases: true, Makespan: true},
	} {
		for seed := range uint64(8) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			want := brute.Best(m, 9)
			if want == core.NoCost {
				continue // nothing within the horizon
			}
			e := New(m, 1)
			e.Run(nil, 60)
			require.Equal(t, want, e.Best(nil), "%s, seed %d", name, seed)
			require.LessOrEqual(t, e.Bound(), want.Value, "%s, seed %d", name, seed)
		}
	}
}

// TestUndo makes choices at random and takes them back.
func TestUndo(t *testing.T) {
	for name, spec := range specs {
		m, err := generate.Random(spec, 1)
		require.NoError(t, err)
		s := newSearch(m, rand.NewPCG(1, 1))
		require.Equal(t, going, s.start(2000), name)
		state := func() string { return fmt.Sprint(s.span, s.open, s.modes, s.pairs, s.before, s.after) }
		before := state()
		for range 10 {
			for v := going; v == going && s.fails < 10; {
				v = s.step()
			}
			require.NotEqual(t, before, state(), name)
			s.start(2000)
			require.Equal(t, before, state(), name)
		}
	}
}

// TestNearRunKeepsTheRest finds the schedule that it begins with again if
// nothing may change, and nothing better.
func TestNearRunKeepsTheRest(t *testing.T) {
	for name, spec := range specs {
		m, err := generate.Random(spec, 2)
		require.NoError(t, err)
		e := New(m, 1)
		e.Run(nil, 5)
		require.Zero(t, e.cost.Missing, name)
		e.s.hood.size = 0
		require.Equal(t, going, e.s.start(lastEnd(e.best)), name)
		require.Equal(t, going, e.s.vary(), name)
		for v := going; v == going; {
			v = e.s.step()
			require.Zero(t, e.s.fails, name)
		}
		for o := range m.Ops() {
			require.LessOrEqual(t, e.s.span[o].end, e.best.End[o], name)
		}
	}
}

func TestPiecesDoNotMatter(t *testing.T) {
	m, err := generate.Random(specs["all"], 1)
	require.NoError(t, err)
	run := func(pieces func() int64) string {
		e := New(m, 7)
		for left := int64(60); left > 0 && !e.Done(); {
			left -= e.Run(nil, min(left, pieces()))
		}
		s := core.NewSchedule(m.Ops())
		return fmt.Sprint(e.Best(s), s)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	require.Equal(t, run(func() int64 { return 60 }), run(func() int64 { return 1 + rng.Int64N(20) }))
}

// TestProvenElsewhere finds what another solver has proven to be the best.
func TestProvenElsewhere(t *testing.T) {
	m, err := generate.Roughen(generate.JobShop(10, 10, 99, 1), generate.Rough{Shifts: true, Operators: true, Alternates: true, Seed: 1})
	require.NoError(t, err)
	e := New(m, 1)
	e.Run(nil, 1500)
	require.Equal(t, int64(1579), e.Best(nil).Value, "proven by OR-Tools CP-SAT")
	require.LessOrEqual(t, e.Bound(), int64(1579))
}

func TestDoesNotFit(t *testing.T) {
	for name, spec := range map[string]generate.Spec{
		"objective": {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Tardiness: true},
		"families":  {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Families: 2, Makespan: true},
		"blocking":  {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Blocking: true, Makespan: true},
		"no-wait":   {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, NoWait: true, Makespan: true},
		"waits":     {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Waits: true, Makespan: true},
		"frozen":    {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Frozen: true, Makespan: true},
		"pairs":     {Jobs: 400, OpsPerJob: 5, Machines: 4, MaxWork: 9, Makespan: true},
	} {
		m, err := generate.Random(spec, 1)
		require.NoError(t, err)
		require.False(t, Fits(m), name)
	}
}
