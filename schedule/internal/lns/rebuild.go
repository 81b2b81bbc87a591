package lns

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/internal/invariants"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/dispatch"
)

// A rebuilder improves a large schedule in place: it takes out some jobs that
// wait for one another on a critical path, with all that follows them, and puts
// them back in another order, while everything else stays where it is. A trial
// costs as much as what it takes out.
type rebuilder struct {
	out     []int32 // units taken out, in the order to place them
	old     []saved
	mark    []int32 // units taken out in turn, and placed again at -turn
	turn    int32
	done    []int64 // completion of each job, -1 if nothing of it is placed
	touched []int32 // jobs with operations among those taken out
	before  []int64 // their completions
	missing int     // operations not placed in the current schedule
	loaded  int     // units of the list that the generator holds
}

// saved is where an operation was.
type saved struct {
	op, mode   int32
	start, end int64
}

// rebuildUnits is the size from which schedules are rebuilt in part.
const rebuildUnits = 1500

// rebuildable reports whether parts of a schedule of m can be taken out and put
// back: changeovers depend on what is left.
func rebuildable(m *core.Model, units int) bool {
	return units >= rebuildUnits && len(m.Setups) == 0 && m.Regular()
}

func newRebuilder(g *dispatch.Generator) *rebuilder {
	n, jobs := g.U.Len(), len(g.M.Jobs)
	return &rebuilder{
		out: make([]int32, 0, n), old: make([]saved, 0, g.M.Ops()), mark: make([]int32, n),
		done: make([]int64, jobs), touched: make([]int32, 0, jobs), before: make([]int64, 0, jobs),
	}
}

// most is how many units a trial takes out, about.
const most = 300

// rebuild makes one trial and returns the work it took.
func (e *Engine) rebuild() int64 {
	b := e.part
	tried := e.g.Tried
	e.takeOut()
	for _, u := range b.out {
		e.placeAgain(u)
	}
	old, c := e.current.C, e.partCost()
	limit := e.heat.limit(old, e.rng.Uint64())
	if limit.Less(c) {
		e.putBack()
	} else {
		e.current.C = c
		e.copyPart()
		if c.Less(e.best.C) {
			e.best.C = c
			e.best.S.CopyFrom(e.current.S)
		}
	}
	if invariants.Enabled {
		e.verifyPart()
	}
	return 50 + 8*(e.g.Tried-tried) + int64(len(b.done)/8)
}

// takeOut chooses jobs, removes them and decides the order to come back.
func (e *Engine) takeOut() {
	b := e.part
	b.turn++
	b.out, b.old, b.touched, b.before = b.out[:0], b.old[:0], b.touched[:0], b.before[:0]
	seed := e.drawOp()
	first := e.m.OpJob[seed]
	e.takeJob(first)
	for _, l := range e.trace.trace(e.current.S, seed, 2+e.below(8)) {
		if l.first >= 0 && len(b.out) < most {
			e.takeJob(e.m.OpJob[l.first])
		}
	}
	noise := 1 + e.below64(1+e.lastEnd()/8)
	for _, u := range b.out {
		e.key[u] = e.current.S.Start[e.g.U.Ops(u)[0]] + e.below64(noise)
	}
	if e.below(2) == 0 {
		for _, u := range b.out {
			if e.m.OpJob[e.g.U.Ops(u)[0]] == first {
				e.key[u] = -1
			}
		}
	}
	for i := len(b.out) - 1; i >= 0; i-- {
		e.g.Remove(b.out[i])
	}
	slices.SortFunc(b.out, func(u, v int32) int { return cmp.Or(cmp.Compare(e.key[u], e.key[v]), cmp.Compare(u, v)) })
}

// drawOp draws an operation of a job by what the job costs, or every fourth time
// any.
func (e *Engine) drawOp() int32 {
	if e.below(4) == 0 {
		return int32(e.below(e.m.Ops()))
	}
	j := e.m.OpJob[e.target()]
	ops := e.m.JobOp[e.m.JobStart[j]:e.m.JobStart[j+1]]
	return ops[e.below(len(ops))]
}

// takeJob marks the units of a job and all that follow them, and notes where
// they are. Units come after those they follow.
func (e *Engine) takeJob(j int32) {
	for _, o := range e.m.JobOp[e.m.JobStart[j]:e.m.JobStart[j+1]] {
		e.takeUnit(e.g.U.Of[o])
	}
	m, b := e.m, e.part
	for i := 0; i < len(b.out); i++ {
		for _, o := range e.g.U.Ops(b.out[i]) {
			for _, a := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
				e.takeUnit(e.g.U.Of[m.Arcs[a].To])
			}
		}
	}
	// Units are numbered along the arcs.
	slices.Sort(b.out)
}

