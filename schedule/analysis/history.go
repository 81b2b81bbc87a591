package analysis

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A History is what happened in a period [From, To), beside the plan for it.
type History struct {
	From, To time.Time
	// Orders are those of the plan, in its order.
	Orders []Order
	// Stops are interruptions of workplaces, sorted by start; what has not
	// ended ends at To.
	Stops []Stop

	p         *schedule.Problem
	plan      *schedule.Plan
	x         *schedule.Index
	lines     []*calendar.Timeline // of resources
	steps     []*Step              // of all orders
	on        [][]*Step            // by resource, sorted by start
	until     [][]time.Time        // by resource: the latest end up to each of on
	shifts    [][]time.Time        // by resource: when work begins and ends
	stops     [][]Stop             // by resource
	stock     map[wip.Point]*stockLine
	delivered []wip.Event // into stock, sorted by time
	shipped   []wip.Event // to lines, sorted by time
}

// An Order is what became of an order.
type Order struct {
	Planned *schedule.PlannedOrder
	// Released is when it was given to the shop: as reported, else as planned
	// if any step has begun. Zero means that it was not.
	Released  time.Time
	Delivered wip.Qty
	// Last is the last delivery of its output; zero if there was none.
	Last time.Time
	// Steps are those that the plan has: first those done inside, by planned
	// start, then those given to partners.
	Steps []Step
}

// Done reports whether all of the order was delivered.
func (o *Order) Done() bool { return !o.Last.IsZero() && o.Delivered >= o.Planned.Qty }

// A Step is what became of a step of an order.
type Step struct {
	Planned *schedule.Operation
	// Resource is the workplace that did it, by the first event that names
	// one; else as planned.
	Resource    schedule.ResourceID
	Good, Scrap wip.Qty
	// Start and End bound the work; End is To while it goes on. Start is zero
	// if it has not begun.
	Start, End time.Time
	Finished   bool
	Spent      time.Duration // working time
	// Outside says that a partner does it. If nothing is reported of it, it
	// lasts from the end of the steps before it to the start of the next.
	Outside bool

	routing  *schedule.Routing
	step     *schedule.Step
	resource int       // position of Resource, -1 if there is no such
	issued   time.Time // when it first got material; zero if it has not
}

// A Stop is a stretch of time in which a workplace stood still.
type Stop struct {
	Resource schedule.ResourceID
	From, To time.Time
	Cause    string
	Order    schedule.OrderID // in hand; may be empty
	Step     schedule.StepID
}

// Read makes a history of the events of a period. The plan must be for p, and
// both must not change while the history is in use. Events may come in any
// order; those from To on do not count, and those before From count as what
// led to the period: slices.Collect of [wip.Ledger.Between] gives them. Orders
// that the plan does not have are left out, and so are workplaces that are not
// resources of p.
//
// The error is that of [schedule.Problem.Validate], or of a period that is
// empty. It takes O(n log n) time for n events and elements of the plan.
func Read(p *schedule.Problem, plan *schedule.Plan, events []wip.Event, from, to time.Time) (*History, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if !from.Before(to) {
		return nil, &wip.InvalidError{Issues: []wip.Issue{{Code: wip.BadRange, Path: "to", Text: fmt.Sprintf("%v is not after %v", to, from)}}}
	}
	lines, err := schedule.Timelines(p)
	if err != nil {
		return nil, err
	}
	p = schedule.Explode(p)
	h := &History{From: from, To: to, p: p, plan: plan, x: schedule.NewIndex(p), lines: lines,
		on: make([][]*Step, len(p.Resources)), until: make([][]time.Time, len(p.Resources)), shifts: shiftBounds(lines),
		stops: make([][]Stop, len(p.Resources)), stock: map[wip.Point]*stockLine{}}
	h.orders()
	r := newReader(h)
	for _, e := range sorted(events) {
		if e.At.Before(to) {
			r.read(&e)
		}
	}
	r.close()
	return h, nil
}

// start returns when the period begins that can be replanned.
func (h *History) start() time.Time { return later(h.From, h.p.Times().Now) }

func sorted(events []wip.Event) []wip.Event {
	list := slices.Clone(events)
	slices.SortStableFunc(list, func(a, b wip.Event) int { return a.At.Compare(b.At) })
	return list
}

