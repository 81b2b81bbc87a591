package heuristic

import "github.com/taktplan/takt/wip"

// buyBy places a purchase that arrives by t. It reports whether it could.
func (s *state) buyBy(src *source, lot wip.Qty, t, need int64) bool {
	v := &s.supplies[src.ref]
	takes := s.takesFor(v.uses, lot, s.items[v.item].scale)
	latest, earliest := src.until-s.tick, max(v.earliest, src.opens)
	for arrival := min(t, s.horizon-s.tick); ; {
		placed := leadBefore(v.working, arrival, v.lead)
		if placed == never || min(placed, latest) < earliest {
			return s.refuse(excuse{kind: leadTime, source: src})
		}
		placed = min(placed, latest)
		if room := s.roomBefore(takes, placed); room == never {
			return s.refuse(excuse{kind: supplierFull, source: src})
		} else if room < placed {
			latest = room
			continue
		}
		arrival = leadAfter(v.working, placed, v.lead)
		if s.supplierDelivers(src.ref, lot, arrival) {
			s.placeBuy(buy{supply: src.ref, owner: s.owner, placed: placed, arrival: arrival, qty: lot, need: need})
			return true
		}
		if !s.everDelivers(v, lot) {
			return s.refuse(excuse{kind: supplierFull, source: src})
		}
		arrival -= arrival%v.period + s.tick
		arrival -= arrival % s.tick
	}
}

// buyAfter places a purchase that arrives as early as possible from t on, and
// returns when, or never.
func (s *state) buyAfter(src *source, lot wip.Qty, t int64) int64 {
	v := &s.supplies[src.ref]
	takes := s.takesFor(v.uses, lot, s.items[v.item].scale)
	placed := max(v.earliest, src.opens)
	if late := leadBefore(v.working, t, v.lead); late != never {
		placed = max(placed, min(late, src.until-s.tick))
	}
	for {
		if placed = s.roomAfter(takes, placed); placed == never {
			s.refuse(excuse{kind: supplierFull, source: src})
			return never
		}
		arrival := leadAfter(v.working, placed, v.lead)
		if placed >= src.until {
			s.refuse(excuse{kind: notEffective, source: src})
			return never
		}
		if arrival >= s.horizon {
			s.refuse(excuse{kind: beyondHorizon, source: src})
			return never
		}
		if s.supplierDelivers(src.ref, lot, arrival) {
			s.placeBuy(buy{supply: src.ref, owner: s.owner, placed: placed, arrival: arrival, qty: lot, need: t})
			return arrival
		}
		if !s.everDelivers(v, lot) {
			s.refuse(excuse{kind: supplierFull, source: src})
			return never
		}
		next := roundUp(arrival-arrival%v.period+v.period, s.tick)
		placed = max(placed+s.tick, leadBefore(v.working, next, v.lead))
	}
}

// supplierDelivers reports whether the supplier's capacity allows a lot to
// arrive then.
func (s *state) supplierDelivers(ref int32, lot wip.Qty, arrival int64) bool {
	v := &s.supplies[ref]
	return v.period == 0 || s.bound[ref][arrival/v.period]+int64(lot) <= int64(v.Capacity.Qty)
}

// everDelivers reports whether a lot fits into an empty period.
func (s *state) everDelivers(v *supply, lot wip.Qty) bool { return lot <= v.Capacity.Qty }
