package heuristic

import "slices"

// A part is something that was placed for a line.
type part struct {
	kind  entryKind // createdOrder, placedBuy, placedTrip or placedShip
	index int32
}

// record notes what has been placed for a line since the mark, so that it can
// be taken away again, and what was placed for it earlier and others need now.
func (s *state) record(l int32, mark int) {
	var parts []part
	if s.spared != nil {
		parts = slices.Clone(s.spared[l])
	}
	for _, e := range s.trail[mark:] {
		switch e.kind {
		case createdOrder, placedBuy, placedTrip, placedShip:
			parts = append(parts, part{e.kind, e.index})
		}
	}
	s.parts[l] = parts
}

// takeLines takes away what was placed for some lines: their deliveries, and
// of their supplies, from the end items down, those that nobody else has come
// to need. It reports whether it could; what it did is on the trail.
func (s *state) takeLines(lines []int32) bool {
	for _, l := range lines {
		for _, p := range s.parts[l] {
			if p.kind == placedShip {
				s.takeShip(p.index)
			}
		}
	}
	for _, l := range lines {
		for _, p := range s.parts[l] {
			if !s.takePart(p) {
				return false
			}
		}
	}
	for _, l := range lines {
		s.spared[l] = slices.DeleteFunc(slices.Clone(s.parts[l]), s.gone)
	}
	return true
}

// gone reports whether something has been taken away.
func (s *state) gone(p part) bool {
	switch p.kind {
	case createdOrder:
		return s.orders[p.index].off
	case placedBuy:
		return s.buys[p.index].off
	case placedTrip:
		return s.trips[p.index].off
	default:
		return s.ships[p.index].off
	}
}

func (s *state) takePart(p part) bool {
	switch p.kind {
	case createdOrder:
		return s.takeOrder(p.index)
	case placedBuy:
		s.takeBuy(p.index)
	case placedTrip:
		s.takeTrip(p.index)
	}
	return true
}

func (s *state) takeShip(i int32) {
	h := &s.ships[i]
	if h.off {
		return
	}
	h.off = true
	s.deliver(h, -1)
	s.note(takenShip, int(i))
}

// takeOrder takes an order away, unless its output is needed. It reports false
// if a machine cannot do without it, because of changeovers.
func (s *state) takeOrder(i int32) bool {
	o := &s.orders[i]
	if o.off {
		return true
	}
	s.produce(o, -1)
	if !s.plenty(o) {
		s.produce(o, 1)
		return true
	}
	return s.removeOrder(i)
}

// removeOrder takes an order away that produces nothing any more.
func (s *state) removeOrder(i int32) bool {
	o := &s.orders[i]
	o.off = true
	s.holdPast(o, false)
	s.drawAll(i, -1)
	s.note(takenOrder, int(i))
	for k := range s.routings[o.routing].steps {
		if !s.takeOp(o.first + int32(k)) {
			return false
		}
	}
	return true
}

// plenty reports whether no point that an order supplies is short.
func (s *state) plenty(o *order) bool {
	r := &s.routings[o.routing]
	if s.stock[r.point].lowFrom(o.end) < 0 {
		return false
	}
	for i := range r.products {
		if c := &r.products[i]; s.stock[c.point].lowFrom(s.productAt(o, c)) < 0 {
			return false
		}
	}
	return true
}

// drawAll takes the material of an order with sign 1, and gives it back with
// sign −1.
func (s *state) drawAll(i int32, sign int64) {
	o := &s.orders[i]
	for k := range s.routings[o.routing].steps {
		for d := s.ops[o.first+int32(k)].draws; d >= 0; d = s.draws[d].next {
			s.consume(&s.draws[d], sign)
		}
	}
}

// takeOp takes an operation from its resources. The operation after it on the
// machine may then need another changeover.
func (s *state) takeOp(i int32) bool {
	o := &s.ops[i]
	s.occupy(o, i, -1)
	s.note(takenOp, int(i))
	if o.mode < 0 || s.infinite || o.start == o.end {
		return true
	}
	machine := s.modeOf(o).machine()
	if machine == nobody {
		return true
	}
	r := &s.resources[machine]
	if r.table == nil || !r.unary() || s.stepOf(o).family == 0 {
		return true
	}
	g := &s.busy[machine]
	n := s.nextOfFamily(g, o.start)
	if n < 0 || s.ops[n].fixed {
		return true
	}
	change := s.change(r, s.familyBefore(machine, s.ops[n].start), s.stepOf(&s.ops[n]).family)
	time := min(s.up(change.Time), tooLong)
	if time == s.ops[n].change && !change.Forbidden {
		return true
	}
	start, ok := s.restart(n, time)
	if _, end := g.prev(s.ops[n].start); !ok || change.Forbidden || start < end {
		return false
	}
	s.shrink(n, start, time)
	return true
}

func (s *state) takeBuy(i int32) {
	b := &s.buys[i]
	if b.off {
		return
	}
	s.receive(b, -1)
	if s.stock[s.supplies[b.supply].point].lowFrom(b.arrival) < 0 {
		s.receive(b, 1)
		return
	}
	b.off = true
	s.note(takenBuy, int(i))
}

func (s *state) takeTrip(i int32) {
	t := &s.trips[i]
	if t.off {
		return
	}
	s.carry(t, -1)
	if s.stock[t.to].lowFrom(t.arrives) < 0 {
		s.carry(t, 1)
		return
	}
	t.off = true
	s.note(takenTrip, int(i))
}
