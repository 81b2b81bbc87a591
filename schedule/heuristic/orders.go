package heuristic

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// planOrders places the orders that exist before planning: those at work in
// the shop first, then firm and approved ones, each by due date. Steps that
// have to stay where they are are placed there; the others go as early as
// possible in orders that are at work, and otherwise just in time.
func (s *state) planOrders() {
	list := numbers(len(s.p.Orders))
	slices.SortFunc(list, func(i, j int32) int {
		a, b := &s.p.Orders[i], &s.p.Orders[j]
		return cmp.Or(cmp.Compare(b.Status, a.Status), a.Due.Compare(b.Due), cmp.Compare(i, j))
	})
	for {
		mark := s.mark()
		if s.placeOrders(list) {
			return
		}
		s.undo(mark)
	}
}

// placeOrders places existing orders. One that finds no place is dropped. If
// others may have been placed around its fixed steps, placeOrders returns false,
// to be undone and called again.
func (s *state) placeOrders(list []int32) bool {
	for i := range s.setUp {
		s.setUp[i], s.setSince[i] = s.resources[i].family, math.MinInt64
	}
	for _, e := range list {
		if !s.left[e] {
			s.keepFixed(e)
		}
	}
	for _, e := range list {
		if s.left[e] {
			continue
		}
		mark := s.mark()
		if s.planOrder(e) {
			continue
		}
		s.left[e] = true
		s.dropped = append(s.dropped, dropped{e, s.excuse})
		s.undo(mark)
		if i := s.existing[e]; !s.begun(i) {
			s.orders[i].off = true
			continue
		}
		return false
	}
	return true
}

// begun reports whether a step of an order is placed.
func (s *state) begun(i int32) bool {
	for k := range s.routings[s.orders[i].routing].steps {
		if s.ops[s.orders[i].first+int32(k)].mode != unplaced {
			return true
		}
	}
	return false
}

// A dropped is an order of the problem that found no place.
type dropped struct {
	order int32
	why   excuse
}

// keepFixed places the steps of an order that stay where they are, before
// anything else can take their place.
func (s *state) keepFixed(e int32) {
	known := &s.p.Orders[e]
	s.owner = nobody
	due := s.horizon
	if !known.Due.IsZero() {
		due = s.at(known.Due)
	}
	i := s.createOrder(int32(s.x.Routings.Position(known.Routing)), known.Qty, due)
	s.orders[i].existing = e
	s.existing[e] = i
	for k := range s.routings[s.orders[i].routing].steps {
		o := s.orders[i].first + int32(k)
		if state := s.x.State(known.ID, s.stepOf(&s.ops[o]).ID); state != nil {
			s.keepStep(o, known, state)
		}
	}
}

func (s *state) keepStep(i int32, known *schedule.Order, state *schedule.StepState) {
	o := &s.ops[i]
	o.done, o.started = state.Done, state.Started && !state.Done
	o.issued = state.Issued
	if !s.stays(known, state) {
		return
	}
	o.fixed = true
	at := slot{mode: instantly, start: s.now, next: nobody}
	if !state.Start.IsZero() {
		at.start = s.at(state.Start)
	}
	switch st := s.stepOf(o); {
	case o.done && (state.Start.IsZero() || state.End.IsZero()):
		o.mode, o.start, o.end = history, s.now, s.now
		return
	case st.partner >= 0:
		at.mode = contracted
		at.end = leadAfter(s.partners[st.partner].working, at.start, st.lead)
	case len(st.modes) > 0:
		at.mode = s.modeNumber(st, state.Mode, at.start)
		at.end = s.endOf(o, &st.modes[at.mode], max(at.start, s.present))
		at.setup = int64(state.Setup)
	default:
		at.end = max(at.start, s.now)
	}
	if !state.End.IsZero() && !o.started {
		at.end = s.at(state.End)
	}
	at.end = min(at.end, s.horizon)
	s.placeOp(i, at)
	s.leaveFamily(o)
}

// leaveFamily notes what a machine is set up for after an operation that takes
// no time any more: it is done, or what is left of it ends now.
func (s *state) leaveFamily(o *op) {
	f := s.stepOf(o).family
	if !o.done && o.end > s.now || o.mode < 0 || f == 0 {
		return
	}
	if m := s.modeOf(o).machine(); m != nobody && o.start >= s.setSince[m] {
		s.setUp[m], s.setSince[m] = f, o.start
	}
}

// stays reports whether a step of an order has to stay where its state says:
// what has happened, what is firm, and what starts in the frozen zone. What
// should have started before now, and has not, cannot stay.
func (s *state) stays(known *schedule.Order, state *schedule.StepState) bool {
	switch {
	case state.Done || state.Started:
		return true
	case state.Start.IsZero() || state.Start.Before(s.times.Now):
		return false
	}
	return known.Status == schedule.Firm || state.Start.Before(s.times.FrozenUntil)
}

// modeNumber returns the compiled mode for a mode of the problem: of pool
// members, the first that is free at an instant.
func (s *state) modeNumber(st *step, mode int, at int64) int32 {
	first := int32(-1)
	for n := range st.modes {
		m := &st.modes[n]
		if m.index != mode {
			continue
		}
		if _, clashes := s.clashAll(m, max(s.now, at)); !clashes {
			return int32(n)
		}
		if first < 0 {
			first = int32(n)
		}
	}
	return max(first, 0)
}

// clashAll reports whether any resource of a mode is busy at an instant.
func (s *state) clashAll(m *mode, at int64) (int64, bool) {
	if g, limited := s.sequence(m); limited {
		if from, busy := g.overlap(at, at+s.tick); busy {
			return from, true
		}
	}
	return s.clashBefore(m, at, at+s.tick)
}

// endOf returns when an operation ends that goes on, or begins, at an instant.
func (s *state) endOf(o *op, m *mode, from int64) int64 {
	w := s.workOf(m, s.stepOf(o), o)
	if w.setup+w.run == 0 {
		return from
	}
	return min(m.regular.after(from, w.setup+w.run), s.horizon)
}

// planOrder places what is left of an order. It reports whether it could.
func (s *state) planOrder(e int32) bool {
	i := s.existing[e]
	s.begin(nobody)
	mark := s.mark()
	status := s.p.Orders[e].Status
	if s.recallOrder(i, e) {
		return true
	}
	if status != schedule.Released && !s.p.Orders[e].Due.IsZero() && s.direction != Forward {
		due := max(s.now, min(s.orders[i].need, s.horizon))
		if s.placeBackward(i, due, 0) && !s.crowded() {
			return true
		}
		s.undo(mark)
		s.begin(nobody)
	}
	return s.placeForward(i, s.now, 0) && s.orders[i].end <= s.horizon && !s.crowded()
}
