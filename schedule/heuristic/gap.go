package heuristic

import (
	"github.com/taktplan/takt/capacity"
)

// A gap is a free stretch of a machine as an operation sees it that would be
// placed there: with the changeover to it, and with what becomes of the
// operation after it.
type gap struct {
	from, to int64 // the operation may occupy
	until    int64 // end of the free stretch itself
	change   int64 // changeover at its beginning

	next                  int32
	nextStart, nextChange int64
}

// gapBefore returns the last gap that ends by hi with room for some work.
func (s *state) gapBefore(m *mode, hi int64, w work, j *job) (gap, bool) {
	g, limited := s.sequence(m)
	if !limited {
		return gap{from: 0, to: hi, until: hi, next: nobody}, true
	}
	for {
		from, to, ok := g.last(hi, s.leastWork(j, w))
		if !ok {
			return gap{}, false
		}
		if found, fits := s.between(m, g, j, from, to); fits {
			return found, true
		}
		hi = from
	}
}

// gapAfter returns the first gap that begins at or after lo with room for
// some work.
func (s *state) gapAfter(m *mode, lo int64, w work, j *job) (gap, bool) {
	g, limited := s.sequence(m)
	if !limited {
		return gap{from: lo, to: s.horizon, until: s.horizon, next: nobody}, true
	}
	for {
		from, to, ok := g.first(lo, s.leastWork(j, w))
		if !ok {
			return gap{}, false
		}
		if found, fits := s.between(m, g, j, from, to); fits {
			return found, true
		}
		lo = to
	}
}

// leastWork is the working time without overtime that a gap must have. What
// may use overtime can do with none.
func (s *state) leastWork(j *job, w work) int64 {
	if j.extra {
		return 0
	}
	return w.setup + w.run
}

// sequence returns the gaps of the machine of a mode, if they count.
func (s *state) sequence(m *mode) (*gaps, bool) {
	machine := m.machine()
	if s.infinite || machine == nobody || !s.resources[machine].unary() {
		return nil, false
	}
	return &s.busy[machine], true
}

// between looks at the free stretch [from, to) with the eyes of a job.
func (s *state) between(m *mode, g *gaps, j *job, from, to int64) (gap, bool) {
	found := gap{from: from, to: to, until: to, next: nobody}
	r := &s.resources[m.machine()]
	if r.table == nil {
		return found, true
	}
	before := s.familyBefore(m.machine(), from)
	own := s.change(r, before, j.step.family)
	found.change = min(s.up(own.Time), tooLong)
	if own.Forbidden {
		return gap{}, false
	}
	return found, s.adapt(r, g, before, j.step.family, &found)
}

// familyBefore returns what machine r is set up for at t.
func (s *state) familyBefore(r int32, t int64) int32 {
	for t > 0 {
		i, _ := s.busy[r].prev(t)
		if i < 0 {
			break
		}
		if f := s.stepOf(&s.ops[i]).family; f != 0 {
			return f
		}
		t = s.ops[i].start
	}
	return s.setUp[r]
}

// adapt finds the operation whose changeover depends on one of a family that
// is put before it, and how that one changes. It reports whether it may.
func (s *state) adapt(r *resource, g *gaps, before, family int32, found *gap) bool {
	if family == 0 {
		return true
	}
	i := s.nextOfFamily(g, found.to)
	if i < 0 {
		return true
	}
	o := &s.ops[i]
	if o.fixed {
		return true
	}
	next := s.stepOf(o).family
	now := s.change(r, family, next)
	change := min(s.up(now.Time), tooLong)
	if now.Forbidden {
		return false
	}
	if change == o.change {
		return true
	}
	start, ok := s.restart(i, change)
	if !ok || start < found.from {
		return false
	}
	adjacent := g.next(found.until-1) == o.start
	if !adjacent && start < o.start {
		return false
	}
	found.next, found.nextStart, found.nextChange = i, start, change
	if adjacent {
		found.to = min(found.to, start)
	}
	return true
}

