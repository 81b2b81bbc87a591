package analysis

import (
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// A Cycle is the time of an order from release to its last delivery, or to the
// end of the period, cut without gaps into what it went into.
type Cycle struct {
	Order     schedule.OrderID
	From, To  time.Time
	Done      bool
	Stretches []Stretch
}

// Cycles returns the cycle of every order that was released before the end of
// the period and not finished before its start, in the order of the plan.
//
// An order's time is that of the way through its steps on which each step
// followed the one that ended last before it. Time at a step is setup as
// planned, work as reported, standstill of the workplace and time without a
// shift, in that order; what is left is unexplained, as is any time after the
// last step but for its planned move. It takes time in proportion to the waits
// times the work at their resources.
func (h *History) Cycles() []Cycle {
	var list []Cycle
	for i := range h.Orders {
		o := &h.Orders[i]
		if o.Released.IsZero() || o.Done() && o.Last.Before(h.From) {
			continue
		}
		c := Cycle{Order: o.Planned.ID, From: o.Released, To: h.To, Done: o.Done()}
		if c.Done {
			c.To = o.Last
		}
		c.Stretches = h.cut(o, c.From, c.To)
		list = append(list, c)
	}
	return list
}

// cut follows an order along its path.
func (h *History) cut(o *Order, from, to time.Time) []Stretch {
	var list []Stretch
	now := from
	path := path(o)
	for k, s := range path {
		if s.Start.IsZero() || s.Start.After(now) {
			start := to
			if !s.Start.IsZero() {
				start = earlier(s.Start, to)
			}
			if k > 0 {
				list, now = h.move(list, s, now, start, gap(path[k-1], s))
			}
			for _, x := range h.waiting(s, now, start) {
				list = appendStretch(list, x)
			}
			now = later(now, start)
		}
		if s.Start.IsZero() {
			return list
		}
		if end := earlier(s.End, to); end.After(now) {
			list = h.work(list, s, now, end)
			now = end
		}
	}
	if n := len(path); n > 0 && path[n-1].step != nil {
		list, now = h.move(list, path[n-1], now, to, path[n-1].step.Move)
	}
	return appendStretch(list, Stretch{From: now, To: to, For: Unexplained, Order: o.Planned.ID})
}

// path returns the steps of an order that its time went by: back from the one
// that ended last, or waits to start, each time to the predecessor that ended
// last.
func path(o *Order) []*Step {
	var last *Step
	for i := range o.Steps {
		s := &o.Steps[i]
		if last == nil || !s.before(last) {
			last = s
		}
	}
	var back []*Step
	for s := last; s != nil; {
		back = append(back, s)
		var next *Step
		if s.routing != nil {
			for l := range s.routing.Precedence() {
				if f := o.step(l.From); l.To == s.Planned.Step && f != nil && (next == nil || next.before(f)) {
					next = f
				}
			}
		}
		s = next
	}
	slices.Reverse(back)
	return waitingOnce(back)
}

// before reports whether s ended before t, or t has not begun and s has; of two
// that have not, whether it was planned to.
func (s *Step) before(t *Step) bool {
	switch {
	case s.Start.IsZero() && t.Start.IsZero():
		return s.Planned.End.Before(t.Planned.End)
	case s.Start.IsZero() || t.Start.IsZero():
		return t.Start.IsZero()
	default:
		return s.End.Before(t.End)
	}
}

// waitingOnce cuts a path after the first step that has not begun: what comes
// later waits for that one.
func waitingOnce(path []*Step) []*Step {
	for k, s := range path {
		if s.Start.IsZero() {
			return path[:k+1]
		}
	}
	return path
}

// gap returns the time that has to lie between two steps.
func gap(from, to *Step) time.Duration {
	if from.step == nil || to.step == nil {
		return 0
	}
	d := from.step.Move + to.step.Queue
	for l := range to.routing.Precedence() {
		if l.From == from.Planned.Step && l.To == to.Planned.Step {
			d += l.MinWait
		}
	}
	return d
}

// move adds the part of [from, to) that had to pass, and returns its end.
func (h *History) move(list []Stretch, s *Step, from, to time.Time, d time.Duration) ([]Stretch, time.Time) {
	if !from.Before(to) {
		return list, from
	}
	end := earlier(from.Add(d), to)
	return appendStretch(list, Stretch{From: from, To: end, For: Moving, Order: s.Planned.Order, Step: s.Planned.Step, Resource: s.Resource}), end
}

// work cuts the time at a step. Its parts follow each other by kind, not by
// when they were: events tell no more.
func (h *History) work(list []Stretch, s *Step, from, to time.Time) []Stretch {
	now := from
	add := func(d time.Duration, what WaitFor) {
		end := earlier(now.Add(max(0, d)), to)
		list = appendStretch(list, Stretch{From: now, To: end, For: what, Order: s.Planned.Order, Step: s.Planned.Step, Resource: s.Resource})
		now = end
	}
	if s.Outside {
		add(to.Sub(from), AtPartner)
		return list
	}
	setup := min(s.Planned.Setup, s.Spent)
	add(setup, Setup)
	add(s.Spent-setup, Processing)
	add(h.stood(s.resource, from, to), ForRepair)
	if s.resource >= 0 {
		add(to.Sub(from)-h.lines[s.resource].Between(from, to), ForShift)
	}
	add(to.Sub(now), Unexplained)
	return list
}

// stood returns for how long of [from, to) a resource stood still in working
// time.
func (h *History) stood(resource int, from, to time.Time) time.Duration {
	if resource < 0 {
		return 0
	}
	total := time.Duration(0)
	for _, s := range h.stops[resource] {
		total += h.lines[resource].Between(later(s.From, from), earlier(s.To, to))
	}
	return total
}

// A Decomposition adds up what the time of orders went into.
type Decomposition struct {
	Orders int
	Total  time.Duration
	Parts  [waitKinds]time.Duration // by WaitFor; they add up to Total
}

// Part returns the time that went into something.
func (d *Decomposition) Part(w WaitFor) time.Duration { return d.Parts[w] }

// FlowEfficiency returns the share of processing, or 0 if there was no time.
func (d *Decomposition) FlowEfficiency() float64 {
	if d.Total <= 0 {
		return 0
	}
	return float64(d.Parts[Processing]) / float64(d.Total)
}

// Decompose adds up cycles.
func Decompose(cycles []Cycle) Decomposition {
	var d Decomposition
	for i := range cycles {
		d.Orders++
		for _, s := range cycles[i].Stretches {
			d.Total += s.Length()
			d.Parts[s.For] += s.Length()
		}
	}
	return d
}

// Report returns the parts in hours, and as shares of the whole.
func (d *Decomposition) Report() Report {
	t := &table.Table{Title: "Time of orders", Columns: []table.Column{table.Text("part"), table.Number("hours"), table.Number("share")}}
	for w, part := range d.Parts {
		share := 0.0
		if d.Total > 0 {
			share = float64(part) / float64(d.Total)
		}
		t.Add(WaitFor(w), part, share)
	}
	return Report{t}
}
