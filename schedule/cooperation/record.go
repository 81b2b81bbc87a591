package cooperation

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// A Stage is what an entry reports of a commission.
type Stage int

const (
	Request  Stage = iota // it was asked for
	Promise               // a date was promised; a later promise replaces it
	Delivery              // an amount came
	Accept                // an amount was accepted as good
)

// An Entry is one report about a commission.
type Entry struct {
	ID    string // of the commission
	Stage Stage
	At    time.Time
	Date  time.Time // that is promised
	Qty   wip.Qty   // delivered or accepted, greater than 0
}

// What can be wrong with an entry, besides the codes of package wip.
const (
	// UnknownID occurs when there is no commission of the ID.
	UnknownID wip.Code = "unknown-id"
	// OutOfTurn occurs when a stage comes before the one it needs: a promise
	// or delivery before the request, an acceptance of more than was
	// delivered, a second request.
	OutOfTurn wip.Code = "out-of-turn"
)

// Record returns commissions with entries on record, in the order given. The
// list is not modified. The error, if any, is a [*wip.InvalidError] that lists
// every entry at fault; nothing is recorded then.
func Record(list []Commission, entries []Entry) ([]Commission, error) {
	list = slices.Clone(list)
	at := make(map[string]*Commission, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		at[list[i].ID] = &list[i]
	}
	var issues []wip.Issue
	for i := range entries {
		e := &entries[i]
		if code, text := e.record(at[e.ID]); code != "" {
			issues = append(issues, wip.Issue{Code: code, Path: fmt.Sprintf("entries[%d]", i), Text: text})
		}
	}
	if len(issues) > 0 {
		return nil, &wip.InvalidError{Issues: issues}
	}
	return list, nil
}

// record puts an entry on record, or says what is wrong with it.
func (e *Entry) record(c *Commission) (wip.Code, string) {
	switch {
	case c == nil:
		return UnknownID, fmt.Sprintf("there is no commission %q", e.ID)
	case e.Stage == Request && !c.Requested.IsZero():
		return OutOfTurn, fmt.Sprintf("%s was requested on %v already", e.ID, c.Requested)
	case e.Stage != Request && c.Requested.IsZero():
		return OutOfTurn, fmt.Sprintf("%s has not been requested", e.ID)
	case e.Stage != Request && e.At.Before(c.Requested):
		return wip.BadRange, fmt.Sprintf("%v is before the request of %s", e.At, e.ID)
	case e.Stage >= Delivery && e.Qty <= 0:
		return wip.Negative, fmt.Sprintf("an amount of %d is not greater than 0", e.Qty)
	case e.Stage == Accept && e.Qty > c.DeliveredQty-c.AcceptedQty:
		return OutOfTurn, fmt.Sprintf("accepts %d of %d delivered", e.Qty, c.DeliveredQty-c.AcceptedQty)
	}
	switch e.Stage {
	case Request:
		c.Requested = e.At
	case Promise:
		c.PromisedOn, c.Promised = e.At, e.Date
	case Delivery:
		sum, ok := c.DeliveredQty.Add(e.Qty)
		if !ok {
			return wip.Overflow, "makes a sum that 64 bits do not hold"
		}
		c.Delivered, c.DeliveredQty = later(c.Delivered, e.At), sum
	case Accept:
		c.Accepted, c.AcceptedQty = later(c.Accepted, e.At), c.AcceptedQty+e.Qty
	}
	return "", ""
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
