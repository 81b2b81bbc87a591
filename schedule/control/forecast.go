package control

import (
	"context"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Earned is how far an order is: the work that is done, against the work that
// should be done by now and the work of the whole. Work is the time that the
// plan has its operations for, setup and pauses included.
type Earned struct {
	Order                schedule.OrderID
	Done, Planned, Whole time.Duration
}

// Performance returns the work done over the work planned by now, in
// thousandths; 1000 if nothing was planned yet.
func (e Earned) Performance() int {
	if e.Planned <= 0 {
		return 1000
	}
	return int(e.Done * 1000 / e.Planned)
}

// EarnedProgress returns how far each order of a plan is, in its order, by the
// state. A step at work counts by the share of its quantity that is good or
// scrap, an order that is closed as done.
func EarnedProgress(plan *schedule.Plan, state *wip.State) []Earned {
	progress := progressOf(state)
	closed := map[schedule.OrderID]bool{}
	for i := range state.Orders {
		closed[state.Orders[i].Order] = !state.Orders[i].Closed.IsZero()
	}
	list := make([]Earned, len(plan.Orders))
	at := make(map[schedule.OrderID]*Earned, len(plan.Orders))
	for i := range plan.Orders {
		list[i].Order = plan.Orders[i].ID
		at[plan.Orders[i].ID] = &list[i]
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		e := at[o.Order]
		if e == nil {
			continue
		}
		work := o.End.Sub(o.Start)
		e.Whole += work
		e.Planned += min(work, max(0, state.At.Sub(o.Start)))
		q := progress[stepOf{o.Order, o.Step}]
		switch {
		case o.Done || closed[o.Order] || !q.Ended.IsZero():
			e.Done += work
		case o.Qty > 0:
			e.Done += part(work, min(o.Qty, max(0, q.Good+q.Scrap)), o.Qty)
		}
	}
	return list
}

// part returns d·q/of.
func part(d time.Duration, q, of wip.Qty) time.Duration {
	n, _ := wip.Qty(d).MulDiv(int64(q), int64(of))
	return time.Duration(n)
}

// A Finish is when an order will be finished if it goes on as it does.
type Finish struct {
	Order             schedule.OrderID
	Planned, Expected time.Time // Expected is zero if that is not within the horizon
	Due               time.Time // zero if nobody needs it
}

// Forecast returns when each order of a plan that is not closed will be
// finished, in the order of the plan, if what cannot stay is shifted to the
// right and nothing else is done. The errors are those of [Replan].
func Forecast(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, state *wip.State, now time.Time, o Options) ([]Finish, error) {
	o.Extent = RightShift
	r, err := Replan(ctx, p, plan, state, now, o)
	if err != nil {
		return nil, err
	}
	expected := make(map[schedule.OrderID]time.Time, len(r.Plan.Orders))
	for i := range r.Plan.Orders {
		expected[r.Plan.Orders[i].ID] = r.Plan.Orders[i].End
	}
	list := make([]Finish, 0, len(r.before.Orders))
	for i := range r.before.Orders {
		q := &r.before.Orders[i]
		list = append(list, Finish{Order: q.ID, Planned: q.End, Expected: expected[q.ID], Due: q.Due})
	}
	return list, nil
}
