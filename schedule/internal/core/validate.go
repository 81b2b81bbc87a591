package core

import (
	"errors"
	"fmt"
)

// issues collects what is wrong with a model.
type issues []error

func (e *issues) need(ok bool, format string, args ...any) bool {
	if !ok {
		*e = append(*e, fmt.Errorf(format, args...))
	}
	return ok
}

// validate lists everything that would let an engine index out of range,
// overflow or loop. It does not judge feasibility.
func (m *Model) validate() error {
	var e issues
	for i := range m.Calendars {
		m.Calendars[i].validate(&e, i)
	}
	for i := range m.Setups {
		m.Setups[i].validate(&e, i)
	}
	for i, r := range m.Resources {
		e.need(r.Capacity >= 1, "resource %d: capacity %d is below 1", i, r.Capacity)
		e.need(r.Calendar >= -1 && int(r.Calendar) < len(m.Calendars), "resource %d: no calendar %d", i, r.Calendar)
		if e.need(r.Setup >= -1 && int(r.Setup) < len(m.Setups), "resource %d: no changeover table %d", i, r.Setup) && r.Setup >= 0 {
			e.need(r.Capacity == 1, "resource %d: changeovers with capacity %d", i, r.Capacity)
			e.need(r.Initial >= -1 && r.Initial < m.Setups[r.Setup].Families, "resource %d: no family %d", i, r.Initial)
		}
	}
	for i := range m.Jobs {
		m.Jobs[i].validate(&e, i)
	}
	o := m.Objective
	e.need(o.Makespan >= 0 && o.Setup >= 0 && o.SetupCost >= 0, "objective: a price is negative")
	if len(e) == 0 {
		m.validateOps(&e)
		m.validateArcs(&e)
	}
	return errors.Join(e...)
}

func (c *Calendar) validate(e *issues, i int) {
	if !e.need(len(c.From) == len(c.To) && (c.Rate == nil || len(c.Rate) == len(c.From)), "calendar %d: unequal lengths", i) {
		return
	}
	last := int64(0)
	for k := range c.From {
		e.need(c.From[k] >= last && c.To[k] > c.From[k] && c.To[k] <= Limit, "calendar %d: window %d [%d, %d) is empty, out of order or out of range", i, k, c.From[k], c.To[k])
		e.need(c.Rate == nil || c.Rate[k] >= 1 && c.Rate[k] <= 65535, "calendar %d: window %d has a rate outside 1 to 65535", i, k)
		last = c.To[k]
	}
}

func (t *SetupTable) validate(e *issues, i int) {
	size := int(t.Families) * int(t.Families)
	if !e.need(t.Families >= 0 && len(t.Time) == size && (t.Cost == nil || len(t.Cost) == size), "changeover table %d: not %d × %d", i, t.Families, t.Families) {
		return
	}
	for k, v := range t.Time {
		e.need(v >= 0 && (v <= Limit || v == Never), "changeover table %d: time %d out of range", i, v)
		e.need(t.Cost == nil || t.Cost[k] >= 0, "changeover table %d: a cost is negative", i)
	}
}

func (j *Job) validate(e *issues, i int) {
	e.need(j.Release >= 0 && j.Release <= Limit, "job %d: release %d out of range", i, j.Release)
	e.need(j.Due >= -Limit && (j.Due <= Limit || j.Due == Never), "job %d: due date %d out of range", i, j.Due)
	e.need(j.Deadline >= 0 && (j.Deadline <= Limit || j.Deadline == Never), "job %d: deadline %d out of range", i, j.Deadline)
	e.need(j.Tardiness >= 0 && j.Earliness >= 0 && j.Late >= 0 && j.Flow >= 0, "job %d: a price is negative", i)
}

func (m *Model) validateOps(e *issues) {
	total := int64(0)
	for o, j := range m.OpJob {
		e.need(j >= 0 && int(j) < len(m.Jobs), "operation %d: no job %d", o, j)
		if m.OpRelease != nil {
			e.need(m.OpRelease[o] >= 0 && m.OpRelease[o] <= Limit, "operation %d: release %d out of range", o, m.OpRelease[o])
		}
		lo, hi := m.ModeStart[o], m.ModeStart[o+1]
		e.need(lo < hi, "operation %d: no mode", o)
		longest := int64(0)
		for mode := lo; mode < hi; mode++ {
			if m.validateMode(e, o, mode) {
				longest = max(longest, m.ModeTime[mode])
			}
		}
		total = Sum(total, longest)
		if m.FixedStart != nil {
			start, mode := m.FixedStart[o], m.FixedMode[o]
			e.need(start >= -1 && start <= Limit, "operation %d: fixed start %d out of range", o, start)
			e.need(mode >= -1 && mode < hi-lo, "operation %d: no mode %d", o, mode)
			e.need(start < 0 || mode >= 0 || hi-lo == 1, "operation %d: a fixed start needs a fixed mode", o)
		}
	}
	e.need(total <= Limit, "operations: the sum of all work is above %d", Limit)
}

func (m *Model) validateMode(e *issues, o int, mode int32) bool {
	ok := e.need(m.ModeTime[mode] >= 0 && m.ModeTime[mode] <= Limit, "operation %d: work %d out of range", o, m.ModeTime[mode])
	lo, hi := m.NeedStart[mode], m.NeedStart[mode+1]
	e.need(lo < hi, "operation %d: a mode without a machine", o)
	for k := lo; k < hi; k++ {
		r := m.NeedResource[k]
		if !e.need(r >= 0 && int(r) < len(m.Resources), "operation %d: no resource %d", o, r) {
			continue
		}
		res := &m.Resources[r]
		e.need(m.Units(k) >= 1 && m.Units(k) <= res.Capacity, "operation %d: %d units of resource %d, which has %d", o, m.Units(k), r, res.Capacity)
		for i := lo; i < k; i++ {
			e.need(m.NeedResource[i] != r, "operation %d: resource %d twice in a mode", o, r)
		}
		if res.Setup >= 0 {
			e.need(k == lo, "operation %d: resource %d has changeovers and is not the machine", o, r)
			e.need(m.OpFamily == nil || m.OpFamily[o] >= -1 && m.OpFamily[o] < m.Setups[res.Setup].Families, "operation %d: its family is not in the changeover table of resource %d", o, r)
		}
	}
	return ok
}

func (m *Model) validateArcs(e *issues) {
	n := int32(m.Ops())
	for i, a := range m.Arcs {
		ok := a.From >= 0 && a.From < n && a.To >= 0 && a.To < n && a.From != a.To
		e.need(ok, "arc %d: no such operations %d and %d", i, a.From, a.To)
		e.need(a.Kind <= EndEnd, "arc %d: no kind %d", i, a.Kind)
		e.need(a.Min >= -Limit && a.Min <= Limit && a.Max >= a.Min && (a.Max <= Limit || a.Max == Never), "arc %d: wait from %d to %d out of range", i, a.Min, a.Max)
	}
}