// orders lists the orders and steps of the plan.
func (h *History) orders() {
	outside := map[schedule.OrderID][]*schedule.SubcontractOrder{}
	for i := range h.plan.Subcontracts {
		s := &h.plan.Subcontracts[i]
		outside[s.Order] = append(outside[s.Order], s)
	}
	h.Orders = make([]Order, 0, len(h.plan.Orders))
	for planned, operations := range schedule.ByOrder(h.plan) {
		o := Order{Planned: planned, Steps: make([]Step, 0, len(operations))}
		routing := h.x.Routings.Find(planned.Routing)
		for _, operation := range operations {
			s := Step{Planned: operation, routing: routing, step: h.x.Step(planned.Routing, operation.Step)}
			if s.step != nil && operation.Mode < len(s.step.Modes) {
				s.Resource = operation.Machine(&s.step.Modes[operation.Mode])
			}
			o.Steps = append(o.Steps, s)
		}
		for _, c := range outside[planned.ID] {
			o.Steps = append(o.Steps, Step{Outside: true, routing: routing, step: h.x.Step(planned.Routing, c.Step),
				Planned: &schedule.Operation{Order: c.Order, Step: c.Step, Qty: c.Qty, Start: c.Start, End: c.End}})
		}
		h.Orders = append(h.Orders, o)
	}
	for i := range h.Orders {
		for k := range h.Orders[i].Steps {
			h.steps = append(h.steps, &h.Orders[i].Steps[k])
		}
	}
}

type stepKey struct {
	order schedule.OrderID
	step  schedule.StepID
}

// A reader takes in events in the order of time.
type reader struct {
	h      *History
	orders map[schedule.OrderID]*Order
	steps  map[stepKey]*Step
	named  map[*Step]bool // the workplace was named
	down   map[int]Stop   // by resource
}

func newReader(h *History) *reader {
	r := &reader{h, map[schedule.OrderID]*Order{}, map[stepKey]*Step{}, map[*Step]bool{}, map[int]Stop{}}
	for i := range h.Orders {
		r.orders[h.Orders[i].Planned.ID] = &h.Orders[i]
	}
	for _, s := range h.steps {
		r.steps[stepKey{s.Planned.Order, s.Planned.Step}] = s
	}
	return r
}

func (r *reader) read(e *wip.Event) {
	if d := e.StockDelta(); d != 0 {
		line := r.h.line(e.Point)
		line.add(e.At, d)
		if start := r.h.start(); e.At.Before(start) || e.At.Equal(start) && d > 0 {
			line.opening += d
		}
	}
	switch e.Kind {
	case wip.Released:
		if o := r.orders[e.Order]; o != nil && o.Released.IsZero() {
			o.Released = e.At
		}
	case wip.Started, wip.Reported, wip.Finished:
		if s := r.steps[stepKey{e.Order, e.Step}]; s != nil {
			r.work(s, e)
		}
	case wip.Issued:
		if s := r.steps[stepKey{e.Order, e.Step}]; s != nil && s.issued.IsZero() {
			s.issued = e.At
		}
	case wip.Delivered:
		r.h.delivered = append(r.h.delivered, *e)
		if o := r.orders[e.Order]; o != nil && o.Planned.Item == e.Point.Item {
			o.Delivered += e.Qty
			o.Last = e.At
		}
	case wip.Shipped, wip.Loaded:
		if e.Line != "" {
			r.h.shipped = append(r.h.shipped, *e)
		}
	case wip.Received, wip.Unloaded:
		r.h.delivered = append(r.h.delivered, *e)
	case wip.Interrupted:
		at := r.h.x.Resources.Position(schedule.ResourceID(e.Workplace))
		if _, already := r.down[at]; at >= 0 && !already {
			r.down[at] = Stop{Resource: schedule.ResourceID(e.Workplace), From: e.At, Cause: e.Cause, Order: e.Order, Step: e.Step}
		}
	case wip.Resumed:
		r.resume(r.h.x.Resources.Position(schedule.ResourceID(e.Workplace)), e.At)
	}
}

