package lns

import "github.com/taktplan/takt/schedule/internal/core"

// A bounder follows a schedule while it is built and knows what it will cost at
// least, so that a bad one can be given up early. It counts completions, which
// can only get later; earliness and changeovers it leaves out.
type bounder struct {
	m *core.Model
	// toJobEnd[o] and toEnd[o] are the least times from the end of operation
	// o to the completion of its job and to the last end of all.
	toJobEnd, toEnd []int64
	// first[j] and firstEnd are the completions that nothing can beat.
	first    []int64
	firstEnd int64
	least    int64 // the price of these

	done []int64 // of each job, at least
	// latest[o] is the latest end of o for what is aimed at, and excess the
	// time by which ends exceed it, summed over operations.
	latest []int64
	excess int64
	perJob int64 // mean number of operations
	order  []int32

	end   int64
	value int64
}

// guide is the value with something added that tells schedules of equal
// makespan apart: by how much operations end too late for a better one, per
// job. Where machines work in shifts, many schedules are equal, and those that
// are close to a better one look no different.
func (b *bounder) guide() int64 {
	return core.Sum(b.value, core.Product(b.m.Objective.Makespan, b.excess/b.perJob))
}

// aim sets the latest end of each operation for a makespan below target, by
// arcs and working time alone.
func (b *bounder) aim(target int64) {
	m := b.m
	order := b.order
	for k := len(order) - 1; k >= 0; k-- {
		o := order[k]
		b.latest[o] = target - 1
		for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			if a := &m.Arcs[i]; a.Kind == core.EndStart {
				b.latest[o] = min(b.latest[o], b.latestStart(a.To)-a.Min)
			}
		}
	}
}

// latestStart is the latest start of o in any mode for its latest end.
func (b *bounder) latestStart(o int32) int64 {
	m := b.m
	start := int64(-1)
	for mode := m.ModeStart[o]; mode < m.ModeStart[o+1]; mode++ {
		s, _ := m.Timeline(mode).Latest(b.latest[o], m.ModeTime[mode], m.Has(o, core.Pausable))
		start = max(start, s)
	}
	return start
}

func newBounder(m *core.Model) *bounder {
	n := m.Ops()
	b := &bounder{m: m, toJobEnd: make([]int64, n), toEnd: make([]int64, n),
		first: make([]int64, len(m.Jobs)), done: make([]int64, len(m.Jobs)),
		latest: make([]int64, n), order: m.Topological(), perJob: max(1, int64(n/max(1, len(m.Jobs))))}
	length := shortest(m)
	order := b.order
	head, first := make([]int64, n), make([]int64, n)
	for _, o := range order {
		head[o] = max(head[o], m.Release(o))
		first[o] = earliestEnd(m, o, head[o], length[o])
		for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			if a := &m.Arcs[i]; a.Kind == core.EndStart {
				head[a.To] = max(head[a.To], first[o]+a.Min)
			}
		}
	}
	for k := n - 1; k >= 0; k-- {
		o := order[k]
		for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			a := &m.Arcs[i]
			if a.Kind != core.EndStart {
				continue
			}
			b.toEnd[o] = max(b.toEnd[o], a.Min+length[a.To]+b.toEnd[a.To])
			if m.OpJob[a.To] == m.OpJob[o] {
				b.toJobEnd[o] = max(b.toJobEnd[o], a.Min+length[a.To]+b.toJobEnd[a.To])
			}
		}
		b.first[m.OpJob[o]] = max(b.first[m.OpJob[o]], first[o]+b.toJobEnd[o])
		b.firstEnd = max(b.firstEnd, first[o]+b.toEnd[o])
	}
	if m.Objective.Makespan > 0 {
		b.firstEnd = max(b.firstEnd, lastEnd(m, head, length, b.toEnd))
	}
	for j := range m.Jobs {
		b.least = core.Sum(b.least, regular(&m.Jobs[j], b.first[j]))
	}
	b.least = core.Sum(b.least, core.Product(m.Objective.Makespan, b.firstEnd))
	return b
}

// earliestEnd is the least end of o in any mode if it cannot start before head,
// and takes length at least where its calendars end too soon.
func earliestEnd(m *core.Model, o int32, head, length int64) int64 {
	if m.FixedStart != nil && m.FixedStart[o] >= 0 {
		return head + length
	}
	least := core.Never
	for mode := m.ModeStart[o]; mode < m.ModeStart[o+1]; mode++ {
		_, end := m.Timeline(mode).Earliest(head, m.ModeTime[mode], m.Has(o, core.Pausable))
		least = min(least, end)
	}
	if least == core.Never {
		return head + length
	}
	return least
}

// shortest is the least time each operation can take in any mode.
func shortest(m *core.Model) []int64 {
	fastest := int64(1000)
	for i := range m.Calendars {
		for _, r := range m.Calendars[i].Rate {
			fastest = max(fastest, int64(r))
		}
	}
	length := make([]int64, m.Ops())
	for o := range length {
		length[o] = core.Never
		for _, work := range m.ModeTime[m.ModeStart[o]:m.ModeStart[o+1]] {
			length[o] = min(length[o], work*1000/fastest)
		}
	}
	return length
}

// regular is the part of a job's price that never falls with its completion.
func regular(j *core.Job, done int64) int64 {
	if j.Earliness != 0 && done <= j.Due {
		return core.Product(j.Flow, done-j.Release)
	}
	return j.Price(done)
}

func (b *bounder) reset() {
	copy(b.done, b.first)
	b.end, b.value = b.firstEnd, b.least
	b.excess = 0
}

// add takes account of operation o, which ends at end.
func (b *bounder) add(o int32, end int64) {
	j := b.m.OpJob[o]
	if done := end + b.toJobEnd[o]; done > b.done[j] {
		job := &b.m.Jobs[j]
		b.value = core.Sum(b.value, regular(job, done)-regular(job, b.done[j]))
		b.done[j] = done
	}
	b.excess = core.Sum(b.excess, max(0, end-b.latest[o]))
	if last := end + b.toEnd[o]; last > b.end {
		b.value = core.Sum(b.value, core.Product(b.m.Objective.Makespan, last-b.end))
		b.end = last
	}
}
