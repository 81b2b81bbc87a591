package sequence

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

// maxCauses bounds the length of a chain.
const maxCauses = 50

// A chain collects the causes of a delay from the customer back to the root,
// read from the plan alone: at each operation it goes on with what came last
// of what the operation needed, and says for what machine it then waited.
type chain struct {
	*history
	causes []schedule.Cause
}

// A history knows what was before each operation of a plan.
type history struct {
	c        *compiled
	orders   map[schedule.OrderID]*schedule.PlannedOrder
	work     map[stepOf]*work
	ofOrder  map[schedule.OrderID][]*work // by start
	arrivals map[schedule.SupplyRef]time.Time
	placed   map[schedule.SupplyRef]time.Time // orders for what arrives
	pegs     map[schedule.DemandRef][]*schedule.Peg
}

type stepOf struct {
	order schedule.OrderID
	step  schedule.StepID
}

// Work is an operation, or a step that a partner does.
type work struct {
	stepOf
	start, end time.Time
	machine    schedule.ResourceID
	partner    schedule.PartnerID
	before     *work // on the same machine
}

func (c *compiled) history(plan *schedule.Plan) *history {
	h := &history{
		c: c, orders: map[schedule.OrderID]*schedule.PlannedOrder{}, work: map[stepOf]*work{},
		ofOrder:  map[schedule.OrderID][]*work{},
		arrivals: map[schedule.SupplyRef]time.Time{}, placed: map[schedule.SupplyRef]time.Time{},
		pegs: map[schedule.DemandRef][]*schedule.Peg{},
	}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		h.orders[o.ID] = o
		h.arrivals[schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(o.ID)}] = o.End
	}
	for i := range plan.Purchases {
		x := &plan.Purchases[i]
		ref := schedule.SupplyRef{Kind: schedule.FromPurchase, ID: x.ID}
		h.placed[ref], h.arrivals[ref] = x.Order, x.Arrival
	}
	for i := range plan.Transfers {
		x := &plan.Transfers[i]
		ref := schedule.SupplyRef{Kind: schedule.FromTransfer, ID: x.ID}
		h.placed[ref], h.arrivals[ref] = x.Departure, x.Arrive
	}
	for i := range c.p.Receipts {
		x := &c.p.Receipts[i]
		h.arrivals[schedule.SupplyRef{Kind: schedule.FromReceipt, ID: string(x.ID)}] = x.At
	}
	for i := range plan.Pegs {
		x := &plan.Pegs[i]
		h.pegs[x.Demand] = append(h.pegs[x.Demand], x)
	}
	h.addWork(plan)
	return h
}

func (h *history) addWork(plan *schedule.Plan) {
	list := make([]*work, 0, len(plan.Operations)+len(plan.Subcontracts))
	for i := range plan.Operations {
		o := &plan.Operations[i]
		w := &work{stepOf: stepOf{o.Order, o.Step}, start: o.Start, end: o.End}
		if s := h.step(w.stepOf); o.Mode < len(s.Modes) {
			w.machine = o.Machine(&s.Modes[o.Mode])
		}
		if !o.Done {
			list = append(list, w)
		}
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		list = append(list, &work{stepOf: stepOf{o.Order, o.Step}, start: o.Start, end: o.End, partner: o.Partner})
	}
	slices.SortStableFunc(list, func(a, b *work) int { return a.start.Compare(b.start) })
	last := map[schedule.ResourceID]*work{}
	for _, w := range list {
		h.work[w.stepOf] = w
		h.ofOrder[w.order] = append(h.ofOrder[w.order], w)
		if w.machine != "" {
			w.before, last[w.machine] = last[w.machine], w
		}
	}
}

func (h *history) step(at stepOf) *schedule.Step {
	return h.c.x.Step(h.orders[at.order].Routing, at.step)
}

