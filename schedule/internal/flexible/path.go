package flexible

import "slices"

// tracePath traces one longest path at random and leaves it in s.path, from
// its start to its end.
func (s *search) tracePath() {
	none := int32(s.g.Shop.Ops)
	s.path = s.path[:0]
	for v := s.lastOp(); v != none; v = s.criticalPred(v) {
		s.path = append(s.path, v)
	}
	slices.Reverse(s.path)
}

// lastOp draws one of the operations that end last.
func (s *search) lastOp() int32 {
	v, seen := int32(0), 0
	for o := range int32(s.g.Shop.Ops) {
		if s.g.Node[o].End == s.makespan {
			if seen++; s.rnd.Below(seen) == 0 {
				v = o
			}
		}
	}
	return v
}

// criticalPred draws one of the operations whose end v's start waits for, or
// returns none if it waits for its release only.
func (s *search) criticalPred(v int32) int32 {
	g := s.g
	none := int32(g.Shop.Ops)
	nd := &g.Node[v]
	start := nd.Start()
	pick, seen := none, 0
	consider := func(u int32, lag int64) {
		if u != none && g.Node[u].End+lag == start {
			if seen++; seen == 1 || s.rnd.Below(seen) == 0 {
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
