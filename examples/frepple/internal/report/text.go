package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	r.writeDemands(section(w, "Demands"))
	r.writeOrders(w, "Manufacturing orders", "MO")
	r.writeOrders(w, "Deliveries that take time", "DLVR")
	r.writeOrders(w, "Purchases", "PO")
	r.writeOrders(w, "Transfers", "DO")
	r.writeStock(section(w, "Stock"))
	if err := r.writeLoad(w); err != nil {
		return err
	}
	r.writeBuckets(w)
	writeList(w, "Notes", r.Notes)
	writeList(w, "Violations", r.Violations)
	return nil
}

func section(w io.Writer, title string) *tabwriter.Writer {
	fmt.Fprintf(w, "\n== %s\n", title)
	return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
}

func writeList(w io.Writer, title string, list []string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n== %s\n", title)
	for _, s := range list {
		fmt.Fprintln(w, s)
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func (r *Report) writeDemands(t *tabwriter.Writer) {
	for i := range r.Demands {
		d := &r.Demands[i]
		fmt.Fprintf(t, "%s\t%s of %s @ %s\tpriority %d\tdue %s\t%s\n", d.Name, number(d.Quantity), d.Item, d.Location, d.Priority, d.Due, d.verdict())
		for _, v := range d.Deliveries {
			fmt.Fprintf(t, "  delivered\t%s\t\ton %s\t\n", number(v.Quantity), v.Date)
		}
		for _, why := range d.Reasons {
			fmt.Fprintf(t, "  because %s\n", why)
		}
	}
	t.Flush()
}

func (d *Demand) verdict() string {
	switch {
	case d.Short > 0:
		return number(d.Short) + " SHORT"
	case d.LateQuantityDays > 0:
		return "LATE"
	default:
		return "on time"
	}
}

func (r *Report) writeOrders(w io.Writer, title, kind string) {
	if !slices.ContainsFunc(r.Orders, func(o Order) bool { return o.Type == kind }) {
		return
	}
	t := section(w, title)
	for i := range r.Orders {
		o := &r.Orders[i]
		if o.Type != kind {
			continue
		}
		from := o.Supplier
		if o.Origin != "" {
			from = o.Origin
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%v\n", o.Start, o.End, number(o.Quantity), o.Item, from, o.Location, o.Operation, o.Status, o.Resources)
	}
	t.Flush()
}

// writeStock lists every change of stock, with what is there after it.
func (r *Report) writeStock(t *tabwriter.Writer) {
	for _, s := range schedule.StockProfile(r.mapped.Problem, r.plan) {
		if r.mapped.Points[s.Item].OnPaper {
			continue
		}
		fmt.Fprintf(t, "%s @ %s\n", s.Item, s.Place)
		for _, m := range s.Movements {
			fmt.Fprintf(t, "  %s\t%s\t%s\n", Date{m.At}, number(r.whole(s.Item, m.Qty)), number(r.whole(s.Item, m.Balance)))
		}
	}
	t.Flush()
}

// writeLoad lists hours asked of each resource, and those that there are, in
// the weeks in which something is asked of any.
func (r *Report) writeLoad(w io.Writer) error {
	loads := r.loads()
	p := r.mapped.Problem
	if len(loads) == 0 {
		return nil
	}
	t := section(w, "Load by week")
	from, to := loads[0].From, loads[0].To
	for _, l := range loads {
		if l.From.Before(from) {
			from = l.From
		}
		if l.To.After(to) {
			to = l.To
		}
	}
	const week = 7 * 24 * time.Hour
	cuts := []time.Time{from.Truncate(week)}
	for end := cuts[0]; end.Before(to); cuts = append(cuts, end) {
		end = end.Add(week)
	}
	profiles, err := capacity.Profiles(p.Resources, p.Calendars, loads, cuts)
	if err != nil {
		return err
	}
	for _, x := range profiles {
		for _, q := range x.Periods {
			if q.Required > 0 {
				fmt.Fprintf(t, "%s\t%s\t%.1f h\tof %.1f h\n", x.Resource, q.From.Format(time.DateOnly), q.Required.Hours(), q.Available.Hours())
			}
		}
	}
	return t.Flush()
}
