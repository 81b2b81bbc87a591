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

// placeBackward places the steps of an order from the last one back, each as
// late as the steps after it allow, and has their material supplied.
func (s *state) placeBackward(i int32, t int64, depth int) bool {
	o := &s.orders[i]
	r := &s.routings[o.routing]
	ties := r.newTied()
	mark := s.mark()
	for range maxRestarts {
		ok, again := s.passBackward(i, t, ties, depth)
		back := int64(0)
		if ok {
			if back = s.holdsBack(&s.orders[i]); back == 0 {
				s.finish(i, t)
				return true
			}
		}
		if !ok && !again {
			return s.noRoomTied(i, ties)
		}
		s.undo(mark)
		t -= back
	}
	return s.refuse(excuse{kind: maxWaits, point: s.made(i)})
}

// passBackward is one try of placeBackward; again means that a maximum wait
// was not kept, and is noted in ties.
func (s *state) passBackward(i int32, t int64, ties tied, depth int) (ok, again bool) {
	r := &s.routings[s.orders[i].routing]
	for n := len(r.forward) - 1; n >= 0; n-- {
		k := r.forward[n]
		o := s.orders[i].first + k
		if s.ops[o].mode == unplaced && !s.stepBackward(i, k, t, ties) {
			return false, false
		}
		if !s.keepsBackward(i, k, ties) {
			return false, true
		}
		if !s.supplyStep(o, depth) {
			return false, false
		}
	}
	return true, false
}

// stepBackward places one step.
func (s *state) stepBackward(i, k int32, t int64, ties tied) bool {
	o := s.orders[i].first + k
	j := s.newJob(o, s.floor(i, k))
	j.hi = min(t, s.horizon)
	if ties.startBy != nil {
		j.startBy = ties.startBy[k]
	}
	for _, a := range j.step.after {
		j.hi = min(j.hi, s.mustEnd(i, k, a))
	}
	for _, a := range j.step.before {
		if s.ops[s.orders[i].first+a.step].mode != unplaced {
			j.lo = max(j.lo, s.mayStart(i, k, a))
		}
	}
	s.narrow(&j, i, k)
	for range maxRestarts {
		at, ok := s.latest(&j)
		if !ok {
			return s.noRoomFor(i, k, j.lo)
		}
		over := s.overrun(i, k, &at)
		if over <= 0 {
			s.placeOp(o, at)
			return true
		}
		j.hi = at.end - over
	}
	return s.noRoomFor(i, k, j.lo)
}

