package cooperation

import (
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
)

// A Reason says why somebody has to be reminded.
type Reason int

const (
	NotRequested Reason = iota // it is to begin soon, and nobody has asked
	NotPromised                // it was requested, and no date promised
	PromisedLate               // the date promised is after the due date
	DueSoon                    // not complete, and due within the time looked ahead
	Overdue                    // not complete, and past due or past the promise
	NotAccepted                // delivered, and not accepted in full
)

func (r Reason) String() string {
	switch r {
	case NotRequested:
		return "not requested"
	case NotPromised:
		return "no promise"
	case PromisedLate:
		return "promised late"
	case DueSoon:
		return "due soon"
	case Overdue:
		return "overdue"
	default:
		return "not accepted"
	}
}

// A Reminder is something to ask about.
type Reminder struct {
	Commission *Commission
	Reason     Reason
	By         time.Time // the date that is at stake
}

// Reminders returns what has to be asked about now, looking some time ahead, the
// earliest date first; ties in the order of the list. A commission has one
// reminder at most, the gravest: overdue, promised late, due soon, no promise,
// not requested, not accepted.
func Reminders(list []Commission, now time.Time, ahead time.Duration) []Reminder {
	var found []Reminder
	for i := range list {
		if r, ok := list[i].reminder(now, now.Add(ahead)); ok {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b Reminder) int { return a.By.Compare(b.By) })
	return found
}

func (c *Commission) reminder(now, until time.Time) (Reminder, bool) {
	remind := func(r Reason, by time.Time) (Reminder, bool) { return Reminder{c, r, by}, true }
	broken := !c.Promised.IsZero() && c.Promised.Before(now)
	switch {
	case c.Complete() && c.AcceptedQty < c.DeliveredQty:
		return remind(NotAccepted, c.Delivered)
	case c.Complete():
		return Reminder{}, false
	case !c.Requested.IsZero() && (c.Due.Before(now) || broken):
		return remind(Overdue, c.Due)
	case c.Promised.After(c.Due):
		return remind(PromisedLate, c.Due)
	case !c.Requested.IsZero() && !c.Due.After(until):
		return remind(DueSoon, c.Due)
	case !c.Requested.IsZero() && c.Promised.IsZero():
		return remind(NotPromised, c.Due)
	case c.Requested.IsZero() && !c.Start.After(until):
		return remind(NotRequested, c.Start)
	default:
		return Reminder{}, false
	}
}

// ReminderReport returns reminders, a line each.
func ReminderReport(list []Reminder) Report {
	t := &table.Table{Title: "Reminders", Columns: []table.Column{
		table.Text("by"), table.Text("party"), table.Text("commission"), table.Text("reason"), table.Number("open"), table.Text("promised"),
	}}
	for _, r := range list {
		c := r.Commission
		t.Add(r.By, c.Party(), c.ID, r.Reason, max(0, c.Qty-c.DeliveredQty), c.Promised)
	}
	return Report{t}
}
