package model

import (
	"reflect"
	"strings"
	"time"
)

func (s *schema) demandFields(r *reader) {
	s.demands.fields = fields[Demand]{
		"type": func(x *Demand, n *node) {
			x.Kind = strings.ToLower(n.text)
			if x.Kind != "demand_default" && x.Kind != "demand_group" {
				r.fail(n, "demand %q: the type %q is not known; forecasts are planned as demands of their own", x.Name, n.text)
			}
		},
		"item":             ref(s.items, func(x *Demand) **Item { return &x.Item }),
		"location":         ref(s.locations, func(x *Demand) **Location { return &x.Location }),
		"operation":        ref(s.operations, func(x *Demand) **Operation { return &x.Operation }),
		"customer":         ref(s.customers, func(x *Demand) **Customer { return &x.Customer }),
		"owner":            ref(s.demands, func(x *Demand) **Demand { return &x.Owner }),
		"members":          listed(s.demands, func(m, x *Demand) { m.Owner = x }),
		"quantity":         amountField(r, func(x *Demand) *Amount { return &x.Quantity }),
		"due":              dateField(r, func(x *Demand) *time.Time { return &x.Due }),
		"priority":         intField(r, func(x *Demand) *int { return &x.Priority }),
		"maxlateness":      durationField(r, func(x *Demand) *time.Duration { return &x.MaxLate }),
		"minshipment":      amountField(r, func(x *Demand) *Amount { return &x.MinShipment }),
		"status":           lowerField(func(x *Demand) *string { return &x.Status }),
		"policy":           lowerField(func(x *Demand) *string { return &x.Policy }),
		"batch":            textField(func(x *Demand) *string { return &x.Batch }),
		"operationplans":   func(_ *Demand, n *node) { s.eachPlan(n) },
		"planned_quantity": func(*Demand, *node) {}, "constraints": func(*Demand, *node) {}, "pegging": func(*Demand, *node) {},
		"plannedquantity": func(*Demand, *node) {}, "deliverydate": func(*Demand, *node) {}, "delay": func(*Demand, *node) {},
	}
}

func (s *schema) planFields(r *reader) {
	s.plans.fields = fields[OperationPlan]{
		"ordertype":          textField(func(x *OperationPlan) *string { return &x.Type }),
		"type":               textField(func(x *OperationPlan) *string { return &x.Type }),
		"operation":          ref(s.operations, func(x *OperationPlan) **Operation { return &x.Operation }),
		"item":               ref(s.items, func(x *OperationPlan) **Item { return &x.Item }),
		"location":           ref(s.locations, func(x *OperationPlan) **Location { return &x.Location }),
		"destination":        ref(s.locations, func(x *OperationPlan) **Location { return &x.Location }),
		"origin":             ref(s.locations, func(x *OperationPlan) **Location { return &x.Origin }),
		"supplier":           ref(s.suppliers, func(x *OperationPlan) **Supplier { return &x.Supplier }),
		"demand":             ref(s.demands, func(x *OperationPlan) **Demand { return &x.Demand }),
		"batch":              textField(func(x *OperationPlan) *string { return &x.Batch }),
		"start":              dateField(r, func(x *OperationPlan) *time.Time { return &x.Start }),
		"end":                dateField(r, func(x *OperationPlan) *time.Time { return &x.End }),
		"quantity":           amountField(r, func(x *OperationPlan) *Amount { return &x.Quantity }),
		"quantity_completed": amountField(r, func(x *OperationPlan) *Amount { return &x.Completed }),
		"status":             lowerField(func(x *OperationPlan) *string { return &x.Status }),
		"consume_material":   notField(r, func(x *OperationPlan) *bool { return &x.NoConsumption }),
		"produce_material":   notField(r, func(x *OperationPlan) *bool { return &x.NoProduction }),
		"consume_capacity":   notField(r, func(x *OperationPlan) *bool { return &x.NoCapacity }),
		"locked": func(x *OperationPlan, n *node) {
			if locked, err := parseBool(n.text); err == nil && locked {
				x.Status = "confirmed"
			}
		},
		"owner":          ref(s.plans, func(x *OperationPlan) **OperationPlan { return &x.Owner }),
		"operationplans": func(x *OperationPlan, n *node) { s.eachPlan(n, x) },
		"loadplans":      func(x *OperationPlan, n *node) { s.loadplans(r, x, n) },
		"flowplans":      func(x *OperationPlan, n *node) { s.flowplans(r, x, n) },
		"criticality":    func(*OperationPlan, *node) {}, "delay": func(*OperationPlan, *node) {},
		"feasible": func(*OperationPlan, *node) {}, "unavailable": func(*OperationPlan, *node) {},
		"setupend": func(*OperationPlan, *node) {}, "remark": func(*OperationPlan, *node) {},
	}
}

