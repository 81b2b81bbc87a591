package disjunctive

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// shops returns small random shops: chains and networks, with and without
// alternatives and releases.
func shops(t *testing.T, count int) []*Shop {
	t.Helper()
	var out []*Shop
	for seed := uint64(1); len(out) < count; seed++ {
		m, err := generate.Random(generate.Spec{
			Jobs: 5, OpsPerJob: 5, Machines: 4, Modes: 1 + int(seed%3), MaxWork: 9,
			Networks: seed%2 == 0, Releases: seed%5 == 0, Makespan: true,
		}, seed)
		require.NoError(t, err)
		sh, ok := Compile(m)
		require.True(t, ok)
		out = append(out, sh)
	}
	return out
}

// randomMove draws any move, free of cycles or not.
func randomMove(g *Graph, rnd *Random) Move {
	v := int32(rnd.Below(g.Shop.Ops))
	modes := g.Shop.ModesOf(v)
	k := rnd.Below(len(modes))
	room := len(g.Seq[modes[k].Machine])
	if modes[k].Machine == g.Machine(v) {
		room--
	}
	return Move{Op: v, Mode: g.Shop.ModeStart[v] + int32(k), At: int32(rnd.Below(room + 1))}
}

// reaches says by search whether a leads to b.
func reaches(g *Graph, a, b int32) bool {
	if a == b {
		return true
	}
	found := false
	g.eachBefore(b, func(u int32) { found = found || reaches(g, a, u) })
	return found
}

// TestApply makes random moves and compares what the graph keeps with what it
// has from scratch after each, and refused moves with a search for cycles.
func TestApply(t *testing.T) {
	for i, sh := range shops(t, 30) {
		rnd := NewRandom(uint64(i), 0)
		g := NewGraph(sh)
		g.Tails()
		made, refused := 0, 0
		for range 200 {
			m := randomMove(g, rnd)
			before := capture(g)
			if !g.Apply(m) {
				refused++
				require.Equal(t, before, capture(g), "a refused move leaves the graph as it was")
				require.True(t, closesCycle(g, m))
				continue
			}
			made++
			g.Heads()
			if rnd.Below(2) == 0 {
				g.Undo()
				require.Equal(t, before, capture(g), "undo")
				continue
			}
			g.Tails()
			g.checkHeads()
			g.checkTails()
			require.Equal(t, m.At, g.Rank[m.Op])
			require.Equal(t, m.Mode, g.Mode[m.Op])
		}
		require.Positive(t, made)
		require.Positive(t, refused)
	}
}

// closesCycle says by search whether the place of a move lies before
// something that leads to the operation or behind something that follows.
func closesCycle(g *Graph, m Move) bool {
	seq := slices.Clone(g.Seq[g.Shop.Modes[m.Mode].Machine])
	if i := slices.Index(seq, m.Op); i >= 0 {
		seq = slices.Delete(seq, i, i+1)
	}
	// Without the operation on its machine its only paths are the network's.
	h := NewGraph(g.Shop)
	h.Build(g.Order, g.Mode)
	h.remove(m.Op)
	none := int32(h.Shop.Ops)
	h.Node[m.Op].MP, h.Node[m.Op].MS = none, none
	for i, u := range seq {
		if i < int(m.At) && reaches(h, m.Op, u) || i >= int(m.At) && reaches(h, u, m.Op) {
			return true
		}
	}
	return false
}

type captured struct {
	Nodes             []Node
	Seq               [][]int32
	Mode, Order, Rank []int32
}

func capture(g *Graph) captured {
	c := captured{slices.Clone(g.Node), nil, slices.Clone(g.Mode), slices.Clone(g.Order), slices.Clone(g.Rank)}
	for _, s := range g.Seq {
		c.Seq = append(c.Seq, slices.Clone(s))
	}
	for i := range c.Nodes {
		c.Nodes[i].Rest = 0 // not part of Heads and Undo
	}
	return c
}

// TestSchedule checks the schedules of list starts, and that every path drawn
// is a longest one.
func TestSchedule(t *testing.T) {
	for seed := uint64(1); seed <= 20; seed++ {
		m, err := generate.Random(generate.Spec{
			Jobs: 6, OpsPerJob: 4, Machines: 3, Modes: 2, MaxWork: 9,
			Networks: seed%2 == 0, Releases: true, Makespan: true,
		}, seed)
		require.NoError(t, err)
		sh, ok := Compile(m)
		require.True(t, ok)
		g, rnd := NewGraph(sh), NewRandom(seed, 0)
		order, modes := make([]int32, sh.Ops), make([]int32, sh.Ops)
		l := NewLister(sh, func(int32, Mode, int64) int64 { return int64(rnd.Below(9)) })
		l.Begin(order, modes)
		for !l.Run(3) {
		}
		g.Build(order, modes)
		g.checkHeads()
		s := core.NewSchedule(sh.Ops)
		g.WriteTo(s)
		require.Empty(t, m.Check(s))
		require.Equal(t, g.Makespan()*sh.Makespan, m.Evaluate(s).Value)

		path := g.TracePath(nil, g.LastOp(rnd), rnd)
		require.Equal(t, sh.Release[path[0]], g.Node[path[0]].Start())
		require.Equal(t, g.Makespan(), g.Node[path[len(path)-1]].End)
		total := 0
		g.EachBlock(path, func(ops []int32) { total += len(ops) })
		require.Equal(t, len(path), total)
	}
}

// TestCompileRefuses lists what a disjunctive graph does not express.
func TestCompileRefuses(t *testing.T) {
	for name, spec := range map[string]generate.Spec{
		"calendar":   {Horizon: 100},
		"changeover": {Families: 2},
		"pool":       {Pools: 1},
		"waits":      {Waits: true},
		"blocking":   {Blocking: true},
	} {
		spec.Jobs, spec.OpsPerJob, spec.Machines, spec.Modes, spec.MaxWork = 8, 5, 3, 2, 9
		refused := false
		for seed := uint64(1); seed <= 20 && !refused; seed++ {
			m, err := generate.Random(spec, seed)
			if err != nil {
				continue
			}
			_, ok := Compile(m)
			refused = !ok
		}
		require.True(t, refused, name)
	}
}

// TestFixed fixes a start, which is refused, and a mode, which is kept.
func TestFixed(t *testing.T) {
	build := func(start int64) *core.Model {
		var b core.Builder
		b.SetObjective(core.Objective{Makespan: 1})
		b.AddResource(core.Machine)
		b.AddResource(core.Machine)
		o := b.AddOp(b.AddJob(core.Job{Due: core.Never, Deadline: core.Never}), 0)
		b.AddMode(3, core.Need{Resource: 0, Units: 1})
		b.AddMode(5, core.Need{Resource: 1, Units: 1})
		b.Fix(o, start, 1)
		m, err := b.Build()
		require.NoError(t, err)
		return m
	}
	_, ok := Compile(build(7))
	require.False(t, ok)

	m := build(-1)
	sh, ok := Compile(m)
	require.True(t, ok)
	s := core.NewSchedule(1)
	NewGraph(sh).WriteTo(s)
	require.Empty(t, m.Check(s))
	require.Equal(t, int64(5), s.End[0])
	k, ok := sh.ModeIndex(0, 1)
	require.True(t, ok)
	require.Equal(t, int32(0), k)
	_, ok = sh.ModeIndex(0, 0)
	require.False(t, ok)
}
