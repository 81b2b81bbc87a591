package control

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

// An explanation knows of a plan what an operation can have waited for.
type explanation struct {
	x       *schedule.Index
	plan    *schedule.Plan
	routing map[schedule.OrderID]schedule.RoutingID
	at      map[stepOf]stretch
	busy    map[schedule.ResourceID][]int // operations by start
	fed     map[stepOf][]int              // pegs
	ends    map[schedule.SupplyRef]time.Time
}

// stretch is when a step is.
type stretch struct{ start, end time.Time }

func newExplanation(p *schedule.Problem, plan *schedule.Plan) *explanation {
	e := &explanation{
		x: schedule.NewIndex(p), plan: plan, routing: routings(plan), at: map[stepOf]stretch{},
		busy: map[schedule.ResourceID][]int{}, fed: map[stepOf][]int{}, ends: map[schedule.SupplyRef]time.Time{},
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		e.at[stepOf{o.Order, o.Step}] = stretch{o.Start, o.End}
		if m := e.mode(o); m != nil {
			for u := range m.Uses {
				e.busy[o.Resource(m, u)] = append(e.busy[o.Resource(m, u)], i)
			}
		}
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		e.at[stepOf{o.Order, o.Step}] = stretch{o.Start, o.End}
	}
	e.supplies(p)
	for i := range plan.Pegs {
		if d := &plan.Pegs[i].Demand; d.Kind == schedule.ForStep {
			key := stepOf{schedule.OrderID(d.ID), d.Step}
			e.fed[key] = append(e.fed[key], i)
		}
	}
	return e
}

// supplies notes when what is pegged comes.
func (e *explanation) supplies(p *schedule.Problem) {
	for i := range e.plan.Orders {
		o := &e.plan.Orders[i]
		e.ends[schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(o.ID)}] = o.End
	}
	for i := range e.plan.Purchases {
		q := &e.plan.Purchases[i]
		e.ends[schedule.SupplyRef{Kind: schedule.FromPurchase, ID: q.ID}] = q.Arrival
	}
	for i := range e.plan.Transfers {
		t := &e.plan.Transfers[i]
		e.ends[schedule.SupplyRef{Kind: schedule.FromTransfer, ID: t.ID}] = t.Arrive
	}
	for i := range p.Receipts {
		r := &p.Receipts[i]
		e.ends[schedule.SupplyRef{Kind: schedule.FromReceipt, ID: string(r.ID)}] = r.At
	}
}

func (e *explanation) mode(o *schedule.Operation) *schedule.Mode {
	st := e.x.Step(e.routing[o.Order], o.Step)
	if st == nil || o.Mode < 0 || o.Mode >= len(st.Modes) {
		return nil
	}
	return &st.Modes[o.Mode]
}

// why returns what kept a step from starting where it did before: of the step
// before it, its material, its resources and their outages, what ended last.
func (e *explanation) why(c schedule.Change) schedule.Cause {
	best := schedule.Cause{}
	take := func(cause schedule.Cause, from, until time.Time) {
		if until.After(c.Before) && !until.After(c.After) && until.After(best.To) {
			cause.From, cause.To = from, until
			best = cause
		}
	}
	key := stepOf{c.Order, c.Step}
	if r := e.x.Routings.Find(e.routing[c.Order]); r != nil {
		for l := range r.Precedence() {
			if at, known := e.at[stepOf{c.Order, l.From}]; known && l.To == c.Step {
				take(schedule.Cause{Kind: schedule.WaitsForStep, Order: c.Order, Step: l.From}, at.start, at.end)
			}
		}
	}
	for _, i := range e.fed[key] {
		g := &e.plan.Pegs[i]
		cause := schedule.Cause{Kind: schedule.WaitsForMaterial, Item: g.Item}
		if g.Supply.Kind == schedule.FromOrder {
			cause.Order = schedule.OrderID(g.Supply.ID)
		}
		if at, known := e.ends[g.Supply]; known {
			take(cause, c.Before, at)
		}
	}
	e.resources(c, take)
	return best
}

// resources looks at what the resources of a step did, and when they were out
// of service.
func (e *explanation) resources(c schedule.Change, take func(schedule.Cause, time.Time, time.Time)) {
	i, known := slices.BinarySearchFunc(e.plan.Operations, c.After, func(o schedule.Operation, t time.Time) int { return o.Start.Compare(t) })
	for ; known && i < len(e.plan.Operations); i++ {
		o := &e.plan.Operations[i]
		if o.Start.After(c.After) {
			return
		}
		if o.Order == c.Order && o.Step == c.Step {
			e.operation(o, take)
			return
		}
	}
}

func (e *explanation) operation(o *schedule.Operation, take func(schedule.Cause, time.Time, time.Time)) {
	m := e.mode(o)
	if m == nil {
		return
	}
	for u := range m.Uses {
		id := o.Resource(m, u)
		list := e.busy[id]
		k, _ := slices.BinarySearchFunc(list, o.Start, func(i int, t time.Time) int {
			return cmp.Or(e.plan.Operations[i].Start.Compare(t))
		})
		if k > 0 {
			b := &e.plan.Operations[list[k-1]]
			take(schedule.Cause{Kind: schedule.WaitsForResource, Resource: id}, b.Start, b.End)
		}
		if r := e.x.Resources.Find(id); r != nil {
			for _, out := range r.Maintenance {
				take(schedule.Cause{Kind: schedule.WaitsForShift, Resource: id}, out.From, out.To)
			}
		}
	}
}
