package tardiness

import (
	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/tabu"
)

// A search is a tabu search for the sum of job costs; it implements
// elite.Search.
type search struct {
	g      *disjunctive.Graph
	rnd    *disjunctive.Random
	tabu   *tabu.Search
	cost   *costs
	urgent *urgency

	payers int // jobs drawn in a step
	path   []int32
	moves  candidates
}

func newSearch(sh *disjunctive.Shop, rnd *disjunctive.Random) *search {
	g := disjunctive.NewGraph(sh)
	return &search{
		g:      g,
		rnd:    rnd,
		tabu:   tabu.New(g, rnd, 5),
		cost:   newCosts(g),
		urgent: newUrgency(sh, disjunctive.NewLister(sh)),
		payers: max(1, 200/max(1, sh.Ops)),
		path:   make([]int32, 0, sh.Ops),
		moves:  newCandidates(),
	}
}

// Graph implements elite.Search.
func (s *search) Graph() *disjunctive.Graph { return s.g }

// Bound implements elite.Search.
func (s *search) Bound() int64 { return s.cost.bound }

// Start implements elite.Search: a list schedule by apparent tardiness cost.
func (s *search) Start(before int, order, modes []int32) {
	s.urgent.fill(order, modes, before, s.rnd)
}

// Reset implements elite.Search.
func (s *search) Reset() int64 {
	s.cost.reset()
	s.tabu.Reset(s.cost.total)
	return s.cost.total
}

// Step implements elite.Search: the best move, by exact value, of those that
// could make a job cheaper.
func (s *search) Step() (int64, bool) {
	s.tabu.Begin()
	s.moves.reset()
	s.collect()
	for _, m := range s.moves.draw(s.g.Shop.Ops, s.rnd) {
		if !s.g.Apply(m) {
			continue
		}
		s.g.Heads()
		value := s.cost.after()
		s.g.Undo()
		s.tabu.Offer(m, value)
	}
	move, ok := s.tabu.Pick()
	if !ok { // for this job; another will be drawn
		return s.cost.total, true
	}
	s.g.Apply(move)
	s.g.Heads()
	s.cost.update()
	s.tabu.Reached(s.cost.total)
	return s.cost.total, true
}

// collect gathers the moves of one longest path each to the ends of a few jobs
// drawn among those that cost something, and of one to the end of all if the
// makespan costs. Drawing jobs makes a step so much cheaper than looking at all
// of them that the search goes further, on large shops much further.
func (s *search) collect() {
	if s.cost.makespan > 0 {
		s.collectFor(s.g.LastOp(s.rnd))
	}
	for range s.payers {
		if j := s.payer(); j >= 0 {
			s.collectFor(s.cost.last(j))
		}
	}
}

// payer draws one of the jobs that cost more than they must, or returns -1.
func (s *search) payer() int32 {
	pick, seen := int32(-1), 0
	for j, p := range s.cost.price {
		if p > s.cost.least[j] {
			if seen++; seen == 1 || s.rnd.Below(seen) == 0 {
				pick = int32(j)
			}
		}
	}
	return pick
}

func (s *search) collectFor(last int32) {
	s.path = s.g.TracePath(s.path, last, s.rnd)
	s.g.EachBlock(s.path, s.blockMoves)
	for _, v := range s.path {
		s.insertions(v)
	}
}
