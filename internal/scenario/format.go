package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
)

// Format writes a plan as lines that [Parse] reads: all that a planner
// decides, but for pegs and promises, which Parse fills in. Instants are to the
// second.
func Format(plan *schedule.Plan) string {
	var b strings.Builder
	for i := range plan.Orders {
		o := &plan.Orders[i]
		fmt.Fprintf(&b, "lot %s %s %d routing=%s release=%s start=%s end=%s\n",
			o.ID, o.Item, o.Qty, o.Routing, instant(o.Release), instant(o.Start), instant(o.End))
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		fmt.Fprintf(&b, "op %s/%s %s qty=%d mode=%d setup=%s", o.Order, o.Step, stretch(o.Start, o.End), o.Qty, o.Mode, o.Setup)
		for k, id := range o.Resources {
			b.WriteString([]string{" on=", ","}[min(k, 1)] + string(id))
		}
		for _, flag := range []struct {
			set  bool
			name string
		}{{o.Overtime, "overtime"}, {o.Done, "done"}, {o.Started, "started"}} {
			if flag.set {
				b.WriteString(" " + flag.name)
			}
		}
		b.WriteByte('\n')
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		fmt.Fprintf(&b, "outside %s/%s %s qty=%d partner=%s\n", o.Order, o.Step, stretch(o.Start, o.End), o.Qty, o.Partner)
	}
	for i := range plan.Purchases {
		q := &plan.Purchases[i]
		fmt.Fprintf(&b, "buy %s %s %d %s\n", q.ID, q.Supply, q.Qty, stretch(q.Order, q.Arrival))
	}
	for i := range plan.Transfers {
		t := &plan.Transfers[i]
		fmt.Fprintf(&b, "move %s %s %s %d %s trips=%d\n", t.ID, t.Lane, t.Item, t.Qty, stretch(t.Departure, t.Arrive), t.Trips)
	}
	for i := range plan.Deliveries {
		d := &plan.Deliveries[i]
		fmt.Fprintf(&b, "ship %s %d %s\n", d.Line, d.Qty, instant(d.At))
	}
	return b.String()
}

func stretch(from, to time.Time) string { return instant(from) + "-" + instant(to) }

// instant writes an instant as the language has it: "2d08:30", with seconds
// only if there are any.
func instant(t time.Time) string {
	d := t.Sub(Start())
	day := d.Truncate(24 * time.Hour)
	s := ""
	if day > 0 {
		s = fmt.Sprintf("%dd", day/(24*time.Hour))
	}
	d -= day
	s += fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
	if seconds := int(d.Seconds()) % 60; seconds > 0 {
		s += fmt.Sprintf(":%02d", seconds)
	}
	return s
}
