package heuristic

// takeDown takes away what an order makes and takes, but not its operations.
func (r *ripple) takeDown(i int32) {
	o := &r.state.orders[i]
	if o.draft {
		r.withdraw(i)
		r.note(takenDraft, int(i))
	} else {
		r.produce(o, -1)
		r.note(takenOrder, int(i))
	}
	r.drawAll(i, -1)
	o.off = true
}

// withdraw ends the expectation of what a draft makes.
func (r *ripple) withdraw(i int32) {
	r.expect(&r.state.orders[i], -1)
	r.note(withdrawn, int(i))
}

// lies reports whether an operation is placed now.
func (r *ripple) lies(n int32) bool {
	return int(n) < len(r.ops) && r.ops[n].mode != unplaced && !r.state.orders[r.ops[n].order].off
}

// takeOff takes an operation from its machine. If the one after it there can
// then not be set up where it is, it is added to followers.
func (r *ripple) takeOff(n int32, followers []int32) []int32 {
	if r.takeOp(n) {
		return followers
	}
	return append(followers, r.nextOfFamily(&r.busy[r.modeOf(&r.ops[n]).machine()], r.ops[n].start))
}

// tail tells the steps of an order that have to go if one does: those after
// it. Steps that stay where they are by the problem stay.
func (r *ripple) tail(i, first int32) []bool {
	o := &r.state.orders[i]
	rt := &r.routings[o.routing]
	tail := make([]bool, len(rt.steps))
	for _, k := range rt.forward {
		tail[k] = k == first || rt.tight || r.ops[o.first+k].mode == unplaced
		for _, a := range rt.steps[k].before {
			tail[k] = tail[k] || tail[a.step]
		}
	}
	for k := range tail {
		tail[k] = tail[k] && !r.ops[o.first+int32(k)].fixed
	}
	return tail
}

// renew makes an order anew, without its tail.
func (r *ripple) renew(i int32, tail []bool) int32 {
	old := r.state.orders[i]
	n := r.createOrder(old.routing, old.qty, old.need)
	o := &r.state.orders[n]
	o.existing, o.owner, o.past, o.id, o.draft = old.existing, old.owner, old.past, old.id, true
	if o.existing >= 0 {
		r.existing[o.existing] = n
	}
	r.heirs[i] = n
	rt := &r.routings[old.routing]
	r.failed = r.failed || len(rt.holds) > 0 // what is held would have to move along
	for k := range rt.steps {
		a, b := old.first+int32(k), o.first+int32(k)
		was := r.ops[a]
		to := &r.ops[b]
		to.qty, to.fixed, to.done, to.started, to.issued, to.overtime = was.qty, was.fixed, was.done, was.started, was.issued, was.overtime
		if tail[k] || was.mode == unplaced {
			continue
		}
		r.occupy(&r.ops[a], a, -1)
		r.note(takenOp, int(a))
		at := was.slot()
		if was.started && at.mode >= 0 {
			at.end = r.endOf(to, &rt.steps[k].modes[at.mode], max(at.start, r.present))
		}
		r.placeOp(b, at)
		if rt.tight {
			continue // what stays draws again with the rest
		}
		for d := was.draws; d >= 0; d = r.draws[d].next {
			again := r.draws[d]
			again.op = b
			r.placeDraw(again)
		}
	}
	return n
}

// wasAt returns when an operation started in the plan that hangs, or else in
// its last place.
func (r *ripple) wasAt(n int32, last int64) int64 {
	o := &r.ops[n]
	if p := r.state.orders[o.order].past; p != nobody && r.past[p].steps[o.step].mode != nobody {
		return r.past[p].steps[o.step].from
	}
	return last
}

// putBack places the next step of a draft: with what there is, or else in any
// mode and with a new supply. A draft without a place for a step is dropped, and one that has
// them all is finished.
func (r *ripple) putBack(i int32) {
	k, tight := r.next(i), r.routings[r.state.orders[i].routing].tight
	mark, placed := r.mark(), false
	for _, r.desperate = range []bool{false, true} {
		r.closed = !r.how.Supply && !r.desperate
		r.begin(r.state.orders[i].owner)
		switch {
		case placed || k == nobody:
		case tight:
			placed = r.wholeAgain(i, k)
		default:
			placed = r.placeStep(i, k)
		}
		if !placed {
			r.undo(mark)
			r.unlist()
		}
	}
	r.closed, r.desperate = false, false
	if n := r.next(i); placed && !tight && n != nobody {
		r.wait(r.wasAt(r.state.orders[i].first+n, r.horizon), createdOrder, i)
		return
	}
	if tight && placed {
		r.starve(i)
		return
	}
	r.finishAgain(i, placed || k == nobody)
}

// next returns the step of a draft that is to be placed next, or nobody.
func (r *ripple) next(i int32) int32 {
	o := &r.state.orders[i]
	best, at := nobody, int64(never)
	for _, k := range r.routings[o.routing].forward {
		if n := o.first + k; r.ops[n].mode == unplaced {
			if was := r.wasAt(n, o.need); best == nobody || was < at {
				best, at = k, was
			}
		}
	}
	return best
}

// wholeAgain places an order with maximum waits from its step k on.
func (r *ripple) wholeAgain(i, k int32) bool {
	r.withdraw(i)
	o := &r.state.orders[i]
	return r.placeForward(i, max(r.now, r.wasAt(o.first+k, o.need)), 0) && r.inEffect(i) && r.fits(i)
}

