package heuristic

import "github.com/taktplan/takt/wip"

// maxRestarts bounds how often an order is begun again because a maximum wait
// was not kept.
const maxRestarts = 200

// tied holds what maximum waits demand of the steps of an order, as found out
// by trying: step k starts by startBy[k] and ends no earlier than endFrom[k].
// It is empty for a routing without maximum waits.
type tied struct{ startBy, endFrom []int64 }

func (r *routing) newTied() tied {
	if !r.tight {
		return tied{}
	}
	t := tied{make([]int64, len(r.steps)), make([]int64, len(r.steps))}
	for k := range t.startBy {
		t.startBy[k], t.endFrom[k] = never, 0
	}
	return t
}

// noRoomTied says, if a step of an order found no room where maximum waits want
// it, that it is for these.
func (s *state) noRoomTied(i int32, ties tied) bool {
	e := &s.excuse
	if e.kind != noRoom || ties.startBy == nil || e.step.routing != s.orders[i].routing {
		return false
	}
	if k := e.step.step; ties.startBy[k] == never && ties.endFrom[k] == 0 {
		return false
	}
	return s.refuse(excuse{kind: maxWaits, point: s.made(i)})
}

// makeBy places an order of a lot that ends by t. It reports whether it could.
func (s *state) makeBy(src *source, lot wip.Qty, t, need int64, depth int) bool {
	i := s.createOrder(src.ref, lot, need)
	mark := s.mark()
	if !s.placeBackward(i, t, depth) {
		return false
	}
	for start := s.orders[i].start; start >= src.until; start = s.orders[i].start {
		t -= max(s.tick, start-src.until+s.tick)
		s.undo(mark)
		if t < s.fence || !s.spend(s.routings[src.ref].point, false) || !s.placeBackward(i, t, depth) {
			return false
		}
	}
	if s.orders[i].end > t {
		return s.refuse(excuse{kind: leadTime, source: src})
	}
	return s.orders[i].start >= src.opens || s.refuse(excuse{kind: notEffective, source: src})
}

// makeAfter places an order of a lot that starts no earlier than t, and
// returns when it ends, or never.
func (s *state) makeAfter(src *source, lot wip.Qty, t int64, depth int) int64 {
	i := s.createOrder(src.ref, lot, t)
	if !s.placeForward(i, max(s.fence, src.opens), depth) {
		return never
	}
	if s.orders[i].start >= src.until {
		s.refuse(excuse{kind: notEffective, source: src})
		return never
	}
	return s.orders[i].end
}

// supplyStep takes the material of a placed operation and has what is missing
// supplied: of the first choice of each need for which that is possible.
func (s *state) supplyStep(o int32, depth int) bool {
	st := s.stepOf(&s.ops[o])
	for n := range st.needs {
		if !s.supplyNeed(o, int32(n), depth) {
			return false
		}
	}
	return true
}

func (s *state) supplyNeed(o, n int32, depth int) bool {
	need := &s.stepOf(&s.ops[o]).needs[n]
	start := s.ops[o].start
	if !within(start, need.from, need.until) || s.issued(o) {
		return true
	}
	mark := s.mark()
	for c := range need.choices {
		d, ok := s.drawOf(o, n, int32(c), start)
		if !ok {
			continue
		}
		if d.qty == 0 {
			return true
		}
		s.placeDraw(d)
		if s.cover(d.point, max(s.now, d.at), depth) {
			return true
		}
		s.undo(mark)
	}
	return false
}

// drawOf returns what choice c of a need takes if the operation starts at
// start, and whether it may be taken then.
func (s *state) drawOf(o, n, c int32, start int64) (draw, bool) {
	op := &s.ops[o]
	need := &s.stepOf(op).needs[n]
	choice := &need.choices[c]
	scale := s.routings[s.orders[op.order].routing].scale
	d := draw{
		op: o, need: n, which: c, point: choice.point,
		at: addTime(start, need.offset), qty: need.amount(choice, op.qty, scale),
	}
	if d.qty > maxAmount {
		return d, s.refuse(excuse{kind: tooManyLots, point: choice.point})
	}
	return d, within(start, choice.from, choice.until)
}

// maxAmount is the largest amount that is planned at once, so that sums over
// a plan do not overflow.
const maxAmount wip.Qty = 1e15

// finish closes an order whose operations are placed, and has its products
// arrive. An order without operations happens at t.
func (s *state) finish(i int32, t int64) {
	o := &s.orders[i]
	r := &s.routings[o.routing]
	s.setBounds(i, t)
	o.end = s.now
	for k := range r.steps {
		if p := &s.ops[o.first+int32(k)]; !p.done {
			o.end = max(o.end, p.end)
		}
	}
	if len(r.steps) == 0 {
		o.end = max(o.end, t)
	}
	if s.infinite && r.lead > 0 {
		o.release = max(s.fence, o.end-r.lead)
		o.end = o.release + r.lead
	}
	s.placeOrder(i)
}

// made returns the point that an order supplies.
func (s *state) made(i int32) int32 { return s.routings[s.orders[i].routing].point }

// setBounds computes the start and the release of an order from its operations;
// without any they are t.
func (s *state) setBounds(i int32, t int64) {
	o := &s.orders[i]
	r := &s.routings[o.routing]
	o.start, o.release = never, never
	for k := range r.steps {
		p := &s.ops[o.first+int32(k)]
		if p.mode == history || p.mode == unplaced {
			continue
		}
		o.start = min(o.start, p.start)
		if len(r.steps[k].before) == 0 {
			o.release = min(o.release, p.start-r.steps[k].queue)
		}
	}
	if o.start == never {
		o.start = t
	}
	if o.release = min(o.release, o.start); o.existing >= 0 {
		o.release = o.start
	}
}

// floor returns the earliest start of a step that does not depend on others.
func (s *state) floor(i, k int32) int64 {
	o := &s.orders[i]
	r := &s.routings[o.routing]
	st := &r.steps[k]
	from := s.fence
	if o.existing >= 0 && st.partner < 0 {
		from = s.now
	}
	from = max(from, r.ready)
	if len(st.before) == 0 {
		from = addTime(from, st.queue)
		if o.existing < 0 {
			from = max(from, r.opens)
		}
	}
	return max(from, st.ready)
}
