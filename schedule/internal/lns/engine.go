// Package lns searches for good schedules of any model: with calendars,
// changeovers, several resources at once, waits, blocking and any objective. It
// is the engine for what the special ones cannot take; for a plain job shop they
// are far stronger.
//
// A solution is a list of units and a mode for each operation; its schedule is
// what a [dispatch.Generator] builds from it, so that every schedule is
// feasible. The search starts from priority rules, then changes the list where
// a critical path of an expensive job shows a wait for a resource: the move of
// one operation of a block of the path to the front or the back of it (as in the
// neighbourhoods for the job shop), or another mode. Changes are accepted by
// late acceptance (Burke and Bykov 2017). When that stagnates, a stretch of the
// best list is ruined and the search goes on from there.
package lns

import (
	"math/bits"
	"math/rand/v2"
	"sync/atomic"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/dispatch"
)

// Engine implements [core.Engine].
type Engine struct {
	m     *core.Model
	rng   *rand.PCG
	g     *dispatch.Generator
	pass  *dispatch.Pass
	rules []dispatch.Rule
	rule  int // the next of rules; beyond the last, the search has begun

	bound *bounder
	trace *tracer
	list  *list
	modes []int32 // wanted
	key   []int64

	current, best Solution

	// The trial under way.
	next     int  // position in the list to be placed next, -1 for none
	move     move // that made it
	accepted acceptance
}

// A Solution is a schedule with its cost.
type Solution struct {
	S core.Schedule
	C core.Cost
}

func newSolution(n int) Solution { return Solution{*core.NewSchedule(n), core.NoCost} }

// chunk is how many units a step places at most.
const chunk = 2000

// New returns an engine for m.
func New(m *core.Model, seed uint64) *Engine {
	u := dispatch.NewUnits(m)
	g := dispatch.NewGenerator(m, u)
	facts := dispatch.NewFacts(m)
	e := &Engine{
		m: m, g: g, rng: rand.NewPCG(seed, 0x6c6e73),
		pass: dispatch.NewPass(g, facts), rules: dispatch.Portfolio(m),
		bound: newBounder(m), trace: newTracer(m), list: newList(g),
		modes: make([]int32, m.Ops()), key: make([]int64, u.Len()),
		current: newSolution(m.Ops()), best: newSolution(m.Ops()),
		next: -1,
	}
	e.accepted.init()
	e.pass.Begin(e.rules[0], 0, e.rng)
	return e
}

// Pace implements [core.Engine]: a unit is placed in about 200 ns.
func (e *Engine) Pace() int64 {
	return max(1, 5000/int64(1+min(chunk, e.g.U.Len())))
}

// Run implements [core.Engine].
func (e *Engine) Run(stop *atomic.Bool, steps int64) int64 {
	pace := e.Pace()
	for k := range steps {
		if e.Done() || k%pace == 0 && stop != nil && stop.Load() {
			return k
		}
		e.step()
	}
	return steps
}

// step places up to chunk units of a pass or of a trial.
func (e *Engine) step() {
	if e.rule < len(e.rules) {
		e.construct()
		return
	}
	if e.next < 0 {
		e.propose()
	}
	if e.build() {
		e.judge()
	}
}

// construct goes on with the pass under way.
func (e *Engine) construct() {
	if !e.pass.Run(chunk) {
		return
	}
	e.keep(e.g.Cost())
	if e.rule++; e.rule < len(e.rules) {
		e.pass.Begin(e.rules[e.rule], 0, e.rng)
		return
	}
	e.restart()
}

// keep remembers the generator's schedule if it is the best.
func (e *Engine) keep(c core.Cost) {
	if c.Less(e.best.C) {
		e.best.C = c
		e.best.S.CopyFrom(&e.g.S)
	}
}

// restart goes back to the best schedule.
func (e *Engine) restart() {
	e.current.C = e.best.C
	e.current.S.CopyFrom(&e.best.S)
	e.adopt()
	e.accepted.restart(e.current.C)
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
	e.g.Reset()
	e.bound.reset()
	e.next = 0
}

// build places the next units of the trial and reports whether it is complete
// or given up.
func (e *Engine) build() bool {
	limit := core.NoCost
	if !e.move.forced {
		limit = e.accepted.limit(e.current.C)
	}
	missing := 0
	units := e.list.units
	for end := min(e.next+chunk, len(units)); e.next < end; e.next++ {
		u := units[e.next]
		if !e.g.Place(u, e.modes) {
			missing += len(e.g.U.Ops(u))
			continue
		}
		for _, o := range e.g.U.Ops(u) {
			e.bound.add(o, e.g.S.End[o])
		}
		if missing >= limit.Missing && e.bound.value > limit.Value {
			return true
		}
	}
	return e.next == len(units)
}

// judge accepts the trial or takes it back.
func (e *Engine) judge() {
	complete := e.next == len(e.list.units)
	e.next = -1
	c := core.NoCost
	if complete {
		c = e.g.Cost()
	}
	if !e.accepted.accept(c, e.current.C) && !e.move.forced {
		e.undo()
		return
	}
	e.keep(c)
	e.current.C = c
	e.current.S.CopyFrom(&e.g.S)
	e.adopt()
}

// Best implements [core.Engine].
func (e *Engine) Best(dst *core.Schedule) core.Cost {
	if dst != nil && e.best.C != core.NoCost {
		dst.CopyFrom(&e.best.S)
	}
	return e.best.C
}

// Bound implements [core.Engine]: what the longest paths cost.
func (e *Engine) Bound() int64 { return e.bound.least }

// Done implements [core.Engine].
func (e *Engine) Done() bool { return e.best.C.Missing == 0 && e.best.C.Value <= e.bound.least }

// Offer implements [core.Engine]. A better schedule replaces the current one
// when the trial under way has been judged.
func (e *Engine) Offer(s *core.Schedule, c core.Cost) {
	if c.Less(e.best.C) {
		e.best.C = c
		e.best.S.CopyFrom(s)
		e.accepted.stale = true
	}
}

// below is a random number in [0, n).
func (e *Engine) below(n int) int { return int(e.below64(int64(n))) }

func (e *Engine) below64(n int64) int64 {
	hi, _ := bits.Mul64(e.rng.Uint64(), uint64(n))
	return int64(hi)
}
