package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// A span is when an operation may be: bounds of its start and end that follow
// from arcs to what is placed, from releases and from deadlines.
type span struct {
	start, end         int64 // not before
	lastStart, lastEnd int64 // not after
}

// span collects the bounds of operation o; ok is false if one of its
// predecessors was left out.
func (g *Generator) span(o int32) (w span, ok bool) {
	m, s := g.M, &g.S
	w = span{start: m.Release(o), lastStart: core.Never, lastEnd: m.Jobs[m.OpJob[o]].Deadline}
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		a := &m.Arcs[i]
		if s.Start[a.From] < 0 {
			return w, false
		}
		switch a.Kind {
		case core.EndStart:
			w.start = max(w.start, s.End[a.From]+a.Min)
			w.lastStart = min(w.lastStart, s.End[a.From]+a.Max)
		case core.StartStart:
			w.start = max(w.start, s.Start[a.From]+a.Min)
			w.lastStart = min(w.lastStart, s.Start[a.From]+a.Max)
		case core.EndEnd:
			w.end = max(w.end, s.End[a.From]+a.Min)
			w.lastEnd = min(w.lastEnd, s.End[a.From]+a.Max)
		}
	}
	if m.FixedStart != nil {
		g.boundByFixed(o, &w)
	}
	return w, true
}

// boundByFixed adds the bounds that come from frozen successors.
func (g *Generator) boundByFixed(o int32, w *span) {
	m, s := g.M, &g.S
	for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
		a := &m.Arcs[i]
		if m.FixedStart[a.To] < 0 {
			continue
		}
		switch a.Kind {
		case core.EndStart:
			w.end = max(w.end, s.Start[a.To]-a.Max)
			w.lastEnd = min(w.lastEnd, s.Start[a.To]-a.Min)
		case core.StartStart:
			w.start = max(w.start, s.Start[a.To]-a.Max)
			w.lastStart = min(w.lastStart, s.Start[a.To]-a.Min)
		case core.EndEnd:
			w.end = max(w.end, s.End[a.To]-a.Max)
			w.lastEnd = min(w.lastEnd, s.End[a.To]-a.Min)
		}
	}
}

// fit is the earliest place of operation o in mode that ends by the bounds from
// below; the caller judges those from above. Its start is Never if there is
// none.
func (g *Generator) fit(o, mode int32, w span) place {
	if g.M.Sequenced(mode) {
		return g.fitSequence(o, mode, w)
	}
	return g.fitWork(o, mode, w, 0)
}

// fitWork looks for the earliest stretch of working time in which all that the
// mode needs is free, with a changeover of the given time ahead.
func (g *Generator) fitWork(o, mode int32, w span, setup int64) place {
	line := g.M.Timeline(mode)
	pausable := g.M.Has(o, core.Pausable)
	work := g.M.ModeTime[mode] + setup
	for from := w.start; ; {
		start, end := line.Earliest(from, work, pausable)
		if start >= core.Never || end > core.Never {
			return place{start: core.Never}
		}
		if end < w.end {
			s, _ := line.Latest(w.end, work, pausable)
			from = max(start+1, s)
			continue
		}
		if from = g.clear(mode, start, end); from == start {
			return place{start, end, setup}
		}
	}
}

// clear is start if all that mode needs is free in [start, end), else a later
// instant before which there is no place.
func (g *Generator) clear(mode int32, start, end int64) int64 {
	next := start
	for k := g.M.NeedStart[mode]; k < g.M.NeedStart[mode+1]; k++ {
		next = max(next, g.free[g.M.NeedResource[k]].clear(int64(g.M.Units(k)), start, end))
	}
	return next
}

// fitSequence finds the earliest place on a machine with changeovers. Between
// two operations it takes one only if the second needs the same changeover
// after it as before, because what is placed does not move.
func (g *Generator) fitSequence(o, mode int32, w span) place {
	r := g.M.Machine(mode)
	seq := g.sequence[r]
	family := g.M.Family(o)
	for i := g.position(r, w.start); ; i++ {
		if i > 0 {
			w.start = max(w.start, g.held[seq[i-1]])
		}
		setup, _ := g.M.Changeover(r, g.familyBefore(r, i), family)
		if i == len(seq) {
			if setup == core.Never {
				return place{start: core.Never}
			}
			return g.fitWork(o, mode, w, setup)
		}
		next := seq[i]
		if g.S.Start[next] <= w.start+g.M.ModeTime[mode]-1 || setup == core.Never {
			continue
		}
		if t, _ := g.M.Changeover(r, family, g.M.Family(next)); t != g.changeover[next] {
			continue
		}
		if p := g.fitWork(o, mode, w, setup); p.start < core.Never && p.end <= g.S.Start[next] {
			return p
		}
	}
}

// position is the number of operations in the sequence of machine r that start
// before t.
func (g *Generator) position(r int32, t int64) int {
	seq := g.sequence[r]
	lo, hi := 0, len(seq)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if g.S.Start[seq[mid]] < t {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// familyBefore is the family machine r is set up for in front of position i of
// its sequence.
func (g *Generator) familyBefore(r int32, i int) int32 {
	if i == 0 {
		return g.M.Resources[r].Initial
	}
	return g.M.Family(g.sequence[r][i-1])
}
