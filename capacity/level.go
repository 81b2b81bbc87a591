package capacity

import (
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
)

// A Level is a stretch of time in which a number of units of a resource work,
// all in the same way.
type Level struct {
	calendar.Window
	Units int // at least 1
}

// Levels returns what r has to work with: the working time of its calendar,
// given as a timeline, within the time in which it exists, at its efficiency,
// and less the units under maintenance. Levels are ascending and disjoint; in
// between, nothing works. Levels that touch differ.
//
// It takes O(n + m log m) time for n windows of the timeline and m outages.
func (r *Resource) Levels(t *calendar.Timeline) []Level {
	present := r.present(t.From(), t.To())
	var levels []Level
	for w := range t.Windows() {
		w.Rate = r.rate(w.Rate)
		for len(present) > 0 && !present[0].to.After(w.From) {
			present = present[1:]
		}
		for _, p := range present {
			if !p.from.Before(w.To) {
				break
			}
			part := w
			part.From, part.To = later(w.From, p.from), earlier(w.To, p.to)
			levels = appendLevel(levels, Level{part, p.units})
		}
	}
	return levels
}

// rate applies the efficiency of r to a rate, rounded down, at least 1.
func (r *Resource) rate(rate int) int {
	if r.Efficiency == 0 {
		return rate
	}
	return max(1, rate*r.Efficiency/fullRate)
}

func appendLevel(levels []Level, l Level) []Level {
	if n := len(levels); n > 0 {
		last := &levels[n-1]
		if last.To.Equal(l.From) && last.Units == l.Units && last.Rate == l.Rate && last.Overtime == l.Overtime {
			last.To = l.To
			return levels
		}
	}
	return append(levels, l)
}

// A presence is a stretch of time in which a number of units are there.
type presence struct {
	from, to time.Time
	units    int
}

// present returns when how many units of r are there within [from, to), be it
// working time or not. Stretches without any are left out.
func (r *Resource) present(from, to time.Time) []presence {
	from = later(from, r.From)
	if !r.To.IsZero() {
		to = earlier(to, r.To)
	}
	type change struct {
		at    time.Time
		units int64
	}
	changes := []change{{from, int64(r.Units)}, {to, 0}}
	for _, m := range r.Maintenance {
		if m.From, m.To = later(m.From, from), earlier(m.To, to); m.From.Before(m.To) {
			units := int64(r.Units)
			if m.Units > 0 {
				units = int64(m.Units)
			}
			changes = append(changes, change{m.From, -units}, change{m.To, units})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })

	var found []presence
	there := int64(0)
	for i, c := range changes[:len(changes)-1] {
		there += c.units
		if next := changes[i+1].at; there > 0 && c.at.Before(next) {
			found = append(found, presence{c.at, next, int(there)})
		}
	}
	return found
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
