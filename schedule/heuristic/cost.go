package heuristic

import (
	"time"

	"github.com/taktplan/takt/wip"
)

const day = int64(24 * time.Hour)

// costOf estimates what a line costs as it is planned: lateness, shortage, and
// the flow and setups of its own orders; and as far as the objective counts
// money, the work of these, what sources charge, and the holding of what comes
// before it is wanted. It is that part of the objective which can be told from
// the line alone.
func (s *state) costOf(l int32) int64 {
	cost := s.penalty(l)
	for _, p := range s.parts[l] {
		switch p.kind {
		case createdOrder:
			if !s.orders[p.index].off {
				cost += s.orderCost(p.index)
			}
		case placedBuy:
			if b := &s.buys[p.index]; !b.off {
				v := &s.supplies[b.supply]
				cost += s.lotCost(v.FixedCost, v.Cost, v.item, b.qty, b.need-b.arrival)
			}
		case placedTrip:
			if t := &s.trips[p.index]; !t.off {
				cost += s.tripCost(t)
			}
		}
	}
	return cost
}

// lotCost is what a source charges for a lot, once and per whole unit, and its
// holding if it comes so much before it is wanted.
func (s *state) lotCost(fixed, unit int64, item int32, q wip.Qty, early int64) int64 {
	it := &s.items[item]
	money := fixed + mulDiv(unit, int64(q), it.scale) + perUnitDay(it.Holding, int64(q), it.scale, max(0, early))
	return mulDiv(s.objective.Money, money, 1000)
}

// tripCost is what a transfer costs.
func (s *state) tripCost(t *trip) int64 {
	l, it := &s.lanes[t.lane], &s.items[s.points[t.to].item]
	money := mulDiv(l.TripCost, t.trips, 1) + mulDiv(l.Cost, int64(t.qty), it.scale)
	return mulDiv(s.objective.Money, money, 1000)
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
	r := &s.routings[o.routing]
	cost := perUnitDay(s.objective.Flow, 1, 1, o.end-o.release)
	cost += s.lotCost(r.FixedCost, r.Cost, r.item, o.qty, o.need-o.end)
	for k := range r.steps {
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
