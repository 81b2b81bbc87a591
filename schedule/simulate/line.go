package simulate

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A line is a contract line while simulating.
type line struct {
	*schedule.ContractLine
	point     int32
	earliest  int64 // that it is shipped
	due       int64
	delivered int64
	last      int64   // shipment, or never
	late      float64 // unit-days, in base units times nanoseconds
	off       bool    // closed or cancelled
	ended     int64   // when it was cancelled, or never
	planned   int64   // last delivery by the plan it was first in, or never
}

// openLines puts down when lines may be shipped, and which are cancelled.
// Without a plan's dates, the lines of a point are served by due date, then
// priority.
func (s *Plant) openLines() {
	s.lines = make([]line, len(s.m.p.Lines))
	for i := range s.lines {
		c := &s.m.p.Lines[i]
		l := &s.lines[i]
		*l = line{
			ContractLine: c, point: s.m.point(c.Item, c.Location), due: s.m.at(c.Due), off: c.Status == schedule.ClosedLine,
			last: never, ended: never, planned: never, earliest: s.now,
		}
		if !c.Earliest.IsZero() {
			l.earliest = max(s.now, s.m.at(c.Earliest))
		}
		if s.o.HoldUntilDue {
			l.earliest = max(l.earliest, l.due)
		}
		if !l.off {
			s.openLine(int32(i))
		}
	}
	for i := range s.points {
		list := s.points[i].lines
		slices.SortFunc(list, func(a, b int32) int {
			return cmp.Or(cmp.Compare(s.lines[a].due, s.lines[b].due), cmp.Compare(s.lines[a].Priority, s.lines[b].Priority), cmp.Compare(a, b))
		})
	}
}

func (s *Plant) openLine(n int32) {
	l := &s.lines[n]
	s.growPoints()
	s.points[l.point].lines = append(s.points[l.point].lines, n)
	s.touchPoint(l.point)
	if l.earliest > s.now {
		s.agenda.push(l.earliest, opens, l.point, 0)
	}
	if l.Together != "" {
		s.groups[l.Together] = append(s.groups[l.Together], n)
	}
	draw := newStream(s.o.Seed, forCancellation, hash(string(l.ID)), 0, 0)
	if s.o.CancelShare > 0 && draw.uniform() < s.o.CancelShare && l.due > s.now {
		s.agenda.push(s.now+draw.below(l.due-s.now), cancelled, n, 0)
	}
}

// cancel ends a line.
func (s *Plant) cancel(n int32) {
	l := &s.lines[n]
	if l.off || l.delivered >= int64(l.Qty) {
		return
	}
	l.off, l.ended = true, s.now
	for i := range s.claims {
		if c := &s.claims[i]; c.kind == forDelivery && c.index == n && !c.taken {
			s.settleClaim(c)
		}
	}
	s.touchPoint(l.point)
}

// serveLines ships what is there, the line that is due first before others. A
// line that ships whole keeps the stock that it cannot use yet from those after
// it; lines that ship together with others do not, since two groups could
// block each other.
func (s *Plant) serveLines(n int32) {
	p := &s.points[n]
	open := p.lines[:0]
	blocked := false
	for _, k := range p.lines {
		l := &s.lines[k]
		if l.off || l.delivered >= int64(l.Qty) {
			continue
		}
		open = append(open, k)
		if blocked || p.stock <= 0 || l.earliest > s.now {
			continue
		}
		switch qty := s.shippable(l, p.stock); {
		case l.Together != "":
			s.shipGroup(s.groups[l.Together])
		case qty > 0:
			s.removeStock(p, qty)
			s.ship(k, qty)
		default:
			blocked = true
		}
	}
	p.lines = open
}

// shippable returns how much of some stock a line takes: the rest of it, or at
// least its smallest shipment.
func (s *Plant) shippable(l *line, stock int64) int64 {
	rest := int64(l.Qty) - l.delivered
	switch {
	case rest <= stock:
		return rest
	case l.MinShipment > 0 && stock >= int64(l.MinShipment):
		return stock
	default:
		return 0
	}
}

// shipGroup ships lines that go together, if all of them can.
func (s *Plant) shipGroup(group []int32) {
	for i, k := range group {
		l := &s.lines[k]
		wanted := int64(0)
		for _, other := range group[:i+1] {
			if o := &s.lines[other]; o.point == l.point && !o.off {
				wanted += int64(o.Qty) - o.delivered
			}
		}
		if !l.off && (l.earliest > s.now || s.points[l.point].stock < wanted) {
			return
		}
	}
	for _, k := range group {
		if l := &s.lines[k]; !l.off && l.delivered < int64(l.Qty) {
			qty := int64(l.Qty) - l.delivered
			s.removeStock(&s.points[l.point], qty)
			s.ship(k, qty)
		}
	}
}

func (s *Plant) removeStock(p *point, qty int64) {
	s.hold(p)
	p.stock -= qty
}

// ship books a shipment on a line.
func (s *Plant) ship(n int32, qty int64) {
	l := &s.lines[n]
	l.delivered += qty
	l.last = s.now
	l.late += float64(qty) * float64(max(0, s.now-l.due))
	s.tell(wip.Event{Kind: wip.Shipped, Line: l.ID, Point: s.m.names[l.point], Qty: wip.Qty(qty)})
}
