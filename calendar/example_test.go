package calendar_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
)

// A works of two shifts in Berlin, closed at Christmas, with overtime to be had
// on Saturdays.
func Example() {
	early := calendar.Shift{
		Start: 6 * time.Hour, End: 14 * time.Hour,
		Breaks: []calendar.Break{{Start: 10 * time.Hour, End: 10*time.Hour + 30*time.Minute}},
	}
	late := calendar.Shift{Start: 14 * time.Hour, End: 22 * time.Hour}
	week := calendar.Workdays(early, late)
	week[time.Saturday] = []calendar.Shift{{Start: 6 * time.Hour, End: 12 * time.Hour, Overtime: true}}

	works := calendar.Calendar{
		ID:       "works",
		Zone:     "Europe/Berlin",
		Patterns: []calendar.Pattern{{Weeks: []calendar.Week{week}}},
		Exceptions: []calendar.Exception{{
			First: calendar.NewDate(2026, time.December, 24), Last: calendar.NewDate(2026, time.December, 26), Yearly: true,
		}},
	}
	from := time.Date(2026, 12, 21, 0, 0, 0, 0, time.UTC)
	t, err := works.Expand(from, from.AddDate(0, 0, 14))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("work in the first week:", t.Between(from, from.AddDate(0, 0, 7)))

	end, _ := t.After(from, 50*time.Hour)
	fmt.Println("50 hours are done:", end)
	start, _ := t.Before(end, 50*time.Hour)
	fmt.Println("and must begin:", start)
	// Output:
	// work in the first week: 46h30m0s
	// 50 hours are done: 2026-12-28 08:30:00 +0000 UTC
	// and must begin: 2026-12-21 05:00:00 +0000 UTC
}
