package jobshop

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/plain"
	"github.com/taktplan/takt/schedule/internal/plain/plaintest"
)

var neighbourhoods = []struct {
	name string
	near neighbourhood
}{{"n5", n5}, {"n6", n6}, {"n7", n7}, {"n8", n8}}

// shops are of every kind that a graph must bear: with releases, tails, times
// of zero, machines visited again, and plain ones.
func shops() []*plain.Shop {
	r := rand.New(rand.NewPCG(5, 5))
	all := []*plain.Shop{plaintest.FT06(), plaintest.FT10(), plaintest.Square(r, 20, 5)}
	for k := range 20 {
		all = append(all, plaintest.Random(r, 2+k%7, 2+k%3, 1+k%6, k%2))
	}
	return all
}

// eachMove makes random walks through the neighbourhood and calls visit before
// each step with all moves proposed, and the one to be made.
func eachMove(t *testing.T, near neighbourhood, steps int, visit func(g *graph, moves []insertion, m insertion)) {
	total := 0
	for k, s := range shops() {
		r := newRandom(uint64(k))
		g := newGraph(s)
		g.orient(randomOrder(s, r))
		w := newWalk(g)
		var moves []insertion
		for range steps {
			w.take(g, r)
			moves = moves[:0]
			for b := range len(w.blocks) - 1 {
				moves = near(g, w.block(b), b == 0, b == len(w.blocks)-2, moves)
			}
			if len(moves) == 0 {
				break
			}
			m := moves[r.below(len(moves))]
			visit(g, moves, m)
			g.apply(m)
			total++
		}
	}
	require.Greater(t, total, 500)
}

func TestApplyEqualsFromScratch(t *testing.T) {
	for _, n := range neighbourhoods {
		t.Run(n.name, func(t *testing.T) {
			eachMove(t, n.near, 200, func(g *graph, _ []insertion, _ insertion) { g.check() })
		})
	}
}

// after returns the graph as it is after a move, from scratch.
func after(g *graph, m insertion) *graph {
	h := newGraph(g.shop)
	h.orient(g.order)
	h.apply(m)
	return h
}

// run lists the operations of a move.
func run(g *graph, m insertion) []int32 {
	ops := []int32{m.op}
	for x := m.op; x != m.at; {
		if m.after {
			x = g.nodes[x].machSucc
		} else {
			x = g.nodes[x].machPred
		}
		ops = append(ops, x)
	}
	return ops
}

func TestEstimateOfSwapIsALowerBound(t *testing.T) {
	swaps := 0
	for _, n := range neighbourhoods {
		eachMove(t, n.near, 100, func(g *graph, moves []insertion, _ insertion) {
			for _, m := range moves {
				if len(run(g, m)) == 2 {
					swaps++
					require.LessOrEqual(t, g.estimate(m, math.MaxInt32), after(g, m).makespan())
				}
			}
		})
	}
	require.Positive(t, swaps)
}

// Where the neighbours of the run keep their heads and tails, the estimate is
// the longest path through the run.
func TestEstimateIsExactForTheRun(t *testing.T) {
	longer := 0
	for _, n := range neighbourhoods {
		eachMove(t, n.near, 100, func(g *graph, moves []insertion, _ insertion) {
			for _, m := range moves {
				h := after(g, m)
				ops := run(g, m)
				longest := int32(0)
				same := true
				for _, x := range ops {
					a, b := &g.nodes[x], &h.nodes[x]
					longest = max(longest, b.end+b.tail())
					same = same && g.nodes[a.jobPred].head() == h.nodes[b.jobPred].head() && g.nodes[a.jobSucc].tail() == h.nodes[b.jobSucc].tail()
				}
				if !same {
					continue
				}
				if len(ops) > 2 {
					longer++
				}
				require.Equal(t, longest, g.estimate(m, math.MaxInt32), "%+v", m)
				require.Greater(t, g.estimate(m, longest-1), longest-1, "cut off below the limit")
			}
		})
	}
	require.Positive(t, longer)
}

// A longest path has the length of the makespan, and its blocks are what they
// should be.
func TestWalkIsALongestPath(t *testing.T) {
	for k, s := range shops() {
		r := newRandom(uint64(k))
		g := newGraph(s)
		w := newWalk(g)
		for range 50 {
			g.orient(randomOrder(s, r))
			w.take(g, r)
			length := g.nodes[w.path[0]].head()
			for i, v := range w.path {
				length += g.nodes[v].time
				if i > 0 {
					u := w.path[i-1]
					require.True(t, g.nodes[u].jobSucc == v || g.nodes[u].machSucc == v)
				}
			}
			length += g.nodes[w.path[len(w.path)-1]].tail()
			require.Equal(t, g.makespan(), length)
			for b := range len(w.blocks) - 1 {
				block := w.block(b)
				for _, v := range block {
					require.Equal(t, s.Machine[block[0]], s.Machine[v])
				}
				if b > 0 {
					require.NotEqual(t, s.Machine[w.block(b - 1)[0]], s.Machine[block[0]])
				}
			}
		}
	}
}

// Each neighbourhood has at least the swaps that improve at once in N5.
func TestNeighbourhoodsGrow(t *testing.T) {
	proposed := map[string]int{}
	for _, n := range neighbourhoods {
		eachMove(t, n5, 100, func(g *graph, _ []insertion, _ insertion) {
			w := newWalk(g)
			w.take(g, newRandom(1))
			for b := range len(w.blocks) - 1 {
				proposed[n.name] += len(n.near(g, w.block(b), b == 0, b == len(w.blocks)-2, nil))
			}
		})
	}
	require.Less(t, proposed["n5"], proposed["n6"], fmt.Sprint(proposed))
	require.Less(t, proposed["n6"], proposed["n7"], fmt.Sprint(proposed))
	require.Less(t, proposed["n7"], proposed["n8"], fmt.Sprint(proposed))
}

// randomOrder is a list schedule with much chance in it.
func randomOrder(s *plain.Shop, r *random) []int32 {
	l := newLister(s, r)
	l.begin(100)
	for !l.run(5) {
	}
	return l.order
}
