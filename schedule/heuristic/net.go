package heuristic

// Netting. A demand first takes what it wants from the projected stock, which
// may leave less than nothing at some later instant; then the point is
// covered: whatever is missing from there on is supplied by that instant.
//
// So stock goes to whoever needs it first in time, and not to whoever was
// planned first: a demand that is planned late but due early uses up stock
// that was meant for a later one, which gets a new supply, if that can be had
// by its date. And if it cannot, the whole attempt is undone, and the demand
// has to wait for a supply of its own.

// cover supplies what is missing at a point from t on, just in time. It
// reports whether it could.
func (s *state) cover(pt int32, t int64, depth int) bool {
	for {
		at := s.stock[pt].firstBelow(t, 0)
		if at == never {
			return true
		}
		if !s.supplyBy(pt, s.missing(pt, at), at, depth) {
			return false
		}
		t = at
	}
}

// missing returns how much has to come to a point at an instant at which its
// stock would fall below zero, so that it never does.
func (s *state) missing(pt int32, at int64) int64 { return -s.stock[pt].lowFrom(at) }

// maxDepth bounds how many levels of material are planned through.
const maxDepth = 500

// enter notes that a point is being supplied. It reports whether it may be:
// lanes can lead in a circle, and nothing is supplied by way of itself.
func (s *state) enter(pt int32, depth int) bool {
	switch {
	case s.open[pt]:
		return s.refuse(excuse{kind: tooDeep, point: pt})
	case depth > maxDepth:
		return s.refuse(excuse{kind: tooMany, point: pt})
	}
	s.open[pt] = true
	return true
}

func (s *state) leave(pt int32) { s.open[pt] = false }

// drawAfter finds the first instant at or after t at which q can be taken from
// a point, from stock or by supplying it, and has take take it there.
func (s *state) drawAfter(pt int32, q int64, t int64, depth int, take func(at int64)) (at int64, ok bool) {
	mark := s.mark()
	take(t)
	if s.stock[pt].lowFrom(t) >= 0 || !s.hasty() && s.cover(pt, t, depth) {
		return t, true
	}
	s.undo(mark)
	return s.waitFor(pt, q, t, depth, take)
}

// waitFor is drawAfter for an instant t at which q cannot be had: it waits for
// what comes anyway, or for a supply if that comes sooner.
func (s *state) waitFor(pt int32, q int64, t int64, depth int, take func(at int64)) (at int64, ok bool) {
	mark := s.mark()
	waiting := s.stock[pt].settled(t, q)
	at = s.supplySoon(pt, q-max(0, s.stock[pt].lowFrom(t)), t, depth)
	if at >= waiting {
		s.undo(mark)
		at = waiting
	}
	switch {
	case at == never:
		s.undo(mark)
		return never, false
	case at >= s.horizon:
		s.undo(mark)
		return never, s.refuse(excuse{kind: beyondHorizon, point: pt})
	}
	take(at)
	if s.stock[pt].lowFrom(at) < 0 {
		// What supplies the point took from it.
		s.undo(mark)
		return never, s.refuse(excuse{kind: tooDeep, point: pt})
	}
	return at, true
}

// supplySoon supplies q at a point as early as possible after t, and returns
// when it is all there, or never.
func (s *state) supplySoon(pt int32, q int64, t int64, depth int) int64 {
	if !s.enter(pt, depth) {
		return never
	}
	defer s.leave(pt)
	at, piece := t, q
	if sources := s.points[pt].sources; s.pieces > 1 && len(sources) > 0 && sources[0].kind == makes {
		piece = ceilDiv(q, s.pieces)
	}
	for lots := 0; q > 0; lots++ {
		if lots == maxLots {
			s.refuse(excuse{kind: tooManyLots, point: pt})
			return never
		}
		got, arrives := s.soonest(pt, min(q, piece), t, depth)
		if arrives == never {
			s.blameLots(pt, lots)
			return never
		}
		at = max(at, arrives)
		q -= got
	}
	return at
}
