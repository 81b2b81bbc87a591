package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
)

func heading(w io.Writer, text string) *tabwriter.Writer {
	fmt.Fprintf(w, "\n== %s\n", text)
	return tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
}

// terms lists what a programme costs by its parts.
func terms(r *release.Result) string {
	var parts []string
	for _, t := range r.Terms {
		if math.Abs(t.Cost) >= 0.5 {
			parts = append(parts, fmt.Sprintf("%s %.0f", t.Name, t.Cost))
		}
	}
	return strings.Join(parts, ", ")
}

// monthOf returns how many months after the first a period begins.
func monthOf(r *release.Result, period int) int {
	a, b := r.Cuts[0], r.Cuts[period]
	return 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month())
}

// byMonth adds up the releases of an item, or of all of a shop, by month.
func byMonth(r *release.Result, of func(*release.Release) bool) []float64 {
	sums := make([]float64, monthOf(r, len(r.Cuts)-2)+1)
	for i := range r.Releases {
		if x := &r.Releases[i]; x.Routing != "" && of(x) {
			sums[monthOf(r, x.Period)] += x.Qty
		}
	}
	return sums
}

// printProgramme shows what each shop is to begin, month by month.
func printProgramme(w io.Writer, p *schedule.Problem, r *release.Result) {
	t := heading(w, "Production programme: pieces to begin, by shop and month")
	fmt.Fprint(t, "\t")
	for m := range byMonth(r, func(*release.Release) bool { return false }) {
		fmt.Fprintf(t, "%s\t", r.Cuts[0].AddDate(0, m, 1-r.Cuts[0].Day()).Format("Jan"))
	}
	fmt.Fprintln(t, "sum\t")
	line := func(name string, of func(*release.Release) bool) {
		sum := 0.0
		fmt.Fprintf(t, "%s\t", name)
		for _, q := range byMonth(r, of) {
			fmt.Fprintf(t, "%.0f\t", q)
			sum += q
		}
		fmt.Fprintf(t, "%.0f\t\n", sum)
	}
	for _, s := range p.Shops {
		if s.ID == "blanks" {
			continue // its saw is a step of the shafts, which machining answers for
		}
		line(string(s.ID), func(x *release.Release) bool { return x.Shop == s.ID })
	}
	for _, pump := range pumps {
		line(string(pump), func(x *release.Release) bool { return x.Item == pump })
	}
	t.Flush()
}

// printWeeks shows what is to begin in the first weeks, item by item.
func printWeeks(w io.Writer, p *schedule.Problem, r *release.Result, n int) {
	t := heading(w, fmt.Sprintf("Releases of the first %d weeks", n))
	fmt.Fprint(t, "\t")
	for k := range n {
		fmt.Fprintf(t, "%s\t", r.Cuts[k].Format("2 Jan"))
	}
	fmt.Fprintln(t)
	qty := map[schedule.ItemID][]float64{}
	for _, x := range r.Releases {
		if x.Routing == "" || x.Period >= n {
			continue
		}
		if qty[x.Item] == nil {
			qty[x.Item] = make([]float64, n)
		}
		qty[x.Item][x.Period] += x.Qty
	}
	for i := range p.Items {
		if qty[p.Items[i].ID] == nil {
			continue
		}
		fmt.Fprintf(t, "%s\t", p.Items[i].ID)
		for _, q := range qty[p.Items[i].ID] {
			fmt.Fprintf(t, "%.1f\t", q)
		}
		fmt.Fprintln(t)
	}
	t.Flush()
}

// nameOf returns what an hour price is about.
func nameOf(h *release.HourPrice) string {
	if h.Partner != "" {
		return string(h.Partner)
	}
	var names []string
	for _, id := range h.Resources {
		names = append(names, string(id))
	}
	return strings.Join(names, " or ")
}

// printBottlenecks shows what is short, by month: the highest price of an hour.
func printBottlenecks(w io.Writer, r *release.Result) {
	t := heading(w, "What one more hour would save (at a partner, one more unit)")
	for i := range r.Prices.Hours {
		h := &r.Prices.Hours[i]
		if h.Value >= 50 {
			fmt.Fprintf(t, "%s\tweek of %s\t%.1f\t%s\t\n", nameOf(h), r.Cuts[h.Period].Format("2 Jan"), h.Value, h.Holds)
		}
	}
	t.Flush()
}

