package schedule

import (
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/wip"
)

// stock measures norms and the cost of holding, from the projected stock
// between Now and the end of the horizon.
func (e *evaluation) stock() {
	book := newStockBook(e.p, e.plan, e.x)
	points := book.profile()
	e.Money = sum(e.Money, book.alternates)
	for i := range points {
		item := e.x.Items.Find(points[i].Item)
		held := int64(0)
		e.stretches(points[i].Movements, Span{}, func(balance wip.Qty, d time.Duration) {
			held = sum(held, unitDays(max(0, balance), item.Scale(), d))
		})
		e.Money = sum(e.Money, scaled(item.Holding, held, millionths))
	}
	below, above := int64(0), int64(0)
	at := map[wip.Point]int{}
	for i := range points {
		at[points[i].Point] = i
	}
	for i := range e.p.Norms {
		n := &e.p.Norms[i]
		var movements []Movement
		if k, ok := at[n.Point]; ok {
			movements = points[k].Movements
		}
		b, a := e.outside(n, movements)
		below, above = sum(below, b), sum(above, a)
		scale := e.x.scale(n.Point.Item)
		e.terms.belowNorm = sum(e.terms.belowNorm, normCost(b, n.ShortPrice, e.objective.BelowNorm, scale))
		e.terms.aboveNorm = sum(e.terms.aboveNorm, normCost(a, n.ExcessPrice, e.objective.AboveNorm, scale))
	}
	e.BelowNorm, e.AboveNorm = float64(below)/millionths, float64(above)/millionths
}

// outside returns the unit-days in millionths below and above a norm.
func (e *evaluation) outside(n *wip.Norm, movements []Movement) (below, above int64) {
	scale := e.x.scale(n.Point.Item)
	e.stretches(movements, Span{n.From, n.To}, func(balance wip.Qty, d time.Duration) {
		below = sum(below, unitDays(max(0, n.Min-balance), scale, d))
		if n.Max > 0 {
			above = sum(above, unitDays(max(0, balance-n.Max), scale, d))
		}
	})
	return below, above
}

// normCost prices unit-days in millionths: a norm's own price is per base
// unit, the objective's per whole unit.
func normCost(unitDays, own, general, scale int64) int64 {
	if own != 0 {
		return scaled(scaled(own, scale, 1), unitDays, millionths)
	}
	return scaled(general, unitDays, millionths)
}

// stretches calls visit for each stretch of constant balance in s and the
// horizon from Now.
func (e *evaluation) stretches(movements []Movement, s Span, visit func(wip.Qty, time.Duration)) {
	from, end := later(e.t.Now, s.From), e.t.To
	if !s.To.IsZero() {
		end = earlier(end, s.To)
	}
	balance := wip.Qty(0)
	for i := range movements {
		to := earlier(movements[i].At, end)
		if d := to.Sub(from); d > 0 {
			visit(balance, d)
			from = to
		}
		balance = movements[i].Balance
	}
	if d := end.Sub(from); d > 0 {
		visit(balance, d)
	}
}

// expenses adds up what the plan costs by itself, besides holding.
func (e *evaluation) expenses() {
	pay := func(amount int64) { e.Money = sum(e.Money, amount) }
	perUnit := func(price int64, q wip.Qty, item ItemID) { pay(scaled(price, int64(q), e.x.scale(item))) }
	for i := range e.plan.Orders {
		o := &e.plan.Orders[i]
		r := e.x.Routings.Find(o.Routing)
		perUnit(r.Cost, o.Qty, o.Item)
		pay(r.FixedCost)
	}
	for i := range e.plan.Purchases {
		q := &e.plan.Purchases[i]
		s := e.x.Supplies.Find(q.Supply)
		perUnit(s.Cost, q.Qty, s.Item)
		pay(s.FixedCost)
	}
	routing := routingOf(e.plan)
	for i := range e.plan.Subcontracts {
		o := &e.plan.Subcontracts[i]
		r := e.x.Routings.Find(routing[o.Order])
		if c := e.x.Step(r.ID, o.Step).Subcontract; c != nil {
			perUnit(c.Cost, o.Qty, r.Item)
			pay(c.Fixed)
		}
	}
	for i := range e.plan.Transfers {
		t := &e.plan.Transfers[i]
		l := e.x.Lanes.Find(t.Lane)
		perUnit(l.Cost, t.Qty, t.Item)
		pay(scaled(l.TripCost, int64(t.Trips), 1))
	}
	changeovers(e.x, e.plan, e.placed, func(_ int, c capacity.Changeover) { pay(c.Cost) })
	for i := range e.plan.Operations {
		e.Money = sum(e.Money, e.operationCost(i))
	}
}

// operationCost returns what an operation costs: its mode, and the hours of
// its resources.
func (e *evaluation) operationCost(i int) int64 {
	o, at := &e.plan.Operations[i], &e.placed[i]
	if at.mode == nil || o.Done {
		return 0
	}
	cost := scaled(at.mode.Cost, int64(o.Qty), e.x.scale(at.routing.Item))
	for u := range at.mode.Uses {
		k := e.x.Resources.Position(o.Resource(at.mode, u))
		if k < 0 {
			continue
		}
		r, units := &e.p.Resources[k], int64(at.mode.Uses[u].Count())
		cost = sum(cost, scaled(scaled(r.CostPerHour, int64(at.work), int64(time.Hour)), units, 1))
		if o.Overtime && r.OvertimePerHour != 0 {
			overtime := e.resources[k].overtime().Between(o.Start, o.End)
			cost = sum(cost, scaled(scaled(r.OvertimePerHour, int64(overtime), int64(time.Hour)), units, 1))
		}
	}
	return cost
}
