package simulate

import (
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/wip"
)

// A unit of a resource that fails now and then.
type unit struct {
	resource   int32
	number     uint64
	occurrence uint64
	breakdown  *Breakdown
}

func isMachine(r *capacity.Resource) bool {
	return r.Units > 0 && (r.Kind == "" || r.Kind == capacity.Machine || r.Kind == capacity.MachineGroup)
}

// openUnits puts down the first failures of the units of a resource.
func (s *Plant) openUnits(b *Breakdown, r int32, units int) {
	for range units {
		n := len(s.units)
		s.units = append(s.units, unit{resource: r, number: uint64(n), breakdown: b})
		s.nextFailure(int32(n))
	}
}

func (s *Plant) nextFailure(n int32) {
	u := &s.units[n]
	draw := newStream(s.o.Seed, forFailure, u.number, 0, u.occurrence)
	s.agenda.push(s.now+draw.time(u.breakdown.ToFailure), fails, n, 0)
}

// fail takes a unit out of service. If no unit is free, what began last stops
// until there are enough again.
func (s *Plant) fail(n int32) {
	u := &s.units[n]
	r := &s.resources[u.resource]
	s.account(u.resource)
	r.down++
	draw := newStream(s.o.Seed, forRepair, u.number, 0, u.occurrence)
	u.occurrence++
	s.agenda.push(s.now+draw.time(u.breakdown.ToRepair), repaired, n, 0)
	for i := len(r.running) - 1; i >= 0 && s.excess(u.resource) > 0; i-- {
		if !r.running[i].stopped {
			r.running[i].stopped = true
			s.stop(r.running[i].task)
		}
	}
	if r.down == s.m.resources[u.resource].units {
		e := wip.Event{Kind: wip.Interrupted, Workplace: wip.WorkplaceID(s.m.resources[u.resource].ID), Cause: "breakdown"}
		if len(r.running) > 0 {
			t := &s.tasks[r.running[len(r.running)-1].task]
			e.Order, e.Step = s.orders[t.order].id, t.step.ID
		}
		s.tell(e)
	}
}

// excess returns how many units too many are at work.
func (s *Plant) excess(r int32) int64 {
	k := &s.resources[r]
	atWork := int64(0)
	for _, x := range k.running {
		if !x.stopped {
			atWork += s.unitsOf(x.task, r)
		}
	}
	return atWork - (s.m.resources[r].units - k.down)
}

func (s *Plant) unitsOf(n, r int32) int64 { return s.takenOf(&s.tasks[n], r) }

// repair puts a unit back into service; what stopped longest ago goes on first.
func (s *Plant) repair(n int32) {
	u := &s.units[n]
	r := &s.resources[u.resource]
	if r.down == s.m.resources[u.resource].units {
		s.tell(wip.Event{Kind: wip.Resumed, Workplace: wip.WorkplaceID(s.m.resources[u.resource].ID)})
	}
	s.account(u.resource)
	r.down--
	for i := range r.running {
		x := &r.running[i]
		if x.stopped && s.excess(u.resource)+s.unitsOf(x.task, u.resource) <= 0 {
			x.stopped = false
			s.resume(x.task)
		}
	}
	s.touch(u.resource)
	s.nextFailure(n)
}

// account adds up the time that units stood.
func (s *Plant) account(r int32) {
	k := &s.resources[r]
	k.stood += k.down * (s.now - k.downSince)
	k.downSince = s.now
}

// stop interrupts a task; one that has done its work only waits on.
func (s *Plant) stop(n int32) {
	t := &s.tasks[n]
	t.stops++
	if t.state == running {
		s.credit(t)
		t.state = stopped
		t.stamp++
	}
}

// credit puts down the work that has been done of a running task, and what of
// it was overtime of its machine.
func (s *Plant) credit(t *task) {
	if machine := s.machine(t); machine >= 0 && t.overtime {
		h := s.m.hours[t.hours]
		s.resources[machine].overtime += h.all.done(s.now) - h.all.done(t.resumed) - h.regular.done(s.now) + h.regular.done(t.resumed)
	}
	t.worked, t.resumed = s.workedBy(t), s.now
}

// workedBy returns the work that has been done of a running task.
func (s *Plant) workedBy(t *task) int64 {
	by := s.now - t.resumed
	if h := s.hoursOf(t); h != nil {
		by = h.done(s.now) - h.done(t.resumed)
	}
	return min(t.setup+t.run, t.worked+by)
}

// resume lets a task go on when nothing stops it any more.
func (s *Plant) resume(n int32) {
	t := &s.tasks[n]
	if t.stops--; t.stops == 0 && t.state == stopped {
		s.workOn(n)
	}
}
