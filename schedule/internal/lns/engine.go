// Package lns searches for good schedules of any model: with calendars,
// changeovers, several resources at once, waits, blocking and any objective. It
// is the engine for what the special ones cannot take; for a plain job shop they
// are far stronger, and for a makespan with shifts and several resources package
// window is.
//
// A solution is a list of units and a mode for each operation; its schedule is
// what a [dispatch.Generator] builds from it, so that every schedule is
// feasible. The search starts from priority rules, a beam search near the best
// of them and passes backwards from the due dates, then changes the list where a
// critical path of an expensive job shows a wait: it moves an operation of a
// block of the path to the front or the back of it (as in the neighbourhoods for
// the job shop), moves an operation or the rest of a job forwards in the list,
// or takes another mode. Changes are accepted by simulated annealing in phases
// of growing length; each begins with the best list, of which a stretch is
// ruined, or every third with a pass by a rule and chance. What it guides itself
// by, beside the cost, is how far operations are from a better makespan.
//
// Schedules too large to be built anew for every change are rebuilt in place:
// some jobs are taken out and put back.
package lns

import (
	"math/bits"
	"math/rand/v2"
	"sync/atomic"

	"github.com/taktplan/takt/internal/invariants"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/dispatch"
)

// Engine implements [core.Engine].
type Engine struct {
	m      *core.Model
	rng    *rand.PCG
	g      *dispatch.Generator
	make   constructor
	phase  int
	ruined bool // the next trial is to begin with a ruin

	bound *bounder
	trace *tracer
	list  *list
	modes []int32 // wanted
	group []int32 // scratch: units that move together
	key   []int64

	// now and trial time lists if the model allows it; else they are nil and
	// the generator builds from lists.
	now, trial *timing
	// part rebuilds large schedules in place, nil for small ones.
	part *rebuilder

	// current is what changes are made to; its cost is with what guides the
	// search.
	current, best solution

	// The trial under way.
	next    int       // position in the list to be placed next, -1 for none
	missing int       // operations left out
	move    move      // that made it
	limit   core.Cost // what it may cost
	heat    annealing
}

// A solution is a schedule with its cost.
type solution struct {
	S *core.Schedule
	C core.Cost
}

func newSolution(n int) solution { return solution{core.NewSchedule(n), core.NoCost} }

// stepWork is the work of a step, in operations placed, on a small model; the
// larger one is, the longer it takes to place an operation.
func stepWork(ops int) int64 { return int64(1000 / (1 + ops/2500)) }

// New returns an engine for m.
func New(m *core.Model, seed uint64) *Engine {
	u := dispatch.NewUnits(m)
	return newEngine(m, seed, u, rebuildable(m, u.Len()))
}

func newEngine(m *core.Model, seed uint64, u *dispatch.Units, rebuild bool) *Engine {
	g := dispatch.NewGenerator(m, u)
	e := &Engine{
		m: m, g: g, rng: rand.NewPCG(seed, 0x6c6e73),
		bound: newBounder(m), trace: newTracer(m), list: newList(g),
		modes: make([]int32, m.Ops()), group: make([]int32, 0, m.Ops()), key: make([]int64, u.Len()),
		current: newSolution(m.Ops()), best: newSolution(m.Ops()),
		next: -1,
	}
	e.make = newConstructor(g, e.bound.firstEnd)
	e.heat.coolness = steady
	if m.Timelines != nil {
		e.heat.coolness = shifty
	}
	switch {
	case rebuild:
		e.part = newRebuilder(g)
	case timeable(m):
		e.now, e.trial = newTiming(m), newTiming(m)
	}
	return e
}

// Pace implements [core.Engine]: it takes some 40 ns to time an operation in a
// list, and 250 ns to find a gap for it.
func (e *Engine) Pace() int64 {
	if e.trial != nil {
		return 25
	}
	return 4
}

