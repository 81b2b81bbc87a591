package daily

import (
	"cmp"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
)

// A TaskFulfilment is a line of the fulfilment of tasks: how far a shop has
// kept to what it was to turn out.
type TaskFulfilment struct {
	Shop      schedule.ShopID // empty: the enterprise
	Positions int             // items and steps that were planned
	Reached   int             // those of which as much was made as planned
	performance.Fulfilment
	// Missing is the value of what was planned and not made, at the cost of
	// the items.
	Missing int64
}

func (TaskFulfilment) columns() []table.Column {
	return []table.Column{text("shop"), number("positions"), number("reached"), number("volume"), number("assortment, average"),
		number("assortment, least"), number("by positions"), number("value missing")}
}

func (r TaskFulfilment) cells() []any {
	return []any{cmp.Or(string(r.Shop), "enterprise"), r.Positions, r.Reached, r.Volume, r.Average, r.Least, r.ByPositions, r.Missing}
}

// A position is an item at a step.
type position struct {
	item schedule.ItemID
	step schedule.StepID
}

// Fulfilment compares what was turned out good in the scope with what was
// planned for it, shop by shop and last for the enterprise, by volume and by
// the three definitions of assortment ([performance.Fulfilment]). A position is
// an item at a step, weighed by the cost of the item.
//
// The error is that of amounts whose value exceeds 64 bits.
func (d *Desk) Fulfilment(s Scope) (Document[TaskFulfilment], error) {
	doc := Document[TaskFulfilment]{Title: s.title("Fulfilment of tasks")}
	shops := d.shops(s.Shop)
	if s.Shop == "" {
		shops = append(shops, "")
	}
	for _, shop := range shops {
		row, err := d.fulfilment(Scope{shop, s.From, s.To})
		if err != nil {
			return doc, err
		}
		doc.Rows = append(doc.Rows, row)
	}
	return doc, nil
}

func (d *Desk) fulfilment(s Scope) (TaskFulfilment, error) {
	var order []position
	at := map[position]int{}
	var list []performance.Position
	add := func(p position, plan, fact wip.Qty) {
		i, ok := at[p]
		if !ok {
			i = len(list)
			at[p], order = i, append(order, p)
			list = append(list, performance.Position{Value: d.unitValue(p.item)})
		}
		list[i].Plan += plan
		list[i].Fact += fact
	}
	for _, o := range d.inShop(s.Shop) {
		if q := o.planned(s.From, s.To); q > 0 {
			add(position{o.order.Item, o.Step}, q, 0)
		}
	}
	for e := range d.ledger.Between(s.From, earlier(s.To, d.now)) {
		if shop, item := d.whose(&e); e.Kind == wip.Reported && e.Qty > 0 && (s.Shop == "" || s.Shop == shop) {
			add(position{item, e.Step}, 0, e.Qty)
		}
	}
	row := TaskFulfilment{Shop: s.Shop}
	for i, p := range list {
		if p.Plan > 0 {
			row.Positions++
			if p.Fact >= p.Plan {
				row.Reached++
			}
		}
		row.Missing = plus(row.Missing, d.worth(order[i].item, max(0, p.Plan-p.Fact), d.item(order[i].item).Cost))
	}
	var err error
	row.Fulfilment, err = performance.MeasureFulfilment(list)
	return row, err
}

// unitValue returns the value of a base unit of an item, in fractions of the
// smallest coin that make items of all units comparable. What has no cost
// counts as much as one coin.
func (d *Desk) unitValue(item schedule.ItemID) int64 {
	x := d.item(item)
	return max(1, x.Cost) * (d.finest / x.Scale())
}
