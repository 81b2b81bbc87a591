package verify

import (
	"slices"
	"sort"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
)

// A window is working time at one rate, in ticks.
type window struct {
	from, to int64
	rate     int64 // per mille
	overtime bool
	// worked and elapsed are the work, in thousandths of ticks, and the time
	// in the windows before.
	worked, elapsed int64
}

// A working is ascending working time.
type working []window

// sum computes what is derived of the windows.
func (w working) sum() working {
	var worked, elapsed int64
	for i := range w {
		w[i].worked, w[i].elapsed = worked, elapsed
		worked += (w[i].to - w[i].from) * w[i].rate
		elapsed += w[i].to - w[i].from
	}
	return w
}

// find returns the index of the first window that ends after at.
func (w working) find(at int64) int {
	return sort.Search(len(w), func(i int) bool { return w[i].to > at })
}

// done returns the work, in thousandths of ticks, and the working time before
// at.
func (w working) done(at int64) (worked, elapsed int64) {
	i := w.find(at)
	if i == len(w) {
		if i == 0 {
			return 0, 0
		}
		i, at = i-1, w[i-1].to
	}
	in := max(0, at-w[i].from)
	return w[i].worked + in*w[i].rate, w[i].elapsed + in
}

// after returns the first tick by which some work, in ticks, is done that
// begins at from, and whether there is one.
func (w working) after(from, work int64) (end int64, ok bool) {
	if work == 0 {
		return from, true
	}
	begun, _ := w.done(from)
	goal := begun + work*1000
	i := sort.Search(len(w), func(i int) bool { return w[i].worked+(w[i].to-w[i].from)*w[i].rate >= goal })
	if i == len(w) {
		return 0, false
	}
	return w[i].from + (goal-w[i].worked+w[i].rate-1)/w[i].rate, true
}

// off returns how much of [from, to) is not worked.
func (w working) off(from, to int64) int64 {
	_, a := w.done(from)
	_, b := w.done(to)
	return to - from - (b - a)
}

// wait returns the time from at until there is work, and whether there is any
// more.
func (w working) wait(at int64) (int64, bool) {
	i := w.find(at)
	if i == len(w) {
		return 0, false
	}
	return max(0, w[i].from-at), true
}

// regular returns w without overtime.
func (w working) regular() working {
	return slices.DeleteFunc(slices.Clone(w), func(x window) bool { return x.overtime }).sum()
}

// both returns the time in which a and b work, at the rate of a.
func both(a, b working) working {
	var w working
	for i, k := 0, 0; i < len(a) && k < len(b); {
		x := a[i]
		x.from, x.to = max(x.from, b[k].from), min(x.to, b[k].to)
		x.overtime = x.overtime || b[k].overtime
		if x.from < x.to {
			w = append(w, x)
		}
		if a[i].to < b[k].to {
			i++
		} else {
			k++
		}
	}
	return w.sum()
}

// without returns w less [from, to).
func (w working) without(from, to int64) working {
	if from >= to {
		return w
	}
	var rest working
	for _, x := range w {
		before, after := x, x
		before.to, after.from = min(x.to, from), max(x.from, to)
		if before.from < before.to {
			rest = append(rest, before)
		}
		if after.from < after.to {
			rest = append(rest, after)
		}
	}
	return rest.sum()
}

// A pair is working time with and without overtime.
type pair struct{ all, regular working }

func (p pair) with(overtime bool) working {
	if overtime {
		return p.all
	}
	return p.regular
}

// hours holds when calendars, resources and modes work.
type hours struct {
	calendars []working
	always    working
	resources []working
	modes     map[string]pair // by the positions of calendars and resources
}

func newHours(j *judge) hours {
	h := hours{modes: map[string]pair{}}
	h.always = working{{from: 0, to: j.at(j.t.To), rate: 1000}}.sum()
	lines, err := calendar.Expand(j.p.Calendars, j.t.From, j.t.To)
	if err != nil { // a valid problem has valid calendars
		lines = make([]*calendar.Timeline, len(j.p.Calendars))
	}
	for _, line := range lines {
		h.calendars = append(h.calendars, j.windows(line))
	}
	for i := range j.p.Resources {
		h.resources = append(h.resources, j.resourceHours(&h, i))
	}
	return h
}

