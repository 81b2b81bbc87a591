package heuristic

import (
	"slices"

	"github.com/taktplan/takt/capacity"
)

// A closing is the working time of a resource as it was before an outage.
type closing struct {
	resource        int32
	always, regular *timeline
	from, to, units int64 // of an outage of some units only
}

// close takes units of a resource out of service. What it does there is not
// moved.
func (s *state) close(i int32, out capacity.Outage) closing {
	r := &s.resources[i]
	was := closing{resource: i, always: r.always, regular: r.regular, from: s.at(out.From), to: s.after(out.To)}
	if out.Units > 0 && int64(out.Units) < r.units {
		was.units = int64(out.Units)
		s.spare[i].add(was.from, -was.units)
		s.spare[i].add(was.to, was.units)
		return was
	}
	always := r.always.without(was.from, was.to, s.horizon)
	s.setHours(i, always, always.regular())
	return was
}

// reopen undoes close.
func (c *closing) reopen(s *state) {
	if c.units > 0 {
		s.spare[c.resource].add(c.from, c.units)
		s.spare[c.resource].add(c.to, -c.units)
		return
	}
	s.setHours(c.resource, c.always, c.regular)
}

// setHours gives a resource other working time, and with it all modes that use it.
func (s *state) setHours(i int32, always, regular *timeline) {
	s.resources[i].always, s.resources[i].regular = always, regular
	c := &compiler{model: s.model, crossing: map[[2]*timeline]*timeline{}, unlimited: &timeline{always: true, tick: s.tick}}
	if err := c.calendars(s.times); err != nil {
		return // which a valid problem does not lead to
	}
	for r := range s.routings {
		for k := range s.routings[r].steps {
			for m := range s.routings[r].steps[k].modes {
				mode := &s.routings[r].steps[k].modes[m]
				if slices.ContainsFunc(mode.uses, func(u use) bool { return u.resource == i }) {
					c.workingTime(mode, s.routings[r].Routing, s.routings[r].steps[k].Step)
				}
			}
		}
	}
	if s.resources[i].unary() {
		s.busy[i].rework(regular)
	}
}

// clearOutage lifts what a resource was to do in [from, to), and prolongs what
// is at work there.
func (r *ripple) clearOutage(i int32, from, to int64) {
	var hit []int32
	for n := range r.ops {
		o := &r.ops[n]
		if o.mode < 0 || o.done || o.start >= to || o.end <= from || !r.lies(int32(n)) {
			continue
		}
		if slices.ContainsFunc(r.modeOf(o).uses, func(u use) bool { return u.resource == i }) {
			hit = append(hit, int32(n))
		}
	}
	whole := r.resources[i].always.between(from, to) == 0
	for _, n := range hit {
		switch {
		case !whole:
		case r.ops[n].started:
			r.prolong(r.current(n))
		default:
			r.lift(r.current(n))
		}
	}
	for _, n := range hit {
		if n = r.current(n); !whole && !r.ops[n].fixed && r.spare[i].firstBelow(max(r.now, from), 0) < to {
			r.lift(n)
		}
	}
}

// prolong has an operation that is at work end when it can now.
func (r *ripple) prolong(n int32) {
	m := r.modeOf(&r.ops[n])
	o := r.ops[n]
	end := r.endOf(&o, m, max(o.start, r.present))
	for {
		k, _, found := r.firstIn(m, o.end, end)
		if !found || k < 0 || r.ops[k].fixed {
			break
		}
		r.lift(k)
	}
	r.lift(r.current(n))
}
