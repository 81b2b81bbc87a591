package elite

import (
	"math"
	"sync/atomic"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// A Search is a local search with an objective of its own. The engine builds
// the selection to start from in the search's graph and calls Reset; from then
// on the graph is the search's until the phase ends.
type Search interface {
	Graph() *disjunctive.Graph
	// Reset begins a phase at the graph's selection and returns its value.
	Reset() int64
	// Step makes a move and returns the new value. It reports false, and does
	// nothing, if there is no move.
	Step() (value int64, ok bool)
	// Start begins to draw a selection to start from, the more at random the
	// higher the number of starts before it; Fill goes on with it for so many
	// operations and reports whether it is complete.
	Start(before int, order, modes []int32)
	Fill(count int) (complete bool)
	// Bound is a lower bound of all values.
	Bound() int64
}

// Options steer an engine. All are counted, none is timed.
type Options struct {
	// Pace is the number of steps that take about a millisecond.
	Pace int
	// Idle is the number of steps without a new best of the phase after which
	// a phase ends.
	Idle int
	// Size is the number of elites, at least 2.
	Size int
	// Patience is the number of phases, in sizes of the population, without a
	// better elite after which the population is drawn anew.
	Patience int
	// Shifts is the share in 256 of the phases that start from an elite with
	// one job shifted in time, once the population is full; the others start
	// between two elites.
	Shifts int
}

// An Engine improves schedules of one model; see [core.Engine].
type Engine struct {
	search Search
	shop   *disjunctive.Shop
	rnd    *disjunctive.Random
	opt    Options

	best     *core.Schedule
	cost     core.Cost
	elites   []member
	phase    member // best of the phase
	child    member
	offered  member
	pending  bool // offered waits to be taken in
	stage    stage
	from     *member // to start the phase from
	idle     int     // steps since the phase's last improvement
	starts   int     // list schedules drawn since the population was begun
	unmoved  int     // phases since an elite changed
	distance *mixer
	shifter  shifter
	rival    rival
}

// A stage of a phase. No step does more than one pass over the operations, so
// that it does not hold up the end of a search.
type stage uint8

const (
	choosing  stage = iota // where to start from
	filling                // a list schedule to start from
	building               // the graph of the start
	moving                 // the local search
	sorting                // the phase's best by start
	comparing              // it with the elites, one a step
)

// A rival is who the phase's best competes with for a place.
type rival struct {
	compared, worst, near int // elites
	least                 int // distance of the nearest
}

// New returns an engine that draws with rnd. It makes no step.
func New(s Search, rnd *disjunctive.Random, opt Options) *Engine {
	sh := s.Graph().Shop
	e := &Engine{
		search:   s,
		shop:     sh,
		rnd:      rnd,
		opt:      opt,
		best:     core.NewSchedule(sh.Ops),
		cost:     core.NoCost,
		elites:   make([]member, opt.Size),
		phase:    newMember(sh.Ops),
		child:    newMember(sh.Ops),
		offered:  newMember(sh.Ops),
		distance: newMixer(sh),
		shifter:  newShifter(sh),
	}
	for i := range e.elites {
		e.elites[i] = newMember(sh.Ops)
	}
	e.elites = e.elites[:0]
	return e
}

// Pace implements [core.Engine].
func (e *Engine) Pace() int64 { return int64(e.opt.Pace) }

// Run implements [core.Engine].
func (e *Engine) Run(stop *atomic.Bool, steps int64) int64 {
	pace := e.Pace()
	for made := int64(0); made < steps; made++ {
		if e.Done() || made%pace == 0 && stop != nil && stop.Load() {
			return made
		}
		e.step()
	}
	return steps
}

func (e *Engine) step() {
	switch e.stage {
	case choosing:
		e.choose()
	case filling:
		if e.search.Fill(fillChunk) {
			e.stage = building
		}
	case building:
		e.build()
	case moving:
		e.move()
	case sorting:
		e.search.Graph().Build(e.phase.order, e.phase.modes)
		e.phase.sortByStart(e.search.Graph())
		e.rival = rival{least: math.MaxInt}
		e.stage = comparing
	case comparing:
		e.compare()
	}
}

// fillChunk is how many operations of a list schedule are drawn in a step.
const fillChunk = 100

// move makes a step of the local search.
func (e *Engine) move() {
	value, ok := e.search.Step()
	if ok && value < e.phase.value {
		e.improve(value)
	}
	if e.idle++; !ok || e.idle > e.opt.Idle {
		e.stage = sorting
	}
}

// improve records the graph's selection as the phase's best.
func (e *Engine) improve(value int64) {
	g := e.search.Graph()
	e.phase.take(g, value)
	e.idle = 0
	if c := (core.Cost{Value: value}); c.Less(e.cost) {
		e.cost = c
		g.WriteTo(e.best)
	}
}

// choose decides where a phase starts: from what was offered, from a list
// schedule while the population is not full, from an elite with a job shifted
// or between two elites.
func (e *Engine) choose() {
	e.from, e.stage = &e.child, building
	switch {
	case e.pending:
		e.from, e.pending = &e.offered, false
	case len(e.elites) < e.opt.Size:
		e.search.Start(e.starts, e.child.order, e.child.modes)
		e.starts++
		e.stage = filling
	case e.opt.Shifts > 0 && e.rnd.Below(256) < e.opt.Shifts:
		e.shifter.shift(&e.child, &e.elites[e.rnd.Below(len(e.elites))], e.search.Graph(), e.rnd)
	default:
		i, j := e.rnd.Below(len(e.elites)), e.rnd.Below(len(e.elites)-1)
		if j >= i {
			j++
		}
		share := shareFrom + e.rnd.Below(shareTo-shareFrom)
		e.distance.between(&e.child, &e.elites[i], &e.elites[j], share, e.rnd)
	}
}

// build begins the local search at the start chosen.
func (e *Engine) build() {
	e.search.Graph().Build(e.from.order, e.from.modes)
	e.stage = moving
	e.phase.value = math.MaxInt64
	e.improve(e.search.Reset())
}

// shareFrom ≤ share < shareTo is the share in 256 of the first parent in what a
// phase starts from. Modes, and costs of sums, change with every detail: phases
// that start near one parent do better than phases that start in the middle.
const shareFrom, shareTo = 150, 240

// compare looks at the next elite, and behind the last one offers the phase's
// best to the population.
func (e *Engine) compare() {
	if len(e.elites) == e.opt.Size && e.rival.compared < len(e.elites) {
		e.weigh(e.rival.compared)
		return
	}
	e.stage = choosing
	if e.admit() {
		e.unmoved = 0
		return
	}
	if e.unmoved++; e.unmoved > e.opt.Patience*e.opt.Size {
		e.renew()
	}
}

// weigh takes elite i into account for the place of the phase's best.
func (e *Engine) weigh(i int) {
	r := &e.rival
	r.compared++
	if e.elites[i].value > e.elites[r.worst].value {
		r.worst = i
	}
	if d := e.distance.distance(&e.elites[i], &e.phase); d < r.least {
		r.near, r.least = i, d
	}
}

// admit takes the phase's best into the population if there is room, if it is
// as good as a member that is nearly the same, whose place it takes, or if it
// is better than the worst. It reports whether the population is better.
func (e *Engine) admit() bool {
	if len(e.elites) < e.opt.Size {
		e.elites = e.elites[:len(e.elites)+1]
		e.elites[len(e.elites)-1].copyFrom(&e.phase)
		return true
	}
	loser := &e.elites[e.rival.worst]
	if e.rival.least <= e.shop.Ops/sameShare {
		loser = &e.elites[e.rival.near]
	}
	if e.phase.value > loser.value || e.rival.least == 0 {
		return false
	}
	better := e.phase.value < loser.value
	loser.copyFrom(&e.phase)
	return better
}

// sameShare is the part of the operations, one in so many, in which two
// solutions may differ and still count as nearly the same.
const sameShare = 20

// renew empties the population, its best too: that is kept for [Engine.Best],
// while among the new elites it would soon have them all in its valley again.
func (e *Engine) renew() {
	e.elites = e.elites[:0]
	e.unmoved = 0
}

// Best implements [core.Engine].
func (e *Engine) Best(dst *core.Schedule) core.Cost {
	if dst != nil && e.cost != core.NoCost {
		dst.CopyFrom(e.best)
	}
	return e.cost
}

// Bound implements [core.Engine].
func (e *Engine) Bound() int64 { return e.search.Bound() }

// Offer implements [core.Engine]. The next phase starts from the schedule
// unless a better one is offered before it begins.
func (e *Engine) Offer(s *core.Schedule, c core.Cost) {
	if c.Missing > 0 || e.pending && e.offered.value <= c.Value {
		return
	}
	e.pending = e.offered.read(e.shop, s, c.Value)
	if e.pending && c.Less(e.cost) {
		e.cost = c
		e.best.CopyFrom(s)
	}
}

// Done implements [core.Engine].
func (e *Engine) Done() bool { return e.cost.Missing == 0 && e.cost.Value <= e.search.Bound() }