// windows returns the whole ticks of a timeline.
func (j *judge) windows(line *calendar.Timeline) working {
	var w working
	if line == nil {
		return w
	}
	for x := range line.Windows() {
		from, to := j.ticks(x.From.Sub(j.clock.from)), j.at(x.To)
		if from < to {
			w = append(w, window{from: from, to: to, rate: int64(x.Rate), overtime: x.Overtime})
		}
	}
	return w.sum()
}

// of returns the working time of a calendar; without one it is all time.
func (h *hours) of(j *judge, id schedule.CalendarID) working {
	if i := j.x.Calendars.Position(id); i >= 0 {
		return h.calendars[i]
	}
	return h.always
}

// resourceHours returns when a resource works: its calendar's time, in that of
// its shop's, while it exists and not all of it is in maintenance.
func (j *judge) resourceHours(h *hours, i int) working {
	r := &j.p.Resources[i]
	w := h.of(j, r.Calendar)
	if s := j.x.Shops.Find(r.Shop); s != nil {
		w = both(w, h.of(j, s.Calendar))
	}
	if !r.From.IsZero() {
		w = w.without(0, j.ticks(r.From.Sub(j.clock.from)))
	}
	if !r.To.IsZero() {
		w = w.without(j.at(r.To), j.at(j.t.To))
	}
	for _, out := range j.outages(i) {
		if out.units >= int64(r.Units) {
			w = w.without(out.from, out.to)
		}
	}
	return w
}

// together returns when a task can be worked on: while its resources work
// together, the first at its rate, or the shop if there are none, and in the
// time of the step's calendar.
func (j *judge) together(t *task) pair {
	calendars := [2]schedule.CalendarID{t.step.Calendar}
	if len(t.resources) == 0 {
		if s := j.x.Shops.Find(j.lots[t.lot].routing.Shop); s != nil {
			calendars[1] = s.Calendar
		}
	}
	key := make([]byte, 0, 16)
	for _, c := range calendars {
		if c == "" {
			key = append(key, 0)
		} else {
			key = number(key, j.x.Calendars.Position(c)+1)
		}
	}
	for _, r := range t.resources {
		key = number(key, r)
	}
	if p, ok := j.hours.modes[string(key)]; ok {
		return p
	}
	w := j.hours.always
	for i, r := range t.resources {
		if i == 0 {
			w = j.hours.resources[r]
		} else {
			w = both(w, j.hours.resources[r])
		}
	}
	for _, c := range calendars {
		w = both(w, j.hours.of(j, c))
	}
	p := pair{w, w.regular()}
	j.hours.modes[string(key)] = p
	return p
}

// number appends a number to a key such that no two keys are alike.
func number(key []byte, n int) []byte {
	for ; n >= 255; n -= 255 {
		key = append(key, 255)
	}
	return append(key, byte(n))
}

// An outage is a stretch during which a number of units are in maintenance.
type outage struct{ from, to, units int64 }

// outages returns the maintenance of a resource as disjoint stretches.
func (j *judge) outages(i int) []outage {
	r := &j.p.Resources[i]
	var changes []outage // of units at from
	for _, m := range r.Maintenance {
		units := int64(m.Units)
		if units == 0 {
			units = int64(r.Units)
		}
		from, to := j.at(m.From), j.ticks(m.To.Sub(j.clock.from))
		changes = append(changes, outage{from: from, units: units}, outage{from: to, units: -units})
	}
	slices.SortStableFunc(changes, func(a, b outage) int { return int(min(1, max(-1, a.from-b.from))) })
	var list []outage
	units := int64(0)
	for k, c := range changes {
		units += c.units
		if k+1 < len(changes) && units > 0 && changes[k+1].from > c.from {
			list = append(list, outage{c.from, changes[k+1].from, units})
		}
	}
	return list
}
