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

// 50 pieces at 6 min were planned for an hour less than they took.
func ExampleProduction_Indicators() {
	i := capacity.Production{
		PlannedBusy: 8 * time.Hour, Busy: 7 * time.Hour, Producing: 6 * time.Hour, Setup: 30 * time.Minute,
		Execution: 10 * time.Hour, Produced: 50, Good: 48, PerPiece: 6 * time.Minute,
	}.Indicators()
	fmt.Printf("A %.3f E %.3f Q %.3f OEE %.3f\n", i.Availability, i.Effectiveness, i.Quality, i.OEE)
	fmt.Printf("%.3f %.3f %.3f %.1f\n", i.UtilisationEfficiency, i.AllocationEfficiency, i.SetupRatio, i.Throughput)
	// Output:
	// A 0.750 E 0.833 Q 0.960 OEE 0.600
	// 0.857 0.875 0.077 5.0
}

func ExampleProductionProcessRatio() {
	fmt.Println(capacity.ProductionProcessRatio([]capacity.Production{
		{Producing: 6 * time.Hour, Execution: 10 * time.Hour}, {Producing: 2 * time.Hour, Execution: 30 * time.Hour},
	}))
	// Output: 0.2
}

func ExampleValidate() {
	fmt.Println(capacity.Validate([]capacity.Resource{{ID: "mill", Units: 0, Calendar: "night"}}, nil, nil))
	// Output:
	// capacity: Resources["mill"].Units: 0 is not from 1 to 1000000 (and 1 more)
}
