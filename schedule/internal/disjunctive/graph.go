package disjunctive

import (
	"github.com/taktplan/takt/internal/invariants"
	"github.com/taktplan/takt/schedule/internal/core"
)

// A Graph is an acyclic selection: a mode for every operation and an order on
// every machine, with the earliest ends that follow.
//
// Its fields are open to the engines for reading; they change through the
// methods.
type Graph struct {
	Shop *Shop
	// Node has one element more than there are operations: the place named
	// by links that lead nowhere.
	Node []Node
	Mode []int32   // index into Shop.Modes of each operation
	Seq  [][]int32 // operations of each machine, in order
	Rank []int32   // place of an operation in its machine's sequence
	// Order is a topological order of the graph, Pos its inverse.
	Order, Pos []int32

	// Positions between which the last move changed a predecessor (for
	// heads) or a successor (for tails).
	headFrom, headTo int32
	tailFrom, tailTo int32

	mark  []int64 // mark[o] == stamp: o is in the set at hand
	stamp int64
	moved []int32 // operations to be shifted in the order

	// What the last Apply and Heads changed, for Undo.
	back      Move
	shifted   []int32 // operations at the positions from shiftedAt, before
	shiftedAt int32
	changed   []Ending
}

// An Ending is an operation's end before a move changed it.
type Ending struct {
	Op  int32
	End int64
}

// A Node is what the inner loops read of an operation, on one cache line.
type Node struct {
	MP, MS        int32 // predecessor and successor on the machine
	JP, JS        int32 // first predecessor and successor in the network
	LagIn, LagOut int64 // waits on the arcs from JP and to JS
	Release       int64
	Time          int64
	End           int64 // earliest end; the start is End - Time
	// Rest is the longest path from the operation's start to the end of all,
	// its own time included. Kept by [Graph.Tails] only.
	Rest int64
}

// Start returns the earliest start.
func (n *Node) Start() int64 { return n.End - n.Time }

// NewGraph returns a graph in which every operation has its first mode and
// every machine follows the network's order.
func NewGraph(s *Shop) *Graph {
	n := s.Ops
	g := &Graph{
		Shop:    s,
		Node:    make([]Node, n+1),
		Mode:    make([]int32, n),
		Seq:     make([][]int32, s.Machines),
		Rank:    make([]int32, n),
		Order:   make([]int32, n),
		Pos:     make([]int32, n+1),
		mark:    make([]int64, n+1),
		moved:   make([]int32, 0, n),
		shifted: make([]int32, 0, n),
		changed: make([]Ending, 0, n),
	}
	for o := range n {
		l := s.First[o]
		g.Node[o] = Node{JP: l.Pred.Op, JS: l.Succ.Op, LagIn: l.Pred.Lag, LagOut: l.Succ.Lag, Release: s.Release[o]}
	}
	g.Pos[n] = -1
	reach := make([]int, s.Machines)
	for _, m := range s.Modes {
		reach[m.Machine]++
	}
	for k := range g.Seq {
		g.Seq[k] = make([]int32, 0, reach[k])
	}
	g.Build(s.Topological, s.ModeStart[:n])
	return g
}

// Build sets the selection in which every machine does its operations in the
// given order. Order must follow the network; modes are indices into
// Shop.Modes. It computes ends, not tails. O(operations).
func (g *Graph) Build(order, modes []int32) {
	none := int32(g.Shop.Ops)
	for k := range g.Seq {
		g.Seq[k] = g.Seq[k][:0]
	}
	copy(g.Order, order)
	copy(g.Mode, modes)
	for i, v := range order {
		mode := g.Shop.Modes[modes[v]]
		nd := &g.Node[v]
		nd.Time, nd.MP, nd.MS = mode.Time, none, none
		seq := g.Seq[mode.Machine]
		if len(seq) > 0 {
			nd.MP = seq[len(seq)-1]
			g.Node[nd.MP].MS = v
		}
		g.Rank[v] = int32(len(seq))
		g.Seq[mode.Machine] = append(seq, v)
		g.Pos[v] = int32(i)
	}
	g.headFrom, g.headTo = 0, none-1
	g.tailFrom, g.tailTo = none-1, 0
	g.Heads()
}

// Machine returns the machine that does v.
func (g *Graph) Machine(v int32) int32 { return g.Shop.Modes[g.Mode[v]].Machine }

