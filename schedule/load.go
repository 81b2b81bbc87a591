package schedule

import (
	"math"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
)

// Timelines returns when each resource works: its calendar, in the working
// time of its shop's. The error is that of the calendars.
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
			known[use] = calendar.Intersection(of(use.resource), of(use.shop))
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
		e.Setup, e.Work = sum(e.Setup, o.Setup), sum(e.Work, at.work)
		if r := e.x.Resources.Position(o.Machine(at.mode)); r >= 0 {
			e.resources[r].work = sum(e.resources[r].work, capacity.Of(at.mode.Uses[0].Count(), max(0, at.work)))
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
// work of an operation counts for the days it occupies in proportion to their
// working time.
func (e *evaluation) evenLoad() {
	days := int(e.last.Sub(e.t.From)/day) + 1
	first := int(e.t.Now.Sub(e.t.From) / day)
	load := make([][]float64, len(e.p.Resources))
	for i := range e.plan.Operations {
		o, at := &e.plan.Operations[i], &e.placed[i]
		if at.mode == nil || o.Done {
			continue
		}
		r := e.x.Resources.Position(o.Machine(at.mode))
		if r < 0 {
			continue
		}
		if load[r] == nil {
			load[r] = make([]float64, days)
		}
		line, from := e.resources[r].line, later(e.t.From, o.Start)
		for k := int(from.Sub(e.t.From) / day); k < days && e.dayStart(k).Before(o.End); k++ {
			load[r][k] += float64(line.Between(later(from, e.dayStart(k)), earlier(o.End, e.dayStart(k+1))))
		}
	}
	for r := range load {
		e.terms.evenLoad += e.variation(r, load[r], first)
	}
}

// variation returns the standard deviation of a resource's daily load over its
// mean, in thousandths, over the days on which it works.
func (e *evaluation) variation(r int, load []float64, first int) int64 {
	var n, total, squares float64
	for k := first; k < len(load); k++ {
		if load[k] == 0 && e.resources[r].line.Between(e.dayStart(k), e.dayStart(k+1)) == 0 {
			continue
		}
		n++
		total += load[k]
	}
	if total == 0 {
		return 0
	}
	mean := total / n
	for k := first; k < len(load); k++ {
		if load[k] == 0 && e.resources[r].line.Between(e.dayStart(k), e.dayStart(k+1)) == 0 {
			continue
		}
		squares += float64((load[k] - mean) * (load[k] - mean)) // not fused, to be equal on every machine
	}
	return int64(math.Round(1000 * (math.Sqrt(squares/n) / mean)))
}

// dayStart returns when day k from the start of the horizon begins.
func (e *evaluation) dayStart(k int) time.Time { return e.t.From.Add(time.Duration(k) * day) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
