package heuristic

import (
	"github.com/taktplan/takt/schedule"
)

// An excuse is why the last attempt to place something failed.
type excuse struct {
	kind   excuseKind
	point  int32
	source *source
	place  int32
	step   refused // of noRoom
}

type excuseKind uint8

const (
	noExcuse excuseKind = iota
	noSource
	noRoom
	leadTime
	supplierFull
	noVehicle
	notEffective
	maxWaits
	tooManyLots
	tooDeep // it would supply itself
	tooMany // levels
	tooLate
	beyondHorizon
	outOfBudget
	noArea
)

// refuse notes why something cannot be, and returns false. That a way leads in
// a circle explains nothing if there is any other reason.
func (s *state) refuse(e excuse) bool {
	if e.kind != tooDeep || s.excuse.kind == noExcuse {
		s.excuse = e
	}
	return false
}

// causes explains an excuse to people.
func (s *state) causes(e excuse) []schedule.Cause {
	c := schedule.Cause{Kind: schedule.BeyondHorizon}
	switch e.kind {
	case noExcuse:
		return []schedule.Cause{{Kind: schedule.NotReached}}
	case noSource, tooDeep:
		c.Kind = schedule.NoSource
	case leadTime:
		c.Kind = schedule.WaitsForLeadTime
	case supplierFull:
		c.Kind = schedule.WaitsForPartner
	case noVehicle:
		c.Kind = schedule.TooLarge
	case noArea:
		c.Kind = schedule.WaitsForResource
	case notEffective:
		c.Kind = schedule.NoSource
	case tooManyLots:
		c.Kind = schedule.LotMaximum
	case outOfBudget, tooMany:
		c.Kind = schedule.NotReached
	case tooLate:
		c.Kind = schedule.BeyondMaxLate
	case maxWaits:
		c.Kind = schedule.MaxWait
	}
	switch {
	case e.kind == noArea:
		c.Location = s.places[e.place].ID
	case e.source != nil:
		s.nameSource(&c, e.source)
	case e.point >= 0 && int(e.point) < len(s.points):
		c.Item, c.Location = s.items[s.points[e.point].item].ID, s.points[e.point].place
	}
	if e.kind == noRoom {
		c = s.roomCause(&e.step, c)
	}
	return []schedule.Cause{c}
}

func (s *state) nameSource(c *schedule.Cause, src *source) {
	c.Item = s.items[src.item].ID
	switch src.kind {
	case buys:
		v := &s.supplies[src.ref]
		c.Location, c.Partner = v.Location, v.Partner
		if v.working.next(s.now) >= s.horizon {
			c.Kind = schedule.NoWorkingTime
		}
	case brings:
		l := &s.lanes[src.ref]
		c.Location, c.Resource = l.To, l.Vehicle
	}
}
