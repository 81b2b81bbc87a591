package simulate

import (
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
)

// A queued task waits at a machine, with its priority there.
type queued struct {
	task     int32
	priority float64
	seq      int64 // arrival at the machine
}

// less orders a queue: by priority, then arrival.
func (q queued) less(o queued) bool {
	return q.priority < o.priority || q.priority == o.priority && q.seq < o.seq
}

// dispatch gives a resource work: first what the plan has on it next, then what
// chose it by rule.
func (s *Plant) dispatch(r int32) {
	s.loadVehicles(r)
	for s.free(r) > 0 {
		if !s.startNext(r) && !s.startQueued(r) {
			return
		}
	}
}

// startNext starts what the plan has on a resource next, if it can.
func (s *Plant) startNext(r int32) bool {
	head := s.head(r)
	return head >= 0 && s.tasks[head].state == ready && s.tryPlanned(head)
}

// head returns the first task of a resource's sequence that has not begun, or
// -1.
func (s *Plant) head(r int32) int32 {
	k := &s.resources[r]
	for k.next < len(k.sequence) {
		n := k.sequence[k.next]
		if t := &s.tasks[n]; t.state <= ready && s.orders[t.order].stage != dropped {
			return n
		}
		k.next++
	}
	return -1
}

// tryPlanned starts a ready task on the resources that the plan gives it, if
// it is its turn on all of them, they work, and there is material.
func (s *Plant) tryPlanned(n int32) bool {
	t := &s.tasks[n]
	if at := s.notBefore(t); at > s.now {
		s.tryLater(n, at)
		return false
	}
	for _, g := range s.granted(t) {
		if s.m.resources[g.resource].counted {
			continue
		}
		if s.head(g.resource) != n || s.free(g.resource) < g.units {
			return false
		}
	}
	turn := s.turn(s.machine(t), t.step.family)
	setup, run := s.planned(t, t.mode, s.machine(t))
	at := s.hoursOf(t).fit(s.now, int64(turn.Time)+setup+run, t.step.Pausable)
	if at > s.now {
		s.tryLater(n, at)
		return false
	}
	if !s.hasMaterial(n) {
		return false
	}
	s.begin(n, int64(turn.Time))
	return true
}

// turn returns the changeover of a machine to a family.
func (s *Plant) turn(machine, family int32) capacity.Changeover {
	if machine < 0 {
		return capacity.Changeover{}
	}
	table := s.m.resources[machine].table
	if table < 0 || family == 0 {
		return capacity.Changeover{}
	}
	return s.m.turns[table][int(s.resources[machine].family)*len(s.m.families)+int(family)]
}

// enqueue puts a task into the queues of all machines that could do it.
func (s *Plant) enqueue(n int32) {
	t := &s.tasks[n]
	if t.queued {
		return
	}
	t.queued = true
	s.eachMachine(t, func(r int32) {
		k := &s.resources[r]
		k.arrived++
		k.asked += t.standard
		q := queued{task: n, seq: k.arrived}
		if !s.o.Rule.Dynamic {
			q.priority = s.priority(n, r)
		}
		at, _ := slices.BinarySearchFunc(k.queue, q, func(a, b queued) int {
			if a.less(b) {
				return -1
			}
			return 1
		})
		k.queue = slices.Insert(k.queue, at, q)
		s.touch(r)
	})
}

// dequeue takes a task out of the queues again.
func (s *Plant) dequeue(n int32) {
	t := &s.tasks[n]
	if !t.queued {
		return
	}
	t.queued = false
	s.eachMachine(t, func(r int32) {
		k := &s.resources[r]
		if i := slices.IndexFunc(k.queue, func(q queued) bool { return q.task == n }); i >= 0 {
			k.queue = slices.Delete(k.queue, i, i+1)
		}
	})
}

// eachMachine calls f for each machine that a mode of a task could use, once.
func (s *Plant) eachMachine(t *task, f func(r int32)) {
	modes := t.step.modes
	for i := range modes {
		for _, r := range modes[i].machines() {
			if !servedBefore(modes[:i], r) {
				f(r)
			}
		}
	}
}

func servedBefore(modes []mode, r int32) bool {
	for i := range modes {
		if slices.Contains(modes[i].machines(), r) {
			return true
		}
	}
	return false
}

