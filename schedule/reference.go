package schedule

import "fmt"

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
	var paths []string
	need := func(known bool, format string, args ...any) {
		if !known {
			paths = append(paths, fmt.Sprintf(format, args...))
		}
	}
	routing := make(map[OrderID]RoutingID, len(plan.Orders))
	for i := range plan.Orders {
		o := &plan.Orders[i]
		routing[o.ID] = o.Routing
		need(x.Items.Find(o.Item) != nil, "Orders[%d].Item %q", i, o.Item)
		need(x.Routings.Find(o.Routing) != nil, "Orders[%d].Routing %q", i, o.Routing)
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		r, ok := routing[o.Order]
		need(ok, "Operations[%d].Order %q", i, o.Order)
		s := x.Step(r, o.Step)
		need(s != nil || !ok, "Operations[%d].Step %q", i, o.Step)
		need(s == nil || s.mode(o.Mode) != nil || len(s.Modes) == 0 && o.Mode == 0, "Operations[%d].Mode %d", i, o.Mode)
		for j, id := range o.Resources {
			need(x.Resources.Find(id) != nil, "Operations[%d].Resources[%d] %q", i, j, id)
		}
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		r, ok := routing[o.Order]
		need(ok, "Subcontracts[%d].Order %q", i, o.Order)
		need(x.Step(r, o.Step) != nil || !ok, "Subcontracts[%d].Step %q", i, o.Step)
	}
	for i := range plan.Purchases {
		need(x.Supplies.Find(plan.Purchases[i].Supply) != nil, "Purchases[%d].Supply %q", i, plan.Purchases[i].Supply)
	}
	for i := range plan.Transfers {
		t := &plan.Transfers[i]
		need(x.Lanes.Find(t.Lane) != nil, "Transfers[%d].Lane %q", i, t.Lane)
		need(x.Items.Find(t.Item) != nil, "Transfers[%d].Item %q", i, t.Item)
	}
	for i := range plan.Deliveries {
		need(x.Lines.Find(plan.Deliveries[i].Line) != nil, "Deliveries[%d].Line %q", i, plan.Deliveries[i].Line)
	}
	if len(paths) > 0 {
		return &ReferenceError{paths}
	}
	return nil
}
