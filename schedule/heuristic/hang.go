package heuristic

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A hanging enters a plan into an empty state, each thing where the plan has
// it, as far as that is possible now.
type hanging struct {
	*Board
	plan   *schedule.Plan
	order  map[schedule.OrderID]int32
	pegged map[pegKey]bool // alternates that steps take
	due    []placing
	known  []bool // lines
}

// A pegKey names an item that a step of an order takes.
type pegKey struct {
	order schedule.OrderID
	step  schedule.StepID
	item  schedule.ItemID
}

// A placing is a step with its place in the plan.
type placing struct {
	op int32
	at slot
}

// hang enters the plan and moves what does not stand.
func (b *Board) hang(f Freedom) {
	h := &hanging{Board: b, plan: b.plan, order: map[schedule.OrderID]int32{}, pegged: map[pegKey]bool{}, known: make([]bool, len(b.s.lines))}
	s := b.s
	for i := range s.setUp {
		s.setUp[i] = s.resources[i].family
	}
	for i := range s.planned {
		s.planned[i] = true
	}
	h.existing()
	s.noteNames(b.plan)
	h.alternates()
	h.orders()
	h.purchases()
	h.transfers()
	h.operations()
	h.owners()
	b.ripple.start(f)
	h.finish()
	h.deliveries()
	for pt := range int32(len(s.points)) {
		b.ripple.starvePoint(pt)
	}
	b.ripple.run()
	b.ripple.meet()
	h.newLines()
	b.broken = b.ripple.failed || s.crowded()
}

// existing places what is bound of the orders of the problem, but for those
// that the plan has given up.
func (h *hanging) existing() {
	s := h.s
	for i := range h.plan.Unplanned {
		if e := s.x.Orders.Position(h.plan.Unplanned[i].Order); e >= 0 {
			s.dropped, s.left[e] = append(s.dropped, dropped{order: int32(e)}), true
		}
	}
	for e := range s.p.Orders {
		if !s.left[e] {
			s.keepFixed(int32(e))
		}
	}
}

// alternates notes which alternates the plan takes.
func (h *hanging) alternates() {
	for i := range h.plan.Pegs {
		g := &h.plan.Pegs[i]
		if g.Demand.Kind == schedule.ForStep {
			h.pegged[pegKey{schedule.OrderID(g.Demand.ID), g.Demand.Step, g.Item}] = true
		}
	}
}

// orders makes the plan's orders, without places, and remembers where they
// were.
func (h *hanging) orders() {
	s := h.s
	for i := range h.plan.Orders {
		o := &h.plan.Orders[i]
		r := s.x.Routings.Position(o.Routing)
		if r < 0 || o.Qty <= 0 {
			continue
		}
		n := int32(-1)
		if e := s.x.Orders.Position(o.ID); e >= 0 {
			if s.p.Orders[e].Routing != o.Routing || s.left[e] {
				continue
			}
			n = s.existing[e]
		} else if o.Existing || s.isHung(h.order, o.ID) {
			continue // closed by now, or named twice
		} else {
			n = s.createOrder(int32(r), o.Qty, s.at(dueOf(o)))
		}
		h.order[o.ID] = n
		lot := past{qty: o.Qty, end: s.at(o.End), taken: true, steps: make([]stay, len(s.routings[r].steps))}
		for k := range lot.steps {
			lot.steps[k].mode = nobody
		}
		lot.release = s.at(o.Release)
		s.orders[n].past, s.orders[n].id = int32(len(s.past)), o.ID
		s.past = append(s.past, lot)
	}
}

func (s *state) isHung(order map[schedule.OrderID]int32, id schedule.OrderID) bool {
	_, known := order[id]
	return known
}

func dueOf(o *schedule.PlannedOrder) time.Time {
	if o.Due.IsZero() {
		return o.End
	}
	return o.Due
}

// operations places the steps in the order of their starts, those that stand.
func (h *hanging) operations() {
	s := h.s
	for i := range h.plan.Operations {
		o := &h.plan.Operations[i]
		h.add(o.Order, o.Step, slot{start: s.at(o.Start), end: s.at(o.End), overtime: o.Overtime, next: nobody}, func(st *step) int32 {
			if len(st.modes) == 0 {
				return instantly
			}
			return int32(slices.IndexFunc(st.modes, func(m mode) bool { return s.isMode(&m, o) }))
		})
	}
	for i := range h.plan.Subcontracts {
		o := &h.plan.Subcontracts[i]
		h.add(o.Order, o.Step, slot{start: s.at(o.Start), end: s.at(o.End), next: nobody}, func(*step) int32 { return contracted })
	}
	slices.SortStableFunc(h.due, func(a, b placing) int { return cmp.Compare(a.at.start, b.at.start) })
	for n := range s.ops {
		if s.ops[n].mode != unplaced {
			h.draw(int32(n))
		}
	}
	for i := range h.due {
		d := &h.due[i]
		s.ops[d.op].overtime = d.at.overtime
		if s.stands(d.op, &d.at) {
			s.placeOp(d.op, d.at)
			h.draw(d.op)
		}
	}
	h.due = nil
}

