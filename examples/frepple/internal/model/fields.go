package model

import (
	"strings"
	"time"
)

func (s *schema) calendarFields(r *reader) {
	s.calendars.fields = fields[Calendar]{
		"default": amountField(r, func(x *Calendar) *Amount { return &x.Default }),
		"type":    func(*Calendar, *node) {},
		"buckets": func(x *Calendar, n *node) {
			for _, k := range n.kids {
				if b := s.buckets.relation(k, func(*Bucket) {}); b != nil {
					x.Buckets = append(x.Buckets, b)
				}
			}
		},
	}
	s.buckets.fields = fields[Bucket]{
		"start":     boundField(r, func(x *Bucket) *time.Time { return &x.From }),
		"end":       boundField(r, func(x *Bucket) *time.Time { return &x.To }),
		"value":     amountField(r, func(x *Bucket) *Amount { return &x.Value }),
		"priority":  intField(r, func(x *Bucket) *int { return &x.Priority }),
		"days":      intField(r, func(x *Bucket) *int { return &x.Days }),
		"starttime": durationField(r, func(x *Bucket) *time.Duration { return &x.Opens }),
		"endtime":   durationField(r, func(x *Bucket) *time.Duration { return &x.Closes }),
	}
}

func (s *schema) placeFields(r *reader) {
	s.locations.fields = fields[Location]{
		"available":         ref(s.calendars, func(x *Location) **Calendar { return &x.Available }),
		"owner":             ref(s.locations, func(x *Location) **Location { return &x.Owner }),
		"members":           listed(s.locations, func(m, x *Location) { m.Owner = x }),
		"itemdistributions": nested(s.distributions, func(d *ItemDistribution, x *Location) { d.Destination = x }),
	}
	s.customers.fields = fields[Customer]{
		"owner":   listedOwner(s.customers),
		"members": listed(s.customers, func(*Customer, *Customer) {}),
		"demands": listed(s.demands, func(d *Demand, x *Customer) { d.Customer = x }),
	}
	s.suppliers.fields = fields[Supplier]{
		"available":     ref(s.calendars, func(x *Supplier) **Calendar { return &x.Available }),
		"owner":         listedOwner(s.suppliers),
		"members":       listed(s.suppliers, func(*Supplier, *Supplier) {}),
		"itemsuppliers": nested(s.purchases, func(p *ItemSupplier, x *Supplier) { p.Supplier = x }),
	}
}

// listedOwner reads an owner that has no influence on plans, for what it
// defines on the way.
func listedOwner[T any](c *class[T]) func(*T, *node) { return func(_ *T, n *node) { c.named(n) } }

