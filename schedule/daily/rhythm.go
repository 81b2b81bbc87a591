package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
)

// A DayOutput is a line of the output by day: the value of what orders put into
// stock.
type DayOutput struct {
	Shop                 schedule.ShopID // empty: the enterprise
	Date                 calendar.Date
	Plan, Fact           int64 // value at the cost of the items
	PlanTotal, FactTotal int64 // since the start of the scope
}

func (DayOutput) columns() []table.Column {
	return []table.Column{text("shop"), text("date"), number("plan"), number("fact"), number("plan, total"), number("fact, total"), number("deviation, total")}
}

func (r DayOutput) cells() []any {
	return []any{cmp.Or(string(r.Shop), "enterprise"), r.Date, r.Plan, r.Fact, r.PlanTotal, r.FactTotal, r.FactTotal - r.PlanTotal}
}

// Output lists planned and actual output by day, shop by shop and last of the
// enterprise: days begin when the scope does, and only those on which anything
// was planned or made are listed. Items are valued at their cost, 1 if they
// have none, so that they add up; the plan is that of the orders' ends.
func (d *Desk) Output(s Scope) Document[DayOutput] {
	doc := Document[DayOutput]{Title: s.title("Output by day")}
	for _, shop := range append(d.shops(s.Shop), d.total(s.Shop)...) {
		var plan, fact int64
		for _, o := range d.output(Scope{shop, s.From, s.To}) {
			plan, fact = plus(plan, int64(o.Plan)), plus(fact, int64(o.Fact))
			doc.Rows = append(doc.Rows, DayOutput{shop, o.Date, int64(o.Plan), int64(o.Fact), plan, fact})
		}
	}
	return doc
}

// total is the enterprise if a document is about it.
func (d *Desk) total(shop schedule.ShopID) []schedule.ShopID {
	if shop != "" {
		return nil
	}
	return []schedule.ShopID{""}
}

// output returns the days of a scope on which anything was planned or made.
func (d *Desk) output(s Scope) []performance.Day {
	n := int((s.To.Sub(s.From) + day - 1) / day)
	list := make([]performance.Day, max(0, n))
	add := func(at time.Time, item schedule.ItemID, q wip.Qty, to func(*performance.Day) *wip.Qty) {
		if at.Before(s.From) || !at.Before(s.To) {
			return
		}
		sum := to(&list[int(at.Sub(s.From)/day)])
		*sum = wip.Qty(plus(int64(*sum), d.worth(item, q, max(1, d.item(item).Cost))))
	}
	for i := range d.plan.Orders {
		if o := &d.plan.Orders[i]; s.Shop == "" || o.Shop == s.Shop {
			add(o.End, o.Item, o.Qty, func(d *performance.Day) *wip.Qty { return &d.Plan })
		}
	}
	for e := range d.ledger.Between(s.From, earlier(s.To, d.now.Add(1))) {
		if shop, _ := d.whose(&e); e.Kind == wip.Delivered && (s.Shop == "" || shop == s.Shop) {
			add(e.At, e.Point.Item, e.Qty, func(d *performance.Day) *wip.Qty { return &d.Fact })
		}
	}
	kept := list[:0]
	for i, o := range list {
		if o.Date = calendar.DateOf(s.From.Add(time.Duration(i) * day)); o.Plan > 0 || o.Fact > 0 {
			kept = append(kept, o)
		}
	}
	return kept
}

// A RhythmLine is a line of the analysis of rhythm.
type RhythmLine struct {
	Shop schedule.ShopID // empty: the enterprise
	By   string          // "day" or "decade"
	performance.Rhythm
	// Missing is the value that was planned for an interval and not made in it.
	Missing int64
}

func (RhythmLine) columns() []table.Column {
	return []table.Column{text("shop"), text("by"), number("intervals"), number("plan"), number("fact"), number("R1 within plan"),
		number("R2 by share"), number("R3 on plan"), number("V variation"), number("R4 1-V"), number("R5 arrhythmia"), number("R6 1-R1"),
		number("E1 evenness"), number("missing")}
}

func (r RhythmLine) cells() []any {
	return []any{cmp.Or(string(r.Shop), "enterprise"), r.By, r.Intervals, r.Plan, r.Fact, r.WithinPlan, r.ByShare, r.OnPlanDays, r.Variation,
		r.Steadiness(), r.Arrhythmia, r.Unrhythmic(), r.Evenness, r.Missing}
}

// Rhythm measures the rhythm of output, by all definitions of
// [performance.Rhythm], over the days and over the ten-day periods of months,
// shop by shop and last for the enterprise: see [Desk.Output].
//
// The error is that of values whose sum exceeds 64 bits.
func (d *Desk) Rhythm(s Scope) (Document[RhythmLine], error) {
	doc := Document[RhythmLine]{Title: s.title("Rhythm")}
	for _, shop := range append(d.shops(s.Shop), d.total(s.Shop)...) {
		output := d.output(Scope{shop, s.From, s.To})
		decades, err := performance.ByDecade(output)
		if err != nil {
			return doc, err
		}
		for by, intervals := range [...][]performance.Interval{performance.Intervals(output), performance.Intervals(decades)} {
			r, err := performance.MeasureRhythm(intervals)
			if err != nil {
				return doc, err
			}
			line := RhythmLine{Shop: shop, By: [...]string{"day", "decade"}[by], Rhythm: r}
			for _, i := range intervals {
				line.Missing = plus(line.Missing, int64(max(0, i.Plan-i.Fact)))
			}
			doc.Rows = append(doc.Rows, line)
		}
	}
	return doc, nil
}
