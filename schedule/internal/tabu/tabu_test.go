package tabu

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/generate"
)

const tenure = 7

func memory(t *testing.T) (*Search, *disjunctive.Graph) {
	t.Helper()
	sh, ok := disjunctive.Compile(generate.JobShop(4, 3, 9, 1))
	require.True(t, ok)
	g := disjunctive.NewGraph(sh)
	s := New(g, disjunctive.NewRandom(1, 1), tenure)
	s.Reset(100)
	return s, g
}

// swap is the move that exchanges the first two operations of a machine.
func swap(g *disjunctive.Graph) disjunctive.Move {
	v := g.Seq[0][0]
	return disjunctive.Move{Op: v, Mode: g.Mode[v], At: 1}
}

// TestReversal makes a move and offers its reversal together with another:
// the reversal must not be picked for a tenure, unless it beats the record.
func TestReversal(t *testing.T) {
	s, g := memory(t)
	s.Begin()
	s.Offer(swap(g), 50)
	m, ok := s.Pick()
	require.True(t, ok)
	require.True(t, g.Apply(m))
	g.Heads()
	s.Reached(50)

	back := swap(g)
	w := g.Seq[1][0]
	other := disjunctive.Move{Op: w, Mode: g.Mode[w], At: 1}
	for range tenure - 1 {
		s.Begin()
		s.Offer(back, 60)
		s.Offer(other, 70)
		require.Equal(t, other, s.free.move, "tabu though cheaper")
	}
	s.Begin()
	s.Offer(back, 49)
	s.Offer(other, 70)
	require.Equal(t, back, s.free.move, "better than the record")
	for range 2 * tenure {
		s.Begin()
	}
	s.Offer(back, 60)
	s.Offer(other, 70)
	require.Equal(t, back, s.free.move, "no longer tabu")
}

// TestPick takes the best tabu move when all are tabu, and nothing of nothing.
func TestPick(t *testing.T) {
	s, g := memory(t)
	s.Begin()
	_, ok := s.Pick()
	require.False(t, ok)
	s.Offer(swap(g), 50)
	m, _ := s.Pick()
	require.True(t, g.Apply(m))
	s.Begin()
	s.Offer(swap(g), 200)
	back, ok := s.Pick()
	require.True(t, ok)
	require.Equal(t, swap(g), back)
}

// TestTies draws each of several equal moves at times.
func TestTies(t *testing.T) {
	s, g := memory(t)
	seen := map[int32]bool{}
	for range 100 {
		s.Begin()
		for k := range int32(3) {
			v := g.Seq[k][0]
			s.Offer(disjunctive.Move{Op: v, Mode: g.Mode[v], At: 1}, 50)
		}
		seen[s.free.move.Op] = true
	}
	require.Len(t, seen, 3)
}
