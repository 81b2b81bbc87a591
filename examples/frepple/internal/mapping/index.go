package mapping

import (
	"cmp"
	"slices"
	"strings"

	"github.com/taktplan/takt/examples/frepple/internal/model"
)

// An index finds the relations of an entity.
type index struct {
	flows     map[*model.Operation][]*model.Flow
	loads     map[*model.Operation][]*model.Load
	subs      map[*model.Operation][]*model.Suboperation
	blockers  map[*model.Operation][]*model.Dependency
	isSub     map[*model.Operation]bool
	members   map[*model.Resource][]*model.Resource
	skills    map[*model.Resource][]*model.ResourceSkill
	purchases map[*model.Item][]*model.ItemSupplier
	transfers map[*model.Item][]*model.ItemDistribution
	// makers are the operations that make an item, or fill a buffer, and are
	// not part of another one.
	makers  map[any][]*model.Operation
	items   map[string]*model.Item
	places  map[string]*model.Location
	steps   map[*model.OperationPlan][]*model.OperationPlan
	buffers map[*model.Item][]*model.Buffer
	// delivering are the orders that deliver for a demand and stay.
	delivering map[*model.Demand][]*model.OperationPlan
}

func (mp *mapper) newIndex() *index {
	m := mp.m
	x := &index{
		flows:     group(m.Flows, func(f *model.Flow) *model.Operation { return f.Operation }),
		loads:     group(m.Loads, func(l *model.Load) *model.Operation { return l.Operation }),
		subs:      group(m.Suboperations, func(s *model.Suboperation) *model.Operation { return s.Owner }),
		blockers:  group(m.Dependencies, func(d *model.Dependency) *model.Operation { return d.Operation }),
		isSub:     map[*model.Operation]bool{},
		members:   group(m.Resources, func(r *model.Resource) *model.Resource { return r.Owner }),
		skills:    group(m.Qualities, func(q *model.ResourceSkill) *model.Resource { return q.Resource }),
		purchases: group(m.Purchases, func(s *model.ItemSupplier) *model.Item { return s.Item }),
		transfers: group(m.Distributions, func(d *model.ItemDistribution) *model.Item { return d.Item }),
		makers:    map[any][]*model.Operation{}, items: map[string]*model.Item{}, places: map[string]*model.Location{},
		steps: group(m.Plans, func(p *model.OperationPlan) *model.OperationPlan { return p.Owner }),
	}
	for _, i := range m.Items {
		x.items[i.Name] = i
	}
	for _, l := range m.Locations {
		x.places[l.Name] = l
	}
	x.delivering = group(slices.DeleteFunc(slices.Clone(m.Plans), func(p *model.OperationPlan) bool { return !delivers(p) || !stays(p) }),
		func(p *model.OperationPlan) *model.Demand { return p.Demand })
	x.nameBuffers(m)
	x.buffers = group(m.Buffers, func(b *model.Buffer) *model.Item { return b.Item })
	x.joinOwners(m)
	x.completeFlows(m)
	x.findMakers(m)
	return x
}

func group[K comparable, T any](list []T, key func(T) K) map[K][]T {
	g := map[K][]T{}
	for _, x := range list {
		g[key(x)] = append(g[key(x)], x)
	}
	return g
}

// nameBuffers finds the item and location of buffers that say so by their name
// alone: "item @ location". A buffer without item has one of its own.
func (x *index) nameBuffers(m *model.Model) {
	for _, b := range m.Buffers {
		item, place, ok := strings.Cut(b.Name, " @ ")
		if b.Item == nil {
			b.Item = x.item(item)
		}
		if b.Location == nil && ok {
			b.Location = x.place(place)
		}
	}
}

func (x *index) item(name string) *model.Item {
	if x.items[name] == nil {
		x.items[name] = &model.Item{Entity: model.Entity{Name: name}}
	}
	return x.items[name]
}

func (x *index) place(name string) *model.Location {
	if x.places[name] == nil {
		x.places[name] = &model.Location{Entity: model.Entity{Name: name}}
	}
	return x.places[name]
}

// joinOwners makes a part of every operation that names an owner, and sorts
// the parts by their number.
func (x *index) joinOwners(m *model.Model) {
	for _, s := range m.Suboperations {
		x.isSub[s.Operation] = true
	}
	for _, o := range m.Operations {
		if o.Owner != nil && !slices.ContainsFunc(x.subs[o.Owner], func(s *model.Suboperation) bool { return s.Operation == o }) {
			x.isSub[o] = true
			x.subs[o.Owner] = append(x.subs[o.Owner], &model.Suboperation{Owner: o.Owner, Operation: o, Priority: o.Priority})
		}
	}
	for _, list := range x.subs {
		slices.SortStableFunc(list, func(a, b *model.Suboperation) int { return cmp.Compare(a.Priority, b.Priority) })
	}
}

// whole calls f for an operation and all its parts.
func (x *index) whole(o *model.Operation, f func(*model.Operation)) {
	seen := map[*model.Operation]bool{}
	var visit func(*model.Operation)
	visit = func(o *model.Operation) {
		if o == nil || seen[o] {
			return
		}
		seen[o] = true
		f(o)
		for _, s := range x.subs[o] {
			visit(s.Operation)
		}
	}
	visit(o)
}

// completeFlows gives older flows of a fixed amount their present form, parts
// the location of the whole, and operations that name an item but make nothing
// a flow of one.
func (x *index) completeFlows(m *model.Model) {
	for _, f := range m.Flows {
		if kind, fixed := strings.CutPrefix(f.Kind, "flow_fixed_"); fixed {
			f.Kind, f.Fixed, f.Quantity = "flow_"+kind, f.Quantity+f.Fixed, 0
		}
	}
	for _, o := range m.Operations {
		if x.isSub[o] {
			continue
		}
		made := false
		x.whole(o, func(part *model.Operation) {
			if part.Location == nil {
				part.Location = o.Location
			} else if o.Location == nil {
				o.Location = part.Location
			}
			made = made || slices.ContainsFunc(x.flows[part], produces)
		})
		if made {
			continue
		}
		x.whole(o, func(part *model.Operation) {
			if part.Item != nil && (part == o || o.Item == nil && o.Kind != "operation_routing") {
				x.flows[part] = append(x.flows[part], &model.Flow{Entity: model.Entity{Line: part.Line}, Operation: part, Item: part.Item,
					Location: part.Location, Kind: "flow_end", Quantity: model.One, Priority: 1})
			}
		})
	}
}

func produces(f *model.Flow) bool { return f.Quantity > 0 || f.Quantity == 0 && f.Fixed > 0 }

// findMakers lists what may be chosen by itself to make something.
func (x *index) findMakers(m *model.Model) {
	for _, o := range m.Operations {
		if x.isSub[o] || o.Priority == 0 {
			continue
		}
		seen := map[any]bool{}
		x.whole(o, func(part *model.Operation) {
			for _, f := range x.flows[part] {
				key := any(f.Item)
				if f.Buffer != nil {
					key = f.Buffer.Item
				}
				if produces(f) && !seen[key] {
					seen[key] = true
					x.makers[key] = append(x.makers[key], o)
				}
			}
		})
	}
}

// lineage yields an item and its owners.
func lineage(i *model.Item) []*model.Item {
	var list []*model.Item
	for ; i != nil && !slices.Contains(list, i); i = i.Owner {
		list = append(list, i)
	}
	return list
}
