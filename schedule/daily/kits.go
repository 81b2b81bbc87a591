package daily

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
)

// A KitStatus is a line of the state of kits: for how many of a product the
// parts are there.
type KitStatus struct {
	Shop              schedule.ShopID
	Product           schedule.ItemID
	Kits              wip.Qty         // complete ones, in whole units of the product
	PerDay            float64         // units that are to begin a day
	CoverDays         float64         // days that the kits last; +Inf if none are to begin
	Limiting          schedule.ItemID // the part that ends them
	Deficit           Amount          // of it, for the scope
	ByPieces, ByValue float64         // shares of the stock that belong to complete kits
}

func (KitStatus) columns() []table.Column {
	return []table.Column{text("shop"), text("product"), number("kits"), number("per day"), number("cover days"), text("limiting part"),
		number("deficit"), text("unit"), number("complete by pieces"), number("by value")}
}

func (r KitStatus) cells() []any {
	return []any{r.Shop, r.Product, r.Kits, r.PerDay, cover(r.CoverDays), r.Limiting, r.Deficit, r.Deficit.Unit.Code, r.ByPieces, r.ByValue}
}

// Kits counts, for each product that is made of several parts and is to begin
// in the scope, the complete kits of parts in stock now, as
// [performance.CountKits] does. The daily need is what is to begin in the scope
// over its days; the deficit is what all of that takes of the limiting part,
// less its stock and what is expected in time. Products are in the order of the
// problem's routings. The error is that of amounts beyond 64 bits.
func (d *Desk) Kits(s Scope) (Document[KitStatus], error) {
	doc := Document[KitStatus]{Title: s.title("Kits")}
	begin, expected := d.beginning(s), d.expected(s.To)
	for i := range d.p.Routings {
		r := d.x.Routings.Find(d.p.Routings[i].ID)
		parts, points := d.kit(r, expected)
		starts := begin[r.ID]
		if len(parts) < 2 || starts == 0 || s.Shop != "" && r.Shop != s.Shop {
			continue
		}
		kits, err := performance.CountKits(parts)
		if err != nil {
			return doc, err
		}
		item := d.item(r.Item)
		units, _ := starts.MulDivUp(1, item.Scale())
		row := KitStatus{Shop: r.Shop, Product: r.Item, Kits: kits.Count, PerDay: float64(starts) / float64(item.Scale()) / s.days(),
			ByPieces: kits.ByPieces, ByValue: kits.ByValue}
		row.CoverDays = kits.CoverDays(row.PerDay)
		if k := kits.Limiting; k >= 0 {
			row.Limiting = points[k].Item
			row.Deficit = d.amount(row.Limiting, parts[k].Deficit(units))
		}
		doc.Rows = append(doc.Rows, row)
	}
	return doc, nil
}

func (s Scope) days() float64 { return max(1, days(s.To.Sub(s.From))) }

// beginning returns how much of each routing is to begin in a scope.
func (d *Desk) beginning(s Scope) map[schedule.RoutingID]wip.Qty {
	begin := map[schedule.RoutingID]wip.Qty{}
	for i := range d.plan.Orders {
		if o := &d.plan.Orders[i]; !o.Start.Before(s.From) && o.Start.Before(s.To) {
			begin[o.Routing] += o.Qty
		}
	}
	return begin
}

// expected returns what is to come to each point before an instant; what is
// overdue has no date, and is not counted on.
func (d *Desk) expected(to time.Time) map[wip.Point]wip.Qty {
	sum := map[wip.Point]wip.Qty{}
	for _, o := range d.outlooks() {
		for _, e := range o.expected {
			if e.left > 0 && !e.overdue && e.at.Before(to) {
				sum[o.point] += e.left
			}
		}
	}
	return sum
}