// nextOfFamily returns the first operation at or after t that has a family.
func (s *state) nextOfFamily(g *gaps, t int64) int32 {
	i := g.follower(t)
	for i >= 0 && s.stepOf(&s.ops[i]).family == 0 {
		i = g.follower(s.ops[i].end)
	}
	return i
}

// restart returns when an operation has to start to end where it does with
// another changeover, and whether it can: what it takes has to be there, and
// nothing else may be in the way.
func (s *state) restart(i int32, change int64) (int64, bool) {
	o := &s.ops[i]
	m := s.modeOf(o)
	w := s.workOf(m, s.stepOf(o), o)
	start, end := s.spanBefore(m.working(o.overtime), s.stepOf(o).Pausable, o.end, w.setup+w.run+change)
	if o.fixed || start == never || end != o.end || !within(start, m.from, m.until) || !s.fitting(i, start) {
		return 0, false
	}
	if s.routings[s.orders[o.order].routing].begins(o.step) {
		return 0, false
	}
	if m.counted && !s.sameBuckets(m, o.start, start) {
		return 0, false
	}
	if r := &s.routings[s.orders[o.order].routing]; len(s.stepOf(o).before) == 0 && !within(start, r.opens, r.until) {
		return 0, false
	}
	moved := o.slot()
	moved.start, moved.setup = start, o.setup+change-o.change
	if s.overrun(o.order, o.step, &moved) > 0 {
		return 0, false
	}
	if start > o.start {
		return start, s.mayStartLater(o, start)
	}
	return start, s.mayStartEarlier(o, m, start)
}

// mayStartLater reports whether no maximum wait forbids a later start.
func (s *state) mayStartLater(o *op, start int64) bool {
	for _, a := range s.stepOf(o).before {
		prev := &s.ops[s.orders[o.order].first+a.step]
		if prev.mode == unplaced || a.maxWait != never && start-prev.end > a.maxWait {
			return false
		}
	}
	return true
}

// mayStartEarlier reports whether everything is there for an earlier start.
func (s *state) mayStartEarlier(o *op, m *mode, start int64) bool {
	st := s.stepOf(o)
	if start < max(s.fence, st.ready) {
		return false
	}
	for _, a := range st.before {
		prev := &s.ops[s.orders[o.order].first+a.step]
		if prev.mode == unplaced || start < addTime(prev.end, a.wait) {
			return false
		}
	}
	if len(st.before) == 0 && start-st.queue < max(s.fence, s.routings[s.orders[o.order].routing].ready) {
		return false
	}
	for d := o.draws; d >= 0; d = s.draws[d].next {
		n := &st.needs[s.draws[d].need]
		if s.stock[s.draws[d].point].lowFrom(start+n.offset) < int64(s.draws[d].qty) {
			return false
		}
	}
	_, clashes := s.clashBefore(m, start, o.start)
	return !clashes
}

// shrink gives an operation another changeover: it ends where it did and
// starts at start.
func (s *state) shrink(i int32, start, change int64) {
	o := &s.ops[i]
	s.trail = append(s.trail, entry{kind: shrunkOp, index: i, a: o.start, b: o.change})
	s.resize(i, start, change)
	st := s.stepOf(o)
	for d := o.draws; d >= 0; d = s.draws[d].next {
		s.moveDraw(d, addTime(start, st.needs[s.draws[d].need].offset))
	}
}

func (s *state) resize(i int32, start, change int64) {
	o := &s.ops[i]
	s.occupy(o, i, -1)
	o.start, o.setup, o.change = start, o.setup+change-o.change, change
	s.occupy(o, i, 1)
	s.setBounds(o.order, o.start)
}

// change returns the changeover of a resource between two families.
func (s *state) change(r *resource, from, to int32) capacity.Changeover {
	key := [2]int32{from, to}
	c, ok := r.changes[key]
	if !ok {
		c = r.table.Lookup(s.families[from], s.families[to])
		r.changes[key] = c
	}
	return c
}

// unary reports whether a resource does one thing at a time.
func (r *resource) unary() bool { return r.units == 1 && !r.counted() }

// counted reports whether a resource is counted by buckets.
func (r *resource) counted() bool { return len(r.buckets) > 0 }