// dearest names the hour with the highest price.
func dearest(r *release.Result) string {
	var top *release.HourPrice
	for i := range r.Prices.Hours {
		if h := &r.Prices.Hours[i]; top == nil || h.Value > top.Value {
			top = h
		}
	}
	if top == nil {
		return "-"
	}
	return fmt.Sprintf("%s in %s, %.0f", nameOf(top), r.Cuts[top.Period].Format("January"), top.Value)
}

// missed counts the lines that a programme delivers late or not in full.
func missed(r *release.Result) int {
	n := 0
	for i := range r.Promises {
		if q := &r.Promises[i]; q.ProgramShort > 0.01 || q.Program.After(q.Due) {
			n++
		}
	}
	return n
}

// printShift compares the year with and without a second shift.
func printShift(w io.Writer, base, shift *release.Result) {
	const hours = 7.5 * 5 * (lastShiftWeek - firstShiftWeek + 1)
	saved := base.Cost - shift.Cost
	fmt.Fprintf(w, "\n== A second shift at the test stand in June and July\n")
	fmt.Fprintf(w, "It saves %.0f, which is %.2f for each of its %.0f hours: pay that for it at most.\n", saved, saved/hours, hours)
	fmt.Fprintf(w, "Lines late or short: %d instead of %d; the dearest hour is then %s.\n", missed(shift), missed(base), dearest(shift))
}

// printContracts compares what each contract pays with what it costs at the
// margin.
func printContracts(w io.Writer, p *schedule.Problem, r *release.Result) {
	t := heading(w, "Contracts: what they pay, and what they cost at the margin")
	fmt.Fprintln(t, "\tpays\tcosts\tleaves\tworst line\tleaves a pump\t")
	for _, c := range p.Contracts {
		m := marginOf(p, r, c.ID)
		loses := ""
		if m.pays < m.costs {
			loses = "LOSES MONEY"
		}
		fmt.Fprintf(t, "%s\t%.0f\t%.0f\t%.0f\t%s\t%.0f\t%s\n", c.Customer, m.pays, m.costs, m.pays-m.costs, m.worst, m.least, loses)
	}
	t.Flush()
}

// A margin is what a contract pays and costs, and its line that leaves least a
// pump.
type margin struct {
	pays, costs, least float64
	worst              schedule.LineID
}

func marginOf(p *schedule.Problem, r *release.Result, id schedule.ContractID) margin {
	m := margin{least: math.Inf(1)}
	price := map[schedule.LineID]float64{}
	for _, l := range r.Prices.Lines {
		price[l.Line] = l.Cost
	}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Contract != id {
			continue
		}
		m.pays += float64(l.Price) * float64(l.Qty)
		m.costs += price[l.ID] * float64(l.Qty)
		if left := float64(l.Price) - price[l.ID]; left < m.least {
			m.least, m.worst = left, l.ID
		}
	}
	return m
}

// printRhythm compares the weekly output of pumps with and without the weight.
func printRhythm(w io.Writer, p *schedule.Problem, base, calm *release.Result) {
	t := heading(w, "Rhythm: variation V of what is begun a week")
	fmt.Fprintln(t, "\tcheapest\twith rhythm\t")
	for _, pump := range pumps {
		fmt.Fprintf(t, "%s\t%.2f\t%.2f\t\n", pump, variation(base, pump), variation(calm, pump))
	}
	t.Flush()
	cost := calm.Cost - termOf(calm, "rhythm")
	fmt.Fprintf(w, "All else costs %.0f more, %.2f %%.\n", cost-base.Cost, 100*(cost-base.Cost)/base.Cost)
}

func termOf(r *release.Result, name string) float64 {
	for _, t := range r.Terms {
		if t.Name == name {
			return t.Cost
		}
	}
	return 0
}

// variation returns V = √(Σ (f − f̄)² / n) / f̄ of the weekly releases of an item
// from its first week to its last.
func variation(r *release.Result, item schedule.ItemID) float64 {
	week := make([]float64, len(r.Cuts)-1)
	first, last := len(week), 0
	for _, x := range r.Releases {
		if x.Item == item && x.Routing != "" {
			week[x.Period] += x.Qty
			first, last = min(first, x.Period), max(last, x.Period)
		}
	}
	if first > last {
		return 0
	}
	week = week[first : last+1]
	mean, squares := 0.0, 0.0
	for _, q := range week {
		mean += q / float64(len(week))
	}
	for _, q := range week {
		squares += (q - mean) * (q - mean) / float64(len(week))
	}
	return math.Sqrt(squares) / mean
}
