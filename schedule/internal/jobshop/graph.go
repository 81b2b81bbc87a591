package jobshop

import (
	"math"

	"github.com/taktplan/takt/schedule/internal/plain"
)

// A graph is the disjunctive graph of a shop with all disjunctions oriented:
// an acyclic network in which every operation follows its predecessor in the
// job and its predecessor on the machine.
//
// The head of an operation is the longest path from the source to its start,
// the tail the longest path from its end to the sink. Heads and tails are
// kept up to date in a topological order of the operations, which a move
// repairs only between the two positions it touches.
type graph struct {
	shop  *plain.Shop
	nodes []node // operations, then fixed nodes: see newGraph
	order []int32
	last  []int32 // last operation of each non-empty job

	mark  []int32 // mark[v] == epoch: v is in the set being collected
	epoch int32
	held  []int32 // the set, in order
	heads []int32 // heads of the run being estimated
}

// A node takes half a cache line, and most questions about an operation are
// answered by its own node and those of its four neighbours.
type node struct {
	end  int32 // longest path from the source to its end
	rest int32 // longest path from its start to the sink
	time int32

	jobPred, jobSucc   int32
	machPred, machSucc int32
	pos                int32 // in the topological order
}

// head is the longest path from the source to the start of v.
func (v *node) head() int32 { return v.end - v.time }

// tail is the longest path from the end of v to the sink.
func (v *node) tail() int32 { return v.rest - v.time }

// newGraph returns the graph of s without any orientation. Its fixed nodes
// stand for what is not there, so that no neighbour needs a test: the source
// and the sink, and for each job its release date and its tail. Their
// positions are neutral for the scans of propagateHeads and propagateTails.
func newGraph(s *plain.Shop) *graph {
	n, jobs := s.Ops(), s.Jobs()
	g := &graph{
		shop:  s,
		nodes: make([]node, n+2+2*jobs),
		order: make([]int32, 0, n),
		last:  make([]int32, 0, jobs),
		mark:  make([]int32, n+2+2*jobs),
		held:  make([]int32, 0, n),
		heads: make([]int32, n),
	}
	source, sink := g.source(), g.sink()
	g.nodes[source].pos = math.MaxInt32
	g.nodes[sink].pos = -1
	for j := range jobs {
		before, after := sink+1+int32(2*j), sink+2+int32(2*j)
		g.nodes[before] = node{end: s.Release[j], pos: math.MaxInt32}
		g.nodes[after] = node{rest: s.Tail[j], pos: -1}
		pred := before
		for o := s.JobStart[j]; o < s.JobStart[j+1]; o++ {
			g.nodes[o] = node{time: s.Time[o], jobPred: pred, jobSucc: o + 1, machPred: source, machSucc: sink}
			pred = o
		}
		if pred != before {
			g.nodes[pred].jobSucc = after
			g.last = append(g.last, pred)
		}
	}
	return g
}

func (g *graph) source() int32 { return int32(g.shop.Ops()) }
func (g *graph) sink() int32   { return int32(g.shop.Ops()) + 1 }

// orient orders every machine as the operations stand in order, which must
// hold all of them and respect the jobs, and computes heads and tails.
func (g *graph) orient(order []int32) {
	g.order = append(g.order[:0], order...)
	latest := g.heads[:0] // borrowed: last operation so far of each machine
	for range g.shop.Machines {
		latest = append(latest, g.source())
	}
	for i, v := range g.order {
		m := g.shop.Machine[v]
		p := latest[m]
		latest[m] = v
		g.nodes[v].pos = int32(i)
		g.nodes[v].machPred = p
		g.nodes[v].machSucc = g.sink()
		if p != g.source() {
			g.nodes[p].machSucc = v
		}
	}
	end := int32(len(g.order)) - 1
	g.propagateHeads(0, end)
	g.propagateTails(end, 0)
}

// makespan returns the length of the longest path.
func (g *graph) makespan() int32 {
	c := int32(0)
	for _, v := range g.last {
		a := &g.nodes[v]
		c = max(c, a.end+g.nodes[a.jobSucc].rest)
	}
	return c
}

// propagateHeads recomputes the heads from position lo on, to reach at least
// and further as long as they change. All operations whose predecessors are
// new stand between lo and reach.
//
// About half of them change, so that a branch on it would be foretold wrongly
// every other time: the new reach is worked out in any case.
func (g *graph) propagateHeads(lo, reach int32) {
	nodes, order := g.nodes, g.order
	for i := lo; i <= reach; i++ {
		a := &nodes[order[i]]
		end := max(nodes[a.jobPred].end, nodes[a.machPred].end) + a.time
		further := max(reach, nodes[a.jobSucc].pos, nodes[a.machSucc].pos)
		if end != a.end {
			reach = further
		}
		a.end = end
	}
}

// propagateTails recomputes the tails from position hi down, the mirror of
// propagateHeads.
func (g *graph) propagateTails(hi, reach int32) {
	nodes, order := g.nodes, g.order
	for i := hi; i >= reach; i-- {
		a := &nodes[order[i]]
		rest := max(nodes[a.jobSucc].rest, nodes[a.machSucc].rest) + a.time
		further := min(reach, nodes[a.jobPred].pos, nodes[a.machPred].pos)
		if rest != a.rest {
			reach = further
		}
		a.rest = rest
	}
}

// critical reports whether the arc from u to its successor s is on a longest
// path, given that u is.
func (g *graph) critical(u, s int32) bool {
	return s < g.source() && g.nodes[u].tail() == g.nodes[s].rest
}
