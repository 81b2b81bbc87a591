package heuristic

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
