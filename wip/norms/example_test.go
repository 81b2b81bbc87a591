package norms_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/norms"
)

const day = 24 * time.Hour // of the calendar in which these examples count

// A setup of an hour may take 5 % of the machine's time.
func ExampleSetupShareLot() {
	turn := norms.Operation{Setup: 60 * time.Minute, Piece: 4 * time.Minute}
	total, _ := norms.SetupShareLot(turn, 50, norms.OfTotal)
	run, _ := norms.SetupShareLot(turn, 50, norms.OfRun)
	fmt.Println(total, run)
	_, err := norms.SetupShareLot(norms.Operation{}, 0, norms.OfTotal)
	fmt.Println(err)
	// Output:
	// 285 300
	// wip: o.Piece: 0 is not greater than 0 (and 1 more)
}

func ExampleLeading() {
	ops := []norms.Operation{
		{Setup: 30 * time.Minute, Piece: 6 * time.Minute},
		{Setup: 60 * time.Minute, Piece: 4 * time.Minute},
	}
	leading, _ := norms.Leading(ops)
	fill, _ := norms.ShiftLot(ops, 4*time.Hour) // half a shift of the shortest
	fmt.Println(leading, fill)
	// Output: 1 60
}

func ExampleEconomic_Lot() {
	e := norms.Economic{Demand: 14_400, SetupCost: 1_500, Holding: 3}
	order, _ := e.Lot()
	e.Rate = 57_600
	production, _ := e.Lot()
	fmt.Printf("%.1f %.1f\n", order, production)
	// Output: 3794.7 4381.8
}

func ExampleCommonCycle() {
	r, _ := norms.CommonCycle([]norms.Economic{
		{Demand: 14_400, SetupCost: 1_500, Holding: 3, Rate: 57_600, SetupTime: 0.002},
		{Demand: 6_000, SetupCost: 900, Holding: 5, Rate: 20_000, SetupTime: 0.001},
	})
	fmt.Printf("%.4f, at least %.4f: lots of %.0f and %.0f\n", r.Time, r.Least, r.Lots[0], r.Lots[1])
	// Output: 0.2998, at least 0.0067: lots of 4317 and 1799
}

// 1200 pieces in a month of 20 days, in lots of about 285.
func ExampleLaunchPeriod() {
	series := norms.Series(20, day)
	l, _ := norms.LaunchPeriod(285, norms.Rate{Qty: 1200, Per: 20 * day}, series)
	fmt.Println(l.Exact.Hours()/24, l.Period.Hours()/24, l.Lot)
	// Output: 4.75 5 300
}

func ExampleNest() {
	series := norms.Series(20, day)
	nested, _ := norms.Nest([]time.Duration{4 * day, 2 * day, 5 * day / 2}, series)
	for _, d := range nested {
		fmt.Print(d.Hours()/24, " ")
	}
	// Output: 5 2.5 2.5
}

func ExampleLotCycle() {
	minute := func(n int) norms.Operation { return norms.Operation{Piece: time.Duration(n) * time.Minute} }
	ops := []norms.Operation{minute(4), minute(2), minute(6), minute(4)}
	ops[2].Places = 2
	for _, m := range []norms.Movement{norms.Sequential, norms.Parallel, norms.ParallelSerial} {
		t, _ := norms.LotCycle(ops, 20, 5, m)
		fmt.Print(t.Minutes(), " ")
	}
	c := norms.Cycle{Technological: 155 * time.Minute, Waiting: 4 * 30 * time.Minute}
	working, calendar, _ := norms.Days(c.Total(), 16*time.Hour, 250, 365)
	fmt.Printf("%.3f %.3f", working, calendar)
	// Output: 260 125 155 0.286 0.418
}

func ExampleLeads() {
	stages := []norms.Stage{
		{Cycle: 2 * day, Period: 10 * day, Reserve: day, Feeds: []int{1}}, // blanks
		{Cycle: 6 * day, Period: 5 * day, Reserve: day, Feeds: []int{2}},  // machining
		{Cycle: 3 * day, Period: 5 * day},                                 // assembly
	}
	leads, _ := norms.Leads(stages)
	for _, l := range leads {
		out, in, _ := l.Pieces(norms.Rate{Qty: 60, Per: day})
		fmt.Println(l.Out.Hours()/24, l.In.Hours()/24, out, in)
	}
	// Output:
	// 16 18 960 1080
	// 4 10 240 600
	// 0 3 0 180
}

