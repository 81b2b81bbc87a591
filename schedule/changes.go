package schedule

import (
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// A Change is an operation or the release of an order that one plan has
// elsewhere than the one before.
type Change struct {
	// Order is named as in the later plan, or if it is not there, as in the
	// earlier one. Step is empty for a release.
	Order OrderID
	Step  StepID
	// Before and After are when the step starts, or the order is released;
	// zero if the plan does not have it. They are alike if only the end, the
	// mode or a resource has changed.
	Before, After time.Time
}

// Changes lists the operations, those of partners included, and the releases
// that are not at the same time and place in both plans: first those of the
// later plan, then those that only the earlier one has, each in the order of
// the plan. It is what [Objective.Change] counts. Neither plan is changed.
//
// Orders of the problem are told by their ID. Lots that a planner made may have
// another ID in each plan; they are paired within their item: first those of
// the same release and quantity, then the others in the order of the plans. So
// a new lot between others does not seem to move them.
//
// It takes time and memory in proportion to the plans.
func Changes(before, after *Plan) []Change {
	was := earlierOrders(before, after)
	earlier := visits(before)
	left, kept := byOrder(earlier), make([]bool, len(earlier))
	var list []Change
	for _, v := range visits(after) {
		var old place
		if id, paired := was[v.order]; paired {
			if k := left.take(id, v.step); k >= 0 {
				old, kept[k] = earlier[k].place, true
			}
		}
		if !old.same(v.place) {
			list = append(list, Change{Order: v.order, Step: v.step, Before: old.start, After: v.start})
		}
	}
	for k, v := range earlier {
		if !kept[k] {
			list = append(list, Change{Order: v.order, Step: v.step, Before: v.start})
		}
	}
	return list
}

// routes holds the visits of each order in the order of the plan. Two plans
// mostly have them in the same order, so that the first that is left is the one
// that is looked for.
type routes struct {
	visits []visit
	order  map[OrderID]int
	left   [][]int32
}

func byOrder(list []visit) *routes {
	r := &routes{visits: list, order: map[OrderID]int{}}
	for k := range list {
		i, known := r.order[list[k].order]
		if !known {
			i = len(r.left)
			r.order[list[k].order] = i
			r.left = append(r.left, nil)
		}
		r.left[i] = append(r.left[i], int32(k))
	}
	return r
}

// take removes the visit of an order for a step and returns it, or -1.
func (r *routes) take(order OrderID, step StepID) int32 {
	i, known := r.order[order]
	if !known {
		return -1
	}
	n := slices.IndexFunc(r.left[i], func(k int32) bool { return r.visits[k].step == step })
	if n < 0 {
		return -1
	}
	k := r.left[i][n]
	if n == 0 {
		r.left[i] = r.left[i][1:]
	} else {
		r.left[i] = slices.Delete(r.left[i], n, n+1)
	}
	return k
}

// stepOf names a step of an order, or its release.
type stepOf struct {
	order OrderID
	step  StepID
}

// A visit is a step in its place.
type visit struct {
	stepOf
	place
}

// A place is when and where something happens.
type place struct {
	start, end time.Time
	mode       int
	resources  []ResourceID
}

func (a place) same(b place) bool {
	return a.start.Equal(b.start) && a.end.Equal(b.end) && a.mode == b.mode && slices.Equal(a.resources, b.resources)
}

// visits lists the releases and operations of a plan.
func visits(plan *Plan) []visit {
	list := make([]visit, 0, len(plan.Orders)+len(plan.Operations)+len(plan.Subcontracts))
	for i := range plan.Orders {
		o := &plan.Orders[i]
		list = append(list, visit{stepOf{o.ID, ""}, place{start: o.Release}})
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		list = append(list, visit{stepOf{o.Order, o.Step}, place{o.Start, o.End, o.Mode, o.Resources}})
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		list = append(list, visit{stepOf{o.Order, o.Step}, place{start: o.Start, end: o.End}})
	}
	return list
}

// earlierOrders pairs the orders of a plan with those of the one before.
func earlierOrders(before, after *Plan) map[OrderID]OrderID {
	var known, fresh []*PlannedOrder
	for i := range after.Orders {
		if o := &after.Orders[i]; o.Existing {
			known = append(known, o)
		} else {
			fresh = append(fresh, o)
		}
	}
	pairs, taken := map[OrderID]OrderID{}, map[OrderID]bool{}
	pair := func(list []*PlannedOrder, alike func(*PlannedOrder) lotKey) {
		free := map[lotKey][]OrderID{}
		for i := range before.Orders {
			if o := &before.Orders[i]; !taken[o.ID] {
				free[alike(o)] = append(free[alike(o)], o.ID)
			}
		}
		for _, o := range list {
			ids := free[alike(o)]
			if _, paired := pairs[o.ID]; paired || len(ids) == 0 {
				continue
			}
			pairs[o.ID], taken[ids[0]] = ids[0], true
			free[alike(o)] = ids[1:]
		}
	}
	pair(known, func(o *PlannedOrder) lotKey { return lotKey{id: o.ID} })
	pair(fresh, func(o *PlannedOrder) lotKey { return lotKey{item: o.Item, qty: o.Qty, release: o.Release.UTC()} })
	pair(fresh, func(o *PlannedOrder) lotKey { return lotKey{item: o.Item} })
	return pairs
}

// lotKey is what two orders have in common.
type lotKey struct {
	id      OrderID
	item    ItemID
	qty     wip.Qty
	release time.Time
}