// eachPlan reads orders that are listed elsewhere; owner is that they are
// steps of.
func (s *schema) eachPlan(n *node, owner ...*OperationPlan) {
	for _, k := range n.kids {
		if p := s.plans.named(k); p != nil && len(owner) > 0 {
			p.Owner = owner[0]
		}
	}
}

func (s *schema) loadplans(r *reader, x *OperationPlan, n *node) {
	for _, k := range n.kids {
		if c := k.child("resource"); c != nil {
			if u := s.resources.named(c); u != nil {
				x.Resources = append(x.Resources, u)
			}
		} else {
			r.note(k, "order %q: a load without resource is left out", x.Name)
		}
	}
}

// flowplans reads the material that is booked on an order: what it says of the
// choice among alternates.
func (s *schema) flowplans(r *reader, x *OperationPlan, n *node) {
	for _, k := range n.kids {
		c, b := k.child("item"), k.child("buffer")
		switch {
		case c != nil:
			if i := s.items.named(c); i != nil {
				x.Items = append(x.Items, i)
			}
		case b != nil:
			if u := s.buffers.named(b); u != nil {
				x.Buffers = append(x.Buffers, u)
			}
		default:
			r.note(k, "order %q: a booking without item is left out", x.Name)
		}
	}
}

// collect fills a model with what was read and not removed. A relation without
// one of its ends is a mistake unless the end was removed.
func (r *reader) collect(m *Model) {
	m.Calendars, m.Locations, m.Customers = r.calendars.survivors(), r.locations.survivors(), r.customers.survivors()
	m.Suppliers, m.Items, m.Buffers = r.suppliers.survivors(), r.items.survivors(), r.buffers.survivors()
	m.Operations, m.Resources, m.Skills = r.operations.survivors(), r.resources.survivors(), r.skills.survivors()
	m.Matrices, m.Demands, m.Plans = r.matrices.survivors(), r.demands.survivors(), r.plans.survivors()
	m.Flows = tied(r.flows, func(x *Flow) []any { return []any{x.Operation, either(x.Buffer, x.Item)} })
	m.Loads = tied(r.loads, func(x *Load) []any { return []any{x.Operation, x.Resource} })
	m.Suboperations = tied(r.subs, func(x *Suboperation) []any { return []any{x.Owner, x.Operation} })
	m.Dependencies = tied(r.dependencies, func(x *Dependency) []any { return []any{x.Operation, x.BlockedBy} })
	m.Qualities = tied(r.qualities, func(x *ResourceSkill) []any { return []any{x.Resource, x.Skill} })
	m.Purchases = tied(r.purchases, func(x *ItemSupplier) []any { return []any{x.Item, x.Supplier} })
	m.Distributions = tied(r.distributions, func(x *ItemDistribution) []any { return []any{x.Item, x.Origin} })
}

func either(a *Buffer, b *Item) any {
	if a != nil {
		return a
	}
	return b
}

// tied returns the relations of which both ends are there.
func tied[T any](c *class[T], ends func(*T) []any) []*T {
	list := c.list[:0:0]
	for _, x := range c.survivors() {
		whole := true
		for _, end := range ends(x) {
			switch {
			case reflect.ValueOf(end).IsNil():
				c.r.note(&node{line: c.entity(x).Line}, "a %s lacks one of its ends; it is left out", c.kind)
				whole = false
			case c.r.removed[end]:
				whole = false
			}
		}
		if whole {
			list = append(list, x)
		}
	}
	return list
}

// address returns what a pointer or number is worth as a part of a key.
func address(p any) any {
	switch v := p.(type) {
	case int64, bool:
		return v
	default:
		return reflect.ValueOf(p).Pointer()
	}
}
