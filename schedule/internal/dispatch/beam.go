package dispatch

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A Beam searches near the schedule of a rule: a filtered beam search, after Ow
// and Morton, "Filtered beam search in scheduling", International Journal of
// Production Research 26, 1988. A node is the beginning of a pass: for each of
// its first contested decisions, those with several units waiting at the
// machine, the rank by the rule of the one that goes. Its value is the cost of
// the list schedule that a [Pass] completes it to. Level by level each node is
// branched into the two best at its next decision, and the best width nodes are
// kept; ties go to the nearer to the rule, then to the elder.
//
// Of the two branches the first has the schedule of its parent, so that a level
// takes width passes: width n passes of n log n for n decisions, which is for
// small and middle sizes.
type Beam struct {
	pass        *Pass
	rule        Rule
	width       int
	level       int // decisions made by the nodes
	nodes, next []beamNode
	parent      int // whose second branch is under way; -1 for the root
}

// A beamNode is a beginning. Two of a beam never share ranks.
type beamNode struct {
	ranks     []uint8
	decisions int // contested ones in the completed pass
	cost      core.Cost
}

// NewBeam returns a beam search with passes of pass, which it has for itself
// from Begin until it is over.
func NewBeam(pass *Pass, width int) *Beam {
	b := &Beam{pass: pass, width: width, nodes: make([]beamNode, 0, 2*width), next: make([]beamNode, 0, 2*width)}
	pass.ranks = slices.Grow(pass.ranks, pass.g.U.Len())
	for i := range 2 * width {
		b.nodes, b.next = b.nodes[:i+1], b.next[:i+1]
		b.nodes[i].ranks = make([]uint8, 0, pass.g.U.Len())
		b.next[i].ranks = make([]uint8, 0, pass.g.U.Len())
	}
	return b
}

// Begin begins the first pass of a beam search: that of the rule itself.
func (b *Beam) Begin(rule Rule) {
	b.rule, b.level, b.parent = rule, 0, -1
	b.nodes, b.next = b.nodes[:0], b.next[:0]
	b.pass.Begin(rule, 0, nil)
}

// Next takes the cost of the pass that is complete and begins another. It is
// false when the search is over, and then the pass is as it was before Begin.
func (b *Beam) Next(cost core.Cost) bool {
	if b.parent < 0 {
		b.nodes = grow(b.nodes, nil)
		b.nodes[0].cost, b.nodes[0].decisions = cost, b.pass.decisions
	} else {
		b.branched(cost)
	}
	for {
		for b.parent++; b.parent < len(b.nodes); b.parent++ {
			if b.branch(&b.nodes[b.parent]) {
				return true
			}
		}
		if len(b.next) == 0 {
			b.pass.ranks = b.pass.ranks[:0]
			return false
		}
		b.deepen()
	}
}

// branch begins the pass of a node's second branch, if it has decisions left.
func (b *Beam) branch(n *beamNode) bool {
	if n.decisions <= b.level {
		return false
	}
	b.pass.ranks = append(append(b.pass.ranks[:0], n.ranks...), 1)
	b.pass.Begin(b.rule, 0, nil)
	return true
}

// branched adds the two branches of the parent to the next level.
func (b *Beam) branched(cost core.Cost) {
	parent := &b.nodes[b.parent]
	for rank := range uint8(2) {
		b.next = grow(b.next, parent.ranks)
		n := &b.next[len(b.next)-1]
		n.ranks = append(n.ranks, rank)
		n.cost, n.decisions = parent.cost, parent.decisions
		if rank > 0 {
			n.cost, n.decisions = cost, b.pass.decisions
		}
	}
}

// deepen makes the best of the next level the nodes.
func (b *Beam) deepen() {
	slices.SortStableFunc(b.next, func(x, y beamNode) int {
		return cmp.Or(cmp.Compare(x.cost.Missing, y.cost.Missing), cmp.Compare(x.cost.Value, y.cost.Value))
	})
	b.nodes, b.next = b.next[:min(len(b.next), b.width)], b.nodes[:0]
	b.level++
	b.parent = -1
}

// grow appends a node with the given ranks and reuses the memory of the one
// that was there.
func grow(nodes []beamNode, ranks []uint8) []beamNode {
	nodes = nodes[:len(nodes)+1]
	n := &nodes[len(nodes)-1]
	n.ranks = append(n.ranks[:0], ranks...)
	return nodes
}
