package heuristic

import "github.com/taktplan/takt/wip"

// A spell is the use of a resource by a transfer. The resource has to work for
// a part of it.
type spell struct {
	use
	from, to int64
	works    int64 // from its start on
}

// uses returns what a transfer occupies: the vehicle for the trip, which has
// to work when it leaves, and the docks while it is loaded and unloaded.
func (s *state) uses(tr *trip) [3]spell {
	l := &s.lanes[tr.lane]
	return [3]spell{
		{use{l.vehicle, tr.trips, nil}, tr.leaves, addTime(tr.leaves, l.trip), s.tick},
		{use{l.fromDock, 1, nil}, tr.leaves - l.handling, tr.leaves, l.handling},
		{use{l.toDock, 1, nil}, tr.arrives, addTime(tr.arrives, l.handling), l.handling},
	}
}

// newTrip returns a transfer of a lot that is yet to find its time.
func (s *state) newTrip(pt int32, src *source, lot wip.Qty, need int64) trip {
	l := &s.lanes[src.ref]
	return trip{
		lane: src.ref, owner: s.owner, from: src.from, to: pt, qty: lot, need: need,
		trips: l.tripsFor(lot, &s.items[src.item]),
	}
}

// tripsFor returns how many trips carry a lot.
func (l *lane) tripsFor(lot wip.Qty, it *item) int64 {
	if l.LoadPerTrip == 0 || it.Load == 0 {
		return 1
	}
	load, ok := lot.MulDivUp(it.Load, it.scale)
	if !ok {
		return never
	}
	return ceilDiv(int64(load), l.LoadPerTrip)
}

// bringBy places a transfer that arrives by t and has its load supplied. It
// reports whether it could.
func (s *state) bringBy(pt int32, src *source, lot wip.Qty, t, need int64, depth int) bool {
	l := &s.lanes[src.ref]
	tr := s.newTrip(pt, src, lot, need)
	switch {
	case s.open[src.from]:
		return s.refuse(excuse{kind: tooDeep, point: src.from})
	case !s.vehiclesSuffice(l, tr.trips):
		return s.refuse(excuse{kind: noVehicle, source: src})
	}
	tr.leaves = min(t, s.horizon-s.tick) - l.time
	if tr.leaves >= src.until {
		tr.leaves = src.until - s.tick
	}
	for {
		if tr.leaves < max(s.laneOpens(l), src.opens) {
			return s.refuse(excuse{kind: leadTime, source: src})
		}
		tr.arrives = tr.leaves + l.time
		back := s.shiftBack(&tr)
		if back == 0 {
			break
		}
		tr.leaves -= min(back, tr.leaves+1)
	}
	s.placeTrip(tr)
	return s.cover(src.from, tr.leaves, depth)
}

// bringAfter places a transfer that arrives as early as possible after t, and
// returns when, or never.
func (s *state) bringAfter(pt int32, src *source, lot wip.Qty, t int64, depth int) int64 {
	l := &s.lanes[src.ref]
	tr := s.newTrip(pt, src, lot, t)
	switch {
	case s.open[src.from]:
		s.refuse(excuse{kind: tooDeep, point: src.from})
		return never
	case !s.vehiclesSuffice(l, tr.trips):
		s.refuse(excuse{kind: noVehicle, source: src})
		return never
	}
	from := max(s.laneOpens(l), src.opens, min(t-l.time, src.until-s.tick))
	_, ok := s.drawAfter(src.from, int64(lot), from, depth, func(at int64) {
		tr.leaves = at
		s.fitTrip(&tr)
		s.placeTrip(tr)
	})
	switch {
	case !ok:
		return never
	case tr.leaves >= src.until:
		s.refuse(excuse{kind: notEffective, source: src})
		return never
	case tr.arrives >= s.horizon:
		s.refuse(excuse{kind: beyondHorizon, source: src})
		return never
	}
	return tr.arrives
}

// fitTrip moves a transfer to the first departure at which vehicle and docks
// are free.
func (s *state) fitTrip(tr *trip) {
	l := &s.lanes[tr.lane]
	for tr.leaves < s.horizon {
		tr.arrives = addTime(tr.leaves, l.time)
		on := s.shiftOn(tr)
		if on == 0 {
			return
		}
		tr.leaves = addTime(tr.leaves, on)
	}
	tr.arrives = addTime(tr.leaves, l.time)
}

// laneOpens is the first departure that a lane allows.
func (s *state) laneOpens(l *lane) int64 {
	opens := max(s.fence, l.from)
	if l.fromDock >= 0 {
		opens = max(opens, s.fence+l.handling)
	}
	return opens
}

// vehiclesSuffice reports whether the fleet is large enough for all trips at
// once.
func (s *state) vehiclesSuffice(l *lane, trips int64) bool {
	return s.infinite || l.vehicle < 0 || trips <= s.resources[l.vehicle].units
}

// shiftBack returns by how much a transfer has to leave earlier for what
// blocks the first of its resources, 0 if none does, or never.
func (s *state) shiftBack(tr *trip) int64 {
	back := int64(0)
	for _, u := range s.uses(tr) {
		if u.resource < 0 || u.from >= u.to {
			continue
		}
		at := s.resources[u.resource].always.fitBefore(u.from+u.works, u.works)
		if at == never {
			return never
		}
		back = max(back, u.from-at)
		if at, ok := s.blockedFrom(u); ok {
			back = max(back, u.to-at)
		}
	}
	if at := s.roomBefore(s.takesOfTrip(tr), tr.leaves); at != never {
		return max(back, tr.leaves-at)
	}
	return never
}

// shiftOn is shiftBack in the other direction.
func (s *state) shiftOn(tr *trip) int64 {
	on := int64(0)
	for _, u := range s.uses(tr) {
		if u.resource < 0 || u.from >= u.to {
			continue
		}
		at := s.resources[u.resource].always.fitAfter(u.from, u.works)
		if at == never {
			return never
		}
		on = max(on, at-u.from)
		if at, ok := s.blockedUntil(u); ok {
			on = max(on, at-u.from)
		}
	}
	if at := s.roomAfter(s.takesOfTrip(tr), tr.leaves); at != never {
		return max(on, at-tr.leaves)
	}
	return never
}

// blockedFrom returns where the first thing begins that is in the way.
func (s *state) blockedFrom(u spell) (int64, bool) {
	switch {
	case s.infinite:
		return 0, false
	case s.resources[u.resource].unary():
		return s.busy[u.resource].overlap(u.from, u.to)
	}
	at := s.spare[u.resource].firstBelow(u.from, u.units)
	return at, at < u.to
}

// blockedUntil returns where the last thing ends that is in the way.
func (s *state) blockedUntil(u spell) (int64, bool) {
	switch {
	case s.infinite:
		return 0, false
	case s.resources[u.resource].unary():
		return s.busy[u.resource].overlapLast(u.from, u.to)
	}
	_, to, low := s.spare[u.resource].lastBelow(u.to, u.units)
	return to, low && to > u.from
}
