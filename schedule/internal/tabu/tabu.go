// Package tabu keeps what a tabu search on a disjunctive graph must not undo
// yet, and picks the next of the moves it is offered.
package tabu

import (
	"math"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// A Search is the memory of a tabu search on one graph.
type Search struct {
	g    *disjunctive.Graph
	rnd  *disjunctive.Random
	now  int64
	mode []int64 // by mode: the step until which its operation may not return
	arc  []int64 // by hash of two operations: until when the order may not return
	bits int     // of the hash

	tenure int // a reversal is tabu for so many steps, and up to twice as many

	record       int64 // least value since Reset
	free, barred choice
}

// A choice is the best of the moves offered, drawn among equals.
type choice struct {
	move  disjunctive.Move
	value int64
	ties  int
}

func (c *choice) consider(m disjunctive.Move, value int64, rnd *disjunctive.Random) {
	if value < c.value {
		c.value, c.ties = value, 0
	}
	if value == c.value {
		if c.ties++; c.ties == 1 || rnd.Below(c.ties) == 0 {
			c.move = m
		}
	}
}

// New returns an empty memory in which the reversal of a move stays tabu for
// tenure steps and a random number below tenure on top, which keeps the search
// from cycles. Orders of operations are kept in a table of
// 64 places per operation, by hash: two orders that share a place, which is
// rare, are forbidden together.
func New(g *disjunctive.Graph, rnd *disjunctive.Random, tenure int) *Search {
	bits := 12
	for 1<<bits < 64*g.Shop.Ops && bits < 20 {
		bits++
	}
	return &Search{
		g:      g,
		rnd:    rnd,
		mode:   make([]int64, len(g.Shop.Modes)),
		arc:    make([]int64, 1<<bits),
		bits:   bits,
		tenure: tenure,
	}
}

// Reset begins a phase at a value. What was tabu stays so.
func (s *Search) Reset(value int64) {
	s.record = value
}

// Begin forgets the moves offered for the last step.
func (s *Search) Begin() {
	s.now++
	s.free, s.barred = choice{value: math.MaxInt64}, choice{value: math.MaxInt64}
}

// Beaten reports whether no move of that value would be picked any more, nor
// one of a higher value.
func (s *Search) Beaten(value int64) bool { return value > s.free.value }

// Offer considers a move with its value or an estimate of it. A tabu move
// counts as free if it promises a value below the record.
func (s *Search) Offer(m disjunctive.Move, value int64) {
	switch {
	case s.Beaten(value):
	case value < s.record || !s.forbids(m):
		s.free.consider(m, value, s.rnd)
	default:
		s.barred.consider(m, value, s.rnd)
	}
}

// Pick returns the best free move or, if there is none, the best tabu one, and
// forbids its reversal. It reports false if nothing was offered.
func (s *Search) Pick() (disjunctive.Move, bool) {
	c := &s.free
	if c.ties == 0 {
		c = &s.barred
	}
	if c.ties == 0 {
		return disjunctive.Move{}, false
	}
	s.forbid(c.move)
	return c.move, true
}

// Reached tells the value after the move.
func (s *Search) Reached(value int64) { s.record = min(s.record, value) }

// forbid makes the reversal of a move tabu that is about to be made.
func (s *Search) forbid(m disjunctive.Move) {
	g := s.g
	until := s.now + int64(s.tenure+s.rnd.Below(s.tenure))
	if old := g.Mode[m.Op]; old != m.Mode {
		s.mode[old] = until
		return
	}
	seq := g.Seq[g.Machine(m.Op)]
	r := g.Rank[m.Op]
	for i := r + 1; i <= m.At; i++ {
		*s.order(m.Op, seq[i]) = until
	}
	for i := m.At; i < r; i++ {
		*s.order(seq[i], m.Op) = until
	}
}

// forbids reports whether a move leads to a tabu mode or order.
func (s *Search) forbids(m disjunctive.Move) bool {
	g := s.g
	if g.Mode[m.Op] != m.Mode {
		return s.mode[m.Mode] > s.now
	}
	seq := g.Seq[g.Machine(m.Op)]
	r := g.Rank[m.Op]
	for i := r + 1; i <= m.At; i++ {
		if *s.order(seq[i], m.Op) > s.now {
			return true
		}
	}
	for i := m.At; i < r; i++ {
		if *s.order(m.Op, seq[i]) > s.now {
			return true
		}
	}
	return false
}

// order is the place of "a before b" in the table.
func (s *Search) order(a, b int32) *int64 {
	h := (uint64(uint32(a))<<32 | uint64(uint32(b))) * 0x9E3779B97F4A7C15
	return &s.arc[h>>(64-uint(s.bits))]
}
