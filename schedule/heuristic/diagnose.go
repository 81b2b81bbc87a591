package heuristic

import (
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A refused is a step that found no room from an instant on.
type refused struct {
	routing, step int32
	qty           wip.Qty
	from          int64
}

// noRoomFor refuses a step of an order that cannot begin before an instant.
func (s *state) noRoomFor(i, k int32, from int64) bool {
	return s.refuse(excuse{kind: noRoom, point: s.made(i), step: refused{
		s.orders[i].routing, k, s.ops[s.orders[i].first+k].qty, from,
	}})
}

// roomCause says why a step found no room: what it needs never works, never
// has so much at once, is busy until the end, or the end simply comes first.
func (s *state) roomCause(e *refused, c schedule.Cause) schedule.Cause {
	st := &s.routings[e.routing].steps[e.step]
	if st.partner >= 0 {
		return s.partnerCause(e, st, c)
	}
	for m := range st.modes {
		found := s.modeCause(e, st, &st.modes[m], c)
		if m == 0 || found.Kind == schedule.WaitsForResource {
			c = found
		}
	}
	return c
}

func (s *state) partnerCause(e *refused, st *step, c schedule.Cause) schedule.Cause {
	q := &s.partners[st.partner]
	units := ceilDiv(int64(e.qty), s.routings[e.routing].scale)
	c.Partner = q.ID
	switch {
	case q.working.next(s.now) >= s.horizon:
		c.Kind = schedule.NoWorkingTime
	case q.period > 0 && units > int64(q.Capacity.Qty):
		c.Kind = schedule.TooLarge
	case q.period > 0 && leadAfter(q.working, e.from, st.lead) <= s.horizon:
		c.Kind, c.From, c.To = schedule.WaitsForPartner, s.time(e.from), s.time(s.horizon)
	}
	return c
}

func (s *state) modeCause(e *refused, st *step, m *mode, c schedule.Cause) schedule.Cause {
	t, r := m.working(true), &s.routings[e.routing]
	w := s.workFor(m, st, e.qty, r.scale)
	work := w.setup + w.run
	if machine := m.machine(); machine != nobody {
		c.Resource = s.resources[machine].ID
	}
	switch {
	case t.next(s.now) >= s.horizon:
		c.Kind, c.Resource = schedule.NoWorkingTime, s.idleResource(m)
	case !st.Pausable && !t.always && (work >= tooLong || t.amount(work) > t.longest):
		c.Kind = schedule.TooLarge
	case m.counted && !s.modeFits(r, st, m, e.qty):
		c.Kind = schedule.TooLarge
	case work < tooLong && t.after(e.from, work) <= s.horizon && !s.infinite:
		c.Kind, c.From, c.To = schedule.WaitsForResource, s.time(e.from), s.time(s.horizon)
	}
	return c
}

// idleResource returns the first resource of a mode that never works, if that
// is why the mode does not.
func (s *state) idleResource(m *mode) schedule.ResourceID {
	for _, u := range m.uses {
		if s.resources[u.resource].always.next(s.now) >= s.horizon {
			return s.resources[u.resource].ID
		}
	}
	return ""
}
