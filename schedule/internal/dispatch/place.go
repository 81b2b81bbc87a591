package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// AnyMode lets the generator choose: the mode that ends first.
const AnyMode = -1

// Place puts unit u at the earliest place that everything placed allows, and
// reports whether there is one; if not, nothing of it stays placed. All units
// with arcs into u must have been tried before. modes[o] is the mode wanted for
// operation o or AnyMode; nil lets the generator choose all.
//
// Operations of a group are placed one after another. When one comes out too
// late for the wait allowed after an earlier one, or when a blocking one cannot
// keep its machine, that earlier one is put later and the group begins again.
func (g *Generator) Place(u int32, modes []int32) bool {
	ops := g.U.Ops(u)
	if len(ops) == 1 {
		return g.placeOne(ops[0], modes) == placed
	}
	for _, o := range ops {
		g.atLeast[o] = 0
	}
	for range groupTries * len(ops) {
		switch g.placeGroup(ops, modes) {
		case placed:
			return true
		case impossible:
			return false
		}
	}
	return false
}

// groupTries bounds the fresh starts of a group per operation: each passes
// over at least one occupied stretch, so that only very full resources reach
// it, and then the group is left out.
const groupTries = 50

// An outcome of placing an operation.
type outcome uint8

const (
	placed outcome = iota
	impossible
	postponed // an earlier operation of the group has to start later
)

func (g *Generator) placeGroup(ops, modes []int32) outcome {
	for i, o := range ops {
		if out := g.placeOne(o, modes); out != placed {
			g.withdraw(ops[:i])
			return out
		}
	}
	return placed
}

// withdraw removes the operations of a group that are not frozen, and lets the
// frozen ones hold their machines for each other only.
func (g *Generator) withdraw(ops []int32) {
	for _, o := range ops {
		if g.frozen(o) {
			need := g.M.NeedStart[g.M.ModeStart[o]+g.S.Mode[o]]
			g.free[g.M.NeedResource[need]].take(-int64(g.M.Units(need)), g.S.End[o], g.held[o])
			g.held[o] = g.S.End[o]
		} else {
			g.remove(o)
		}
	}
	for _, o := range ops {
		if g.frozen(o) {
			g.holdAll(o)
		}
	}
}

func (g *Generator) frozen(o int32) bool {
	return g.M.FixedStart != nil && g.M.FixedStart[o] >= 0
}

// placeOne places one operation in the mode that modes asks for.
func (g *Generator) placeOne(o int32, modes []int32) outcome {
	if modes == nil {
		return g.placeIn(o, AnyMode)
	}
	return g.placeIn(o, modes[o])
}

// placeIn places one operation, and nothing unless it can be.
func (g *Generator) placeIn(o, want int32) outcome {
	g.Tried++
	if g.frozen(o) {
		return g.holdAll(o)
	}
	w, ok := g.span(o)
	if !ok {
		return impossible
	}
	if grouped := len(g.U.Ops(g.U.Of[o])) > 1; grouped {
		w.start = max(w.start, g.atLeast[o])
	}
	if g.notBefore != nil {
		w.start = max(w.start, g.notBefore[o])
	}
	mode, p := g.bestMode(o, want, w)
	if p.start >= core.Never {
		return impossible
	}
	if p.start > w.lastStart || p.end > w.lastEnd {
		return g.postpone(o, p)
	}
	g.S.Mode[o] = mode
	g.put(o, p)
	out := g.holdAll(o)
	if out != placed {
		g.remove(o)
	}
	return out
}

// bestMode is the mode in which o ends first, by the lower changeover and then
// index in a tie, or the one that is wanted or frozen.
func (g *Generator) bestMode(o, want int32, w span) (mode int32, p place) {
	first, last := g.M.ModeStart[o], g.M.ModeStart[o+1]
	if _, fixed := g.M.Fixed(o); fixed >= 0 {
		want = fixed
	}
	if want >= 0 {
		return want, g.fit(o, first+want, w)
	}
	p = place{start: core.Never}
	for k := first; k < last; k++ {
		q := g.fit(o, k, w)
		if q.start < core.Never && (p.start == core.Never || q.end < p.end || q.end == p.end && q.setup < p.setup) {
			mode, p = k-first, q
		}
	}
	return mode, p
}

// postpone raises the earliest start of the operations whose maximum wait the
// place p of o exceeds.
func (g *Generator) postpone(o int32, p place) outcome {
	m, s := g.M, &g.S
	out := impossible
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		a := &m.Arcs[i]
		if a.Max == core.Never {
			continue
		}
		var late int64 // by how much
		switch a.Kind {
		case core.EndStart:
			late = p.start - s.End[a.From] - a.Max
		case core.StartStart:
			late = p.start - s.Start[a.From] - a.Max
		case core.EndEnd:
			late = p.end - s.End[a.From] - a.Max
		}
		if late <= 0 {
			continue
		}
		if g.frozen(a.From) {
			return impossible
		}
		g.atLeast[a.From] = g.later(a, late)
		out = postponed
	}
	return out
}

// later is the start of the tail of a at which the instant that a ties comes
// later by an amount.
func (g *Generator) later(a *core.Arc, by int64) int64 {
	start := g.S.Start[a.From]
	if a.Kind == core.StartStart {
		return start + by
	}
	mode := g.M.ModeStart[a.From] + g.S.Mode[a.From]
	work := g.M.ModeTime[mode] + g.changeover[a.From]
	return max(start+1, g.M.Timeline(mode).Begin(g.S.End[a.From]+by, work))
}

// holdAll lets the blocking predecessors of o keep their machines until it
// starts, and o its own until those successors start that are frozen.
func (g *Generator) holdAll(o int32) outcome {
	m := g.M
	for _, i := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		if a := &m.Arcs[i]; blocks(m, a) && g.S.Start[a.From] >= 0 {
			if out := g.hold(a.From, g.S.Start[o]); out != placed {
				return out
			}
		}
	}
	if m.FixedStart != nil && m.Has(o, core.Blocking) {
		for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			if a := &m.Arcs[i]; blocks(m, a) && g.frozen(a.To) {
				if out := g.hold(o, g.S.Start[a.To]); out != placed {
					return out
				}
			}
		}
	}
	return placed
}

// hold extends the occupation of the machine of o.
func (g *Generator) hold(o int32, until int64) outcome {
	if until <= g.held[o] {
		return placed
	}
	need := g.M.NeedStart[g.M.ModeStart[o]+g.S.Mode[o]]
	free, units := &g.free[g.M.NeedResource[need]], int64(g.M.Units(need))
	if t := free.clear(units, g.held[o], until); t != g.held[o] {
		if g.frozen(o) {
			return impossible
		}
		g.atLeast[o] = max(g.atLeast[o], t)
		return postponed
	}
	free.take(units, g.held[o], until)
	g.held[o] = until
	return placed
}

// placeFirst places unit u with the mode given for its first operation; others
// of a group choose theirs.
func (g *Generator) placeFirst(u, mode int32) bool {
	ops := g.U.Ops(u)
	if len(ops) == 1 {
		return g.placeIn(ops[0], mode) == placed
	}
	return g.Place(u, nil)
}
