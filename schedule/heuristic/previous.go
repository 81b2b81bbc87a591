package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// A past is an order of the previous plan. An order that is placed again for
// the same quantity is first tried in its place.
type past struct {
	qty   wip.Qty
	end   int64
	steps []stay // of its routing
	taken bool
	id    schedule.OrderID
	// release is noted on boards only.
	release int64
}

// A stay is where a step was. Its mode is nobody if it was nowhere.
type stay struct {
	from, to int64
	mode     int32
}

// remember reads the previous plan: its lots by routing in the order of their
// ends, and apart from them, the orders that the problem has by now.
func (s *state) remember(plan *schedule.Plan) {
	s.pastLots, s.pastOrders = make([][]int32, len(s.routings)), slices.Repeat([]int32{nobody}, len(s.p.Orders))
	s.noteNames(plan)
	index := map[schedule.OrderID]int32{}
	routing := map[schedule.OrderID]int32{}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		r := s.x.Routings.Position(o.Routing)
		if r < 0 {
			continue
		}
		n := int32(len(s.past))
		index[o.ID], routing[o.ID] = n, int32(r)
		lot := past{id: o.ID, qty: o.Qty, end: s.at(o.End), steps: make([]stay, len(s.routings[r].steps))}
		for k := range lot.steps {
			lot.steps[k].mode = nobody
		}
		s.past = append(s.past, lot)
		if e := s.x.Orders.Position(o.ID); e >= 0 {
			s.pastOrders[e] = n
		} else {
			s.pastLots[r] = append(s.pastLots[r], n)
		}
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		if n, known := index[o.Order]; known {
			s.rememberStep(&s.past[n], &s.routings[routing[o.Order]], o)
		}
	}
	s.rememberShips(plan)
	for _, lots := range s.pastLots {
		slices.SortStableFunc(lots, func(a, b int32) int { return cmp.Compare(s.past[a].end, s.past[b].end) })
	}
}

// noteNames notes which names the previous plan has in use.
func (s *state) noteNames(plan *schedule.Plan) {
	s.names = make(map[string]bool, len(plan.Orders)+len(plan.Purchases)+len(plan.Transfers))
	for i := range plan.Orders {
		s.names[string(plan.Orders[i].ID)] = true
	}
	for i := range plan.Purchases {
		s.names[plan.Purchases[i].ID] = true
	}
	for i := range plan.Transfers {
		s.names[plan.Transfers[i].ID] = true
	}
}

// isTaken reports whether a name is in use.
func (s *state) isTaken(name string) bool {
	return s.names[name] || s.x.Orders.Find(schedule.OrderID(name)) != nil ||
		s.x.Receipts.Find(schedule.ReceiptID(name)) != nil || s.inUse != nil && s.inUse(name)
}

// rememberShips notes when lines were delivered, those that can be again at
// once.
func (s *state) rememberShips(plan *schedule.Plan) {
	s.pastShips = slices.Repeat([]int64{-1}, len(s.lines))
	at := map[schedule.LineID]schedule.Delivery{}
	for _, d := range plan.Deliveries {
		at[d.Line] = d // the last, which is not whole if there are others
	}
	for l := range s.lines {
		ln := &s.lines[l]
		if d, was := at[ln.ID]; was && d.Qty == ln.Qty && s.at(d.At) <= ln.latest && s.at(d.At) < s.horizon {
			s.pastShips[l] = s.at(d.At)
		}
	}
}

func (s *state) rememberStep(lot *past, r *routing, o *schedule.Operation) {
	for k := range r.steps {
		if r.steps[k].ID != o.Step {
			continue
		}
		for m := range r.steps[k].modes {
			if s.isMode(&r.steps[k].modes[m], o) {
				lot.steps[k] = stay{s.at(o.Start), s.at(o.End), int32(m)}
				return
			}
		}
	}
}

// isMode reports whether an operation was done in a mode.
func (s *state) isMode(m *mode, o *schedule.Operation) bool {
	if m.index != o.Mode {
		return false
	}
	for n, id := range o.Resources {
		if n >= len(m.uses) || s.resources[m.uses[n].resource].ID != id {
			return false
		}
	}
	return true
}

