package daily

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An expected is a movement of stock that has yet to happen.
type expected struct {
	schedule.Movement
	at      time.Time // now at the earliest
	left    wip.Qty   // the part that has not happened, with the sign of Qty
	overdue bool      // it was planned for the past
}

// An outlook is a point with its stock now and what the plan still expects.
type outlook struct {
	point    wip.Point
	stock    wip.Qty
	expected []expected
}

// outlooks returns the points that the plan moves, in its order. What has
// happened since the problem's Now, by the ledger, is taken off what was
// planned: issues by step, deliveries by order, receipts by their ID, a
// purchase's being that of the purchase, shipments by line. Of transfers the
// ledger does not know which is which: those of the past count as done.
func (d *Desk) outlooks() []outlook {
	arrived, shipped := tally[wip.ReceiptID]{}, tally[wip.LineID]{}
	var list []outlook
	for _, point := range schedule.StockProfile(d.p, d.plan) {
		o := outlook{point: point.Point, stock: d.ledger.Balance(point.Point, d.now)}
		for _, m := range point.Movements {
			happened := d.happened(&m, point.Item, arrived, shipped)
			if left := m.Qty - happened; m.Kind != schedule.OpeningStock && left != 0 && (left > 0) == (m.Qty > 0) {
				o.expected = append(o.expected, expected{m, later(m.At, d.now), left, m.At.Before(d.now)})
			}
		}
		slices.SortStableFunc(o.expected, func(a, b expected) int {
			return cmp.Or(a.at.Compare(b.at), cmp.Compare(sign(b.left), sign(a.left))) // what comes in first
		})
		list = append(list, o)
	}
	return list
}

// A tally is what has arrived, or was shipped, since the problem's Now and is
// not yet counted for a movement of the plan, by receipt or line.
type tally[K comparable] map[K]wip.Qty

// take takes up to q of what there is for an ID, which look looks up first.
func (t tally[K]) take(id K, q wip.Qty, look func(K) wip.Qty) wip.Qty {
	left, ok := t[id]
	if !ok {
		left = look(id)
	}
	q = min(left, q)
	t[id] = left - q
	return q
}

func (d *Desk) received(id wip.ReceiptID) wip.Qty {
	return d.ledger.Received(id, d.now) - d.ledger.Received(id, d.begin)
}

func (d *Desk) shipped(id wip.LineID) wip.Qty {
	return d.ledger.Shipped(id, d.now) - d.ledger.Shipped(id, d.begin)
}

// delivered returns what an order has put into stock since the problem's Now.
func (d *Desk) delivered(id schedule.OrderID) (q wip.Qty, closed bool) {
	o, _ := d.ledger.Order(id, d.now)
	before, _ := d.ledger.Order(id, d.begin)
	return o.Delivered - before.Delivered, !o.Closed.IsZero()
}

func sign(q wip.Qty) int { return cmp.Compare(q, 0) }

// happened returns the part of a movement that has happened, with its sign.
// What arrived or was shipped serves the earliest movements first.
func (d *Desk) happened(m *schedule.Movement, item schedule.ItemID, arrived tally[wip.ReceiptID], shipped tally[wip.LineID]) wip.Qty {
	switch m.Kind {
	case schedule.ReceiptIn:
		return arrived.take(d.p.Receipts[m.Index].ID, m.Qty, d.received)
	case schedule.PurchaseIn:
		return arrived.take(wip.ReceiptID(d.plan.Purchases[m.Index].ID), m.Qty, d.received)
	case schedule.DeliveryOut:
		return -shipped.take(d.plan.Deliveries[m.Index].Line, -m.Qty, d.shipped)
	case schedule.OrderIn:
		planned := &d.plan.Orders[m.Index]
		q, closed := d.delivered(planned.ID)
		if closed || item != planned.Item && q >= planned.Qty {
			return m.Qty // or will not
		}
		return min(m.Qty, q)
	case schedule.StepOut:
		o := &d.plan.Operations[m.Index]
		return d.issued(o.Order, o.Step, m.Qty)
	case schedule.OutsideOut:
		o := &d.plan.Subcontracts[m.Index]
		return d.issued(o.Order, o.Step, m.Qty)
	default:
		if m.At.Before(d.now) {
			return m.Qty
		}
		return 0
	}
}

func (d *Desk) issued(o schedule.OrderID, s schedule.StepID, q wip.Qty) wip.Qty {
	if step, _ := d.ledger.Step(o, s, d.now); step.Issued || !step.Ended.IsZero() {
		return q
	}
	return 0
}

// supplier says who is to bring what a movement brings in.
func (d *Desk) supplier(m *schedule.Movement) string {
	switch m.Kind {
	case schedule.ReceiptIn:
		r := &d.p.Receipts[m.Index]
		return join(string(r.Partner), string(r.ID))
	case schedule.PurchaseIn:
		q := &d.plan.Purchases[m.Index]
		if s := d.x.Supplies.Find(q.Supply); s != nil {
			return join(string(s.Partner), q.ID)
		}
		return q.ID
	case schedule.OrderIn:
		o := &d.plan.Orders[m.Index]
		return join(string(o.Shop), string(o.ID))
	case schedule.TransferIn:
		t := &d.plan.Transfers[m.Index]
		return join(string(t.Lane), t.ID)
	}
	return ""
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// origin says where an item at a point comes from in general: the shop of the
// first routing for it, the partner of the first supply, or the first lane.
func (d *Desk) origin(p wip.Point) string {
	if r := d.makers[p.Item]; r != nil {
		return cmp.Or(string(r.Shop), string(r.ID))
	}
	if s := d.suppliers[p]; s != nil {
		return cmp.Or(string(s.Partner), string(s.ID))
	}
	for i := range d.p.Lanes {
		if l := &d.p.Lanes[i]; l.To == p.Place && (len(l.Items) == 0 || slices.Contains(l.Items, p.Item)) {
			return string(l.ID)
		}
	}
	return ""
}

// linesOf returns the contract lines that wait for an order, through the orders
// and transfers that take what it makes, in the order of the pegs.
func (d *Desk) linesOf(order schedule.OrderID) []schedule.LineID {
	var lines []schedule.LineID
	seen := map[source]bool{}
	var follow func(source)
	follow = func(s source) {
		if seen[s] {
			return
		}
		seen[s] = true
		for _, demand := range d.consumers[s] {
			switch demand.Kind {
			case schedule.ForLine:
				lines = addNew(lines, schedule.LineID(demand.ID))
			case schedule.ForStep:
				follow(source{schedule.FromOrder, demand.ID})
			case schedule.ForTransfer:
				follow(source{schedule.FromTransfer, demand.ID})
			}
		}
	}
	follow(source{schedule.FromOrder, string(order)})
	return lines
}

// latePerDay returns what a day of delay of lines costs.
func (d *Desk) latePerDay(lines []schedule.LineID) (cost int64) {
	for _, id := range lines {
		if l := d.x.Lines.Find(id); l != nil {
			cost = plus(cost, d.worth(l.Item, l.Qty, cmp.Or(l.Late, d.p.Objective.Late)))
		}
	}
	return cost
}

// plus adds costs, and stops at the largest number.
func plus(a, b int64) int64 {
	sum, ok := wip.Qty(a).Add(wip.Qty(b))
	if !ok {
		return 1<<63 - 1
	}
	return int64(sum)
}

func list[S ~string](ids []S) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, " ")
}
