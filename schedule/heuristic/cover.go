package heuristic

import (
	"cmp"
	"slices"
)

// joinPurchases makes one lot of the purchases from a source with a period
// cover that arrive within its period of the first. Whatever they are for was
// planned at different times, each with a purchase of its own; the later ones
// come earlier, so nobody goes short. Where the lot rule, the supplier or the
// storage do not allow one lot, the next one begins.
func (s *state) joinPurchases() {
	bySupply := make([][]int32, len(s.supplies))
	for i := range s.buys {
		if b := &s.buys[i]; !b.off {
			bySupply[b.supply] = append(bySupply[b.supply], int32(i))
		}
	}
	for pt := range s.points {
		for n := range s.points[pt].sources {
			if src := &s.points[pt].sources[n]; src.kind == buys && src.period > 0 {
				s.joinWithin(src, bySupply[src.ref])
			}
		}
	}
}

// joinWithin joins purchases from a source.
func (s *state) joinWithin(src *source, list []int32) {
	slices.SortFunc(list, func(i, j int32) int {
		return cmp.Or(cmp.Compare(s.buys[i].arrival, s.buys[j].arrival), cmp.Compare(i, j))
	})
	first := nobody
	for _, i := range list {
		if first == nobody || s.buys[i].arrival >= addTime(s.buys[first].arrival, src.period) || !s.join(src, first, i) {
			first = i
		}
	}
}

// join adds a purchase to one that arrives no later. It reports whether it may.
func (s *state) join(src *source, first, next int32) bool {
	a, b := s.buys[first], s.buys[next]
	both := a
	both.qty += b.qty
	if both.qty > maxAmount || !src.lot.Allows(both.qty) ||
		!within(a.placed, src.opens, src.until) || !within(b.placed, src.opens, src.until) {
		return false
	}
	s.receive(&a, -1)
	s.receive(&b, -1)
	takes := s.takesFor(s.supplies[src.ref].uses, both.qty, s.items[src.item].scale)
	fits := s.supplierDelivers(src.ref, both.qty, both.arrival) && s.roomAfter(takes, both.placed) == both.placed
	s.receive(&both, 1)
	if fits && !s.crowded() {
		s.buys[first], s.buys[next].off = both, true
		return true
	}
	s.receive(&both, -1)
	s.receive(&a, 1)
	s.receive(&b, 1)
	return false
}
