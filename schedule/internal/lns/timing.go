package lns

import (
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A timing gives every operation of a list its earliest time behind all that
// stand before it: no gap is filled, so that the list is the sequence of each
// resource, and one operation costs a few nanoseconds. It takes models whose
// units are single operations, none of them frozen; others are built by the
// generator.
//
// A pool of capacity c is c lanes; an operation takes those that become free
// last before it starts, which leaves the early ones to others.
type timing struct {
	m *core.Model
	s core.Schedule
	// lanes[laneStart[r]:laneStart[r+1]] say when each unit of resource r
	// becomes free, ascending.
	lanes     []int64
	laneStart []int32
	last      []int32 // operation last on each resource
	// prev[k] is the operation before that of need k on its resource.
	prev   []int32
	setups int64 // price of changeovers so far
}

// largestPool bounds the lanes of a resource.
const largestPool = 32

// timeable reports whether m can be timed as a list.
func timeable(m *core.Model, single bool) bool {
	return single && m.FixedStart == nil && !slices.ContainsFunc(m.Resources, func(r core.Resource) bool { return r.Capacity > largestPool })
}

func newTiming(m *core.Model) *timing {
	t := &timing{m: m, s: *core.NewSchedule(m.Ops()), laneStart: make([]int32, len(m.Resources)+1),
		last: make([]int32, len(m.Resources)), prev: make([]int32, len(m.NeedResource))}
	for r := range m.Resources {
		t.laneStart[r+1] = t.laneStart[r] + m.Resources[r].Capacity
	}
	t.lanes = make([]int64, t.laneStart[len(m.Resources)])
	return t
}

func (t *timing) reset() {
	clear(t.lanes)
	for r := range t.last {
		t.last[r] = -1
	}
	t.setups = 0
}

// place times operation o in mode (within o) behind all placed before, and
// reports whether there is a time for it.
func (t *timing) place(o, mode int32) bool {
	m, s := t.m, &t.s
	s.Mode[o] = mode
	mode += m.ModeStart[o]
	ready, end, ok := t.ready(o)
	if !ok {
		s.Start[o], s.End[o] = -1, -1
		return false
	}
	lo, hi := m.NeedStart[mode], m.NeedStart[mode+1]
	for k := lo; k < hi; k++ {
		r := m.NeedResource[k]
		ready = max(ready, t.lanes[t.laneStart[r]+m.Units(k)-1])
	}
	machine := m.NeedResource[lo]
	work, price := m.ModeTime[mode], int64(0)
	if m.Sequenced(mode) {
		var time int64
		if time, price = t.changeover(machine, o); time == core.Never {
			s.Start[o], s.End[o] = -1, -1
			return false
		}
		work += time
	}
	line, pausable := m.Timeline(mode), m.Has(o, core.Pausable)
	s.Start[o], s.End[o] = line.Earliest(ready, work, pausable)
	for s.End[o] < end {
		from, _ := line.Latest(end, work, pausable)
		s.Start[o], s.End[o] = line.Earliest(max(s.Start[o]+1, from), work, pausable)
	}
	if s.End[o] > min(core.Limit*2, m.Jobs[m.OpJob[o]].Deadline) {
		s.Start[o], s.End[o] = -1, -1
		return false
	}
	t.setups = core.Sum(t.setups, price)
	for k := lo; k < hi; k++ {
		t.occupy(o, k)
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

// occupy takes the lanes of need k for o.
func (t *timing) occupy(o, k int32) {
	r := t.m.NeedResource[k]
	t.prev[k] = t.last[r]
	if t.s.End[o] == t.s.Start[o] {
		return
	}
	t.last[r] = o
	lanes := t.lanes[t.laneStart[r]:t.laneStart[r+1]]
	if len(lanes) == 1 {
		lanes[0] = t.s.End[o]
		return
	}
	// The latest lanes that are free at the start move behind the others,
	// up to the place of the end.
	units := int(t.m.Units(k))
	free := len(lanes)
	for free > units && lanes[free-1] > t.s.Start[o] {
		free--
	}
	to := free
	for to < len(lanes) && lanes[to] < t.s.End[o] {
		lanes[to-units] = lanes[to]
		to++
	}
	for i := to - units; i < to; i++ {
		lanes[i] = t.s.End[o]
	}
}

// cost is what the schedule costs.
func (t *timing) cost() core.Cost {
	c := t.m.EvaluateTimes(&t.s)
	c.Value = core.Sum(c.Value, t.setups)
	return c
}

// machineBefore is the operation before that of need k if its resource does
// one at a time, else -1.
func (t *timing) machineBefore(k int32) int32 {
	if r := t.m.NeedResource[k]; t.laneStart[r+1]-t.laneStart[r] > 1 {
		return -1
	}
	return t.prev[k]
}
