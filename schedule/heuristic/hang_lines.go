package heuristic

import (
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// deliveries enters what is to be delivered: when the plan does, and what
// should have been delivered by now, now.
func (h *hanging) deliveries() {
	s := h.s
	pieces := make([][]ship, len(s.lines))
	at := h.lineNumbers()
	for i := range h.plan.Deliveries {
		d := &h.plan.Deliveries[i]
		if k := s.x.Lines.Position(d.Line); k >= 0 && at[k] != nobody && !d.At.Before(s.times.Now) {
			pieces[at[k]] = append(pieces[at[k]], ship{line: at[k], at: s.at(d.At), qty: d.Qty})
		}
	}
	for i := range h.plan.Promises {
		q := &h.plan.Promises[i]
		if k := s.x.Lines.Position(q.Line); k >= 0 && at[k] != nobody {
			l := at[k]
			h.known[l] = true
			h.deliver(l, h.whole(l, pieces[l], q.Short))
		}
	}
}

// lineNumbers returns which line of the state is which of the problem.
func (h *hanging) lineNumbers() []int32 {
	at := slices.Repeat([]int32{nobody}, len(h.s.p.Lines))
	for l := range h.s.lines {
		at[h.s.lines[l].index] = int32(l)
	}
	return at
}

// whole makes the pieces of a line add up to its quantity less what the plan
// has it short of, and none of them too small.
func (h *hanging) whole(l int32, pieces []ship, short wip.Qty) []ship {
	ln := &h.s.lines[l]
	left := ln.Qty - min(short, ln.Qty)
	if ln.MinShipment == 0 && left < ln.Qty {
		return nil
	}
	var fit []ship
	for _, piece := range pieces {
		if piece.qty = min(piece.qty, left); piece.qty > 0 {
			fit = append(fit, piece)
			left -= piece.qty
		}
	}
	last := len(fit) - 1
	switch {
	case left > 0 && last < 0:
		return []ship{{line: l, at: h.s.now, qty: left}}
	case last < 0:
		return nil
	}
	fit[last].qty += left
	least := min(ln.Qty, ln.MinShipment)
	if ln.MinShipment == 0 {
		least = ln.Qty
	}
	for last > 0 && fit[last].qty < least {
		fit[last-1].qty += fit[last].qty
		fit[last-1].at = fit[last].at
		fit, last = fit[:last], last-1
	}
	return fit
}

// deliver places the pieces of a line, or has them wait if the customer does
// not take them then.
func (h *hanging) deliver(l int32, pieces []ship) {
	s := h.s
	ln := &s.lines[l]
	for _, piece := range pieces {
		if within(piece.at, max(s.now, ln.earliest), min(s.horizon, addTime(ln.latest, 1))) {
			s.placeShip(piece)
			continue
		}
		piece.off = true
		s.ships = append(s.ships, piece)
		h.ripple.wait(max(piece.at, ln.earliest), placedShip, int32(len(s.ships)-1))
	}
}

// newLines plans the lines that the plan does not know.
func (h *hanging) newLines() {
	s := h.s
	if !slices.Contains(h.known, false) {
		return
	}
	for _, u := range s.rank() {
		if !slices.ContainsFunc(u.lines, func(l int32) bool { return h.known[l] }) {
			s.planUnit(u)
			continue
		}
		for _, l := range u.lines {
			if !h.known[l] {
				s.planLine(l)
			}
		}
	}
	h.ripple.meet()
}

// owners finds out from the pegs for which line each order, purchase and
// transfer is made.
func (h *hanging) owners() {
	s := h.s
	parent := map[schedule.SupplyRef]schedule.DemandRef{}
	for i := range h.plan.Pegs {
		g := &h.plan.Pegs[i]
		if _, known := parent[g.Supply]; !known && g.Demand.Kind != schedule.ForNorm {
			parent[g.Supply] = g.Demand
		}
	}
	at := h.lineNumbers()
	owner := func(kind schedule.SupplyKind, id string) (int32, int) {
		ref := schedule.SupplyRef{Kind: kind, ID: id}
		for depth := 0; depth < maxDepth; depth++ {
			d, known := parent[ref]
			switch {
			case !known:
				return nobody, 0
			case d.Kind == schedule.ForLine:
				if k := s.x.Lines.Position(schedule.LineID(d.ID)); k >= 0 {
					return at[k], depth
				}
				return nobody, 0
			case d.Kind == schedule.ForStep:
				ref = schedule.SupplyRef{Kind: schedule.FromOrder, ID: d.ID}
			default:
				ref = schedule.SupplyRef{Kind: schedule.FromTransfer, ID: d.ID}
			}
		}
		return nobody, 0
	}
	for i := range s.orders {
		if o := &s.orders[i]; o.id != "" {
			o.owner, _ = owner(schedule.FromOrder, string(o.id))
		}
	}
	for i := range s.buys {
		s.buys[i].owner, _ = owner(schedule.FromPurchase, s.buys[i].id)
	}
	for i := range s.trips {
		s.trips[i].owner, _ = owner(schedule.FromTransfer, s.trips[i].id)
	}
}
