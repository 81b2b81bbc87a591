package lotsize

import (
	"math"

	"github.com/taktplan/takt/internal/lp"
)

// explore looks for the best plan in which all binaries but those of window
// are as in the best one so far. It ends after so many nodes, and reports
// whether it looked at all that could be better.
func (s *search) explore(window []int, nodes int) bool {
	inside := make([]bool, len(s.binaries))
	for _, k := range window {
		inside[k] = !s.fixed[k]
	}
	for k := range s.binaries {
		if inside[k] {
			s.free(k)
		} else {
			s.fix(k, s.best[k])
		}
	}
	b := brancher{search: s, window: window, inside: inside, left: nodes}
	b.node()
	return b.left > 0 && !s.ended
}

// A brancher goes through the tree of a window depth first.
type brancher struct {
	*search
	window []int
	inside []bool
	left   int // nodes
}

// node solves a node, and then both sides of a binary that is broken there.
func (b *brancher) node() {
	if b.left--; b.left < 0 {
		return
	}
	sol := b.tight()
	if sol == nil || !b.improves(sol.Objective) {
		return
	}
	k := b.broken(sol)
	if k < 0 {
		b.keep(sol)
		return
	}
	first := sol.X[b.binaries[k].column] > 0.3
	for _, on := range []bool{first, !first} {
		b.fix(k, on)
		b.node()
		if b.ended {
			return
		}
	}
	b.free(k)
}

// tight solves a node with all the inequalities that its solution violates, as
// long as it can still be better than the best plan.
func (b *brancher) tight() *lp.Solution {
	const mostRounds = 4
	for round := 0; ; round++ {
		sol := b.solve()
		if sol == nil || !b.improves(sol.Objective) {
			return sol
		}
		if round >= mostRounds && b.broken(sol) >= 0 {
			return sol
		}
		if b.separate(sol.X) == 0 {
			return sol
		}
	}
}

// broken returns the binary of the window that is furthest from an integer,
// weighed by what it costs; -1 if there is none.
func (b *brancher) broken(sol *lp.Solution) int {
	best, most := -1, 0.0
	for _, k := range b.window {
		if !b.inside[k] {
			continue
		}
		x := sol.X[b.binaries[k].column]
		if d := math.Min(x, 1-x); d > integral {
			if d *= 1 + b.p.Items[b.binaries[k].item].SetupCost; d > most {
				best, most = k, d
			}
		}
	}
	return best
}
