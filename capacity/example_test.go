package capacity_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
)

func day(n, hour int) time.Time { return time.Date(2026, time.November, n, hour, 0, 0, 0, time.UTC) }

var (
	shift = calendar.Calendar{ID: "day", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{
		calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour}),
	}}}}
	resources = []capacity.Resource{
		{ID: "mill", Shop: "machining", Units: 2, Calendar: "day"},
		{ID: "lathe", Shop: "machining", Units: 1, Calendar: "day"},
	}
	loads = []capacity.Load{
		{Resource: "mill", From: day(23, 6), To: day(24, 10)},
		{Resource: "lathe", From: day(23, 6), To: day(24, 14)},
		{Resource: "lathe", From: day(24, 12), To: day(24, 14), Setup: true},
	}
)

// A table of planned hours becomes a load profile and a ranking.
func ExampleProfiles() {
	profiles, err := capacity.Profiles(resources, []calendar.Calendar{shift}, loads, []time.Time{day(23, 0), day(24, 0), day(25, 0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range profiles {
		for _, q := range p.Periods {
			fmt.Printf("%-5s %s %4.0f of %2.0f h %4.0f %%\n",
				p.Resource, q.From.Format("02 Jan"), q.Required.Hours(), q.Available.Hours(), 100*q.LoadFactor())
		}
	}
	worst := capacity.Bottlenecks(profiles)[0]
	fmt.Printf("bottleneck: %s, %.0f h too many\n", worst.Resource, worst.Excess.Hours())
	// Output:
	// mill  23 Nov    8 of 16 h   50 %
	// mill  24 Nov    4 of 16 h   25 %
	// lathe 23 Nov    8 of  8 h  100 %
	// lathe 24 Nov   10 of  8 h  125 %
	// bottleneck: lathe, 2 h too many
}

func ExampleOverloads() {
	overloads, err := capacity.Overloads(resources, loads)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range overloads {
		fmt.Println(o.Resource, o.From.Format("02 15:04"), "to", o.To.Format("15:04"), "by", o.Excess)
	}
	// Output:
	// lathe 24 12:00 to 14:00 by 1
}

func ExampleResource_Levels() {
	r := resources[0]
	r.Maintenance = []capacity.Outage{{From: day(23, 8), To: day(23, 10), Units: 1, Note: "new spindle"}}
	t, err := shift.Expand(day(23, 0), day(24, 0))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range r.Levels(t) {
		fmt.Println(l.From.Format("15:04"), "to", l.To.Format("15:04"), "with", l.Units)
	}
	// Output:
	// 06:00 to 08:00 with 2
	// 08:00 to 10:00 with 1
	// 10:00 to 14:00 with 2
}

func ExampleHaul() {
	h := capacity.Haul{PerDay: 180, Capacity: 5, LoadFactor: 0.8, TripHours: 1.2, Hours: 16, TimeUse: 0.85}
	fmt.Printf("%.2f trips, %.1f t a vehicle, %.0f vehicles\n", h.Trips(), h.PerVehicle(), h.Vehicles())
	// Output:
	// 11.33 trips, 45.3 t a vehicle, 4 vehicles
}

func ExampleValidate() {
	fmt.Println(capacity.Validate([]capacity.Resource{{ID: "mill", Units: 0, Calendar: "night"}}, nil, nil))
	// Output:
	// capacity: Resources["mill"].Units: 0 is not from 1 to 1000000 (and 1 more)
}
