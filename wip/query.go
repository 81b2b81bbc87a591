package wip

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// A Movement is one change of stock.
type Movement struct {
	At    time.Time
	Point Point
	Delta Qty    // positive into the point, negative out of it; not 0
	Ref   string // what caused it: of a ledger's, the key of the event
}

// Between yields the events in [from, to), in the order of their time, those at
// the same instant in the order of appending.
func (l *Ledger) Between(from, to time.Time) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		j := &l.journal
		found := j.between(nanoseconds(from), nanoseconds(to))
		slices.SortStableFunc(found, func(a, b uint32) int { return cmp.Compare(j.record(a).at, j.record(b).at) })
		for _, pos := range found {
			if !yield(l.event(pos)) {
				return
			}
		}
	}
}

// Points yields the points whose stock has changed, in the order in which they
// first appeared.
func (l *Ledger) Points() iter.Seq[Point] {
	return func(yield func(Point) bool) {
		for _, t := range l.points.things {
			if !yield(l.point(t)) {
				return
			}
		}
	}
}

func (l *Ledger) point(t thing) Point {
	return Point{ItemID(l.names.text(t.a)), PlaceID(l.names.text(t.b))}
}

// find returns the thing of two names, and whether any event can be about it.
func (l *Ledger) find(a, b string) (thing, bool) {
	x, ok := l.names.find(a)
	y, ok2 := l.names.find(b)
	return thing{x, y}, ok && ok2
}

// Movements yields the changes of the stock of p, in the order of their time.
func (l *Ledger) Movements(p Point) iter.Seq[Movement] {
	return func(yield func(Movement) bool) {
		for m := range l.movements(p, 0, lastTime.UnixNano()) {
			if !yield(m) {
				return
			}
		}
	}
}

func (l *Ledger) movements(p Point, from, to int64) iter.Seq[Movement] {
	return func(yield func(Movement) bool) {
		t, _ := l.find(string(p.Item), string(p.Place))
		for pos := range l.points.history(t).between(&l.journal, from, to) {
			r := l.journal.record(pos)
			if !yield(Movement{instant(r.at), p, stockDelta(r), string(l.journal.key(pos))}) {
				return
			}
		}
	}
}

// Balance returns the stock of p after all events up to and including at. It
// takes O(log n) time for n movements of p.
func (l *Ledger) Balance(p Point, at time.Time) Qty {
	t, ok := l.find(string(p.Item), string(p.Place))
	if !ok {
		return 0
	}
	return l.points.at(&l.journal, t, nanoseconds(at))
}

// Order returns what has become of an order at an instant, and whether anything
// has. It takes O(log n) time for n events of the order.
func (l *Ledger) Order(order OrderID, at time.Time) (OrderState, bool) {
	t, ok := l.find(string(order), "")
	if !ok {
		return OrderState{}, false
	}
	ns := nanoseconds(at)
	tally := l.orders.at(&l.journal, t, ns)
	return l.orderState(t, &tally), l.orders.history(t).begun(&l.journal, ns)
}

func (l *Ledger) orderState(t thing, o *orderTally) OrderState {
	return OrderState{
		Order: OrderID(l.names.text(t.a)), Point: l.point(thing{o.item, o.place}),
		Qty: o.qty, Delivered: o.delivered, Released: instant(o.released), Closed: instant(o.closed),
	}
}

// Step returns how far a step has come at an instant, and whether it has at
// all. It takes O(log n) time for n events of the step.
//
// A ledger knows no routings: Remaining is the quantity of the order that has
// not been taken in hand, nor turned out, and 0 when the step has ended.
func (l *Ledger) Step(order OrderID, step StepID, at time.Time) (StepState, bool) {
	t, ok := l.find(string(order), string(step))
	if !ok {
		return StepState{}, false
	}
	ns := nanoseconds(at)
	tally := l.steps.at(&l.journal, t, ns)
	return l.stepState(t, &tally, l.orders.at(&l.journal, thing{a: t.a}, ns).qty),
		l.steps.history(t).begun(&l.journal, ns)
}

func (l *Ledger) stepState(t thing, s *stepTally, expected Qty) StepState {
	remaining := max(0, expected-max(s.taken, s.good+s.scrap))
	if s.ended != 0 {
		remaining = 0
	}
	return StepState{
		Progress: Progress{
			Order: OrderID(l.names.text(t.a)), Step: StepID(l.names.text(t.b)),
			Good: s.good, Scrap: s.scrap, Remaining: remaining, Place: PlaceID(l.names.text(s.place)),
			Started: instant(s.started), Ended: instant(s.ended), Spent: time.Duration(s.spent),
		},
		Workplace: WorkplaceID(l.names.text(s.workplace)), Taken: s.taken, Issued: s.issued,
	}
}

