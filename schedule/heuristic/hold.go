package heuristic

// A hold keeps units of a resource from the start of one step to the end of
// another.
type hold struct {
	use
	from, to int32
}

func (c *compiler) compileHolds(r *routing) {
	step := func(id string) (at int32) {
		for k := range r.steps {
			if string(r.steps[k].ID) == id {
				at = int32(k)
			}
		}
		return at
	}
	for _, h := range r.Holds {
		u := use{int32(c.x.Resources.Position(h.Resource)), int64(h.Count()), nil}
		r.holds = append(r.holds, hold{u, step(string(h.From)), step(string(h.To))})
	}
}

// held returns when an order whose steps are placed keeps a hold.
func (s *state) held(o *order, h *hold) (from, to int64) {
	first, last := &s.ops[o.first+h.from], &s.ops[o.first+h.to]
	if last.done {
		return s.now, s.now
	}
	return max(s.now, first.start), last.end
}

// keep takes what an order holds, or gives it back.
func (s *state) keep(o *order, sign int64) {
	if s.infinite {
		return
	}
	r := &s.routings[o.routing]
	for n := range r.holds {
		from, to := s.held(o, &r.holds[n])
		s.take(r.holds[n].use, from, to, transport, sign)
	}
}

// holdsBack returns by how much an order would have to come earlier for the
// first of what is in the way of its holds, and holdsOn by how much later for
// the last; 0 if nothing is.
func (s *state) holdsBack(o *order) (back int64) {
	r := &s.routings[o.routing]
	for n := range r.holds {
		from, to := s.held(o, &r.holds[n])
		if at, blocked := s.blockedFrom(spell{use: r.holds[n].use, from: from, to: to}); blocked && from < to {
			back = max(back, to-max(at, from))
		}
	}
	return back
}

func (s *state) holdsOn(o *order) (on int64) {
	r := &s.routings[o.routing]
	for n := range r.holds {
		from, to := s.held(o, &r.holds[n])
		if at, blocked := s.blockedUntil(spell{use: r.holds[n].use, from: from, to: to}); blocked && from < to {
			on = max(on, at-from)
		}
	}
	return on
}

// begins reports whether a hold begins with a step, so that it may not start
// at another time.
func (r *routing) begins(k int32) bool {
	for n := range r.holds {
		if r.holds[n].from == k {
			return true
		}
	}
	return false
}
