package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

// setDue says when the output of each open production is needed. Tryton has
// one date for that and for when it is planned, and publishing overwrites it:
// a plan made from it would follow itself around. So the needs are worked out
// anew, from sales and order points: a plan without capacity and without these
// productions says what has to be made when, and the productions of an item
// take these needs in turn, those at work first, then as they were entered.
// Those made for a sale line have its date already.
func setDue(ctx context.Context, m *mapping) error {
	p := *m.problem
	p.Orders = slices.DeleteFunc(slices.Clone(p.Orders), func(o schedule.Order) bool { return o.Due.IsZero() })
	result, err := heuristic.Plan(ctx, &p, heuristic.Options{Mode: heuristic.Infinite, MaxSteps: -1})
	if err != nil {
		return err
	}
	needs := needsByItem(result.Plan)
	for _, o := range m.inTurn() {
		o.Due = p.To
		if list := needs[o.Item]; len(list) > 0 {
			o.Due = list[0].at
			needs[o.Item] = take(list, o.Qty)
		}
	}
	return nil
}

// A need is an amount that has to be there at an instant.
type need struct {
	at  time.Time
	qty wip.Qty
}

// needsByItem lists what a plan makes newly, by when it ends: just in time for
// what it is made for, order points included.
func needsByItem(plan *schedule.Plan) map[schedule.ItemID][]need {
	m := map[schedule.ItemID][]need{}
	for _, o := range plan.Orders {
		if !o.Existing {
			m[o.Item] = append(m[o.Item], need{o.End, o.Qty})
		}
	}
	for _, list := range m {
		slices.SortStableFunc(list, func(a, b need) int { return a.at.Compare(b.at) })
	}
	return m
}

// take returns what is left of needs once q of them is met.
func take(list []need, q wip.Qty) []need {
	for len(list) > 0 && q >= list[0].qty {
		q -= list[0].qty
		list = list[1:]
	}
	if len(list) > 0 {
		list[0].qty -= q
	}
	return list
}

// inTurn returns the orders without due date, those at work first.
func (m *mapping) inTurn() []*schedule.Order {
	var list []*schedule.Order
	for i := range m.problem.Orders {
		if o := &m.problem.Orders[i]; o.Due.IsZero() {
			list = append(list, o)
		}
	}
	rank := func(o *schedule.Order) int {
		if issued(m.orders[o.ID]) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b *schedule.Order) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}
