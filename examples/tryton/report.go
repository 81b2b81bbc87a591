package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// report prints what people want to know of a plan.
func report(w io.Writer, m *mapping, plan *schedule.Plan) {
	printNotes(w, m)
	printTimes(w, m)
	printWork(w, m, plan)
	printPromises(w, m, plan)
	printShortages(w, m, plan)
	printDifferences(w, m, plan)
}

func section(w io.Writer, title string) *tabwriter.Writer {
	fmt.Fprintf(w, "\n== %s\n", title)
	return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
}

func printNotes(w io.Writer, m *mapping) {
	if len(m.notes) == 0 {
		return
	}
	t := section(w, "Notes on the data")
	for _, n := range m.notes {
		fmt.Fprintf(t, "%s\n", n)
	}
	t.Flush()
}

// printTimes lists the times that were planned with, and where they are from.
func printTimes(w io.Writer, m *mapping) {
	t := section(w, "Times")
	for _, o := range m.operations {
		for _, p := range m.snapshot.products {
			if e, ok := m.times[opProduct{o.id, p.id}]; ok {
				fmt.Fprintf(t, "%s\t%s\tsetup %s\teach %s\t%s\n", o.name, m.items[p.id].ID, e.setup, e.unit, e.source)
			}
		}
	}
	t.Flush()
}

// printWork lists what each work centre does, in order.
func printWork(w io.Writer, m *mapping, plan *schedule.Plan) {
	orders := map[schedule.OrderID]*schedule.PlannedOrder{}
	for i := range plan.Orders {
		orders[plan.Orders[i].ID] = &plan.Orders[i]
	}
	for resource, operations := range schedule.ByResource(m.problem, plan) {
		if len(operations) == 0 {
			continue
		}
		t := section(w, "Work of "+string(resource))
		for _, o := range operations {
			x := orders[o.Order]
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", m.clock(o.Start), m.clock(o.End), o.Step, m.format(x.Item, o.Qty), x.Item, orderName(x))
		}
		t.Flush()
	}
}

// orderName tells the ERP's productions from those that the plan proposes.
func orderName(o *schedule.PlannedOrder) string {
	if o.Existing {
		return "production " + string(o.ID)
	}
	return "proposal " + string(o.ID)
}

func printPromises(w io.Writer, m *mapping, plan *schedule.Plan) {
	t := section(w, "Promises")
	customers := map[schedule.ContractID]string{}
	for _, c := range m.problem.Contracts {
		customers[c.ID] = c.Customer
	}
	lines := map[schedule.LineID]*schedule.ContractLine{}
	for i := range m.problem.Lines {
		lines[m.problem.Lines[i].ID] = &m.problem.Lines[i]
	}
	for contract, promises := range schedule.ByContract(m.problem, plan) {
		for _, p := range promises {
			l := lines[p.Line]
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\tsold for %s\tpromised %s\t%s\n", customers[contract], p.Line,
				m.format(l.Item, l.Qty), l.Item, m.until(p.Due), m.until(p.Last), m.verdict(l, p))
			for _, cause := range p.Why {
				fmt.Fprintf(t, "\t  because %s\n", cause)
			}
		}
	}
	t.Flush()
}

func (m *mapping) verdict(l *schedule.ContractLine, p *schedule.Promise) string {
	var list []string
	if l.Status == schedule.QuoteLine {
		list = append(list, "quotation")
	}
	switch {
	case p.Short > 0:
		list = append(list, m.format(l.Item, p.Short)+" SHORT")
	case p.Late():
		list = append(list, "LATE")
	default:
		list = append(list, "on time")
	}
	return strings.Join(list, ", ")
}

// printShortages lists what has to be bought, and what found no place.
func printShortages(w io.Writer, m *mapping, plan *schedule.Plan) {
	t := section(w, "Shortages: to buy")
	for _, x := range plan.Purchases {
		fmt.Fprintf(t, "%s\t%s\tfrom %s\torder %s\tarrives %s\n", m.format(x.Item, x.Qty), x.Item, m.partner(x.Supply), m.day(x.Order), m.day(x.Arrival))
	}
	t.Flush()
	if len(plan.Unplanned) == 0 {
		return
	}
	t = section(w, "Not planned")
	for _, x := range plan.Unplanned {
		fmt.Fprintf(t, "%s%s\t%s\t%s\n", x.Order, x.Item, m.format(x.Item, x.Qty), reasons(x.Why))
	}
	t.Flush()
}

func (m *mapping) partner(id schedule.SupplyID) schedule.PartnerID {
	for _, s := range m.problem.Supplies {
		if s.ID == id {
			return s.Partner
		}
	}
	return ""
}

func reasons(why []schedule.Cause) string {
	var list []string
	for _, c := range why {
		list = append(list, c.String())
	}
	return strings.Join(list, "; ")
}

// printDifferences compares the plan with the dates that the ERP has.
func printDifferences(w io.Writer, m *mapping, plan *schedule.Plan) {
	t := section(w, "Differences from the ERP's dates")
	fmt.Fprintf(t, "\t\t\tstate\tthe ERP's dates\tbegins\tends\tneeded\n")
	for i := range plan.Orders {
		o := &plan.Orders[i]
		p := m.orders[o.ID]
		if p == nil {
			fmt.Fprintf(t, "%s\t%s\t%s\tnew\t\t%s\t%s\t%s\n", orderName(o), m.format(o.Item, o.Qty), o.Item, m.day(o.Start), m.until(o.End), m.needed(o))
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s–%s\t%s\t%s\t%s\n", orderName(o), m.format(o.Item, o.Qty), o.Item, p.state,
			dayOf(p.start), dayOf(p.end), m.day(o.Start), m.until(o.End), m.needed(o))
	}
	t.Flush()
}

// needed says when the output of an order is needed: by which demand, as far
// as the plan knows, else as the order was entered into it.
func (m *mapping) needed(o *schedule.PlannedOrder) string {
	due := o.Due
	for i := range m.problem.Orders {
		if x := &m.problem.Orders[i]; x.ID == o.ID && due.IsZero() {
			due = x.Due
		}
	}
	if due.IsZero() || due.Equal(m.problem.To) {
		return "-"
	}
	return m.until(due)
}

func (m *mapping) format(id schedule.ItemID, q wip.Qty) string {
	for i := range m.problem.Items {
		if item := &m.problem.Items[i]; item.ID == id {
			return item.Unit.Format(q)
		}
	}
	return fmt.Sprint(q)
}

func (m *mapping) clock(t time.Time) string { return t.In(m.zone).Format("Mon 2 Jan 15:04") }

func (m *mapping) day(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.In(m.zone).Format("Mon 2 Jan")
}

// until is day for an end: midnight belongs to the day before.
func (m *mapping) until(t time.Time) string {
	if t.IsZero() {
		return m.day(t)
	}
	return m.day(t.Add(-time.Nanosecond))
}

// printOutcomes says what became of every production, and how many of each.
func printOutcomes(w io.Writer, list []outcome) {
	t := section(w, "Publishing")
	count := map[kind]int{}
	for _, o := range list {
		count[o.kind]++
		if o.kind != unchanged {
			fmt.Fprintf(t, "production %s\t%s\t%s\n", o.production.number, o.kind, o.text)
		}
	}
	t.Flush()
	for _, k := range kinds {
		fmt.Fprintf(w, "%s: %d\n", k, count[k])
	}
}