// add notes the place of a step, unless the problem has it bound to one.
func (h *hanging) add(order schedule.OrderID, id schedule.StepID, at slot, mode func(*step) int32) {
	s := h.s
	i, known := h.order[order]
	if !known {
		return
	}
	rt := &s.routings[s.orders[i].routing]
	k := slices.IndexFunc(rt.steps, func(st step) bool { return st.ID == id })
	if k < 0 || s.ops[s.orders[i].first+int32(k)].mode != unplaced {
		return
	}
	at.mode = mode(&rt.steps[k])
	if outside := rt.steps[k].partner >= 0; at.mode == unplaced || outside != (at.mode == contracted) {
		return
	}
	s.past[s.orders[i].past].steps[k] = stay{at.start, at.end, at.mode}
	h.due = append(h.due, placing{s.orders[i].first + int32(k), at})
}

// draw takes the material of a step that is placed, of the items that it takes
// in the plan.
func (h *hanging) draw(n int32) {
	s := h.s
	o := &s.ops[n]
	if s.issued(n) {
		return
	}
	st, id := s.stepOf(o), s.orders[o.order].id
	for i := range st.needs {
		need := &st.needs[i]
		if !within(o.start, need.from, need.until) {
			continue
		}
		for c := len(need.choices) - 1; c >= 0; c-- {
			item := s.items[s.points[need.choices[c].point].item].ID
			if c > 0 && !h.pegged[pegKey{id, st.ID, item}] {
				continue
			}
			if d, ok := s.drawOf(n, int32(i), int32(c), o.start); ok && d.qty > 0 {
				s.placeDraw(d)
				break
			}
		}
	}
}

// finish closes the orders whose steps all stand. The others are drafts.
func (h *hanging) finish() {
	s := h.s
	for i := range s.orders {
		o := &s.orders[i]
		at, whole := s.horizon, true
		for k := range s.routings[o.routing].steps {
			if n := o.first + int32(k); s.ops[n].mode == unplaced {
				whole = false
				at = min(at, h.ripple.wasAt(n, s.horizon))
			}
		}
		if whole {
			end := s.now
			if o.past != nobody {
				end = max(end, s.past[o.past].end)
			}
			s.finish(int32(i), end)
			continue
		}
		o.draft = true
		s.expect(o, 1)
		if s.routings[o.routing].tight {
			h.loosen(int32(i))
		}
		h.ripple.wait(at, createdOrder, int32(i))
	}
}

// loosen takes the steps of a draft with maximum waits off their places, and
// the material of those that stay, which is taken again with the rest.
func (h *hanging) loosen(i int32) {
	s := h.s
	o := &s.orders[i]
	s.drawAll(i, -1)
	for k := range s.routings[o.routing].steps {
		p := &s.ops[o.first+int32(k)]
		p.draws = -1
		if !p.fixed && p.mode != unplaced {
			s.occupy(p, o.first+int32(k), -1)
			p.mode = unplaced
		}
	}
}

// stands reports whether a step can be in a place, as far as its order and its
// resources go, and completes the slot.
func (s *state) stands(n int32, at *slot) bool {
	o := &s.ops[n]
	st, i, k := s.stepOf(o), o.order, o.step
	if at.start < s.floor(i, k) || at.end > s.horizon || !s.follows(i, k, at) {
		return false
	}
	if s.orders[i].existing < 0 && len(st.before) == 0 && !s.mayMake(i, at.start) {
		return false
	}
	switch at.mode {
	case instantly:
		return at.start == at.end
	case contracted:
		j := s.newJob(n, at.start)
		return at.end == leadAfter(s.partners[st.partner].working, at.start, st.lead) && s.partnerTakes(&j, at.start)
	}
	m := &st.modes[at.mode]
	return within(at.start, m.from, m.until) && s.lasts(n, m, at) && s.serves(m, o, at) && s.underrun(i, k, at) <= 0
}

// mayMake reports whether the routing of a new order may be used for its lot at
// an instant.
func (s *state) mayMake(i int32, at int64) bool {
	o := &s.orders[i]
	src := s.sourceAt(s.routings[o.routing].point, makes, o.routing, at)
	return src != nil && src.lot.Allows(o.qty)
}

// follows reports whether a step in a place is after the steps before it, which
// are placed, and not too long.
func (s *state) follows(i, k int32, at *slot) bool {
	for _, a := range s.stepOf(&s.ops[s.orders[i].first+k]).before {
		prev := &s.ops[s.orders[i].first+a.step]
		if prev.mode == unplaced || at.start < s.mayStart(i, k, a) || a.maxWait != never && at.start-prev.end > a.maxWait {
			return false
		}
	}
	return true
}

