package lotsize

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/internal/lp"
)

// dive rounds the relaxation to a first plan: it fixes the largest of the
// broken binaries to 1, some at a time, and solves again, until none is broken.
// Nothing is carried over yet. Where that ends in nothing, everything is set up
// for in every period.
func (s *search) dive() {
	for k, b := range s.binaries {
		if b.column != s.setup[b.item][b.period] {
			s.fix(k, false)
		}
	}
	for !s.ended {
		sol := s.solve()
		if sol == nil {
			break
		}
		added := s.separate(sol.X)
		broken := s.brokenFirst(sol)
		if len(broken) == 0 && added == 0 {
			s.keep(sol)
			return
		}
		const share = 5 // one in so many is fixed at a time
		for _, k := range broken[:(len(broken)+share-1)/share] {
			s.fix(k, true)
		}
	}
	for k, b := range s.binaries {
		s.fix(k, b.column == s.setup[b.item][b.period])
	}
	if sol := s.solve(); sol != nil {
		s.keep(sol)
	}
}

// brokenFirst returns the broken binaries, the largest first.
func (s *search) brokenFirst(sol *lp.Solution) []int {
	var broken []int
	for k, b := range s.binaries {
		if x := sol.X[b.column]; x > integral && x < 1-integral {
			broken = append(broken, k)
		}
	}
	slices.SortStableFunc(broken, func(a, b int) int {
		return cmp.Compare(sol.X[s.binaries[b].column], sol.X[s.binaries[a].column])
	})
	return broken
}
