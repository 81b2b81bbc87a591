package lotsize

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// improve is fix-and-optimise: window after window of set-ups is freed, and the
// best plan with the others as they are is looked for. Windows are what the
// relaxation and the best plan disagree about, all items in some periods, and
// some items in all periods, each kind at random; they grow when nothing has
// come of them for long.
func (s *search) improve(random *rand.Rand) {
	const smallest, patience = 40, 12 // binaries, windows
	size, idle := smallest, 0
	for turn := 0; !s.ended && !s.optimal(); turn++ {
		before := s.bestCost
		window := s.window(turn, size, random)
		complete := s.explore(window, 20+size/2)
		switch {
		case s.bestCost < before:
			idle = 0
		case complete && len(window) == s.unfixed():
			s.bound = s.bestCost
			return
		default:
			idle++
		}
		if idle >= patience {
			size, idle = size+size/2, 0
		}
	}
}

// optimal reports whether nothing can be better than the best plan.
func (s *search) optimal() bool { return !s.improves(s.bound) }

// unfixed is how many binaries are not decided for good.
func (s *search) unfixed() int {
	n := 0
	for _, fixed := range s.fixed {
		if !fixed {
			n++
		}
	}
	return n
}

// window picks about size binaries that are not decided.
func (s *search) window(turn, size int, random *rand.Rand) []int {
	switch turn % 3 {
	case 0:
		return s.disputed(size, random)
	case 1:
		from := random.IntN(s.p.Periods)
		return s.nearest(size, func(b binary) int { return abs(2*b.period - 2*from + 1) })
	default:
		rank := random.Perm(len(s.p.Items))
		return s.nearest(size, func(b binary) int { return rank[b.item] })
	}
}

// disputed returns binaries that the relaxation does not have at the value of
// the best plan, and others at random.
func (s *search) disputed(size int, random *rand.Rand) []int {
	const often = 1 << 20
	shuffle := make(map[int32]int, len(s.binaries))
	for _, b := range s.binaries {
		shuffle[b.column] = random.IntN(often)
	}
	for k, b := range s.binaries {
		if !s.rests(k) {
			shuffle[b.column] -= often
		}
	}
	return s.nearest(size, func(b binary) int { return shuffle[b.column] })
}

// nearest returns the size binaries of the smallest ranks that are not decided,
// and those of the same rank as the last of them.
func (s *search) nearest(size int, rank func(binary) int) []int {
	var all []int
	for k := range s.binaries {
		if !s.fixed[k] {
			all = append(all, k)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int {
		return cmp.Compare(rank(s.binaries[a]), rank(s.binaries[b]))
	})
	n := min(size, len(all))
	for n > 0 && n < len(all) && rank(s.binaries[all[n]]) == rank(s.binaries[all[n-1]]) {
		n++
	}
	return all[:n]
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}
