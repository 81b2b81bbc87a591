package heuristic

// planNorms raises the stock of every point with a norm to its target wherever
// it would fall below its minimum, after all lines have been planned.
func (s *state) planNorms() {
	for i := range s.p.Norms {
		n := &s.p.Norms[i]
		if n.Min == 0 {
			continue
		}
		pt := s.pointOf(n.Point)
		from := max(s.now, s.or(n.From, s.now))
		until := min(s.horizon, s.or(n.To, never))
		s.planNorm(pt, from, until, int64(n.Min), int64(max(n.Min, n.Target)))
	}
}

// planNorm supplies what is missing of a minimum in [from, until), just in
// time or else as early as possible.
func (s *state) planNorm(pt int32, from, until, least, target int64) {
	for tries := 0; tries < maxLots; tries++ {
		at := s.stock[pt].firstBelow(from, least)
		if at >= until {
			return
		}
		s.begin(nobody)
		q := target - s.stock[pt].at(at)
		mark := s.mark()
		if s.supplyBy(pt, q, at, 0) && !s.crowded() {
			from = at
			continue
		}
		s.undo(mark)
		arrives := s.supplySoon(pt, q, at, 0)
		if arrives == never || arrives >= until || s.crowded() {
			s.undo(mark)
			s.missed = append(s.missed, shortage{pt, q, s.excuse})
			return
		}
		from = max(at, arrives)
	}
}

// A shortage is stock of a norm that could not be had.
type shortage struct {
	point int32
	qty   int64
	why   excuse
}