// why explains why a line is delivered late.
func (h *history) why(q *schedule.Promise) []schedule.Cause {
	c := &chain{history: h}
	if peg, at := h.latest(schedule.DemandRef{Kind: schedule.ForLine, ID: string(q.Line)}); peg != nil && at.After(q.Due) {
		c.material(peg, q.Due, at)
	}
	switch {
	case q.Due.Before(h.c.t.Now):
		c.add(schedule.Cause{Kind: schedule.DueInPast, From: q.Due, To: h.c.t.Now})
	case len(c.causes) == 0:
		c.add(schedule.Cause{Kind: schedule.WaitsForTogether, From: q.Due, To: q.Last})
	}
	return c.causes
}

func (c *chain) add(x schedule.Cause) { c.causes = append(c.causes, x) }

// latest returns the peg of a demand that comes last, but none from stock.
func (h *history) latest(d schedule.DemandRef) (peg *schedule.Peg, at time.Time) {
	for _, x := range h.pegs[d] {
		if t, ok := h.arrivals[x.Supply]; ok && (peg == nil || t.After(at)) {
			peg, at = x, t
		}
	}
	return peg, at
}

// material explains what is wanted at one instant and comes at a later one.
func (c *chain) material(peg *schedule.Peg, want, at time.Time) {
	of := schedule.Cause{Kind: schedule.WaitsForMaterial, Item: peg.Item, From: want, To: at}
	switch peg.Supply.Kind {
	case schedule.FromOrder:
		of.Order = schedule.OrderID(peg.Supply.ID)
		c.add(of)
		if all := c.ofOrder[of.Order]; len(all) > 0 {
			c.operation(slices.MaxFunc(all, func(a, b *work) int { return a.end.Compare(b.end) }))
		}
	case schedule.FromReceipt:
		of.Kind = schedule.WaitsForOrder
		c.add(of)
	default:
		c.add(of)
		c.add(schedule.Cause{Kind: schedule.WaitsForLeadTime, Item: peg.Item, From: c.placed[peg.Supply], To: at})
	}
}

// operation explains a step by what was ready last before it.
func (c *chain) operation(w *work) {
	for w != nil && len(c.causes) < maxCauses {
		of := schedule.Cause{Kind: schedule.WaitsForStep, Order: w.order, Step: w.step, Resource: w.machine, From: w.start, To: w.end}
		if w.partner != "" {
			of.Kind, of.Partner = schedule.WaitsForLeadTime, w.partner
		}
		c.add(of)
		ready, previous := c.ready(w)
		peg, at := c.latest(schedule.DemandRef{Kind: schedule.ForStep, ID: string(w.order), Step: w.step})
		if peg != nil && at.After(ready) {
			ready = at
		} else {
			peg = nil
		}
		provision := c.provision(w, &ready)
		if w.before != nil && w.before.end.After(ready) && w.start.After(ready) {
			c.add(schedule.Cause{Kind: schedule.WaitsForResource, Order: w.order, Step: w.step, Resource: w.machine, From: ready, To: w.start})
		}
		switch {
		case provision != "":
			c.add(schedule.Cause{Kind: schedule.WaitsForProvision, Provision: provision, From: c.c.t.Now, To: ready})
			return
		case peg != nil:
			c.material(peg, ready, at)
			return
		}
		w = previous
	}
}

// ready returns when the last of the steps before one ended, and which that
// was; without, when orders may be released.
func (h *history) ready(w *work) (at time.Time, previous *work) {
	at = h.c.t.ReleaseFrom
	for l := range h.c.x.Routings.Find(h.orders[w.order].Routing).Precedence() {
		if l.To != w.step {
			continue
		}
		if b := h.work[stepOf{w.order, l.From}]; b != nil && (previous == nil || b.end.After(at)) {
			at, previous = b.end, b
		}
	}
	return at, previous
}

// provision returns what is ready last for a step, if that is after *ready,
// which it then moves.
func (h *history) provision(w *work, ready *time.Time) (last schedule.ProvisionID) {
	for _, list := range [][]schedule.ProvisionID{h.step(w.stepOf).Provisions, h.c.x.Items.Find(h.orders[w.order].Item).Provisions} {
		for _, id := range list {
			if t := h.c.x.Provisions.Find(id).Ready; t.After(*ready) {
				last, *ready = id, t
			}
		}
	}
	return last
}
