package calendar

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const h = time.Hour

// round the clock in three shifts, and one at night only
var (
	night  = Shift{Name: "night", Start: 22 * h, End: 6 * h}
	early  = Shift{Name: "early", Start: 6 * h, End: 14 * h}
	late   = Shift{Name: "late", Start: 14 * h, End: 22 * h}
	shifts = []Shift{early, late, night}
)

func date(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// An expansion over some days of UTC, as text.
func expand(t *testing.T, c Calendar, first, last string) []string {
	t.Helper()
	tl, err := c.Expand(date(first).midnight(), date(last).Add(1).midnight())
	require.NoError(t, err)
	var lines []string
	for w := range tl.Windows() {
		lines = append(lines, w.From.Format("02 15:04")+"-"+w.To.Format("15:04"))
	}
	return lines
}

func TestClockChanges(t *testing.T) {
	weekly := func(zone string, s ...Shift) Calendar {
		return Calendar{Zone: zone, Patterns: []Pattern{{Weeks: []Week{EveryDay(s...)}}}}
	}
	hours := func(c Calendar, from, to string) time.Duration {
		tl, err := c.Expand(date(from).midnight(), date(to).midnight())
		require.NoError(t, err)
		total := time.Duration(0)
		for from, to := range tl.Intervals() {
			total += to.Sub(from)
		}
		return total
	}
	// The night shift of the change, and the same three days around the clock.
	cases := []struct {
		zone, on string
		night    time.Duration
	}{
		{"Europe/Berlin", "2026-03-28", 7 * h}, {"Europe/Berlin", "2026-10-24", 9 * h},
		{"America/New_York", "2026-03-07", 7 * h}, {"America/New_York", "2026-10-31", 9 * h},
		{"Australia/Sydney", "2026-10-03", 7 * h}, {"Australia/Sydney", "2026-04-04", 9 * h},
		{"America/Santiago", "2026-09-05", 7 * h}, {"America/Santiago", "2026-04-04", 9 * h},
		{"Australia/Lord_Howe", "2026-10-03", 7*h + h/2}, {"Australia/Lord_Howe", "2026-04-04", 8*h + h/2},
		{"Asia/Kolkata", "2026-03-28", 8 * h},
	}
	for _, c := range cases {
		d := date(c.on)
		only := Calendar{Zone: c.zone, Exceptions: []Exception{{First: d, Shifts: []Shift{night}}}}
		assert.Equal(t, c.night, hours(only, d.Add(-2).String(), d.Add(4).String()), "%s %s", c.zone, c.on)
		assert.Equal(t, 6*24*h, hours(weekly(c.zone, shifts...), d.Add(-2).String(), d.Add(4).String()), "three shifts leave no gap and do not overlap")
	}

	// A skipped time is the instant of the change, a repeated one its first.
	odd := Shift{Start: 2*h + h/2, End: 4 * h}
	assert.Equal(t, []string{"28 01:30-03:00", "29 01:00-02:00", "30 00:30-02:00"}, expand(t, weekly("Europe/Berlin", odd), "2026-03-28", "2026-03-30"))
	assert.Equal(t, []string{"24 00:30-02:00", "25 00:30-03:00", "26 01:30-03:00"}, expand(t, weekly("Europe/Berlin", odd), "2026-10-24", "2026-10-26"))
	gone := Shift{Start: 2 * h, End: 3 * h}
	assert.Equal(t, []string{"28 01:00-02:00", "30 00:00-01:00"}, expand(t, weekly("Europe/Berlin", gone), "2026-03-28", "2026-03-30"))
	// Samoa had no 30 December 2011: that day's shift is not worked.
	days := Calendar{Zone: "Pacific/Apia", Exceptions: []Exception{
		{First: date("2011-12-29"), Last: date("2011-12-31"), Shifts: []Shift{{Start: 8 * h, End: 16 * h}}},
	}}
	assert.Equal(t, []string{"29 18:00-02:00", "30 18:00-02:00"}, expand(t, days, "2011-12-27", "2012-01-02"))
}

func TestRotation(t *testing.T) {
	// Three crews rotate backwards; weeks begin on Sunday evening.
	c := Calendar{Patterns: []Pattern{{
		Name: "crew A", Anchor: date("2026-11-22"),
		Weeks: []Week{Workdays(early), Workdays(night), Workdays(late)},
	}}}
	start := func(d string) string {
		tl, err := c.Expand(date(d).midnight(), date(d).midnight().Add(30*h))
		require.NoError(t, err)
		from, _ := tl.Next(date(d).midnight().Add(6 * h))
		return from.Format("15:04")
	}
	assert.Equal(t, "06:00", start("2026-11-23"))
	assert.Equal(t, "22:00", start("2026-11-30"))
	assert.Equal(t, "14:00", start("2026-12-07"))
	assert.Equal(t, "06:00", start("2026-12-14"))
	assert.Equal(t, "14:00", start("2026-11-20"), "it rotates before the anchor too")
	assert.Equal(t, "22:00", start("2026-11-13"))
}

func TestLaterEntriesRule(t *testing.T) {
	c := Calendar{
		Patterns: []Pattern{
			{Weeks: []Week{Workdays(early)}},
			{First: date("2026-11-25"), Last: date("2026-11-26"), Weeks: []Week{Workdays(late)}},
		},
		Exceptions: []Exception{
			{First: date("2026-11-24"), Last: date("2026-11-25")},
			{First: date("2026-11-25"), Shifts: []Shift{night}},
			{First: date("2026-11-23"), Shifts: []Shift{{Start: 14 * h, End: 16 * h, Overtime: true}}, Extra: true},
		},
		Ratings: []Rating{{Rate: 800}, {From: date("2026-11-27").midnight().Add(10 * h), Rate: 500}},
	}
	assert.Equal(t, []string{
		"23 06:00-14:00", "23 14:00-16:00", // and overtime
		"25 22:00-06:00", // 24 closed, 25 replaced again
		"26 14:00-22:00", // second pattern
		"27 06:00-10:00", "27 10:00-14:00",
	}, expand(t, c, "2026-11-23", "2026-11-28"))

	tl, err := c.Expand(date("2026-11-23").midnight(), date("2026-11-28").midnight())
	require.NoError(t, err)
	var ws []Window
	for w := range tl.Windows() {
		ws = append(ws, w)
	}
	assert.Equal(t, []int{800, 800, 800, 800, 800, 500}, []int{ws[0].Rate, ws[1].Rate, ws[2].Rate, ws[3].Rate, ws[4].Rate, ws[5].Rate})
	assert.True(t, ws[1].Overtime)
}

func TestYearly(t *testing.T) {
	christmas := Exception{First: date("2020-12-24"), Last: date("2021-01-01"), Yearly: true}
	leap := Exception{First: date("2024-02-29"), Yearly: true, Shifts: []Shift{early}}
	winter := Exception{First: date("2024-02-20"), Last: date("2024-02-29"), Yearly: true}
	c := Calendar{Patterns: []Pattern{{Weeks: []Week{EveryDay(Shift{Start: 8 * h, End: 9 * h})}}}}

	c.Exceptions = []Exception{christmas}
	assert.Equal(t, []string{"23 08:00-09:00", "02 08:00-09:00"}, expand(t, c, "2030-12-23", "2031-01-02"))
	c.Exceptions = []Exception{leap}
	assert.Equal(t, []string{"28 08:00-09:00", "29 06:00-14:00", "01 08:00-09:00"}, expand(t, c, "2028-02-28", "2028-03-01"))
	assert.Equal(t, []string{"28 08:00-09:00", "01 08:00-09:00"}, expand(t, c, "2027-02-28", "2027-03-01"))
	c.Exceptions = []Exception{winter}
	assert.Equal(t, []string{"01 08:00-09:00"}, expand(t, c, "2027-02-20", "2027-03-01"))
}

func TestCombination(t *testing.T) {
	from, to := date("2026-11-23").midnight(), date("2026-11-24").midnight()
	all := []Calendar{
		{ID: "both", Intersect: []ID{"shop", "power"}},
		{ID: "either", Union: []ID{"shop", "power"}},
		{ID: "own", Patterns: []Pattern{{Weeks: []Week{Workdays(late)}}}, Union: []ID{"shop"}, Intersect: []ID{"power"}},
		{ID: "shop", Patterns: []Pattern{{Weeks: []Week{Workdays(early)}}}},
		{ID: "power", Patterns: []Pattern{{Weeks: []Week{Workdays(Shift{Start: 12 * h, End: 20 * h})}}}},
		{ID: "never"},
		{ID: "slow", Intersect: []ID{"shop"}, Ratings: []Rating{{Rate: 500}}},
	}
	ts, err := Expand(all, from, to)
	require.NoError(t, err)
	var got []time.Duration
	for _, tl := range ts {
		got = append(got, tl.Between(from, to))
	}
	assert.Equal(t, []time.Duration{2 * h, 14 * h, 8 * h, 8 * h, 8 * h, 0, 4 * h}, got)

	_, err = all[0].Expand(from, to)
	assert.Equal(t, []Code{UnknownID, UnknownID}, codes(t, err), "alone it does not know the others")
}

// Each code by the smallest calendar that has just that mistake.
func TestCodes(t *testing.T) {
	year := []time.Time{date("2026-01-01").midnight(), date("2027-01-01").midnight()}
	shift := func(s Shift) []Calendar {
		return []Calendar{{ID: "a", Patterns: []Pattern{{Weeks: []Week{Workdays(s)}}}}}
	}
	exception := func(e Exception) []Calendar { return []Calendar{{ID: "a", Exceptions: []Exception{e}}} }
	cases := []struct {
		code      Code
		path      string
		calendars []Calendar
	}{
		{MissingID, `Calendars[0].ID`, []Calendar{{}}},
		{DuplicateID, `Calendars["a"].ID`, []Calendar{{ID: "a"}, {ID: "a"}}},
		{UnknownID, `Calendars["a"].Union[0]`, []Calendar{{ID: "a", Union: []ID{"b"}}}},
		{UnknownID, `Calendars["a"].Intersect[0]`, []Calendar{{ID: "a", Intersect: []ID{"b"}}}},
		{Cycle, `Calendars["a"]`, []Calendar{{ID: "a", Union: []ID{"b"}}, {ID: "b", Intersect: []ID{"a"}}}},
		{Cycle, `Calendars["a"]`, []Calendar{{ID: "a", Union: []ID{"a"}}}},
		{UnknownZone, `Calendars["a"].Zone`, []Calendar{{ID: "a", Zone: "Europe/Atlantis"}}},
		{UnknownZone, `Calendars["a"].Zone`, []Calendar{{ID: "a", Zone: "Local"}}},
		{UnknownZone, `Calendars["a"].Zone`, []Calendar{{ID: "a", Zone: "../etc/passwd"}}},
		{BadDate, `Calendars["a"].Exceptions[0].First`, exception(Exception{First: Date{2026, 2, 30}})},
		{BadDate, `Calendars["a"].Exceptions[0].First`, exception(Exception{})},
		{BadDate, `Calendars["a"].Patterns[0].Anchor`, []Calendar{{ID: "a", Patterns: []Pattern{{Weeks: make([]Week, 2)}}}}},
		{BadRange, `Calendars["a"].Exceptions[0].Last`, exception(Exception{First: Date{2026, 2, 2}, Last: Date{2026, 2, 1}})},
		{BadRange, `Calendars["a"].Exceptions[0].Last`, exception(Exception{First: Date{2026, 2, 2}, Last: Date{2027, 2, 2}, Yearly: true})},
		{BadRange, `Calendars["a"].Ratings[0].To`, []Calendar{{ID: "a", Ratings: []Rating{{From: year[1], To: year[0], Rate: 1}}}}},
		{BadTime, `Calendars["a"].Patterns[0].Weeks[0][Monday][0].Start`, shift(Shift{Start: 24 * h})[:1]},
		{BadTime, `Calendars["a"].Exceptions[0].Shifts[0].End`, exception(Exception{First: Date{2026, 2, 2}, Shifts: []Shift{{End: -1}}})},
		{BadTime, `Calendars["a"].Exceptions[0].Shifts[0].Breaks[0]`, exception(Exception{First: Date{2026, 2, 2}, Shifts: []Shift{{Start: 6 * h, End: 14 * h, Breaks: []Break{{13 * h, 15 * h}}}}})},
		{BadTime, `Calendars["a"].Exceptions[0].Shifts[0].Breaks[1]`, exception(Exception{First: Date{2026, 2, 2}, Shifts: []Shift{{Start: 6 * h, End: 14 * h, Breaks: []Break{{9 * h, 10 * h}, {8 * h, 9 * h}}}}})},
		{BadTime, `Calendars["a"].Exceptions[0].Shifts[0].Breaks[0].End`, exception(Exception{First: Date{2026, 2, 2}, Shifts: []Shift{{Breaks: []Break{{9 * h, 1 << 62}}}}})},
		{BadRate, `Calendars["a"].Exceptions[0].Shifts[0].Rate`, exception(Exception{First: Date{2026, 2, 2}, Shifts: []Shift{{Rate: 10001}}})},
		{BadRate, `Calendars["a"].Ratings[0].Rate`, []Calendar{{ID: "a", Ratings: []Rating{{}}}}},
		{NoWeeks, `Calendars["a"].Patterns[0].Weeks`, []Calendar{{ID: "a", Patterns: []Pattern{{}}}}},
	}
	for _, c := range cases {
		_, err := Expand(c.calendars, year[0], year[1])
		invalid, ok := err.(*InvalidError)
		if assert.True(t, ok, "%s: %v", c.code, err) {
			same := slices.IndexFunc(invalid.Issues, func(i Issue) bool { return i.Code != c.code }) < 0
			assert.True(t, same, "%s: %v", c.code, invalid.Issues)
			assert.Equal(t, c.path, invalid.Issues[0].Path)
		}
		assert.Equal(t, err, Validate(c.calendars), "Validate and Expand agree")
	}
	for _, horizon := range [][]time.Time{
		{year[1], year[0]}, {year[0], year[0]}, {{}, year[0]}, {year[0], time.Unix(1<<60, 0)},
	} {
		_, err := Expand(nil, horizon[0], horizon[1])
		assert.Equal(t, []Code{BadHorizon}, codes(t, err))
	}
	cycle := Validate([]Calendar{{ID: "a", Union: []ID{"b"}}, {ID: "b", Union: []ID{"c"}}, {ID: "c", Union: []ID{"b"}}})
	assert.EqualError(t, cycle, `calendar: Calendars["b"]: is combined with itself: "b", "c", "b"`)
	assert.NoError(t, (&Calendar{}).Validate())
	assert.Error(t, (&Calendar{Zone: "x"}).Validate())
}

func TestCenturies(t *testing.T) {
	from, to := date("1900-01-01").midnight(), date("2190-01-01").midnight()
	c := Calendar{ID: "c", Zone: "Europe/Berlin", Patterns: []Pattern{{Weeks: []Week{Workdays(shifts...)}}}}
	tl, err := c.Expand(from, to)
	require.NoError(t, err)
	assert.InDelta(t, 290*365.2425/7, tl.Len(), 2, "a window a week")

	if testing.Short() {
		return
	}
	// Data that would take for ever is refused: a pause each second, and a
	// thousand extra shifts on every day.
	busy := Shift{End: 24 * h}
	for s := time.Second; s < 24*h; s += 2 * time.Second {
		busy.Breaks = append(busy.Breaks, Break{s, s + time.Second})
	}
	c.Patterns[0].Weeks = []Week{EveryDay(busy)}
	_, err = c.Expand(from, to)
	assert.Equal(t, []Code{TooManyShifts}, codes(t, err))

	extra := Exception{First: date("1900-01-01"), Last: date("2189-12-31"), Extra: true, Shifts: []Shift{early}}
	_, err = Expand([]Calendar{{ID: "x", Exceptions: slices.Repeat([]Exception{extra}, 1000)}}, from, to)
	assert.Equal(t, []Code{TooManyShifts}, codes(t, err))
}

// Combining over and over again is refused before it takes for ever.
func TestCombiningTooMuch(t *testing.T) {
	c := Calendar{ID: "c", Patterns: []Pattern{{Weeks: []Week{EveryDay(early)}}}}
	all := Calendar{ID: "all", Union: slices.Repeat([]ID{"c"}, 100_000)}
	_, err := Expand([]Calendar{c, all}, date("2000-01-01").midnight(), date("2020-01-01").midnight())
	assert.Equal(t, []Code{TooManyShifts}, codes(t, err))
}

func TestDate(t *testing.T) {
	d := date("2024-02-29")
	assert.Equal(t, "2025-02-28", d.Add(365).String())
	assert.Equal(t, time.Thursday, d.Weekday())
	assert.Equal(t, d, d.day().date())
	assert.Equal(t, d.Weekday(), d.day().weekday())
	assert.Equal(t, date("1900-03-01").Weekday(), date("1900-03-01").day().weekday())
	for _, bad := range []string{"2023-02-29", "24-2-1", "2024-02-29x", " "} {
		var x Date
		assert.Error(t, x.UnmarshalText([]byte(bad)), bad)
	}
	for _, good := range []Date{{}, d} {
		text, _ := good.MarshalText()
		var back Date
		assert.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, good, back)
	}
	assert.False(t, NewDate(2023, 2, 29).Valid())
	assert.Equal(t, -1, d.Compare(NewDate(2024, 3, 1)))
}