// Run implements [core.Engine].
func (e *Engine) Run(stop *atomic.Bool, steps int64) int64 {
	pace, most := e.Pace(), stepWork(e.m.Ops())
	for k := range steps {
		if e.Done() || k%pace == 0 && stop != nil && stop.Load() {
			return k
		}
		for work := int64(0); work < most && !e.Done(); {
			work += e.advance()
		}
	}
	return steps
}

// advance does a little of what is next and returns the work it took.
func (e *Engine) advance() int64 {
	before := e.g.Tried
	switch {
	case e.make.stage != resting:
		e.construct()
		return 1 + e.g.Tried - before
	case e.next < 0 && e.heat.over():
		e.newPhase()
		return int64(10 + len(e.list.units))
	case e.part != nil && e.part.loaded < len(e.list.units):
		return e.load()
	case e.part != nil:
		return e.rebuild()
	case e.next < 0:
		e.propose()
		return int64(10 + len(e.list.units)/8)
	}
	if e.build() {
		e.judge()
		return int64(1 + len(e.list.units)/8)
	}
	return 1 + e.g.Tried - before
}

// construct goes on with the schedule under way. From the first ones the search
// begins at the best; from a later one a phase begins.
func (e *Engine) construct() {
	first := e.make.stage != restarting
	if !e.make.run() {
		return
	}
	if !e.m.Regular() {
		e.g.Delay(0)
	}
	c := e.g.Cost()
	e.keep(c, &e.g.S)
	switch e.make.next(c); {
	case e.make.stage != resting:
	case first:
		e.settle(e.best.S, e.best.C)
	default:
		e.settle(&e.g.S, c)
	}
}

// newPhase begins the next phase: every third with a schedule of its own, by a
// rule and chance, the others with the best.
func (e *Engine) newPhase() {
	if e.phase++; e.phase%3 == 0 && !e.heat.stale && e.part == nil {
		e.make.again(e.rng)
		return
	}
	e.settle(e.best.S, e.best.C)
	e.ruined = true
}

// keep remembers a schedule if it is the best.
func (e *Engine) keep(c core.Cost, s *core.Schedule) {
	if c.Less(e.best.C) {
		e.best.C = c
		e.best.S.CopyFrom(s)
	}
}

// lastEnd is the makespan of the best schedule.
func (e *Engine) lastEnd() int64 {
	last := int64(0)
	for _, t := range e.best.S.End {
		last = max(last, t)
	}
	return last
}

// settle begins a phase of annealing at a schedule.
func (e *Engine) settle(s *core.Schedule, c core.Cost) {
	e.current.C = c
	e.current.S.CopyFrom(s)
	e.list.now, e.trace.now = nil, nil
	e.adopt()
	e.heat.begin(e.best.C)
	e.bound.aim(e.lastEnd())
	if e.part != nil {
		e.g.Reset()
		e.part.loaded = 0
	}
}

// adopt makes list and modes those of the current schedule.
func (e *Engine) adopt() {
	copy(e.modes, e.current.S.Mode)
	for u := range e.key {
		e.key[u] = 0
	}
	m := e.m
	for _, u := range e.list.units {
		// An order by start alone may run against arcs that let an
		// operation begin before its predecessor. Units that were left
		// out come first, to be tried while there is room.
		if first := e.g.U.Ops(u)[0]; e.current.S.Start[first] >= 0 {
			e.key[u] = max(e.key[u], e.current.S.Start[first])
		}
		for _, o := range e.g.U.Ops(u) {
			for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
				v := e.g.U.Of[m.Arcs[i].To]
				e.key[v] = max(e.key[v], e.key[u])
			}
		}
	}
	e.list.sort(e.key)
}

// propose changes the list or a mode, and begins to build from it.
func (e *Engine) propose() {
	e.move = e.choose()
	e.limit = e.heat.limit(e.current.C, e.rng.Uint64())
	if e.move.forced {
		e.limit = core.NoCost
	}
	if e.trial != nil {
		e.trial.reset()
	} else {
		e.g.Reset()
	}
	e.bound.reset()
	e.next, e.missing = 0, 0
}

