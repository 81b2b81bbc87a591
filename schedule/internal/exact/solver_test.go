package exact

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/plain"
	"github.com/taktplan/takt/schedule/internal/plain/plaintest"
)

const memory = 1 << 16

func decide(x *Solver, steps int) Status {
	for range steps {
		if x.Status() != Open {
			break
		}
		x.Step()
	}
	return x.Status()
}

// requireSchedule checks the earliest starts against the shop.
func requireSchedule(t *testing.T, s *plain.Shop, head []int32, limit int32) {
	t.Helper()
	for j := range s.Jobs() {
		free := s.Release[j]
		for v := s.JobStart[j]; v < s.JobStart[j+1]; v++ {
			require.GreaterOrEqual(t, head[v], free)
			free = head[v] + s.Time[v]
		}
		require.LessOrEqual(t, free+s.Tail[j], limit)
	}
	for u := range s.Machine {
		for v := range u {
			if s.Machine[u] == s.Machine[v] && s.Time[u] > 0 && s.Time[v] > 0 {
				require.False(t, head[u] < head[v]+s.Time[v] && head[v] < head[u]+s.Time[u], "%d and %d overlap", u, v)
			}
		}
	}
}

func TestAnswersAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	learnt := int64(0)
	for k := range 150 {
		s := plaintest.Random(r, 2+k%3, 2+k%2, 3, k%2)
		best := plaintest.Optimum(s)
		for limit := best - 4; limit <= best+2; limit++ {
			x := New(s, limit, memory)
			got := decide(x, 10000)
			learnt += x.conflicts
			if limit < best {
				require.Equal(t, Infeasible, got, "case %d, limit %d, optimum %d", k, limit, best)
				continue
			}
			require.Equal(t, Feasible, got, "case %d, limit %d, optimum %d", k, limit, best)
			requireSchedule(t, s, x.Heads(), limit)
		}
	}
	require.Positive(t, learnt)
}

// Every clause must hold in every schedule within the limit: with the clauses
// of a search at the optimum, an optimal schedule must still be found from any
// hint. Here that is tried with tiny memory, so that clauses are dropped, too.
func TestForgettingLosesNoSchedule(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 3 {
		s := plaintest.Square(r, 6, 5)
		limit := int32(1 << 20)
		x := New(s, limit, 1<<11)
		for decide(x, 1_000_000) == Feasible {
			limit = 0
			for j := range s.Jobs() {
				last := s.JobStart[j+1] - 1
				limit = max(limit, x.Heads()[last]+s.Time[last])
			}
			requireSchedule(t, s, x.Heads(), limit)
			x.Tighten(limit - 1)
		}
		require.Equal(t, Infeasible, x.Status())
		y := New(s, limit, memory)
		require.Equal(t, Feasible, decide(y, 1_000_000))
		z := New(s, limit-1, memory)
		require.Equal(t, Infeasible, decide(z, 1_000_000))
	}
}

func TestKnownOptima(t *testing.T) {
	for _, c := range []struct {
		shop *plain.Shop
		best int32
	}{{plaintest.FT06(), 55}, {plaintest.FT10(), 930}} {
		x := New(c.shop, c.best-1, 1<<18)
		require.Equal(t, Infeasible, decide(x, 200_000))
		x = New(c.shop, c.best, 1<<18)
		require.Equal(t, Feasible, decide(x, 200_000))
		requireSchedule(t, c.shop, x.Heads(), c.best)
	}
}

func TestResetAnswersAsNew(t *testing.T) {
	s := plaintest.FT06()
	x := New(s, 54, memory)
	for _, limit := range []int32{54, 60, 52, 55, 54} {
		x.Reset(limit)
		want := Feasible
		if limit < 55 {
			want = Infeasible
		}
		require.Equal(t, want, decide(x, 10000), limit)
	}
}

func TestStepsDoNotAllocate(t *testing.T) {
	s := plaintest.FT10()
	x := New(s, 929, 1<<18)
	decide(x, 1000)
	require.Zero(t, testing.AllocsPerRun(1000, x.Step))
}

func TestLuby(t *testing.T) {
	var got []int64
	for i := range uint(15) {
		got = append(got, luby(i))
	}
	require.Equal(t, []int64{1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8}, got)
}

func BenchmarkStep(b *testing.B) {
	s := plaintest.FT10()
	b.ReportAllocs()
	x := New(s, 929, 1<<18)
	for b.Loop() {
		if x.Step(); x.Status() != Open {
			b.StopTimer()
			x = New(s, 929, 1<<18)
			b.StartTimer()
		}
	}
}
