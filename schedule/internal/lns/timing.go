package lns

import (
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A timing gives every operation of a list its earliest time behind all that
// stand before it on its machine: no gap is filled, so that the list is the
// sequence of each machine, and one operation costs a few nanoseconds. It takes
// models of single operations on single machines that work always, none of them
// frozen. For others a list is no sequence: who has to wait for a shift or a
// second resource would hold up those behind, and the generator fills its gap.
type timing struct {
	m    *core.Model
	s    core.Schedule
	free []int64 // when each machine becomes free
	last []int32 // operation last on it
	// prev[o] is the operation before o on its machine.
	prev   []int32
	setups int64 // price of changeovers so far
}

// timeable reports whether m can be timed as a list.
func timeable(m *core.Model) bool {
	return m.Regular() && m.FixedStart == nil && m.Timelines == nil && len(m.NeedResource) == len(m.ModeTime) && !tied(m) &&
		!slices.ContainsFunc(m.Resources, func(r core.Resource) bool { return r.Capacity > 1 })
}

// tied reports whether some operations have to be placed together.
func tied(m *core.Model) bool {
	return slices.ContainsFunc(m.Arcs, func(a core.Arc) bool { return a.Max < core.Never }) ||
		slices.ContainsFunc(m.OpFlags, func(f core.OpFlag) bool { return f&core.Blocking != 0 })
}

func newTiming(m *core.Model) *timing {
	return &timing{m: m, s: *core.NewSchedule(m.Ops()), free: make([]int64, len(m.Resources)),
		last: make([]int32, len(m.Resources)), prev: make([]int32, m.Ops())}
}

func (t *timing) reset() {
	clear(t.free)
	for r := range t.last {
		t.last[r] = -1
	}
	t.setups = 0
}

// place times operation o in mode (within o) behind all placed before, and
// reports whether there is a time for it.
func (t *timing) place(o, mode int32) bool {
	m, s := t.m, &t.s
	s.Mode[o], s.Start[o], s.End[o] = mode, -1, -1
	mode += m.ModeStart[o]
	r, work, price := m.Machine(mode), m.ModeTime[mode], int64(0)
	start, end, ok := t.ready(o)
	if ok && m.Sequenced(mode) {
		var time int64
		time, price = t.changeover(r, o)
		work += time
	}
	if !ok || work >= core.Never {
		return false
	}
	start = max(start, t.free[r], end-work)
	if end = start + work; end > m.Jobs[m.OpJob[o]].Deadline {
		return false
	}
	s.Start[o], s.End[o] = start, end
	t.prev[o] = t.last[r]
	if work > 0 {
		t.free[r], t.last[r] = end, o
		t.setups = core.Sum(t.setups, price)
	}
	return true
}

// ready is when arcs allow o to start, and to end; ok is false if a predecessor
// was left out.
func (t *timing) ready(o int32) (start, end int64, ok bool) {
	m, s := t.m, &t.s
	start = m.Release(o)
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		a := &m.Arcs[i]
		if s.Start[a.From] < 0 {
			return 0, 0, false
		}
		switch a.Kind {
		case core.EndStart:
			start = max(start, s.End[a.From]+a.Min)
		case core.StartStart:
			start = max(start, s.Start[a.From]+a.Min)
		case core.EndEnd:
			end = max(end, s.End[a.From]+a.Min)
		}
	}
	return start, end, true
}

func (t *timing) changeover(r, o int32) (time, price int64) {
	family := t.m.Resources[r].Initial
	if l := t.last[r]; l >= 0 {
		family = t.m.Family(l)
	}
	time, _ = t.m.Changeover(r, family, t.m.Family(o))
	if time == core.Never {
		return time, 0
	}
	return time, t.m.ChangeoverPrice(r, family, t.m.Family(o))
}

// cost is what the schedule costs.
func (t *timing) cost() core.Cost {
	c := t.m.EvaluateTimes(&t.s)
	c.Value = core.Sum(c.Value, t.setups)
	return c
}
