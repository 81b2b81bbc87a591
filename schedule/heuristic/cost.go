package heuristic

import "time"

const day = int64(24 * time.Hour)

// costSince estimates what a line costs with what has been placed for it since
// the mark: lateness, shortage, flow, setups and, as far as the objective
// counts money, what is worked and bought. It is a part of the objective that
// can be told from the line alone.
func (s *state) costSince(l int32, mark int) int64 {
	cost, got := int64(0), int64(0)
	late := false
	ln := &s.lines[l]
	for _, e := range s.trail[mark:] {
		switch e.kind {
		case placedShip:
			h := &s.ships[e.index]
			if h.line != l {
				continue
			}
			got += int64(h.qty)
			cost += perUnitDay(ln.late, int64(h.qty), ln.scale, max(0, h.at-ln.due))
			cost += perUnitDay(ln.early, int64(h.qty), ln.scale, max(0, ln.earliest-h.at))
			late = late || h.at > ln.due
		case placedOrder:
			o := &s.orders[e.index]
			cost += perUnitDay(s.objective.Flow, 1, 1, o.end-o.release)
		case placedOp:
			cost += s.opCost(&s.ops[e.index])
		}
	}
	if short := int64(ln.Qty) - got; short > 0 {
		late = true
		cost += perUnitDay(ln.short, short, ln.scale, day)
		cost += perUnitDay(ln.late, short, ln.scale, max(0, s.horizon-ln.due))
	}
	if late {
		cost += s.objective.LateLine
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
