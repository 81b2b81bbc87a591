package tardiness

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/generate"
)

func model(t *testing.T, seed uint64) *core.Model {
	t.Helper()
	m, err := generate.Random(generate.Spec{
		Jobs: 6, OpsPerJob: 4, Machines: 3, Modes: 1 + int(seed%2), MaxWork: 9,
		Networks: seed%3 == 0, Releases: true, Tardiness: true, Makespan: seed%4 == 0,
	}, seed)
	require.NoError(t, err)
	return m
}

// started returns a search on a random model with or without estimates.
func started(t *testing.T, seed uint64, guess bool) (*core.Model, *search) {
	t.Helper()
	m := model(t, seed)
	sh, ok := disjunctive.Compile(m)
	require.True(t, ok)
	s := newSearch(sh, disjunctive.NewRandom(seed, 0))
	if !guess {
		s.guess = nil
	}
	s.Reset()
	return m, s
}

// TestCosts compares the costs kept move by move with the model's own
// evaluation, for moves that are made and for moves that are taken back.
func TestCosts(t *testing.T) {
	for seed := uint64(1); seed <= 20; seed++ {
		m, s := started(t, seed, seed%2 == 0)
		sh := s.g.Shop
		dst := core.NewSchedule(sh.Ops)
		for range 100 {
			s.moves.reset()
			s.collect()
			for _, move := range s.moves.list {
				if !s.g.Apply(move) {
					continue
				}
				s.g.Heads()
				s.g.WriteTo(dst)
				require.Equal(t, m.Evaluate(dst).Value, s.cost.after())
				s.g.Undo()
			}
			value, _ := s.Step()
			s.g.WriteTo(dst)
			require.Empty(t, m.Check(dst))
			require.Equal(t, m.Evaluate(dst).Value, value)
			require.GreaterOrEqual(t, value, s.Bound())
		}
	}
}

// TestTails compares the paths kept move by move with their definition.
func TestTails(t *testing.T) {
	for seed := uint64(1); seed <= 10; seed++ {
		_, s := started(t, seed, true)
		g := s.g
		var longest func(v, j int32) int64
		longest = func(v, j int32) int64 {
			rest := int64(unreachable)
			if s.cost.ends(v, j) {
				rest = 0
			}
			if u := g.Node[v].MS; int(u) < g.Shop.Ops {
				rest = max(rest, longest(u, j))
			}
			g.Shop.EachSucc(v, func(l disjunctive.Link) { rest = max(rest, l.Lag+longest(l.Op, j)) })
			return rest + g.Node[v].Time
		}
		for range 20 {
			s.Step()
			for v := range int32(g.Shop.Ops) {
				for j := range int32(len(s.cost.jobs)) {
					want, got := longest(v, j), s.guess.tails.of(v)[j]
					require.True(t, want == got || max(want, got) < 0, "%d to the end of %d: %d, not %d", v, j, got, want)
				}
			}
		}
	}
}

// TestEstimates makes all moves that are estimated: none closes a cycle, and
// most estimates are exact.
func TestEstimates(t *testing.T) {
	all, exact := 0, 0
	for seed := uint64(1); seed <= 20; seed++ {
		_, s := started(t, seed, true)
		for range 100 {
			s.Step()
			s.moves.reset()
			s.collect()
			for _, move := range s.moves.list {
				value, ok := s.guess.value(move)
				if !ok {
					continue
				}
				require.True(t, s.g.Apply(move))
				s.g.Heads()
				if all++; s.cost.after() == value {
					exact++
				}
				s.g.Undo()
			}
		}
	}
	require.Greater(t, all, 10_000)
	require.Greater(t, exact*10, all*6)
}

// TestStepAllocatesNothing holds a step to what core.Engine promises.
func TestStepAllocatesNothing(t *testing.T) {
	for seed := uint64(1); seed <= 4; seed++ {
		_, s := started(t, seed, seed > 2)
		require.Zero(t, testing.AllocsPerRun(500, func() { s.Step() }))
	}
}

// TestCandidates lists each move once, and draws within the work of a step.
func TestCandidates(t *testing.T) {
	c := newCandidates()
	c.reset()
	for range 2 {
		for k := range int32(500) {
			c.add(disjunctive.Move{Op: k, Mode: k, At: k % 7})
		}
	}
	seen := map[disjunctive.Move]int{}
	for _, m := range c.list {
		seen[m]++
	}
	require.Len(t, seen, 500)
	require.Less(t, len(c.list), 600, "but for moves whose places in the table clash")
	rnd := disjunctive.NewRandom(1, 1)
	require.Len(t, c.draw(1, rnd), len(c.list))
	require.Len(t, c.draw(1_000_000, rnd), 4)
	c.reset()
	require.Empty(t, c.list)
}

// TestDecay compares the integer table with the exponential.
func TestDecay(t *testing.T) {
	sh, _ := disjunctive.Compile(model(t, 1))
	u := newUrgency(sh, disjunctive.NewRandom(1, 1))
	for i := range 100 {
		require.InDelta(t, math.Exp(-float64(i)/16), float64(u.decay[i])/(1<<20), 1e-4)
	}
}

// TestFits refuses what New does not take.
func TestFits(t *testing.T) {
	require.True(t, Fits(model(t, 1)))
	for name, change := range map[string]func(m *core.Model){
		"earliness":  func(m *core.Model) { m.Jobs[0].Earliness = 1 },
		"setup":      func(m *core.Model) { m.Objective.Setup = 1 },
		"setup cost": func(m *core.Model) { m.Objective.SetupCost = 1 },
		"overflow":   func(m *core.Model) { m.Jobs[0].Tardiness = math.MaxInt64 },
		"calendar":   func(m *core.Model) { m.Resources[0].Calendar = 0 },
	} {
		m := model(t, 1)
		change(m)
		require.False(t, Fits(m), name)
		require.Panics(t, func() { New(m, 1) }, name)
	}
}