func (s *schema) itemFields(r *reader) {
	s.items.fields = fields[Item]{
		"cost":    amountField(r, func(x *Item) *Amount { return &x.Cost }),
		"price":   amountField(r, func(x *Item) *Amount { return &x.Cost }),
		"owner":   ref(s.items, func(x *Item) **Item { return &x.Owner }),
		"members": listed(s.items, func(m, x *Item) { m.Owner = x }),
		"type": func(x *Item, n *node) {
			kind := strings.TrimPrefix(strings.ToLower(n.text), "item_")
			if kind != "mts" && kind != "mto" && kind != "" {
				r.fail(n, "item %q: the type %q is not item_mts or item_mto", x.Name, n.text)
			}
			x.MakeToOrder = kind == "mto"
		},
		"operation":         ref(s.operations, func(x *Item) **Operation { return &x.Delivery }),
		"itemsuppliers":     nested(s.purchases, func(p *ItemSupplier, x *Item) { p.Item = x }),
		"itemdistributions": nested(s.distributions, func(d *ItemDistribution, x *Item) { d.Item = x }),
		"buffers":           listed(s.buffers, func(b *Buffer, x *Item) { b.Item = x }),
		"demands":           listed(s.demands, func(d *Demand, x *Item) { d.Item = x }),
		"operations":        listed(s.operations, func(o *Operation, x *Item) { o.Item = x }),
		"flows":             nested(s.flows, func(f *Flow, x *Item) { f.Item = x }),
		"shelflife":         left[Item](r, "shelf life"),
	}
	s.buffers.fields = fields[Buffer]{
		"item":             ref(s.items, func(x *Buffer) **Item { return &x.Item }),
		"location":         ref(s.locations, func(x *Buffer) **Location { return &x.Location }),
		"batch":            textField(func(x *Buffer) *string { return &x.Batch }),
		"type":             lowerField(func(x *Buffer) *string { return &x.Kind }),
		"onhand":           amountField(r, func(x *Buffer) *Amount { return &x.Onhand }),
		"minimum":          levelField(s, r, func(x *Buffer) (*Amount, **Calendar) { return &x.Minimum, &x.MinimumCalendar }),
		"minimum_calendar": ref(s.calendars, func(x *Buffer) **Calendar { return &x.MinimumCalendar }),
		"maximum":          levelField(s, r, func(x *Buffer) (*Amount, **Calendar) { return &x.Maximum, &x.MaximumCalendar }),
		"maximum_calendar": ref(s.calendars, func(x *Buffer) **Calendar { return &x.MaximumCalendar }),
		"producing":        ref(s.operations, func(x *Buffer) **Operation { return &x.Producing }),
		"consuming":        func(_ *Buffer, n *node) { s.operations.named(n) },
		"flows":            nested(s.flows, func(f *Flow, x *Buffer) { f.Buffer = x }),
		"leadtime":         durationField(r, func(x *Buffer) *time.Duration { return &x.Leadtime }),
		"fence":            durationField(r, func(x *Buffer) *time.Duration { return &x.Fence }),
		"mininventory":     amountField(r, func(x *Buffer) *Amount { return &x.Minimum }),
		"maxinventory":     amountField(r, func(x *Buffer) *Amount { return &x.Maximum }),
		"size_minimum":     amountField(r, func(x *Buffer) *Amount { return &x.Sizes.Minimum }),
		"size_multiple":    amountField(r, func(x *Buffer) *Amount { return &x.Sizes.Multiple }),
		"size_maximum":     amountField(r, func(x *Buffer) *Amount { return &x.Sizes.Maximum }),
		"mininterval":      left[Buffer](r, "the minimum interval between purchases"),
		"maxinterval":      left[Buffer](r, "the maximum interval between purchases"),
		"owner":            listedOwner(s.buffers),
		"members":          listed(s.buffers, func(*Buffer, *Buffer) {}),
		"carrying_cost":    func(*Buffer, *node) {},
		"maximumearly":     func(*Buffer, *node) {},
		"flowplans":        func(*Buffer, *node) {},
		"tool":             left[Buffer](r, "the flag of a tool"),
	}
}

// left makes a field that is left out, with a note.
func left[T any](r *reader, what string) func(*T, *node) {
	return func(_ *T, n *node) { r.note(n, "%s (<%s>) is left out", what, n.name) }
}

// levelField reads a number, or the calendar that older models write there.
func levelField[T any](s *schema, r *reader, at func(*T) (*Amount, **Calendar)) func(*T, *node) {
	return func(x *T, n *node) {
		number, calendar := at(x)
		if len(n.kids) > 0 {
			*calendar = s.calendars.named(n)
			return
		}
		parseField(r, n, number, ParseAmount)
	}
}