// Spent returns the working time that has been reported of a workplace up to
// and including an instant, that of each event in whole milliseconds. It takes
// O(log n) time for n events of it.
func (l *Ledger) Spent(w WorkplaceID, at time.Time) Work {
	t, ok := l.find(string(w), "")
	if !ok {
		return 0
	}
	return l.workplaces.at(&l.journal, t, nanoseconds(at)).spent
}

// Received returns what has come of a receipt up to and including an instant,
// and Shipped what has left for a line. Both take O(log n) time for n events of
// it.
func (l *Ledger) Received(r ReceiptID, at time.Time) Qty {
	return l.arrived(&l.receipts, string(r), at)
}

// Shipped is described at [Ledger.Received].
func (l *Ledger) Shipped(line LineID, at time.Time) Qty { return l.arrived(&l.lines, string(line), at) }

func (l *Ledger) arrived(b *book[arrival], id string, at time.Time) Qty {
	t, ok := l.find(id, "")
	if !ok {
		return 0
	}
	return b.at(&l.journal, t, nanoseconds(at)).qty
}

// Down returns why and since when a workplace stands still at an instant, and
// whether it does. It takes O(log n) time for n events of it.
func (l *Ledger) Down(w WorkplaceID, at time.Time) (Standstill, bool) {
	t, ok := l.find(string(w), "")
	if !ok {
		return Standstill{}, false
	}
	tally := l.workplaces.at(&l.journal, t, nanoseconds(at))
	return l.standstill(t, &tally), tally.down != 0
}

func (l *Ledger) standstill(t thing, w *workplaceTally) Standstill {
	return Standstill{WorkplaceID(l.names.text(t.a)), instant(w.down), l.names.text(w.cause),
		OrderID(l.names.text(w.order)), StepID(l.names.text(w.step))}
}

// State returns all that is true at an instant, after all events up to and
// including it. It takes time proportional to its size, times the logarithm of
// the number of events; for one thing, ask for that.
func (l *Ledger) State(at time.Time) State {
	ns := nanoseconds(at)
	s := State{At: at}
	each(l, &l.points, ns, func(t thing, q *Qty) { s.Stock = append(s.Stock, Balance{l.point(t), at, *q}) })
	each(l, &l.orders, ns, func(t thing, o *orderTally) { s.Orders = append(s.Orders, l.orderState(t, o)) })
	each(l, &l.steps, ns, func(t thing, p *stepTally) {
		s.Progress = append(s.Progress, l.stepState(t, p, l.orders.at(&l.journal, thing{a: t.a}, ns).qty))
	})
	each(l, &l.workplaces, ns, func(t thing, w *workplaceTally) {
		s.Hours = append(s.Hours, Hours{WorkplaceID(l.names.text(t.a)), w.spent})
		if w.down != 0 {
			s.Down = append(s.Down, l.standstill(t, w))
		}
	})
	each(l, &l.cargo, ns, func(t thing, q *Qty) {
		s.Cargo = append(s.Cargo, Cargo{WorkplaceID(l.names.text(t.a)), ItemID(l.names.text(t.b)), *q})
	})
	each(l, &l.receipts, ns, func(t thing, a *arrival) {
		s.Received = append(s.Received, ReceivedQty{ReceiptID(l.names.text(t.a)), a.qty, instant(a.last)})
	})
	each(l, &l.lines, ns, func(t thing, a *arrival) {
		s.Shipped = append(s.Shipped, ShippedQty{LineID(l.names.text(t.a)), a.qty, instant(a.last)})
	})
	return s
}

// each visits the things of a book that anything has happened to by an instant,
// sorted by their names.
func each[S any](l *Ledger, b *book[S], at int64, visit func(thing, *S)) {
	things := slices.DeleteFunc(slices.Clone(b.things), func(t thing) bool {
		return !b.history(t).begun(&l.journal, at)
	})
	slices.SortFunc(things, func(s, t thing) int {
		return cmp.Or(cmp.Compare(l.names.text(s.a), l.names.text(t.a)), cmp.Compare(l.names.text(s.b), l.names.text(t.b)))
	})
	for _, t := range things {
		s := b.at(&l.journal, t, at)
		visit(t, &s)
	}
}
