package simulate

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Result is what came of a simulation until its present. Instants that have
// not come are zero.
type Result struct {
	From, To time.Time // the simulated stretch
	Events   int64     // simulated
	// Overstays counts steps that started later after the step before than
	// their link allows, by more than a tick.
	Overstays int

	Orders    []OrderResult // in the order in which they became known
	Lines     []LineResult  // as in the problem
	Resources []ResourceResult
	Points    []PointResult // stocking points that were ever used
	Days      []DayResult   // of 24 hours from the start of the horizon
	Outputs   []Output      // in the order of time
}

// An OrderResult is what became of an order. Orders that a newer plan withdrew
// before they were released are not listed.
type OrderResult struct {
	ID        schedule.OrderID
	Item      schedule.ItemID
	Qty, Good wip.Qty // expected; put out
	Rush      bool
	// Arrived is when it entered the pool, Started when its first step began,
	// Ended when its output was in stock.
	Arrived, Released, Started, Ended time.Time
	// Due is its own due date; zero if it has none. Planned is the end by the
	// plan that it was first in; zero for a rush.
	Due, Planned time.Time
	Work         time.Duration // planned, of all steps
}

// Lateness returns how late an order ended, negative if early, and whether it
// has ended and has a due date.
func (o *OrderResult) Lateness() (time.Duration, bool) {
	return o.Ended.Sub(o.Due), !o.Ended.IsZero() && !o.Due.IsZero()
}

// A LineResult is what became of a contract line.
type LineResult struct {
	Line      schedule.LineID
	Point     wip.Point // that it is shipped from
	Due       time.Time
	Qty       wip.Qty
	Delivered wip.Qty
	Last      time.Time // shipment
	Planned   time.Time // last delivery by the first plan
	Cancelled time.Time
	// LateUnitDays is base units times days that were late, what is still
	// missing at the end included.
	LateUnitDays float64
}

// OnTimeInFull reports whether all of a line was shipped by its due date.
func (l *LineResult) OnTimeInFull() bool { return l.Delivered >= l.Qty && !l.Last.After(l.Due) }

// A ResourceResult is how a resource spent its time, in hours of one unit.
type ResourceResult struct {
	Resource    schedule.ResourceID
	Setup, Work time.Duration // of ended operations; Work is without setup
	Overtime    time.Duration // of its operations, set-ups included
	Down        time.Duration
}

// A PointResult is what lay at a stocking point, in base units.
type PointResult struct {
	Point     wip.Point
	Stock     wip.Qty // at the end
	MeanStock float64
}

// A DayResult is what was on the floor on a day, on average.
type DayResult struct {
	From       time.Time
	Workday    bool          // some resource works, overtime left out
	Pool, Shop float64       // orders
	Work       time.Duration // planned work of those in the shop that is not done
}

// An Output is what an order put out when it ended.
type Output struct {
	At    time.Time
	Point wip.Point
	Qty   wip.Qty
}

// Result returns what has come of the simulation so far, in time proportional
// to all that it did. It is the caller's.
func (s *Plant) Result() *Result {
	r := &Result{From: s.m.time(s.begun), To: s.Now(), Events: s.events, Overstays: s.overstays}
	for i := range s.orders {
		if s.orders[i].stage != dropped {
			r.Orders = append(r.Orders, s.orderResult(&s.orders[i]))
		}
	}
	for i := range s.lines {
		r.Lines = append(r.Lines, s.lineResult(&s.lines[i]))
	}
	for i := range s.resources {
		s.account(int32(i))
		k := &s.resources[i]
		r.Resources = append(r.Resources, ResourceResult{
			s.m.resources[i].ID, time.Duration(k.setup), time.Duration(k.work), time.Duration(k.overtime), time.Duration(k.stood),
		})
	}
	for i := range s.points {
		p := &s.points[i]
		s.hold(p)
		r.Points = append(r.Points, PointResult{s.m.names[i], wip.Qty(p.stock), p.held.mean(s.now - s.begun)})
	}
	for i := range s.days {
		r.Days = append(r.Days, s.dayResult(i))
	}
	for _, o := range s.output {
		r.Outputs = append(r.Outputs, Output{s.m.time(o.at), s.m.names[o.point], wip.Qty(o.qty)})
	}
	return r
}

// when returns an instant that may not have come.
func (s *Plant) when(at int64) time.Time {
	if at == never {
		return time.Time{}
	}
	return s.m.time(at)
}

func (s *Plant) orderResult(o *order) OrderResult {
	r := OrderResult{
		ID: o.id, Item: o.routing.Item, Qty: wip.Qty(o.qty), Rush: o.rush, Work: time.Duration(o.total),
		Released: s.when(o.released), Started: s.when(o.started), Ended: s.when(o.ended), Due: s.when(o.due), Planned: s.when(o.planned),
	}
	if o.stage > coming {
		r.Arrived = s.when(o.arrives)
	}
	if o.stage == finished {
		r.Good = wip.Qty(o.good)
	}
	return r
}

func (s *Plant) lineResult(l *line) LineResult {
	late := l.late
	if rest := int64(l.Qty) - l.delivered; rest > 0 && !l.off {
		late += float64(rest) * float64(max(0, s.now-l.due))
	}
	return LineResult{
		Line: l.ID, Point: s.m.names[l.point], Due: l.Due, Qty: l.Qty, Delivered: wip.Qty(l.delivered), Last: s.when(l.last),
		Planned: s.when(l.planned), Cancelled: s.when(l.ended), LateUnitDays: late / float64(day),
	}
}

func (s *Plant) dayResult(i int) DayResult {
	from, to := max(s.begun, int64(i)*day), min(s.now, int64(i+1)*day)
	span := to - from
	d := s.days[i]
	workday := slices.ContainsFunc(s.m.hours[:len(s.resources)], func(h hoursPair) bool { return h.regular.done(to) > h.regular.done(from) })
	return DayResult{s.m.time(int64(i) * day), workday, d.pool.mean(span), d.shop.mean(span), time.Duration(d.work.mean(span))}
}
