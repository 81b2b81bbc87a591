package heuristic

// Overlap of steps. The step after a step with a transfer lot may start when
// the first transfer lot has arrived, and ends no earlier than it needs for
// the last one.

// mustEnd returns when step k has to end at the latest for the placed step of
// an arc after it.
func (s *state) mustEnd(i, k int32, a arc) int64 {
	next := &s.ops[s.orders[i].first+a.step]
	if !s.overlaps(i, k, next, a) {
		return next.start - s.waitOf(a)
	}
	t := s.modeOf(next).working(next.overtime)
	last := t.before(next.end, s.tail(i, k, next))
	if last == never {
		return next.start - s.waitOf(a)
	}
	return max(last, next.start) - s.waitOf(a)
}

// waitOf returns the least wait of an arc, with or without slack.
func (s *state) waitOf(a arc) int64 {
	if s.slack {
		return a.soft
	}
	return a.wait
}

// mayStart returns when step k may start at the earliest after the placed
// step of an arc before it.
func (s *state) mayStart(i, k int32, a arc) int64 {
	prev := &s.ops[s.orders[i].first+a.step]
	if s.overlaps(i, a.step, &s.ops[s.orders[i].first+k], a) {
		return addTime(s.firstDone(prev, prev.slot()), s.waitOf(a))
	}
	return addTime(prev.end, s.waitOf(a))
}

// overrun returns by how much the first transfer lot of a slot for step k
// would come too late for any step after it.
func (s *state) overrun(i, k int32, at *slot) int64 {
	o := &s.ops[s.orders[i].first+k]
	over := int64(0)
	for _, a := range s.stepOf(o).after {
		next := &s.ops[s.orders[i].first+a.step]
		if s.overlaps(i, k, next, a) {
			over = max(over, addTime(s.firstDone(o, *at), s.waitOf(a))-next.start)
		}
	}
	return over
}

// underrun returns by how much a slot for step k would end too early for the
// last transfer lot of any step before it.
func (s *state) underrun(i, k int32, at *slot) int64 {
	o := &s.ops[s.orders[i].first+k]
	short := int64(0)
	for _, a := range s.stepOf(o).before {
		prev := &s.ops[s.orders[i].first+a.step]
		if !s.overlaps(i, a.step, o, a) {
			continue
		}
		m := &s.stepOf(o).modes[at.mode]
		arrives := addTime(prev.end, s.waitOf(a))
		end := m.working(at.overtime).after(arrives, s.tailIn(i, a.step, o, m))
		if end == never {
			end = s.horizon
		}
		short = max(short, end-at.end)
	}
	return short
}

// overlaps reports whether step k hands on transfer lots over an arc to an
// operation, placed or coming.
func (s *state) overlaps(i, k int32, next *op, a arc) bool {
	o := &s.ops[s.orders[i].first+k]
	st := s.stepOf(o)
	return a.overlap && st.Transfer > 0 && st.Transfer < o.qty && !o.fixed && !next.fixed &&
		len(st.modes) > 0 && len(s.stepOf(next).modes) > 0
}

// firstDone returns when the first transfer lot of an operation is done.
func (s *state) firstDone(o *op, at slot) int64 {
	st := s.stepOf(o)
	m := &st.modes[at.mode]
	w := s.workFor(m, st, st.Transfer, s.routings[s.orders[o.order].routing].scale)
	return min(at.end, m.working(at.overtime).after(at.start, at.setup+w.run))
}

// tail returns the working time of an operation for the last transfer lot of
// the step before it, k, in its own mode.
func (s *state) tail(i, k int32, next *op) int64 { return s.tailIn(i, k, next, s.modeOf(next)) }

func (s *state) tailIn(i, k int32, next *op, m *mode) int64 {
	last := min(next.qty, s.stepOf(&s.ops[s.orders[i].first+k]).Transfer)
	return s.workFor(m, s.stepOf(next), last, s.routings[s.orders[i].routing].scale).run
}

func (o *op) slot() slot {
	return slot{mode: o.mode, start: o.start, end: o.end, setup: o.setup, change: o.change, overtime: o.overtime, next: nobody}
}
