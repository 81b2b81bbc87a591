package simulate

// Transfer lots: a step may start when the first lot of the step before has
// arrived, and it ends no earlier than it can work on the last one.

// firstLot returns after how much work, setup included, the first transfer lot
// of a task may move on, or all of it and more if none does.
func (s *Plant) firstLot(t *task) int64 {
	lot := int64(t.step.Transfer)
	if lot == 0 || lot >= t.in || len(t.step.modes) == 0 {
		return never
	}
	overlaps := false
	for i := range t.step.links {
		overlaps = overlaps || t.step.links[i].mayOverlap
	}
	if !overlaps {
		return never
	}
	machine := s.machine(t)
	_, all := s.planned(t, t.mode, machine)
	_, run := s.plannedFor(t, t.mode, machine, lot)
	if all > 0 && t.run != all {
		run = int64(float64(run) * (float64(t.run) / float64(all)))
	}
	return t.setup + min(run, t.run)
}

// holdFollowers keeps the tasks after one from ending before it has.
func (s *Plant) holdFollowers(n int32) {
	t := &s.tasks[n]
	for i := range t.step.links {
		if l := &t.step.links[i]; l.mayOverlap {
			s.tasks[s.orders[t.order].first+l.to].holds++
		}
	}
}

// moveLot is when the first transfer lot of a task leaves.
func (s *Plant) moveLot(n int32) {
	t := &s.tasks[n]
	t.lotMoved = true
	first := s.orders[t.order].first
	for i := range t.step.links {
		if l := &t.step.links[i]; l.mayOverlap {
			if l.wait > 0 {
				s.agenda.push(s.now+l.wait, linked, first+l.to, 0)
			} else {
				s.oneLess(first + l.to)
			}
		}
	}
}

// lastLotLeaves lets the task after an overlapping one end.
func (s *Plant) lastLotLeaves(t *task, l *link, to int32) {
	next := &s.tasks[to]
	rest := t.in % int64(t.step.Transfer)
	if rest == 0 {
		rest = int64(t.step.Transfer)
	}
	if t.step.Yield > 0 {
		rest = rest * int64(t.step.Yield) / 1000
	}
	if at := s.now + l.wait; at > next.lastLot {
		next.lastLot, next.lastRest = at, rest
	}
	s.oneHoldLess(to)
}

// oneHoldLess counts one thing off that a task waits for before it may end.
func (s *Plant) oneHoldLess(n int32) {
	t := &s.tasks[n]
	if t.holds--; t.holds == 0 && t.state == worked {
		t.state = running
		s.agenda.push(s.now, ends, n, t.stamp)
	}
}

// lastLotDone returns when a task can have worked on the last transfer lot
// that came to it.
func (s *Plant) lastLotDone(t *task) int64 {
	if t.lastLot == 0 {
		return s.now
	}
	machine := s.machine(t)
	_, all := s.planned(t, t.mode, machine)
	_, before := s.plannedFor(t, t.mode, machine, t.in-min(t.lastRest, t.in))
	work := all - before
	if all > 0 && t.run != all {
		work = int64(float64(work) * (float64(t.run) / float64(all)))
	}
	return elapse(s.hoursOf(t), t.lastLot, work)
}
