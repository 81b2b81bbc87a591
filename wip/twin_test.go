package wip

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// A twin is a ledger that keeps a list of events and works everything out anew
// from the definitions of the kinds, whenever it is asked.
type twin struct{ events []Event }

// append enters those of the events whose keys are new.
func (w *twin) append(events ...Event) {
	for _, e := range events {
		if !slices.ContainsFunc(w.events, func(o Event) bool { return o.Key == e.Key }) {
			w.events = append(w.events, e)
		}
	}
}

// until returns the events up to an instant in the order of time.
func (w *twin) until(at time.Time) []Event {
	var found []Event
	for _, e := range w.events {
		if !e.At.After(at) {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b Event) int { return a.At.Compare(b.At) })
	return found
}

func (w *twin) state(at time.Time) State {
	s := State{At: at}
	for _, e := range w.until(at) {
		s.stock(&e)
		s.order(&e)
		s.step(&e)
		s.workplace(&e)
		switch {
		case e.Kind == Received:
			r := entry(&s.Received, func(r ReceivedQty) bool { return r.Receipt == e.Receipt }, ReceivedQty{Receipt: e.Receipt})
			r.Qty, r.Last = r.Qty+e.Qty, e.At
		case e.Kind == Shipped || e.Kind == Loaded && e.Line != "":
			l := entry(&s.Shipped, func(l ShippedQty) bool { return l.Line == e.Line }, ShippedQty{Line: e.Line})
			l.Qty, l.Last = l.Qty+e.Qty, e.At
		case e.Kind == Loaded || e.Kind == Unloaded:
			same := func(c Cargo) bool { return c.Vehicle == e.Workplace && c.Item == e.Point.Item }
			c := entry(&s.Cargo, same, Cargo{Vehicle: e.Workplace, Item: e.Point.Item})
			c.Qty += map[EventKind]Qty{Loaded: 1, Unloaded: -1}[e.Kind] * e.Qty
		}
	}
	for i := range s.Stock {
		s.Stock[i].At = at
	}
	s.remaining()
	s.sort()
	return s
}

// entry returns the element of a list that is meant, a new one if there is none.
func entry[T any](list *[]T, meant func(T) bool, fresh T) *T {
	i := slices.IndexFunc(*list, meant)
	if i < 0 {
		i = len(*list)
		*list = append(*list, fresh)
	}
	return &(*list)[i]
}

func (s *State) stock(e *Event) {
	sign := map[EventKind]Qty{Delivered: 1, Received: 1, Unloaded: 1, Adjusted: 1, Issued: -1, Loaded: -1, Shipped: -1}[e.Kind]
	if sign != 0 && e.Point.Item != "" {
		entry(&s.Stock, func(b Balance) bool { return b.Point == e.Point }, Balance{Point: e.Point}).Qty += sign * e.Qty
	}
}

func (s *State) order(e *Event) {
	if e.Kind != Released && e.Kind != Delivered && e.Kind != Closed {
		return
	}
	o := entry(&s.Orders, func(o OrderState) bool { return o.Order == e.Order }, OrderState{Order: e.Order})
	switch {
	case e.Kind == Closed:
		o.Closed = e.At
	case e.Kind == Delivered:
		o.Delivered += e.Qty
	case o.Released.IsZero():
		o.Released, o.Point, o.Qty = e.At, e.Point, e.Qty
	default:
		o.Qty += e.Qty
	}
}

func (s *State) step(e *Event) {
	if e.Step == "" || e.Kind == Interrupted || e.Kind == Counted {
		return
	}
	same := func(p StepState) bool { return p.Order == e.Order && p.Step == e.Step }
	p := entry(&s.Progress, same, StepState{Progress: Progress{Order: e.Order, Step: e.Step}})
	switch e.Kind {
	case Started:
		p.Taken += e.Qty
	case Reported:
		p.Good, p.Scrap, p.Spent = p.Good+e.Qty, p.Scrap+e.Scrap, p.Spent+e.Spent
	case Adjusted:
		p.Good += e.Qty
	case Finished:
		p.Ended = e.At
	case Moved:
		p.Place = e.To
	case Issued:
		p.Issued = true
	}
	if e.Kind == Started || e.Kind == Reported {
		p.Workplace = cmp.Or(e.Workplace, p.Workplace)
		if p.Started.IsZero() {
			p.Started = e.At
		}
	}
}

