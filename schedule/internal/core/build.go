package core

import (
	"errors"
	"fmt"
	"slices"
)

// A Builder collects a model: resources, calendars and jobs in any order, then
// operation by operation with its modes, and arcs. The zero value is ready.
type Builder struct {
	m Model
}

// Machine is a resource of capacity 1 that works always and has no
// changeovers.
var Machine = Resource{Capacity: 1, Calendar: -1, Setup: -1, Initial: -1}

// Need is a number of units of a resource.
type Need struct {
	Resource, Units int32
}

// Grow reserves room, so that building a large model takes no more memory than
// the model.
func (b *Builder) Grow(ops, modes, needs, arcs int) {
	m := &b.m
	m.OpJob, m.OpFlags = slices.Grow(m.OpJob, ops), slices.Grow(m.OpFlags, ops)
	m.ModeStart = slices.Grow(m.ModeStart, ops+1)
	m.ModeTime, m.NeedStart = slices.Grow(m.ModeTime, modes), slices.Grow(m.NeedStart, modes+1)
	m.NeedResource = slices.Grow(m.NeedResource, needs)
	m.Arcs = slices.Grow(m.Arcs, arcs)
}

// AddCalendar returns the index of a new calendar.
func (b *Builder) AddCalendar(c Calendar) int32 {
	b.m.Calendars = append(b.m.Calendars, c)
	return int32(len(b.m.Calendars) - 1)
}

// AddSetup returns the index of a new changeover table.
func (b *Builder) AddSetup(t SetupTable) int32 {
	b.m.Setups = append(b.m.Setups, t)
	return int32(len(b.m.Setups) - 1)
}

// AddResource returns the index of a new resource. Start from [Machine]: index
// 0 is a calendar.
func (b *Builder) AddResource(r Resource) int32 {
	b.m.Resources = append(b.m.Resources, r)
	return int32(len(b.m.Resources) - 1)
}

// AddJob returns the index of a new job.
func (b *Builder) AddJob(j Job) int32 {
	b.m.Jobs = append(b.m.Jobs, j)
	return int32(len(b.m.Jobs) - 1)
}

// AddOp returns the index of a new operation of a job. The modes added next
// are its.
func (b *Builder) AddOp(job int32, flags OpFlag) int32 {
	m := &b.m
	m.OpJob = append(m.OpJob, job)
	m.OpFlags = append(m.OpFlags, flags)
	m.ModeStart = append(m.ModeStart, int32(len(m.ModeTime)))
	return int32(len(m.OpJob) - 1)
}

// AddMode gives the operation added last another way to be done: an amount of
// work on resources of which the first is the machine.
func (b *Builder) AddMode(work int64, needs ...Need) {
	m := &b.m
	m.ModeTime = append(m.ModeTime, work)
	m.NeedStart = append(m.NeedStart, int32(len(m.NeedResource)))
	for _, n := range needs {
		m.NeedResource = append(m.NeedResource, n.Resource)
		if n.Units != 1 || m.NeedUnits != nil {
			m.NeedUnits = append(extend(m.NeedUnits, len(m.NeedResource)-1, 1), n.Units)
		}
	}
}

// AddArc ties two operations.
func (b *Builder) AddArc(a Arc) { b.m.Arcs = append(b.m.Arcs, a) }

// Follow says that operation to starts when from has ended, or later.
func (b *Builder) Follow(from, to int32) {
	b.AddArc(Arc{From: from, To: to, Kind: EndStart, Max: Never})
}

// SetRelease sets the earliest start of an operation.
func (b *Builder) SetRelease(o int32, t int64) {
	b.m.OpRelease = extend(b.m.OpRelease, int(o)+1, 0)
	b.m.OpRelease[o] = t
}

// SetFamily sets the setup family of an operation.
func (b *Builder) SetFamily(o, family int32) {
	b.m.OpFamily = extend(b.m.OpFamily, int(o)+1, -1)
	b.m.OpFamily[o] = family
}

