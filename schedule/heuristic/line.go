package heuristic

import "github.com/taktplan/takt/wip"

// planUnit plans the lines of a unit: one, or a group that ships together.
func (s *state) planUnit(u unit) {
	for _, l := range u.lines {
		s.planned[l] = true
	}
	if s.lines[u.lines[0]].Together == "" {
		s.planLine(u.lines[0])
		return
	}
	s.planTogether(u.lines)
}

// begin makes a line the owner of what is planned next.
func (s *state) begin(l int32) {
	s.owner, s.budget, s.slack, s.extra, s.excuse = l, maxTries, false, false, excuse{}
}

// maxTries bounds the sources that are tried for a line, so that alternatives
// of alternatives over many levels come to an end.
const maxTries = 2_000

// planLine plans a line on time if that can be, and otherwise as early as
// possible. Overtime is used if that costs less than being late. What is
// placed is recorded as the line's.
func (s *state) planLine(l int32) {
	mark := s.mark()
	s.planWith(l, false)
	if !s.overtime || s.penalty(l) == 0 {
		return
	}
	cost := s.costOf(l)
	s.undo(mark)
	s.planWith(l, true)
	if s.costOf(l) >= cost {
		s.undo(mark)
		s.planWith(l, false)
	}
}

// planWith plans a line with or without overtime.
func (s *state) planWith(l int32, overtime bool) {
	mark := s.mark()
	s.begin(l)
	s.extra = overtime
	s.deliverLine(l, s.target(l))
	s.why[l] = s.excuse
	s.record(l, mark)
}

// target is when a line should be delivered: on its due date, or planning
// forward, as soon as the customer takes it.
func (s *state) target(l int32) int64 {
	at := s.lines[l].due
	if s.direction == Forward {
		at = s.now
	}
	return min(max(at, s.now, s.lines[l].earliest), s.horizon-s.tick)
}

// deliverLine delivers a line at an instant or as soon after it as possible.
func (s *state) deliverLine(l int32, at int64) {
	qty := s.lines[l].Qty
	switch {
	case s.lines[l].earliest > at:
		s.refuse(excuse{kind: beyondHorizon, point: s.lines[l].point})
		return
	case s.lines[l].latest < at:
		s.refuse(excuse{kind: tooLate, point: s.lines[l].point})
		return
	}
	if s.steady && s.pastShips[l] > at && s.deliverBy(l, qty, s.pastShips[l]) {
		return
	}
	if s.deliverBy(l, qty, at) {
		return
	}
	if qty = s.partsBy(l, qty, at); qty == 0 {
		return
	}
	s.budget = max(s.budget, maxTries/2)
	s.deliverRest(l, qty, at)
}

// deliverBy delivers an amount at an instant, just in time. It reports whether
// it could, and leaves nothing behind if not.
func (s *state) deliverBy(l int32, qty wip.Qty, at int64) bool {
	mark := s.mark()
	if s.hurried && s.deliverEarly(l, qty, at) {
		return true
	}
	for _, s.slack = range s.withSlack() {
		s.placeShip(ship{line: l, at: at, qty: qty})
		if s.cover(s.lines[l].point, at, 0) && !s.crowded() {
			s.slack = false
			return true
		}
		s.undo(mark)
	}
	return false
}

// deliverEarly delivers an amount at an instant from what is supplied as early
// as possible.
func (s *state) deliverEarly(l int32, qty wip.Qty, at int64) bool {
	mark := s.mark()
	pt := s.lines[l].point
	if s.supplySoon(pt, int64(qty)-max(0, s.stock[pt].lowFrom(at)), s.now, 0) > at {
		s.undo(mark)
		return false
	}
	s.placeShip(ship{line: l, at: at, qty: qty})
	if s.stock[pt].lowFrom(at) < 0 || s.crowded() {
		s.undo(mark)
		return false
	}
	return true
}

// withSlack lists what to try: with safety times and soft waits, then without.
func (s *state) withSlack() []bool {
	if s.soft {
		return []bool{true, false}
	}
	return []bool{false}
}

