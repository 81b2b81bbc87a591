package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Reported is a line of the shift report: what a workplace has turned out of
// a step.
type Reported struct {
	Shop        schedule.ShopID
	Workplace   wip.WorkplaceID
	Order       schedule.OrderID
	Item        schedule.ItemID
	Step        schedule.StepID
	Good, Scrap Amount
	Spent       time.Duration // working time
}

func (Reported) columns() []table.Column {
	return []table.Column{text("shop"), text("workplace"), text("order"), text("item"), text("step"),
		number("good"), number("scrap"), text("unit"), number("hours")}
}

func (r Reported) cells() []any {
	return []any{r.Shop, r.Workplace, r.Order, r.Item, r.Step, r.Good, r.Scrap, r.Good.Unit.Code, r.Spent}
}

// ShiftReport tells what was turned out, by workplace, order and step, sorted
// by shop, in the order of the first report.
func (d *Desk) ShiftReport(s Scope) Document[Reported] {
	type key struct {
		w wip.WorkplaceID
		o schedule.OrderID
		s schedule.StepID
	}
	at := map[key]int{}
	doc := Document[Reported]{Title: s.title("Shift report")}
	for e := range d.ledger.Between(s.From, s.To) {
		if e.Kind != wip.Reported {
			continue
		}
		shop, item := d.whose(&e)
		if s.Shop != "" && shop != s.Shop {
			continue
		}
		k := key{e.Workplace, e.Order, e.Step}
		i, ok := at[k]
		if !ok {
			i = len(doc.Rows)
			at[k] = i
			doc.Rows = append(doc.Rows, Reported{Shop: shop, Workplace: e.Workplace, Order: e.Order, Item: item, Step: e.Step,
				Good: d.amount(item, 0), Scrap: d.amount(item, 0)})
		}
		r := &doc.Rows[i]
		r.Good.Qty += e.Qty
		r.Scrap.Qty += e.Scrap
		r.Spent += e.Spent
	}
	sortBy(doc.Rows, func(a, b Reported) int { return cmp.Compare(a.Shop, b.Shop) })
	return doc
}

// whose returns the shop that an event happened in, and the item of its order.
func (d *Desk) whose(e *wip.Event) (schedule.ShopID, schedule.ItemID) {
	shop, item := d.resource(e.Workplace).Shop, e.Point.Item
	if o := d.orders[e.Order]; o != nil {
		shop, item = cmp.Or(shop, o.Shop), o.Item
	} else if o, ok := d.ledger.Order(e.Order, d.now); ok {
		item = o.Point.Item
	}
	return cmp.Or(shop, d.shopOfPoint(e.Point)), item
}

// A Standstill is a line of the list of standstills.
type Standstill struct {
	Shop      schedule.ShopID
	Workplace wip.WorkplaceID
	From, To  time.Time // within the scope
	Lost      time.Duration
	Cause     string
	Order     schedule.OrderID // in hand; may be empty
	Step      schedule.StepID
	Goes      bool  // it stands still at the end
	Cost      int64 // working hours lost at the rate of the workplace
}

func (Standstill) columns() []table.Column {
	return []table.Column{text("shop"), text("workplace"), text("from"), text("to"), number("hours lost"),
		text("cause"), text("order"), text("step"), text("goes on"), number("cost")}
}

func (r Standstill) cells() []any {
	return []any{r.Shop, r.Workplace, r.From, r.To, r.Lost, r.Cause, r.Order, r.Step, yes(r.Goes), r.Cost}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// Standstills lists the interruptions of workplaces, in the order of time; Lost
// is the working time of the workplace, and To is now at the latest.
func (d *Desk) Standstills(s Scope) Document[Standstill] {
	doc := Document[Standstill]{Title: s.title("Standstills")}
	open := map[wip.WorkplaceID]int{}
	end := earlier(s.To, d.now)
	begin := func(w wip.WorkplaceID, from time.Time, cause string, o schedule.OrderID, step schedule.StepID) {
		if r := d.resource(w); s.Shop == "" || r.Shop == s.Shop {
			open[w] = len(doc.Rows)
			doc.Rows = append(doc.Rows, Standstill{Shop: r.Shop, Workplace: w, From: from, To: end, Cause: cause, Order: o, Step: step, Goes: true})
		}
	}
	for i := range d.p.Resources {
		if w, down := d.ledger.Down(wip.WorkplaceID(d.p.Resources[i].ID), s.From.Add(-1)); down {
			begin(w.Workplace, s.From, w.Cause, w.Order, w.Step)
		}
	}
	for e := range d.ledger.Between(s.From, end) {
		i, down := open[e.Workplace]
		if (e.Kind == wip.Resumed || e.Kind == wip.Interrupted) && down {
			doc.Rows[i].To, doc.Rows[i].Goes = e.At, false
			delete(open, e.Workplace)
		}
		if e.Kind == wip.Interrupted {
			begin(e.Workplace, e.At, e.Cause, e.Order, e.Step)
		}
	}
	for i := range doc.Rows {
		r := &doc.Rows[i]
		r.Lost = r.To.Sub(r.From)
		if at := d.x.Resources.Position(schedule.ResourceID(r.Workplace)); at >= 0 {
			r.Lost = d.times[at].Between(r.From, r.To)
			r.Cost = hourly(r.Lost, d.p.Resources[at].CostPerHour)
		}
	}
	return doc
}
