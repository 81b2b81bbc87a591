package analysis

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// A Lever is something that the time of orders could be shortened by.
type Lever struct {
	For      WaitFor
	Resource schedule.ResourceID // of setups, queues, standstills, missing shifts
	Item     schedule.ItemID     // of material
	Cause    string              // of standstills
	Advice   string              // what is usually done about it
	// Hours is the time on the ways of orders that it is about, the most that
	// could be gained, and Share that of the time of all orders.
	Hours  time.Duration
	Share  float64
	Orders int // that it would help
}

var advice = [waitKinds]string{
	Setup:       "shorten the setup, or make lots of one family follow each other",
	Moving:      "move and wait less: smaller transfer lots, fewer hand-offs",
	AtPartner:   "do it inside, agree on shorter times, give it out earlier",
	ForMaterial: "have it earlier: launch or buy with more lead, or hold a norm",
	ForResource: "relieve it: alternates, overtime, fewer or smaller lots, later release",
	ForRepair:   "keep it running: maintenance, tools and documents ready",
	ForShift:    "work another shift, or plan around the pause",
	Unexplained: "dispatch: nothing known stood in the way",
}

// Levers ranks what the time of orders went into, but for processing, by
// resource, material or cause, the most first; ties in the order in which they
// first occur.
func Levers(cycles []Cycle) []Lever {
	at := map[Lever]int{} // by what the lever is about
	var list []Lever
	total := time.Duration(0)
	for i := range cycles {
		helped := map[int]bool{}
		for k := range cycles[i].Stretches {
			s := &cycles[i].Stretches[k]
			total += s.Length()
			if s.For == Processing {
				continue
			}
			about := s.lever()
			lever, ok := at[about]
			if !ok {
				lever = len(list)
				at[about] = lever
				list = append(list, about)
			}
			list[lever].Hours += s.Length()
			if !helped[lever] {
				helped[lever] = true
				list[lever].Orders++
			}
		}
	}
	for k := range list {
		list[k].Share = float64(list[k].Hours) / float64(total)
	}
	slices.SortStableFunc(list, func(a, b Lever) int { return cmp.Compare(b.Hours, a.Hours) })
	return list
}

// lever returns what a stretch could be shortened by.
func (s *Stretch) lever() Lever {
	l := Lever{For: s.For, Advice: advice[s.For]}
	switch s.For {
	case ForMaterial:
		l.Item = s.Item.Item
	case ForRepair:
		l.Resource, l.Cause = s.Resource, s.Cause
	default:
		l.Resource = s.Resource
	}
	return l
}

// LeverReport returns levers, a line each.
func LeverReport(list []Lever) Report {
	t := &table.Table{Title: "Levers", Columns: []table.Column{
		table.Text("part"), table.Text("what"), table.Number("hours"), table.Number("share"), table.Number("orders"), table.Text("advice"),
	}}
	for _, l := range list {
		q := Queue{Resource: l.Resource, Item: l.Item, Cause: l.Cause}
		t.Add(l.For, q.what(), l.Hours, l.Share, l.Orders, l.Advice)
	}
	return Report{t}
}