func (s *schema) operationFields(r *reader) {
	s.operations.fields = fields[Operation]{
		"type":                  s.operationKind(r),
		"location":              ref(s.locations, func(x *Operation) **Location { return &x.Location }),
		"item":                  ref(s.items, func(x *Operation) **Item { return &x.Item }),
		"owner":                 ref(s.operations, func(x *Operation) **Operation { return &x.Owner }),
		"priority":              intField(r, func(x *Operation) *int { return &x.Priority }),
		"effective_start":       boundField(r, func(x *Operation) *time.Time { return &x.Effective.From }),
		"effective_end":         boundField(r, func(x *Operation) *time.Time { return &x.Effective.To }),
		"fence":                 durationField(r, func(x *Operation) *time.Duration { return &x.Fence }),
		"posttime":              durationField(r, func(x *Operation) *time.Duration { return &x.PostTime }),
		"hard_posttime":         boolField(r, func(x *Operation) *bool { return &x.HardPost }),
		"pretime":               left[Operation](r, "the pre-operation time"),
		"cost":                  amountField(r, func(x *Operation) *Amount { return &x.Cost }),
		"available":             ref(s.calendars, func(x *Operation) **Calendar { return &x.Available }),
		"duration":              durationField(r, func(x *Operation) *time.Duration { return &x.Duration }),
		"duration_per":          durationField(r, func(x *Operation) *time.Duration { return &x.PerUnit }),
		"search":                textField(func(x *Operation) *string { return &x.Search }),
		"size_minimum":          amountField(r, func(x *Operation) *Amount { return &x.Sizes.Minimum }),
		"size_minimum_calendar": ref(s.calendars, func(x *Operation) **Calendar { return &x.Sizes.MinimumCalendar }),
		"size_multiple":         amountField(r, func(x *Operation) *Amount { return &x.Sizes.Multiple }),
		"size_maximum":          amountField(r, func(x *Operation) *Amount { return &x.Sizes.Maximum }),
		"batchwindow":           durationField(r, func(x *Operation) *time.Duration { return &x.Sizes.BatchWindow }),
		"flows":                 nested(s.flows, func(f *Flow, x *Operation) { f.Operation = x }),
		"loads":                 nested(s.loads, func(l *Load, x *Operation) { l.Operation = x }),
		"suboperations":         nested(s.subs, func(u *Suboperation, x *Operation) { u.Owner = x }),
		"alternates":            nested(s.subs, func(u *Suboperation, x *Operation) { u.Owner = x }),
		"steps":                 listed(s.operations, func(o, x *Operation) { o.Owner = x }),
		"dependencies":          nested(s.dependencies, func(d *Dependency, x *Operation) { d.Operation = x }),
		"nolocationcalendar":    left[Operation](r, "the switch to ignore the location's calendar"),
		"operationplans":        func(_ *Operation, n *node) { s.eachPlan(n) },
	}
	s.subs.fields = fields[Suboperation]{
		"owner":           ref(s.operations, func(x *Suboperation) **Operation { return &x.Owner }),
		"operation":       ref(s.operations, func(x *Suboperation) **Operation { return &x.Operation }),
		"priority":        intField(r, func(x *Suboperation) *int { return &x.Priority }),
		"effective_start": boundField(r, func(x *Suboperation) *time.Time { return &x.Effective.From }),
		"effective_end":   boundField(r, func(x *Suboperation) *time.Time { return &x.Effective.To }),
	}
	s.dependencies.fields = fields[Dependency]{
		"operation":            ref(s.operations, func(x *Dependency) **Operation { return &x.Operation }),
		"blockedby":            ref(s.operations, func(x *Dependency) **Operation { return &x.BlockedBy }),
		"quantity":             amountField(r, func(x *Dependency) *Amount { return &x.Quantity }),
		"safety_leadtime":      durationField(r, func(x *Dependency) *time.Duration { return &x.Soft }),
		"hard_safety_leadtime": durationField(r, func(x *Dependency) *time.Duration { return &x.Hard }),
	}
}

func (s *schema) operationKind(r *reader) func(*Operation, *node) {
	return func(x *Operation, n *node) {
		x.Kind = strings.ToLower(n.text)
		switch x.Kind {
		case "operation_fixed_time", "operation_time_per", "operation_routing", "operation_alternate", "operation_split":
		default:
			r.fail(n, "operation %q: the type %q is not known", x.Name, n.text)
		}
	}
}

