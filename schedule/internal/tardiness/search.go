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
	guess  *estimates // nil for shops too large
	urgent *urgency

	trees  int // jobs of which a step looks at a critical tree
	path   []int32
	moves  candidates
	effort int // numbers looked at to value a move, about
}

func newSearch(sh *disjunctive.Shop, rnd *disjunctive.Random) *search {
	g := disjunctive.NewGraph(sh)
	cost := newCosts(g)
	s := &search{
		g:      g,
		rnd:    rnd,
		tabu:   tabu.New(g, rnd, 5),
		cost:   cost,
		urgent: newUrgency(sh, rnd),
		trees:  1,
		path:   make([]int32, 0, sh.Ops),
		moves:  newCandidates(),
		effort: sh.Ops,
	}
	if sh.Ops <= smallOps {
		s.trees = 2
	}
	if sh.Ops+1 <= maxTails/max(1, len(cost.jobs)) {
		s.guess = newEstimates(g, cost)
		s.effort = 8 * len(cost.jobs)
	}
	return s
}

// pace is the number of steps that take about a millisecond. With estimates most
// of a step goes into the tails, and into operations with alternatives. Without,
// both the moves of a step and the work for each grow with the shop.
func (s *search) pace() int {
	sh := s.g.Shop
	if s.guess == nil {
		return max(1, 10_000/sh.Ops*100/sh.Ops)
	}
	return max(1, 1_000_000/(5000+sh.Ops*len(s.cost.jobs)+12*(len(sh.Modes)-sh.Ops)))
}

// smallOps is the number of operations up to which a step for a second job, and
// a population that is driven apart, pay.
const smallOps = 150

// maxTails bounds the paths that are kept for estimates: 16 megabytes.
const maxTails = 1 << 21

// Graph implements elite.Search.
func (s *search) Graph() *disjunctive.Graph { return s.g }

// Bound implements elite.Search.
func (s *search) Bound() int64 { return s.cost.bound }

// Start implements elite.Search: a list schedule by apparent tardiness cost.
func (s *search) Start(before int, order, modes []int32) {
	s.urgent.begin(order, modes, before)
}

// Fill implements elite.Search.
func (s *search) Fill(count int) bool { return s.urgent.lister.Run(count) }

// Reset implements elite.Search.
func (s *search) Reset() int64 {
	s.cost.reset()
	s.updateTails()
	s.tabu.Reset(s.cost.total)
	return s.cost.total
}

// Step implements elite.Search: the best move of those that could make a job
// cheaper.
func (s *search) Step() (int64, bool) {
	s.tabu.Begin()
	s.moves.reset()
	s.collect()
	for _, m := range s.moves.draw(s.effort, s.rnd) {
		if value, ok := s.value(m); ok {
			s.tabu.Offer(m, value)
		}
	}
	move, ok := s.tabu.Pick()
	if !ok { // for this job; another will be drawn
		return s.cost.total, true
	}
	if !s.g.Apply(move) {
		panic("tardiness: a move that was to be free of cycles is not")
	}
	s.g.Heads()
	s.cost.update()
	s.updateTails()
	s.tabu.Reached(s.cost.total)
	return s.cost.total, true
}

// value estimates the total after a move, or computes it on a shop too large
// for estimates. It reports false if the move is not to be made.
func (s *search) value(m disjunctive.Move) (int64, bool) {
	if s.guess != nil {
		return s.guess.value(m)
	}
	if !s.g.Apply(m) {
		return 0, false
	}
	s.g.Heads()
	total := s.cost.after()
	s.g.Undo()
	return total, true
}

func (s *search) updateTails() {
	if s.guess != nil {
		s.guess.tails.update()
	}
}

// collect gathers the moves of longest paths to the ends of one or two jobs
// drawn among those that cost something, and to the end of all if the makespan
// costs. Drawing few makes a step so much cheaper than looking at all of them
// that the search goes further, on large shops much further; and steps for the
// sake of one job that cost the others something lead out of valleys.
func (s *search) collect() {
	if s.cost.span >= 0 {
		s.collectFor(s.g.LastOp(s.rnd))
	}
	for range s.trees {
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