func (r *reader) work(s *Step, e *wip.Event) {
	if e.Workplace != "" && !r.named[s] {
		s.Resource = schedule.ResourceID(e.Workplace)
		r.named[s] = true
	}
	if s.Start.IsZero() {
		s.Start = e.At
		if e.Kind == wip.Reported {
			s.Start = e.At.Add(-e.Spent) // at the latest
		}
	}
	if e.Kind == wip.Reported {
		s.Good, s.Scrap, s.Spent = s.Good+e.Qty, s.Scrap+e.Scrap, s.Spent+e.Spent
	}
	s.End = e.At
	s.Finished = s.Finished || e.Kind == wip.Finished || s.Good+s.Scrap >= s.Planned.Qty
}

func (r *reader) resume(at int, when time.Time) {
	if stop, ok := r.down[at]; ok {
		stop.To = when
		delete(r.down, at)
		r.h.stops[at] = append(r.h.stops[at], stop)
	}
}

// close ends what is still going on, and sorts.
func (r *reader) close() {
	h := r.h
	for at := range h.p.Resources {
		r.resume(at, h.To)
		h.Stops = append(h.Stops, h.stops[at]...)
	}
	slices.SortStableFunc(h.Stops, func(a, b Stop) int { return a.From.Compare(b.From) })
	for i := range h.Orders {
		for k := range h.Orders[i].Steps {
			if s := &h.Orders[i].Steps[k]; s.Outside && s.Start.IsZero() {
				s.infer(&h.Orders[i], h.To)
			}
		}
	}
	for _, s := range h.steps {
		s.resource = h.x.Resources.Position(s.Resource)
		if s.Start.IsZero() {
			continue
		}
		if !s.Finished {
			s.End = h.To
		}
		if o := r.orders[s.Planned.Order]; o.Released.IsZero() {
			o.Released = earlier(o.Planned.Release, s.Start)
		}
		if s.resource >= 0 {
			h.on[s.resource] = append(h.on[s.resource], s)
		}
	}
	for at, list := range h.on {
		slices.SortStableFunc(list, func(a, b *Step) int { return a.Start.Compare(b.Start) })
		last := time.Time{}
		for _, s := range list {
			last = later(last, s.End)
			h.until[at] = append(h.until[at], last)
		}
	}
}

// during returns the steps on a resource that may have been there in [from,
// to): all that were, in the order of their starts, and few others.
func (h *History) during(resource int, from, to time.Time) []*Step {
	list := h.on[resource]
	first := sort.Search(len(list), func(i int) bool { return h.until[resource][i].After(from) })
	end := sort.Search(len(list), func(i int) bool { return !list[i].Start.Before(to) })
	return list[first:max(first, end)]
}

// shiftBounds lists when each resource begins and ends to work. Resources with
// the same hours share a list.
func shiftBounds(lines []*calendar.Timeline) [][]time.Time {
	known := map[*calendar.Timeline][]time.Time{}
	all := make([][]time.Time, len(lines))
	for i, line := range lines {
		bounds, ok := known[line]
		if !ok {
			for from, to := range line.Intervals() {
				bounds = append(bounds, from, to)
			}
			known[line] = bounds
		}
		all[i] = bounds
	}
	return all
}

// infer dates a step that a partner does and nothing is reported of, if all
// steps before it have ended.
func (s *Step) infer(o *Order, to time.Time) {
	if s.routing == nil {
		return
	}
	start, end := o.Released, time.Time{}
	for l := range s.routing.Precedence() {
		if l.To == s.Planned.Step {
			if f := o.step(l.From); f != nil && !f.Finished {
				return
			} else if f != nil {
				start = later(start, f.End)
			}
		}
		if l.From == s.Planned.Step {
			if n := o.step(l.To); n != nil && !n.Start.IsZero() && (end.IsZero() || n.Start.Before(end)) {
				end = n.Start
			}
		}
	}
	if start.IsZero() {
		return
	}
	s.Start, s.End, s.Finished = start, later(start, to), !end.IsZero()
	if s.Finished {
		s.End, s.Good = later(start, end), s.Planned.Qty
	}
}

// step returns a step of o, or nil.
func (o *Order) step(id schedule.StepID) *Step {
	for i := range o.Steps {
		if o.Steps[i].Planned.Step == id {
			return &o.Steps[i]
		}
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
