package flexible

import (
	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/tabu"
)

// A search is a tabu search for the makespan; it implements elite.Search.
type search struct {
	g      *disjunctive.Graph
	rnd    *disjunctive.Random
	tabu   *tabu.Search
	lister *disjunctive.Lister
	bound  int64 // of the makespan

	last  int32   // an operation that ends last
	path  []int32 // a critical path
	block block
}

func newSearch(sh *disjunctive.Shop, rnd *disjunctive.Random) *search {
	g := disjunctive.NewGraph(sh)
	s := &search{
		g:     g,
		rnd:   rnd,
		tabu:  tabu.New(g, rnd, 5),
		bound: lowerBound(sh),
		path:  make([]int32, 0, sh.Ops),
		block: newBlock(sh.Ops),
	}
	s.lister = disjunctive.NewLister(sh, s.score)
	return s
}

// Graph implements elite.Search.
func (s *search) Graph() *disjunctive.Graph { return s.g }

// Bound implements elite.Search.
func (s *search) Bound() int64 { return s.bound * s.g.Shop.Makespan }

// Start implements elite.Search.
func (s *search) Start(_ int, order, modes []int32) { s.lister.Begin(order, modes) }

// Fill implements elite.Search.
func (s *search) Fill(count int) bool { return s.lister.Run(count) }

// score lets an early end count for and work that follows against waiting, with
// a weight that varies.
func (s *search) score(o int32, m disjunctive.Mode, start int64) int64 {
	return 200*(start+m.Time) - s.lister.Rest[o]*int64(100+s.rnd.Below(101))
}

// Reset implements elite.Search.
func (s *search) Reset() int64 {
	s.g.Tails()
	makespan := s.makespan()
	s.tabu.Reset(makespan)
	return makespan * s.g.Shop.Makespan
}

// Step implements elite.Search: the best move by estimate for the operations
// of one critical path.
func (s *search) Step() (int64, bool) {
	s.tabu.Begin()
	s.path = s.g.TracePath(s.path, s.last, s.rnd)
	for _, v := range s.path {
		s.insertions(v)
	}
	s.g.EachBlock(s.path, s.blockMoves)
	move, ok := s.tabu.Pick()
	if !ok {
		return 0, false
	}
	s.apply(move)
	makespan := s.makespan()
	s.tabu.Reached(makespan)
	return makespan * s.g.Shop.Makespan, true
}

func (s *search) apply(m disjunctive.Move) {
	if !s.g.Apply(m) {
		panic("flexible: a move that was to be free of cycles is not")
	}
	s.g.Heads()
	s.g.Tails()
}

// makespan returns the latest end and notes an operation that ends then.
func (s *search) makespan() int64 {
	s.last = s.g.LastOp(s.rnd)
	return s.g.Node[s.last].End
}
