package release

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

const day = 24 * time.Hour

// Default periods: days, then weeks, then four weeks at a time.
const (
	nearDays = 14
	farWeeks = 24
	// beyond is how long after the last due date periods still matter; the
	// rest of the horizon is one more.
	beyond = 12 * 7 * day
)

// defaultCuts returns the boundaries of periods for a problem: days for two
// weeks, weeks for half a year, then months until some time after the last due
// date, and one period for what remains. They are midnights where From is,
// weeks begin on Mondays, and months are every fourth one, so that from one day
// to the next few boundaries change, and with them little of the releases and
// of the program, which can start from yesterday's. What is left at the end of
// the horizon, if less than half of a period, belongs to the one before.
func defaultCuts(p *schedule.Problem) []time.Time {
	t := p.Times()
	last := t.Now
	for i := range p.Lines {
		if due := p.Lines[i].Due; due.After(last) {
			last = due
		}
	}
	last = last.Add(beyond)
	cuts := []time.Time{t.Now}
	y, m, d := t.Now.In(t.From.Location()).Date()
	today := dayNumber(y, m, d)
	near, far := today+nearDays, today+nearDays+7*farWeeks
	for n := today + 1; ; n++ {
		next := time.Date(y, m, d+n-today, 0, 0, 0, 0, t.From.Location())
		if !next.Before(t.To) || next.After(last) {
			return append(cuts, t.To)
		}
		length := 28 * day
		switch {
		case n <= near:
			length = day
		case n <= far:
			length = 7 * day
		}
		if n%int(length/day) == 0 && t.To.Sub(next) >= length/2 {
			cuts = append(cuts, next)
		}
	}
}

// dayNumber counts days from a Monday of 1970.
func dayNumber(y int, m time.Month, d int) int {
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/(24*60*60)) - 4
}

// ownCuts returns the caller's boundaries that lie inside the horizon, between
// Now and its end.
func ownCuts(p *schedule.Problem, own []time.Time) []time.Time {
	t := p.Times()
	cuts := []time.Time{t.Now, t.To}
	for _, c := range own {
		if c.After(t.Now) && c.Before(t.To) {
			cuts = append(cuts, c)
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	return slices.CompactFunc(cuts, time.Time.Equal)
}

// A grid is the periods as days since Now: period t is [cuts[t], cuts[t+1]).
type grid []float64

func newGrid(now time.Time, cuts []time.Time) grid {
	g := make(grid, len(cuts))
	for i, c := range cuts {
		g[i] = days(c.Sub(now))
	}
	return g
}

func days(d time.Duration) float64 { return float64(d) / float64(day) }

// periods returns how many there are.
func (g grid) periods() int { return len(g) - 1 }

// length returns how long a period is.
func (g grid) length(t int) float64 { return g[t+1] - g[t] }

// at returns the period of an instant; the first or last one if it lies
// outside.
func (g grid) at(instant float64) int {
	n, found := slices.BinarySearch(g, instant)
	if !found {
		n--
	}
	return min(max(n, 0), g.periods()-1)
}

// A share is the part of something that falls into a period.
type share struct {
	period int
	part   float64
}

// shares returns how what is started evenly over period s, and happens after a
// delay, falls into periods. What would happen after the last one is in none. A
// share too small to matter is added to the one before it or after it. The
// delay is not negative.
func (g grid) shares(s int, delay float64) []share {
	from, to := g[s]+delay, g[s+1]+delay
	var list []share
	small := 0.0 // in front of the first share that matters
	for t := g.at(from); t < g.periods() && g[t] < to; t++ {
		part := (min(to, g[t+1]) - max(from, g[t])) / (to - from)
		switch {
		case part > leastShare:
			list = append(list, share{t, part + small})
			small = 0
		case len(list) > 0:
			list[len(list)-1].part += max(0, part)
		default:
			small += max(0, part)
		}
	}
	return list
}

// leastShare is the least that counts by itself. Entries that are much smaller
// than others make bad pivots, and move a hundredth of a release by a period.
const leastShare = 0.01
