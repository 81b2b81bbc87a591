package heuristic

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A slot is where an operation can be placed.
type slot struct {
	mode          int32
	start, end    int64
	setup, change int64
	overtime      bool
	// next, if not nobody, is the operation after it on the machine, which
	// then starts at nextStart, since its changeover becomes nextChange.
	next                  int32
	nextStart, nextChange int64
}

// A job is an operation that looks for a slot.
type job struct {
	op    int32
	step  *step
	work  []work   // by mode
	takes [][]take // by mode, from buckets; nil if no mode takes any
	lo    int64    // it starts no earlier
	hi    int64    // it ends no later
	extra bool     // overtime may be used
	only  int32    // mode, or nobody: any

	startBy int64 // it starts no later
	endFrom int64 // it ends no earlier
}

// work is the working time of a lot in a mode, without changeover.
type work struct{ setup, run int64 }

// newJob returns the job of an operation, free to be anywhere from lo on.
func (s *state) newJob(i int32, lo int64) job {
	o := &s.ops[i]
	st := s.stepOf(o)
	j := job{op: i, step: st, lo: lo, hi: s.horizon, extra: s.extra, only: nobody, startBy: never}
	for m := range st.modes {
		j.work = append(j.work, s.workOf(&st.modes[m], st, o))
		if st.modes[m].counted {
			j.takes = slices.Grow(j.takes, len(st.modes))[:len(st.modes)]
			j.takes[m] = s.takesOf(&st.modes[m], o)
		}
	}
	return j
}

// workOf returns what is left of the work on an operation.
func (s *state) workOf(m *mode, st *step, o *op) work {
	r, known := &s.routings[s.orders[o.order].routing], (*schedule.StepState)(nil)
	if e := s.orders[o.order].existing; e >= 0 {
		known = s.x.State(s.p.Orders[e].ID, st.ID)
	}
	return s.workLeft(m, st, o.qty, r.scale, known)
}

// workFor returns the work on an amount of which nothing is done.
func (m *model) workFor(in *mode, st *step, qty wip.Qty, scale int64) work {
	return m.workLeft(in, st, qty, scale, nil)
}

func (m *model) workLeft(in *mode, st *step, qty wip.Qty, scale int64, known *schedule.StepState) work {
	lot := schedule.Processing{Step: st.Step, Mode: in.Mode, Qty: qty, Scale: scale, Tick: time.Duration(m.tick)}
	if machine := in.machine(); machine != nobody {
		lot.Efficiency = m.resources[machine].Efficiency
	}
	setup, run := lot.Left(known)
	return work{min(int64(setup), tooLong), min(int64(run), tooLong)}
}

// tooLong is working time that nothing has room for: 36 years.
const tooLong = 1 << 60

// latest returns the slot that starts last among the modes, the preferred mode
// of those that start alike.
func (s *state) latest(j *job) (best slot, ok bool) {
	switch {
	case j.step.partner >= 0:
		return s.latestOutside(j)
	case len(j.step.modes) == 0:
		at := min(j.hi, j.startBy)
		return slot{mode: instantly, start: at, end: at, next: nobody}, at >= j.lo
	}
	for m := range j.step.modes {
		if j.only != nobody && j.only != int32(m) {
			continue
		}
		if at, fits := s.fitBefore(j, int32(m)); fits && (!ok || at.start > best.start) {
			best, ok = at, true
		}
	}
	return best, ok
}

// earliest returns the slot that ends first among the modes, the preferred
// mode of those that end alike.
func (s *state) earliest(j *job) (best slot, ok bool) {
	switch {
	case j.step.partner >= 0:
		return s.earliestOutside(j)
	case len(j.step.modes) == 0:
		at := max(j.lo, j.endFrom)
		return slot{mode: instantly, start: at, end: at, next: nobody}, at <= j.hi
	}
	for m := range j.step.modes {
		if j.only != nobody && j.only != int32(m) {
			continue
		}
		if at, fits := s.fitAfter(j, int32(m)); fits && (!ok || at.end < best.end) {
			best, ok = at, true
		}
	}
	return best, ok
}

