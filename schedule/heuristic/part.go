package heuristic

import "github.com/taktplan/takt/wip"

// deliverRest delivers what cannot be had at an instant: all of it as early as
// possible or, where the customer takes parts and that is better by a tenth, in
// parts as they come.
func (s *state) deliverRest(l int32, qty wip.Qty, at int64) {
	least := s.lines[l].MinShipment
	if least == 0 || qty <= least {
		s.deliverAfter(l, qty, at)
		return
	}
	mark, budget := s.mark(), s.budget
	ship := len(s.ships)
	part, ok := s.soonestOf(l, least, at)
	s.budget = budget
	s.deliverAfter(l, qty, at)
	if !ok || len(s.ships) > ship && s.ships[ship].at <= part {
		return
	}
	pause := s.tick
	if len(s.ships) > ship {
		pause = max(pause, min(day, (s.ships[ship].at-part)/maxParts))
	}
	whole, why := s.lateness(l, qty, ship), s.excuse
	s.undo(mark)
	s.budget = budget
	s.deliverParts(l, qty, at, pause)
	if s.lateness(l, qty, ship) < whole-whole/10 {
		return
	}
	s.undo(mark)
	s.budget, s.excuse = budget, why
	s.deliverAfter(l, qty, at)
}

// maxParts bounds the deliveries of a line after its due date.
const maxParts = 60

// deliverParts delivers an amount after an instant in parts: whenever the least
// part can be had, but not without a pause in between, as much as can be had by
// then.
func (s *state) deliverParts(l int32, qty wip.Qty, at, pause int64) {
	least := s.lines[l].MinShipment
	budget := s.budget
	for n := 1; n < maxParts && qty > least; n++ {
		soonest, ok := s.soonestOf(l, least, at)
		if !ok {
			return
		}
		s.budget = budget
		if s.deliverBy(l, qty, soonest) {
			return
		}
		left := s.partsBy(l, qty, soonest)
		if left == 0 {
			return
		}
		if left == qty {
			break
		}
		qty, at, s.budget = left, soonest+pause, budget
	}
	mark := s.mark()
	before := len(s.ships)
	if s.deliverAfter(l, qty, at); len(s.ships) > before {
		return
	}
	// The customer is better served by some of it than by none.
	s.undo(mark)
	s.budget = budget
	if soonest, ok := s.soonestOf(l, least, at); ok {
		s.largestBy(l, least, qty, soonest)
	}
}

// partsBy delivers as much of an amount as can be had at an instant, in several
// lots if that is more, and returns what is left.
func (s *state) partsBy(l int32, qty wip.Qty, at int64) (left wip.Qty) {
	for range maxParts {
		part := s.partBy(l, qty, at)
		if part == 0 {
			break
		}
		if qty -= part; s.deliverBy(l, qty, at) {
			return 0
		}
	}
	return qty
}

// soonestOf returns when an amount could be delivered after an instant, and
// leaves nothing behind.
func (s *state) soonestOf(l int32, qty wip.Qty, after int64) (at int64, ok bool) {
	mark := s.mark()
	if s.deliverSoon(l, qty, after) {
		at, ok = s.ships[len(s.ships)-1].at, true
	}
	s.undo(mark)
	return at, ok
}

// lateness is what an amount of a line costs by being late or not delivered at
// all, of which the deliveries from the first one on are made.
func (s *state) lateness(l int32, qty wip.Qty, first int) int64 {
	ln, cost := &s.lines[l], int64(0)
	for i := range s.ships[first:] {
		if h := &s.ships[first+i]; h.line == l && !h.off {
			cost += perUnitDay(ln.late, int64(h.qty), ln.scale, max(0, h.at-ln.due))
			qty -= h.qty
		}
	}
	return cost + mulDiv(ln.short, int64(qty), ln.scale) + perUnitDay(ln.late, int64(qty), ln.scale, max(0, s.horizon-ln.due))
}