// keepsBackward reports whether step k does not end too long before the steps
// after it.
func (s *state) keepsBackward(i, k int32, ties tied) bool {
	if ties.startBy == nil {
		return true
	}
	keeps := true
	end := s.ops[s.orders[i].first+k].end
	for _, a := range s.stepOf(&s.ops[s.orders[i].first+k]).after {
		if a.maxWait == never {
			continue
		}
		if s.ops[s.orders[i].first+a.step].start > addTime(end, a.maxWait) {
			ties.startBy[a.step] = end + a.maxWait - a.maxWait%s.tick
			keeps = false
		}
	}
	return keeps
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

// placeForward places the steps of an order from the first on, each as early
// as material, the steps before it and its resources allow.
func (s *state) placeForward(i int32, from int64, depth int) bool {
	ties := s.routings[s.orders[i].routing].newTied()
	mark := s.mark()
	for range maxRestarts {
		ok, again := s.passForward(i, from, ties, depth)
		on := int64(0)
		if ok {
			if on = s.holdsOn(&s.orders[i]); on == 0 {
				s.finish(i, from)
				return true
			}
			s.setBounds(i, from)
			from = max(from, s.orders[i].start)
		}
		if !ok && !again {
			return s.noRoomTied(i, ties)
		}
		s.undo(mark)
		from = addTime(from, on)
	}
	return s.refuse(excuse{kind: maxWaits, point: s.made(i)})
}

// passForward is one try of placeForward.
func (s *state) passForward(i int32, from int64, ties tied, depth int) (ok, again bool) {
	for _, k := range s.routings[s.orders[i].routing].forward {
		if o := s.orders[i].first + k; s.ops[o].mode != unplaced {
			if !s.supplyStep(o, depth) {
				return false, false
			}
			continue
		}
		if !s.stepForward(i, k, from, ties, depth) {
			return false, false
		}
		if !s.keepsForward(i, k, ties) {
			return false, true
		}
	}
	return true, false
}

// stepForward places one step and its material.
func (s *state) stepForward(i, k int32, from int64, ties tied, depth int) bool {
	o := s.orders[i].first + k
	j := s.newJob(o, s.floor(i, k))
	if ties.startBy != nil {
		j.endFrom = ties.endFrom[k]
	}
	if len(j.step.before) == 0 {
		j.lo = max(j.lo, addTime(from, j.step.queue))
	}
	for _, a := range j.step.before {
		j.lo = max(j.lo, s.mayStart(i, k, a))
	}
	for _, a := range j.step.after {
		if s.ops[s.orders[i].first+a.step].mode != unplaced {
			j.hi = min(j.hi, s.mustEnd(i, k, a))
		}
	}
	return s.settle(i, k, j, depth)
}

// settle places a step and its material as early as its job allows.
func (s *state) settle(i, k int32, j job, depth int) bool {
	o := j.op
	mark := s.mark()
	for range maxRestarts {
		lo, ok := s.materialAfter(o, j.lo, depth)
		if !ok {
			return false
		}
		at, ok := s.firstSlot(i, k, j, lo)
		if !ok {
			return s.noRoomFor(i, k, lo)
		}
		if s.fitting(o, at.start) {
			s.placeOp(o, at)
			s.settleDraws(o)
			return true
		}
		s.undo(mark)
		j.lo = at.start
	}
	return s.noRoomFor(i, k, j.lo)
}

// firstSlot returns the first slot of a step from lo on that waits for the
// last transfer lots of the steps before it.
func (s *state) firstSlot(i, k int32, j job, lo int64) (slot, bool) {
	for range maxRestarts {
		j.lo = lo
		at, fits := s.earliest(&j)
		if !fits {
			break
		}
		short := s.underrun(i, k, &at)
		if short <= 0 {
			return at, true
		}
		lo = addTime(at.start, short)
	}
	return slot{}, false
}

// fitting reports whether an operation that starts at start takes what it has
// taken, and nothing else, and is not kept by a need that was not in effect.
func (s *state) fitting(o int32, start int64) bool {
	needs := s.stepOf(&s.ops[o]).needs
	taken := 0
	for d := s.ops[o].draws; d >= 0; d = s.draws[d].next {
		n := &needs[s.draws[d].need]
		c := &n.choices[s.draws[d].which]
		if !within(start, n.from, n.until) || !within(start, c.from, c.until) {
			return false
		}
		taken++
	}
	due := 0
	for n := range needs {
		if s.takes(o, int32(n), start) {
			due++
		}
	}
	return taken == due
}

// takes reports whether an operation takes anything for a need if it starts at
// start.
func (s *state) takes(o, n int32, start int64) bool {
	need := &s.stepOf(&s.ops[o]).needs[n]
	if s.issued(o) || !within(start, need.from, need.until) {
		return false
	}
	d, _ := s.drawOf(o, n, 0, start)
	return d.qty > 0
}

// keepsForward reports whether step k does not start too long after the steps
// before it.
func (s *state) keepsForward(i, k int32, ties tied) bool {
	if ties.startBy == nil {
		return true
	}
	keeps := true
	start := s.ops[s.orders[i].first+k].start
	for _, a := range s.stepOf(&s.ops[s.orders[i].first+k]).before {
		if a.maxWait == never {
			continue
		}
		p := &s.ops[s.orders[i].first+a.step]
		if p.end < start-a.maxWait && !p.fixed {
			ties.endFrom[a.step] = roundUp(start-a.maxWait, s.tick)
			keeps = false
		}
	}
	return keeps
}

// materialAfter returns the first instant at or after lo at which a step can
// start for all it knows of its material, which is taken then.
func (s *state) materialAfter(o int32, lo int64, depth int) (int64, bool) {
	needs := s.stepOf(&s.ops[o]).needs
	for n := range needs {
		if !within(lo, needs[n].from, needs[n].until) || s.issued(o) {
			continue
		}
		at, ok := s.needAfter(o, int32(n), lo, depth)
		if !ok {
			return never, false
		}
		lo = max(lo, at)
	}
	return lo, true
}

// needAfter takes the choice of a need that lets the step start first.
func (s *state) needAfter(o, n int32, lo int64, depth int) (int64, bool) {
	need := &s.stepOf(&s.ops[o]).needs[n]
	mark := s.mark()
	best, start := int32(-1), int64(never)
	for c := range need.choices {
		at, ok := s.choiceAfter(o, n, int32(c), lo, depth)
		if ok && at < start {
			best, start = int32(c), at
			if at == lo || c == len(need.choices)-1 {
				return start, true
			}
		}
		s.undo(mark)
	}
	if best < 0 {
		return never, false
	}
	return s.choiceAfter(o, n, best, lo, depth)
}

// choiceAfter takes one choice of a need as early as possible from lo on, and
// returns when the step can start.
func (s *state) choiceAfter(o, n, c int32, lo int64, depth int) (int64, bool) {
	need := &s.stepOf(&s.ops[o]).needs[n]
	lo = max(lo, need.choices[c].from)
	d, ok := s.drawOf(o, n, c, lo)
	if !ok {
		return never, false
	}
	if d.qty == 0 {
		return lo, true
	}
	first := max(s.now, d.at)
	at, ok := s.drawAfter(d.point, int64(d.qty), first, depth, func(at int64) {
		d.at = at
		s.placeDraw(d)
	})
	if !ok {
		return never, false
	}
	start := max(lo, roundUp(max(0, at-need.offset), s.tick))
	return start, start < need.choices[c].until
}

// settleDraws moves the draws of an operation to where it starts. They were
// placed no later than that, so nobody goes short.
func (s *state) settleDraws(o int32) {
	st := s.stepOf(&s.ops[o])
	for d := s.ops[o].draws; d >= 0; d = s.draws[d].next {
		s.moveDraw(d, addTime(s.ops[o].start, st.needs[s.draws[d].need].offset))
	}
}

// issued reports whether the material of an operation has been taken already.
func (s *state) issued(o int32) bool { return s.ops[o].issued || s.ops[o].done }