func (s *schema) flowFields(r *reader) {
	s.flows.fields = fields[Flow]{
		"type": func(x *Flow, n *node) {
			x.Kind = strings.ToLower(n.text)
			switch x.Kind {
			case "flow_start", "flow_end", "flow_transfer_batch", "flow_fixed_start", "flow_fixed_end", "flow":
			default:
				r.fail(n, "the flow type %q is not known", n.text)
				x.Kind = "flow_start"
			}
			if x.Kind == "flow" {
				x.Kind = "flow_start"
			}
		},
		"operation":       ref(s.operations, func(x *Flow) **Operation { return &x.Operation }),
		"buffer":          ref(s.buffers, func(x *Flow) **Buffer { return &x.Buffer }),
		"item":            ref(s.items, func(x *Flow) **Item { return &x.Item }),
		"location":        ref(s.locations, func(x *Flow) **Location { return &x.Location }),
		"quantity":        amountField(r, func(x *Flow) *Amount { return &x.Quantity }),
		"quantity_fixed":  amountField(r, func(x *Flow) *Amount { return &x.Fixed }),
		"offset":          durationField(r, func(x *Flow) *time.Duration { return &x.Offset }),
		"transferbatch":   amountField(r, func(x *Flow) *Amount { return &x.Transfer }),
		"name":            textField(func(x *Flow) *string { return &x.Name }),
		"alternate":       textField(func(x *Flow) *string { return &x.Name }),
		"priority":        intField(r, func(x *Flow) *int { return &x.Priority }),
		"search":          func(*Flow, *node) {},
		"effective_start": boundField(r, func(x *Flow) *time.Time { return &x.Effective.From }),
		"effective_end":   boundField(r, func(x *Flow) *time.Time { return &x.Effective.To }),
	}
	s.loads.fields = fields[Load]{
		"type":            lowerField(func(x *Load) *string { return &x.Kind }),
		"operation":       ref(s.operations, func(x *Load) **Operation { return &x.Operation }),
		"resource":        ref(s.resources, func(x *Load) **Resource { return &x.Resource }),
		"quantity":        amountField(r, func(x *Load) *Amount { return &x.Quantity }),
		"usage":           amountField(r, func(x *Load) *Amount { return &x.Quantity }),
		"quantity_fixed":  amountField(r, func(x *Load) *Amount { return &x.Fixed }),
		"skill":           ref(s.skills, func(x *Load) **Skill { return &x.Skill }),
		"setup":           textField(func(x *Load) *string { return &x.Setup }),
		"name":            textField(func(x *Load) *string { return &x.Name }),
		"alternate":       textField(func(x *Load) *string { return &x.Name }),
		"priority":        intField(r, func(x *Load) *int { return &x.Priority }),
		"search":          textField(func(x *Load) *string { return &x.Search }),
		"offset":          textField(func(x *Load) *string { return &x.Offset }),
		"effective_start": boundField(r, func(x *Load) *time.Time { return &x.Effective.From }),
		"effective_end":   boundField(r, func(x *Load) *time.Time { return &x.Effective.To }),
	}
}

func (s *schema) resourceFields(r *reader) {
	s.resources.fields = fields[Resource]{
		"type":                lowerField(func(x *Resource) *string { return &x.Kind }),
		"maximum":             levelField(s, r, func(x *Resource) (*Amount, **Calendar) { return &x.Maximum, &x.MaximumCalendar }),
		"maximum_calendar":    ref(s.calendars, func(x *Resource) **Calendar { return &x.MaximumCalendar }),
		"available":           ref(s.calendars, func(x *Resource) **Calendar { return &x.Available }),
		"location":            ref(s.locations, func(x *Resource) **Location { return &x.Location }),
		"efficiency":          levelField(s, r, func(x *Resource) (*Amount, **Calendar) { return &x.Efficiency, &x.EfficiencyCalendar }),
		"efficiency_calendar": ref(s.calendars, func(x *Resource) **Calendar { return &x.EfficiencyCalendar }),
		"cost":                amountField(r, func(x *Resource) *Amount { return &x.Cost }),
		"maxearly":            durationField(r, func(x *Resource) *time.Duration { return &x.MaxEarly }),
		"constrained":         notField(r, func(x *Resource) *bool { return &x.Unconstrained }),
		"setup":               textField(func(x *Resource) *string { return &x.Setup }),
		"setupmatrix":         ref(s.matrices, func(x *Resource) **SetupMatrix { return &x.Matrix }),
		"owner":               ref(s.resources, func(x *Resource) **Resource { return &x.Owner }),
		"members":             listed(s.resources, func(m, x *Resource) { m.Owner = x }),
		"tool":                boolField(r, func(x *Resource) *bool { return &x.Tool }),
		"toolperpiece":        boolField(r, func(x *Resource) *bool { return &x.ToolPerPiece }),
		"loads":               nested(s.loads, func(l *Load, x *Resource) { l.Resource = x }),
		"loadplans":           func(*Resource, *node) {},
		"resourceskills":      nested(s.qualities, func(q *ResourceSkill, x *Resource) { q.Resource = x }),
	}
	s.skills.fields = fields[Skill]{
		"resourceskills": nested(s.qualities, func(q *ResourceSkill, x *Skill) { q.Skill = x }),
	}
	s.qualities.fields = fields[ResourceSkill]{
		"resource":        ref(s.resources, func(x *ResourceSkill) **Resource { return &x.Resource }),
		"skill":           ref(s.skills, func(x *ResourceSkill) **Skill { return &x.Skill }),
		"priority":        intField(r, func(x *ResourceSkill) *int { return &x.Priority }),
		"effective_start": boundField(r, func(x *ResourceSkill) *time.Time { return &x.Effective.From }),
		"effective_end":   boundField(r, func(x *ResourceSkill) *time.Time { return &x.Effective.To }),
	}
	s.matrices.fields = fields[SetupMatrix]{
		"rules": func(x *SetupMatrix, n *node) {
			for _, k := range n.kids {
				if u := s.rules.relation(k, func(*SetupRule) {}); u != nil {
					x.Rules = append(x.Rules, u)
				}
			}
		},
	}
	s.rules.fields = fields[SetupRule]{
		"priority":  intField(r, func(x *SetupRule) *int { return &x.Priority }),
		"fromsetup": textField(func(x *SetupRule) *string { return &x.From }),
		"tosetup":   textField(func(x *SetupRule) *string { return &x.To }),
		"duration":  durationField(r, func(x *SetupRule) *time.Duration { return &x.Duration }),
		"cost":      amountField(r, func(x *SetupRule) *Amount { return &x.Cost }),
		"resource":  ref(s.resources, func(x *SetupRule) **Resource { return &x.Resource }),
	}
}

