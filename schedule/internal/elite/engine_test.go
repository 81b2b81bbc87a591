package elite_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/elite"
	"github.com/taktplan/takt/schedule/internal/flexible"
	"github.com/taktplan/takt/schedule/internal/generate"
	"github.com/taktplan/takt/schedule/internal/tardiness"
)

// makers are the engines built on this package, with an objective for each.
var makers = map[string]struct {
	spec generate.Spec
	fits func(*core.Model) bool
	make func(*core.Model, uint64) *elite.Engine
}{
	"flexible":  {generate.Spec{Makespan: true}, flexible.Fits, flexible.New},
	"tardiness": {generate.Spec{Tardiness: true}, tardiness.Fits, tardiness.New},
	"mixed":     {generate.Spec{Makespan: true, Tardiness: true}, tardiness.Fits, tardiness.New},
}

func model(t *testing.T, spec generate.Spec, jobs, ops, machines int, seed uint64) *core.Model {
	t.Helper()
	spec.Jobs, spec.OpsPerJob, spec.Machines, spec.MaxWork = jobs, ops, machines, 9
	spec.Modes = 1 + int(seed%3)
	spec.Networks = seed%2 == 0
	spec.Releases = seed%5 == 0
	m, err := generate.Random(spec, seed)
	require.NoError(t, err)
	return m
}

// TestOptimal compares the engines with an enumeration of all selections.
func TestOptimal(t *testing.T) {
	for name, maker := range makers {
		t.Run(name, func(t *testing.T) {
			proven := 0
			for seed := uint64(1); seed <= 12; seed++ {
				m := model(t, maker.spec, 3, 2, 2, seed)
				if !maker.fits(m) { // no price at all was drawn
					continue
				}
				e := maker.make(m, seed)
				s := core.NewSchedule(m.Ops())
				require.Equal(t, core.NoCost, e.Best(s))
				e.Run(nil, 3000)
				cost := e.Best(s)
				require.Empty(t, m.Check(s))
				require.Equal(t, m.Evaluate(s), cost)
				require.Equal(t, enumerate(m), cost.Value, "seed %d", seed)
				require.LessOrEqual(t, e.Bound(), cost.Value)
				if e.Done() {
					proven++
				}
			}
			require.Positive(t, proven)
		})
	}
}

// enumerate returns the least cost of all semi-active schedules, one of which
// is optimal for a regular objective.
func enumerate(m *core.Model) int64 {
	s := core.NewSchedule(m.Ops())
	free := make([]int64, len(m.Resources))
	best := int64(math.MaxInt64)
	var place func(left int)
	place = func(left int) {
		if left == 0 {
			best = min(best, m.Evaluate(s).Value)
			return
		}
		for o := range int32(m.Ops()) {
			start, ready := earliest(m, s, o)
			if !ready || s.Start[o] >= 0 {
				continue
			}
			for k := m.ModeStart[o]; k < m.ModeStart[o+1]; k++ {
				machine := m.Machine(k)
				was := free[machine]
				at := max(start, was)
				s.Mode[o], s.Start[o], s.End[o] = k-m.ModeStart[o], at, at+m.ModeTime[k]
				free[machine] = s.End[o]
				place(left - 1)
				free[machine], s.Start[o], s.End[o] = was, -1, -1
			}
		}
	}
	place(m.Ops())
	return best
}

func earliest(m *core.Model, s *core.Schedule, o int32) (start int64, ready bool) {
	start = m.Release(o)
	for _, a := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		from := m.Arcs[a].From
		if s.Start[from] < 0 {
			return 0, false
		}
		start = max(start, s.End[from]+m.Arcs[a].Min)
	}
	return start, true
}

// TestSlices runs the same steps in one call and in many.
func TestSlices(t *testing.T) {
	for name, maker := range makers {
		t.Run(name, func(t *testing.T) {
			m := model(t, maker.spec, 8, 5, 4, 7)
			whole, parts := maker.make(m, 3), maker.make(m, 3)
			whole.Run(nil, 2000)
			for made, i := int64(0), int64(1); made < 2000 && !parts.Done(); i++ {
				made += parts.Run(nil, min(i*37%300, 2000-made))
			}
			a, b := core.NewSchedule(m.Ops()), core.NewSchedule(m.Ops())
			require.Equal(t, whole.Best(a), parts.Best(b))
			require.Equal(t, a, b)
			other := maker.make(m, 4)
			other.Run(nil, 2000)
			require.Empty(t, m.Check(a))
		})
	}
}

// TestOffer hands a good schedule to an engine that has not begun, which must
// then have it, and an incomplete one, which must not matter.
func TestOffer(t *testing.T) {
	for name, maker := range makers {
		t.Run(name, func(t *testing.T) {
			m := model(t, maker.spec, 8, 5, 4, 7)
			giver, taker := maker.make(m, 1), maker.make(m, 2)
			giver.Run(nil, 5000)
			s := core.NewSchedule(m.Ops())
			cost := giver.Best(s)

			taker.Offer(core.NewSchedule(m.Ops()), core.Cost{Missing: m.Ops()})
			require.Equal(t, core.NoCost, taker.Best(nil))
			taker.Offer(s, cost)
			require.Equal(t, cost, taker.Best(nil))
			taker.Run(nil, 1)
			got := core.NewSchedule(m.Ops())
			require.False(t, cost.Less(taker.Best(got)))
			require.Empty(t, m.Check(got))
			require.Equal(t, m.Evaluate(got), taker.Best(nil))
		})
	}
}

// TestNoAllocation counts allocations over phases, merges and admissions.
func TestNoAllocation(t *testing.T) {
	for name, maker := range makers {
		t.Run(name, func(t *testing.T) {
			m := model(t, maker.spec, 8, 5, 4, 7)
			e := maker.make(m, 1)
			e.Run(nil, 1)
			require.Zero(t, testing.AllocsPerRun(1, func() { e.Run(nil, 2000) }))
		})
	}
}

// TestProgress holds the engines to what they reached, with slack, at a fixed
// number of steps on shops with the structure of the public ones.
func TestProgress(t *testing.T) {
	m := generate.JobShop(10, 10, 99, 1)
	e := flexible.New(m, 1)
	e.Run(nil, 2)
	first := e.Best(nil).Value
	e.Run(nil, 30_000)
	require.Less(t, float64(e.Best(nil).Value), 0.9*float64(first))
	ends := []int64{e.Best(nil).Value}
	for range 3 {
		e.Run(nil, 5000)
		ends = append(ends, e.Best(nil).Value)
	}
	require.True(t, slices.IsSortedFunc(ends, func(a, b int64) int { return int(b - a) }))
}