// finishAgain finishes a draft that has all its places, if they are in order,
// and drops it if not.
func (r *ripple) finishAgain(i int32, placed bool) {
	r.withdraw(i)
	mark := r.mark()
	if placed {
		r.finish(i, r.now)
	}
	if !placed || !r.inEffect(i) || !r.fits(i) {
		r.undo(mark)
		r.drop(i)
	}
	r.starve(i)
}

// fits reports whether an order ends in the horizon, and if it is new, leaves
// enough area for all.
func (r *ripple) fits(i int32) bool {
	o := &r.state.orders[i]
	return o.end <= r.horizon && (o.past != nobody || !r.crowded())
}

// inEffect reports whether the routing of an order is in effect when it starts.
func (r *ripple) inEffect(i int32) bool {
	o := &r.state.orders[i]
	return o.existing >= 0 || r.mayMake(i, o.start) || r.refuse(excuse{kind: notEffective, point: r.made(i)})
}

// placeStep places a step no earlier than it was. In overtime it works only if
// it did so before, or if it may and that makes it end earlier.
func (r *ripple) placeStep(i, k int32) bool {
	n := r.state.orders[i].first + k
	j := r.jobOf(i, k)
	if j.extra = r.ops[n].overtime; j.extra || !r.how.Overtime {
		return r.placeJob(i, k, j)
	}
	mark := r.mark()
	ok := r.placeJob(i, k, j)
	end := r.ops[n].end
	if ok && end <= r.wasEnd(n) {
		return true
	}
	r.undo(mark)
	long := j
	long.extra = true
	if r.placeJob(i, k, long) && (!ok || r.ops[n].end < end) {
		return true
	}
	r.undo(mark)
	return r.placeJob(i, k, j)
}

func (r *ripple) wasEnd(n int32) int64 {
	o := &r.ops[n]
	if p := r.state.orders[o.order].past; p != nobody && r.past[p].steps[o.step].mode != nobody {
		return r.past[p].steps[o.step].to
	}
	return never
}

// jobOf returns the job of a step: after the steps before it, no earlier than
// it was, and unless it may be rerouted in its mode.
func (r *ripple) jobOf(i, k int32) job {
	n := r.state.orders[i].first + k
	j := r.newJob(n, r.floor(i, k))
	j.lo = max(j.lo, r.wasAt(n, j.lo))
	for _, a := range j.step.before {
		j.lo = max(j.lo, r.mayStart(i, k, a))
	}
	for _, a := range j.step.after {
		if r.ops[r.state.orders[i].first+a.step].mode != unplaced {
			j.hi = min(j.hi, r.mustEnd(i, k, a))
		}
	}
	if p := r.state.orders[i].past; p != nobody && !r.how.Reroute && !r.desperate {
		j.only = r.past[p].steps[k].mode
	}
	return j
}

func (r *ripple) placeJob(i, k int32, j job) bool {
	if r.how.Gaps || j.only < 0 || r.infinite {
		return r.settle(i, k, j, 0)
	}
	r.makeWay(i, k, &j)
	return r.settle(i, k, j, 0)
}

// makeWay lifts what is behind a step on its machines from where the step will
// be, as soon as its material is there.
func (r *ripple) makeWay(i, k int32, j *job) {
	mark := r.mark()
	lo, ok := r.materialAfter(j.op, j.lo, 0)
	r.undo(mark)
	if !ok {
		return
	}
	m, w := &j.step.modes[j.only], j.work[j.only]
	lo = max(lo, m.from)
	for range maxRestarts {
		start, end := r.spanAfter(m.working(j.extra), j.step.Pausable, lo, w.setup+w.run)
		if start == never || end > j.hi {
			return
		}
		n, until, found := r.firstIn(m, start, end)
		if !found {
			return
		}
		if r.yields(n, j.op) {
			r.lift(n)
		} else {
			lo = until
		}
	}
}

// firstIn returns the first work on the machines of a mode in [start, end),
// and when it ends.
func (r *ripple) firstIn(m *mode, start, end int64) (n int32, until int64, found bool) {
	for _, u := range m.uses {
		if !r.resources[u.resource].unary() || start >= end {
			continue
		}
		g := &r.busy[u.resource]
		if n, until = g.prev(start + 1); n != nobody && until > start {
			return n, until, true
		}
		if at := g.next(start); at < end {
			n, until = g.prev(at + 1)
			return n, until, true
		}
	}
	return nobody, 0, false
}

// yields reports whether operation n makes way for another: it was behind it,
// and is neither bound nor frozen.
func (r *ripple) yields(n, other int32) bool {
	if n < 0 || r.ops[n].fixed || r.ops[n].order == r.ops[other].order || r.ops[n].start < r.keep {
		return false
	}
	a, b := r.wasAt(n, r.ops[n].start), r.wasAt(other, never)
	return (a > b || a == b && n > other) && r.lifts < mostLifts*len(r.state.orders)
}

// drop takes a draft away for good, whose output is withdrawn.
func (r *ripple) drop(i int32) {
	o := r.state.orders[i]
	r.drawAll(i, -1)
	r.state.orders[i].off = true
	r.note(takenDraft, int(i))
	var followers []int32
	for k := range r.routings[o.routing].steps {
		if n := o.first + int32(k); r.ops[n].mode != unplaced {
			followers = r.takeOff(n, followers)
		}
	}
	if o.existing >= 0 {
		r.dropped = append(r.dropped, dropped{int32(o.existing), r.excuse})
	}
	for _, f := range followers {
		r.lift(r.current(f))
	}
}
