package elite

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// TestShift checks that a child keeps the modes, follows the network, and has
// the operations of all jobs but one in the order in time that they had.
func TestShift(t *testing.T) {
	changed := 0
	for seed := uint64(1); seed <= 40; seed++ {
		sh, rnd, p := parents(t, seed)
		g, child := disjunctive.NewGraph(sh), newMember(sh.Ops)
		x := newShifter(sh)
		x.shift(&child, &p[0], g, rnd)
		require.Equal(t, p[0].modes, child.modes)

		pos := make([]int, sh.Ops)
		for i, v := range child.order {
			pos[v] = i
		}
		for v := range int32(sh.Ops) {
			require.Equal(t, v, child.order[pos[v]], "every operation once")
			sh.EachPred(v, func(l disjunctive.Link) { require.Less(t, pos[l.Op], pos[v]) })
		}
		if jobs, moved := shifted(g, pos); moved {
			changed++
			require.NotEmpty(t, jobs, "more than one job moved, seed %d", seed)
		}
	}
	require.Greater(t, changed, 20)
}

// shifted returns the jobs without any of which all others are in the order
// in which the graph has them, and whether any operations are not.
func shifted(g *disjunctive.Graph, pos []int) (jobs []int, moved bool) {
	sh := g.Shop
	middle := func(v int) int64 { return 2*g.Node[v].End - g.Node[v].Time }
	wrong, with := 0, make([]int, len(sh.Jobs))
	for v := range sh.Ops {
		for w := range sh.Ops {
			if middle(v) < middle(w) && pos[v] > pos[w] {
				wrong++
				with[sh.Job[v]]++
				with[sh.Job[w]]++
			}
		}
	}
	for j, n := range with {
		if n == wrong {
			jobs = append(jobs, j)
		}
	}
	return jobs, wrong > 0
}