// lasts reports whether an operation takes just the time of its place, with
// the changeover from what is before it.
func (s *state) lasts(n int32, m *mode, at *slot) bool {
	o := &s.ops[n]
	st := s.stepOf(o)
	w := s.workOf(m, st, o)
	if _, limited := s.sequence(m); limited && s.resources[m.machine()].table != nil {
		c := s.change(&s.resources[m.machine()], s.familyBefore(m.machine(), at.start), st.family)
		if c.Forbidden {
			return false
		}
		at.change = min(s.up(c.Time), tooLong)
	}
	at.setup = w.setup + at.change
	start, end := s.spanAfter(m.working(at.overtime), st.Pausable, at.start, at.setup+w.run)
	return start == at.start && end == at.end
}

// serves reports whether the resources of a mode are free in a place.
func (s *state) serves(m *mode, o *op, at *slot) bool {
	if s.infinite {
		return true
	}
	if m.counted && s.roomBefore(s.takesOf(m, o), at.start) != at.start {
		return false
	}
	for _, u := range m.uses {
		if at.start >= at.end || s.resources[u.resource].counted() {
			continue
		}
		if s.resources[u.resource].unary() {
			if _, busy := s.busy[u.resource].overlap(at.start, at.end); busy {
				return false
			}
		} else if s.spare[u.resource].firstBelow(at.start, u.units) < at.end {
			return false
		}
	}
	return true
}

// purchases places what is to be bought, later if it cannot be when it was to
// be. What has been ordered is among the receipts.
func (h *hanging) purchases() {
	s := h.s
	for i := range h.plan.Purchases {
		q := &h.plan.Purchases[i]
		v := s.x.Supplies.Position(q.Supply)
		if v < 0 || s.x.Receipts.Find(schedule.ReceiptID(q.ID)) != nil {
			continue
		}
		src := s.sourceAt(s.supplies[v].point, buys, int32(v), s.at(q.Order))
		if src == nil || !src.lot.Allows(q.Qty) {
			continue
		}
		b := buy{supply: int32(v), owner: nobody, placed: s.at(q.Order), arrival: s.at(q.Arrival), qty: q.Qty, need: s.at(q.Arrival)}
		takes := s.takesFor(s.supplies[v].uses, q.Qty, s.items[s.supplies[v].item].scale)
		fits := within(b.placed, max(s.supplies[v].earliest, src.opens), src.until) && s.roomBefore(takes, b.placed) == b.placed && b.arrival < s.horizon &&
			b.arrival >= leadAfter(s.supplies[v].working, b.placed, s.supplies[v].lead) && s.supplierDelivers(b.supply, b.qty, b.arrival)
		if fits {
			s.placeBuy(b)
		} else if s.buyAfter(src, q.Qty, max(s.now, b.arrival)) == never {
			continue
		}
		s.buys[len(s.buys)-1].id = q.ID
	}
}

// sourceAt returns the source of a point that is a routing, supply or lane, with
// the lot rule that holds at an instant, or nil if it is not in effect then.
func (s *state) sourceAt(pt int32, kind sourceKind, ref int32, at int64) *source {
	for n := range s.points[pt].sources {
		if src := &s.points[pt].sources[n]; src.kind == kind && src.ref == ref && within(at, src.opens, src.until) {
			return src
		}
	}
	return nil
}

// transfers places what is to be moved. What has left is among the receipts.
func (h *hanging) transfers() {
	s := h.s
	for i := range h.plan.Transfers {
		t := &h.plan.Transfers[i]
		n := s.x.Lanes.Position(t.Lane)
		if n < 0 || s.x.Receipts.Find(schedule.ReceiptID(t.ID)) != nil {
			continue
		}
		l := &s.lanes[n]
		pt, known := s.byPoint[wip.Point{Item: t.Item, Place: l.To}]
		if !known {
			continue
		}
		src := s.sourceAt(pt, brings, int32(n), s.at(t.Departure))
		if src == nil || !src.lot.Allows(t.Qty) {
			continue
		}
		tr := s.newTrip(pt, src, t.Qty, s.at(t.Arrive))
		tr.leaves, tr.arrives, tr.id = s.at(t.Departure), s.at(t.Arrive), t.ID
		stands := within(tr.leaves, max(s.laneOpens(l), src.opens), src.until) && s.roomBefore(s.takesOfTrip(&tr), tr.leaves) == tr.leaves && tr.arrives < s.horizon && tr.arrives == tr.leaves+l.time
		if stands && s.shiftOn(&tr) == 0 {
			s.placeTrip(tr)
			continue
		}
		tr.off = true
		s.trips = append(s.trips, tr)
		h.ripple.wait(tr.leaves, placedTrip, int32(len(s.trips)-1))
	}
}
