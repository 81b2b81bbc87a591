package schedule

import (
	"math"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
)

// Timelines returns when each resource works: its calendar, in the working
// time of its shop's and at its own rate. The error is that of the calendars.
func Timelines(p *Problem) ([]*calendar.Timeline, error) {
	ts, err := calendar.Expand(p.Calendars, p.From, p.To)
	if err != nil {
		return nil, err
	}
	x := NewIndex(p)
	of := func(id CalendarID) *calendar.Timeline {
		if at := x.Calendars.Position(id); at >= 0 {
			return ts[at]
		}
		return calendar.Always(p.From, p.To)
	}
	type pair struct{ resource, shop CalendarID }
	known := map[pair]*calendar.Timeline{}
	lines := make([]*calendar.Timeline, len(p.Resources))
	for i := range lines {
		r := &p.Resources[i]
		use := pair{resource: r.Calendar}
		if s := x.Shops.Find(r.Shop); s != nil {
			use.shop = s.Calendar
		}
		if known[use] == nil {
			known[use] = of(use.resource).Within(of(use.shop))
		}
		lines[i] = known[use]
	}
	return lines, nil
}

// A resourceTime is when a resource works, and how much it is asked to.
type resourceTime struct {
	line, extra *calendar.Timeline // extra is the overtime, made when asked for
	work        capacity.Work      // as the machine of operations
}

func (r *resourceTime) overtime() *calendar.Timeline {
	if r.extra == nil {
		r.extra = r.line.Overtime()
	}
	return r.extra
}

// load measures the use of machines until the end of all work.
func (e *evaluation) load() {
	e.resources = make([]resourceTime, len(e.p.Resources))
	lines, err := Timelines(e.p)
	for i := range lines {
		e.resources[i].line = lines[i]
	}
	if err != nil {
		for i := range e.resources {
			e.resources[i].line = &calendar.Timeline{}
		}
	}
	for i := range e.plan.Operations {
		o, at := &e.plan.Operations[i], &e.placed[i]
		if at.mode == nil || o.Done {
			continue
		}
		if at.machine >= 0 {
			e.Setup, e.Work = sum(e.Setup, at.setup), sum(e.Work, at.work)
			work := &e.resources[at.machine].work
			*work = sum(*work, capacity.Of(at.mode.Uses[0].Count(), max(0, at.work)))
		}
	}
	var work, fund capacity.Work
	for i := range e.p.Resources {
		if r := &e.p.Resources[i]; isMachine(r) {
			work = sum(work, e.resources[i].work)
			fund = sum(fund, regular(r, e.resources[i].line, e.t.Now, e.last))
		}
	}
	e.Utilisation = ratio(int64(work), int64(fund), 0)
	if e.objective.EvenLoad != 0 {
		e.evenLoad()
	}
}

func isMachine(r *capacity.Resource) bool {
	return r.Kind == "" || r.Kind == capacity.Machine || r.Kind == capacity.MachineGroup
}

// regular returns the working time of all units of r in [from, to) without
// overtime.
func regular(r *capacity.Resource, line *calendar.Timeline, from, to time.Time) capacity.Work {
	var w capacity.Work
	for _, l := range r.Levels(line) {
		if !l.From.Before(to) {
			break
		}
		if d := earlier(l.To, to).Sub(later(l.From, from)); d > 0 && !l.Overtime {
			w = sum(w, capacity.Of(l.Units, d))
		}
	}
	return w
}

// evenLoad adds up, in thousandths, the variation of each machine's load over
// the days of 24 hours from the start of the horizon on which it works. The
// load of an operation on a day is the working time that it occupies.
func (e *evaluation) evenLoad() {
	load := make([]float64, int(e.last.Sub(e.t.From)/day)+1)
	machines := group(len(e.p.Resources), e.placed, func(at *placed, add func(int)) {
		if at.machine >= 0 {
			add(at.machine)
		}
	})
	for r, operations := range machines {
		if len(operations) == 0 {
			continue
		}
		clear(load)
		line := e.resources[r].line
		for _, at := range operations {
			from, to := later(e.t.From, at.operation.Start), at.operation.End
			for k := int(from.Sub(e.t.From) / day); k < len(load) && e.dayStart(k).Before(to); k++ {
				load[k] += float64(line.Between(later(from, e.dayStart(k)), earlier(to, e.dayStart(k+1))))
			}
		}
		e.terms.evenLoad += variation(e.loadOnWorkdays(line, load))
	}
}

// loadOnWorkdays returns the loads from Now on of the days that have any
// working time, or a load without.
func (e *evaluation) loadOnWorkdays(line *calendar.Timeline, load []float64) []float64 {
	var days []float64
	for k := int(e.t.Now.Sub(e.t.From) / day); k < len(load); k++ {
		if load[k] > 0 || line.Between(e.dayStart(k), e.dayStart(k+1)) > 0 {
			days = append(days, load[k])
		}
	}
	return days
}

// variation returns the standard deviation over the mean, in thousandths.
func variation(values []float64) int64 {
	var total, squares float64
	for _, v := range values {
		total += v
	}
	if total == 0 {
		return 0
	}
	mean := total / float64(len(values))
	for _, v := range values {
		squares += float64((v - mean) * (v - mean)) // not fused, to be equal on every machine
	}
	return int64(math.Round(1000 * (math.Sqrt(squares/float64(len(values))) / mean)))
}

// dayStart returns when day k from the start of the horizon begins.
func (e *evaluation) dayStart(k int) time.Time { return e.t.From.Add(time.Duration(k) * day) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
