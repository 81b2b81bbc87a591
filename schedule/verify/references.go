package verify

import (
	"fmt"

	"github.com/taktplan/takt/schedule"
)

// references looks for what the plan refers to and the problem does not have,
// and for IDs that are used twice.
func (j *judge) references() {
	x := j.x
	orders := uses[schedule.OrderID]{j: j, list: "Orders"}
	routing := make(map[schedule.OrderID]schedule.RoutingID, len(j.plan.Orders))
	for i := range j.plan.Orders {
		o := &j.plan.Orders[i]
		orders.add(o.ID)
		routing[o.ID] = o.Routing
		known(j, x.Items.Find(o.Item) != nil, "Orders", i, "Item", o.Item)
		known(j, x.Routings.Find(o.Routing) != nil, "Orders", i, "Routing", o.Routing)
		known(j, o.Shop == "" || x.Shops.Find(o.Shop) != nil, "Orders", i, "Shop", o.Shop)
	}
	for i := range j.plan.Operations {
		o := &j.plan.Operations[i]
		s := j.stepReference(routing, "Operations", i, o.Order, o.Step)
		if s != nil && (o.Mode < 0 || o.Mode >= max(1, len(s.Modes))) {
			known(j, false, "Operations", i, "Mode", fmt.Sprint(o.Mode))
		}
		for _, id := range o.Resources {
			known(j, x.Resources.Find(id) != nil, "Operations", i, "Resources", id)
		}
	}
	for i := range j.plan.Subcontracts {
		o := &j.plan.Subcontracts[i]
		j.stepReference(routing, "Subcontracts", i, o.Order, o.Step)
		known(j, x.Partners.Find(o.Partner) != nil, "Subcontracts", i, "Partner", o.Partner)
	}
	purchases := uses[string]{j: j, list: "Purchases"}
	for i := range j.plan.Purchases {
		q := &j.plan.Purchases[i]
		purchases.add(q.ID)
		known(j, x.Supplies.Find(q.Supply) != nil, "Purchases", i, "Supply", q.Supply)
		known(j, x.Items.Find(q.Item) != nil, "Purchases", i, "Item", q.Item)
	}
	transfers := uses[string]{j: j, list: "Transfers"}
	for i := range j.plan.Transfers {
		t := &j.plan.Transfers[i]
		transfers.add(t.ID)
		known(j, x.Lanes.Find(t.Lane) != nil, "Transfers", i, "Lane", t.Lane)
		known(j, x.Items.Find(t.Item) != nil, "Transfers", i, "Item", t.Item)
	}
	for i := range j.plan.Deliveries {
		known(j, x.Lines.Find(j.plan.Deliveries[i].Line) != nil, "Deliveries", i, "Line", j.plan.Deliveries[i].Line)
	}
	promises := uses[schedule.LineID]{j: j, list: "Promises"}
	for i := range j.plan.Promises {
		q := &j.plan.Promises[i]
		promises.add(q.Line)
		known(j, x.Lines.Find(q.Line) != nil, "Promises", i, "Line", q.Line)
		j.causeReferences(routing, "Promises", i, q.Why)
	}
	for i := range j.plan.Unplanned {
		j.unplannedReferences(routing, i, &j.plan.Unplanned[i])
	}
}

func (j *judge) unplannedReferences(routing map[schedule.OrderID]schedule.RoutingID, i int, u *schedule.Unplanned) {
	x := j.x
	known(j, u.Order == "" || x.Orders.Find(u.Order) != nil, "Unplanned", i, "Order", u.Order)
	known(j, u.Item == "" || x.Items.Find(u.Item) != nil, "Unplanned", i, "Item", u.Item)
	known(j, u.Location == "" || x.Locations.Find(u.Location) != nil, "Unplanned", i, "Location", u.Location)
	j.causeReferences(routing, "Unplanned", i, u.Why)
}

// stepReference checks the reference to a step of an order and returns the
// step, or nil.
func (j *judge) stepReference(routing map[schedule.OrderID]schedule.RoutingID, list string, i int, order schedule.OrderID, step schedule.StepID) *schedule.Step {
	r, ok := routing[order]
	known(j, ok, list, i, "Order", order)
	if !ok || j.x.Routings.Find(r) == nil {
		return nil
	}
	s := j.x.Step(r, step)
	known(j, s != nil, list, i, "Step", step)
	return s
}

// causeReferences checks what causes are about.
func (j *judge) causeReferences(routing map[schedule.OrderID]schedule.RoutingID, list string, i int, why []schedule.Cause) {
	x := j.x
	for k := range why {
		c := &why[k]
		r, planned := routing[c.Order]
		if known(j, c.Order == "" || planned || x.Orders.Find(c.Order) != nil, list, i, "Why.Order", c.Order); planned && c.Step != "" {
			known(j, x.Step(r, c.Step) != nil, list, i, "Why.Step", c.Step)
		}
		known(j, c.Item == "" || x.Items.Find(c.Item) != nil, list, i, "Why.Item", c.Item)
		known(j, c.Location == "" || x.Locations.Find(c.Location) != nil, list, i, "Why.Location", c.Location)
		known(j, c.Resource == "" || x.Resources.Find(c.Resource) != nil, list, i, "Why.Resource", c.Resource)
		known(j, c.Partner == "" || x.Partners.Find(c.Partner) != nil, list, i, "Why.Partner", c.Partner)
		known(j, c.Provision == "" || x.Provisions.Find(c.Provision) != nil, list, i, "Why.Provision", c.Provision)
	}
}

// known reports a reference that is not known.
func known[ID ~string](j *judge, ok bool, list string, i int, field string, id ID) {
	if !ok {
		j.unknown = true
		j.report(Violation{Code: UnknownReference, Ref: fmt.Sprintf("%s[%d].%s %q", list, i, field, id)})
	}
}

// uses holds the IDs that a list of the plan uses.
type uses[ID ~string] struct {
	j    *judge
	list string
	seen map[ID]bool
}

func (u *uses[ID]) add(id ID) {
	if u.seen == nil {
		u.seen = map[ID]bool{}
	}
	if u.seen[id] {
		u.j.report(Violation{Code: Duplicate, Ref: fmt.Sprintf("%s %q", u.list, id)})
	}
	u.seen[id] = true
}
