package jobshop

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/invariants"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/plain"
	"github.com/taktplan/takt/schedule/internal/plain/plaintest"
)

// model returns the shop as a model, which has no tails, and with the price of
// a tick of makespan.
func model(t testing.TB, s *plain.Shop, price int64) *core.Model {
	var b core.Builder
	for range s.Machines {
		b.AddResource(core.Machine)
	}
	for j := range s.Jobs() {
		job := b.AddJob(core.Job{Release: int64(s.Release[j]), Due: core.Never, Deadline: core.Never})
		first, end := s.Job(j)
		for v := first; v < end; v++ {
			o := b.AddOp(job, 0)
			b.AddMode(int64(s.Time[v]), core.Need{Resource: s.Machine[v], Units: 1})
			if v > first {
				b.Follow(o-1, o)
			}
		}
	}
	b.SetObjective(core.Objective{Makespan: price})
	m, err := b.Build()
	require.NoError(t, err)
	return m
}

func engine(t testing.TB, m *core.Model, seed uint64) *Engine {
	require.True(t, Fits(m))
	return New(m, seed, 1)
}

// requireSound checks the best schedule, its cost and its bound.
func requireSound(t *testing.T, m *core.Model, e *Engine) core.Cost {
	t.Helper()
	s := core.NewSchedule(m.Ops())
	c := e.Best(s)
	require.Empty(t, m.Check(s))
	require.Equal(t, m.Evaluate(s), c)
	require.LessOrEqual(t, e.Bound(), c.Value)
	return c
}

func TestFindsAndProvesOptimaOfTinyShops(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for k := range 60 {
		s := plaintest.Random(r, 2+k%3, 2+k%2, 3, k%2)
		clear(s.Tail)
		m := model(t, s, 7)
		e := engine(t, m, uint64(k))
		e.Run(nil, 20_000)
		require.True(t, e.Done())
		require.Equal(t, 7*int64(plaintest.Optimum(s)), requireSound(t, m, e).Value)
	}
}

func TestKnownOptima(t *testing.T) {
	for _, c := range []struct {
		shop  *plain.Shop
		best  int64
		steps int64
	}{{plaintest.FT06(), 55, 1000}, {plaintest.FT10(), 930, 600_000}} {
		m := model(t, c.shop, 1)
		e := engine(t, m, 1)
		e.Run(nil, c.steps)
		require.Equal(t, c.best, requireSound(t, m, e).Value)
		require.True(t, e.Done())
		require.Equal(t, c.best, e.Bound())
	}
}

func TestSameStepsSameSchedule(t *testing.T) {
	m := model(t, plaintest.Square(rand.New(rand.NewPCG(7, 7)), 15, 15), 1)
	whole, pieces := engine(t, m, 3), engine(t, m, 3)
	var stop atomic.Bool
	require.EqualValues(t, 30_000, whole.Run(&stop, 30_000))
	for range 300 {
		pieces.Run(nil, 100)
	}
	a, b := core.NewSchedule(m.Ops()), core.NewSchedule(m.Ops())
	require.Equal(t, whole.Best(a), pieces.Best(b))
	require.Equal(t, a, b)

	other := engine(t, m, 4)
	other.Run(nil, 30_000)
	other.Best(b)
	require.NotEqual(t, a, b, "the seed has no effect")

	stop.Store(true)
	require.Zero(t, whole.Run(&stop, 100))
}

func TestOfferedScheduleIsKept(t *testing.T) {
	m := model(t, plaintest.FT10(), 1)
	good := engine(t, m, 1)
	good.Run(nil, 100_000)
	s := core.NewSchedule(m.Ops())
	c := good.Best(s)
	e := engine(t, m, 2)
	require.True(t, c.Less(e.Best(nil)))
	e.Offer(s, c)
	require.Equal(t, c, requireSound(t, m, e))
}

func TestOtherModelsAreRefused(t *testing.T) {
	s := plaintest.FT06()
	for name, spoil := range map[string]func(m *core.Model){
		"tardiness": func(m *core.Model) { m.Jobs[0].Tardiness = 1 },
		"capacity":  func(m *core.Model) { m.Resources[0].Capacity = 2 },
		"deadline":  func(m *core.Model) { m.Jobs[0].Deadline = 100 },
		"wait":      func(m *core.Model) { m.Arcs[0].Min = 1 },
		"blocking":  func(m *core.Model) { m.OpFlags[0] = core.Blocking },
		"large":     func(m *core.Model) { m.ModeTime[0] = plain.Horizon },
		"release": func(m *core.Model) {
			m.OpRelease = make([]int64, m.Ops())
			m.OpRelease[1] = 9
		},
	} {
		m := model(t, s, 1)
		require.True(t, Fits(m))
		spoil(m)
		require.False(t, Fits(m), name)
		require.Panics(t, func() { New(m, 1, 1) }, name)
	}
}

// TestUnit solves a shop whose times are long but have a common divisor.
func TestUnit(t *testing.T) {
	const unit = 1 << 30
	m := model(t, plaintest.FT06(), 1)
	for k := range m.ModeTime {
		m.ModeTime[k] *= unit
	}
	e := engine(t, m, 1)
	e.Run(nil, 100_000)
	require.True(t, e.Done())
	require.Equal(t, core.Cost{Value: 55 * unit}, requireSound(t, m, e))
	require.Equal(t, int64(55*unit), e.Bound())
}

// TestShare leaves the proof to another engine.
func TestShare(t *testing.T) {
	m := model(t, plaintest.FT06(), 1)
	e := New(m, 1, 0)
	e.Run(nil, 20_000)
	require.False(t, e.Done())
	require.Equal(t, core.Cost{Value: 55}, requireSound(t, m, e))
}

func TestStepsDoNotAllocate(t *testing.T) {
	if invariants.Enabled {
		t.Skip("self-checks allocate")
	}
	m := model(t, plaintest.Square(rand.New(rand.NewPCG(8, 8)), 30, 15), 1)
	e := engine(t, m, 1)
	e.Run(nil, 1000)
	require.Zero(t, testing.AllocsPerRun(30_000, func() { e.Run(nil, 1) }))
}

func BenchmarkStep(b *testing.B) {
	for _, size := range [][2]int{{10, 10}, {20, 15}, {30, 20}, {100, 20}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			s := plaintest.Square(rand.New(rand.NewPCG(9, 9)), size[0], size[1])
			p := newPool(s, newRandom(1), standard(s.Ops()))
			b.ReportAllocs()
			for b.Loop() {
				p.step()
			}
		})
	}
}