// fitBefore looks for the last slot in a mode, from j.hi backwards: in each
// free stretch of the machine that is long enough, it lets the work end as
// late as it can, and goes back to where another resource is in the way.
func (s *state) fitBefore(j *job, index int32) (slot, bool) {
	m := &j.step.modes[index]
	t := m.working(j.extra)
	w := j.work[index]
	if w.setup+w.run >= tooLong {
		return slot{}, false
	}
	for hi := j.hi; ; {
		gap, ok := s.gapBefore(m, hi, w, j)
		if !ok {
			return slot{}, false
		}
		at := slot{mode: index, overtime: j.extra, setup: w.setup + gap.change, change: gap.change,
			next: gap.next, nextStart: gap.nextStart, nextChange: gap.nextChange}
		at.start, at.end = s.spanBefore(t, j.step.Pausable, gap.to, at.setup+w.run)
		if at.start == never || at.start < max(j.lo, m.from) {
			return slot{}, false
		}
		latest := min(j.startBy, m.until-s.tick)
		if m.counted {
			if latest = s.roomBefore(j.takes[index], min(latest, at.start)); latest == never {
				return slot{}, false
			}
		}
		if at.start > latest {
			hi = min(gap.to-s.tick, t.after(latest, at.setup+w.run))
			continue
		}
		if at.start < gap.from {
			hi = gap.from
			continue
		}
		clash, clashes := s.clashBefore(m, at.start, at.end)
		if !clashes {
			return at, true
		}
		hi = clash
	}
}

// fitAfter looks for the first slot in a mode, from j.lo on.
func (s *state) fitAfter(j *job, index int32) (slot, bool) {
	m := &j.step.modes[index]
	t := m.working(j.extra)
	w := j.work[index]
	if w.setup+w.run >= tooLong {
		return slot{}, false
	}
	for lo := max(j.lo, m.from); ; {
		gap, ok := s.gapAfter(m, lo, w, j)
		if !ok {
			return slot{}, false
		}
		at := slot{mode: index, overtime: j.extra, setup: w.setup + gap.change, change: gap.change,
			next: gap.next, nextStart: gap.nextStart, nextChange: gap.nextChange}
		at.start, at.end = s.spanAfter(t, j.step.Pausable, gap.from, at.setup+w.run)
		if at.start == never || at.end > j.hi || at.start >= m.until {
			return slot{}, false
		}
		if at.end > gap.to {
			lo = gap.until
			continue
		}
		if m.counted {
			switch room := s.roomAfter(j.takes[index], at.start); {
			case room == never:
				return slot{}, false
			case room > at.start:
				lo = room
				continue
			}
		}
		if at.end < j.endFrom {
			lo = at.start + s.tick
			if start := t.before(j.endFrom, at.setup+w.run); start != never {
				lo = max(lo, start)
			}
			continue
		}
		clash, clashes := s.clashAfter(m, at.start, at.end)
		if !clashes {
			return at, true
		}
		lo = clash
	}
}

// spanBefore returns the last start of some work that ends by hi, and its end.
func (s *state) spanBefore(t *timeline, pausable bool, hi, work int64) (start, end int64) {
	switch {
	case work == 0:
		return hi, hi
	case !pausable:
		return t.unbrokenBefore(hi, work)
	}
	if start = t.before(hi, work); start == never || start < 0 {
		return never, never
	}
	return start, t.after(start, work)
}

// spanAfter returns the first start of some work at or after lo, and its end.
func (s *state) spanAfter(t *timeline, pausable bool, lo, work int64) (start, end int64) {
	switch {
	case work == 0:
		return lo, lo
	case !pausable:
		return t.unbrokenAfter(lo, work)
	}
	if start = t.next(lo); start == never {
		return never, never
	}
	return start, t.after(start, work)
}

