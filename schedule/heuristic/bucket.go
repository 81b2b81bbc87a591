package heuristic

import (
	"math"
	"sort"
	"time"

	"github.com/taktplan/takt/wip"
)

// A bucket is an amount of a resource that can be taken by what starts during
// [from, to).
type bucket struct{ from, to, work int64 }

// A take is an amount of a resource that is wanted of one bucket.
type take struct {
	resource int32
	amount   int64
}

// takesOf returns what an operation takes from buckets in a mode.
func (s *state) takesOf(m *mode, o *op) []take {
	r, st, qty := &s.routings[s.orders[o.order].routing], s.stepOf(o), o.qty
	if e := s.orders[o.order].existing; e >= 0 {
		qty = s.x.State(s.p.Orders[e].ID, st.ID).ToDo(qty)
	}
	w := s.workOf(m, st, o)
	return s.amounts(m.uses, qty, r.scale, time.Duration(w.setup+w.run))
}

// takesFor returns what a purchase takes.
func (s *state) takesFor(uses []use, q wip.Qty, scale int64) []take {
	return s.amounts(uses, q, scale, 0)
}

// takesOfTrip returns what a transfer takes.
func (s *state) takesOfTrip(t *trip) []take {
	return s.amounts(s.lanes[t.lane].uses, t.qty, s.items[s.points[t.to].item].scale, 0)
}

func (s *state) amounts(uses []use, q wip.Qty, scale int64, work time.Duration) (list []take) {
	if s.infinite {
		return nil
	}
	for _, u := range uses {
		if !s.resources[u.resource].counted() {
			continue
		}
		if amount := int64(u.of.Take(q, scale, work)); amount > 0 {
			list = append(list, take{u.resource, amount})
		}
	}
	return list
}

// empty takes amounts from the buckets that hold an instant, or puts them back.
func (s *state) empty(list []take, at, sign int64) {
	for _, t := range list {
		if n := s.resources[t.resource].bucketFrom(at); n >= 0 {
			s.taken[t.resource][int64(n)] += sign * t.amount
		}
	}
}

// bucketFrom returns the last bucket that begins by an instant, or -1.
func (r *resource) bucketFrom(at int64) int {
	return sort.Search(len(r.buckets), func(i int) bool { return r.buckets[i].from > at }) - 1
}

// roomBefore returns the last instant by at whose buckets have room for all
// of some takes, or never.
func (s *state) roomBefore(list []take, at int64) int64 {
	for i := 0; i < len(list); i++ {
		last := s.lastRoom(list[i], at)
		if last == never {
			return never
		}
		if last < at {
			at, i = last, -1
		}
	}
	return at
}

func (s *state) lastRoom(t take, at int64) int64 {
	r := &s.resources[t.resource]
	for n := r.bucketFrom(at); n >= 0; n-- {
		if s.hasRoom(t, n) {
			return min(at, r.buckets[n].to-s.tick)
		}
	}
	return never
}

// roomAfter is roomBefore in the other direction.
func (s *state) roomAfter(list []take, at int64) int64 {
	for i := 0; i < len(list) && at != never; i++ {
		if first := s.firstRoom(list[i], at); first > at {
			at, i = first, -1
		}
	}
	return at
}

func (s *state) firstRoom(t take, at int64) int64 {
	r := &s.resources[t.resource]
	for n := max(0, r.bucketFrom(at)); n < len(r.buckets); n++ {
		if r.buckets[n].to > at && s.hasRoom(t, n) {
			return max(at, r.buckets[n].from)
		}
	}
	return never
}

func (s *state) hasRoom(t take, n int) bool {
	return s.taken[t.resource][int64(n)]+t.amount <= s.resources[t.resource].buckets[n].work
}

// sameBuckets reports whether a mode takes from the same buckets at two
// instants.
func (s *state) sameBuckets(m *mode, a, b int64) bool {
	for _, u := range m.uses {
		if r := &s.resources[u.resource]; r.counted() && (r.bucketFrom(a) != r.bucketFrom(b) || b >= r.buckets[r.bucketFrom(b)].to) {
			return false
		}
	}
	return true
}

// largestLot returns the largest lot of a routing of which every step fits
// into a bucket, and into a period of its partner, or 0 if any lot does.
func (c *compiler) largestLot(r *routing) wip.Qty {
	limited := false
	for k := range r.steps {
		st := &r.steps[k]
		limited = limited || st.partner >= 0 && c.partners[st.partner].period > 0
		for m := range st.modes {
			limited = limited || st.modes[m].counted
		}
	}
	if !limited || c.infinite {
		return 0
	}
	ops := make([]op, len(r.steps))
	most := sort.Search(int(min(maxAmount, math.MaxInt)), func(q int) bool { return q > 0 && !c.fits(r, wip.Qty(q), ops) }) - 1
	return max(1, wip.Qty(most))
}

// fits reports whether a lot fits into empty buckets and periods.
func (c *compiler) fits(r *routing, q wip.Qty, ops []op) bool {
	r.inputs(q, ops)
	for k := range r.steps {
		st := &r.steps[k]
		if st.partner >= 0 && c.partners[st.partner].period > 0 &&
			ceilDiv(int64(ops[k].qty), r.scale) > int64(c.partners[st.partner].Capacity.Qty) {
			return false
		}
		some := len(st.modes) == 0
		for m := range st.modes {
			some = some || c.modeFits(r, st, &st.modes[m], ops[k].qty)
		}
		if !some {
			return false
		}
	}
	return true
}

// modeFits reports whether every bucket that a mode takes from is large enough
// somewhere.
func (m *model) modeFits(r *routing, st *step, in *mode, q wip.Qty) bool {
	if !in.counted {
		return true
	}
	w := m.workFor(in, st, q, r.scale)
	for _, u := range in.uses {
		largest := int64(0)
		for _, b := range m.resources[u.resource].buckets {
			largest = max(largest, b.work)
		}
		amount := int64(u.of.Take(q, r.scale, time.Duration(w.setup+w.run)))
		if m.resources[u.resource].counted() && amount > largest {
			return false
		}
	}
	return true
}
