package heuristic

import "github.com/taktplan/takt/wip"

// maxLots bounds the lots that one requirement is split into, so that a lot
// rule cannot make a plan that does not fit into memory.
const maxLots = 10_000

// supplyBy has q supplied at a point by t: lot by lot, each from the first
// source that can have it there in time. It reports whether it could; if not,
// what it placed is for the caller to undo.
func (s *state) supplyBy(pt int32, q int64, t int64, depth int) bool {
	if !s.enter(pt, depth) {
		return false
	}
	defer s.leave(pt)
	for lots := 0; q > 0; lots++ {
		if lots == maxLots {
			return s.refuse(excuse{kind: tooManyLots, point: pt})
		}
		got, ok := s.lotBy(pt, q, t, depth)
		if !ok {
			return s.blameLots(pt, lots)
		}
		q -= got
	}
	return true
}

// manyLots is how many lots for one requirement are the reason if the effort
// ends.
const manyLots = maxTries / 2

// blameLots says, where the effort for a requirement has ended after many lots,
// that it was that. It returns false.
func (s *state) blameLots(pt int32, lots int) bool {
	if s.excuse.kind == outOfBudget && lots >= manyLots {
		s.refuse(excuse{kind: tooManyLots, point: pt})
	}
	return false
}

// lotBy places one lot for a requirement of q by t.
func (s *state) lotBy(pt int32, q, t int64, depth int) (got int64, ok bool) {
	sources := s.points[pt].sources
	if len(sources) == 0 || s.closed {
		return 0, s.refuse(excuse{kind: noSource, point: pt})
	}
	mark := s.mark()
	for n := range sources {
		src := s.nth(pt, n)
		if !s.spend(pt, n == 0) {
			return 0, false
		}
		lot := s.lotSize(pt, src, q, t)
		if got := s.recallBy(src, min(lot, wip.Qty(q)), t, depth+1); got > 0 {
			return int64(got), true
		}
		by := t
		if s.slack {
			by -= src.safety
		}
		if s.lotFrom(pt, src, lot, by, t, depth) {
			return int64(lot), true
		}
		s.undo(mark)
	}
	if s.pieces > 1 && q > 1 {
		return s.pieceBy(pt, q, t, depth)
	}
	return 0, false
}

// lotFrom places a lot from one source such that it is there by t.
func (s *state) lotFrom(pt int32, src *source, lot wip.Qty, t, need int64, depth int) bool {
	switch src.kind {
	case makes:
		return s.makeBy(src, lot, t, need, depth+1)
	case buys:
		return s.buyBy(src, lot, t, need)
	default:
		return s.bringBy(pt, src, lot, t, need, depth+1)
	}
}

// soonest places the lot of the source that has it there first after t, and
// returns its size and when that is; of those that are equally fast, that of
// the first source.
func (s *state) soonest(pt int32, q, t int64, depth int) (got, at int64) {
	sources := s.points[pt].sources
	if len(sources) == 0 || s.closed {
		s.refuse(excuse{kind: noSource, point: pt})
		return 0, never
	}
	mark := s.mark()
	best, at := -1, int64(never)
	for n := range sources {
		if !s.spend(pt, n == 0) {
			break
		}
		src := s.nth(pt, n)
		lot := s.lotSize(pt, src, q, t)
		if arrives := s.lotAfter(pt, src, lot, t, depth); arrives < at {
			best, at, got = n, arrives, int64(lot)
			if n == len(sources)-1 || s.hasty() {
				return got, at
			}
		}
		s.undo(mark)
	}
	if best < 0 {
		return 0, never
	}
	return got, s.lotAfter(pt, s.nth(pt, best), wip.Qty(got), t, depth)
}

// lotAfter places a lot from one source as early as possible after t, and
// returns when it is there, or never.
func (s *state) lotAfter(pt int32, src *source, lot wip.Qty, t int64, depth int) int64 {
	switch src.kind {
	case makes:
		return s.makeAfter(src, lot, t, depth+1)
	case buys:
		return s.buyAfter(src, lot, t)
	default:
		return s.bringAfter(pt, src, lot, t, depth+1)
	}
}

// nth returns the source of a point that is tried as number n: by priority
// and cost, or where there are shares, the one that lags most behind its own.
func (s *state) nth(pt int32, n int) *source {
	p := &s.points[pt]
	if !p.shared {
		return &p.sources[n]
	}
	return &p.sources[s.byShare(pt)[n]]
}

// spend uses up one try of the budget and reports whether it may be made. When
// the budget is used up, only the first source of anything is tried; when twice
// as much is used, none is.
func (s *state) spend(pt int32, first bool) bool {
	s.budget--
	switch {
	case s.budget > 0:
		return true
	case s.budget < -maxTries:
		return s.refuse(excuse{kind: outOfBudget, point: pt})
	}
	return first
}

// hasty reports whether the budget is used up.
func (s *state) hasty() bool { return s.budget <= 0 }
