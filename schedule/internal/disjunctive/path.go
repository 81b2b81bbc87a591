package disjunctive

import "slices"

// TracePath draws one of the longest paths that end with v and writes it into
// path, from its start to v. All its operations start when the one before
// ends (and waits are over); the first starts at its release.
func (g *Graph) TracePath(path []int32, v int32, rnd *Random) []int32 {
	path = path[:0]
	for int(v) < g.Shop.Ops {
		path = append(path, v)
		v = g.criticalPred(v, rnd)
	}
	slices.Reverse(path)
	return path
}

// LastOp draws one of the operations that end last.
func (g *Graph) LastOp(rnd *Random) int32 {
	pick, seen, end := int32(0), 0, int64(-1)
	for o := range int32(g.Shop.Ops) {
		e := g.Node[o].End
		if e < end {
			continue
		}
		if e > end {
			end, seen = e, 0
		}
		if seen++; seen == 1 || rnd.Below(seen) == 0 {
			pick = o
		}
	}
	return pick
}

// criticalPred draws one of the operations whose end v's start waits for, or
// returns none if it waits for its release only.
func (g *Graph) criticalPred(v int32, rnd *Random) int32 {
	none := int32(g.Shop.Ops)
	nd := &g.Node[v]
	start := nd.Start()
	pick, seen := none, 0
	consider := func(u int32, lag int64) {
		if u != none && g.Node[u].End+lag == start {
			if seen++; seen == 1 || rnd.Below(seen) == 0 {
				pick = u
			}
		}
	}
	consider(nd.MP, 0)
	consider(nd.JP, nd.LagIn)
	if g.Shop.Pred != nil {
		for _, l := range g.Shop.Pred[v] {
			consider(l.Op, l.Lag)
		}
	}
	return pick
}

// EachBlock calls f with each block of a path: a maximal run of operations
// that follow each other on one machine.
func (g *Graph) EachBlock(path []int32, f func(ops []int32)) {
	for i := 0; i < len(path); {
		j := i + 1
		for j < len(path) && g.Node[path[j]].MP == path[j-1] {
			j++
		}
		f(path[i:j])
		i = j
	}
}

// EachN7 calls f for the moves of a block of n operations in the neighbourhood
// N7 (Zhang et al. 2007): any operation to the block's beginning or end (N6,
// Balas & Vazacopoulos 1998), the first or the last to any place inside. The
// operation at place from goes to place to, all between step aside.
func EachN7(n int, f func(from, to int)) {
	for i := range n - 1 {
		f(i, n-1)
	}
	for i := n - 1; i > 1; i-- { // 1 to 0 is the same as 0 to 1
		f(i, 0)
	}
	for j := 1; j < n-1; j++ {
		f(0, j)
	}
	for j := n - 3; j > 0; j-- { // n-1 to n-2 is the same as n-2 to n-1
		f(n-1, j)
	}
}

// FirstEndingAfter returns the place of the first operation of a machine's
// sequence that ends after an instant.
func (g *Graph) FirstEndingAfter(seq []int32, t int64) int {
	lo, hi := 0, len(seq)
	for lo < hi {
		mid := (lo + hi) / 2
		if g.Node[seq[mid]].End > t {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
