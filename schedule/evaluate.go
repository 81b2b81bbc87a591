package schedule

import (
	"math"
	"time"

	"github.com/taktplan/takt/wip"
)

// Evaluate measures plan, which may come from anywhere. It recomputes every
// number from the orders, operations, purchases, subcontracts, transfers and
// deliveries of the plan, and from nothing that a planner says about them.
//
// The error is an [*InvalidError] if p is not valid, or a [*ReferenceError] if
// plan refers to things that p does not have. Whether the plan is allowed is
// another question, for package verify.
//
// Costs are sums of integers, each part rounded down. The term for changes is
// 0, since one plan alone has no changes: [Changes] lists those between two.
//
// It takes O(n log n) time for a plan of n elements, and memory in proportion.
func Evaluate(p *Problem, plan *Plan) (Metrics, error) {
	if err := p.Validate(); err != nil {
		return Metrics{}, err
	}
	x := NewIndex(p)
	if err := references(x, plan); err != nil {
		return Metrics{}, err
	}
	e := &evaluation{p: p, plan: plan, x: x, t: p.Times(), objective: p.Objective}
	if e.objective == (Objective{}) {
		e.objective = OnTime()
	}
	e.place()
	e.service()
	e.flow()
	e.load()
	e.rhythm()
	e.stock()
	e.expenses()
	e.price()
	return e.Metrics, nil
}

// An evaluation is the state of one call of Evaluate.
type evaluation struct {
	Metrics
	// terms holds the parts of the cost that are not a price times a metric.
	terms struct{ late, short, early, belowNorm, aboveNorm, rhythm, evenLoad int64 }

	p         *Problem
	plan      *Plan
	x         *Index
	t         Times
	objective Objective
	placed    []placed  // beside plan.Operations
	last      time.Time // end of all work, Now at the earliest
	resources []resourceTime
}

// placed is what an operation refers to.
type placed struct {
	operation *Operation
	routing   *Routing
	step      *Step
	mode      *Mode         // nil for a step without
	machine   int           // position, -1 for none or a step that is done
	setup     time.Duration // that is left
	work      time.Duration // that is left on the machine, setup included
}

// place looks up what the operations refer to and how long they work.
func (e *evaluation) place() {
	routing := routingOf(e.plan)
	e.placed = make([]placed, len(e.plan.Operations))
	for i := range e.placed {
		o, at := &e.plan.Operations[i], &e.placed[i]
		at.operation, at.machine = o, -1
		at.routing = e.x.Routings.Find(routing[o.Order])
		at.step = e.x.Step(at.routing.ID, o.Step)
		at.mode = at.step.mode(o.Mode)
		if at.mode == nil || o.Done {
			continue
		}
		efficiency := 0
		if at.machine = e.x.Resources.Position(o.Machine(at.mode)); at.machine >= 0 {
			efficiency = e.p.Resources[at.machine].Efficiency
		}
		lot := Processing{at.step, at.mode, o.Qty, e.x.scale(at.routing.Item), efficiency, e.t.Tick}
		setup, run := lot.Left(e.x.State(o.Order, o.Step))
		if at.setup = setup; !o.Started {
			at.setup = o.Setup
		}
		at.work = sum(at.setup, run)
	}
}

// flow measures how long orders and the whole take.
func (e *evaluation) flow() {
	e.Orders, e.Operations = len(e.plan.Orders), len(e.plan.Operations)
	e.last = e.t.Now
	for i := range e.plan.Orders {
		e.last = later(e.last, e.plan.Orders[i].End)
	}
	for i := range e.plan.Operations {
		e.last = later(e.last, e.plan.Operations[i].End)
	}
	for i := range e.plan.Subcontracts {
		e.last = later(e.last, e.plan.Subcontracts[i].End)
	}
	e.Makespan = e.last.Sub(e.t.Now)

	inProcess := 0.0
	for i := range e.plan.Orders {
		o := &e.plan.Orders[i]
		e.Flow = sum(e.Flow, max(0, o.End.Sub(o.Release)))
		inProcess += float64(max(0, o.End.Sub(later(e.t.Now, o.Release))))
	}
	if e.Makespan > 0 {
		e.MeanWIP = inProcess / float64(e.Makespan)
	}
}

// price adds up the cost.
func (e *evaluation) price() {
	o := &e.objective
	e.Terms = []CostTerm{
		{"late", e.terms.late},
		{"late-line", scaled(o.LateLine, int64(e.LateLines+e.ShortLines), 1)},
		{"short", e.terms.short},
		{"early", e.terms.early},
		{"below-norm", e.terms.belowNorm},
		{"above-norm", e.terms.aboveNorm},
		{"flow", scaled(o.Flow, int64(e.Flow), int64(day))},
		{"makespan", scaled(o.Makespan, int64(e.Makespan), int64(time.Hour))},
		{"setup", scaled(o.Setup, int64(e.Setup), int64(time.Hour))},
		{"rhythm", scaled(o.Rhythm, e.terms.rhythm, 1)},
		{"even-load", scaled(o.EvenLoad, e.terms.evenLoad, 1)},
		{"change", 0},
		{"money", scaled(o.Money, e.Money, 1000)},
	}
	for _, t := range e.Terms {
		e.Cost = sum(e.Cost, t.Cost)
	}
}

const day = 24 * time.Hour

// millionths is the resolution in which unit-days are counted.
const millionths = 1_000_000

// unitDays returns whole units × days in millionths, of q base units over d.
func unitDays(q wip.Qty, scale int64, d time.Duration) int64 {
	return scaled(int64(q), int64(d), scale*int64(day/millionths))
}

// scaled returns a·b/c rounded down, saturated.
func scaled(a, b, c int64) int64 {
	q, ok := wip.Qty(a).MulDiv(b, c)
	switch {
	case ok:
		return int64(q)
	case (a < 0) == (b < 0):
		return math.MaxInt64
	default:
		return math.MinInt64
	}
}

// sum adds and saturates.
func sum[T ~int64](a, b T) T { return T(plus(wip.Qty(a), wip.Qty(b))) }

// or returns a price of a thing's own, or else the general one.
func or(own, general int64) int64 {
	if own != 0 {
		return own
	}
	return general
}
