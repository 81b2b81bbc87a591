package performance_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
)

func ExampleMeasureRhythm() {
	r, _ := performance.MeasureRhythm([]performance.Interval{{100, 70}, {100, 105}, {100, 125}})
	fmt.Printf("R1 %.2f R2 %.2f R3 %.2f V %.3f R4 %.3f\n", r.WithinPlan, r.ByShare, r.OnPlanDays, r.Variation, r.Steadiness())
	fmt.Printf("R5 %.2f (%.2f below, %.2f above) R6 %.2f\n", r.Arrhythmia, r.Under, r.Over, r.Unrhythmic())
	// The variants differ as soon as the totals do.
	r, _ = performance.MeasureRhythm([]performance.Interval{{100, 80}, {100, 90}, {100, 110}})
	fmt.Printf("R1 %.3f R2 %.3f\n", r.WithinPlan, r.ByShare)
	// Output:
	// R1 0.90 R2 0.90 R3 0.67 V 0.227 R4 0.773
	// R5 0.60 (0.30 below, 0.30 above) R6 0.10
	// R1 0.900 R2 0.940
}

func ExampleByDecade() {
	var days []performance.Day
	for i := range 30 {
		d := performance.Day{Date: calendar.NewDate(2026, 11, 1+i)}
		d.Plan, d.Fact = 10, wip.Qty(5+i/3) // slow first, a rush at the end
		days = append(days, d)
	}
	decades, _ := performance.ByDecade(days)
	for _, d := range decades {
		fmt.Println(d.First, d.Plan, d.Fact)
	}
	daily, _ := performance.MeasureRhythm(performance.Intervals(days))
	ten, _ := performance.MeasureRhythm(performance.Intervals(decades))
	fmt.Printf("R1 by day %.3f, by decade %.3f\n", daily.WithinPlan, ten.WithinPlan)
	// Output:
	// 2026-11-01 100 62
	// 2026-11-11 100 95
	// 2026-11-21 100 128
	// R1 by day 0.850, by decade 0.857
}

func ExampleMeasureFulfilment() {
	f, _ := performance.MeasureFulfilment([]performance.Position{{100, 120, 10}, {200, 180, 5}, {50, 0, 20}})
	fmt.Printf("%.3f %.0f %.3f volume %.2f\n", f.Average, f.Least, f.ByPositions, f.Volume)
	// Output: 0.633 0 0.333 volume 0.70
}

func ExampleCountKits() {
	parts := []performance.Part{{PerKit: 2, Stock: 100}, {PerKit: 1, Stock: 60}, {PerKit: 4, Stock: 180, Expected: 40}}
	k, _ := performance.CountKits(parts)
	fmt.Printf("%d kits, part %d is short, %.3f complete, %.1f days\n", k.Count, k.Limiting+1, k.ByPieces, k.CoverDays(15))
	fmt.Printf("part 3: %.1f days, %d missing for five\n", parts[2].CoverDays(15), parts[2].Deficit(5*15))
	// Output:
	// 45 kits, part 3 is short, 0.926 complete, 3.0 days
	// part 3: 3.0 days, 80 missing for five
}

// The year's sets are numbered by working day; today is day 100.
func ExampleProportionality() {
	parts := []performance.SetPart{
		{Delivered: 2080, PerDay: 20},
		{Delivered: 860, PerDay: 10, Lead: 10},
		{Delivered: 4000, PerDay: 40, Lead: 5},
	}
	for _, i := range performance.Proportionality(parts) {
		fmt.Println(i, parts[i].Day())
	}
	// Output:
	// 1 96
	// 0 104
	// 2 105
}

func ExampleInputOutput() {
	h := func(planned, in, plannedOut, out int) performance.WorkFlow {
		return performance.WorkFlow{
			PlannedIn: time.Duration(planned) * time.Hour, In: time.Duration(in) * time.Hour,
			PlannedOut: time.Duration(plannedOut) * time.Hour, Out: time.Duration(out) * time.Hour,
		}
	}
	states, _ := performance.InputOutput(30*time.Hour, []performance.WorkFlow{
		h(80, 85, 90, 85), h(80, 85, 90, 85), h(100, 85, 90, 80), h(100, 85, 90, 80),
	})
	for _, s := range states {
		fmt.Println(s.InDeviation.Hours(), s.OutDeviation.Hours(), s.Backlog.Hours())
	}
	// Output:
	// 5 -5 30
	// 10 -10 30
	// -5 -20 35
	// -20 -30 40
}

// 40 pieces have a third of the work behind them, 30 have five sixths.
func ExampleEquivalentUnits() {
	e, _ := performance.EquivalentUnits([]performance.Passed{
		{Qty: 40, Unit: 2 * time.Minute}, {Qty: 30, Unit: 3 * time.Minute}, {Qty: 0, Unit: time.Minute},
	}, 120, 1)
	fmt.Printf("%.2f units worth %d\n", e.Units, e.Value)
	// Output: 38.33 units worth 4600
}
