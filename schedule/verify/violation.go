package verify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
)

// A Violation is one thing that a problem does not allow.
type Violation struct {
	Code Code
	// Where it is, as far as that makes sense.
	Order    schedule.OrderID
	Step     schedule.StepID
	Resource schedule.ResourceID
	Item     schedule.ItemID
	Location schedule.LocationID
	Line     schedule.LineID
	Partner  schedule.PartnerID
	// Ref is the ID of anything else, or the path to a value: of a purchase,
	// a transfer, a provision, an unknown reference.
	Ref string
	// At is the instant; zero if there is none.
	At time.Time
	// By is how much, in the unit stated at the code; 0 if it has none.
	By int64
}

// String describes the violation in one line, by the caller's own names.
func (v Violation) String() string {
	var b strings.Builder
	b.WriteString(string(v.Code))
	b.WriteByte(':')
	say := func(name, id string) {
		if id != "" {
			b.WriteString(" " + name + " " + id)
		}
	}
	say("order", string(v.Order))
	say("step", string(v.Step))
	say("resource", string(v.Resource))
	say("item", string(v.Item))
	say("location", string(v.Location))
	say("line", string(v.Line))
	say("partner", string(v.Partner))
	say("ref", v.Ref)
	if !v.At.IsZero() {
		say("at", v.At.UTC().Format(time.RFC3339))
	}
	switch {
	case v.By == 0:
	case v.Code.timed():
		say("by", time.Duration(v.By).String())
	default:
		say("by", fmt.Sprint(v.By))
	}
	return b.String()
}

// sortViolations orders by time, then code, then place.
func sortViolations(list []Violation) {
	slices.SortStableFunc(list, func(v, w Violation) int {
		return cmp.Or(
			v.At.Compare(w.At),
			cmp.Compare(v.Code, w.Code),
			cmp.Compare(v.Order, w.Order),
			cmp.Compare(v.Step, w.Step),
			cmp.Compare(v.Resource, w.Resource),
			cmp.Compare(v.Item, w.Item),
			cmp.Compare(v.Line, w.Line),
			cmp.Compare(v.Ref, w.Ref))
	})
}