// Fix freezes an operation: its start (-1 leaves it free) and its mode.
func (b *Builder) Fix(o int32, start int64, mode int32) {
	b.m.FixedStart = extend(b.m.FixedStart, int(o)+1, -1)
	b.m.FixedMode = extend(b.m.FixedMode, int(o)+1, -1)
	b.m.FixedStart[o], b.m.FixedMode[o] = start, mode
}

// SetObjective sets the prices that are not a job's.
func (b *Builder) SetObjective(o Objective) { b.m.Objective = o }

// extend makes s at least n long, filling up with v.
func extend[T any](s []T, n int, v T) []T {
	for len(s) < n {
		s = append(s, v)
	}
	return s
}

// Build finishes the model, or says everything that is wrong with it in terms
// of indices. The builder must not be used afterwards.
func (b *Builder) Build() (*Model, error) {
	m := &b.m
	n := len(m.OpJob)
	m.ModeStart = append(m.ModeStart, int32(len(m.ModeTime)))
	m.NeedStart = append(m.NeedStart, int32(len(m.NeedResource)))
	if m.OpRelease != nil {
		m.OpRelease = extend(m.OpRelease, n, 0)
	}
	if m.OpFamily != nil {
		m.OpFamily = extend(m.OpFamily, n, -1)
	}
	if m.FixedStart != nil {
		m.FixedStart, m.FixedMode = extend(m.FixedStart, n, -1), extend(m.FixedMode, n, -1)
	}
	if err := m.validate(); err != nil {
		return nil, err
	}
	m.indexArcs()
	order := m.Topological()
	if len(order) < n {
		return nil, fmt.Errorf("arcs form a cycle through operation %d", m.onCycle(order))
	}
	m.indexJobs(order)
	m.compileCalendars()
	if err := m.validateFixed(); err != nil {
		return nil, err
	}
	return m, nil
}

// indexArcs makes the compressed rows of arcs by tail and by head, ascending.
func (m *Model) indexArcs() {
	n := m.Ops()
	m.OutStart, m.InStart = make([]int32, n+1), make([]int32, n+1)
	m.OutArc, m.InArc = make([]int32, len(m.Arcs)), make([]int32, len(m.Arcs))
	for i := range m.Arcs {
		m.OutStart[m.Arcs[i].From+1]++
		m.InStart[m.Arcs[i].To+1]++
	}
	for o := range n {
		m.OutStart[o+1] += m.OutStart[o]
		m.InStart[o+1] += m.InStart[o]
	}
	// Filling from the back leaves the starts as they are when done.
	for i := range m.Arcs {
		from, to := m.Arcs[i].From, m.Arcs[i].To
		m.OutArc[m.OutStart[from]] = int32(i)
		m.OutStart[from]++
		m.InArc[m.InStart[to]] = int32(i)
		m.InStart[to]++
	}
	copy(m.OutStart[1:], m.OutStart[:n])
	copy(m.InStart[1:], m.InStart[:n])
	m.OutStart[0], m.InStart[0] = 0, 0
}

// Topological lists the operations so that arcs point forwards, as far as that
// is possible, first come first listed.
func (m *Model) Topological() []int32 {
	n := m.Ops()
	wait := make([]int32, n)
	order := make([]int32, 0, n)
	for o := range n {
		if wait[o] = m.InStart[o+1] - m.InStart[o]; wait[o] == 0 {
			order = append(order, int32(o))
		}
	}
	for i := 0; i < len(order); i++ {
		o := order[i]
		for _, a := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			to := m.Arcs[a].To
			if wait[to]--; wait[to] == 0 {
				order = append(order, to)
			}
		}
	}
	return order
}

// onCycle is an operation on a cycle of arcs, given those that are not behind
// one.
func (m *Model) onCycle(order []int32) int32 {
	free := make([]bool, m.Ops())
	for _, o := range order {
		free[o] = true
	}
	o := int32(slices.Index(free, false))
	seen := make([]bool, m.Ops())
	for !seen[o] {
		seen[o] = true
		for _, a := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
			if !free[m.Arcs[a].From] {
				o = m.Arcs[a].From
				break
			}
		}
	}
	return o
}

