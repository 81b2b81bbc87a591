package window

import (
	"math/bits"
	"math/rand/v2"
	"sync/atomic"

	"github.com/taktplan/takt/internal/invariants"
	"github.com/taktplan/takt/schedule/internal/core"
)

// Engine implements [core.Engine]. First it finds the least target for which
// the windows have room, which is a bound. Then it makes runs of two kinds:
// whole ones at targets between the bound and the best schedule, and near ones
// that change a part of the best schedule. It allocates in a step only while
// its buffers grow.
type Engine struct {
	m    *core.Model
	s    *search
	best *core.Schedule
	cost core.Cost

	bound  int64 // no schedule ends before
	room   int64 // the windows have room with this target, as far as known
	target int64
	stage  stage
	kind   kind     // of the run
	spent  [2]int64 // work for runs of each kind
	wholes int64    // number of whole runs
}

// A stage of the engine.
type stage uint8

const (
	bounding stage = iota // the bound is below room
	idle                  // between two runs
	running
)

// A kind of run.
type kind uint8

const (
	whole kind = iota
	near
)

// An engine takes so many operations and pairs: a run begins with all of them.
const (
	mostOps   = 5000
	mostPairs = 40_000
)

// Fits reports whether the engine takes m.
func Fits(m *core.Model) bool {
	if m.Ops() > mostOps || !m.OnlyMakespan() || len(m.Setups) > 0 || m.FixedStart != nil {
		return false
	}
	for i := range m.Arcs {
		if a := &m.Arcs[i]; a.Kind != core.EndStart || a.Max < core.Never {
			return false
		}
	}
	for o := range int32(m.Ops()) {
		if m.Has(o, core.Blocking) {
			return false
		}
	}
	return countPairs(m) <= mostPairs
}

// countPairs is at least the number of pairs.
func countPairs(m *core.Model) int64 {
	sum := int64(0)
	users := make([]int64, len(m.Resources))
	for _, r := range m.NeedResource {
		if m.Resources[r].Capacity == 1 {
			sum += users[r]
			users[r]++
		}
	}
	return sum
}

// New returns an engine for m, which Fits.
func New(m *core.Model, seed uint64) *Engine {
	s := newSearch(m, rand.NewPCG(seed, 0x77696e646f77))
	e := &Engine{m: m, s: s, best: core.NewSchedule(m.Ops()), cost: core.NoCost, room: core.Limit}
	s.leader = e.best
	return e
}

// stepWork is the work of a step, in operations followed.
const stepWork = 20_000

// Pace implements [core.Engine].
func (e *Engine) Pace() int64 { return 1 }

// Run implements [core.Engine].
func (e *Engine) Run(stop *atomic.Bool, steps int64) int64 {
	for k := range steps {
		if e.Done() || stop != nil && stop.Load() {
			return k
		}
		for e.s.work = 0; e.s.work < stepWork && !e.Done(); {
			e.advance()
		}
	}
	return steps
}

// advance does a little of what is next.
func (e *Engine) advance() {
	before := e.s.work
	switch e.stage {
	case bounding:
		e.raiseBound()
	case idle:
		e.stage = running
		e.judge(e.begin())
	case running:
		e.judge(e.s.step())
	}
	e.spent[e.kind] += e.s.work - before
}

// raiseBound halves the interval in which the least target with room is.
func (e *Engine) raiseBound() {
	if e.cost.Missing == 0 {
		e.room = min(e.room, lastEnd(e.best))
	}
	if e.bound >= e.room {
		e.stage = idle
		return
	}
	mid := e.bound + (e.room-e.bound)/2
	if e.s.start(mid) == none {
		e.bound = mid + 1
	} else {
		e.room = mid
	}
}

// begin begins a run of the kind that has had less than its share of the work.
func (e *Engine) begin() verdict {
	if e.kind = whole; e.cost.Missing == 0 && e.spent[near] <= nearShare*e.spent[whole] {
		e.kind = near
		e.s.imitation = 0
		if e.aim(lastEnd(e.best)-1) == none {
			return none
		}
		return e.s.vary()
	}
	turn := e.wholes % targets
	e.wholes++
	if e.cost.Missing > 0 {
		e.s.imitation = 0
		return e.aim(min(core.Limit, e.bound<<turn))
	}
	last := lastEnd(e.best) - 1
	e.s.imitation = 16 * int(turn) / (targets - 1)
	return e.aim(last - (last-e.bound)*turn/(targets-1))
}

// nearShare is the work of near runs for each of whole ones.
const nearShare = 3

// targets is how many targets are tried in turn, from just below the best
// schedule to the bound; the nearer to the bound, the more the search follows
// the best schedule.
const targets = 5

// aim begins with a target, or proves that it cannot be met.
func (e *Engine) aim(target int64) verdict {
	e.target = target
	v := e.s.start(target)
	if v == none {
		e.bound = max(e.bound, target+1)
	}
	return v
}

// failures bounds the failures of a near run, and of a whole one for the unit
// of Luby's sequence.
const failures = 64

// judge ends the run if it has come to something.
func (e *Engine) judge(v verdict) {
	limit := failures
	if e.kind == whole {
		limit *= luby(e.wholes)
	}
	tired := e.s.fails >= limit
	if v == going && !tired {
		return
	}
	e.stage = idle
	switch {
	case v == found:
		e.keep()
	case e.kind == near:
		e.s.resize(tired)
	case v == none && !e.s.partial:
		e.bound = max(e.bound, e.target+1)
	}
}

// luby is the i-th term of 1, 1, 2, 1, 1, 2, 4, 1, … (Luby, Sinclair and
// Zuckerman 1993), i ≥ 1.
func luby(i int64) int {
	for {
		k := bits.Len64(uint64(i))
		if i == 1<<k-1 {
			return 1 << (k - 1)
		}
		i -= 1<<(k-1) - 1
	}
}

// keep takes the earliest starts as the best schedule.
func (e *Engine) keep() {
	for o := range int32(e.m.Ops()) {
		w := &e.s.span[o]
		e.best.Start[o], e.best.End[o] = w.start, w.end
		e.best.Mode[o] = e.s.mode(o) - e.m.ModeStart[o]
	}
	e.cost = e.m.EvaluateTimes(e.best)
	if invariants.Enabled {
		for _, v := range e.m.Check(e.best) {
			panic("window: " + v.String())
		}
		if lastEnd(e.best) > e.target {
			panic("window: later than the target")
		}
	}
}

func lastEnd(s *core.Schedule) int64 {
	last := int64(0)
	for _, t := range s.End {
		last = max(last, t)
	}
	return last
}

// Best implements [core.Engine].
func (e *Engine) Best(dst *core.Schedule) core.Cost {
	if dst != nil && e.cost != core.NoCost {
		dst.CopyFrom(e.best)
	}
	return e.cost
}

// Bound implements [core.Engine].
func (e *Engine) Bound() int64 { return core.Product(e.m.Objective.Makespan, e.bound) }

// Offer implements [core.Engine]. A better schedule ends the run.
func (e *Engine) Offer(s *core.Schedule, c core.Cost) {
	if c.Missing == 0 && c.Less(e.cost) {
		e.cost = c
		e.best.CopyFrom(s)
		if e.stage == running {
			e.stage = idle
		}
	}
}

// Done implements [core.Engine].
func (e *Engine) Done() bool {
	return e.cost.Missing == 0 && e.cost.Value <= e.Bound() || e.bound > core.Limit
}
