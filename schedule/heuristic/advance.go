package heuristic

import "github.com/taktplan/takt/schedule"

// movable lists the existing orders that repair may place anew: approved ones
// of which no step has to stay where it is.
func (s *state) movable() (list []int32) {
	for e := range s.p.Orders {
		if s.p.Orders[e].Status != schedule.Approved || s.left[e] {
			continue
		}
		o := &s.orders[s.existing[e]]
		fixed := false
		for k := range s.routings[o.routing].steps {
			p := &s.ops[o.first+int32(k)]
			fixed = fixed || p.fixed || p.done || p.started || p.issued
		}
		if !fixed {
			list = append(list, int32(e))
		}
	}
	return list
}

// takeExisting takes an approved order away, to be placed anew. It reports
// whether it could.
func (s *state) takeExisting(e int32) bool {
	i := s.existing[e]
	s.produce(&s.orders[i], -1)
	return s.removeOrder(i)
}

// replaceOrder places an approved order that was taken away: as early as
// possible if hurried, and otherwise as at first. It reports whether it could.
func (s *state) replaceOrder(e int32, hurried bool) bool {
	old := s.existing[e]
	s.begin(nobody)
	i := s.createOrder(s.orders[old].routing, s.orders[old].qty, s.orders[old].need)
	s.orders[i].existing = e
	s.replaced(e, i)
	if hurried {
		return s.placeForward(i, s.now, 0) && s.orders[i].end <= s.horizon
	}
	return s.planOrder(e)
}

// outputsOf adds the points that an existing order supplies.
func (s *state) outputsOf(e int32, list []int32) []int32 {
	r := &s.routings[s.orders[s.existing[e]].routing]
	list = append(list, r.point)
	for i := range r.products {
		list = append(list, r.products[i].point)
	}
	return list
}
