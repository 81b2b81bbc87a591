package analysis

import (
	"slices"
	"sort"
	"time"

	"github.com/taktplan/takt/wip"
)

// A stockLine is the stock of a point over time.
type stockLine struct {
	at    []time.Time // ascending
	after []wip.Qty   // the stock from then on
	// opening is the stock when the period starts, before anything is taken
	// at that instant.
	opening wip.Qty
}

func (h *History) line(point wip.Point) *stockLine {
	if h.stock[point] == nil {
		h.stock[point] = &stockLine{}
	}
	return h.stock[point]
}

func (l *stockLine) add(at time.Time, delta wip.Qty) {
	last := wip.Qty(0)
	if n := len(l.after); n > 0 {
		last = l.after[n-1]
	}
	l.at, l.after = append(l.at, at), append(l.after, last+delta)
}

// on returns the stock at an instant, after what happens then.
func (l *stockLine) on(at time.Time) wip.Qty {
	i := sort.Search(len(l.at), func(i int) bool { return l.at[i].After(at) })
	if i == 0 {
		return 0
	}
	return l.after[i-1]
}

// changes returns the instants within (from, to) at which the stock changes.
func (l *stockLine) changes(from, to time.Time) []time.Time {
	i := sort.Search(len(l.at), func(i int) bool { return l.at[i].After(from) })
	k := sort.Search(len(l.at), func(i int) bool { return !l.at[i].Before(to) })
	return slices.Clip(l.at[i:max(i, k)])
}

// missing returns the first need of a step that was not in stock in full at an
// instant before it started, and whether there is one.
func (h *History) missing(s *Step, at time.Time) (wip.Point, wip.Qty, bool) {
	has := !s.issued.IsZero() && !s.issued.After(at)
	if s.step == nil || s.routing == nil || has {
		return wip.Point{}, 0, false
	}
	scale := h.x.Items.Find(s.routing.Item).Scale()
	for i := range s.step.Needs {
		n := &s.step.Needs[i]
		point := h.needPoint(s, i)
		if short := n.Amount(s.Planned.Qty, scale) - h.line(point).on(at); short > 0 {
			return point, short, true
		}
	}
	return wip.Point{}, 0, false
}

func (h *History) needPoint(s *Step, need int) wip.Point {
	n := &s.step.Needs[need]
	point := wip.Point{Item: n.Item, Place: n.Location}
	if shop := h.x.Shops.Find(s.routing.Shop); point.Place == "" && shop != nil {
		point.Place = shop.Location
	}
	return point
}
