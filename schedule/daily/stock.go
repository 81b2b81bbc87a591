package daily

import (
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A NormStatus is a line of the state of norms: what a point holds and should.
type NormStatus struct {
	Shop             schedule.ShopID
	Point            wip.Point
	Stock            Amount
	Min, Target, Max Amount
	Status           string    // "kept", "short" or "excess"
	Since            time.Time // when the breach began; zero if kept
	By               Amount    // how far outside
	Days             float64   // outside the norm in the scope, up to now
	Cost             int64     // value outside the norm, at the cost of the item
}

func (NormStatus) columns() []table.Column {
	return []table.Column{text("shop"), text("point"), number("stock"), number("min"), number("target"), number("max"), text("unit"),
		text("status"), text("since"), number("by"), number("days out"), number("value outside")}
}

func (r NormStatus) cells() []any {
	return []any{r.Shop, r.Point, r.Stock, r.Min, r.Target, r.Max, r.Stock.Unit.Code, r.Status, r.Since, r.By, r.Days, r.Cost}
}

// Norms compares stocks at stores and workplaces with the norms in force now:
// kept or breached, since when and by how much. It is in the order of the
// problem's norms. Breaches are looked for from the start of the scope on.
func (d *Desk) Norms(s Scope) Document[NormStatus] {
	doc := Document[NormStatus]{Title: s.title("Norms of stock")}
	for i := range d.p.Norms {
		n := &d.p.Norms[i]
		shop := d.shopOfPoint(n.Point)
		if !n.EffectiveAt(d.now) || s.Shop != "" && shop != s.Shop {
			continue
		}
		amount := func(q wip.Qty) Amount { return d.amount(n.Point.Item, q) }
		r := NormStatus{Shop: shop, Point: n.Point, Min: amount(n.Min), Target: amount(n.Target), Max: amount(n.Max), Status: "kept", By: amount(0)}
		r.Stock = amount(d.ledger.Balance(n.Point, d.now))
		switch {
		case r.Stock.Qty < n.Min:
			r.Status, r.By = "short", amount(n.Min-r.Stock.Qty)
		case n.Max > 0 && r.Stock.Qty > n.Max:
			r.Status, r.By = "excess", amount(r.Stock.Qty-n.Max)
		}
		breaches := d.ledger.Breaches(d.p.Norms[i:i+1], s.From, d.now.Add(1))
		for _, b := range breaches {
			r.Days += days(earlier(b.To, d.now).Sub(b.From))
		}
		if last := len(breaches) - 1; last >= 0 && r.Status != "kept" {
			r.Since = breaches[last].From
		}
		r.Cost = d.worth(n.Point.Item, r.By.Qty, d.item(n.Point.Item).Cost)
		doc.Rows = append(doc.Rows, r)
	}
	return doc
}

// A StageStock is a line of the state of work in process: what lies at a stage
// of an order.
type StageStock struct {
	Shop    schedule.ShopID
	Order   schedule.OrderID
	Item    schedule.ItemID
	Step    schedule.StepID
	Place   schedule.LocationID // where the good pieces lie
	InHand  Amount              // taken in hand and not turned out
	Waiting Amount              // turned out good, and not taken by the next step or delivered
	Scrap   Amount
	Ended   time.Time
	Cost    int64 // InHand and Waiting at the cost of the item
}

func (StageStock) columns() []table.Column {
	return []table.Column{text("shop"), text("order"), text("item"), text("step"), text("place"),
		number("in hand"), number("waiting"), number("scrap"), text("unit"), text("ended"), number("value")}
}

func (r StageStock) cells() []any {
	return []any{r.Shop, r.Order, r.Item, r.Step, r.Place, r.InHand, r.Waiting, r.Scrap, r.InHand.Unit.Code, r.Ended, r.Cost}
}

// WorkInProcess lists what lies at the stages of open orders now, in the order of
// the plan and then of the routing. Pieces wait behind a step until
// the next ones have taken as many in hand or turned them out, and behind the
// last one until they are delivered; of several next steps the slowest counts.
func (d *Desk) WorkInProcess(shop schedule.ShopID) Document[StageStock] {
	doc := Document[StageStock]{Title: Scope{shop, d.now, d.now}.titleNow("Work in process")}
	for i := range d.plan.Orders {
		planned := &d.plan.Orders[i]
		o, _ := d.ledger.Order(planned.ID, d.now)
		if !o.Closed.IsZero() || shop != "" && planned.Shop != shop {
			continue
		}
		r := d.x.Routings.Find(planned.Routing)
		if r == nil {
			continue
		}
		for k := range r.Steps {
			if row := d.stage(planned, r, &r.Steps[k], o.Delivered); row.InHand.Qty+row.Waiting.Qty > 0 {
				doc.Rows = append(doc.Rows, row)
			}
		}
	}
	return doc
}

func (d *Desk) stage(o *schedule.PlannedOrder, r *schedule.Routing, step *schedule.Step, delivered wip.Qty) StageStock {
	s, _ := d.ledger.Step(o.ID, step.ID, d.now)
	passed, last := s.Good, true
	for l := range r.Precedence() {
		if l.From == step.ID {
			next, _ := d.ledger.Step(o.ID, l.To, d.now)
			passed, last = min(passed, max(next.Taken, next.Good+next.Scrap)), false
		}
	}
	if last {
		passed = min(s.Good, delivered)
	}
	inHand, waiting := max(0, s.Taken-s.Good-s.Scrap), max(0, s.Good-passed)
	return StageStock{
		Shop: o.Shop, Order: o.ID, Item: o.Item, Step: step.ID, Place: s.Place,
		InHand: d.amount(o.Item, inHand), Waiting: d.amount(o.Item, waiting), Scrap: d.amount(o.Item, s.Scrap),
		Ended: s.Ended, Cost: d.worth(o.Item, inHand+waiting, d.item(o.Item).Cost),
	}
}

// titleNow is the title of a document about an instant.
func (s Scope) titleNow(name string) string {
	if s.Shop != "" {
		name += ", " + string(s.Shop)
	}
	return name + ", " + stamp(s.From)
}
