package lns

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/schedule/internal/bound"
	"github.com/taktplan/takt/schedule/internal/core"
)

// A demand is what an operation takes of a resource, whatever its mode.
type demand struct {
	head, tail int64 // before its start, and from its end to the end of all
	time       int64 // that it takes at least
	work       int64 // ticks at full rate times units of the resource, at least
	units      int64 // of the resource, at least
}

// loads bounds the last end of all by what resources have to do: of the
// operations on a resource, those that cannot start before an instant take their
// work after it, and then the least of their tails. It knows operations of which
// every mode needs the resource, and its calendar if they all work at the same
// times. Machines that do one operation at a time get Jackson's bound as well.
type loads struct {
	m       *core.Model
	demands [][]demand // of each resource
	// line is the index of the timeline that all demands on a resource have
	// in common: -1 for always, and mixed if there is none.
	line []int32
}

const mixed = -2

// lastEnd is the bound from the heads, times and tails of all operations.
func lastEnd(m *core.Model, head, length, tail []int64) int64 {
	l := &loads{m: m, demands: make([][]demand, len(m.Resources)), line: make([]int32, len(m.Resources))}
	for o := range int32(m.Ops()) {
		if length[o] > 0 {
			l.add(o, demand{head: head[o], tail: tail[o], time: length[o]})
		}
	}
	last := int64(0)
	var machine bound.OneMachine
	var tasks []bound.Task
	for r, ds := range l.demands {
		last = max(last, l.resource(int32(r)))
		if m.Resources[r].Capacity > 1 {
			continue
		}
		tasks = tasks[:0]
		for _, d := range ds {
			tasks = append(tasks, bound.Task{Head: d.head, Time: d.time, Tail: d.tail})
		}
		last = max(last, machine.Preemptive(tasks))
	}
	return last
}

// add notes what operation o takes of the resources that its first mode needs,
// if all modes need them.
func (l *loads) add(o int32, d demand) {
	m := l.m
	first, last := m.ModeStart[o], m.ModeStart[o+1]
	for k := m.NeedStart[first]; k < m.NeedStart[first+1]; k++ {
		r := m.NeedResource[k]
		d.work, d.units = math.MaxInt64, math.MaxInt64
		line := l.timeline(first)
		for mode := first; mode < last; mode++ {
			units := l.units(mode, r)
			d.work, d.units = min(d.work, core.Product(m.ModeTime[mode], units)), min(d.units, units)
			if l.timeline(mode) != line {
				line = mixed
			}
		}
		if d.units == 0 {
			continue // there is a mode without the resource
		}
		if len(l.demands[r]) == 0 {
			l.line[r] = line
		} else if l.line[r] != line {
			l.line[r] = mixed
		}
		l.demands[r] = append(l.demands[r], d)
	}
}

// units is how much a mode takes of resource r.
func (l *loads) units(mode, r int32) int64 {
	for k := l.m.NeedStart[mode]; k < l.m.NeedStart[mode+1]; k++ {
		if l.m.NeedResource[k] == r {
			return int64(l.m.Units(k))
		}
	}
	return 0
}

func (l *loads) timeline(mode int32) int32 {
	if l.m.ModeTimeline == nil {
		return -1
	}
	return l.m.ModeTimeline[mode]
}

// resource is the bound from the work on resource r.
func (l *loads) resource(r int32) int64 {
	ds := l.demands[r]
	slices.SortFunc(ds, func(a, b demand) int {
		return cmp.Or(cmp.Compare(b.head, a.head), cmp.Compare(b.tail, a.tail))
	})
	last, work, tail := int64(0), int64(0), core.Never
	for _, d := range ds {
		work, tail = core.Sum(work, l.amount(r, d)), min(tail, d.tail)
		capacity := int64(l.m.Resources[r].Capacity)
		each := work/capacity + min(1, work%capacity)
		if end := l.finish(r, d.head, each); end < core.Never {
			last = max(last, end+tail)
		}
	}
	return last
}

// amount is the work of d as finish counts it.
func (l *loads) amount(r int32, d demand) int64 {
	if l.line[r] != mixed {
		return d.work
	}
	return core.Product(d.time, d.units)
}

// finish is when an amount of work on each unit of resource r is done that begins
// at head.
func (l *loads) finish(r int32, head, work int64) int64 {
	if line := l.line[r]; line >= 0 {
		return l.m.Timelines[line].Finish(head, work)
	}
	return head + min(work, core.Never)
}
