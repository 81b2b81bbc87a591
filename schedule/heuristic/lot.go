package heuristic

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/taktplan/takt/wip"
)

// lotSize returns the size of a lot from a source for a requirement of q at a
// point by t: what its lot rule says, and no more than fits on a transfer, into
// a period of the supplier or partner, or into a bucket.
func (s *state) lotSize(pt int32, src *source, q, t int64) wip.Qty {
	want := wip.Qty(s.ofShare(pt, src, q))
	if pt == s.boosted {
		want += s.more
	}
	if src.period > 0 {
		want += wip.Qty(s.coming(pt, t, src.period))
	}
	lot := max(1, src.lot.Next(min(want, maxAmount)))
	if limit := s.largest(src); limit > 0 && lot > limit {
		lot = s.reduced(src, lot, limit)
	}
	return lot
}

// boost has the next lots for a point made larger.
func (s *state) boost(pt int32, q wip.Qty) { s.boosted, s.more = pt, q }

// coming returns what unplanned lines want of a point after t and no later
// than a period from then.
func (s *state) coming(pt int32, t, period int64) (sum int64) {
	at := s.demand[pt]
	n, _ := slices.BinarySearchFunc(at, t+1, func(l int32, t int64) int { return cmp.Compare(s.lines[l].due, t) })
	for _, l := range at[n:] {
		if s.lines[l].due >= addTime(t, period) {
			break
		}
		if !s.planned[l] {
			sum = min(sum+int64(s.lines[l].Qty), int64(maxAmount))
		}
	}
	return sum
}

// largest returns the most that a source gives at once; 0 means any amount.
func (s *state) largest(src *source) wip.Qty {
	switch src.kind {
	case makes:
		return s.routings[src.ref].most
	case buys:
		if v := &s.supplies[src.ref]; v.period > 0 {
			return v.Capacity.Qty
		}
	case brings:
		l, it := &s.lanes[src.ref], &s.items[src.item]
		if l.vehicle >= 0 && l.LoadPerTrip > 0 && it.Load > 0 {
			if q, ok := wip.Qty(l.LoadPerTrip).MulDiv(it.scale*s.resources[l.vehicle].units, it.Load); ok {
				return q
			}
		}
	}
	return 0
}

// reduced returns the largest lot up to a limit that the lot rule allows, or
// the lot itself if there is none.
func (s *state) reduced(src *source, lot, limit wip.Qty) wip.Qty {
	if m := src.lot.Multiple; m > 1 {
		limit -= limit % m
	}
	if src.lot.Allows(limit) {
		return limit
	}
	return lot
}

// byShare returns the sources of a point in the order in which they lag behind
// their shares; those without a share come last.
func (s *state) byShare(pt int32) []int {
	sources := s.points[pt].sources
	order := make([]int, len(sources))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &sources[i], &sources[j]
		switch {
		case a.Share == 0 || b.Share == 0:
			return cmp.Compare(min(b.Share, 1), min(a.Share, 1))
		default:
			return compareProducts(s.got(pt, a), int64(b.Share), s.got(pt, b), int64(a.Share))
		}
	})
	return order
}

// ofShare returns what of a requirement falls to a source by its share, all of
// it if the source has no share or is ahead of it.
func (s *state) ofShare(pt int32, src *source, q int64) int64 {
	if src.Share == 0 {
		return q
	}
	total, shares := q, int64(0)
	for i := range s.points[pt].sources {
		if other := &s.points[pt].sources[i]; other.Share > 0 && other.piece == 0 {
			total, shares = total+s.got(pt, other), shares+int64(other.Share)
		}
	}
	due, ok := wip.Qty(total).MulDivUp(int64(src.Share), shares)
	if part := int64(due) - s.got(pt, src); ok && part > 0 {
		return min(q, part)
	}
	return q
}

// compareProducts compares a·b with c·d; none is negative.
func compareProducts(a, b, c, d int64) int {
	ah, al := bits.Mul64(uint64(a), uint64(b))
	ch, cl := bits.Mul64(uint64(c), uint64(d))
	return cmp.Or(cmp.Compare(ah, ch), cmp.Compare(al, cl))
}

// got returns what a source has been asked for so far.
func (s *state) got(pt int32, src *source) int64 { return s.sourced[sourceKey{src.kind, src.ref, pt}] }

// sourceKey tells the sources of points apart.
type sourceKey struct {
	kind sourceKind
	ref  int32
	pt   int32
}
