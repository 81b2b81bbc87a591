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
				b.gives(supplyKey{m.Supply(j.p, j.plan, s.Point.Place), s.Point.Item}, s.Point, m)
			case !m.Kind.In() && m.Qty < 0:
				b.takes(demandKey{m.Demand(j.plan), s.Point.Item}, s.Point, m)
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
	if q.Demand.Kind == schedule.ForStep {
		j.alternate(q)
	}
	to := &b.take[demand]
	to.used = plus(to.used, q.Qty)
	to.pegged = append(to.pegged, part{from.moves[0].at, q.Qty})
}

// alternate judges whether the item or alternate that a step takes is
// effective.
func (j *judge) alternate(q *schedule.Peg) {
	at, ok := j.lotOf[schedule.OrderID(q.Demand.ID)]
	if !ok {
		return
	}
	l := &j.lots[at]
	step := j.x.Step(l.routing.ID, q.Demand.Step)
	if step == nil || l.tasks[j.position[step]] < 0 {
		return
	}
	t := &j.tasks[l.tasks[j.position[step]]]
	for i := range step.Needs {
		if n := &step.Needs[i]; n.Item == q.Item && !n.Usable.Contains(t.at()) {
			v := j.where(NotEffective, t)
			v.Item = n.Item
			j.report(v)
		}
		for k := range step.Needs[i].Alternates {
			if a := &step.Needs[i].Alternates[k]; a.Item == q.Item && !a.Effective.Contains(t.at()) {
				v := j.where(NotEffective, t)
				v.Item = a.Item
				j.report(v)
			}
		}
	}
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
