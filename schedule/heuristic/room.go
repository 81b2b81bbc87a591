package heuristic

import "github.com/taktplan/takt/schedule"

// A place is a location with a limited area, counted in the smallest share of
// a whole unit that any item has.
type place struct {
	*schedule.Location
	area  int64
	scale int64
}

// compilePlaces finds the locations with a limit, and what a base unit takes
// of them at each point.
func (c *compiler) compilePlaces() { c.compilePlacesFrom(0) }

// compilePlacesFrom is compilePlaces for the points from number i on.
func (c *compiler) compilePlacesFrom(i int) {
	scale := int64(1)
	for i := range c.items {
		scale = max(scale, c.items[i].scale)
	}
	for ; i < len(c.points); i++ {
		p := &c.points[i]
		p.room = nobody
		at, x := c.x.Locations.Find(p.place), &c.items[p.item]
		if at == nil || at.Area == 0 || x.Area == 0 {
			continue
		}
		for n := range c.places {
			if c.places[n].Location == at {
				p.room = int32(n)
			}
		}
		if p.room == nobody {
			p.room = int32(len(c.places))
			c.places = append(c.places, place{at, mulDiv(at.Area, scale, 1), scale})
		}
		p.area = mulDiv(x.Area, scale/x.scale, 1)
	}
}

// shift changes the stock of a point from an instant on, and the free area
// with it.
func (s *state) shift(pt int32, at, delta int64) {
	s.stock[pt].add(at, delta)
	s.fill(pt, at, delta)
}

// fill changes the free area for a change of the stock of a point.
func (s *state) fill(pt int32, at, delta int64) {
	if p := &s.points[pt]; p.room >= 0 {
		s.room[p.room].add(at, -delta*p.area)
	}
}

// noteCrowds accepts that as much area is missing as it is by what is there or
// on its way.
func (s *state) noteCrowds() {
	for i := range s.room {
		s.crowd[i] = min(0, s.room[i].lowFrom(s.now))
	}
}

// crowded reports whether more area is missing anywhere than before planning.
func (s *state) crowded() bool {
	for i := range s.room {
		if s.room[i].lowFrom(s.now) < s.crowd[i] {
			return !s.refuse(excuse{kind: noArea, point: nobody, place: int32(i)})
		}
	}
	return false
}
