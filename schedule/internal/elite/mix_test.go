package elite

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// parents returns a shop and two random solutions of it.
func parents(t *testing.T, seed uint64) (*disjunctive.Shop, *disjunctive.Random, [2]member) {
	t.Helper()
	m, err := generate.Random(generate.Spec{
		Jobs: 6, OpsPerJob: 5, Machines: 4, Modes: 2, MaxWork: 9, Networks: seed%2 == 0, Makespan: true,
	}, seed)
	require.NoError(t, err)
	sh, ok := disjunctive.Compile(m)
	require.True(t, ok)
	rnd := disjunctive.NewRandom(seed, 0)
	l := disjunctive.NewLister(sh, func(int32, disjunctive.Mode, int64) int64 { return int64(rnd.Below(99)) })
	p := [2]member{newMember(sh.Ops), newMember(sh.Ops)}
	for i := range p {
		l.Begin(p[i].order, p[i].modes)
		require.True(t, l.Run(sh.Ops))
	}
	return sh, rnd, p
}

// TestBetween checks that a child has each operation's mode from a parent,
// keeps every order that both parents have, and can be built.
func TestBetween(t *testing.T) {
	mixed := [2]int{} // modes taken from one parent only
	for seed := uint64(1); seed <= 20; seed++ {
		sh, rnd, p := parents(t, seed)
		x, child := newMixer(sh), newMember(sh.Ops)
		x.between(&child, &p[0], &p[1], 128, rnd)
		pos := func(m *member) []int {
			at := make([]int, sh.Ops)
			for i, v := range m.order {
				at[v] = i
			}
			return at
		}
		a, b, c := pos(&p[0]), pos(&p[1]), pos(&child)
		for v := range sh.Ops {
			require.Contains(t, []int32{p[0].modes[v], p[1].modes[v]}, child.modes[v])
			for u := range sh.Ops {
				if a[u] < a[v] && b[u] < b[v] {
					require.Less(t, c[u], c[v])
				}
			}
			for i := range p {
				if p[0].modes[v] != p[1].modes[v] && child.modes[v] == p[i].modes[v] {
					mixed[i]++
				}
			}
		}
		g := disjunctive.NewGraph(sh)
		g.Build(child.order, child.modes)
		require.Positive(t, g.Makespan())
	}
	require.Positive(t, mixed[0])
	require.Positive(t, mixed[1])
}

// TestDistance counts differences by hand: zero to itself, symmetric in
// whether there are any, and one mode changed is seen.
func TestDistance(t *testing.T) {
	sh, _, p := parents(t, 3)
	x := newMixer(sh)
	require.Zero(t, x.distance(&p[0], &p[0]))
	require.Positive(t, x.distance(&p[0], &p[1]))
	require.Positive(t, x.distance(&p[1], &p[0]))
	q := newMember(sh.Ops)
	q.copyFrom(&p[0])
	for v := range int32(sh.Ops) {
		if len(sh.ModesOf(v)) > 1 {
			q.modes[v] = sh.ModeStart[v] + 1 - (q.modes[v] - sh.ModeStart[v])
			break
		}
	}
	require.Positive(t, x.distance(&p[0], &q))
}