func (m *Model) indexJobs(order []int32) {
	m.JobStart, m.JobOp = make([]int32, len(m.Jobs)+1), make([]int32, len(order))
	for _, j := range m.OpJob {
		m.JobStart[j+1]++
	}
	for j := range m.Jobs {
		m.JobStart[j+1] += m.JobStart[j]
	}
	for _, o := range order {
		j := m.OpJob[o]
		m.JobOp[m.JobStart[j]] = o
		m.JobStart[j]++
	}
	copy(m.JobStart[1:], m.JobStart[:len(m.Jobs)])
	m.JobStart[0] = 0
}

// compileCalendars makes a timeline for each set of calendars that a mode's
// resources have.
func (m *Model) compileCalendars() {
	if !slices.ContainsFunc(m.Resources, func(r Resource) bool { return r.Calendar >= 0 }) {
		return
	}
	known := map[string]int32{"": -1}
	m.ModeTimeline = make([]int32, len(m.ModeTime))
	var set []int32
	for mode := range m.ModeTime {
		set = m.calendars(int32(mode), set[:0])
		key := fmt.Sprint(set)
		if len(set) == 0 {
			key = ""
		}
		t, ok := known[key]
		if !ok {
			t = int32(len(m.Timelines))
			known[key] = t
			m.Timelines = append(m.Timelines, m.intersect(int32(mode), set))
		}
		m.ModeTimeline[mode] = t
	}
}

// calendars lists the calendars of the resources of mode: the machine's first
// (or -1, if only others have any), the rest ascending.
func (m *Model) calendars(mode int32, set []int32) []int32 {
	needs := m.NeedResource[m.NeedStart[mode]:m.NeedStart[mode+1]]
	first := m.Resources[needs[0]].Calendar
	set = append(set, first)
	for _, r := range needs[1:] {
		if c := m.Resources[r].Calendar; c >= 0 && !slices.Contains(set, c) {
			set = append(set, c)
		}
	}
	if first < 0 && len(set) == 1 {
		return set[:0]
	}
	slices.Sort(set[1:])
	return set
}

// intersect compiles what calendars have in common, at the machine's rate.
func (m *Model) intersect(mode int32, set []int32) Timeline {
	var c Calendar
	if set[0] >= 0 {
		c = m.Calendars[set[0]]
	} else {
		// A machine that works always works at full rate.
		other := m.Calendars[set[1]]
		c = Calendar{From: other.From, To: other.To}
	}
	for _, k := range set[1:] {
		c = common(&c, &m.Calendars[k])
	}
	return newTimeline(&c)
}

// validateFixed says which frozen operations cannot be as they are frozen.
func (m *Model) validateFixed() error {
	if m.FixedStart == nil {
		return nil
	}
	s := NewSchedule(m.Ops())
	order := []int32{}
	for o, start := range m.FixedStart {
		if start >= 0 {
			_, s.Mode[o] = m.Fixed(int32(o))
			s.Start[o], s.End[o] = start, start
			order = append(order, int32(o))
		}
	}
	m.timeFixed(s, order)
	var errs []error
	for _, v := range m.Check(s) {
		if v.Kind != Missing {
			errs = append(errs, fmt.Errorf("frozen operations clash: %v", v))
		}
	}
	return errors.Join(errs...)
}

// timeFixed sets the ends of frozen operations, which may begin with
// changeovers from one another.
func (m *Model) timeFixed(s *Schedule, ops []int32) {
	m.sortBySequence(s, ops)
	last := make([]int32, len(m.Resources))
	for r := range last {
		last[r] = m.Resources[r].Initial
	}
	for _, o := range ops {
		mode := m.ModeStart[o] + s.Mode[o]
		r := m.Machine(mode)
		setup := int64(0)
		if m.Sequenced(mode) {
			setup, _ = m.Changeover(r, last[r], m.Family(o))
			last[r] = m.Family(o)
		}
		s.End[o] = m.Timeline(mode).Finish(s.Start[o], min(setup, Limit)+m.ModeTime[mode])
	}
}
