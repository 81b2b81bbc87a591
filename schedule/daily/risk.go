package daily

import (
	"cmp"
	"fmt"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// A ContractRisk is a line of the list of contracts at risk.
type ContractRisk struct {
	Contract schedule.ContractID
	Customer string
	Line     schedule.LineID
	Item     schedule.ItemID
	Due      time.Time
	Expected time.Time // of the last delivery; zero: never
	Late     time.Duration
	AtRisk   Amount // not shipped yet
	Short    Amount // never delivered, by the plan
	Cause    string
	Remedy   string // the cheapest that is known
	// RemedyCost is what the remedy costs, and Cost what is lost without one:
	// penalty and the payment for what is never delivered.
	RemedyCost, Cost int64
}

func (ContractRisk) columns() []table.Column {
	return []table.Column{text("contract"), text("customer"), text("line"), text("item"), text("due"), text("expected"), number("days late"),
		number("at risk"), number("short"), text("unit"), text("cause"), text("cheapest remedy"), number("remedy cost"), number("loss")}
}

func (r ContractRisk) cells() []any {
	return []any{r.Contract, r.Customer, r.Line, r.Item, r.Due, r.Expected, days(r.Late), r.AtRisk, r.Short, r.AtRisk.Unit.Code,
		r.Cause, r.Remedy, r.RemedyCost, r.Cost}
}

// ContractRisks lists the contract lines that are not shipped and, by the plan
// or by what has happened to it, will be late or short, the largest loss first.
//
// The expected date is the plan's, or later: an operation of an order that
// serves the line before others, that should have ended by the plan and is not
// finished, delays it by the time since its end or, if that is later, since
// [schedule.Operation.NeedBy], unless the line can do with what is finished of
// it; that is not looked into. A shop sees the lines that its orders serve.
//
// Remedies are looked for at the cause: overtime or another mode at a busy
// resource, another supply of a missing item; without any the new date has to
// be agreed, at the price of the penalty. They are estimates: a planner has to
// try them.
func (d *Desk) ContractRisks(shop schedule.ShopID) Document[ContractRisk] {
	doc := Document[ContractRisk]{Title: Scope{shop, d.now, d.now}.titleNow("Contracts at risk")}
	behind, serves := d.overdueOperations(shop)
	for i := range d.plan.Promises {
		q := &d.plan.Promises[i]
		l := d.x.Lines.Find(q.Line)
		if l == nil || shop != "" && !serves[q.Line] {
			continue
		}
		if r := d.risk(l, q, behind[l.ID]); r.AtRisk.Qty > 0 && (r.Late > 0 || q.Short > 0) {
			doc.Rows = append(doc.Rows, r)
		}
	}
	sortBy(doc.Rows, func(a, b ContractRisk) int { return cmp.Compare(b.Cost, a.Cost) })
	return doc
}

// risk returns what is to be expected of a line, by its promise and by an
// operation that serves it and is overdue; that may be nil.
func (d *Desk) risk(l *schedule.ContractLine, q *schedule.Promise, overdue *operation) ContractRisk {
	r := ContractRisk{Contract: l.Contract, Line: l.ID, Item: l.Item, Due: l.Due, Expected: q.Last,
		AtRisk: d.amount(l.Item, l.Qty-d.shipped(l.ID)), Short: d.amount(l.Item, q.Short)}
	if c := d.x.Contracts.Find(l.Contract); c != nil {
		r.Customer = cmp.Or(c.Customer, c.Name)
	}
	var why schedule.Cause
	var lost time.Duration // working time
	if len(q.Why) > 0 {
		why = q.Why[len(q.Why)-1]
		r.Cause, lost = why.String(), d.workingTimeOf(why.Resource, why.From, why.To)
	}
	if o := overdue; o != nil && !q.Last.IsZero() && d.lastDelivery(l, q, o).After(q.Last) {
		r.Expected = d.lastDelivery(l, q, o)
		r.Cause = fmt.Sprintf("%s/%s should have ended by %s", o.Order, o.Step, stamp(o.lastEnd()))
		done := d.fact(o, d.now)
		why = schedule.Cause{Kind: schedule.WaitsForResource, Order: o.Order, Step: o.Step}
		lost = d.workLeft(o, o.Qty-done.Good-done.Scrap, !done.Started.IsZero())
		if o.machine != nil {
			why.Resource = o.machine.ID
		}
	}
	if r.Expected.After(l.Due) {
		r.Late = r.Expected.Sub(l.Due)
	}
	penalty := mulDays(d.worth(l.Item, r.AtRisk.Qty, cmp.Or(l.Late, d.p.Objective.Late)), r.Late)
	r.Cost = plus(penalty, d.worth(l.Item, q.Short, l.Price))
	r.Remedy, r.RemedyCost = d.remedy(&r, &why, lost)
	return r
}

// lastDelivery returns when the line is delivered last if what follows the overdue
// operation takes as long as planned: without slack if it was planned late.
func (d *Desk) lastDelivery(l *schedule.ContractLine, q *schedule.Promise, o *operation) time.Time {
	from := l.Due
	if o.End.After(o.NeedBy) {
		from = q.Last
	}
	return from.Add(d.now.Sub(o.lastEnd()))
}

// lastEnd is when the operation has to end for its lot to be no later than
// planned.
func (o *operation) lastEnd() time.Time {
	if o.End.After(o.NeedBy) {
		return o.End
	}
	return o.NeedBy
}

// overdueOperations returns, for each line, the operation that serves it and is
// overdue the longest, and which lines a shop serves.
func (d *Desk) overdueOperations(shop schedule.ShopID) (behind map[schedule.LineID]*operation, serves map[schedule.LineID]bool) {
	behind, serves = map[schedule.LineID]*operation{}, map[schedule.LineID]bool{}
	lines := map[schedule.OrderID][]schedule.LineID{}
	for i := range d.operations {
		o := &d.operations[i]
		if _, ok := lines[o.Order]; !ok {
			lines[o.Order] = d.linesOf(o.Order)
		}
		overdue := !o.NeedBy.IsZero() && o.lastEnd().Before(d.now) && !d.finished(o)
		first := d.firstDue(lines[o.Order])
		for _, l := range lines[o.Order] {
			serves[l] = serves[l] || o.shop == shop
			if overdue && l == first && (behind[l] == nil || o.lastEnd().Before(behind[l].lastEnd())) {
				behind[l] = o
			}
		}
	}
	return behind, serves
}

// firstDue returns the line that is due first of those that are not shipped.
func (d *Desk) firstDue(lines []schedule.LineID) schedule.LineID {
	var first *schedule.ContractLine
	for _, id := range lines {
		l := d.x.Lines.Find(id)
		if l != nil && d.shipped(id) < l.Qty && (first == nil || l.Due.Before(first.Due)) {
			first = l
		}
	}
	if first == nil {
		return ""
	}
	return first.ID
}

// workingTimeOf returns the working time of a resource in [from, to), 0 if
// there is none.
func (d *Desk) workingTimeOf(id schedule.ResourceID, from, to time.Time) time.Duration {
	if i := d.x.Resources.Position(id); i >= 0 {
		return d.times[i].Between(from, to)
	}
	return 0
}

// remedy returns the cheapest way known to remove a cause that has taken so
// much working time, and its cost.
func (d *Desk) remedy(r *ContractRisk, why *schedule.Cause, lost time.Duration) (string, int64) {
	best, cost := "agree a new date", r.Cost
	better := func(what string, price int64) {
		if price < cost {
			best, cost = what, price
		}
	}
	if m := d.x.Resources.Find(why.Resource); m != nil && m.OvertimePerHour > 0 && lost > 0 {
		better("overtime at "+string(m.ID), hourly(lost, m.CostPerHour+m.OvertimePerHour))
	}
	if o := d.orders[why.Order]; o != nil {
		if s := d.x.Step(o.Routing, why.Step); s != nil {
			for i := range s.Modes {
				if m := s.Modes[i]; len(m.Uses) > 0 && m.Uses[0].Resource != why.Resource {
					better("reroute to "+string(m.Uses[0].Resource), d.worth(o.Item, o.Qty, m.Cost))
				}
			}
		}
	}
	if why.Item != "" {
		for i := range d.p.Supplies {
			if s := &d.p.Supplies[i]; s.Item == why.Item && s.Partner != why.Partner {
				better("buy "+string(s.Item)+" from "+string(s.Partner), plus(s.FixedCost, d.worth(s.Item, r.AtRisk.Qty, s.Cost)))
			}
		}
	}
	return best, cost
}