// Heads brings the ends up to date after a move. It walks the topological
// order from the first operation with another predecessor to the last one
// that a change reaches.
func (g *Graph) Heads() {
	nodes, order, pos := g.Node, g.Order, g.Pos
	more := g.Shop.Pred != nil
	last := g.headTo
	g.changed = g.changed[:0]
	for i := g.headFrom; i <= last; i++ {
		v := order[i]
		nd := &nodes[v]
		start := max(nd.Release, nodes[nd.MP].End, nodes[nd.JP].End+nd.LagIn)
		if more {
			start = max(start, g.morePreds(v))
		}
		end := start + nd.Time
		if end == nd.End {
			continue
		}
		g.changed = append(g.changed, Ending{v, nd.End})
		nd.End = end
		last = max(last, pos[nd.MS], pos[nd.JS])
		if g.Shop.Succ != nil {
			for _, l := range g.Shop.Succ[v] {
				last = max(last, pos[l.Op])
			}
		}
	}
	g.headFrom, g.headTo = 0, -1
	if invariants.Enabled {
		g.checkHeads()
	}
}

// morePreds returns the earliest start that the arcs into v but the first
// allow.
func (g *Graph) morePreds(v int32) int64 {
	var start int64
	for _, l := range g.Shop.Pred[v] {
		start = max(start, g.Node[l.Op].End+l.Lag)
	}
	return start
}

// Changed returns the operations whose ends the last Heads changed, and what
// the ends were. The graph owns the slice.
func (g *Graph) Changed() []Ending { return g.changed }

// NetworkStart returns the earliest start that release and network leave to
// v, whatever its machine does.
func (g *Graph) NetworkStart(v int32) int64 {
	nd := &g.Node[v]
	start := max(nd.Release, g.Node[nd.JP].End+nd.LagIn)
	if g.Shop.Pred != nil {
		start = max(start, g.morePreds(v))
	}
	return start
}

// Tails brings Rest up to date after a move, as Heads does for the ends.
func (g *Graph) Tails() {
	nodes, order := g.Node, g.Order
	more := g.Shop.Succ != nil
	last := g.tailTo
	for i := g.tailFrom; i >= last; i-- {
		v := order[i]
		nd := &nodes[v]
		after := max(nodes[nd.MS].Rest, nodes[nd.JS].Rest+nd.LagOut)
		if more {
			after = max(after, g.moreSuccs(v))
		}
		rest := nd.Time + after
		if rest == nd.Rest {
			continue
		}
		nd.Rest = rest
		last = g.firstPred(v, last)
	}
	g.tailFrom, g.tailTo = -1, 0
	if invariants.Enabled {
		g.checkTails()
	}
}

// EachTail is Tails for lengths that an engine keeps itself: it calls f with
// every operation that the last move gave another successor and, as long as f
// reports that the operation's lengths have changed, with its predecessors; no
// operation before its successors.
func (g *Graph) EachTail(f func(v int32) (changed bool)) {
	last := g.tailTo
	for i := g.tailFrom; i >= last; i-- {
		if v := g.Order[i]; f(v) {
			last = g.firstPred(v, last)
		}
	}
	g.tailFrom, g.tailTo = -1, 0
}

// firstPred returns the smallest of a position and those of v's predecessors.
func (g *Graph) firstPred(v, pos int32) int32 {
	nd := &g.Node[v]
	pos = g.earlier(g.earlier(pos, nd.MP), nd.JP)
	if g.Shop.Pred != nil {
		for _, l := range g.Shop.Pred[v] {
			pos = min(pos, g.Pos[l.Op])
		}
	}
	return pos
}

// moreSuccs returns the longest path that the arcs out of v but the first
// begin.
func (g *Graph) moreSuccs(v int32) int64 {
	var rest int64
	for _, l := range g.Shop.Succ[v] {
		rest = max(rest, g.Node[l.Op].Rest+l.Lag)
	}
	return rest
}

// earlier returns the smaller of a position and that of v, if there is a v.
func (g *Graph) earlier(pos, v int32) int32 {
	if int(v) < g.Shop.Ops {
		return min(pos, g.Pos[v])
	}
	return pos
}

// NetworkRest returns the longest path that must follow the end of v in the
// network, whatever its machine does.
func (g *Graph) NetworkRest(v int32) int64 {
	nd := &g.Node[v]
	rest := g.Node[nd.JS].Rest + nd.LagOut
	if g.Shop.Succ != nil {
		rest = max(rest, g.moreSuccs(v))
	}
	return rest
}

// Makespan returns the latest end.
func (g *Graph) Makespan() int64 {
	var last int64
	for v := range g.Shop.Ops {
		last = max(last, g.Node[v].End)
	}
	return last
}

// WriteTo makes dst, of as many operations, the earliest-start schedule.
func (g *Graph) WriteTo(dst *core.Schedule) {
	for o := range dst.Mode {
		dst.Mode[o] = g.Shop.modelMode(int32(o), g.Mode[o])
		dst.Start[o], dst.End[o] = g.Node[o].Start(), g.Node[o].End
	}
}
