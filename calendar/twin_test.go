package calendar

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// twin works out minute by minute what a calendar without combinations means,
// straight from the documentation and by no arithmetic of the package: it
// reads the clock on the wall, which it keeps from going back.
type twin struct {
	c       *Calendar
	loc     *time.Location
	highest int64 // wall-clock minutes since 1970 that have been shown
	dates   map[int64][]Shift
}

// minute returns the kind of work in the minute that starts at t, or false.
// It must be called for minute after minute.
func (tw *twin) minute(t time.Time) (kind, bool) {
	local := t.In(tw.loc)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC).Unix() / 60
	tw.highest = max(tw.highest, wall)

	var best kind
	works := false
	for back := 0; back <= 1; back++ { // shifts of today and of yesterday
		midnight := tw.highest/(24*60) - int64(back)
		if _, ok := tw.dates[midnight]; !ok {
			tw.dates[midnight] = tw.shifts(DateOf(time.Unix(midnight*secondsPerDay, 0).UTC()))
		}
		since := time.Duration(tw.highest-midnight*24*60) * time.Minute
		for _, s := range tw.dates[midnight] {
			k := kind{int32(s.Rate), s.Overtime}
			if k.rate == 0 {
				k.rate = 1000
			}
			cheaper, faster := best.overtime && !k.overtime, best.overtime == k.overtime && k.rate > best.rate
			if worked(s, since) && (!works || cheaper || faster) {
				best, works = k, true
			}
		}
	}
	for i := len(tw.c.Ratings) - 1; i >= 0; i-- {
		r := tw.c.Ratings[i]
		if (r.From.IsZero() || !t.Before(r.From)) && (r.To.IsZero() || t.Before(r.To)) {
			best.rate = max(1, best.rate*int32(r.Rate)/1000)
			break
		}
	}
	return best, works
}

// worked reports whether s works at some time since the midnight before it.
func worked(s Shift, since time.Duration) bool {
	end := s.End
	if end <= s.Start {
		end += 24 * time.Hour
	}
	if since < s.Start || since >= end {
		return false
	}
	for _, b := range s.Breaks {
		from, to := b.Start, b.End
		if from < s.Start {
			from += 24 * time.Hour
		}
		for to <= from {
			to += 24 * time.Hour
		}
		if from <= since && since < to {
			return false
		}
	}
	return true
}

// shifts returns those that start on a date.
func (tw *twin) shifts(d Date) []Shift {
	var shifts []Shift
	for _, p := range tw.c.Patterns {
		if d.Compare(p.First) >= 0 && (p.Last.IsZero() || d.Compare(p.Last) <= 0) {
			weeks := 0
			for a := p.Anchor; len(p.Weeks) > 1 && a.Compare(d) <= 0; a = a.Add(1) {
				if a != p.Anchor && a.Weekday() == p.Anchor.Weekday() {
					weeks++
				}
			}
			shifts = p.Weeks[weeks%len(p.Weeks)][d.Weekday()]
		}
	}
	for _, e := range tw.c.Exceptions {
		if !e.Extra && tw.on(e, d) {
			shifts = e.Shifts
		}
	}
	shifts = append([]Shift(nil), shifts...)
	for _, e := range tw.c.Exceptions {
		if e.Extra && tw.on(e, d) {
			shifts = append(shifts, e.Shifts...)
		}
	}
	return shifts
}

func (tw *twin) on(e Exception, d Date) bool {
	last := e.Last
	if last.IsZero() {
		last = e.First
	}
	if !e.Yearly {
		return d.Compare(e.First) >= 0 && d.Compare(last) <= 0
	}
	for y := d.Year - 1; y <= d.Year; y++ {
		f, l := Date{y, e.First.Month, e.First.Day}, Date{y + last.Year - e.First.Year, last.Month, last.Day}
		if f.Valid() && d.Compare(f) >= 0 && d.Compare(l) <= 0 {
			return true
		}
	}
	return false
}

// changes are weeks in which clocks change, in both directions and both
// hemispheres, by an hour, by half an hour, at midnight and not at all, or in
// which a whole day is skipped.
var changes = []struct{ zone, day string }{
	{"Europe/Berlin", "2026-03-29"}, {"Europe/Berlin", "2026-10-25"},
	{"America/New_York", "2026-03-08"}, {"America/New_York", "2026-11-01"},
	{"Australia/Sydney", "2026-04-05"}, {"Australia/Sydney", "2026-10-04"},
	{"America/Santiago", "2026-04-05"}, {"America/Santiago", "2026-09-06"},
	{"Australia/Lord_Howe", "2026-04-05"}, {"Australia/Lord_Howe", "2026-10-04"},
	{"Asia/Kolkata", "2026-03-29"}, {"", "2026-10-25"},
	{"Asia/Beirut", "2022-03-27"}, {"Pacific/Apia", "2011-12-30"},
	{"America/St_Johns", "2010-11-07"}, {"Africa/Casablanca", "2026-02-15"},
	// By the rule, beyond the table.
	{"Europe/Berlin", "2070-03-30"}, {"Europe/Berlin", "2040-12-31"}, {"Australia/Sydney", "2044-12-31"},
}

