package simulate

import (
	"slices"
	"sort"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A point is a stocking point while simulating.
type point struct {
	stock int64
	dirty bool
	// waiting are claims that found too little stock, in the order in which
	// they came; retry is the same list while it is gone through.
	waiting, retry []int32
	lines          []int32 // that are served by due date
	reserved       reservations
	held           area // until since
	since          int64
}

// A claimant says what a claim is for.
type claimant uint8

const (
	forStep     claimant = iota // at its start
	forLateStep                 // while it is at work
	forDelivery
	forTransfer
)

// A claim is a wish for stock.
type claim struct {
	point int32
	kind  claimant
	index int32 // of the task, line or transfer
	qty   int64
	at    int64 // for a late step: after its start; otherwise the earliest
	key   int64 // when the plan takes it, or never
	place int32 // among the reservations of the point, from 1; 0 without
	taken bool
	waits bool
	holds bool // keeps a step from ending, which lacks it
	need  *schedule.Need
	other *schedule.Alternate // taken instead, or nil
}

func (s *Plant) openStock() {
	for i := range s.m.p.Stock {
		b := &s.m.p.Stock[i]
		n := s.m.point(b.Point.Item, b.Point.Place)
		s.growPoints()
		s.points[n].stock += int64(b.Qty)
	}
	s.growPoints()
	for i := range s.points {
		s.points[i].since = s.now
	}
}

// growPoints makes room for points that have become known.
func (s *Plant) growPoints() {
	for len(s.points) < len(s.m.names) {
		s.points = append(s.points, point{since: s.now})
	}
}

// put adds to the stock of a point; claims on it are looked at when the instant
// settles.
func (s *Plant) put(n int32, qty int64) {
	p := &s.points[n]
	s.hold(p)
	p.stock += qty
	s.touchPoint(n)
}

func (s *Plant) touchPoint(n int32) {
	if p := &s.points[n]; !p.dirty {
		p.dirty = true
		s.dirtyPoints = append(s.dirtyPoints, n)
	}
}

// hold adds up what has been held until now.
func (s *Plant) hold(p *point) {
	p.held.add(max(0, p.stock), s.now-p.since)
	p.since = s.now
}

// take removes what a claim is for.
func (s *Plant) take(c *claim) {
	p := &s.points[c.point]
	s.hold(p)
	p.stock -= c.qty
	s.settleClaim(c)
}

// settleClaim frees what is reserved for a claim.
func (s *Plant) settleClaim(c *claim) {
	c.taken = true
	if c.place > 0 {
		s.points[c.point].reserved.add(c.place, -c.qty)
		s.touchPoint(c.point)
	}
}

// available returns how much of the stock a claim may take. Where the plan is
// kept, what it takes earlier is reserved.
func (s *Plant) available(c *claim) int64 {
	p := &s.points[c.point]
	switch {
	case !s.keepsPlan():
		return p.stock
	case c.place > 0:
		return p.stock - p.reserved.before(c.place)
	default:
		return p.stock - p.reserved.until(s.now)
	}
}

// claimMaterial enters the claims of a task for material. Pegged are the
// alternates that the plan takes, or nil.
func (s *Plant) claimMaterial(n int32, pegged map[pegKey]bool) {
	t := &s.tasks[n]
	o := &s.orders[t.order]
	when := t.planned
	if when == never {
		when = s.now
	}
	t.claim, t.claims = int32(len(s.claims)), 0
	for i := range t.step.Needs {
		need := &t.step.Needs[i]
		if !need.Effective.Contains(s.m.time(when)) {
			continue
		}
		c := claim{kind: forStep, index: n, need: need, key: never, at: int64(need.Offset)}
		item := need.Item
		if !pegged[pegKey{o.id, t.step.ID, item}] {
			for k := range need.Alternates {
				if a := &need.Alternates[k]; c.other == nil && pegged[pegKey{o.id, t.step.ID, a.Item}] {
					c.other, item = a, a.Item
				}
			}
		}
		if need.Offset > 0 {
			c.kind = forLateStep
		}
		c.point = s.m.point(item, s.m.place(o.routing.Routing, need.Location))
		c.qty = s.amount(&c, t)
		if c.qty > 0 {
			s.claims = append(s.claims, c)
			t.claims++
		}
	}
	s.growPoints()
}

// amount returns what a task needs for what enters it.
func (s *Plant) amount(c *claim, t *task) int64 {
	scale := s.orders[t.order].routing.scale
	if c.other != nil {
		return int64(c.need.AmountOf(*c.other, wip.Qty(t.in), scale))
	}
	return int64(c.need.Amount(wip.Qty(t.in), scale))
}

func (s *Plant) claimsOf(t *task) []claim { return s.claims[t.claim : t.claim+t.claims] }

// hasMaterial reports whether there is all that a task needs to start. If not,
// the task waits at the point that lacks it.
func (s *Plant) hasMaterial(n int32) bool {
	t := &s.tasks[n]
	claims := s.claimsOf(t)
	for i := range claims {
		c := &claims[i]
		if c.kind != forStep || c.taken {
			continue
		}
		if t.in != t.qty && c.place == 0 {
			c.qty = s.amount(c, t)
		}
		wanted := c.qty
		for k := range i {
			if claims[k].point == c.point && claims[k].kind == forStep && !claims[k].taken {
				wanted += claims[k].qty
			}
		}
		if s.available(c) < wanted {
			s.waitAt(t.claim + int32(i))
			return false
		}
	}
	return true
}

// waitAt has a claim looked at again when its point changes.
func (s *Plant) waitAt(n int32) {
	if c := &s.claims[n]; !c.waits {
		c.waits = true
		s.points[c.point].waiting = append(s.points[c.point].waiting, n)
	}
}

// takeMaterial takes what a task needs at its start, and puts down when it
// needs more.
func (s *Plant) takeMaterial(n int32) {
	t := &s.tasks[n]
	claims := s.claimsOf(t)
	for i := range claims {
		c := &claims[i]
		switch {
		case c.taken:
		case c.kind == forStep:
			s.take(c)
			s.tell(wip.Event{Kind: wip.Issued, Order: s.orders[t.order].id, Step: t.step.ID, Point: s.m.names[c.point], Qty: wip.Qty(c.qty)})
		default:
			s.agenda.push(s.now+c.at, mayTake, t.claim+int32(i), 0)
		}
	}
}

// serve looks again at the claims that wait at a point.
func (s *Plant) serve(n int32) {
	if !s.keepsPlan() {
		s.serveLines(n)
	}
	p := &s.points[n]
	p.waiting, p.retry = p.retry[:0], p.waiting
	for _, k := range s.points[n].retry {
		c := &s.claims[k]
		c.waits = false
		if c.taken {
			continue
		}
		if c.kind == forStep {
			s.consider(c.index)
		} else {
			s.tryClaim(k)
		}
	}
}

// tryClaim takes what a claim other than for the start of a step is for, or
// lets it wait.
func (s *Plant) tryClaim(n int32) {
	c := &s.claims[n]
	if c.taken {
		return
	}
	if s.available(c) < c.qty {
		if c.kind == forLateStep && !c.holds && s.tasks[c.index].state != done {
			c.holds = true
			s.tasks[c.index].holds++
		}
		s.waitAt(n)
		return
	}
	switch c.kind {
	case forLateStep:
		t := &s.tasks[c.index]
		s.take(c)
		s.tell(wip.Event{Kind: wip.Issued, Order: s.orders[t.order].id, Step: t.step.ID, Point: s.m.names[c.point], Qty: wip.Qty(c.qty)})
		if c.holds {
			s.oneHoldLess(c.index)
		}
	case forDelivery:
		s.take(c)
		s.ship(c.index, c.qty)
	case forTransfer:
		s.depart(n)
	}
}

// reservations add up what the claims of a point on its stock ask for, in the
// order in which the plan takes it, as a binary indexed tree (Fenwick 1994).
type reservations struct {
	tree []int64
	keys []int64 // of the claims, ascending
}

func (r *reservations) add(place int32, qty int64) {
	for i := int(place); i < len(r.tree); i += i & -i {
		r.tree[i] += qty
	}
}

// before returns what is asked for by claims before a place.
func (r *reservations) before(place int32) int64 {
	sum := int64(0)
	for i := int(place) - 1; i > 0; i -= i & -i {
		sum += r.tree[i]
	}
	return sum
}

// until returns what is asked for by claims up to an instant.
func (r *reservations) until(at int64) int64 {
	n := sort.Search(len(r.keys), func(i int) bool { return r.keys[i] > at })
	return r.before(int32(n) + 1)
}

// reserve makes the reservations of all points anew from the claims that the
// plan has a date for.
func (s *Plant) reserve() {
	byPoint := make([][]int32, len(s.points))
	for i := range s.claims {
		if c := &s.claims[i]; !c.taken {
			c.place = 0
			if c.key != never {
				byPoint[c.point] = append(byPoint[c.point], int32(i))
			}
		}
	}
	for n, list := range byPoint {
		slices.SortStableFunc(list, func(a, b int32) int { return compare(s.claims[a].key, s.claims[b].key) })
		r := &s.points[n].reserved
		r.tree, r.keys = make([]int64, len(list)+1), make([]int64, len(list))
		for i, k := range list {
			c := &s.claims[k]
			c.place, r.keys[i] = int32(i+1), c.key
			r.add(c.place, c.qty)
		}
		s.touchPoint(int32(n))
	}
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}