func (s *schema) sourceFields(r *reader) {
	s.purchases.fields = fields[ItemSupplier]{
		"item":                  ref(s.items, func(x *ItemSupplier) **Item { return &x.Item }),
		"supplier":              ref(s.suppliers, func(x *ItemSupplier) **Supplier { return &x.Supplier }),
		"location":              ref(s.locations, func(x *ItemSupplier) **Location { return &x.Location }),
		"extra_safety_leadtime": durationField(r, func(x *ItemSupplier) *time.Duration { return &x.Soft }),
		"hard_safety_leadtime":  durationField(r, func(x *ItemSupplier) *time.Duration { return &x.Hard }),
	}
	wayFields(s, r, s.purchases.fields, func(x *ItemSupplier) *Way { return &x.Way })
	s.distributions.fields = fields[ItemDistribution]{
		"item":        ref(s.items, func(x *ItemDistribution) **Item { return &x.Item }),
		"origin":      ref(s.locations, func(x *ItemDistribution) **Location { return &x.Origin }),
		"destination": ref(s.locations, func(x *ItemDistribution) **Location { return &x.Destination }),
		"location":    ref(s.locations, func(x *ItemDistribution) **Location { return &x.Destination }),
	}
	wayFields(s, r, s.distributions.fields, func(x *ItemDistribution) *Way { return &x.Way })
}

// wayFields adds the fields that purchases and transfers have in common.
func wayFields[T any](s *schema, r *reader, f fields[T], at func(*T) *Way) {
	f["leadtime"] = durationField(r, func(x *T) *time.Duration { return &at(x).Leadtime })
	f["size_minimum"] = amountField(r, func(x *T) *Amount { return &at(x).Sizes.Minimum })
	f["size_multiple"] = amountField(r, func(x *T) *Amount { return &at(x).Sizes.Multiple })
	f["size_maximum"] = amountField(r, func(x *T) *Amount { return &at(x).Sizes.Maximum })
	f["batchwindow"] = durationField(r, func(x *T) *time.Duration { return &at(x).Sizes.BatchWindow })
	f["cost"] = amountField(r, func(x *T) *Amount { return &at(x).Cost })
	f["priority"] = intField(r, func(x *T) *int { return &at(x).Priority })
	f["effective_start"] = boundField(r, func(x *T) *time.Time { return &at(x).Effective.From })
	f["effective_end"] = boundField(r, func(x *T) *time.Time { return &at(x).Effective.To })
	f["fence"] = durationField(r, func(x *T) *time.Duration { return &at(x).Fence })
	f["resource"] = ref(s.resources, func(x *T) **Resource { return &at(x).Resource })
	f["resource_qty"] = amountField(r, func(x *T) *Amount { return &at(x).ResourceAmount })
}
