package core

import (
	"cmp"
	"slices"
)

// Family is the setup family of operation o, -1 for none.
func (m *Model) Family(o int32) int32 {
	if m.OpFamily == nil {
		return -1
	}
	return m.OpFamily[o]
}

// Release is the earliest start of operation o by its own and its job's
// release.
func (m *Model) Release(o int32) int64 {
	t := m.Jobs[m.OpJob[o]].Release
	if m.OpRelease != nil {
		t = max(t, m.OpRelease[o])
	}
	return t
}

// Has reports whether operation o has the property f.
func (m *Model) Has(o int32, f OpFlag) bool {
	return m.OpFlags != nil && m.OpFlags[o]&f != 0
}

// Fixed returns the frozen start and mode of operation o, -1 where it is free.
// The mode of an operation that has only one is always known.
func (m *Model) Fixed(o int32) (start int64, mode int32) {
	start, mode = -1, -1
	if m.FixedStart != nil {
		start = m.FixedStart[o]
	}
	if m.FixedMode != nil {
		mode = m.FixedMode[o]
	}
	if mode < 0 && m.ModeStart[o+1]-m.ModeStart[o] == 1 {
		mode = 0
	}
	return start, mode
}

// Machine is the first resource of mode (a model-wide index).
func (m *Model) Machine(mode int32) int32 { return m.NeedResource[m.NeedStart[mode]] }

// Units is what need k takes of its resource.
func (m *Model) Units(k int32) int32 {
	if m.NeedUnits == nil {
		return 1
	}
	return m.NeedUnits[k]
}

// Timeline is the working time of mode (a model-wide index), nil for always.
func (m *Model) Timeline(mode int32) *Timeline {
	if m.ModeTimeline == nil || m.ModeTimeline[mode] < 0 {
		return nil
	}
	return &m.Timelines[m.ModeTimeline[mode]]
}

// Changeover is the time and cost of a changeover on resource r between two
// families, either of which may be -1. A time of Never forbids it.
func (m *Model) Changeover(r, from, to int32) (time, cost int64) {
	table := m.Resources[r].Setup
	if table < 0 || from < 0 || to < 0 {
		return 0, 0
	}
	t := &m.Setups[table]
	i := from*t.Families + to
	if t.Cost != nil {
		cost = t.Cost[i]
	}
	return t.Time[i], cost
}

// Sequenced reports whether mode (a model-wide index) takes part in the
// sequence of a machine with changeovers: it has work to do there.
func (m *Model) Sequenced(mode int32) bool {
	return m.Resources[m.Machine(mode)].Setup >= 0 && m.ModeTime[mode] > 0
}

// setupSequences lists, for each resource with changeovers, the operations
// placed on it by start, but those without work.
func (m *Model) setupSequences(s *Schedule) [][]int32 {
	seq := make([][]int32, len(m.Resources))
	for o := range m.OpJob {
		if s.Start[o] < 0 {
			continue
		}
		mode := m.ModeStart[o] + s.Mode[o]
		if r := m.Machine(mode); m.Sequenced(mode) {
			seq[r] = append(seq[r], int32(o))
		}
	}
	for _, ops := range seq {
		m.sortBySequence(s, ops)
	}
	return seq
}

// sortBySequence sorts operations of one machine by start.
func (m *Model) sortBySequence(s *Schedule, ops []int32) {
	slices.SortFunc(ops, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.Start[a], s.Start[b]), cmp.Compare(a, b))
	})
}

// NewSchedule returns a schedule of n operations with none placed.
func NewSchedule(n int) *Schedule {
	s := &Schedule{Mode: make([]int32, n), Start: make([]int64, n), End: make([]int64, n)}
	for o := range s.Start {
		s.Start[o], s.End[o] = -1, -1
	}
	return s
}

// CopyFrom makes s equal to t, which has as many operations.
func (s *Schedule) CopyFrom(t *Schedule) {
	copy(s.Mode, t.Mode)
	copy(s.Start, t.Start)
	copy(s.End, t.End)
}
