package verify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A supply is what a reference of a peg can give of an item, and a demand what
// one asks for.
type (
	supplyKey struct {
		schedule.SupplyRef
		item schedule.ItemID
	}
	demandKey struct {
		schedule.DemandRef
		item schedule.ItemID
	}
)

// An account holds the movements of one supply or demand and what is pegged
// to it.
type account struct {
	point  point
	moves  []part
	pegged []part // of a demand: when the supply is there
	total  wip.Qty
	used   wip.Qty
}

// A part is an amount at an instant.
type part struct {
	at  time.Time
	qty wip.Qty
}

func (a *account) add(m *schedule.Movement, qty wip.Qty) {
	a.moves = append(a.moves, part{m.At, qty})
	a.total = plus(a.total, qty)
}

// A ledger holds the accounts in the order in which they came up.
type ledger struct {
	supplies   map[supplyKey]int
	demands    map[demandKey]int
	give, take []account
	giver      []supplyKey
	taker      []demandKey
}

// pegs judges that all that is consumed is pegged, exactly, to supplies that
// are there in time and place, and no supply to more than there is of it. At
// points where stock is negative, which is reported as such, there is nothing
// sensible to peg.
func (j *judge) pegs() {
	b := j.book()
	for i := range j.plan.Pegs {
		j.peg(b, i, &j.plan.Pegs[i])
	}
	for i := range b.give {
		a := &b.give[i]
		if over := a.used - a.total; over > 0 && !j.negative[a.point] {
			j.report(Violation{
				Code: OverPegged, Item: a.point.Item, Location: a.point.Place, Ref: supplyName(b.giver[i].SupplyRef),
				At: a.moves[0].at, By: int64(over),
			})
		}
	}
	for i := range b.take {
		if a := &b.take[i]; !j.negative[a.point] {
			j.demand(a, b.taker[i].DemandRef)
		}
	}
}

// book opens an account for each supply and demand.
func (j *judge) book() *ledger {
	b := &ledger{supplies: map[supplyKey]int{}, demands: map[demandKey]int{}}
	for i := range j.profile {
		s := &j.profile[i]
		for k := range s.Movements {
			m := &s.Movements[k]
			switch {
			case m.Kind.In() && m.Qty > 0:
				b.gives(supplyKey{j.supplyOf(m, s.Point), s.Point.Item}, s.Point, m)
			case !m.Kind.In() && m.Qty < 0:
				b.takes(demandKey{j.demandOf(m), s.Point.Item}, s.Point, m)
			}
		}
	}
	return b
}

func (b *ledger) gives(key supplyKey, at point, m *schedule.Movement) {
	i, ok := b.supplies[key]
	if !ok {
		i = len(b.give)
		b.supplies[key] = i
		b.give, b.giver = append(b.give, account{point: at}), append(b.giver, key)
	}
	b.give[i].add(m, m.Qty)
}

func (b *ledger) takes(key demandKey, at point, m *schedule.Movement) {
	i, ok := b.demands[key]
	if !ok {
		i = len(b.take)
		b.demands[key] = i
		b.take, b.taker = append(b.take, account{point: at}), append(b.taker, key)
	}
	b.take[i].add(m, -m.Qty)
}

// supplyOf returns what pegs call the cause of a movement.
func (j *judge) supplyOf(m *schedule.Movement, at point) schedule.SupplyRef {
	switch m.Kind {
	case schedule.ReceiptIn:
		return schedule.SupplyRef{Kind: schedule.FromReceipt, ID: string(j.p.Receipts[m.Index].ID)}
	case schedule.OrderIn:
		return schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(j.plan.Orders[m.Index].ID)}
	case schedule.StepIn:
		return schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(j.plan.Operations[m.Index].Order)}
	case schedule.OutsideIn:
		return schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(j.plan.Subcontracts[m.Index].Order)}
	case schedule.PurchaseIn:
		return schedule.SupplyRef{Kind: schedule.FromPurchase, ID: j.plan.Purchases[m.Index].ID}
	case schedule.TransferIn:
		return schedule.SupplyRef{Kind: schedule.FromTransfer, ID: j.plan.Transfers[m.Index].ID}
	default:
		return schedule.SupplyRef{Kind: schedule.FromStock, Location: at.Place}
	}
}

func (j *judge) demandOf(m *schedule.Movement) schedule.DemandRef {
	switch m.Kind {
	case schedule.StepOut:
		o := &j.plan.Operations[m.Index]
		return schedule.DemandRef{Kind: schedule.ForStep, ID: string(o.Order), Step: o.Step}
	case schedule.OutsideOut:
		o := &j.plan.Subcontracts[m.Index]
		return schedule.DemandRef{Kind: schedule.ForStep, ID: string(o.Order), Step: o.Step}
	case schedule.TransferOut:
		return schedule.DemandRef{Kind: schedule.ForTransfer, ID: j.plan.Transfers[m.Index].ID}
	default:
		return schedule.DemandRef{Kind: schedule.ForLine, ID: string(j.plan.Deliveries[m.Index].Line)}
	}
}

// peg enters one peg into the accounts of its two ends.
func (j *judge) peg(b *ledger, i int, q *schedule.Peg) {
	v := Violation{Code: WrongPeg, Item: q.Item, Ref: fmt.Sprintf("Pegs[%d]", i), By: int64(q.Qty)}
	supply, ok := b.supplies[supplyKey{q.Supply, q.Item}]
	if !ok || q.Qty <= 0 {
		j.report(v)
		return
	}
	from := &b.give[supply]
	from.used = plus(from.used, q.Qty)
	if q.Demand.Kind == schedule.ForNorm {
		if q.Demand.Location != from.point.Place {
			j.report(v)
		}
		return
	}
	demand, ok := b.demands[demandKey{q.Demand, q.Item}]
	if !ok || b.take[demand].point != from.point {
		j.report(v)
		return
	}
	to := &b.take[demand]
	to.used = plus(to.used, q.Qty)
	to.pegged = append(to.pegged, part{from.moves[0].at, q.Qty})
}

// demand judges whether a demand is pegged, and in time: at each instant at
// which some of it goes out, as much of what is pegged to it must have come
// in.
func (j *judge) demand(a *account, ref schedule.DemandRef) {
	v := Violation{Code: Unpegged, Item: a.point.Item, Location: a.point.Place, At: a.moves[0].at, Ref: demandName(ref)}
	switch ref.Kind {
	case schedule.ForLine:
		v.Line, v.Ref = schedule.LineID(ref.ID), ""
	case schedule.ForStep:
		v.Order, v.Step, v.Ref = schedule.OrderID(ref.ID), ref.Step, ""
	}
	if v.By = int64(a.total - a.used); v.By != 0 {
		j.report(v)
		return
	}
	slices.SortStableFunc(a.pegged, func(x, y part) int { return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.qty, y.qty)) })
	pegged := a.pegged
	for _, m := range a.moves { // in the order of time
		for need := m.qty; need > 0 && len(pegged) > 0; {
			if late := pegged[0].at.Sub(m.at); late > 0 {
				v.Code, v.At, v.By = PegTooLate, m.at, int64(late)
				j.report(v)
				return
			}
			used := min(need, pegged[0].qty)
			need -= used
			if pegged[0].qty -= used; pegged[0].qty == 0 {
				pegged = pegged[1:]
			}
		}
	}
}

func supplyName(r schedule.SupplyRef) string {
	if r.Kind == schedule.FromStock {
		return r.Kind.String()
	}
	return r.Kind.String() + " " + r.ID
}

func demandName(r schedule.DemandRef) string { return r.Kind.String() + " " + r.ID }
