package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Deviation is a line of the deviation report: an operation that is not where
// the plan has it.
type Deviation struct {
	Shop          schedule.ShopID
	Workplace     schedule.ResourceID
	Order         schedule.OrderID
	Item          schedule.ItemID
	Step          schedule.StepID
	Planned, Fact Amount // through the step by now, good and scrap
	Scrap         Amount
	// Behind is how long ago the plan was where the work is now; negative if
	// the work is ahead.
	Behind time.Duration
	Trend  string // against a day ago: "worse", "better" or "same"
	Cause  string // what is seen of it; may be empty
	Owner  string // whose turn it is
	Action string
	Cost   int64 // of the machine hours that are to be caught up, in overtime
}

func (Deviation) columns() []table.Column {
	return []table.Column{text("shop"), text("workplace"), text("order"), text("item"), text("step"), number("planned"), number("fact"), number("deviation"),
		number("scrap"), text("unit"), number("days behind"), text("trend"), text("cause"), text("owner"), text("action"), number("cost")}
}

func (r Deviation) cells() []any {
	gap := Amount{r.Fact.Qty - r.Planned.Qty, r.Fact.Unit}
	return []any{r.Shop, r.Workplace, r.Order, r.Item, r.Step, r.Planned, r.Fact, gap, r.Scrap, r.Planned.Unit.Code,
		days(r.Behind), r.Trend, r.Cause, r.Owner, r.Action, r.Cost}
}

// Deviations lists the operations planned to work in the scope that are behind
// or ahead of the plan now by as much as least, the furthest behind first. What
// the plan counts as done is none.
//
// A cause is looked for in this order: the workplace stands still, a step
// before is not done, material is missing. The owner is who has to act on it.
func (d *Desk) Deviations(s Scope, least time.Duration) Document[Deviation] {
	doc := Document[Deviation]{Title: s.title("Deviations")}
	readiness := d.readiness(s.To)
	down := d.down()
	for _, o := range d.inShop(s.Shop) {
		if o.Done || !o.Start.Before(s.To) || o.End.Before(s.From) {
			continue
		}
		behind := d.behind(o, d.now)
		if max(behind, -behind) < max(1, least) {
			continue
		}
		done := d.fact(o, d.now)
		amount := func(q wip.Qty) Amount { return d.amount(o.order.Item, q) }
		r := Deviation{Shop: o.shop, Order: o.Order, Item: o.order.Item, Step: o.Step,
			Planned: amount(o.plannedBy(d.now)), Fact: amount(done.Good + done.Scrap), Scrap: amount(done.Scrap),
			Behind: behind, Trend: d.trend(o, behind)}
		if o.machine != nil {
			r.Workplace = o.machine.ID
		}
		if behind > 0 {
			d.explain(&r, o, down, readiness[o])
			if o.machine != nil && done.Ended.IsZero() {
				lost := o.line.Between(d.now.Add(-behind), d.now)
				r.Cost = hourly(min(lost, d.workLeft(o, o.Qty, true)), o.machine.CostPerHour+o.machine.OvertimePerHour)
			}
		}
		doc.Rows = append(doc.Rows, r)
	}
	sortBy(doc.Rows, func(a, b Deviation) int { return cmp.Compare(b.Behind, a.Behind) })
	return doc
}

// behind returns how long before an instant the plan was where the work is at
// it; negative if the plan gets there later. An operation that is complete is
// behind or ahead by its end.
func (d *Desk) behind(o *operation, at time.Time) time.Duration {
	done := d.fact(o, at)
	if !done.Ended.IsZero() {
		return done.Ended.Sub(o.End)
	}
	through := done.Good + done.Scrap
	if through == 0 {
		if at.Before(o.Start) || !done.Started.IsZero() && o.plannedBy(at) == 0 {
			return 0
		}
		if done.Started.IsZero() {
			return at.Sub(o.Start)
		}
	}
	if through >= o.Qty { // turned out, but not reported as finished
		if at.After(o.End) {
			return 0
		}
		return at.Sub(o.End)
	}
	run := o.line.Between(o.Start, o.End) - o.Setup
	share, _ := wip.Qty(max(0, run)).MulDiv(int64(through), int64(max(1, o.Qty)))
	reached, ok := o.line.After(o.Start, o.Setup+time.Duration(share))
	if !ok || reached.After(o.End) {
		reached = o.End
	}
	if o.line.Between(earlier(reached, at), later(reached, at)) == 0 {
		return 0
	}
	return at.Sub(reached)
}

func (d *Desk) trend(o *operation, behind time.Duration) string {
	before := d.behind(o, d.now.Add(-day))
	switch {
	case behind > before:
		return "worse"
	case behind < before:
		return "better"
	}
	return "same"
}

func (d *Desk) explain(r *Deviation, o *operation, down map[schedule.ResourceID]string, ready *Readiness) {
	r.Owner, r.Action = string(o.shop), "catch up"
	if cause, ok := down[r.Workplace]; ok && r.Workplace != "" {
		r.Cause, r.Owner, r.Action = string(r.Workplace)+" stands still: "+cause, "maintenance", "repair or reroute"
		return
	}
	if !d.fact(o, d.now).Ended.IsZero() {
		r.Action = ""
		return
	}
	for l := range o.routing.Precedence() {
		if before, _ := d.ledger.Step(o.Order, l.From, d.now); l.To == o.Step && before.Ended.IsZero() && before.Good < o.Qty {
			r.Cause, r.Action = "waits for step "+string(l.From), "expedite it"
			return
		}
	}
	if ready == nil || ready.Kit() {
		return
	}
	for _, p := range append(append(append([]wip.Point(nil), ready.Materials...), ready.Components...), ready.Transport...) {
		r.Cause, r.Owner, r.Action = "no "+p.String(), d.origin(p), "expedite it"
		return
	}
}