// priority returns that of a task at a machine, by arrival where the plan is
// kept.
func (s *Plant) priority(n, r int32) float64 {
	if s.keepsPlan() {
		return 0
	}
	t := &s.tasks[n]
	o := &s.orders[t.order]
	k := &s.resources[r]
	w := &s.asked
	*w = Waiting{
		Now: time.Duration(s.now), Due: time.Duration(o.due), Released: time.Duration(o.released), Arrived: time.Duration(t.arrived),
		Planned: time.Duration(t.planned), Priority: int(o.priority), Work: time.Duration(t.standard),
		Remaining: time.Duration(o.work), Steps: int(o.steps), MeanWork: time.Duration(k.asked / max(1, k.arrived)),
	}
	return s.o.Rule.Priority(w)
}

// startQueued starts the first task in a machine's queue that can, and reports
// whether there was one.
func (s *Plant) startQueued(r int32) bool {
	k := &s.resources[r]
	if len(k.queue) == 0 {
		return false
	}
	h := s.m.hours[r].with(true)
	if at := h.fit(s.now, 1, true); at > s.now {
		s.wake(r, at)
		return false
	}
	if s.o.Rule.Dynamic {
		for i := range k.queue {
			k.queue[i].priority = s.priority(k.queue[i].task, r)
		}
		slices.SortFunc(k.queue, func(a, b queued) int {
			if a.less(b) {
				return -1
			}
			return 1
		})
	}
	for i := 0; i < len(k.queue); i++ {
		n := k.queue[i].task
		if s.startOn(n, r) {
			return true
		}
		if i >= len(k.queue) || k.queue[i].task != n {
			i-- // it has left the queue to wait for material
		}
	}
	return false
}

func (s *Plant) wake(r int32, at int64) {
	k := &s.resources[r]
	if at < never && (k.wakeAt <= s.now || at < k.wakeAt) {
		k.wakeAt = at
		s.agenda.push(at, wakes, r, 0)
	}
}

// startOn starts a task on a machine in the first of its modes that allows it
// now, by priority of the modes.
func (s *Plant) startOn(n, machine int32) bool {
	t := &s.tasks[n]
	for i := range t.step.modes {
		m := &t.step.modes[i]
		if !slices.Contains(m.machines(), machine) || s.now < m.from || s.now >= m.to || !s.grant(t, m, machine) {
			continue
		}
		turn := s.turn(machine, t.step.family)
		if turn.Forbidden {
			continue
		}
		setup, run := s.planned(t, int16(i), machine)
		overtime := s.o.Overtime || t.planned != never && t.overtime
		h := s.m.hours[t.hours].with(overtime)
		if at := h.fit(s.now, int64(turn.Time)+setup+run, t.step.Pausable); at > s.now {
			s.wake(machine, at)
			continue
		}
		if !s.hasMaterial(n) {
			s.dequeue(n)
			return false
		}
		t.mode, t.overtime = int16(i), overtime
		s.dequeue(n)
		s.begin(n, int64(turn.Time))
		return true
	}
	return false
}

// grant chooses free resources for the uses of a mode, and reports whether
// there are any.
func (s *Plant) grant(t *task, m *mode, machine int32) bool {
	t.granted, t.hours = 0, machine
	for i := range m.uses {
		u := &m.uses[i]
		serving := int32(-1)
		if i == 0 {
			serving = machine
		}
		for _, r := range u.able {
			if serving < 0 && s.free(r) >= u.units+s.takenOf(t, r) {
				serving = r
			}
		}
		if serving < 0 || s.free(serving) < u.units+s.takenOf(t, serving) {
			return false
		}
		s.grants[t.grant+t.granted] = grant{serving, u.units}
		t.granted++
		if i > 0 {
			t.hours = s.m.together(t.hours, serving)
		}
	}
	if t.step.calendar >= 0 {
		t.hours = s.m.together(t.hours, t.step.calendar)
	}
	return true
}

// takenOf returns the units of a resource that other uses of a task have.
func (s *Plant) takenOf(t *task, r int32) int64 {
	units := int64(0)
	for _, g := range s.granted(t) {
		if g.resource == r {
			units += g.units
		}
	}
	return units
}
