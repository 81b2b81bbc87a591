package jobshop

import "math"

// A relinker goes from one schedule towards another, the guide, by swapping
// operations that are neighbours on a machine and stand the other way round
// in the guide. Each swap brings the two nearer by one.
//
// Peng, Lü and Cheng take random swaps, repair what becomes infeasible and
// try several points of the path. We stay feasible, and take of some random
// swaps the one with the least estimate: the path stays low, and one point is
// enough.
type relinker struct {
	g     *graph
	r     *random
	guide []int32 // rank of each operation in the guide
	left  int     // swaps to be made
	picks int     // the least estimate of so many swaps is taken
}

// begin says where to go and how far.
func (l *relinker) begin(guide *solution, swaps int) {
	l.guide, l.left = guide.rank, swaps
}

// step makes a swap. If it finds none, none is left.
func (l *relinker) step() {
	l.left--
	best, least := insertion{after: true}, int32(math.MaxInt32)
	n := len(l.g.order)
	for picks, tries := 0, 0; picks < l.picks && tries < 8*n; tries++ {
		m := insertion{op: int32(l.r.below(n)), after: true}
		m.at = l.g.nodes[m.op].machSucc
		if m.at >= l.g.source() || l.guide[m.op] < l.guide[m.at] || !l.g.feasible(m) {
			continue
		}
		picks++
		if e := l.g.estimate(m, least); e < least {
			best, least = m, e
		}
	}
	if least == math.MaxInt32 {
		l.left = 0
		return
	}
	l.g.apply(best)
}