// build places the next unit of the trial and reports whether the trial is
// complete or given up.
func (e *Engine) build() bool {
	u := e.list.units[e.next]
	e.next++
	if !e.place(u) {
		e.missing += len(e.g.U.Ops(u))
	}
	if e.limit.Less(core.Cost{Missing: e.missing, Value: e.bound.guide()}) {
		e.next = len(e.list.units) + 1
	}
	return e.next >= len(e.list.units)
}

// place puts a unit into the trial.
func (e *Engine) place(u int32) bool {
	ops := e.g.U.Ops(u)
	if e.trial != nil {
		o := ops[0]
		if !e.trial.place(o, e.modes[o]) {
			return false
		}
		e.bound.add(o, e.trial.s.End[o])
		return true
	}
	if !e.g.Place(u, e.modes) {
		return false
	}
	for _, o := range ops {
		e.bound.add(o, e.g.S.End[o])
	}
	return true
}

// judge accepts the trial or takes it back.
func (e *Engine) judge() {
	complete := e.next == len(e.list.units)
	e.next = -1
	c := core.NoCost
	if complete {
		c = e.trialCost()
		if invariants.Enabled {
			e.verify(e.trialSchedule(), c)
		}
	}
	score := c
	if complete {
		score.Value = core.Sum(c.Value, e.bound.guide()-e.bound.value)
	}
	if e.limit.Less(score) {
		e.undo()
		return
	}
	e.current.C = score
	if e.trial != nil {
		e.now, e.trial = e.trial, e.now
		e.current.S = &e.now.s
		e.list.now, e.trace.now = e.now, e.now
	} else {
		e.current.S.CopyFrom(&e.g.S)
	}
	e.keep(c, e.current.S)
	if e.m.Regular() {
		e.adopt()
	}
	// A schedule that was delayed has no list of its own: what it was made
	// from stays.
}

func (e *Engine) trialSchedule() *core.Schedule {
	if e.trial != nil {
		return &e.trial.s
	}
	return &e.g.S
}

// verify panics if a schedule breaks the model or is priced wrongly.
func (e *Engine) verify(s *core.Schedule, c core.Cost) {
	for _, v := range e.m.Check(s) {
		if v.Kind != core.Missing {
			panic("lns: " + v.String())
		}
	}
	if c != e.m.Evaluate(s) {
		panic("lns: wrong price")
	}
}

func (e *Engine) trialCost() core.Cost {
	if e.trial != nil {
		return e.trial.cost()
	}
	if !e.m.Regular() {
		// Some makespans to try are the due dates.
		last := int64(0)
		if due := e.m.Jobs[e.below(len(e.m.Jobs))].Due; due < core.Never && e.below(2) == 0 {
			last = due
		}
		e.g.Delay(last)
	}
	return e.g.Cost()
}

// Best implements [core.Engine].
func (e *Engine) Best(dst *core.Schedule) core.Cost {
	if dst != nil && e.best.C != core.NoCost {
		dst.CopyFrom(e.best.S)
	}
	return e.best.C
}

// Bound implements [core.Engine]: what the longest paths and the loads of the
// resources cost.
func (e *Engine) Bound() int64 { return e.bound.least }

// Done implements [core.Engine].
func (e *Engine) Done() bool { return e.best.C.Missing == 0 && e.best.C.Value <= e.bound.least }

// Offer implements [core.Engine]. A better schedule replaces the current one
// when the trial under way has been judged.
func (e *Engine) Offer(s *core.Schedule, c core.Cost) {
	if c.Less(e.best.C) {
		e.best.C = c
		e.best.S.CopyFrom(s)
		e.heat.stale = true
	}
}

// below is a random number in [0, n).
func (e *Engine) below(n int) int { return int(e.below64(int64(n))) }

func (e *Engine) below64(n int64) int64 {
	hi, _ := bits.Mul64(e.rng.Uint64(), uint64(n))
	return int64(hi)
}
