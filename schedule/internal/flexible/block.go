package flexible

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// A block is what is known of the critical block at hand. Only a change of a
// block's first or last operation, or of a machine, can shorten the path.
type block struct {
	ops   []int32
	start []int64 // NetworkStart of each
	rest  []int64 // NetworkRest of each
	ends  []int64 // of the run that a move changes, in its new order
}

func newBlock(ops int) block {
	return block{start: make([]int64, ops), rest: make([]int64, ops), ends: make([]int64, ops)}
}

// blockMoves considers the moves of N7 in a block that are sure to be free of
// cycles.
func (s *search) blockMoves(ops []int32) {
	if len(ops) < 2 {
		return
	}
	b := &s.block
	b.ops = ops
	for i, v := range ops {
		b.start[i], b.rest[i] = s.g.NetworkStart(v), s.g.NetworkRest(v)
	}
	disjunctive.EachN7(len(ops), func(from, to int) {
		v, w := ops[from], ops[to]
		if from < to && s.mayLead(v, w) || from > to && s.mayFollow(v, w) {
			return
		}
		m := disjunctive.Move{Op: v, Mode: s.g.Mode[v], At: s.g.Rank[w]}
		s.tabu.Offer(m, s.rotation(from, to))
	})
}

// rotation values the order of a block in which the operation at place from
// has gone to place to: ends of the run between them from left to right, rests
// from right to left, everything outside as it is (Balas & Vazacopoulos 1998).
// The largest end and rest together are the longest path through the run,
// unless a network predecessor or successor of the run depends on the run.
func (s *search) rotation(from, to int) int64 {
	b, g := &s.block, s.g
	lo, hi := min(from, to), max(from, to)
	// The run in its new order: from itself first or last, the others as
	// they were.
	at := func(k int) int {
		switch {
		case k == to:
			return from
		case from < to:
			return k + 1
		default:
			return k - 1
		}
	}
	end := g.Node[g.Node[b.ops[lo]].MP].End
	for k := lo; k <= hi; k++ {
		x := at(k)
		end = max(end, b.start[x]) + g.Node[b.ops[x]].Time
		b.ends[k] = end
	}
	rest := g.Node[g.Node[b.ops[hi]].MS].Rest
	var longest int64
	for k := hi; k >= lo; k-- {
		x := at(k)
		rest = max(rest, b.rest[x])
		longest = max(longest, b.ends[k]+rest)
		rest += g.Node[b.ops[x]].Time
	}
	return longest
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
