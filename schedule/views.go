package schedule

import "iter"

// ByShop yields the orders of each shop, in the order of the problem's shops
// and of the plan's orders; last those without a known shop, under the empty
// ID. Shops without orders come with none.
//
// The views refer to the plan: what they yield must not be modified. Each
// takes O(n) time and two allocations besides the index of the IDs.
func ByShop(p *Problem, plan *Plan) iter.Seq2[ShopID, []*PlannedOrder] {
	shops := NewIndex(p).Shops
	groups := group(len(p.Shops)+1, plan.Orders, func(o *PlannedOrder, add func(int)) {
		add(orLast(shops.Position(o.Shop), len(p.Shops)))
	})
	return pairs(groups, func(i int) ShopID {
		if i == len(p.Shops) {
			return ""
		}
		return p.Shops[i].ID
	})
}

// ByResource yields the operations that occupy each resource, in the order of
// the problem's resources and of the plan's operations. An operation that uses
// several is yielded for each.
func ByResource(p *Problem, plan *Plan) iter.Seq2[ResourceID, []*Operation] {
	x := NewIndex(p)
	routing := routingOf(plan)
	groups := group(len(p.Resources), plan.Operations, func(o *Operation, add func(int)) {
		m := x.Step(routing[o.Order], o.Step).mode(o.Mode)
		for i := range m.uses() {
			if at := x.Resources.Position(o.Resource(m, i)); at >= 0 && !o.repeats(m, i) {
				add(at)
			}
		}
	})
	return pairs(groups, func(i int) ResourceID { return p.Resources[i].ID })
}

// ByOrder yields the operations of each order, both in the plan's order.
func ByOrder(plan *Plan) iter.Seq2[*PlannedOrder, []*Operation] {
	at := make(map[OrderID]int, len(plan.Orders))
	for i := len(plan.Orders) - 1; i >= 0; i-- {
		at[plan.Orders[i].ID] = i
	}
	groups := group(len(plan.Orders), plan.Operations, func(o *Operation, add func(int)) {
		if i, ok := at[o.Order]; ok {
			add(i)
		}
	})
	return pairs(groups, func(i int) *PlannedOrder { return &plan.Orders[i] })
}

// ByContract yields the promises of each contract, in the order of the
// problem's contracts and of the plan's promises; last those of lines without
// a known contract, under the empty ID.
func ByContract(p *Problem, plan *Plan) iter.Seq2[ContractID, []*Promise] {
	x := NewIndex(p)
	groups := group(len(p.Contracts)+1, plan.Promises, func(q *Promise, add func(int)) {
		at := -1
		if l := x.Lines.Find(q.Line); l != nil {
			at = x.Contracts.Position(l.Contract)
		}
		add(orLast(at, len(p.Contracts)))
	})
	return pairs(groups, func(i int) ContractID {
		if i == len(p.Contracts) {
			return ""
		}
		return p.Contracts[i].ID
	})
}

// group deals the elements of a list to n groups and keeps their order. keys
// adds an element to as many of them as it likes. All groups share one array.
func group[T any](n int, list []T, keys func(*T, func(int))) [][]*T {
	end := make([]int, n+1)
	for i := range list {
		keys(&list[i], func(g int) { end[g+1]++ })
	}
	for g := range n {
		end[g+1] += end[g]
	}
	all := make([]*T, end[n])
	groups := make([][]*T, n)
	for g := range groups {
		groups[g] = all[end[g]:end[g]:end[g+1]]
	}
	for i := range list {
		keys(&list[i], func(g int) { groups[g] = append(groups[g], &list[i]) })
	}
	return groups
}

func pairs[K, T any](groups [][]*T, key func(int) K) iter.Seq2[K, []*T] {
	return func(yield func(K, []*T) bool) {
		for i, g := range groups {
			if !yield(key(i), g) {
				return
			}
		}
	}
}

func orLast(at, last int) int {
	if at < 0 {
		return last
	}
	return at
}

// routingOf returns the routing of each order of a plan.
func routingOf(plan *Plan) map[OrderID]RoutingID {
	m := make(map[OrderID]RoutingID, len(plan.Orders))
	for i := range plan.Orders {
		m[plan.Orders[i].ID] = plan.Orders[i].Routing
	}
	return m
}

// mode returns a mode of s, or nil if there is none; s may be nil.
func (s *Step) mode(i int) *Mode {
	if s == nil || i < 0 || i >= len(s.Modes) {
		return nil
	}
	return &s.Modes[i]
}

// uses returns what m occupies; m may be nil.
func (m *Mode) uses() []Use {
	if m == nil {
		return nil
	}
	return m.Uses
}

// repeats reports whether an earlier use is served by the same resource.
func (o *Operation) repeats(m *Mode, use int) bool {
	for i := range use {
		if o.Resource(m, i) == o.Resource(m, use) {
			return true
		}
	}
	return false
}
