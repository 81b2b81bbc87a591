package main

import (
	"strings"
	"testing"
	"time"

	"github.com/taktplan/takt/calendar"
)

func TestSample(t *testing.T) {
	var out strings.Builder
	if err := run(nil, &out); err != nil {
		t.Fatal(err)
	}
	// The wall shows 14:00 before and after the clocks go back.
	want := `Tue 2026-10-13 14:00 CEST to 18:00 CEST
Tue 2026-10-27 14:00 CET to 18:00 CET
Tue 2026-11-10 14:00 CET to 18:00 CET
Tue 2026-12-08 14:00 CET to 18:00 CET
Tue 2026-12-22 14:00 CET to 18:00 CET
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

// dates lists what a rule yields in 2026, day and hour.
func dates(t *testing.T, text string) string {
	t.Helper()
	r, err := Parse(text, calendar.NewDate(2026, 1, 1), calendar.NewDate(2026, 12, 31))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, x := range r.Times {
		found = append(found, x.Format("0102T15"))
	}
	return strings.Join(found, " ")
}

func TestRules(t *testing.T) {
	for _, c := range []struct{ name, rule, want string }{
		{"last Monday of May", "DTSTART:20250101T000000\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "0525T00"},
		{"the end is in UTC: local 7:00", "DTSTART;TZID=America/New_York:20260105T070000\nRRULE:FREQ=DAILY;UNTIL=20260106T120000Z", "0105T07 0106T07"},
		{"and an hour earlier excludes the day", "DTSTART;TZID=America/New_York:20260105T070000\nRRULE:FREQ=DAILY;UNTIL=20260106T110000Z;INTERVAL=1", "0105T07"},
		{"count", "DTSTART:20260105T060000\nRRULE:FREQ=DAILY;COUNT=2", "0105T06 0106T06"},
		{"added and excluded dates", "DTSTART:20260105T060000\nRRULE:FREQ=DAILY;COUNT=2\nRDATE:20260201T060000\nEXDATE:20260105T060000", "0106T06 0201T06"},
		{"a skipped time stays on the wall", "DTSTART;TZID=Europe/Berlin:20260328T020000\nRRULE:FREQ=DAILY;COUNT=2", "0328T02 0329T02"},
	} {
		if got := dates(t, c.rule); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, text := range []string{
		"", "RRULE:FREQ=DAILY", "DTSTART:20260101T000000\nRRULE:FREQ=NEVER", "nonsense",
		"DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY",
		"DTSTART;TZID=Europe/Berlin:20260101T000000\nEXDATE;TZID=Asia/Tokyo:20260101T000000",
		"DTSTART;TZID=Europe/Atlantis:20260101T000000\nRRULE:FREQ=DAILY",
	} {
		if _, err := Parse(text, calendar.NewDate(2026, 1, 1), calendar.NewDate(2026, 12, 31)); err == nil {
			t.Errorf("%q was not refused", text)
		}
	}
}

// A plant is closed on the last Friday of each month, by a rule.
func TestDaysOff(t *testing.T) {
	first, last := calendar.NewDate(2026, 1, 1), calendar.NewDate(2026, 12, 31)
	r, err := Parse("DTSTART:20260101T000000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR", first, last)
	if err != nil {
		t.Fatal(err)
	}
	plant := calendar.Calendar{
		Patterns:   []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour})}}},
		Exceptions: r.DaysOff(),
	}
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	tl, err := plant.Expand(from, to)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tl.Between(from, to), (261-12)*8*time.Hour; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
