package schedule

import (
	"fmt"
	"strconv"
)

// A ReferenceError lists everything that a plan refers to and its problem does
// not have.
type ReferenceError struct {
	// Paths are not empty. Each leads to a reference and names what it refers
	// to, as in Operations[3].Step "drill".
	Paths []string
}

func (e *ReferenceError) Error() string {
	if n := len(e.Paths); n > 1 {
		return fmt.Sprintf("schedule: unknown reference: %s (and %d more)", e.Paths[0], n-1)
	}
	return fmt.Sprintf("schedule: unknown reference: %s", e.Paths[0])
}

// references returns a ReferenceError, or nil if there is nothing to report.
// Only what moves, costs or occupies something is looked at.
func references(x *Index, plan *Plan) error {
	var c referenceChecker
	routing := routingOf(plan)
	for i := range plan.Orders {
		o := &plan.Orders[i]
		need(&c, x.Items.Find(o.Item) != nil, "Orders", i, "Item", o.Item)
		need(&c, x.Routings.Find(o.Routing) != nil, "Orders", i, "Routing", o.Routing)
	}
	for i := range plan.Operations {
		c.operation(x, routing, i, &plan.Operations[i])
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		c.step(x, routing, "Subcontracts", i, o.Order, o.Step)
	}
	for i := range plan.Purchases {
		need(&c, x.Supplies.Find(plan.Purchases[i].Supply) != nil, "Purchases", i, "Supply", plan.Purchases[i].Supply)
	}
	for i := range plan.Transfers {
		t := &plan.Transfers[i]
		need(&c, x.Lanes.Find(t.Lane) != nil, "Transfers", i, "Lane", t.Lane)
		need(&c, x.Items.Find(t.Item) != nil, "Transfers", i, "Item", t.Item)
	}
	for i := range plan.Deliveries {
		need(&c, x.Lines.Find(plan.Deliveries[i].Line) != nil, "Deliveries", i, "Line", plan.Deliveries[i].Line)
	}
	if len(c.paths) > 0 {
		return &ReferenceError{c.paths}
	}
	return nil
}

type referenceChecker struct{ paths []string }

func need[ID ~string](c *referenceChecker, known bool, list string, i int, field string, id ID) {
	if !known {
		c.paths = append(c.paths, fmt.Sprintf("%s[%d].%s %q", list, i, field, id))
	}
}

// step checks the reference to a step of an order and returns the step, or nil.
func (c *referenceChecker) step(x *Index, routing map[OrderID]RoutingID, list string, i int, order OrderID, step StepID) *Step {
	r, ok := routing[order]
	need(c, ok, list, i, "Order", order)
	s := x.Step(r, step)
	need(c, s != nil || !ok, list, i, "Step", step)
	return s
}

func (c *referenceChecker) operation(x *Index, routing map[OrderID]RoutingID, i int, o *Operation) {
	s := c.step(x, routing, "Operations", i, o.Order, o.Step)
	if s != nil && s.mode(o.Mode) == nil && (len(s.Modes) > 0 || o.Mode != 0) {
		need(c, false, "Operations", i, "Mode", strconv.Itoa(o.Mode))
	}
	for _, id := range o.Resources {
		need(c, x.Resources.Find(id) != nil, "Operations", i, "Resources", id)
	}
}
