package verify

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// A change of what is asked of a resource, or of what it has.
type change struct {
	resource int
	at       int64
	units    int64 // asked for; negative when they are given back
	kept     int64 // of these, by what has to stay where it is
	out      int64 // units that go to maintenance; negative when they return
	task     int   // that asks, or -1
	transfer int   // or -1
}

// capacities judges that no resource is asked for more units than it has at
// any instant. What is kept may ask for more; nothing may be added to that.
func (j *judge) capacities() {
	changes := j.demands()
	used := map[int]bool{}
	for i := range changes {
		used[changes[i].resource] = true
	}
	for i := range j.p.Resources {
		if !used[i] {
			continue
		}
		for _, o := range j.outages(i) {
			if o.units < int64(j.p.Resources[i].Units) {
				changes = append(changes,
					change{resource: i, at: o.from, out: o.units, task: -1, transfer: -1},
					change{resource: i, at: o.to, out: -o.units, task: -1, transfer: -1})
			}
		}
	}
	slices.SortFunc(changes, func(a, b change) int {
		return cmp.Or(
			cmp.Compare(a.resource, b.resource), cmp.Compare(a.at, b.at), cmp.Compare(a.units, b.units),
			cmp.Compare(a.task, b.task), cmp.Compare(a.transfer, b.transfer))
	})
	for len(changes) > 0 {
		n := 1
		for n < len(changes) && changes[n].resource == changes[0].resource {
			n++
		}
		j.sweep(changes[:n])
		changes = changes[n:]
	}
}

// demands returns what operations and transfers ask for.
func (j *judge) demands() []change {
	list := make([]change, 0, 2*len(j.tasks))
	ask := func(resource int, from, to, units int64, kept bool, task, transfer int) {
		if resource < 0 || from >= to || len(j.p.Resources[resource].Buckets) > 0 {
			return
		}
		c := change{resource: resource, at: from, units: units, task: task, transfer: transfer}
		if kept {
			c.kept = units
		}
		list = append(list, c)
		c.at, c.units, c.kept = to, -c.units, -c.kept
		list = append(list, c)
	}
	for i := range j.tasks {
		t := &j.tasks[i]
		if t.mode == nil || t.done() {
			continue
		}
		for u := range t.mode.Uses {
			ask(t.resources[u], t.start, t.end, int64(t.mode.Uses[u].Count()), t.kept, i, -1)
		}
	}
	for i := range j.lots {
		j.holds(&j.lots[i], ask)
	}
	for i := range j.plan.Transfers {
		t := &j.plan.Transfers[i]
		l := j.x.Lanes.Find(t.Lane)
		if l == nil {
			continue
		}
		leave, arrive, handling := j.at(t.Departure), j.at(t.Arrive), j.ticks(l.Handling)
		ask(j.x.Resources.Position(l.Vehicle), leave, leave+j.ticks(tripTime(l)), int64(t.Trips), false, -1, i)
		ask(j.x.Resources.Position(l.FromDock), leave-handling, leave, 1, false, -1, i)
		ask(j.x.Resources.Position(l.ToDock), arrive, arrive+handling, 1, false, -1, i)
	}
	return list
}

// holds asks for what an order keeps from the start of one step to the end of
// another. Of steps that are over, it keeps it no more, or from Now on.
func (j *judge) holds(l *lot, ask func(resource int, from, to, units int64, kept bool, task, transfer int)) {
	for _, h := range l.routing.Holds {
		to := l.tasks[j.position[j.x.Step(l.routing.ID, h.To)]]
		if to < 0 || j.tasks[to].done() {
			continue
		}
		now := j.ticks(j.t.Now.Sub(j.clock.from))
		from, task := now, l.tasks[j.position[j.x.Step(l.routing.ID, h.From)]]
		if task >= 0 {
			from = max(now, j.tasks[task].start)
		} else {
			task = to
		}
		ask(j.x.Resources.Position(h.Resource), from, j.tasks[to].end, int64(h.Count()), false, task, -1)
	}
}

// sweep goes through the changes of one resource in the order of time and
// reports each stretch in which too much is asked, by the most that is.
func (j *judge) sweep(changes []change) {
	r := &j.p.Resources[changes[0].resource]
	var units, kept, out int64
	over := -1
	for i := range changes {
		c := &changes[i]
		units, kept, out = units+c.units, kept+c.kept, out+c.out
		if i+1 < len(changes) && changes[i+1].at == c.at {
			continue
		}
		excess := units - max(int64(r.Units)-out, kept)
		switch {
		case excess <= 0:
			over = -1
		case over < 0:
			over = len(j.found)
			j.report(j.overload(r.ID, changes[:i+1], excess))
		default:
			j.found[over].By = max(j.found[over].By, excess)
		}
	}
}

// overload describes too large a demand from the last change on, by what asked
// last.
func (j *judge) overload(r schedule.ResourceID, changes []change, excess int64) Violation {
	last := changes[len(changes)-1]
	v := Violation{Code: Overload, Resource: r, At: j.time(last.at), By: excess}
	for i := len(changes) - 1; i >= 0 && changes[i].at == last.at; i-- {
		c := &changes[i]
		switch {
		case c.units <= 0:
		case c.task >= 0:
			t := &j.tasks[c.task]
			v.Order, v.Step = j.lots[t.lot].ID, t.step.ID
			return v
		case c.transfer >= 0:
			v.Ref = j.plan.Transfers[c.transfer].ID
			return v
		}
	}
	return v
}