// recallBy places an order where the previous plan had one that ends by t: the
// last that is left of those as large as needed, or if there is none, of all. It
// returns its quantity, or 0 if there is none that still has its place.
func (s *state) recallBy(src *source, least wip.Qty, t int64, depth int) wip.Qty {
	if s.pastLots == nil || src.kind != makes {
		return 0
	}
	n := s.lastPast(src, least, t)
	if n == nobody {
		n = s.lastPast(src, 1, t) // and others besides
	}
	if n == nobody {
		return 0
	}
	mark := s.mark()
	i := s.createOrder(src.ref, s.past[n].qty, t)
	s.orders[i].past, s.orders[i].id = n, s.past[n].id
	s.past[n].taken = true
	if s.placeBackward(i, s.past[n].end, depth) && within(s.orders[i].start, src.opens, src.until) {
		return s.past[n].qty
	}
	s.undo(mark)
	return 0
}

// lastPast returns the last lot of a source that is left in the previous plan,
// is of a least size, and ends by t and not before anything may start.
func (s *state) lastPast(src *source, least wip.Qty, t int64) int32 {
	lots := s.pastLots[src.ref]
	n, _ := slices.BinarySearchFunc(lots, t+1, func(i int32, t int64) int { return cmp.Compare(s.past[i].end, t) })
	for n--; n >= 0 && s.past[lots[n]].end >= s.fence; n-- {
		if p := &s.past[lots[n]]; !p.taken && p.qty >= least && src.lot.Allows(p.qty) {
			return lots[n]
		}
	}
	return nobody
}

// recallOrder places what is left of an order of the problem where the previous
// plan had it. It reports whether it could, and leaves nothing behind if not.
func (s *state) recallOrder(i, e int32) bool {
	if s.pastOrders == nil || s.pastOrders[e] == nobody || s.past[s.pastOrders[e]].end < s.now {
		return false
	}
	mark := s.mark()
	s.orders[i].past = s.pastOrders[e]
	if s.placeBackward(i, s.past[s.pastOrders[e]].end, 0) && !s.crowded() {
		return true
	}
	s.orders[i].past = nobody
	s.undo(mark)
	s.begin(nobody)
	return false
}

// holdPast gives up, or takes again, the place of an order in the previous plan.
func (s *state) holdPast(o *order, taken bool) {
	if o.past != nobody {
		s.past[o.past].taken = taken
	}
}

// narrow holds a job of an order to where it was in the previous plan, if it
// was there.
func (s *state) narrow(j *job, i, k int32) {
	p := s.orders[i].past
	if p == nobody || s.past[p].steps[k].mode == nobody {
		return
	}
	w := &s.past[p].steps[k]
	j.only, j.lo, j.hi = w.mode, max(j.lo, w.from), min(j.hi, w.to)
}

// known puts first what the previous plan delivers, if changes have a price:
// what is new has to find its place between.
func (s *state) known(units []unit) []unit {
	if s.past != nil && s.objective.Change > 0 {
		slices.SortStableFunc(units, func(a, b unit) int {
			return cmp.Compare(min(0, s.pastShips[b.lines[0]]), min(0, s.pastShips[a.lines[0]]))
		})
	}
	return units
}

// changed returns the price of the orders that were placed since a mark and
// not where the previous plan had them.
func (s *state) changed(mark int) int64 {
	n := 0
	for _, e := range s.trail[mark:] {
		if e.kind == createdOrder && s.past != nil && s.orders[e.index].past == nobody {
			n += 1 + len(s.routings[s.orders[e.index].routing].steps)
		}
	}
	return mulDiv(s.objective.Change, int64(n), 1)
}

// keep returns the previous plan instead of a new one if it is still allowed
// and costs no more than the new one with its changes.
func (r *run) keep(p *schedule.Problem, plan *schedule.Plan) *schedule.Plan {
	if r.o.Previous == nil || r.o.Mode == Infinite {
		return plan
	}
	kept := *r.o.Previous
	var err error
	if kept.Metrics, err = schedule.Evaluate(p, &kept); err != nil || r.worth(p, &kept, plan) || len(verify.Check(p, &kept)) > 0 {
		return plan
	}
	return &kept
}

// worth reports whether a plan costs less than another one by more than the
// price of its changes since the previous plan beyond those of the other.
func (r *run) worth(p *schedule.Problem, old, plan *schedule.Plan) bool {
	cost := plan.Metrics.Cost
	if r.o.Previous != nil && p.Objective.Change > 0 {
		more := len(schedule.Changes(r.o.Previous, plan)) - len(schedule.Changes(r.o.Previous, old))
		cost += p.Objective.Change * int64(more)
	}
	return cost < old.Metrics.Cost
}
