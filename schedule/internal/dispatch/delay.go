package dispatch

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// Delay justifies the schedule to the right where being early costs something:
// from the last operation to the first, each goes to the latest place that
// neither what follows nor the objective minds. Sequences on machines with
// changeovers stay, and so do groups, frozen operations and the ends of jobs
// that are not early or that cost as much by flow as they would save. Where the
// makespan has a price, it grows to last at most, if it is not larger already.
func (g *Generator) Delay(last int64) {
	if g.order == nil {
		g.order = make([]int32, g.M.Ops())
	}
	for o := range g.order {
		g.order[o] = int32(o)
		last = max(last, g.S.End[o])
	}
	slices.SortFunc(g.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(g.S.Start[b], g.S.Start[a]), cmp.Compare(b, a))
	})
	for _, o := range g.order {
		if g.S.Start[o] < 0 || g.frozen(o) || len(g.U.Ops(g.U.Of[o])) > 1 {
			continue
		}
		if until := g.latestEnd(o, last); until > g.S.End[o] {
			g.delay(o, until)
		}
	}
}

// latestEnd bounds the end of o from above by its successors, its job, and the
// last end of all where the makespan has a price.
func (g *Generator) latestEnd(o int32, last int64) int64 {
	m, s := g.M, &g.S
	job := &m.Jobs[m.OpJob[o]]
	until := min(job.Deadline, max(job.Due, s.End[o]))
	if m.Objective.Makespan > 0 || until == core.Never {
		until = min(until, last)
	}
	if m.OutStart[o] == m.OutStart[o+1] && job.Earliness <= job.Flow {
		return s.End[o]
	}
	length := s.End[o] - s.Start[o]
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		if m.Arcs[i].Max < core.Never {
			return s.End[o]
		}
	}
	for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
		a := &m.Arcs[i]
		if s.Start[a.To] < 0 {
			continue
		}
		switch a.Kind {
		case core.EndStart:
			until = min(until, s.Start[a.To]-a.Min)
		case core.StartStart:
			// Breaks between the places can only make the length differ;
			// delay checks the start itself.
			until = min(until, s.Start[a.To]-a.Min+length)
		case core.EndEnd:
			until = min(until, s.End[a.To]-a.Min)
		}
	}
	return until
}

// delay moves o to the latest place that ends by until, if there is a later
// one.
func (g *Generator) delay(o int32, until int64) {
	m := g.M
	old := place{g.S.Start[o], g.S.End[o], g.changeover[o]}
	mode := m.ModeStart[o] + g.S.Mode[o]
	if r := m.Machine(mode); m.Sequenced(mode) {
		if i := g.position(r, old.start+1); i < len(g.sequence[r]) {
			until = min(until, g.S.Start[g.sequence[r][i]])
		}
	}
	g.remove(o)
	line, pausable := m.Timeline(mode), m.Has(o, core.Pausable)
	work := m.ModeTime[mode] + old.setup
	p := old
	for until > old.end {
		start, end := line.Latest(until, work, pausable)
		if start <= old.start {
			break
		}
		if until = g.clearBefore(mode, start, end); until >= end && g.startsBefore(o, start) {
			p = place{start, end, old.setup}
			break
		}
		until = min(until, end-1)
	}
	g.put(o, p)
}

// startsBefore reports whether o may start at t for the arcs from its start.
func (g *Generator) startsBefore(o int32, t int64) bool {
	m := g.M
	for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
		if a := &m.Arcs[i]; a.Kind == core.StartStart && g.S.Start[a.To] >= 0 && t+a.Min > g.S.Start[a.To] {
			return false
		}
	}
	return true
}

// clearBefore is end if all that mode needs is free in [start, end), else an
// earlier instant after which no place ends.
func (g *Generator) clearBefore(mode int32, start, end int64) int64 {
	until := end
	for k := g.M.NeedStart[mode]; k < g.M.NeedStart[mode+1]; k++ {
		until = min(until, g.free[g.M.NeedResource[k]].clearBefore(int64(g.M.Units(k)), start, end))
	}
	return until
}

// clearBefore returns end if units are free throughout [start, end), else the
// beginning of the first shortage in it.
func (p *profile) clearBefore(units, start, end int64) int64 {
	if start >= end {
		return end
	}
	for i := p.at(start); i < len(p.steps) && p.steps[i].time < end; i++ {
		if p.steps[i].free < units {
			return max(start, p.steps[i].time)
		}
	}
	return end
}