func (e *Engine) takeUnit(u int32) {
	b := e.part
	if b.mark[u] == b.turn {
		return
	}
	b.mark[u] = b.turn
	b.out = append(b.out, u)
	s := e.current.S
	for _, o := range e.g.U.Ops(u) {
		b.old = append(b.old, saved{o, s.Mode[o], s.Start[o], s.End[o]})
		e.modes[o] = s.Mode[o]
		if e.below(8) == 0 {
			e.modes[o] = dispatch.AnyMode
		}
		if j := e.m.OpJob[o]; !slices.Contains(b.touched, j) {
			b.touched = append(b.touched, j)
			b.before = append(b.before, b.done[j])
		}
	}
}

// placeAgain places unit u behind those of its predecessors that were taken
// out.
func (e *Engine) placeAgain(u int32) {
	m, b := e.m, e.part
	if b.mark[u] != b.turn {
		return
	}
	b.mark[u] = -b.turn
	for _, o := range e.g.U.Ops(u) {
		for _, a := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
			e.placeAgain(e.g.U.Of[m.Arcs[a].From])
		}
	}
	e.g.Place(u, e.modes)
}

// partCost is the cost after the jobs taken out have come back.
func (e *Engine) partCost() core.Cost {
	m, b, s := e.m, e.part, &e.g.S
	missing := b.missing
	for _, x := range b.old {
		if x.start < 0 {
			missing--
		}
		if s.Start[x.op] < 0 {
			missing++
		}
	}
	for _, j := range b.touched {
		b.done[j] = -1
		for _, o := range m.JobOp[m.JobStart[j]:m.JobStart[j+1]] {
			if s.Start[o] >= 0 {
				b.done[j] = max(b.done[j], s.End[o])
			}
		}
	}
	return core.Cost{Missing: missing, Value: e.partValue()}
}

func (e *Engine) partValue() int64 {
	last, value := int64(0), int64(0)
	for j, t := range e.part.done {
		if t >= 0 {
			value = core.Sum(value, e.m.Jobs[j].Price(t))
			last = max(last, t)
		}
	}
	return core.Sum(value, core.Product(e.m.Objective.Makespan, last))
}

// putBack restores what was taken out.
func (e *Engine) putBack() {
	b := e.part
	slices.Sort(b.out)
	for i := len(b.out) - 1; i >= 0; i-- {
		e.g.Remove(b.out[i])
	}
	for _, x := range b.old {
		if x.start >= 0 && e.g.S.Start[x.op] < 0 { // frozen ones never left
			e.g.Put(x.op, x.mode, x.start, x.end)
		}
	}
	for _, x := range b.old {
		e.g.Hold(x.op)
	}
	for i, j := range b.touched {
		b.done[j] = b.before[i]
	}
}

// copyPart carries the changes over to the current schedule.
func (e *Engine) copyPart() {
	for _, x := range e.part.old {
		o := x.op
		if x.start < 0 {
			e.part.missing--
		}
		if e.g.S.Start[o] < 0 {
			e.part.missing++
		}
		e.current.S.Mode[o], e.current.S.Start[o], e.current.S.End[o] = e.g.S.Mode[o], e.g.S.Start[o], e.g.S.End[o]
	}
}

// load puts some more units of the current schedule into the generator, in the
// order of the list, and returns the work it took.
func (e *Engine) load() int64 {
	b, units := e.part, e.list.units
	to := min(b.loaded+loadChunk, len(units))
	for _, u := range units[b.loaded:to] {
		e.g.Load(u, e.current.S)
	}
	if b.loaded = to; to == len(units) {
		e.loaded()
	}
	return loadChunk
}

// loadChunk is how many units are loaded at a time.
const loadChunk = 200

// loaded makes ready to rebuild the schedule that the generator holds.
func (e *Engine) loaded() {
	b := e.part
	b.missing = 0
	for j := range b.done {
		b.done[j] = -1
		for _, o := range e.m.JobOp[e.m.JobStart[j]:e.m.JobStart[j+1]] {
			e.g.Hold(o)
			if e.g.S.Start[o] < 0 {
				b.missing++
			} else {
				b.done[j] = max(b.done[j], e.g.S.End[o])
			}
		}
	}
	e.current.C = core.Cost{Missing: b.missing, Value: e.partValue()}
}

// verifyPart panics if the generator does not hold the current schedule, or that
// breaks the model or is priced wrongly.
func (e *Engine) verifyPart() {
	e.verify(&e.g.S, e.current.C)
	for o, start := range e.current.S.Start {
		if e.g.S.Start[o] != start {
			panic("lns: the schedule and its copy differ")
		}
	}
}