// kit returns the parts that go into one whole unit, with their stock now.
func (d *Desk) kit(r *schedule.Routing, expected map[wip.Point]wip.Qty) (parts []performance.Part, points []wip.Point) {
	item := d.item(r.Item)
	scale := item.Scale()
	for i := range r.Steps {
		for k := range r.Steps[i].Needs {
			n := &r.Steps[i].Needs[k]
			p := wip.Point{Item: n.Item, Place: d.takenFrom(r, n)}
			perKit := n.Amount(wip.Qty(scale), scale) - n.Amount(0, scale)
			if at := slices.Index(points, p); at >= 0 {
				parts[at].PerKit += perKit
			} else if perKit > 0 {
				points = append(points, p)
				parts = append(parts, performance.Part{PerKit: perKit, Stock: max(0, d.ledger.Balance(p, d.now)),
					Expected: expected[p], Value: d.unitValue(n.Item)})
			}
		}
	}
	return parts, points
}

func (d *Desk) takenFrom(r *schedule.Routing, n *schedule.Need) schedule.LocationID {
	if n.Location != "" {
		return n.Location
	}
	if s := d.x.Shops.Find(r.Shop); s != nil {
		return s.Location
	}
	return ""
}

// A SetDay is a line of the card file of proportionality: the day up to which
// a part is covered.
type SetDay struct {
	Point  wip.Point
	Stock  Amount
	PerDay float64 // that the plan takes a day
	Day    float64 // number of the last day that is covered, from the start of the horizon
	Ahead  float64 // days between that and today; negative: behind
	From   string  // who makes, buys or brings it
}

func (SetDay) columns() []table.Column {
	return []table.Column{text("part"), number("stock"), text("unit"), number("per day"), number("set day"), number("days ahead"), text("from")}
}

func (r SetDay) cells() []any {
	return []any{r.Point, r.Stock, r.Stock.Unit.Code, r.PerDay, r.Day, r.Ahead, r.From}
}

// SetDays lists the parts that the plan takes by the number of the day up to
// which they are covered, the most urgent first: the card file of
// proportionality. The conditional set of a day is what the plan takes over its
// horizon, spread evenly over its calendar days; covered is what has been used
// since the problem's Now and what is in stock. See [performance.SetPart].
func (d *Desk) SetDays(shop schedule.ShopID) Document[SetDay] {
	doc := Document[SetDay]{Title: Scope{shop, d.now, d.now}.titleNow("Set days")}
	horizon := d.p.To.Sub(d.begin)
	today := days(d.now.Sub(d.begin))
	for _, point := range schedule.StockProfile(d.p, d.plan) {
		taken := wip.Qty(0)
		for _, m := range point.Movements {
			if m.Kind == schedule.StepOut {
				taken -= m.Qty
			}
		}
		if taken == 0 || shop != "" && d.shopOfPoint(point.Point) != shop {
			continue
		}
		perDay := float64(taken) / days(horizon)
		covered := d.ledger.Balance(point.Point, d.now) + d.used(point.Point)
		item := d.item(point.Item)
		r := SetDay{Point: point.Point, Stock: d.amount(point.Item, d.ledger.Balance(point.Point, d.now)),
			PerDay: perDay / float64(item.Scale()), Day: float64(covered) / perDay, From: d.origin(point.Point)}
		r.Ahead = r.Day - today
		doc.Rows = append(doc.Rows, r)
	}
	sortBy(doc.Rows, func(a, b SetDay) int { return cmp.Compare(a.Day, b.Day) })
	return doc
}

// used returns what has been issued from a point since the start of the plan.
func (d *Desk) used(p wip.Point) (sum wip.Qty) {
	for m := range d.ledger.Movements(p) {
		if m.Delta < 0 && m.At.After(d.begin) && !m.At.After(d.now) {
			sum -= m.Delta
		}
	}
	return sum
}

// cover returns days as a cell; endless cover is an empty one.
func cover(days float64) any {
	if math.IsInf(days, 1) {
		return ""
	}
	return days
}
