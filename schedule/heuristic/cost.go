package heuristic

import "time"

const day = int64(24 * time.Hour)

// costOf estimates what a line costs as it is planned: lateness, shortage, and
// the flow, setups and, as far as the objective counts money, the work of its
// own orders. It is that part of the objective which can be told from the line
// alone.
func (s *state) costOf(l int32) int64 {
	cost := s.penalty(l)
	for _, p := range s.parts[l] {
		if p.kind == createdOrder && !s.orders[p.index].off {
			cost += s.orderCost(p.index)
		}
	}
	return cost
}

// penalty is what lateness and shortage of a line cost.
func (s *state) penalty(l int32) int64 {
	cost, got, late := int64(0), int64(0), false
	ln := &s.lines[l]
	for _, p := range s.parts[l] {
		if p.kind != placedShip || s.ships[p.index].off {
			continue
		}
		h := &s.ships[p.index]
		got += int64(h.qty)
		cost += perUnitDay(ln.late, int64(h.qty), ln.scale, max(0, h.at-ln.due))
		late = late || h.at > ln.due
	}
	if short := int64(ln.Qty) - got; short > 0 {
		late = true
		cost += mulDiv(ln.short, short, ln.scale)
		cost += perUnitDay(ln.late, short, ln.scale, max(0, s.horizon-ln.due))
	}
	if late {
		cost += s.objective.LateLine
	}
	return cost
}

// orderCost is what an order costs by itself.
func (s *state) orderCost(i int32) int64 {
	o := &s.orders[i]
	cost := perUnitDay(s.objective.Flow, 1, 1, o.end-o.release)
	for k := range s.routings[o.routing].steps {
		cost += s.opCost(&s.ops[o.first+int32(k)])
	}
	return cost
}

// opCost is what an operation costs by itself.
func (s *state) opCost(o *op) int64 {
	cost := mulDiv(s.objective.Setup, o.setup, int64(time.Hour))
	if o.mode < 0 || s.objective.Money == 0 {
		return cost
	}
	money := int64(0)
	for _, u := range s.modeOf(o).uses {
		r := &s.resources[u.resource]
		money += mulDiv(r.CostPerHour*u.units, o.end-o.start, int64(time.Hour))
		if o.overtime && r.always != r.regular {
			over := r.always.between(o.start, o.end) - r.regular.between(o.start, o.end)
			money += mulDiv(r.OvertimePerHour*u.units, over, int64(time.Hour))
		}
	}
	return cost + mulDiv(s.objective.Money, money, 1000)
}

// perUnitDay is price · q/scale · d in days.
func perUnitDay(price, q, scale, d int64) int64 {
	return mulDiv(price, mulDiv(q, d/int64(time.Second), scale), day/int64(time.Second))
}
