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
	lister *disjunctive.Lister
	urgent *urgency
	bound  int64

	path  []int32
	moves candidates
}

func newSearch(sh *disjunctive.Shop, rnd *disjunctive.Random) *search {
	g := disjunctive.NewGraph(sh)
	lister := disjunctive.NewLister(sh)
	s := &search{
		g:      g,
		rnd:    rnd,
		tabu:   tabu.New(g, rnd),
		cost:   newCosts(g),
		lister: lister,
		urgent: newUrgency(sh, lister),
		path:   make([]int32, 0, sh.Ops),
		moves:  newCandidates(),
	}
	s.bound = s.lowerBound()
	return s
}

// Graph implements elite.Search.
func (s *search) Graph() *disjunctive.Graph { return s.g }

// Bound implements elite.Search: what the jobs cost if each had the shop for
// itself, in its fastest modes.
func (s *search) Bound() int64 { return s.bound }

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

// Step implements elite.Search: the best move for the critical blocks of all
// jobs that cost something.
func (s *search) Step() (int64, bool) {
	s.tabu.Begin()
	s.moves.reset()
	s.collect()
	for _, m := range s.moves.list {
		if !s.g.Apply(m) {
			continue
		}
		s.g.Heads()
		value := s.cost.after()
		s.g.Undo()
		s.tabu.Offer(m, value)
	}
	move, ok := s.tabu.Pick()
	if !ok {
		return 0, false
	}
	s.g.Apply(move)
	s.g.Heads()
	s.cost.update()
	s.tabu.Reached(s.cost.total)
	return s.cost.total, true
}

// collect gathers the moves of one longest path to the end of each job that
// costs something, and to the end of all if the makespan does.
func (s *search) collect() {
	for j := range s.cost.jobs {
		if s.cost.payable(int32(j)) {
			s.collectFor(s.cost.last(int32(j)))
		}
	}
	if s.cost.makespan > 0 {
		s.collectFor(s.g.LastOp(s.rnd))
	}
}

func (s *search) collectFor(last int32) {
	s.path = s.g.TracePath(s.path, last, s.rnd)
	s.g.EachBlock(s.path, s.blockMoves)
	for _, v := range s.path {
		s.insertions(v)
	}
}

// lowerBound prices the jobs at the completions that release and network
// alone allow.
func (s *search) lowerBound() int64 {
	sh := s.g.Shop
	end := make([]int64, sh.Ops)
	var span int64
	for _, o := range sh.Topological {
		start := sh.Release[o]
		sh.EachPred(o, func(l disjunctive.Link) { start = max(start, end[l.Op]+l.Lag) })
		end[o] = start + sh.MinTime(o)
		span = max(span, end[o])
	}
	bound := sh.Makespan * span
	for j := range sh.Jobs {
		var done int64
		for _, o := range s.cost.sinks[j] {
			done = max(done, end[o])
		}
		if len(s.cost.sinks[j]) > 0 {
			bound += price(&sh.Jobs[j], done)
		}
	}
	return bound
}
