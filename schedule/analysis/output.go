package analysis

import (
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
)

// An Output compares what a shop was to deliver in a period with what it did.
type Output struct {
	Shop  schedule.ShopID // empty for the whole plant
	Items []ItemOutput    // that were planned or delivered, in the order of the problem
	Days  []performance.Day
	// Rhythm is by day and Decades by ten-day period, both in the value of
	// items or, if none has a cost, in base units. Fulfilment is by item.
	Rhythm, Decades performance.Rhythm
	Fulfilment      performance.Fulfilment
}

// An ItemOutput is planned and actual output of an item.
type ItemOutput struct {
	Item       schedule.ItemID
	Plan, Fact wip.Qty
}

// Outputs returns the output of each shop of the problem, in its order, and
// then of all orders. Planned output counts when an order is to end, actual
// output when it is delivered; days are those of UTC.
//
// The error is that of sums beyond 64 bits.
func (h *History) Outputs() ([]Output, error) {
	var list []Output
	for i := range h.p.Shops {
		shop := h.p.Shops[i].ID
		o, err := h.output(shop, func(o *Order) bool { return o.Planned.Shop == shop })
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	all, err := h.output("", func(*Order) bool { return true })
	return append(list, all), err
}

func (h *History) output(shop schedule.ShopID, of func(*Order) bool) (Output, error) {
	b := newOutputBook(h)
	ours := map[schedule.OrderID]bool{}
	for i := range h.Orders {
		if o := &h.Orders[i]; of(o) {
			ours[o.Planned.ID] = true
			if !o.Planned.End.Before(h.From) && o.Planned.End.Before(h.To) {
				b.add(o.Planned.Item, o.Planned.End, o.Planned.Qty, 0)
			}
		}
	}
	for i := range h.delivered {
		if e := &h.delivered[i]; e.Kind == wip.Delivered && ours[e.Order] && !e.At.Before(h.From) {
			b.add(e.Point.Item, e.At, 0, e.Qty)
		}
	}
	return b.output(shop)
}

// An outputBook adds up output by item and by day.
type outputBook struct {
	h     *History
	items []ItemOutput // by position
	days  []performance.Day
	value bool // days count value
}

func newOutputBook(h *History) *outputBook {
	b := &outputBook{h: h, items: make([]ItemOutput, len(h.p.Items))}
	for i := range h.p.Items {
		b.items[i].Item = h.p.Items[i].ID
		b.value = b.value || h.p.Items[i].Cost > 0
	}
	for at := midnight(h.From); at.Before(h.To); at = at.AddDate(0, 0, 1) {
		b.days = append(b.days, performance.Day{Date: calendar.DateOf(at)})
	}
	return b
}

// midnight returns the start of the day of an instant, in UTC.
func midnight(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

func (b *outputBook) add(item schedule.ItemID, at time.Time, plan, fact wip.Qty) {
	i := b.h.x.Items.Position(item)
	if i < 0 {
		return
	}
	b.items[i].Plan += plan
	b.items[i].Fact += fact
	day := int(at.Sub(midnight(b.h.From)) / (24 * time.Hour))
	b.days[day].Plan += b.worth(i, plan)
	b.days[day].Fact += b.worth(i, fact)
}

func (b *outputBook) worth(item int, q wip.Qty) wip.Qty {
	if !b.value {
		return q
	}
	x := &b.h.p.Items[item]
	worth, _ := q.MulDiv(x.Cost, x.Scale())
	return worth
}

func (b *outputBook) output(shop schedule.ShopID) (Output, error) {
	o := Output{Shop: shop, Days: b.days}
	var positions []performance.Position
	for i, x := range b.items {
		if x.Plan > 0 || x.Fact > 0 {
			o.Items = append(o.Items, x)
			positions = append(positions, performance.Position{Plan: x.Plan, Fact: x.Fact, Value: max(1, b.h.p.Items[i].Cost)})
		}
	}
	var err error
	if o.Fulfilment, err = performance.MeasureFulfilment(positions); err != nil {
		return o, err
	}
	if o.Rhythm, err = performance.MeasureRhythm(performance.Intervals(workdays(b.days))); err != nil {
		return o, err
	}
	decades, err := performance.ByDecade(b.days)
	if err != nil {
		return o, err
	}
	o.Decades, err = performance.MeasureRhythm(performance.Intervals(decades))
	return o, err
}

// workdays leaves out days on which nothing was planned or made.
func workdays(days []performance.Day) []performance.Day {
	var list []performance.Day
	for _, d := range days {
		if d.Plan > 0 || d.Fact > 0 {
			list = append(list, d)
		}
	}
	return list
}

// OutputReport returns outputs, a line each.
func OutputReport(list []Output) Report {
	t := &table.Table{Title: "Output, planned and actual", Columns: []table.Column{
		table.Text("shop"), table.Number("volume"), table.Number("assortment"), table.Number("least"), table.Number("positions"),
		table.Number("R1 day"), table.Number("R2 day"), table.Number("on plan"), table.Number("V"), table.Number("R1 decade"),
	}}
	for i := range list {
		o := &list[i]
		name := string(o.Shop)
		if name == "" {
			name = "all"
		}
		f := &o.Fulfilment
		t.Add(name, f.Volume, f.Average, f.Least, f.ByPositions,
			o.Rhythm.WithinPlan, o.Rhythm.ByShare, o.Rhythm.OnPlanDays, o.Rhythm.Variation, o.Decades.WithinPlan)
	}
	return Report{t}
}
