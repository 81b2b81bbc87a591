package simulate

import (
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A status is how far a task has come.
type status uint8

const (
	waiting status = iota // for steps before it
	ready                 // for resources, hours and material
	running
	stopped // by a breakdown
	worked  // has done all that there is, waits for a transfer lot or material
	done
)

// A task is one step of an order.
type task struct {
	order int32
	step  *step
	state status
	mode  int16
	// pending counts what has to come before it may start, holds what has to
	// before it may end.
	pending, holds int32
	// qty is planned to enter, in does; good leaves.
	qty, in, good int64
	// planned and plannedEnd are the plan's dates, never without.
	planned, plannedEnd int64
	sequenced           bool // its resources keep its place for it
	dated               bool // may use its resources at the planned time
	overtime            bool
	issued              bool                // its material was taken before the simulation
	was                 *schedule.StepState // before the simulation, or nil
	before, ahead       int64               // of qty and of its run, that was done then
	queued              bool                // waits at machines by rule
	tryAt               int64
	arrived             int64 // became ready
	started, ended      int64
	deadline            int64 // of its start, by limited waits
	claim, claims       int32 // of material: claims[claim:claim+claims]
	grant, granted      int32 // grants[grant:grant+granted]
	hours               int32
	standard            int64 // planned work
	setup, run          int64 // actual, once it has begun
	worked              int64 // until it was resumed last
	resumed             int64
	stops               int32  // breakdowns that keep it from working
	stamp               uint32 // events of other stamps are void
	lotMoved            bool
	lastLot             int64 // when the last transfer lot before it arrives
	lastRest            int64 // how much that is
	reported, spent     int64 // told so far: good pieces, working time
}

// standard returns the planned work of a task: in its first mode, on the first
// machine that could serve it, without changeover.
func (s *Plant) standard(t *task) int64 {
	if len(t.step.modes) == 0 {
		return 0
	}
	machine := int32(-1)
	if able := t.step.modes[0].machines(); len(able) > 0 {
		machine = able[0]
	}
	setup, run := s.planned(t, 0, machine)
	return setup + run
}

// planned returns the setup, without changeover, and run time of a task in a
// mode on a machine.
func (s *Plant) planned(t *task, mode int16, machine int32) (setup, run int64) {
	return s.plannedFor(t, mode, machine, t.in)
}

func (s *Plant) plannedFor(t *task, mode int16, machine int32, qty int64) (setup, run int64) {
	if qty == 0 || len(t.step.modes) == 0 {
		return 0, 0
	}
	lot := s.processing(t, mode, machine, qty)
	a, b := lot.Time()
	return int64(a), int64(b)
}

func (s *Plant) processing(t *task, mode int16, machine int32, qty int64) schedule.Processing {
	lot := schedule.Processing{
		Step: t.step.Step, Mode: t.step.modes[mode].Mode, Qty: wip.Qty(qty),
		Scale: s.orders[t.order].routing.scale, Tick: s.m.times.Tick,
	}
	if machine >= 0 {
		lot.Efficiency = s.m.resources[machine].Efficiency
	}
	return lot
}

// left returns what is left of the work on a task that begins, or went on when
// the simulation began, on a machine. It notes how much of the run is over.
func (s *Plant) left(t *task, machine int32) (setup, run int64) {
	if t.was == nil || !t.was.Started || len(t.step.modes) == 0 {
		return s.planned(t, t.mode, machine)
	}
	lot := s.processing(t, t.mode, machine, t.qty)
	a, b := lot.Left(t.was)
	_, all := s.planned(t, t.mode, machine)
	t.ahead = max(0, all-int64(b))
	return int64(a), int64(b)
}

// machine returns the resource whose setup and speed a task has, or -1.
func (s *Plant) machine(t *task) int32 {
	if t.granted == 0 {
		return -1
	}
	return s.grants[t.grant].resource
}

func (s *Plant) granted(t *task) []grant { return s.grants[t.grant : t.grant+t.granted] }

// oneLess counts one thing off that a task waits for before it may start.
func (s *Plant) oneLess(n int32) {
	t := &s.tasks[n]
	if t.pending--; t.pending == 0 && t.state == waiting {
		s.becomeReady(n)
	}
}

// becomeReady is when all steps before a task and the waits after them are
// over.
func (s *Plant) becomeReady(n int32) {
	t := &s.tasks[n]
	t.state, t.arrived = ready, s.now
	if s.o.Release != nil {
		s.floor.queue(n)
	}
	s.consider(n)
}

// notBefore returns when a task may start as far as dates are concerned. What
// a partner does starts as agreed; and so does what must not wait long
// afterwards, since it is not known when the next step will find its place.
func (s *Plant) notBefore(t *task) int64 {
	at := t.step.ready
	if t.planned == never {
		return at
	}
	if t.step.Subcontract != nil || s.keepsPlan() && (t.dated || t.waitsShortly()) {
		return max(at, t.planned)
	}
	if len(t.step.modes) > 0 {
		if s.keepsPlan() {
			at = max(at, min(t.planned, t.step.modes[t.mode].from))
		}
	}
	return at
}

func (t *task) waitsShortly() bool {
	for i := range t.step.links {
		if t.step.links[i].shortWaiting {
			return true
		}
	}
	return false
}

// keepsPlan reports whether machines keep to the plan's sequence.
func (s *Plant) keepsPlan() bool { return s.o.Rule.Priority == nil }

// consider lets a ready task start, or wait for whatever it lacks.
func (s *Plant) consider(n int32) {
	t := &s.tasks[n]
	if t.state != ready {
		return
	}
	if at := s.notBefore(t); at > s.now {
		s.tryLater(n, at)
		return
	}
	switch {
	case t.sequenced:
		s.tryPlanned(n)
	case len(t.step.modes) == 0 || len(t.step.modes[t.mode].uses) == 0:
		t.granted = 0
		s.tryUnresourced(n)
	default:
		s.enqueue(n)
	}
}

func (s *Plant) tryLater(n int32, at int64) {
	if t := &s.tasks[n]; t.tryAt != at {
		t.tryAt = at
		s.agenda.push(at, tries, n, 0)
	}
}

// tryUnresourced starts a task that occupies nothing, as soon as there is
// material for it.
func (s *Plant) tryUnresourced(n int32) {
	t := &s.tasks[n]
	if h := s.hoursOf(t); h != nil {
		setup, run := s.planned(t, t.mode, -1)
		if at := h.fit(s.now, setup+run, t.step.Pausable); at > s.now {
			s.tryLater(n, at)
			return
		}
	}
	if s.hasMaterial(n) {
		s.begin(n, 0)
	}
}

// begin starts a task on what it has been granted, after a changeover that
// takes some time.
func (s *Plant) begin(n int32, changeover int64) {
	t := &s.tasks[n]
	o := &s.orders[t.order]
	t.state, t.started, t.resumed, t.worked = running, s.now, s.now, 0
	o.started = min(o.started, s.now)
	if t.deadline != never && s.now-t.deadline > int64(s.m.times.Tick) { // dates of plans are of whole ticks
		s.overstays++
	}
	s.takeMaterial(n)
	s.occupy(n)
	t.setup, t.run = s.left(t, s.machine(t))
	t.setup += changeover
	if t.run > 0 && s.o.Work.CV > 0 {
		draw := newStream(s.o.Seed, forWork, o.key, uint64(n-o.first), 0)
		t.run = int64(float64(t.run) * draw.factor(s.o.Work))
	}
	if s.o.Yield && t.step.Yield > 0 && t.step.Yield < 1000 {
		draw := newStream(s.o.Seed, forYield, o.key, uint64(n-o.first), 0)
		t.good = t.before + draw.binomial(t.in, float64(t.step.Yield)/1000)
	}
	t.good = min(t.good, t.in+t.before)
	s.tellStarted(t)
	if t.step.Subcontract != nil {
		s.agenda.push(s.backFromPartner(n), ends, n, t.stamp)
		return
	}
	s.workOn(n)
}

// workOn puts down when the first transfer lot of a task will be done, and when
// all of it.
func (s *Plant) workOn(n int32) {
	t := &s.tasks[n]
	t.state, t.resumed = running, s.now
	h := s.hoursOf(t)
	if lot := s.firstLot(t); lot < t.setup+t.run && !t.lotMoved {
		if t.worked == 0 {
			s.holdFollowers(n)
		}
		s.agenda.push(elapse(h, s.now, max(0, lot-t.worked)), lotMoves, n, t.stamp)
	}
	s.agenda.push(elapse(h, s.now, t.setup+t.run-t.worked), ends, n, t.stamp)
}

// elapse is hours.after; tasks that occupy nothing work always.
func elapse(h hours, from, work int64) int64 {
	if h == nil {
		return from + work
	}
	return h.after(from, work)
}

// hoursOf returns when a task can be worked on, or nil for always. What needs no
// resource is worked on while the shop works.
func (s *Plant) hoursOf(t *task) hours {
	if t.granted == 0 {
		if len(t.step.modes) == 0 {
			return nil
		}
		return s.m.hours[t.step.alone].with(t.overtime)
	}
	return s.m.hours[t.hours].with(t.overtime)
}

// occupy takes the granted units and turns the machine to the task's family.
func (s *Plant) occupy(n int32) {
	t := &s.tasks[n]
	for i, g := range s.granted(t) {
		r := &s.resources[g.resource]
		r.used += g.units
		r.running = append(r.running, run{task: n})
		if i == 0 && t.step.family != 0 {
			r.family = t.step.family
		}
		if t.sequenced {
			s.touch(g.resource)
		}
	}
}

// vacate gives the granted units back.
func (s *Plant) vacate(n int32) {
	t := &s.tasks[n]
	for _, g := range s.granted(t) {
		r := &s.resources[g.resource]
		r.used -= g.units
		for i := range r.running {
			if r.running[i].task == n {
				r.running = append(r.running[:i], r.running[i+1:]...)
				break
			}
		}
		s.touch(g.resource)
		for _, machine := range s.m.resources[g.resource].servedWith {
			s.touch(machine)
		}
	}
}

// backFromPartner returns when a subcontracted step comes back: as agreed in
// the plan, or after its lead time, and whatever delay there is.
func (s *Plant) backFromPartner(n int32) int64 {
	t := &s.tasks[n]
	back := s.now + int64(t.step.Subcontract.LeadTime)
	switch {
	case t.plannedEnd != never && (s.now <= t.planned || t.was != nil):
		back = max(s.now, t.plannedEnd)
	case t.step.outside != nil:
		back = t.step.outside.after(s.now, int64(t.step.Subcontract.LeadTime))
	}
	if back == never {
		return never
	}
	return back + s.delay(s.orders[t.order].key+uint64(n-s.orders[t.order].first))
}

// workEnds is when a task has done its work: it ends, unless it has to wait
// for a transfer lot or material.
func (s *Plant) workEnds(n int32) {
	t := &s.tasks[n]
	if t.overtime {
		s.credit(t)
	}
	if t.holds > 0 {
		t.state, t.worked = worked, t.setup+t.run
		return
	}
	if at := s.lastLotDone(t); at > s.now {
		s.agenda.push(at, ends, n, t.stamp)
		return
	}
	s.finishTask(n)
}

// finishTask ends a task and lets those after it go on.
func (s *Plant) finishTask(n int32) {
	t := &s.tasks[n]
	o := &s.orders[t.order]
	t.state, t.ended = done, s.now
	t.stamp++
	// What enters may have shrunk meanwhile, if it came in transfer lots; but
	// what has been reported stays reported.
	t.good = max(t.before+t.reported, min(t.good, t.in+t.before))
	if machine := s.machine(t); machine >= 0 {
		s.resources[machine].setup += t.setup
		s.resources[machine].work += t.run
	}
	s.tellFinished(t)
	s.vacate(n)
	o.steps--
	o.work -= t.standard
	s.workInShop -= t.standard
	s.putProducts(o, t.step.products, wip.Qty(o.qty), t.plannedEnd)
	s.passOn(n)
	if t.step.last {
		o.good = min(o.good, t.good)
	}
	if o.steps == 0 {
		s.finishOrder(t.order)
	}
	if s.o.Release != nil {
		s.floor.unload(n)
		s.decide(StepDone)
	}
}

// passOn hands the good output of a task to those after it.
func (s *Plant) passOn(n int32) {
	t := &s.tasks[n]
	first := s.orders[t.order].first
	for i := range t.step.links {
		l := &t.step.links[i]
		to := first + l.to
		next := &s.tasks[to]
		next.in = min(next.in, t.good)
		if l.limit < never {
			next.deadline = min(next.deadline, s.now+l.limit)
		}
		if l.mayOverlap && t.lotMoved {
			s.lastLotLeaves(t, l, to)
		} else if l.wait > 0 {
			s.agenda.push(s.now+l.wait, linked, to, 0)
		} else {
			s.oneLess(to)
		}
	}
}
