package heuristic

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
