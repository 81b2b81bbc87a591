package main

import (
	"database/sql"
	"math"
	"math/big"
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Here the ERP's floats, decimals and days become exact quantities, cents and
// instants, and nowhere else.

// counted returns the item of a product and an amount of it, or notes why
// there is none.
func (m *mapping) counted(what string, product int64, quantity float64) (schedule.ItemID, wip.Qty, bool) {
	item := m.items[product]
	if item == nil {
		m.note("%s: product %d is not active goods: left out", what, product)
		return "", 0, false
	}
	q := base(item, quantity)
	if q <= 0 {
		m.note("%s: the quantity of %s is %g: left out", what, item.ID, quantity)
		return "", 0, false
	}
	return item.ID, q, true
}

// converted is counted for an amount in a unit that need not be the product's.
func (m *mapping) converted(what string, product int64, quantity float64, from int64) (schedule.ItemID, wip.Qty, bool) {
	item := m.items[product]
	if item == nil {
		return m.counted(what, product, quantity)
	}
	factor, ok := m.factor(from, product)
	if !ok {
		m.note("%s: %s cannot be counted in %q: left out", what, item.ID, m.units[from].symbol)
		return "", 0, false
	}
	return m.counted(what, product, quantity*factor)
}

// factor returns how many of a product's own units are in one of a unit. No
// unit means the product's.
func (m *mapping) factor(from, id int64) (float64, bool) {
	i := slices.IndexFunc(m.snapshot.products, func(p product) bool { return p.id == id })
	if i < 0 {
		return 0, false
	}
	own := m.units[m.snapshot.products[i].unit]
	if from == 0 || from == own.id {
		return 1, true
	}
	u := m.units[from]
	return u.factor / own.factor, u.category == own.category && own.factor > 0
}

// base returns an amount in the base units of an item. What the ERP's floats
// are off is rounded, what its units have too many places for is rounded up. What
// cannot be an amount is 0.
func base(item *schedule.Item, quantity float64) wip.Qty {
	const noise, most = 1e-6, 1e12
	x := quantity * float64(item.Scale())
	if !(math.Abs(x) <= most) { // not a number, or none that anybody has counted
		return 0
	}
	if r := math.Round(x); math.Abs(x-r) <= noise*max(1, math.Abs(x)) {
		return wip.Qty(r)
	}
	return wip.Qty(math.Ceil(x))
}

// cents returns a decimal price in hundredths; 0 if it is none, or none that a
// plan could reckon with.
func cents(s string) int64 {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return 0
	}
	f, _ := r.Mul(r, big.NewRat(100, 1)).Float64()
	if f < 0 || f > 1e12 {
		return 0
	}
	return int64(math.Round(f))
}

// elapsed returns a lead time, which is not negative and not above ten years.
func elapsed(seconds int64) time.Duration {
	return time.Duration(min(max(0, seconds), 10*366*24*60*60)) * time.Second
}

// midnight returns the beginning of the day of the plant on which t lies.
func (m *mapping) midnight(t time.Time) time.Time {
	y, month, d := t.In(m.zone).Date()
	return time.Date(y, month, d, 0, 0, 0, 0, m.zone)
}

// dayAfter returns the end of a day of the ERP: what is due on it may be
// delivered until then, what arrives on it can be used from then. No day means
// today.
func (m *mapping) dayAfter(what string, day sql.NullTime) time.Time {
	if !day.Valid {
		m.note("%s has no date: it is taken as today", what)
		return m.problem.From.AddDate(0, 0, 1)
	}
	y, month, d := day.Time.Date()
	return time.Date(y, month, d+1, 0, 0, 0, 0, m.zone)
}

// dayOf returns a day of the ERP, none if it is not set.
func dayOf(t sql.NullTime) calendar.Date {
	if !t.Valid {
		return calendar.Date{}
	}
	return calendar.DateOf(t.Time)
}

// firstDay and lastDay return the days of the ERP on which something begins
// and ends. What ends at midnight ends on the day before.
func (m *mapping) firstDay(t time.Time) calendar.Date { return calendar.DateOf(t.In(m.zone)) }
func (m *mapping) lastDay(t time.Time) calendar.Date  { return m.firstDay(t.Add(-time.Nanosecond)) }
