package heuristic

// pieceBy places a part of a requirement of q that cannot be had by t at once:
// the largest lot of the first source that has any by then. The rest is for
// other lots, and other sources.
func (s *state) pieceBy(pt int32, q, t int64, depth int) (got int64, ok bool) {
	pieces := s.pieces
	s.pieces = 0 // what it takes is not split for each size that is tried
	defer func() { s.pieces = pieces }()
	mark := s.mark()
	for n := range s.points[pt].sources {
		src := s.nth(pt, n)
		try := func(part int64) int64 {
			if !s.spend(pt, false) {
				return 0
			}
			lot := s.lotSize(pt, src, part, t)
			if !s.lotFrom(pt, src, lot, t, t, depth) {
				s.undo(mark)
				return 0
			}
			return int64(lot)
		}
		lo, hi := int64(0), q-1
		for lo < hi {
			mid := lo + (hi-lo+1)/2
			if try(mid) > 0 {
				lo = mid
				s.undo(mark)
			} else {
				hi = mid - 1
			}
		}
		if lo > 0 {
			if got = try(lo); got > 0 {
				return got, true
			}
		}
	}
	return 0, false
}