// deliverAfter delivers an amount as early as possible after an instant at
// which it cannot be had, and once it is known when that is, just in time for
// it. Whatever cannot be delivered stays short.
func (s *state) deliverAfter(l int32, qty wip.Qty, at int64) {
	mark, budget := s.mark(), s.budget
	if !s.deliverSoon(l, qty, at) || s.direction == Forward {
		return
	}
	soonest := s.ships[len(s.ships)-1].at
	s.undo(mark)
	if s.deliverBy(l, qty, soonest) {
		return
	}
	s.budget = budget
	s.deliverSoon(l, qty, at)
}

// deliverSoon delivers an amount as early as possible after an instant at
// which it cannot be had. It reports whether it could, and the customer takes
// it so late.
func (s *state) deliverSoon(l int32, qty wip.Qty, at int64) bool {
	mark := s.mark()
	_, ok := s.waitFor(s.lines[l].point, int64(qty), at, 0, func(at int64) {
		s.placeShip(ship{line: l, at: at, qty: qty})
	})
	switch {
	case !ok:
		return false
	case s.ships[len(s.ships)-1].at > s.lines[l].latest:
		s.refuse(excuse{kind: tooLate, point: s.lines[l].point})
	case !s.crowded():
		return true
	}
	s.undo(mark)
	return false
}

// partBy delivers the largest part of a line that can be had at an instant and
// that, like what is left of it, the customer takes as a partial delivery.
func (s *state) partBy(l int32, qty wip.Qty, at int64) wip.Qty {
	least := s.lines[l].MinShipment
	if least == 0 || qty < 2*least {
		return 0
	}
	return s.largestBy(l, least, qty-least, at)
}

// largestBy delivers the largest amount between two bounds that can be had at
// an instant, found by bisection, or nothing.
func (s *state) largestBy(l int32, least, most wip.Qty, at int64) wip.Qty {
	mark := s.mark()
	lo, hi := least-1, most // lo can be delivered, or is too little
	for lo < hi {
		mid := lo + (hi-lo+1)/2
		if s.deliverBy(l, mid, at) {
			lo = mid
			s.undo(mark)
		} else {
			hi = mid - 1
		}
	}
	if lo < least || !s.deliverBy(l, lo, at) {
		return 0
	}
	return lo
}

// planTogether plans lines that ship at one instant: that at which the last of
// them can. Each round tries the instant of the one before, which is never
// earlier; if that does not settle, all wait for the last. Lines that cannot
// wait so long are short.
func (s *state) planTogether(lines []int32) {
	at := s.meeting(lines)
	mark := s.mark()
	for round := 1; ; round++ {
		first := len(s.ships)
		last := s.deliverAll(lines, at)
		if last == at {
			return
		}
		if round == maxMeetings {
			s.wait(int32(first), last)
			return
		}
		at = last
		s.undo(mark)
	}
}

// wait moves deliveries to an instant when all are there; those that are not
// accepted so late are given up.
func (s *state) wait(first int32, at int64) {
	for i := first; i < int32(len(s.ships)); i++ {
		if at <= s.lines[s.ships[i].line].latest {
			s.moveShip(i, at)
			continue
		}
		s.refuse(excuse{kind: tooLate, point: s.lines[s.ships[i].line].point})
		s.why[s.ships[i].line] = s.excuse
		s.takeShip(i)
	}
}

const maxMeetings = 20

// deliverAll delivers lines at an instant or later, and returns when the last
// of it is.
func (s *state) deliverAll(lines []int32, at int64) int64 {
	first := len(s.ships)
	last := at
	for _, l := range lines {
		mark := s.mark()
		s.begin(l)
		s.deliverLine(l, at)
		s.why[l] = s.excuse
		s.record(l, mark)
	}
	for _, h := range s.ships[first:] {
		last = max(last, h.at)
	}
	return last
}

// meeting is when a group should ship: on its first due date, or as soon as
// all its customers accept it.
func (s *state) meeting(lines []int32) int64 {
	at := s.target(lines[0])
	for _, l := range lines {
		at = min(at, s.target(l))
	}
	for _, l := range lines {
		at = max(at, s.lines[l].earliest)
	}
	return min(at, s.horizon-s.tick)
}
