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
// simulated annealing in phases of growing length; each begins with the best
// list, of which a stretch is ruined.
package lns

import (
	"fmt"
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

	// now and trial time lists if the model allows it; else they are nil and
	// the generator builds from lists.
	now, trial *timing

	current, best Solution

	// The trial under way.
	next                      int // position in the list to be placed next, -1 for none
	missing                   int // operations left out
	Trials, Accepted, Rebuilt int64
	move                      move      // that made it
	limit                     core.Cost // what it may cost
	heat                      annealing
}

// A Solution is a schedule with its cost.
type Solution struct {
	S *core.Schedule
	C core.Cost
}

func newSolution(n int) Solution { return Solution{core.NewSchedule(n), core.NoCost} }

// stepWork is the work of a step, in operations placed.
const stepWork = 1000

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
	if timeable(m) {
		e.now, e.trial = newTiming(m), newTiming(m)
	}
	e.pass.Begin(e.rules[0], 0, e.rng)
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
	pace := e.Pace()
	for k := range steps {
		if e.Done() || k%pace == 0 && stop != nil && stop.Load() {
			return k
		}
		for work := int64(0); work < stepWork && !e.Done(); {
			work += e.advance()
		}
	}
	return steps
}

// advance does a little of what is next and returns the work it took.
func (e *Engine) advance() int64 {
	before := e.g.Tried
	switch {
	case e.rule < len(e.rules):
		e.construct()
		return 1 + e.g.Tried - before
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

// construct goes on with the pass under way.
func (e *Engine) construct() {
	if !e.pass.Run(1) {
		return
	}
	e.keep(e.g.Cost(), &e.g.S)
	if e.rule++; e.rule < len(e.rules) {
		e.pass.Begin(e.rules[e.rule], 0, e.rng)
		return
	}
	e.restart()
}

// keep remembers a schedule if it is the best.
func (e *Engine) keep(c core.Cost, s *core.Schedule) {
	if c.Less(e.best.C) {
		e.best.C = c
		e.best.S.CopyFrom(s)
	}
}

// restart goes back to the best schedule.
func (e *Engine) restart() {
	e.current.C = e.best.C
	e.current.S.CopyFrom(e.best.S)
	e.adopt()
	e.heat.begin(e.best.C)
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
	if e.limit.Less(core.Cost{Missing: e.missing, Value: e.bound.value}) {
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
	e.Trials++
	e.Rebuilt += int64(e.next)
	e.next = -1
	c := core.NoCost
	if complete {
		c = e.trialCost()
	}
	if e.limit.Less(c) {
		e.undo()
		return
	}
	e.current.C = c
	e.Accepted++
	if e.trial != nil {
		e.now, e.trial = e.trial, e.now
		e.current.S = &e.now.s
		e.list.now = e.now
	} else {
		e.current.S.CopyFrom(&e.g.S)
	}
	e.keep(c, e.current.S)
	e.adopt()
}

func (e *Engine) trialCost() core.Cost {
	if e.trial != nil {
		return e.trial.cost()
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
		e.heat.stale = true
	}
}

// below is a random number in [0, n).
func (e *Engine) below(n int) int { return int(e.below64(int64(n))) }

func (e *Engine) below64(n int64) int64 {
	hi, _ := bits.Mul64(e.rng.Uint64(), uint64(n))
	return int64(hi)
}

func (e *Engine) Info() string { return fmt.Sprint(e.Trials, " ", e.Accepted, " ", e.Rebuilt) }
