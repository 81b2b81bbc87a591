package jobshop

import (
	"sync/atomic"

	"github.com/taktplan/takt/schedule/internal/bound"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/plain"
)

// An Engine is the search as the driver of package search runs it: see
// [core.Engine]. The first steps look for a bound, one machine each; from then on
// a step is an iteration of the tabu search, and now and then a step of the
// proof.
type Engine struct {
	shop  *plain.Shop
	price int64 // per unit of makespan
	share int64 // weight of the proof, see New
	pool  *pool
	bound *bound.JobShop // nil when all machines have been looked at
	proof *proof
	order []int32 // scratch: an offered schedule
	steps int64
	// improved is the step at which the best schedule was found.
	improved int64
}

// Fits reports whether New accepts the model: a classical job shop with nothing
// but the makespan to pay for (see [plain.FromModel]).
func Fits(m *core.Model) bool {
	_, ok := plain.FromModel(m)
	return ok
}

// New returns an engine for a model that Fits. It panics on others. Share weighs
// the time for the proof: 1 is right for an engine on its own, 0 leaves the proof
// to another one.
func New(m *core.Model, seed uint64, share int64) *Engine {
	s, ok := plain.FromModel(m)
	if !ok {
		panic("jobshop: the model does not fit")
	}
	return &Engine{
		shop:  s,
		price: m.Objective.Makespan * s.Unit,
		share: share,
		pool:  newPool(s, newRandom(seed), standard(s.Ops())),
		bound: bound.NewJobShop(s),
		proof: newProof(s),
		order: make([]int32, s.Ops()),
	}
}

// carlierNodes limits the effort for the machine bounds: almost all are exact
// after a handful of nodes.
const carlierNodes = 200

// Pace returns the steps of somewhat less than a millisecond, by what they take
// at the moment: workers wait for one another, and where only one of them
// proves the other has to make so many more iterations.
func (e *Engine) Pace() int64 {
	n := int64(e.shop.Ops())
	cost := iterationCost * (n + 250)
	if e.proving() {
		cost += proofCost * n / e.proofEvery()
	}
	return 1 + stepTime/cost
}

// Rough times in nanoseconds: of a step as the driver counts them, of an
// iteration of the tabu search for each operation, and of a step of the proof
// for each operation.
const (
	stepTime      = 600_000
	iterationCost = 4
	proofCost     = 400
)

// Run makes the steps, fewer when the engine is done or stop has become true.
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
	if e.bound != nil {
		e.bounding()
		return
	}
	e.steps++
	before := e.pool.best.makespan
	e.pool.step()
	if e.proving() && before < none && e.steps%e.proofEvery() == 0 && e.proof.step(e.pool.best) {
		e.pool.offer(e.proof.found)
	}
	if e.pool.best.makespan < before {
		e.improved = e.steps
	}
}

// bounding looks at the next machine.
func (e *Engine) bounding() {
	low, ok := e.bound.Next(carlierNodes)
	e.proof.low = int32(low)
	if !ok {
		e.bound = nil
	}
}

// proving reports whether some of the time goes to the proof.
func (e *Engine) proving() bool { return e.share > 0 && !e.proof.over }

// proofEvery returns the number of iterations of the tabu search to each step
// of the proof. They share the time about equally at 150 operations; the
// smaller the shop, the more goes to the proof. When half of all steps have
// brought nothing better, the best is likely to be optimal, and the proof gets
// three times as much.
func (e *Engine) proofEvery() int64 {
	n := int64(e.shop.Ops())
	every := n * n / 400
	if e.steps > 2*e.improved {
		every /= 3
	}
	return 1 + every/e.share
}

// Done says that the best schedule is proven optimal.
func (e *Engine) Done() bool { return e.proof.low >= e.pool.best.makespan }

// Bound returns a lower bound of the cost.
func (e *Engine) Bound() int64 { return e.price * int64(e.proof.low) }

// Best copies the best schedule into dst, unless that is nil, and returns its
// cost.
func (e *Engine) Best(dst *core.Schedule) core.Cost {
	best := e.pool.best
	if best.makespan == none {
		return core.NoCost
	}
	if dst != nil {
		e.place(best.order, dst)
	}
	return core.Cost{Value: e.price * int64(best.makespan)}
}

// place starts every operation as early as the order of the operations allows.
func (e *Engine) place(order []int32, dst *core.Schedule) {
	g := e.pool.scratch
	g.orient(order)
	for v := range int32(e.shop.Ops()) {
		o := e.shop.ModelOp[v]
		dst.Mode[o] = 0
		dst.Start[o] = e.shop.Unit * int64(g.nodes[v].head())
		dst.End[o] = e.shop.Unit * int64(g.nodes[v].end)
	}
}

// Offer lets a complete schedule take part in the search.
func (e *Engine) Offer(s *core.Schedule, c core.Cost) {
	if c.Missing > 0 {
		return
	}
	sortByStart(e.order, e.shop, s)
	e.pool.offer(e.order)
}
