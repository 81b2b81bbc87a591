package standards

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Remark says what an audit found at a point.
type Remark string

// What an audit finds. Amounts differ if they are further apart than the
// tolerance.
const (
	NormMissing  Remark = "no norm"       // one is derived, and none in force
	NormDiffers  Remark = "norm differs"  // in force from derived
	LotDiffers   Remark = "lot differs"   // what was launched, from derived
	CycleDiffers Remark = "cycle differs" // what was taken, from derived
	StockShort   Remark = "short"         // below the norm for some time
	StockIdle    Remark = "idle"          // above the norm for some time
)

// A History is what happened in a period, as a ledger has it.
type History struct {
	From, To time.Time
	Opening  []wip.Balance // right before From
	Events   []wip.Event   // in any order; those outside the period do not count
}

// An Actual is what happened at a point.
type Actual struct {
	Orders    int     // released
	Lot       wip.Qty // their mean, rounded down
	Completed int     // of these, those closed or delivered in full
	// Cycle is the mean time from release to the last delivery of completed
	// orders, in working days.
	Cycle time.Duration
	// Stock is the mean over time, Lowest and Highest the extremes.
	Stock           float64
	Lowest, Highest wip.Qty
	// Below and Above are the shares of time outside the norm.
	Below, Above float64
}

// An AuditRow compares the standards of a point.
type AuditRow struct {
	Derived Row
	// InForce is the norm of the problem, Source its lot rule. InForce is zero
	// if there is none.
	InForce wip.Norm
	Rule    schedule.Lot
	Actual  Actual
	Remarks []Remark
}

// An AuditTable holds a row for each row of a table of standards, in its order.
type AuditTable struct {
	Rows []AuditRow
}

// Audit compares the standards in force in p with those of t, which must have
// been derived from p, and with what happened. Stock is held against the
// norm in force or, if there is none, the derived one. Amounts are said to
// differ if they are further apart than a tolerance, in thousandths of the
// derived one; 0 means 200.
//
// It takes O(n log n) time for n events.
func Audit(p *schedule.Problem, t *Table, h History, tolerance int) *AuditTable {
	if tolerance == 0 {
		tolerance = 200
	}
	norms, x := newNormBook(p.Norms), schedule.NewIndex(p)
	past := newPast(h)
	a := &AuditTable{}
	for i := range t.Rows {
		r := AuditRow{Derived: t.Rows[i]}
		if n := norms.find(r.Derived.Point); n != nil {
			r.InForce = *n
		}
		if s := sourceOf(x, x.Routings.Find(r.Derived.Routing), &r.Derived); s != nil {
			r.Rule = s.For(x.Items.Find(r.Derived.Point.Item))
		}
		r.Actual = past.at(&r, t)
		r.remark(tolerance)
		a.Rows = append(a.Rows, r)
	}
	return a
}

func (r *AuditRow) remark(tolerance int) {
	add := func(found bool, what Remark) {
		if found {
			r.Remarks = append(r.Remarks, what)
		}
	}
	apart := func(a, b int64) bool { return apart(a, b, tolerance) }
	n, d := &r.InForce, &r.Derived.Norm
	derived, inForce := d.Point.Item != "", n.Point.Item != ""
	add(derived && !inForce, NormMissing)
	add(derived && inForce && (apart(int64(n.Min), int64(d.Min)) || apart(int64(n.Target), int64(d.Target)) ||
		n.Max > 0 && apart(int64(n.Max), int64(d.Max))), NormDiffers)
	add(r.Actual.Orders > 0 && apart(int64(r.Actual.Lot), int64(r.Derived.Launch.Lot)), LotDiffers)
	add(r.Actual.Completed > 0 && apart(int64(r.Actual.Cycle), int64(r.Derived.Cycle.Total())), CycleDiffers)
	add(r.Actual.Below > 0, StockShort)
	add(r.Actual.Above > 0, StockIdle)
}

// apart reports whether a differs from b by more than a tolerance.
func apart(a, b int64, tolerance int) bool {
	allowed, ok := wip.Qty(b).MulDiv(int64(tolerance), 1000)
	return !ok || max(a-b, b-a) > int64(allowed)
}

// past is a history by points.
type past struct {
	from, to  time.Time
	opening   map[wip.Point]wip.Qty
	movements map[wip.Point][]wip.Movement
	orders    map[wip.Point][]*pastOrder
}

// A pastOrder is an order that was released in the period.
type pastOrder struct {
	qty, delivered wip.Qty
	released, last time.Time
	closed         bool
}

