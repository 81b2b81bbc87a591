package mapping

import (
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// mapFixedOrders maps the orders that exist. Proposed ones are the result of
// an earlier plan and are planned anew.
func (mp *mapper) mapFixedOrders() {
	for _, o := range mp.m.Plans {
		switch {
		case o.Status == "proposed" || o.Status == "":
			mp.note(o.Entity, "order %q is only proposed; it is planned anew", o.Name)
		case o.Status == "closed":
		case stays(o):
			mp.fixed(o)
		default:
			mp.fail(o.Entity, "order %q: the status %q is not known", o.Name, o.Status)
		}
	}
}

// stays reports whether an order is planned with as it is.
func stays(o *model.OperationPlan) bool {
	return o.Status == "approved" || o.Status == "confirmed" || o.Status == "completed"
}

func (mp *mapper) fixed(o *model.OperationPlan) {
	if o.Status == "completed" && !mp.m.CompletesInFuture {
		o.Start, o.End = earlierOf(start(o), mp.now), earlierOf(end(o), mp.now)
	}
	kind := strings.ToUpper(o.Type)
	switch {
	case o.Quantity <= 0:
		mp.note(o.Entity, "order %q has no quantity", o.Name)
		return
	case delivers(o) && mp.isOpen(o.Demand):
		mp.fixedDelivery(o)
	case kind == "PO" || kind == "" && o.Operation == nil && o.Supplier != nil:
		mp.fixedPurchase(o)
	case kind == "DO" || kind == "" && o.Operation == nil && o.Origin != nil:
		mp.fixedTransfer(o)
	case o.Operation != nil:
		mp.fixedMaking(o)
	case kind == "DLVR" && o.Item != nil:
		mp.reserve("order "+o.Name, mp.point(o.Item, o.Location, o.Batch), wip.Qty(o.Quantity), end(o))
	case delivers(o):
		mp.note(o.Entity, "order %q delivers for a demand that is not planned; it is left out", o.Name)
		return
	default:
		mp.fail(o.Entity, "order %q has no operation", o.Name)
		return
	}
	mp.out.Fixed = append(mp.out.Fixed, o)
}

// earlierOf returns the earlier of two instants; one that is not known is the
// other.
func earlierOf(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

func end(o *model.OperationPlan) time.Time {
	if o.End.IsZero() {
		return o.Start
	}
	return o.End
}

func start(o *model.OperationPlan) time.Time {
	if o.Start.IsZero() {
		return o.End
	}
	return o.Start
}

// arrives notes that an order brings material.
func (mp *mapper) arrives(o *model.OperationPlan, pt *point, qty wip.Qty, at time.Time) {
	if qty <= 0 || o.NoProduction {
		return
	}
	id := schedule.ReceiptID("order " + o.Name)
	for mp.receipts[id] {
		id += "'"
	}
	mp.receipts[id] = true
	mp.p.Receipts = append(mp.p.Receipts, schedule.Receipt{ID: id, Item: pt.id, Location: pt.place, Qty: qty,
		At: laterOf(mp.now, at), Note: o.Status})
}

func (mp *mapper) fixedPurchase(o *model.OperationPlan) {
	if o.Item == nil {
		mp.fail(o.Entity, "order %q has no item", o.Name)
		return
	}
	if o.End.IsZero() && !o.Start.IsZero() {
		o.End = o.Start.Add(mp.leadTime(o))
	}
	mp.arrives(o, mp.point(o.Item, o.Location, o.Batch), wip.Qty(o.Quantity-min(o.Quantity, o.Completed)), end(o))
}

// leadTime returns that of the supplier of a purchase.
func (mp *mapper) leadTime(o *model.OperationPlan) time.Duration {
	for _, item := range lineage(o.Item) {
		for _, s := range mp.index.purchases[item] {
			if o.Supplier == nil || s.Supplier == o.Supplier {
				return max(0, s.Leadtime)
			}
		}
	}
	return 0
}

func (mp *mapper) fixedTransfer(o *model.OperationPlan) {
	if o.Item == nil {
		mp.fail(o.Entity, "order %q has no item", o.Name)
		return
	}
	lead := time.Duration(0)
	for _, item := range lineage(o.Item) {
		for _, d := range mp.index.transfers[item] {
			if d.Origin == o.Origin && (d.Destination == nil || d.Destination == o.Location) {
				lead = max(lead, d.Leadtime)
			}
		}
	}
	mp.bounds(o, lead)
	qty := wip.Qty(o.Quantity - min(o.Quantity, o.Completed))
	if o.Origin != nil && !o.NoConsumption && qty > 0 {
		mp.reserve("order "+o.Name, mp.point(o.Item, o.Origin, o.Batch), qty, start(o))
	}
	if o.Location != nil {
		mp.arrives(o, mp.point(o.Item, o.Location, o.Batch), qty, end(o))
	}
}

// bounds sets the date that an order lacks.
func (mp *mapper) bounds(o *model.OperationPlan, lead time.Duration) {
	switch {
	case o.Start.IsZero() && o.End.IsZero():
		o.Start = mp.now
		o.End = mp.now.Add(lead)
	case o.Start.IsZero():
		o.Start = o.End.Add(-lead)
	case o.End.IsZero():
		o.End = o.Start.Add(lead)
	}
}

// fixedMaking maps an order of an operation: what it takes and makes, and the
// resources that it occupies. Steps that are orders of their own are left to
// those.
func (mp *mapper) fixedMaking(o *model.OperationPlan) {
	parts := []*model.Operation{o.Operation}
	if len(mp.index.steps[o]) == 0 {
		parts = nil
		if list := mp.variants(o.Operation); len(list) > 0 {
			parts = append(slices.Clone(list[0].wholes), list[0].steps...)
		}
	}
	total := time.Duration(0)
	for _, part := range parts {
		total += workTime(part, o.Quantity)
	}
	mp.bounds(o, total)
	at := o.Start
	for _, part := range parts {
		until := at.Add(workTime(part, o.Quantity))
		if part == parts[len(parts)-1] || until.After(o.End) {
			until = o.End
		}
		mp.fixedFlows(o, part)
		mp.fixedLoads(o, part, at, until)
		at = until
	}
}

// workTime returns how long an operation takes, breaks not counted.
func workTime(o *model.Operation, q model.Amount) time.Duration {
	d := max(0, o.Duration)
	if o.Kind == "operation_time_per" {
		d += time.Duration(float64(o.PerUnit) * q.Float())
	}
	return d
}

// fixedFlows maps the material of an order. Of alternate flows the one that the
// order books counts, or else the first, and flows out of effect at its end do
// not.
func (mp *mapper) fixedFlows(o *model.OperationPlan, part *model.Operation) {
	left := o.Quantity - min(o.Quantity, o.Completed)
	out := left
	if mp.m.ProducesInFull {
		out = o.Quantity
	}
	for _, f := range mp.index.flows[part] {
		if !produces(f) || !mp.inEffect(f.Effective, end(o)) {
			continue
		}
		mp.arrives(o, mp.flowPoint(f, part, o.Batch), times(out, f.Quantity)+wip.Qty(f.Fixed), end(o).Add(max(0, f.Offset)))
	}
	if o.NoConsumption {
		return
	}
	for _, group := range alternatives(mp.index.flows[part]) {
		group = slices.DeleteFunc(group, func(f *model.Flow) bool { return !mp.inEffect(f.Effective, end(o)) })
		if len(group) > 0 {
			f := group[max(0, slices.IndexFunc(group, func(f *model.Flow) bool { return books(o, f) }))]
			mp.reserve("order "+o.Name, mp.flowPoint(f, part, o.Batch), max(1, times(left, -f.Quantity)+wip.Qty(-f.Fixed)), start(o))
		}
	}
}

// books reports whether an order names the material of a flow.
func books(o *model.OperationPlan, f *model.Flow) bool {
	if slices.ContainsFunc(o.Buffers, func(b *model.Buffer) bool { return b == f.Buffer || f.Buffer == nil && b.Item == f.Item }) {
		return true
	}
	return slices.Contains(o.Items, f.Item) || f.Buffer != nil && slices.Contains(o.Items, f.Buffer.Item)
}

func (mp *mapper) inEffect(s model.Span, t time.Time) bool {
	return !t.Before(s.From) && (s.To.IsZero() || t.Before(s.To))
}

// fixedLoads has the resources of an order occupied by an order on paper, which
// stays where it is.
func (mp *mapper) fixedLoads(o *model.OperationPlan, part *model.Operation, from, to time.Time) {
	from = laterOf(mp.now, from)
	if o.NoCapacity || o.Status == "completed" || !from.Before(to) {
		return
	}
	var c combo
	seen := map[string]bool{}
	for _, l := range mp.index.loads[part] {
		r := mp.carrier(o, l)
		if r == nil || r.bucket || seen[l.Name] && l.Name != "" {
			continue
		}
		seen[l.Name] = true
		units := min(r.units, max(1, mp.units(r, l.Quantity)))
		if next, ok := c.with(option{on: []*resource{r}, units: units, load: l}); ok {
			c = next
		}
	}
	if len(c.list) > 0 {
		mp.occupy("order "+o.Name+" "+part.Name, part.Location, c, from, to)
	}
}

// occupy adds a firm order of an item on paper.
func (mp *mapper) occupy(name string, at *model.Location, c combo, from, to time.Time) {
	pt := &point{pointKey: pointKey{&model.Item{Entity: model.Entity{Name: name}}, at, ""}, paper: true}
	mp.register(pt, name)
	rc := recipe{mapper: mp, per: model.One}
	mp.p.Routings = append(mp.p.Routings, schedule.Routing{ID: schedule.RoutingID(name), Item: pt.id, Shop: schedule.ShopID(pt.place),
		Steps: []schedule.Step{{ID: "fixed", Modes: []schedule.Mode{{Fixed: to.Sub(from), Uses: rc.uses(c)}}}}})
	mp.p.Orders = append(mp.p.Orders, schedule.Order{ID: schedule.OrderID(name), Item: pt.id, Routing: schedule.RoutingID(name),
		Qty: wip.Qty(model.One), Due: to, Status: schedule.Firm, Steps: []schedule.StepState{{Step: "fixed", Start: from, End: to}}})
}

// carrier returns the resource on which an order has a load: one that it names,
// or the first that could carry it.
func (mp *mapper) carrier(o *model.OperationPlan, l *model.Load) *resource {
	var first *resource
	mp.leaves(l.Resource, 0, func(u *resource) {
		if first == nil || slices.Contains(o.Resources, u.Resource) && !slices.Contains(o.Resources, first.Resource) {
			first = u
		}
	})
	return first
}