func (s *State) workplace(e *Event) {
	w := e.Workplace
	if w == "" {
		return
	}
	switch e.Kind {
	case Reported, Interrupted, Resumed:
		entry(&s.Hours, func(h Hours) bool { return h.Workplace == w }, Hours{Workplace: w}).Spent += Work(e.Spent.Milliseconds())
	}
	switch e.Kind {
	case Interrupted, Resumed:
		s.Down = slices.DeleteFunc(s.Down, func(d Standstill) bool { return d.Workplace == w })
	}
	if e.Kind == Interrupted {
		s.Down = append(s.Down, Standstill{w, e.At, e.Cause, e.Order, e.Step})
	}
	if len(s.Down) == 0 {
		s.Down = nil
	}
}

func (s *State) remaining() {
	for i := range s.Progress {
		p := &s.Progress[i]
		for _, o := range s.Orders {
			if o.Order == p.Order && p.Ended.IsZero() {
				p.Remaining = max(0, o.Qty-max(p.Taken, p.Good+p.Scrap))
			}
		}
	}
}

func (s *State) sort() {
	sortBy(s.Stock, func(b Balance) string { return string(b.Point.Item + "\x00" + ItemID(b.Point.Place)) })
	sortBy(s.Orders, func(o OrderState) string { return string(o.Order) })
	sortBy(s.Progress, func(p StepState) string { return string(p.Order) + "\x00" + string(p.Step) })
	sortBy(s.Down, func(d Standstill) string { return string(d.Workplace) })
	sortBy(s.Hours, func(h Hours) string { return string(h.Workplace) })
	sortBy(s.Cargo, func(c Cargo) string { return string(c.Vehicle) + "\x00" + string(c.Item) })
	sortBy(s.Received, func(r ReceivedQty) string { return string(r.Receipt) })
	sortBy(s.Shipped, func(l ShippedQty) string { return string(l.Line) })
}

func sortBy[T any](list []T, key func(T) string) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

// randomEvents returns n well-formed events of a small shop with all kinds of
// events, at whole hours so that many are at the same instant, in an order that
// is partly that of time.
func randomEvents(r *rand.Rand, n int) []Event {
	one := func(of string) string { return fmt.Sprint(of, r.IntN(3)) }
	events := make([]Event, n)
	for i := range events {
		e := Event{Key: fmt.Sprint("k", i), Kind: EventKind(1 + r.IntN(int(eventKinds)-1)), At: at(i*2 + r.IntN(8))}
		if r.IntN(10) == 0 {
			e.At = at(r.IntN(2 * n))
		}
		fill(&e, r, one)
		if r.IntN(2) == 0 {
			e.Actor, e.Document = ActorID(one("worker")), DocumentID(one("paper"))
		}
		events[i] = e
	}
	return events
}

// fill sets the fields that a kind needs, and some of those that it may have.
func fill(e *Event, r *rand.Rand, one func(string) string) {
	if (e.Kind == Counted || e.Kind == Adjusted) && r.IntN(2) == 0 {
		e.Order = OrderID(one("order"))
	}
	s := shapeOf(e)
	f := s.needs | s.may&fields(r.IntN(1<<16))
	has := func(field fields) bool { return f&field != 0 }
	if has(hasOrder) {
		e.Order = OrderID(one("order"))
	}
	if has(hasStep) && e.Order != "" {
		e.Step = StepID(one("step"))
	}
	if has(hasWorkplace) {
		e.Workplace = WorkplaceID(one("machine"))
	}
	if has(hasItem) {
		e.Point.Item = ItemID(one("item"))
	}
	if has(hasPlace) {
		e.Point.Place = PlaceID(one("place"))
	}
	if has(hasTo) {
		e.To = PlaceID(one("place"))
	}
	if has(hasReceipt) {
		e.Receipt = ReceiptID(one("receipt"))
	}
	if has(hasLine) {
		e.Line = LineID(one("line"))
	}
	if has(hasQty) {
		e.Qty = Qty(1 + r.IntN(20))
	}
	if e.Kind == Adjusted && r.IntN(2) == 0 {
		e.Qty = -e.Qty
	}
	if has(hasScrap) {
		e.Scrap = Qty(r.IntN(3))
	}
	if has(hasSpent) {
		e.Spent = time.Duration(r.IntN(100)) * time.Minute
	}
	if e.Kind == Interrupted || e.Kind == Adjusted {
		e.Cause = one("cause")
	}
}
