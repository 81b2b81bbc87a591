package dispatch

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/brute"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// beam runs a whole beam search and returns the cost of every schedule it makes.
func beam(m *core.Model, width int, rule Rule, each func(*core.Schedule, core.Cost)) {
	g := NewGenerator(m, NewUnits(m))
	b := NewBeam(NewPass(g, NewFacts(m)), width)
	for b.Begin(rule); ; {
		for !b.pass.Run(3) {
		}
		c := g.Cost()
		each(&g.S, c)
		if !b.Next(c) {
			return
		}
	}
}

func TestBeamKeepsEveryConstraint(t *testing.T) {
	for name, spec := range specs {
		for seed := range uint64(3) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			passes := 0
			beam(m, 2, ATCS(8, 4), func(s *core.Schedule, c core.Cost) {
				passes++
				require.Equal(t, m.Evaluate(s), c)
				for _, v := range m.Check(s) {
					require.Equal(t, core.Missing, v.Kind, "%s, seed %d: %v", name, seed, v)
				}
			})
			require.LessOrEqual(t, passes, 1+2*m.Ops(), "width passes a level")
			require.Greater(t, passes, 1)
		}
	}
}

// TestWideBeamFindsTheBest runs beams as wide as the tree. Of three operations on
// a machine, any sequence can be reached by taking the second of two.
func TestWideBeamFindsTheBest(t *testing.T) {
	better := 0
	for seed := range uint64(20) {
		m, err := generate.Random(generate.Spec{Jobs: 3, OpsPerJob: 1, Machines: 1, MaxWork: 3, Tardiness: true}, seed)
		require.NoError(t, err)
		best, first := core.NoCost, core.NoCost
		beam(m, 8, FIFO, func(_ *core.Schedule, c core.Cost) {
			if first == core.NoCost {
				first = c
			}
			if c.Less(best) {
				best = c
			}
		})
		// One sequence cannot be reached: the third by rank cannot go first.
		require.LessOrEqual(t, brute.Best(m, 9).Value, best.Value)
		if best.Less(first) {
			better++
		}
	}
	require.Greater(t, better, 5)
}

func TestRepeatedBeamIsEqual(t *testing.T) {
	m, err := generate.Random(specs["all"], 3)
	require.NoError(t, err)
	run := func() string {
		costs := []core.Cost{}
		beam(m, 3, ATC(8), func(_ *core.Schedule, c core.Cost) { costs = append(costs, c) })
		return fmt.Sprint(costs)
	}
	require.Equal(t, run(), run())
}
