package simulate

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// State returns what is true of the plant now: what a ledger of its events
// would tell, if it began with the stock of the problem. Work in hand counts as
// far as it has come.
func (s *Plant) State() *wip.State {
	st := &wip.State{At: s.Now()}
	for i := range s.points {
		st.Stock = append(st.Stock, wip.Balance{Point: s.m.names[i], At: s.Now(), Qty: wip.Qty(s.points[i].stock)})
	}
	for i := range s.orders {
		if o := &s.orders[i]; o.stage == released || o.stage == finished {
			st.Orders = append(st.Orders, s.orderState(o))
			if o.rush && o.stage == finished {
				continue // its tasks are used again
			}
			for k := range o.routing.steps {
				if t := &s.tasks[int(o.first)+k]; t.state > ready {
					st.Progress = append(st.Progress, s.stepState(o, t))
				}
			}
		}
	}
	for i := range s.resources {
		k, c := &s.resources[i], &s.m.resources[i]
		if k.down > 0 && k.down >= c.units {
			st.Down = append(st.Down, wip.Standstill{Workplace: wip.WorkplaceID(c.ID), Since: s.m.time(k.downSince), Cause: "breakdown"})
		}
	}
	for i := range s.supplies {
		if x := &s.supplies[i]; x.arrived && !x.lane {
			st.Received = append(st.Received, wip.ReceivedQty{Receipt: wip.ReceiptID(x.id), Qty: wip.Qty(x.qty), Last: s.m.time(x.came)})
		}
	}
	for i := range s.lines {
		if l := &s.lines[i]; l.delivered > 0 {
			st.Shipped = append(st.Shipped, wip.ShippedQty{Line: l.ID, Qty: wip.Qty(l.delivered), Last: s.when(l.last)})
		}
	}
	sortState(st)
	return st
}

func (s *Plant) orderState(o *order) wip.OrderState {
	st := wip.OrderState{Order: o.id, Point: s.m.names[o.routing.point], Qty: wip.Qty(o.qty), Released: s.when(o.released)}
	if o.stage == finished {
		st.Delivered, st.Closed = wip.Qty(o.good), s.when(o.ended)
	}
	return st
}

func (s *Plant) stepState(o *order, t *task) wip.StepState {
	st := wip.StepState{
		Progress: wip.Progress{Order: o.id, Step: t.step.ID, Started: s.when(t.started)},
		Issued:   true, Taken: wip.Qty(t.in + t.before), Workplace: s.workplace(t),
	}
	if t.was != nil {
		st.Spent = t.was.Progress.Spent
	}
	if t.state == done {
		st.Good, st.Scrap, st.Ended = wip.Qty(t.good), wip.Qty(max(0, t.in+t.before-t.good)), s.m.time(t.ended)
		st.Spent += time.Duration(t.setup + t.run)
		return st
	}
	good, spent := s.soFar(t)
	st.Good = wip.Qty(good)
	st.Spent += time.Duration(spent)
	return st
}

// soFar returns the good pieces and the working time of a task at work.
func (s *Plant) soFar(t *task) (good, spent int64) {
	spent = t.worked
	if t.state == running {
		spent = s.workedBy(t)
	}
	if t.run == 0 || t.step.Subcontract != nil {
		return t.before, spent
	}
	share := float64(max(0, spent-t.setup)+t.ahead) / float64(t.run+t.ahead)
	return t.before + int64(share*float64(t.good-t.before)), spent
}

func sortState(st *wip.State) {
	point := func(a, b wip.Point) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Place, b.Place))
	}
	slices.SortFunc(st.Stock, func(a, b wip.Balance) int { return point(a.Point, b.Point) })
	slices.SortStableFunc(st.Orders, func(a, b wip.OrderState) int { return cmp.Compare(a.Order, b.Order) })
	slices.SortStableFunc(st.Progress, func(a, b wip.StepState) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Step, b.Step))
	})
	slices.SortFunc(st.Down, func(a, b wip.Standstill) int { return cmp.Compare(a.Workplace, b.Workplace) })
	slices.SortStableFunc(st.Received, func(a, b wip.ReceivedQty) int { return cmp.Compare(a.Receipt, b.Receipt) })
	slices.SortFunc(st.Shipped, func(a, b wip.ShippedQty) int { return cmp.Compare(a.Line, b.Line) })
}
