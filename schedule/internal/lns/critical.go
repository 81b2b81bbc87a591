package lns

import "github.com/taktplan/takt/schedule/internal/core"

// A link of a critical path: an operation, and the one on a resource that it
// waited for, -1 if it waited for an arc, a release or a shift.
type link struct {
	first, second int32
	resource      int32
}

// A tracer walks back from a completion to what delayed it.
type tracer struct {
	m     *core.Model
	users [][]int32 // operations that have a mode on each resource
	now   *timing   // of the schedule, if it was timed
	path  []link    // from the end backwards
}

func newTracer(m *core.Model) *tracer {
	t := &tracer{m: m, users: make([][]int32, len(m.Resources)), path: make([]link, 0, m.Ops())}
	for o := range int32(m.Ops()) {
		for k := m.NeedStart[m.ModeStart[o]]; k < m.NeedStart[m.ModeStart[o+1]]; k++ {
			u := &t.users[m.NeedResource[k]]
			if len(*u) == 0 || (*u)[len(*u)-1] != o {
				*u = append(*u, o)
			}
		}
	}
	return t
}

// trace lists one critical path that ends with operation o of s.
// Where an operation waited both for an arc and for a resource, the arc is
// taken. It ends after most links.
func (t *tracer) trace(s *core.Schedule, o int32, most int) []link {
	t.path = t.path[:0]
	for o >= 0 && len(t.path) < most && s.Start[o] >= 0 {
		ready, before := t.ready(s, o)
		mode := t.m.ModeStart[o] + s.Mode[o]
		free, _ := t.m.Timeline(mode).Earliest(ready, t.m.ModeTime[mode], t.m.Has(o, core.Pausable))
		l := link{first: -1, second: o, resource: -1}
		if free < s.Start[o] {
			if l = t.blocker(s, o); l.first >= 0 {
				before = l.first
			}
		}
		t.path = append(t.path, l)
		o = before
	}
	return t.path
}

// ready is the instant that arcs allow o to start, and the operation that it
// comes from, -1 for a release.
func (t *tracer) ready(s *core.Schedule, o int32) (at int64, from int32) {
	m := t.m
	at, from = m.Release(o), -1
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		a := &m.Arcs[i]
		x := s.End[a.From] + a.Min
		switch a.Kind {
		case core.StartStart:
			x = s.Start[a.From] + a.Min
		case core.EndEnd:
			x -= s.End[o] - s.Start[o]
		}
		if s.Start[a.From] >= 0 && x > at {
			at, from = x, a.From
		}
	}
	return at, from
}

// blocker is the operation on a resource of o that ends last before o starts.
func (t *tracer) blocker(s *core.Schedule, o int32) link {
	m := t.m
	best := link{first: -1, second: o, resource: -1}
	mode := m.ModeStart[o] + s.Mode[o]
	if t.now != nil {
		best.first, best.resource = t.now.prev[o], m.Machine(mode)
		return best
	}
	for k := m.NeedStart[mode]; k < m.NeedStart[mode+1]; k++ {
		r := m.NeedResource[k]
		for _, b := range t.users[r] {
			if b == o || s.Start[b] < 0 || s.End[b] > s.Start[o] || s.Start[b] >= s.Start[o] || !t.uses(s, b, r) {
				continue
			}
			if best.first < 0 || s.End[b] > s.End[best.first] {
				best.first, best.resource = b, r
			}
		}
	}
	return best
}

func (t *tracer) uses(s *core.Schedule, o, r int32) bool {
	m := t.m
	mode := m.ModeStart[o] + s.Mode[o]
	for k := m.NeedStart[mode]; k < m.NeedStart[mode+1]; k++ {
		if m.NeedResource[k] == r {
			return true
		}
	}
	return false
}
