package flexible

import (
	"math"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

type search struct {
	g    *disjunctive.Graph
	rnd  *disjunctive.Random
	iter int64

	makespan int64
	tabuMode []int64 // until when an operation may not return to a mode
	tabuArc  []int64 // until when an arc, by hash, may not come back
	arcBits  int

	block  block
	path   []int32
	lister *disjunctive.Lister

	// the best move offered so far
	best, bestTabu       disjunctive.Move
	bestVal, bestTabuVal int64
	ties, tabuTies       int

	record int64 // best makespan of the phase
	bound  int64

	P Params
}

type Params struct{ ArcBase, ArcRand, ModeBase, ModeRand, Opt int }

func newSearch(sh *disjunctive.Shop, rnd *disjunctive.Random) *search {
	n := sh.Ops
	s := &search{g: disjunctive.NewGraph(sh), rnd: rnd}
	s.arcBits = 12
	for 1<<s.arcBits < 64*n && s.arcBits < 20 {
		s.arcBits++
	}
	s.tabuArc = make([]int64, 1<<s.arcBits)
	s.tabuMode = make([]int64, len(sh.Modes))
	s.block = block{start: make([]int64, n), rest: make([]int64, n), head: make([]int64, n), seq: make([]int32, n)}
	s.path = make([]int32, 0, n)
	s.lister = disjunctive.NewLister(sh)
	s.P = Params{ArcBase: 10, ArcRand: 10, ModeBase: 10, ModeRand: 10}
	return s
}

func (s *search) arc(a, b int32) *int64 {
	h := (uint64(uint32(a))<<32 | uint64(uint32(b))) * 0x9E3779B97F4A7C15
	return &s.tabuArc[h>>(64-uint(s.arcBits))]
}

func (s *search) Graph() *disjunctive.Graph { return s.g }

// Bound is the price of the longest path by the network alone.
func (s *search) Bound() int64 { return s.bound * s.g.Shop.Makespan }

// Reset begins a phase at the graph's selection.
func (s *search) Reset() int64 {
	s.g.Tails()
	s.makespan = s.g.Makespan()
	s.record = s.makespan
	return s.makespan * s.g.Shop.Makespan
}

// Start draws a list schedule by most work remaining, with more noise the
// more there have been.
func (s *search) Start(before int, order, modes []int32) {
	noise := 10 * min(before, 10)
	s.lister.Fill(order, modes, func(o int32, m disjunctive.Mode, start int64) int64 {
		return -s.lister.Rest[o] * int64(100+s.rnd.Below(noise+1))
	})
}

// Step makes one move of the tabu search. It reports false if there is none.
func (s *search) Step() (int64, bool) {
	s.iter++
	s.bestVal, s.bestTabuVal = math.MaxInt64, math.MaxInt64
	s.tracePath()
	for _, v := range s.path {
		s.insertions(v)
	}
	for i := 0; i < len(s.path); {
		j := i + 1
		for j < len(s.path) && s.g.Node[s.path[j]].MP == s.path[j-1] {
			j++
		}
		s.blockMoves(s.path[i:j])
		i = j
	}
	m := s.best
	if s.bestVal == math.MaxInt64 {
		if s.bestTabuVal == math.MaxInt64 {
			return 0, false
		}
		m = s.bestTabu
	}
	s.apply(m)
	return s.makespan * s.g.Shop.Makespan, true
}

func (s *search) apply(m disjunctive.Move) {
	g := s.g
	old := g.Mode[m.Op]
	oldRank := g.Rank[m.Op]
	if old != m.Mode {
		s.tabuMode[old] = s.iter + int64(s.P.ModeBase+s.rnd.Below(s.P.ModeRand))
	} else {
		until := s.iter + int64(s.P.ArcBase+s.rnd.Below(s.P.ArcRand))
		seq := g.Seq[g.Machine(m.Op)]
		for i := oldRank + 1; i <= m.At; i++ {
			*s.arc(m.Op, seq[i]) = until
		}
		for i := m.At; i < oldRank; i++ {
			*s.arc(seq[i], m.Op) = until
		}
	}
	if !g.Apply(m) {
		panic("flexible: move makes a cycle")
	}
	g.Heads()
	g.Tails()
	s.makespan = g.Makespan()
	if s.makespan < s.record {
		s.record = s.makespan
	}
}

func (s *search) isTabu(m disjunctive.Move) bool {
	g := s.g
	if g.Mode[m.Op] != m.Mode {
		return s.tabuMode[m.Mode] > s.iter
	}
	seq := g.Seq[g.Machine(m.Op)]
	r := g.Rank[m.Op]
	if s.P.Opt&1 != 0 {
		for i := r + 1; i <= m.At; i++ {
			if *s.arc(seq[i], m.Op) <= s.iter {
				return false
			}
		}
		for i := m.At; i < r; i++ {
			if *s.arc(m.Op, seq[i]) <= s.iter {
				return false
			}
		}
		return true
	}
	for i := r + 1; i <= m.At; i++ {
		if *s.arc(seq[i], m.Op) > s.iter {
			return true
		}
	}
	for i := m.At; i < r; i++ {
		if *s.arc(m.Op, seq[i]) > s.iter {
			return true
		}
	}
	return false
}

func (s *search) offer(m disjunctive.Move, value int64) {
	if value > s.bestVal && value > s.bestTabuVal {
		return
	}
	if s.isTabu(m) && value >= s.record {
		if value < s.bestTabuVal {
			s.bestTabuVal, s.tabuTies = value, 0
		}
		if value == s.bestTabuVal {
			s.tabuTies++
			if s.rnd.Below(s.tabuTies) == 0 {
				s.bestTabu = m
			}
		}
		return
	}
	if value < s.bestVal {
		s.bestVal, s.ties = value, 0
	}
	if value == s.bestVal {
		s.ties++
		if s.rnd.Below(s.ties) == 0 {
			s.best = m
		}
	}
}
