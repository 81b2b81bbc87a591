package control_test

import (
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// execute returns the state at an instant if a plan is carried out as it is,
// but for what late says: by how much an operation that is at work is behind,
// in thousandths of its quantity.
func execute(p *schedule.Problem, plan *schedule.Plan, at time.Time, late int) *wip.State {
	s := &wip.State{At: at}
	x := schedule.NewIndex(p)
	begun := map[schedule.OrderID]bool{}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		if !o.Start.Before(at) {
			continue
		}
		begun[o.Order] = true
		q := wip.Progress{Order: o.Order, Step: o.Step, Started: o.Start}
		if known := x.State(o.Order, o.Step); known != nil {
			q.Good, q.Scrap = known.Progress.Good, known.Progress.Scrap
		}
		if !o.End.After(at) {
			q.Ended, q.Good = o.End, o.Qty
		} else if done := at.Sub(o.Start); o.End.After(o.Start) {
			share := float64(done) / float64(o.End.Sub(o.Start))
			q.Good = max(q.Good, wip.Qty(float64(o.Qty)*share)*wip.Qty(1000-late)/1000)
		}
		s.Progress = append(s.Progress, wip.StepState{Progress: q})
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		if !o.Start.Before(at) {
			continue
		}
		begun[o.Order] = true
		q := wip.Progress{Order: o.Order, Step: o.Step, Started: o.Start}
		if !o.End.After(at) {
			q.Ended = o.End
		}
		s.Progress = append(s.Progress, wip.StepState{Progress: q})
	}
	ended := map[schedule.OrderID]bool{}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		ended[o.ID] = begun[o.ID] && !o.End.After(at)
		if !begun[o.ID] {
			continue
		}
		os := wip.OrderState{Order: o.ID, Point: wip.Point{Item: o.Item}, Qty: o.Qty, Released: o.Release}
		if ended[o.ID] {
			os.Closed, os.Delivered = o.End, o.Qty
		}
		s.Orders = append(s.Orders, os)
	}
	for _, point := range schedule.StockProfile(p, plan) {
		b := wip.Balance{Point: point.Point}
		for i := range point.Movements {
			if happened(plan, &point.Movements[i], at, ended) {
				b.Qty += point.Movements[i].Qty
			}
		}
		b.Qty = max(b.Qty, 0)
		s.Stock = append(s.Stock, b)
	}
	for i := range p.Receipts {
		if r := &p.Receipts[i]; !r.At.After(at) {
			s.Received = append(s.Received, wip.ReceivedQty{Receipt: r.ID, Qty: r.Qty, Last: r.At})
		}
	}
	for i := range plan.Purchases {
		if q := &plan.Purchases[i]; !q.Arrival.After(at) {
			s.Received = append(s.Received, wip.ReceivedQty{Receipt: wip.ReceiptID(q.ID), Qty: q.Qty, Last: q.Arrival})
		}
	}
	for i := range plan.Transfers {
		if t := &plan.Transfers[i]; !t.Arrive.After(at) {
			s.Received = append(s.Received, wip.ReceivedQty{Receipt: wip.ReceiptID(t.ID), Qty: t.Qty, Last: t.Arrive})
		}
	}
	shipped := map[schedule.LineID]wip.Qty{}
	for i := range plan.Deliveries {
		if d := &plan.Deliveries[i]; d.At.Before(at) {
			shipped[d.Line] += d.Qty
		}
	}
	for i := range p.Lines {
		if q := shipped[p.Lines[i].ID]; q > 0 {
			s.Shipped = append(s.Shipped, wip.ShippedQty{Line: p.Lines[i].ID, Qty: q})
		}
	}
	return s
}

// happened reports whether a movement of stock has happened at an instant.
func happened(plan *schedule.Plan, m *schedule.Movement, at time.Time, ended map[schedule.OrderID]bool) bool {
	switch m.Kind {
	case schedule.OpeningStock:
		return true
	case schedule.OrderIn:
		return ended[plan.Orders[m.Index].ID]
	case schedule.StepIn:
		return !plan.Operations[m.Index].End.After(at)
	case schedule.OutsideIn:
		return !plan.Subcontracts[m.Index].End.After(at)
	case schedule.StepOut:
		return plan.Operations[m.Index].Start.Before(at)
	case schedule.OutsideOut:
		return plan.Subcontracts[m.Index].Start.Before(at)
	case schedule.TransferOut, schedule.DeliveryOut:
		return m.At.Before(at)
	default:
		return !m.At.After(at)
	}
}
