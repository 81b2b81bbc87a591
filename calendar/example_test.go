package calendar_test

import (
	"errors"
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

// A press works when the shop does and the power company lets it; either
// calendar can be changed alone.
func ExampleExpand() {
	shop := calendar.Calendar{ID: "shop", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{
		calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 22 * time.Hour}),
	}}}}
	offPeak := calendar.Calendar{ID: "off-peak", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{
		calendar.EveryDay(calendar.Shift{Start: 20 * time.Hour, End: 8 * time.Hour}),
	}}}}
	press := calendar.Calendar{ID: "press", Intersect: []calendar.ID{"shop", "off-peak"}}

	from := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	ts, err := calendar.Expand([]calendar.Calendar{press, shop, offPeak}, from, from.AddDate(0, 0, 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	for from, to := range ts[0].Intervals() {
		fmt.Println(from.Format("15:04"), "to", to.Format("15:04"))
	}
	// Output:
	// 06:00 to 08:00
	// 20:00 to 22:00
}

// Two crews change between early and late shift every week.
func ExamplePattern() {
	early := calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour}
	late := calendar.Shift{Start: 14 * time.Hour, End: 22 * time.Hour}
	crew := calendar.Calendar{Zone: "Europe/Berlin", Patterns: []calendar.Pattern{{
		Anchor: calendar.NewDate(2026, time.November, 23), // a Monday
		Weeks:  []calendar.Week{calendar.Workdays(early), calendar.Workdays(late)},
	}}}
	from := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	t, err := crew.Expand(from, from.AddDate(0, 0, 21))
	if err != nil {
		fmt.Println(err)
		return
	}
	for week := range 3 {
		start, _ := t.Next(from.AddDate(0, 0, 7*week))
		fmt.Println(start.Format("2 Jan 15:04 MST"))
	}
	// Output:
	// 23 Nov 05:00 UTC
	// 30 Nov 13:00 UTC
	// 7 Dec 05:00 UTC
}

// What a machine has left after its maintenance, and what a person who is there
// part of the time can do on it.
func ExampleDifference() {
	at := func(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC) }
	window := func(from, to, rate int) *calendar.Timeline {
		t, err := calendar.NewTimeline(at(0), at(24), calendar.Window{From: at(from), To: at(to), Rate: rate})
		if err != nil {
			panic(err)
		}
		return t
	}
	machine := calendar.Difference(window(6, 22, 1000), window(10, 12, 1000))
	both := calendar.Intersection(machine, window(8, 16, 800))
	for w := range both.Windows() {
		fmt.Println(w.From.Format("15:04"), "to", w.To.Format("15:04"), "at", w.Rate)
	}
	fmt.Println(both.Between(at(0), at(24)))
	// Output:
	// 08:00 to 10:00 at 800
	// 12:00 to 16:00 at 800
	// 4h48m0s
}

// Everything that is wrong, at once.
func ExampleValidate() {
	err := calendar.Validate([]calendar.Calendar{{
		ID: "mill", Zone: "Europe/Atlantis", Ratings: []calendar.Rating{{Rate: 20_000}}, Union: []calendar.ID{"shop"},
	}})
	var invalid *calendar.InvalidError
	if errors.As(err, &invalid) {
		for _, issue := range invalid.Issues {
			fmt.Println(issue.Code, issue.Path)
		}
	}
	// Output:
	// unknown-zone Calendars["mill"].Zone
	// bad-rate Calendars["mill"].Ratings[0].Rate
	// unknown-id Calendars["mill"].Union[0]
}
