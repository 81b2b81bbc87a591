package daily

import (
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// A Launch is a line of the check of provision: an order that is to begin, and
// what it misses.
type Launch struct {
	Shop      schedule.ShopID
	Order     schedule.OrderID
	Item      schedule.ItemID
	Qty       Amount
	Start     time.Time
	Readiness Readiness // of all steps that start in the scope
	Cost      int64     // of the machine time of those steps, should it stand idle for want of something; 0 if ready
}

func (Launch) columns() []table.Column {
	return []table.Column{text("shop"), text("order"), text("item"), number("qty"), text("unit"), text("start"), text("documents"), text("tools"),
		text("materials"), text("components"), text("equipment"), text("transport"), text("launch"), number("cost if idle")}
}

func (r Launch) cells() []any {
	launch := "ready"
	if !r.Readiness.Ready() {
		launch = "not ready"
	}
	p := &r.Readiness
	return []any{r.Shop, r.Order, r.Item, r.Qty, r.Qty.Unit.Code, r.Start, ready(list(p.Documents)), ready(list(p.Tools)),
		ready(points(p.Materials)), ready(points(p.Components)), ready(list(p.Equipment)), ready(points(p.Transport)), launch, r.Cost}
}

// Provision checks the orders that are to begin before the end of the scope and
// have not: is everything there that their steps in the scope need? Orders are
// in the order of the plan. The scope begins now, whatever its From.
func (d *Desk) Provision(s Scope) Document[Launch] {
	s.From = d.now
	doc := Document[Launch]{Title: s.title("Provision of launches")}
	at := map[schedule.OrderID]int{}
	begun := map[schedule.OrderID]bool{}
	for i := range d.operations {
		o := &d.operations[i]
		begun[o.Order] = begun[o.Order] || d.begun(o)
	}
	for i := range d.plan.Orders {
		o := &d.plan.Orders[i]
		if !begun[o.ID] && o.Start.Before(s.To) && (s.Shop == "" || o.Shop == s.Shop) {
			at[o.ID] = len(doc.Rows)
			doc.Rows = append(doc.Rows, Launch{Shop: o.Shop, Order: o.ID, Item: o.Item, Qty: d.amount(o.Item, o.Qty), Start: o.Start})
		}
	}
	readiness := d.readiness(s.To)
	for i := range d.operations {
		o := &d.operations[i]
		k, ok := at[o.Order]
		r := readiness[o]
		if !ok || r == nil {
			continue
		}
		launch := &doc.Rows[k]
		launch.Readiness.add(r)
		if o.machine != nil && !r.Ready() {
			launch.Cost = plus(launch.Cost, hourly(o.line.Between(o.Start, o.End), o.machine.CostPerHour))
		}
	}
	return doc
}

// add joins what two pieces of work miss.
func (r *Readiness) add(o *Readiness) {
	r.Materials = addAll(r.Materials, o.Materials)
	r.Components = addAll(r.Components, o.Components)
	r.Documents = addAll(r.Documents, o.Documents)
	r.Tools = addAll(r.Tools, o.Tools)
	r.Equipment = addAll(r.Equipment, o.Equipment)
	r.Transport = addAll(r.Transport, o.Transport)
}

func addAll[T comparable](list, more []T) []T {
	for _, x := range more {
		list = addNew(list, x)
	}
	return list
}
