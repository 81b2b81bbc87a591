package analysis

import (
	"context"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

// A Comparison sets what happened beside what a planner makes of it.
type Comparison struct {
	// Orders were replanned; Excluded were under way at one end of the period,
	// and stay where they were. Unplaced found no place in the plan, and are
	// missing in its figures.
	Orders, Excluded, Unplaced int
	Actual, Replanned          Figures
	Problem                    *schedule.Problem // what was replanned
	Plan                       *schedule.Plan
}

// Figures measure how orders went through the shops.
type Figures struct {
	Makespan   time.Duration // from the start of the period to the last end
	MeanFlow   time.Duration // from first start to last end of an order
	Late       int           // orders that ended after their planned end
	Tardiness  time.Duration // by how much in all
	Evenness   float64       // of the daily load, mean over machines by their load
	PeakFactor float64       // of the daily load, the same mean
}

// Counterfactual plans the orders of a period again, in hindsight: with the
// times that steps really took, the material that really came, and standstills
// known beforehand. Every mode that a step has is open to it, at the actual
// time. It replans the orders whose work lies within the period; what other
// orders occupied is taken, and what they consumed is left out of account.
//
// The difference of the figures is what better sequence and timing could have
// gained at most by this planner; it may be negative. Options are those of the
// planner. The error is that of [heuristic.Plan].
func Counterfactual(ctx context.Context, h *History, o heuristic.Options) (*Comparison, error) {
	c := &Comparison{}
	b := &hindsight{h: h, p: *h.p, replanned: map[schedule.OrderID]bool{}}
	b.base()
	for i := range h.Orders {
		switch order := &h.Orders[i]; {
		case b.within(order):
			b.order(order)
			c.Orders++
		case !order.Released.IsZero():
			b.occupy(order)
			c.Excluded++
		}
	}
	b.lines()
	c.Problem = &b.p
	result, err := heuristic.Plan(ctx, c.Problem, o)
	if err != nil {
		return nil, err
	}
	c.Plan, c.Unplaced = result.Plan, len(result.Plan.Unplanned)
	c.Actual = h.figures(b.actual())
	c.Replanned = h.figures(b.planned(c.Plan))
	return c, nil
}

// A hindsight is a problem in the making, of what happened.
type hindsight struct {
	h         *History
	p         schedule.Problem
	replanned map[schedule.OrderID]bool
}

// base sets out the problem without orders.
func (b *hindsight) base() {
	h := b.h
	b.p.Now, b.p.FrozenUntil, b.p.ReleaseFrom = h.start(), time.Time{}, time.Time{}
	b.p.Orders, b.p.Lines, b.p.Norms, b.p.Supplies, b.p.Routings, b.p.Receipts, b.p.Stock = nil, nil, nil, nil, nil, nil, nil
	b.p.Items = slices.Clone(h.p.Items)
	for i := range b.p.Items {
		b.p.Items[i].Phantom = false // routings have been exploded
		b.p.Items[i].SafetyTime = 0
	}
	b.p.Locations = slices.Clone(h.p.Locations)
	for i := range b.p.Locations {
		b.p.Locations[i].Area = 0 // what came found room
	}
	for _, point := range h.points() {
		if q := h.line(point).opening; q > 0 {
			b.p.Stock = append(b.p.Stock, wip.Balance{Point: point, Qty: q})
		}
	}
	for i := range h.delivered {
		e := &h.delivered[i]
		if e.Kind == wip.Received && e.At.After(b.p.Now) {
			b.p.Receipts = append(b.p.Receipts, schedule.Receipt{
				ID: schedule.ReceiptID(e.Key), Item: e.Point.Item, Location: e.Point.Place, Qty: e.Qty, At: e.At})
		}
	}
	b.p.Resources = slices.Clone(h.p.Resources)
	for at := range b.p.Resources {
		for _, s := range h.stops[at] {
			b.out(at, s.From, s.To)
		}
	}
}

// points returns the points that hold or held anything, by the items and
// locations of the problem.
func (h *History) points() []wip.Point {
	places := []wip.PlaceID{""}
	for i := range h.p.Locations {
		places = append(places, h.p.Locations[i].ID)
	}
	var points []wip.Point
	for i := range h.p.Items {
		for _, place := range places {
			if point := (wip.Point{Item: h.p.Items[i].ID, Place: place}); h.stock[point] != nil {
				points = append(points, point)
			}
		}
	}
	return points
}

// out takes a unit of a resource out of service.
func (b *hindsight) out(resource int, from, to time.Time) {
	r := &b.p.Resources[resource]
	if r.Units == 0 || !from.Before(to) {
		return
	}
	r.Maintenance = append(slices.Clone(r.Maintenance), capacity.Outage{From: from, To: to, Units: 1})
}

// within reports whether all work on an order lies in the period.
func (b *hindsight) within(o *Order) bool {
	if len(o.Steps) == 0 || o.Steps[0].routing == nil {
		return false
	}
	return !slices.ContainsFunc(o.Steps, func(s Step) bool {
		return s.step == nil || !s.Finished || s.Start.Before(b.p.Now) || s.End.After(b.h.To)
	})
}

// occupy leaves the work on an order where it was.
func (b *hindsight) occupy(o *Order) {
	for i := range o.Steps {
		if s := &o.Steps[i]; s.resource >= 0 {
			b.out(s.resource, later(s.Start, b.p.From), earlier(s.End, b.p.To))
		}
	}
}

// order adds an order with a routing of its own, of the times that it took.
func (b *hindsight) order(o *Order) {
	routing := *o.Steps[0].routing
	routing.ID = schedule.RoutingID("order " + string(o.Planned.ID))
	routing.Links = slices.Collect(routing.Precedence())
	routing.Steps = slices.Clone(routing.Steps)
	for k := range routing.Steps {
		step := &routing.Steps[k]
		if at := slices.IndexFunc(o.Steps, func(s Step) bool { return s.Planned.Step == step.ID }); at >= 0 && !o.Steps[at].Outside {
			step.Family, step.Batch = "", 0 // setups are in the time that it took
			step.Modes = b.modes(step, o.Steps[at].Spent)
		}
	}
	b.p.Routings = append(b.p.Routings, routing)
	b.p.Orders = append(b.p.Orders, schedule.Order{
		ID: o.Planned.ID, Item: o.Planned.Item, Routing: routing.ID, Qty: o.Planned.Qty, Due: o.Planned.End})
	b.replanned[o.Planned.ID] = true
}

// modes returns the modes of a step, each with a working time as a whole.
func (b *hindsight) modes(s *schedule.Step, spent time.Duration) []schedule.Mode {
	modes := slices.Clone(s.Modes)
	for i := range modes {
		m := &modes[i]
		m.Setup, m.PerUnit, m.PerBatch, m.Fixed = 0, 0, 0, spent
		if len(m.Uses) == 0 {
			m.Fixed = 0
		} else if r := b.h.x.Resources.Find(m.Uses[0].Resource); r != nil && r.Efficiency > 0 {
			q, _ := wip.Qty(spent).MulDiv(int64(r.Efficiency), 1000)
			m.Fixed = time.Duration(q)
		}
	}
	return modes
}

// lines adds what the orders were made for.
func (b *hindsight) lines() {
	qty := map[schedule.LineID]wip.Qty{}
	for i := range b.h.plan.Pegs {
		g := &b.h.plan.Pegs[i]
		if g.Demand.Kind == schedule.ForLine && g.Supply.Kind == schedule.FromOrder && b.replanned[schedule.OrderID(g.Supply.ID)] {
			qty[schedule.LineID(g.Demand.ID)] += g.Qty
		}
	}
	for i := range b.h.p.Lines {
		if l := b.h.p.Lines[i]; qty[l.ID] > 0 {
			l.Qty, l.MinShipment = qty[l.ID], min(l.MinShipment, qty[l.ID])
			b.p.Lines = append(b.p.Lines, l)
		}
	}
}

// A placing is a step at its place.
type placing struct {
	order      int // position in the history
	resource   int
	start, end time.Time
	units      int
}

// actual returns where the replanned orders were.
func (b *hindsight) actual() []placing {
	var list []placing
	for i := range b.h.Orders {
		o := &b.h.Orders[i]
		for k := range o.Steps {
			if s := &o.Steps[k]; b.replanned[o.Planned.ID] {
				list = append(list, placing{i, s.resource, s.Start, s.End, s.units(0)})
			}
		}
	}
	return list
}

// planned returns where a plan has them.
func (b *hindsight) planned(plan *schedule.Plan) []placing {
	position := map[schedule.OrderID]int{}
	for i := range b.h.Orders {
		position[b.h.Orders[i].Planned.ID] = i
	}
	routing := map[schedule.OrderID]schedule.RoutingID{}
	for i := range b.p.Orders {
		routing[b.p.Orders[i].ID] = b.p.Orders[i].Routing
	}
	x := schedule.NewIndex(&b.p)
	var list []placing
	for i := range plan.Operations {
		o := &plan.Operations[i]
		at := placing{order: position[o.Order], resource: -1, start: o.Start, end: o.End, units: 1}
		if s := x.Step(routing[o.Order], o.Step); s != nil && o.Mode < len(s.Modes) && len(s.Modes[o.Mode].Uses) > 0 {
			m := &s.Modes[o.Mode]
			at.resource, at.units = x.Resources.Position(o.Machine(m)), m.Uses[0].Count()
		}
		list = append(list, at)
	}
	for i := range plan.Subcontracts {
		s := &plan.Subcontracts[i]
		list = append(list, placing{order: position[s.Order], resource: -1, start: s.Start, end: s.End, units: 1})
	}
	return list
}

// figures measures steps at their places.
func (h *History) figures(list []placing) Figures {
	var f Figures
	type span struct{ start, end time.Time }
	spans := make([]span, len(h.Orders))
	on := make([][]placing, len(h.p.Resources))
	last := h.From
	for _, x := range list {
		s := &spans[x.order]
		if s.end.IsZero() || x.start.Before(s.start) {
			s.start = x.start
		}
		s.end, last = later(s.end, x.end), later(last, x.end)
		if x.resource >= 0 {
			on[x.resource] = append(on[x.resource], x)
		}
	}
	f.Makespan = last.Sub(h.From)
	orders := time.Duration(0)
	for i, s := range spans {
		if s.end.IsZero() {
			continue
		}
		orders++
		f.MeanFlow += s.end.Sub(s.start)
		if late := s.end.Sub(h.Orders[i].Planned.End); late > 0 {
			f.Late++
			f.Tardiness += late
		}
	}
	if orders > 0 {
		f.MeanFlow /= orders
	}
	f.load(h, on)
	return f
}

// load measures how even the days of machines are. Days are those of the
// period on which the machine works.
func (f *Figures) load(h *History, on [][]placing) {
	weight := 0.0
	for at, list := range on {
		if len(list) == 0 {
			continue
		}
		var days []float64
		total := 0.0
		for from := h.From; from.Before(h.To); from = from.Add(24 * time.Hour) {
			to := earlier(from.Add(24*time.Hour), h.To)
			if h.lines[at].Between(from, to) == 0 {
				continue
			}
			busy := 0.0
			for _, x := range list {
				busy += float64(h.lines[at].Between(later(x.start, from), earlier(x.end, to)).Hours() * float64(x.units))
			}
			days, total = append(days, busy), total+busy
		}
		f.Evenness += float64(capacity.Evenness(days) * total)
		f.PeakFactor += float64(capacity.PeakFactor(days) * total)
		weight += total
	}
	if weight > 0 {
		f.Evenness, f.PeakFactor = f.Evenness/weight, f.PeakFactor/weight
	}
}

// Report returns the figures side by side, times in hours.
func (c *Comparison) Report() Report {
	t := &table.Table{Title: "In hindsight", Columns: []table.Column{
		table.Text("figure"), table.Number("actual"), table.Number("replanned"), table.Number("gain"),
	}}
	hours := func(name string, a, b time.Duration) { t.Add(name, a, b, a-b) }
	a, b := &c.Actual, &c.Replanned
	hours("makespan h", a.Makespan, b.Makespan)
	hours("mean flow h", a.MeanFlow, b.MeanFlow)
	t.Add("late orders", a.Late, b.Late, a.Late-b.Late)
	hours("tardiness h", a.Tardiness, b.Tardiness)
	t.Add("evenness", a.Evenness, b.Evenness, b.Evenness-a.Evenness)
	t.Add("peak factor", a.PeakFactor, b.PeakFactor, a.PeakFactor-b.PeakFactor)
	return Report{t}
}
