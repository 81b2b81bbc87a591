package stocktake

import (
	"fmt"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A Count is what was found at a place.
type Count struct {
	Place
	Qty wip.Qty // at least 0
	// Cause explains a difference, by a word of the caller's: scrap not
	// reported, delivery not posted, items mixed up, loss. Empty means unknown.
	Cause string
	Actor wip.ActorID
}

// A Valuation says what an amount at a line is worth, in the smallest unit of
// money; the amount may be negative.
type Valuation func(l *Line, q wip.Qty) int64

// A Result is a sheet with what was found.
type Result struct {
	Sheet *Sheet
	// Found are the lines that were counted, in the order of the sheet; last
	// places that are not on it, in the order of the counts, with a book
	// amount of 0.
	Found []Finding
	// Uncounted are the lines that nobody counted. Nothing is said of them.
	Uncounted []Line
}

// A Finding is a line that was counted.
type Finding struct {
	Line
	Counted    wip.Qty
	Difference wip.Qty // counted less book
	Cause      string
	Actor      wip.ActorID
	BookValue  int64
	Value      int64 // of the difference
}

// Unexplained is the cause of adjustments for differences without one.
const Unexplained = "unexplained"

// What can be wrong with counts, besides the codes of package wip.
const (
	// Twice occurs when a place was counted twice.
	Twice wip.Code = "twice"
	// BadPlace occurs when a count names neither a point nor a step, or both.
	BadPlace wip.Code = "bad-place"
)

// Reconcile sets counts against a sheet. A nil valuation values nothing. The
// error, if any, is a [*wip.InvalidError] that lists every count at fault.
func Reconcile(s *Sheet, counts []Count, value Valuation) (*Result, error) {
	if value == nil {
		value = func(*Line, wip.Qty) int64 { return 0 }
	}
	counted, err := byPlace(counts)
	if err != nil {
		return nil, err
	}
	r := &Result{Sheet: s}
	add := func(l Line, c *Count) {
		difference, ok := c.Qty.Sub(l.Book)
		if !ok {
			difference = c.Qty // the book is out of all bounds
		}
		r.Found = append(r.Found, Finding{Line: l, Counted: c.Qty, Difference: difference, Cause: c.Cause, Actor: c.Actor,
			BookValue: value(&l, l.Book), Value: value(&l, difference)})
	}
	onSheet := make(map[Place]bool, len(s.Lines))
	for _, l := range s.Lines {
		onSheet[l.Place] = true
		if c := counted[l.Place]; c != nil {
			add(l, c)
		} else {
			r.Uncounted = append(r.Uncounted, l)
		}
	}
	for i := range counts {
		if c := &counts[i]; !onSheet[c.Place] {
			add(Line{Place: c.Place, Item: c.Point.Item, Where: c.Point.Place}, c)
		}
	}
	return r, nil
}

// byPlace finds the count of each place.
func byPlace(counts []Count) (map[Place]*Count, error) {
	var issues []wip.Issue
	add := func(i int, code wip.Code, format string, args ...any) {
		issues = append(issues, wip.Issue{Code: code, Path: fmt.Sprintf("counts[%d]", i), Text: fmt.Sprintf(format, args...)})
	}
	found := make(map[Place]*Count, len(counts))
	for i := range counts {
		c := &counts[i]
		if c.Qty < 0 {
			add(i, wip.Negative, "%d is negative", c.Qty)
		}
		if step := c.Order != "" && c.Step != ""; step == (c.Point.Item != "") {
			add(i, BadPlace, "%q names neither an item nor a step of an order, or both", c.Place)
		}
		if found[c.Place] != nil {
			add(i, Twice, "%v was counted before", c.Place)
		}
		found[c.Place] = c
	}
	if len(issues) > 0 {
		return nil, &wip.InvalidError{Issues: issues}
	}
	return found, nil
}

// Events returns what puts the books right, as of the time of the sheet: a count
// for every finding, and the adjustments that make the books agree. They are to
// be posted together. Keys are made of the sheet's ID and the place, so that
// posting twice changes nothing.
//
// A piece that is missing behind a step was missing behind all steps before it,
// as the books count: so an adjustment of a step is the sum of the differences
// at that step and after it.
func (r *Result) Events() []wip.Event {
	var list []wip.Event
	inWork := map[Place]*Finding{}
	onRoute := map[wip.OrderID]bool{}
	for i := range r.Sheet.routes {
		onRoute[r.Sheet.routes[i].Order] = true
	}
	for i := range r.Found {
		f := &r.Found[i]
		list = append(list, r.event(wip.Counted, f.Place, f.Counted, f))
		if onRoute[f.Order] {
			inWork[f.Place] = f
		} else if f.Difference != 0 {
			list = append(list, r.event(wip.Adjusted, f.Place, f.Difference, f))
		}
	}
	for i := range r.Sheet.routes {
		list = append(list, r.adjust(&r.Sheet.routes[i], inWork)...)
	}
	return list
}

// adjust returns the adjustments of an order, the last step first.
func (r *Result) adjust(route *Route, inWork map[Place]*Finding) []wip.Event {
	var list []wip.Event
	var cause *Finding // the last that differed
	sum := wip.Qty(0)
	for _, step := range slices.Backward(route.Steps) {
		at := Place{Order: route.Order, Step: step}
		if f := inWork[at]; f != nil && f.Difference != 0 {
			sum, cause = sum+f.Difference, f
		}
		if sum != 0 {
			list = append(list, r.event(wip.Adjusted, at, sum, cause))
		}
	}
	return list
}

func (r *Result) event(kind wip.EventKind, at Place, q wip.Qty, f *Finding) wip.Event {
	e := wip.Event{Key: fmt.Sprintf("%s %v", r.Sheet.ID, at), Kind: kind, At: r.Sheet.At, Point: at.Point, Order: at.Order, Step: at.Step,
		Qty: q, Cause: f.Cause, Actor: f.Actor, Document: r.Sheet.ID}
	if kind == wip.Counted {
		e.Key += " counted"
	} else if e.Cause == "" {
		e.Cause = Unexplained
	}
	return e
}