func newPast(h History) *past {
	b := &past{h.From, h.To, map[wip.Point]wip.Qty{}, map[wip.Point][]wip.Movement{}, map[wip.Point][]*pastOrder{}}
	for _, o := range h.Opening {
		b.opening[o.Point] = plus(b.opening[o.Point], o.Qty)
	}
	events := slices.Clone(h.Events)
	slices.SortStableFunc(events, func(a, b wip.Event) int { return a.At.Compare(b.At) })
	orders := map[wip.OrderID]*pastOrder{}
	for i := range events {
		e := &events[i]
		if e.At.Before(h.From) || !e.At.Before(h.To) {
			continue
		}
		if d := e.StockDelta(); d != 0 {
			b.movements[e.Point] = append(b.movements[e.Point], wip.Movement{At: e.At, Point: e.Point, Delta: d, Ref: e.Key})
		}
		switch o := orders[e.Order]; {
		case e.Kind == wip.Released && o == nil:
			o = &pastOrder{qty: e.Qty, released: e.At}
			orders[e.Order] = o
			b.orders[e.Point] = append(b.orders[e.Point], o)
		case o == nil:
		case e.Kind == wip.Released:
			o.qty = plus(o.qty, e.Qty)
		case e.Kind == wip.Delivered:
			o.delivered, o.last = plus(o.delivered, e.Qty), e.At
		case e.Kind == wip.Closed:
			o.closed = true
		}
	}
	return b
}

// at returns what happened at the point of a row.
func (b *past) at(r *AuditRow, t *Table) Actual {
	var a Actual
	b.launches(&a, r.Derived.Point, t)
	b.stock(&a, r)
	return a
}

func (b *past) launches(a *Actual, point wip.Point, t *Table) {
	total := wip.Qty(0)
	taken := 0.0
	for _, o := range b.orders[point] {
		a.Orders++
		total = plus(total, o.qty)
		if done := o.closed || o.delivered >= o.qty; done && !o.last.IsZero() {
			a.Completed++
			taken += o.last.Sub(o.released).Hours() * float64(t.Workdays) / float64(t.Days)
		}
	}
	if a.Orders > 0 {
		a.Lot = total / wip.Qty(a.Orders)
	}
	if a.Completed > 0 {
		a.Cycle = time.Duration(taken / float64(a.Completed) * float64(time.Hour))
	}
}

func (b *past) stock(a *Actual, r *AuditRow) {
	point := r.Derived.Point
	stock, since := b.opening[point], b.from
	a.Lowest, a.Highest = stock, stock
	area := 0.0
	for _, m := range b.movements[point] {
		area += float64(float64(stock) * m.At.Sub(since).Hours()) // not fused, to be equal on every machine
		stock, since = plus(stock, m.Delta), m.At
		a.Lowest, a.Highest = min(a.Lowest, stock), max(a.Highest, stock)
	}
	length := b.to.Sub(b.from).Hours()
	if length <= 0 {
		return
	}
	a.Stock = (area + float64(float64(stock)*b.to.Sub(since).Hours())) / length
	norm := &r.InForce
	if norm.Point.Item == "" {
		norm = &r.Derived.Norm
	}
	for _, x := range norm.Breaches(b.opening[point], b.movements[point], b.from, b.to) {
		if share := x.To.Sub(x.From).Hours() / length; x.Short() {
			a.Below += share
		} else {
			a.Above += share
		}
	}
}

func (a *AuditTable) report() *table.Table {
	text, number := table.Text, table.Number
	out := &table.Table{
		Title: "Audit of standards",
		Columns: []table.Column{
			text("item"), text("norm in force"), text("norm derived"), number("lot"), number("lot was"),
			number("cycle"), number("cycle was"), number("mean stock"), number("below"), number("above"), text("remarks"),
		},
	}
	for i := range a.Rows {
		r := &a.Rows[i]
		remarks := make([]string, len(r.Remarks))
		for k, m := range r.Remarks {
			remarks[k] = string(m)
		}
		lot, cycle := "", ""
		if r.Actual.Orders > 0 {
			lot = fmt.Sprint(r.Actual.Lot)
		}
		if r.Actual.Completed > 0 {
			cycle = days(r.Actual.Cycle)
		}
		out.Add(r.Derived.Point.String(), triple(r.InForce), triple(r.Derived.Norm), r.Derived.Launch.Lot, lot,
			days(r.Derived.Cycle.Total()), cycle, r.Actual.Stock, r.Actual.Below, r.Actual.Above, strings.Join(remarks, ", "))
	}
	return out
}

// triple writes a norm as minimum/target/maximum.
func triple(n wip.Norm) string {
	if n.Point.Item == "" {
		return "-"
	}
	return fmt.Sprintf("%d/%d/%d", n.Min, n.Target, n.Max)
}

// WriteText writes the audit in aligned columns, cycles in working days. The
// error is that of w, as for the other formats.
func (a *AuditTable) WriteText(w io.Writer) error { return a.report().WriteText(w) }

// WriteCSV writes the audit as CSV.
func (a *AuditTable) WriteCSV(w io.Writer) error { return a.report().WriteCSV(w) }

// WriteJSON writes the audit as a list of JSON objects.
func (a *AuditTable) WriteJSON(w io.Writer) error { return a.report().WriteJSON(w) }
