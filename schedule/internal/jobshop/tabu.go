package jobshop

import (
	"math"

	"github.com/taktplan/takt/schedule/internal/plain"
)

// A neighbourhood appends the insertions it proposes for a critical block to
// moves: only feasible ones. First and last tell whether the block
// begins and ends the longest path.
type neighbourhood func(g *graph, block []int32, first, last bool, moves []insertion) []insertion

// A tabu search walks from schedule to neighbouring schedule, each time to
// the best that is not forbidden, and keeps the best it has met.
type tabu struct {
	g     *graph
	near  neighbourhood
	r     *random
	list  *tabuList
	walk  *walk
	moves []insertion

	step   int64 // iterations since the list was cleared
	idle   int   // iterations since the best was improved
	tenure int   // least number of iterations that a pair stays forbidden; the most is twice that

	best      int32
	bestOrder []int32
}

func newTabu(s *plain.Shop, near neighbourhood, r *random) *tabu {
	g := newGraph(s)
	return &tabu{
		g: g, near: near, r: r,
		list:      new(tabuList),
		walk:      newWalk(g),
		moves:     make([]insertion, 0, 4*s.Ops()),
		tenure:    4 + s.Jobs()/max(1, s.Machines),
		bestOrder: make([]int32, s.Ops()),
	}
}

// begin begins a new search where the graph stands.
func (t *tabu) begin() {
	t.list.clear()
	t.step, t.idle = 0, 0
	t.keep(t.g.makespan())
}

func (t *tabu) keep(makespan int32) {
	t.best, t.idle = makespan, 0
	copy(t.bestOrder, t.g.order)
}

// iterate makes one move. It returns false if there is none to make.
func (t *tabu) iterate() bool {
	t.walk.take(t.g, t.r)
	t.moves = t.moves[:0]
	blocks := len(t.walk.blocks) - 1
	for b := range blocks {
		t.moves = t.near(t.g, t.walk.block(b), b == 0, b == blocks-1, t.moves)
	}
	if len(t.moves) == 0 {
		return false
	}
	m := t.choose()
	t.step++
	t.list.forbidUndoing(t.g, m, t.step+int64(t.tenure+t.r.below(t.tenure)))
	t.g.apply(m)
	t.idle++
	if c := t.g.makespan(); c < t.best {
		t.keep(c)
	}
	return true
}

// choose returns the move with the least estimate that is not tabu, or is
// estimated to lead below the best; a random one if there is none. Equals are
// chosen from with equal probability.
func (t *tabu) choose() insertion {
	chosen, least, ties := -1, int32(math.MaxInt32), 0
	for i, m := range t.moves {
		e := t.g.estimate(m, least)
		if e > least {
			continue
		}
		if e >= t.best && t.list.tabu(t.g, m, t.step) {
			continue
		}
		if e < least {
			chosen, least, ties = i, e, 0
		}
		if ties++; ties > 1 && t.r.below(ties) == 0 {
			chosen = i
		}
	}
	if chosen < 0 {
		chosen = t.r.below(len(t.moves))
	}
	return t.moves[chosen]
}