func TestExpandAgainstMinutes(t *testing.T) {
	for _, ch := range changes {
		t.Run(fmt.Sprint(ch.zone, ch.day), func(t *testing.T) {
			loc, err := time.LoadLocation(ch.zone)
			require.NoError(t, err)
			middle, err := ParseDate(ch.day)
			require.NoError(t, err)
			for seed := range uint64(8) {
				c := randomCalendar(rand.New(rand.NewPCG(seed, 7)), ch.zone, middle)
				from := middle.Add(-4).midnight()
				to := middle.Add(4).midnight()
				got, err := c.Expand(from, to)
				require.NoError(t, err)
				checkMinutes(t, got, &twin{c: c, loc: loc, dates: map[int64][]Shift{}}, from, to)
			}
		})
	}
}

func checkMinutes(t *testing.T, got *Timeline, tw *twin, from, to time.Time) {
	t.Helper()
	for m := from.AddDate(0, 0, -3); m.Before(from); m = m.Add(time.Minute) {
		tw.minute(m)
	}
	var want []window
	for m := from; m.Before(to); m = m.Add(time.Minute) {
		if k, ok := tw.minute(m); ok {
			want = appendWindow(want, window{from: m.UnixNano(), to: m.Add(time.Minute).UnixNano(), kind: k})
		}
	}
	for i := range got.windows {
		got.windows[i].before = 0
	}
	require.Equal(t, want, got.windows)
}

// randomCalendar returns a valid calendar with something of everything around
// a day.
func randomCalendar(r *rand.Rand, zone string, middle Date) *Calendar {
	c := &Calendar{ID: "c", Zone: zone}
	for range 1 + r.IntN(3) {
		p := Pattern{Anchor: middle.Add(-20 - r.IntN(20)), Weeks: make([]Week, 1+r.IntN(3))}
		if r.IntN(2) == 0 {
			p.First = middle.Add(r.IntN(7) - 3)
		}
		if r.IntN(3) == 0 {
			p.Last = middle.Add(3 + r.IntN(3))
		}
		for i := range p.Weeks {
			for d := range p.Weeks[i] {
				p.Weeks[i][d] = randomShifts(r, r.IntN(3))
			}
		}
		c.Patterns = append(c.Patterns, p)
	}
	for range r.IntN(4) {
		e := Exception{First: middle.Add(r.IntN(7) - 3), Extra: r.IntN(2) == 0, Shifts: randomShifts(r, r.IntN(3))}
		if r.IntN(2) == 0 {
			e.Last = e.First.Add(r.IntN(3))
		}
		if r.IntN(4) == 0 {
			e.Yearly = true
			e.First.Year -= 3
			if !e.Last.IsZero() {
				e.Last.Year -= 3
			}
		}
		if e.First.Valid() && (e.Last.IsZero() || e.Last.Valid()) {
			c.Exceptions = append(c.Exceptions, e)
		}
	}
	for range r.IntN(3) {
		from := middle.midnight().Add(time.Duration(r.IntN(6*24*60)-3*24*60) * time.Minute)
		c.Ratings = append(c.Ratings, Rating{From: from, To: from.Add(time.Duration(1+r.IntN(3000)) * time.Minute), Rate: 1 + r.IntN(1500)})
	}
	return c
}

func randomShifts(r *rand.Rand, n int) []Shift {
	clock := func(limit int) time.Duration { return time.Duration(r.IntN(limit)) * 30 * time.Minute }
	var shifts []Shift
	for range n {
		s := Shift{Start: clock(48), End: clock(49), Overtime: r.IntN(3) == 0}
		if r.IntN(3) == 0 {
			s.Rate = 100 * (1 + r.IntN(15))
		}
		start, end := s.bounds()
		for at := start + clock(6); len(s.Breaks) < 3 && at+15*time.Minute <= end; at += time.Hour + clock(6) {
			day := 24 * time.Hour
			s.Breaks = append(s.Breaks, Break{at % day, (at + 15*time.Minute) % day})
		}
		shifts = append(shifts, s)
	}
	return shifts
}
