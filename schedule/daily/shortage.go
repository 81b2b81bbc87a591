package daily

import (
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Shortage is a line of the shortage list: a point that will hold too little.
type Shortage struct {
	Shop     schedule.ShopID // whose work is hit
	Point    wip.Point
	NeededBy time.Time
	Short    Amount // at worst within the scope
	// Supplier is who must deliver next, and Expected what is on its way and
	// when; zero if nothing is. What is overdue has no date: it was expected
	// at Promised.
	Supplier           string
	Expected           Amount
	Arrives, Promised  time.Time
	Orders             []schedule.OrderID // hit
	Lines              []schedule.LineID  // hit
	Stoppage           time.Duration      // of the machines of the operations that wait
	StoppageCost, Cost int64              // Cost includes the penalties that the lines are exposed to
}

func (Shortage) columns() []table.Column {
	return []table.Column{text("shop"), text("part"), text("needed by"), number("short"), text("unit"), text("must deliver"),
		number("expected"), text("arrives"), text("promised"), text("orders hit"), text("lines hit"), number("stoppage h"), number("cost")}
}

func (r Shortage) cells() []any {
	return []any{r.Shop, r.Point, r.NeededBy, r.Short, r.Short.Unit.Code, r.Supplier, r.Expected, r.Arrives, r.Promised,
		list(r.Orders), list(r.Lines), r.Stoppage, r.Cost}
}

// Shortages lists the points at which stock now, with what is expected in time,
// does not cover what the plan takes until the end of the scope; what is
// overdue has no date, and is not counted on. The most urgent comes first. The
// scope begins now, whatever its From.
//
// Its cost is the hours of the machines that wait, at their rates, and a
// penalty for the delay of every line hit; what waits for something without a
// date waits to the end of the scope. Both are exposures: slack may absorb them.
func (d *Desk) Shortages(s Scope) Document[Shortage] {
	s.From = d.now
	doc := Document[Shortage]{Title: s.title("Shortages")}
	all := d.outlooks()
	for i := range all {
		if r, ok := d.shortage(all, i, s); ok {
			doc.Rows = append(doc.Rows, r)
		}
	}
	sortBy(doc.Rows, func(a, b Shortage) int { return a.NeededBy.Compare(b.NeededBy) })
	return doc
}

func (d *Desk) shortage(all []outlook, i int, s Scope) (Shortage, bool) {
	o := &all[i]
	r := Shortage{Point: o.point, Expected: d.amount(o.point.Item, 0)}
	var waiting []expected
	stock, worst := o.stock, wip.Qty(0)
	for _, e := range o.expected {
		if !e.at.Before(s.To) {
			break
		}
		if e.left > 0 && e.overdue {
			continue
		}
		stock += e.left
		if stock < 0 && e.left < 0 {
			waiting = append(waiting, e)
			worst = min(worst, stock)
		}
	}
	if len(waiting) == 0 {
		return r, false
	}
	r.NeededBy, r.Short = waiting[0].at, d.amount(o.point.Item, -worst)
	r.Supplier = d.origin(o.point)
	if !d.nextSupply(&r, o) {
		d.supplyElsewhere(&r, all)
	}
	wait := r.Arrives
	if wait.IsZero() {
		wait = s.To
	}
	mine := d.hit(&r, waiting, wait, s.Shop)
	r.Cost = plus(r.StoppageCost, mulDays(d.latePerDay(r.Lines), wait.Sub(r.NeededBy)))
	return r, mine
}

// nextSupply tells who brings the next of a part that is short: first what is
// overdue, then what comes after the need. It reports whether anybody does.
func (d *Desk) nextSupply(r *Shortage, o *outlook) bool {
	for _, e := range o.expected {
		if e.left > 0 && (e.overdue || e.at.After(r.NeededBy)) {
			r.Supplier, r.Expected.Qty, r.Promised = d.supplier(&e.Movement), e.left, e.Movement.At
			if !e.overdue && r.Point == o.point {
				r.Arrives = e.at
			}
			return true
		}
	}
	return false
}

// supplyElsewhere looks at the points that lanes come from: what is short there
// does not come here. When it arrives is not known.
func (d *Desk) supplyElsewhere(r *Shortage, all []outlook) {
	for i := range d.p.Lanes {
		l := &d.p.Lanes[i]
		if l.To != r.Point.Place {
			continue
		}
		for k := range all {
			if all[k].point == (wip.Point{Item: r.Point.Item, Place: l.From}) && d.nextSupply(r, &all[k]) {
				return
			}
		}
	}
}

// hit adds who is hit by a shortage, and reports whether any of it is in a shop.
func (d *Desk) hit(r *Shortage, waiting []expected, until time.Time, shop schedule.ShopID) (mine bool) {
	mine = shop == ""
	for _, e := range waiting {
		if e.Kind == schedule.DeliveryOut {
			r.Lines = addNew(r.Lines, d.plan.Deliveries[e.Index].Line)
			continue
		}
		if e.Kind != schedule.StepOut {
			continue
		}
		po := &d.plan.Operations[e.Index]
		r.Orders = addNew(r.Orders, po.Order)
		for _, l := range d.linesOf(po.Order) {
			r.Lines = addNew(r.Lines, l)
		}
		op := d.byPlan[po]
		if op == nil {
			continue
		}
		if r.Shop == "" {
			r.Shop = op.shop
		}
		mine = mine || op.shop == shop
		if op.machine != nil {
			idle := min(op.line.Between(e.at, until), op.line.Between(op.Start, op.End))
			r.Stoppage += idle
			r.StoppageCost = plus(r.StoppageCost, hourly(idle, op.machine.CostPerHour))
		}
	}
	return mine
}

func addNew[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

// mulDays returns what a delay costs at so much a day.
func mulDays(perDay int64, delay time.Duration) int64 {
	cost, ok := wip.Qty(max(0, delay)).MulDiv(perDay, int64(day))
	if !ok {
		return math.MaxInt64
	}
	return int64(cost)
}
