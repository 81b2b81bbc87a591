package model

import (
	"cmp"
	"fmt"
	"time"
)

// A schema is what the format consists of: classes of entities and relations,
// and the sections that list them.
type schema struct {
	calendars     *class[Calendar]
	buckets       *class[Bucket]
	locations     *class[Location]
	customers     *class[Customer]
	suppliers     *class[Supplier]
	items         *class[Item]
	buffers       *class[Buffer]
	operations    *class[Operation]
	resources     *class[Resource]
	skills        *class[Skill]
	matrices      *class[SetupMatrix]
	rules         *class[SetupRule]
	demands       *class[Demand]
	plans         *class[OperationPlan]
	flows         *class[Flow]
	loads         *class[Load]
	subs          *class[Suboperation]
	dependencies  *class[Dependency]
	qualities     *class[ResourceSkill]
	purchases     *class[ItemSupplier]
	distributions *class[ItemDistribution]

	sections map[string]func(*node)
	unnamed  int
}

// alwaysLate is the maximum lateness of a demand that sets none.
const alwaysLate = -1

func newSchema(r *reader) *schema {
	s := &schema{}
	s.makeClasses(r)
	s.makeRelations(r)
	s.calendarFields(r)
	s.placeFields(r)
	s.itemFields(r)
	s.operationFields(r)
	s.flowFields(r)
	s.resourceFields(r)
	s.sourceFields(r)
	s.demandFields(r)
	s.planFields(r)
	s.makeSections()
	return s
}

func (s *schema) makeClasses(r *reader) {
	s.calendars = newClass(r, "calendar", func(x *Calendar) *Entity { return &x.Entity }, func() *Calendar { return &Calendar{} })
	s.locations = newClass(r, "location", func(x *Location) *Entity { return &x.Entity }, func() *Location { return &Location{} })
	s.customers = newClass(r, "customer", func(x *Customer) *Entity { return &x.Entity }, func() *Customer { return &Customer{} })
	s.suppliers = newClass(r, "supplier", func(x *Supplier) *Entity { return &x.Entity }, func() *Supplier { return &Supplier{} })
	s.items = newClass(r, "item", func(x *Item) *Entity { return &x.Entity }, func() *Item { return &Item{} })
	s.buffers = newClass(r, "buffer", func(x *Buffer) *Entity { return &x.Entity }, func() *Buffer { return &Buffer{} })
	s.operations = newClass(r, "operation", func(x *Operation) *Entity { return &x.Entity },
		func() *Operation {
			return &Operation{Kind: "operation_fixed_time", Priority: 1, Sizes: Sizes{Minimum: One}}
		})
	s.resources = newClass(r, "resource", func(x *Resource) *Entity { return &x.Entity },
		func() *Resource { return &Resource{Maximum: One, Efficiency: 100 * One} })
	s.skills = newClass(r, "skill", func(x *Skill) *Entity { return &x.Entity }, func() *Skill { return &Skill{} })
	s.matrices = newClass(r, "setupmatrix", func(x *SetupMatrix) *Entity { return &x.Entity }, func() *SetupMatrix { return &SetupMatrix{} })
	s.demands = newClass(r, "demand", func(x *Demand) *Entity { return &x.Entity },
		func() *Demand {
			return &Demand{MaxLate: alwaysLate, MinShipment: -1, Status: "open", Policy: "independent"}
		})
	s.plans = newClass(r, "operationplan", func(x *OperationPlan) *Entity { return &x.Entity },
		func() *OperationPlan { return &OperationPlan{Status: "proposed"} })
	s.plans.called = func(n *node) string {
		if id := cmp.Or(n.value("reference"), n.value("id"), n.value("name")); id != "" {
			return id
		}
		return fmt.Sprintf("order %s in line %d", s.unique(), n.line)
	}
}

