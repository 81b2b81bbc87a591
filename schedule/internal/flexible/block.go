package flexible

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// A block is a maximal run of operations on a critical path that follow each
// other on one machine. Only a change of a block's first or last operation,
// or of a machine, can shorten the path.
type block struct {
	ops   []int32
	start []int64 // NetworkStart of each
	rest  []int64 // NetworkRest of each
	head  []int64 // scratch: ends while a move is valued
	seq   []int32 // scratch: the run in its new order
}

// blockMoves considers the moves of a critical block: an inner operation to
// the block's beginning or end (N6, Balas & Vazacopoulos 1998) and the first
// or the last one to the inside (N7, Zhang et al. 2007).
func (s *search) blockMoves(ops []int32) {
	b := &s.block
	n := len(ops)
	if n < 2 {
		return
	}
	b.ops = ops
	for i, v := range ops {
		b.start[i], b.rest[i] = s.g.NetworkStart(v), s.g.NetworkRest(v)
	}
	if s.P.Opt&2 != 0 {
		for i := 0; i < n-1; i++ {
			for j := i + 1; j < n; j++ {
				s.forward(i, j)
				if j > i+1 {
					s.backward(j, i)
				}
			}
		}
		return
	}
	for i := 0; i < n-1; i++ {
		s.forward(i, n-1)
	}
	for i := n - 1; i > 0; i-- {
		s.backward(i, 0)
	}
	for j := 1; j < n-1; j++ {
		s.forward(0, j)
	}
	for j := n - 2; j > 0; j-- {
		s.backward(n-1, j)
	}
}

// forward offers moving the block's operation i right behind operation j > i,
// if it is sure that none of i's successors leads to j.
func (s *search) forward(i, j int) {
	b, g := &s.block, s.g
	v, w := b.ops[i], b.ops[j]
	if s.mayLead(v, w) {
		return
	}
	run := b.seq[:j-i+1]
	copy(run, b.ops[i+1:j+1])
	run[j-i] = v
	s.offerBlock(disjunctive.Move{Op: v, Mode: g.Mode[v], At: g.Rank[w]}, i, j, 1)
}

// backward offers moving operation j right before operation i < j.
func (s *search) backward(j, i int) {
	b, g := &s.block, s.g
	v, u := b.ops[j], b.ops[i]
	if s.mayFollow(v, u) {
		return
	}
	s.offerBlock(disjunctive.Move{Op: v, Mode: g.Mode[v], At: g.Rank[u]}, i, j, -1)
}

// offerBlock values the order of block places i..j after the rotation by one
// place, forward (dir 1) or backward (dir -1): ends of the run from left to
// right, rests from right to left, everything outside as it is. The largest
// end + rest is a lower bound on the longest path through the run unless a
// network predecessor of the run depends on the run itself.
func (s *search) offerBlock(m disjunctive.Move, i, j, dir int) {
	b, g := &s.block, s.g
	n := j - i
	at := func(k int) int { // block index of the k-th in the new order
		if dir > 0 {
			if k == n {
				return i
			}
			return i + 1 + k
		}
		if k == 0 {
			return j
		}
		return i + k - 1
	}
	end := g.Node[g.Node[b.ops[i]].MP].End
	for k := 0; k <= n; k++ {
		x := at(k)
		end = max(end, b.start[x]) + g.Node[b.ops[x]].Time
		b.head[k] = end
	}
	rest := g.Node[g.Node[b.ops[j]].MS].Rest
	var longest int64
	for k := n; k >= 0; k-- {
		x := at(k)
		rest = max(rest, b.rest[x])
		longest = max(longest, b.head[k]+rest)
		rest += g.Node[b.ops[x]].Time
	}
	s.offer(m, longest)
}

// mayLead reports whether a path from a network successor of v to w cannot be
// excluded. Such a path would make w begin after the successor's end, have
// less to come, and stand behind it in the topological order.
func (s *search) mayLead(v, w int32) bool {
	g := s.g
	if s.succLeads(g.Node[v].JS, w) {
		return true
	}
	if g.Shop.Succ != nil {
		for _, l := range g.Shop.Succ[v] {
			if s.succLeads(l.Op, w) {
				return true
			}
		}
	}
	return false
}

func (s *search) succLeads(succ, w int32) bool {
	g := s.g
	if int(succ) == g.Shop.Ops || g.Pos[w] < g.Pos[succ] {
		return false
	}
	a, b := &g.Node[succ], &g.Node[w]
	return succ == w || b.Start() >= a.End && b.Rest <= a.Rest-a.Time
}

// mayFollow reports whether a path from u to a network predecessor of v
// cannot be excluded.
func (s *search) mayFollow(v, u int32) bool {
	g := s.g
	if s.predFollows(g.Node[v].JP, u) {
		return true
	}
	if g.Shop.Pred != nil {
		for _, l := range g.Shop.Pred[v] {
			if s.predFollows(l.Op, u) {
				return true
			}
		}
	}
	return false
}

func (s *search) predFollows(pred, u int32) bool {
	g := s.g
	if int(pred) == g.Shop.Ops || g.Pos[u] > g.Pos[pred] {
		return false
	}
	a, b := &g.Node[u], &g.Node[pred]
	return pred == u || b.Start() >= a.End && b.Rest <= a.Rest-a.Time
}
