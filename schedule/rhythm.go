package schedule

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/wip"
)

// rhythm compares the daily output of end items, those that contract lines
// name, with an even one: the quantity of the lines, spread evenly over the
// days until the last delivery on which any machine works. A day is 24 hours
// from the start of the horizon. The coefficients are means over the end
// items; with p the even and f the actual output of a day,
//
//	R1 = Σ min(p, f) / Σ p
//	R2 = Σ min(p/Σp, f/Σf)
//	V  = √(Σ (f − p)² / days) / p
//
// They are 1, 1 and 0 if there is nothing to deliver or no day to do it.
func (e *evaluation) rhythm() {
	e.RhythmWithinPlan, e.RhythmByShare = 1, 1
	days := e.workingDays()
	demand := make([]wip.Qty, len(e.p.Items))
	for i := range e.p.Lines {
		if l := &e.p.Lines[i]; l.Status != ClosedLine {
			at := e.x.Items.Position(l.Item)
			demand[at] = plus(demand[at], l.Qty)
		}
	}
	output := e.dailyOutput(demand, days)
	var items, r1, r2, v float64
	for at, d := range demand {
		first := 0
		for first < len(output) && output[first].item == at {
			first++
		}
		if d > 0 && len(days) > 0 {
			a, b, c := coefficients(output[:first], float64(d)/float64(len(days)), float64(len(days)))
			items, r1, r2, v = items+1, r1+a, r2+b, v+c
			e.terms.rhythm += int64(math.Round(1000 * (1 - a)))
		}
		output = output[first:]
	}
	if items > 0 {
		e.RhythmWithinPlan, e.RhythmByShare, e.RhythmVariation = r1/items, r2/items, v/items
	}
}

// An output is what comes out of an item on a day.
type output struct {
	item, day int
	qty       wip.Qty
}

// workingDays returns the days from Now to the last delivery on which any
// machine works, as a set.
func (e *evaluation) workingDays() map[int]bool {
	last := e.t.Now
	for i := range e.plan.Deliveries {
		last = later(last, earlier(e.t.To, e.plan.Deliveries[i].At))
	}
	days := map[int]bool{}
	if len(e.plan.Deliveries) == 0 {
		return days
	}
	for k := int(e.t.Now.Sub(e.t.From) / day); !e.dayStart(k).After(last); k++ {
		for r := range e.p.Resources {
			if isMachine(&e.p.Resources[r]) && e.resources[r].line.Between(e.dayStart(k), e.dayStart(k+1)) > 0 {
				days[k] = true
				break
			}
		}
	}
	return days
}

// dailyOutput returns what orders put out of items in demand on the days,
// sorted by item and day, one element for each.
func (e *evaluation) dailyOutput(demand []wip.Qty, days map[int]bool) []output {
	var list []output
	for i := range e.plan.Orders {
		o := &e.plan.Orders[i]
		k := int(later(e.t.Now, o.End).Sub(e.t.From) / day)
		if at := e.x.Items.Position(o.Item); demand[at] > 0 && o.Qty > 0 && days[k] {
			list = append(list, output{at, k, o.Qty})
		}
	}
	slices.SortFunc(list, func(a, b output) int {
		return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.day, b.day), cmp.Compare(a.qty, b.qty))
	})
	merged := list[:0]
	for _, o := range list {
		if n := len(merged); n > 0 && merged[n-1].item == o.item && merged[n-1].day == o.day {
			merged[n-1].qty = plus(merged[n-1].qty, o.qty)
		} else {
			merged = append(merged, o)
		}
	}
	return merged
}

// coefficients returns R1, R2 and V of an item with even output p on a number
// of days. On days not listed there is none.
func coefficients(list []output, p, days float64) (r1, r2, v float64) {
	total := 0.0
	for _, o := range list {
		total += float64(o.qty)
	}
	squares := float64((days - float64(len(list))) * float64(p*p)) // products not fused, to be equal on every machine
	for _, o := range list {
		f := float64(o.qty)
		r1 += min(p, f)
		r2 += min(1/days, f/total)
		squares += float64((f - p) * (f - p))
	}
	return r1 / (p * days), r2, math.Sqrt(squares/days) / p
}