// clashBefore returns where the first work begins that keeps the resources of
// a mode besides the machine, or units of any of them, from [start, end).
func (s *state) clashBefore(m *mode, start, end int64) (at int64, ok bool) {
	if s.infinite || start >= end {
		return 0, false
	}
	at = never
	for i, u := range m.uses {
		if !s.resources[u.resource].unary() {
			at = min(at, s.spare[u.resource].firstBelow(start, u.units))
		} else if i > 0 {
			if from, busy := s.busy[u.resource].overlap(start, end); busy {
				at = min(at, from)
			}
		}
	}
	return at, at < end
}

// clashAfter returns where the last work ends that is in the way.
func (s *state) clashAfter(m *mode, start, end int64) (at int64, ok bool) {
	if s.infinite || start >= end {
		return 0, false
	}
	at = start
	for i, u := range m.uses {
		if !s.resources[u.resource].unary() {
			if _, to, low := s.spare[u.resource].lastBelow(end, u.units); low {
				at = max(at, to)
			}
		} else if i > 0 {
			if to, busy := s.busy[u.resource].overlapLast(start, end); busy {
				at = max(at, to)
			}
		}
	}
	return at, at > start
}

// latestOutside returns the last slot with a partner.
func (s *state) latestOutside(j *job) (slot, bool) {
	q := &s.partners[j.step.partner]
	if !s.everTakes(j) {
		return slot{}, false
	}
	for hi := j.hi; ; {
		start := leadBefore(q.working, hi, j.step.lead)
		if start == never || start < j.lo {
			return slot{}, false
		}
		if start > j.startBy {
			hi = min(hi-s.tick, leadAfter(q.working, j.startBy, j.step.lead))
			continue
		}
		if s.partnerTakes(j, start) {
			return slot{mode: contracted, start: start, end: leadAfter(q.working, start, j.step.lead), next: nobody}, true
		}
		period := start - start%q.period
		hi = min(hi-s.tick, leadAfter(q.working, period-s.tick, j.step.lead))
	}
}

// earliestOutside returns the first slot with a partner.
func (s *state) earliestOutside(j *job) (slot, bool) {
	q := &s.partners[j.step.partner]
	if !s.everTakes(j) {
		return slot{}, false
	}
	for lo := j.lo; ; {
		end := leadAfter(q.working, lo, j.step.lead)
		if end == never || end > j.hi {
			return slot{}, false
		}
		if end < j.endFrom {
			lo = max(lo+s.tick, leadBefore(q.working, j.endFrom, j.step.lead))
			continue
		}
		if s.partnerTakes(j, lo) {
			return slot{mode: contracted, start: lo, end: end, next: nobody}, true
		}
		lo = roundUp(lo-lo%q.period+q.period, s.tick)
	}
}

// partnerTakes reports whether the partner's capacity allows a start.
func (s *state) partnerTakes(j *job, start int64) bool {
	q := &s.partners[j.step.partner]
	if q.period == 0 || s.infinite {
		return true
	}
	return s.given[j.step.partner][start/q.period]+s.wholeUnits(&s.ops[j.op]) <= int64(q.Capacity.Qty)
}

// everTakes reports whether the partner can take so much on in any period.
func (s *state) everTakes(j *job) bool {
	q := &s.partners[j.step.partner]
	return q.period == 0 || s.infinite || s.wholeUnits(&s.ops[j.op]) <= int64(q.Capacity.Qty)
}

// leadBefore returns when something must start that is to be there by end.
func leadBefore(working *timeline, end, lead int64) int64 {
	if lead == 0 {
		return end
	}
	return working.before(end, lead)
}

// leadAfter returns when something is there that starts at start.
func leadAfter(working *timeline, start, lead int64) int64 {
	if lead == 0 {
		return start
	}
	return working.after(start, lead)
}