// Takt 3 min, a service period of 480 min; the second operation is faster and
// works 320 min of it.
func ExampleTurnoverBetween() {
	t, _ := norms.TurnoverBetween(3*time.Minute, 2*time.Minute, []norms.Phase{
		{For: 320 * time.Minute, Feeding: 1, Using: 1},
		{For: 160 * time.Minute, Feeding: 1},
	})
	fmt.Println("norm", t.Norm, "opening", t.Opening)
	for _, p := range t.Curve {
		fmt.Println(p.At, p.Stock)
	}
	// Output:
	// norm 54 opening 54
	// 0s 54
	// 5h20m0s 0
	// 8h0m0s 54
}

// A line of four operations, of which the third has two places.
func ExampleTechnological() {
	ops := []norms.Operation{{Piece: 1}, {Piece: 1}, {Piece: 1, Places: 2}, {Piece: 1}}
	atWork, _ := norms.Technological(ops, 1)
	moving, _ := norms.Transport(len(ops), 5)
	conveyor, _ := norms.OnConveyor(60, 4)
	safety, _ := norms.Safety(norms.Rate{Qty: 1, Per: 3 * time.Minute}, 4*time.Hour)
	fmt.Println(atWork, moving, conveyor, safety)
	// Output: 5 15 15 80
}

// Six days in work at 60 a day: the cycle norm.
func ExampleInWork() {
	n, _ := norms.InWork(wip.Point{Item: "shaft", Place: "machining"}, norms.Rate{Qty: 1200, Per: 20 * day}, 300, 6*day)
	fmt.Println(n.Min, n.Target, n.Max, n.Derivation.Cycle)
	// Output: 300 360 600 360
}

// Lots of 600 come in, lots of 300 go out, and a day's need is kept in reserve.
func ExampleStore_Norm() {
	safety, _ := norms.Safety(norms.Rate{Qty: 1200, Per: 20 * day}, day)
	n, _ := norms.Store{In: 600, Out: 300, Safety: safety}.Norm(wip.Point{Item: "blank", Place: "store"})
	fmt.Println(n.Min, n.Target, n.Max)
	// Output: 60 210 660
}

func ExampleSafetyByCost() {
	missing := []norms.Disturbance{{Qty: 0, Weight: 70}, {Qty: 20, Weight: 15}, {Qty: 50, Weight: 10}, {Qty: 200, Weight: 5}}
	z, _ := norms.SafetyByCost(missing, 9, 1)
	fmt.Println(z)
	// Output: 50
}

func ExampleNewFlowLine() {
	times := []time.Duration{228 * time.Second, 2 * time.Minute, 348 * time.Second}
	l, _ := norms.NewFlowLine(460*time.Minute, 230, 10, times)
	fmt.Println(l.Takt, l.TransferInterval, l.Places)
	fmt.Printf("%.3f %.3f\n", l.Loads, l.Load)
	// Output:
	// 2m0s 20m0s [2 1 3]
	// [0.950 1.000 0.967] 0.967
}

func ExampleBalance() {
	minute := func(n int, after ...int) norms.Task {
		return norms.Task{Time: time.Duration(n) * time.Minute, After: after}
	}
	tasks := []norms.Task{minute(5), minute(3, 0), minute(4, 0), minute(3, 1), minute(6, 2), minute(5, 3, 4)}
	b, _ := norms.Balance(tasks, 10*time.Minute)
	fmt.Println(b.Stations, b.Least)
	fmt.Printf("%.3f\n", b.Efficiency)
	// Output:
	// [[0 2] [1 4] [3 5]] 3
	// 0.867
}

func ExampleTypeOfProduction() {
	t, k, _ := norms.TypeOfProduction(150, 12)
	fmt.Println(t, k)
	// Output: medium series 12.5
}

func ExampleTandem() {
	line := norms.Tandem{Rate: 0.5, Raw: 8}
	fmt.Println(line.CriticalWIP(), line.Best(10), line.Worst(10))
	fmt.Printf("%.4f\n", line.PracticalWorst(10))
	// Output:
	// 4 {0.5 20} {0.125 80}
	// {0.3846 26.0000}
}

func ExampleFailing() {
	for _, f := range []norms.Failing{
		{Time: 15, Variation: 0.0625, Between: 744, Repair: 248, RepairVariation: 1},
		{Time: 15, Variation: 0.0625, Between: 114, Repair: 38, RepairVariation: 1},
	} {
		a, t, v := f.Effective()
		fmt.Printf("%.2f %.0f %.2f\n", a, t, v)
	}
	// Output:
	// 0.75 20 6.26
	// 0.75 20 1.01
}
