package scenario

import (
	"strings"

	"github.com/taktplan/takt/schedule"
)

func (r *reader) lot() {
	o := schedule.PlannedOrder{
		ID: schedule.OrderID(r.arg()), Item: schedule.ItemID(r.arg()), Qty: r.argQty(), Routing: schedule.RoutingID(r.option("routing")),
		Release: r.when("release"), Start: r.when("start"), End: r.when("end"), Due: r.when("due"), Shop: schedule.ShopID(r.option("shop")),
	}
	r.plan.Orders = append(r.plan.Orders, o)
}

// orderStep reads ORDER/STEP.
func (r *reader) orderStep(s string) (schedule.OrderID, schedule.StepID) {
	order, step, ok := strings.Cut(s, "/")
	if !ok {
		r.mistake("%q is not a step of an order", s)
	}
	return schedule.OrderID(order), schedule.StepID(step)
}

func (r *reader) operation() {
	o := schedule.Operation{
		Qty: r.qty("qty"), Mode: r.int("mode"), Resources: list[schedule.ResourceID](r.option("on")),
		Overtime: r.flag("overtime"), Done: r.flag("done"), Started: r.flag("started"), Setup: unset,
	}
	o.Order, o.Step = r.orderStep(r.arg())
	o.Start, o.End = r.stretch(r.arg())
	if r.has("setup") {
		o.Setup = r.duration("setup")
	}
	r.plan.Operations = append(r.plan.Operations, o)
}

func (r *reader) outside() {
	o := schedule.SubcontractOrder{Qty: r.qty("qty"), Partner: schedule.PartnerID(r.option("partner"))}
	o.Order, o.Step = r.orderStep(r.arg())
	o.Start, o.End = r.stretch(r.arg())
	r.plan.Subcontracts = append(r.plan.Subcontracts, o)
}

func (r *reader) buy() {
	q := schedule.Purchase{ID: r.arg(), Supply: schedule.SupplyID(r.arg()), Qty: r.argQty(), Item: schedule.ItemID(r.option("item"))}
	q.Order, q.Arrival = r.stretch(r.arg())
	r.plan.Purchases = append(r.plan.Purchases, q)
}

func (r *reader) move() {
	t := schedule.Transfer{
		ID: r.arg(), Lane: schedule.LaneID(r.arg()), Item: schedule.ItemID(r.arg()), Qty: r.argQty(), Trips: 1,
	}
	t.Departure, t.Arrive = r.stretch(r.arg())
	if r.has("trips") {
		t.Trips = r.int("trips")
	}
	r.plan.Transfers = append(r.plan.Transfers, t)
}

func (r *reader) ship() {
	r.plan.Deliveries = append(r.plan.Deliveries, schedule.Delivery{Line: schedule.LineID(r.arg()), Qty: r.argQty(), At: r.argTime()})
}

func (r *reader) peg() {
	r.plan.Pegs = append(r.plan.Pegs, schedule.Peg{
		Supply: r.supplyRef(r.arg()), Demand: r.demandRef(r.arg()), Item: schedule.ItemID(r.arg()), Qty: r.argQty(),
	})
}

func (r *reader) supplyRef(s string) schedule.SupplyRef {
	if place, ok := strings.CutPrefix(s, "stock@"); ok {
		return schedule.SupplyRef{Kind: schedule.FromStock, Location: schedule.LocationID(place)}
	}
	kind, id, _ := strings.Cut(s, ":")
	ref := schedule.SupplyRef{ID: id}
	if err := ref.Kind.UnmarshalText([]byte(kind)); err != nil {
		r.mistake("%v", err)
	}
	return ref
}

func (r *reader) demandRef(s string) schedule.DemandRef {
	if place, ok := strings.CutPrefix(s, "norm@"); ok {
		return schedule.DemandRef{Kind: schedule.ForNorm, Location: schedule.LocationID(place)}
	}
	kind, id, _ := strings.Cut(s, ":")
	ref := schedule.DemandRef{ID: id}
	if err := ref.Kind.UnmarshalText([]byte(kind)); err != nil {
		r.mistake("%v", err)
	}
	if ref.Kind == schedule.ForStep {
		order, step := r.orderStep(id)
		ref.ID, ref.Step = string(order), step
	}
	return ref
}

func (r *reader) promise() {
	q := schedule.Promise{
		Line: schedule.LineID(r.arg()), Due: r.when("due"), Delivered: r.qty("delivered"), Short: r.qty("short"), Last: r.when("last"),
	}
	for _, why := range list[string](r.option("why")) {
		var c schedule.Cause
		if err := c.Kind.UnmarshalText([]byte(why)); err != nil {
			r.mistake("%v", err)
		}
		q.Why = append(q.Why, c)
	}
	r.plan.Promises = append(r.plan.Promises, q)
}

func (r *reader) unplanned() {
	r.plan.Unplanned = append(r.plan.Unplanned, schedule.Unplanned{
		Order: schedule.OrderID(r.arg()), Why: []schedule.Cause{{Kind: schedule.NoSource}},
	})
}

// spoil makes the metrics wrong, which are otherwise always filled in.
func (r *reader) spoil() { r.wrongLines = r.int("lines") }