// makeRelations makes the classes of what has no name. Each relation is known
// by what it ties together.
func (s *schema) makeRelations(r *reader) {
	s.buckets = newClass(r, "bucket", func(x *Bucket) *Entity { return &x.Entity },
		func() *Bucket { return &Bucket{Days: 127, Closes: 24 * time.Hour} })
	s.rules = newClass(r, "rule", func(x *SetupRule) *Entity { return &x.Entity }, func() *SetupRule { return &SetupRule{} })
	s.flows = newClass(r, "flow", func(x *Flow) *Entity { return &x.Entity },
		func() *Flow { return &Flow{Kind: "flow_start", Priority: 1} })
	s.loads = newClass(r, "load", func(x *Load) *Entity { return &x.Entity },
		func() *Load { return &Load{Quantity: One, Priority: 1} })
	s.subs = newClass(r, "suboperation", func(x *Suboperation) *Entity { return &x.Entity },
		func() *Suboperation { return &Suboperation{Priority: 1} })
	s.dependencies = newClass(r, "dependency", func(x *Dependency) *Entity { return &x.Entity },
		func() *Dependency { return &Dependency{Quantity: One} })
	s.qualities = newClass(r, "resourceskill", func(x *ResourceSkill) *Entity { return &x.Entity },
		func() *ResourceSkill { return &ResourceSkill{Priority: 1} })
	s.purchases = newClass(r, "itemsupplier", func(x *ItemSupplier) *Entity { return &x.Entity },
		func() *ItemSupplier {
			return &ItemSupplier{Way: newWay()}
		})
	s.distributions = newClass(r, "itemdistribution", func(x *ItemDistribution) *Entity { return &x.Entity },
		func() *ItemDistribution { return &ItemDistribution{Way: newWay()} })
	// Buckets, rules and steps are not merged: two that are alike are two.
	s.buckets.key = func(*Bucket) string { return s.unique() }
	s.rules.key = func(*SetupRule) string { return s.unique() }
	s.flows.key = func(x *Flow) string {
		return id(x.Operation, x.Buffer, x.Item, x.Location, x.Name, x.Effective.From.Unix(), x.Effective.To.Unix(), x.Kind[:8], x.Quantity < 0)
	}
	s.loads.key = func(x *Load) string {
		return id(x.Operation, x.Resource, x.Skill, x.Name, x.Effective.From.Unix(), x.Effective.To.Unix())
	}
	s.subs.key = func(x *Suboperation) string {
		return id(x.Owner, x.Operation, x.Effective.From.Unix(), x.Effective.To.Unix())
	}
	s.dependencies.key = func(x *Dependency) string { return id(x.Operation, x.BlockedBy) }
	s.qualities.key = func(x *ResourceSkill) string {
		return id(x.Resource, x.Skill, x.Effective.From.Unix(), x.Effective.To.Unix())
	}
	s.purchases.key = func(x *ItemSupplier) string {
		return id(x.Item, x.Supplier, x.Location, x.Effective.From.Unix(), x.Effective.To.Unix())
	}
	s.distributions.key = func(x *ItemDistribution) string {
		return id(x.Item, x.Origin, x.Destination, x.Effective.From.Unix(), x.Effective.To.Unix())
	}
}

func newWay() Way { return Way{Priority: 1, ResourceAmount: One, Sizes: Sizes{Minimum: One}} }

// id joins what identifies a relation; entities count by their address.
func id(parts ...any) string {
	b := make([]byte, 0, 64)
	for _, p := range parts {
		if s, ok := p.(string); ok {
			b = fmt.Appendf(b, "%q ", s)
		} else {
			b = fmt.Appendf(b, "%v ", address(p))
		}
	}
	return string(b)
}

func (s *schema) unique() string {
	s.unnamed++
	return fmt.Sprint(s.unnamed)
}

func (s *schema) makeSections() {
	s.sections = map[string]func(*node){
		"calendars": top(s.calendars), "locations": top(s.locations), "customers": top(s.customers),
		"suppliers": top(s.suppliers), "items": top(s.items), "buffers": top(s.buffers),
		"operations": top(s.operations), "resources": top(s.resources), "skills": top(s.skills),
		"setupmatrices": top(s.matrices), "demands": top(s.demands), "operationplans": top(s.plans),
		"flows": loose(s.flows), "loads": loose(s.loads), "suboperations": loose(s.subs),
		"dependencies": loose(s.dependencies), "resourceskills": loose(s.qualities),
		"itemsuppliers": loose(s.purchases), "itemdistributions": loose(s.distributions),
	}
}

func top[T any](c *class[T]) func(*node) { return func(n *node) { c.named(n) } }

func loose[T any](c *class[T]) func(*node) { return func(n *node) { c.relation(n, func(*T) {}) } }
