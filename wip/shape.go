package wip

import (
	"fmt"
	"math"
	"strings"
	"time"
)

const (
	// MaxKey is the greatest length of an event's key in bytes.
	MaxKey = 255
	// MaxEventQty is the largest amount of one event. It leaves room for
	// thousands of such before the books of a ledger could overflow.
	MaxEventQty Qty = 1e15
)

// A fields is a set of fields of an [Event].
type fields uint16

const (
	hasOrder fields = 1 << iota
	hasStep
	hasWorkplace
	hasItem
	hasPlace
	hasTo
	hasReceipt
	hasLine
	hasQty
	hasScrap
	hasSpent
)

var fieldNames = [...]string{"Order", "Step", "Workplace", "Point.Item", "Point.Place", "To", "Receipt", "Line", "Qty", "Scrap", "Spent"}

// A shape says which fields an event of a kind needs and which it may have.
type shape struct{ needs, may fields }

var shapes = [eventKinds]shape{
	Released:    {hasOrder | hasItem | hasQty, hasPlace},
	Started:     {hasOrder | hasStep | hasQty, hasWorkplace},
	Reported:    {hasOrder | hasStep, hasWorkplace | hasQty | hasScrap | hasSpent},
	Finished:    {hasOrder | hasStep, 0},
	Interrupted: {hasWorkplace, hasOrder | hasStep},
	Resumed:     {hasWorkplace, 0},
	Moved:       {hasOrder | hasStep | hasQty, hasTo},
	Issued:      {hasOrder | hasItem | hasQty, hasStep | hasPlace},
	Delivered:   {hasOrder | hasItem | hasQty, hasPlace},
	Received:    {hasReceipt | hasItem | hasQty, hasPlace},
	Loaded:      {hasWorkplace | hasItem | hasQty, hasPlace | hasLine},
	Unloaded:    {hasWorkplace | hasItem | hasQty, hasPlace},
	Shipped:     {hasLine | hasItem | hasQty, hasPlace},
	Closed:      {hasOrder, 0},
}

// shapeOf returns the shape that e should have. A count or an adjustment is
// either of a point or of a step.
func shapeOf(e *Event) shape {
	if e.Kind != Counted && e.Kind != Adjusted {
		return shapes[e.Kind]
	}
	s := shape{hasOrder | hasStep, 0}
	if e.Order == "" {
		s = shape{hasItem, hasPlace}
	}
	if e.Kind == Counted {
		s.may |= hasQty
	} else {
		s.needs |= hasQty
	}
	return s
}

// fieldsOf returns the fields of e that are not zero.
func fieldsOf(e *Event) fields {
	var f fields
	for i, has := range [...]bool{
		e.Order != "", e.Step != "", e.Workplace != "", e.Point.Item != "", e.Point.Place != "",
		e.To != "", e.Receipt != "", e.Line != "", e.Qty != 0, e.Scrap != 0, e.Spent != 0,
	} {
		if has {
			f |= 1 << i
		}
	}
	return f
}

// wellFormed reports whether e is, without a word about why not.
func wellFormed(e *Event) bool {
	if e.Kind == 0 || e.Kind >= eventKinds {
		return false
	}
	s, f := shapeOf(e), fieldsOf(e)
	return f&s.needs == s.needs && f&^(s.needs|s.may) == 0 &&
		len(e.Key) > 0 && len(e.Key) <= MaxKey && inTime(e.At) &&
		(e.Qty >= 0 || e.Kind == Adjusted) && e.Qty >= -MaxEventQty && e.Qty <= MaxEventQty &&
		e.Scrap >= 0 && e.Scrap <= MaxEventQty && e.Spent >= 0 &&
		(e.Cause != "" || e.Kind != Interrupted && e.Kind != Adjusted)
}

// A ledger counts nanoseconds since 1970; 0 is no time to it.
var firstTime, lastTime = time.Unix(0, 1), time.Unix(0, math.MaxInt64)

func inTime(at time.Time) bool { return !at.Before(firstTime) && !at.After(lastTime) }

// event adds all that is malformed about e.
func (is *issues) event(path string, e *Event) {
	switch {
	case e.Key == "":
		is.add(MissingID, path+".Key", "is empty")
	case len(e.Key) > MaxKey:
		is.add(BadID, path+".Key", "has %d bytes, more than %d", len(e.Key), MaxKey)
	}
	if !inTime(e.At) {
		is.add(BadTime, path+".At", "%v is not in the years 1970 to 2262", e.At)
	}
	if e.Kind == 0 || e.Kind >= eventKinds {
		is.add(BadKind, path+".Kind", "%d is no kind of event", e.Kind)
		return
	}
	s, f := shapeOf(e), fieldsOf(e)
	for i, name := range fieldNames {
		switch field := fields(1) << i; {
		case s.needs&^f&field != 0 && field == hasQty:
			is.add(ZeroDelta, path+".Qty", "is 0")
		case s.needs&^f&field != 0:
			is.add(MissingID, path+"."+name, "is empty, but %v needs one", e.Kind)
		case f&^(s.needs|s.may)&field != 0:
			is.add(Unexpected, path+"."+name, "is set, but %v has none", e.Kind)
		}
	}
	if e.Cause == "" && (e.Kind == Interrupted || e.Kind == Adjusted) {
		is.add(MissingID, path+".Cause", "is empty, but %v needs one", e.Kind)
	}
	is.amounts(path, e)
}

func (is *issues) amounts(path string, e *Event) {
	if e.Kind != Adjusted {
		is.atLeastZero(path+".Qty", int64(e.Qty))
	}
	is.atLeastZero(path+".Scrap", int64(e.Scrap))
	is.atLeastZero(path+".Spent", int64(e.Spent))
	if e.Qty > MaxEventQty || e.Qty < -MaxEventQty {
		is.add(Overflow, path+".Qty", "%d is beyond %d", e.Qty, MaxEventQty)
	}
	if e.Scrap > MaxEventQty {
		is.add(Overflow, path+".Scrap", "%d is beyond %d", e.Scrap, MaxEventQty)
	}
}

// Validate reports whether e is well formed: the fields that its kind needs and
// no others, in their ranges. The error, if any, is an [*InvalidError] that
// lists everything found.
func (e *Event) Validate() error {
	var is issues
	is.event("Event", e)
	for i := range is {
		is[i].Path = strings.TrimPrefix(is[i].Path, "Event.")
	}
	return is.err()
}

func eventPath(i int) string { return fmt.Sprintf("Events[%d]", i) }
