package wip_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/wip"
)

func ExampleUnit() {
	kg := wip.Unit{Code: "kg", Decimals: 3}
	q, err := kg.Parse("12.375 kg")
	fmt.Println(int64(q), kg.Format(2*q), err)
	_, err = kg.Parse("0.0005 kg")
	fmt.Println(err)
	// Output:
	// 12375 24.750 kg <nil>
	// wip: "0.0005 kg": there are more than 3 decimal places
}

// A third of the lot is enough for this many pumps, and this many castings have
// to be launched for 100 good ones at a yield of 97 %.
func ExampleQty_MulDiv() {
	pumps, _ := wip.Qty(100).MulDiv(1, 3)
	castings, _ := wip.Qty(100).MulDivUp(100, 97)
	fmt.Println(pumps, castings)
	// Output:
	// 33 104
}

func ExampleLedger() {
	at := func(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC) }
	store := wip.Point{Item: "shaft", Place: "store"}

	var l wip.Ledger
	err := l.Append(
		wip.Movement{At: at(0), Point: store, Delta: 60, Ref: "opening"},
		wip.Movement{At: at(8), Point: store, Delta: -45, Ref: "issue 1"},
		wip.Movement{At: at(14), Point: store, Delta: 80, Ref: "lot 7"},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("at noon:", l.Balance(store, at(12)))
	norms := []wip.Norm{{Point: store, Min: 20, Target: 50, Max: 90}}
	for _, b := range l.Breaches(norms, at(0), at(24)) {
		fmt.Println(b.Norm.Point, b.From.Format("15:04"), "to", b.To.Format("15:04"), "short:", b.Short(), "worst:", b.Worst)
	}
	// Everything that is wrong, and nothing posted.
	fmt.Println(l.Append(wip.Movement{At: at(20), Point: store, Delta: -100}, wip.Movement{At: at(1), Point: store}))
	// Output:
	// at noon: 15
	// shaft@store 08:00 to 14:00 short: true worst: 15
	// shaft@store 14:00 to 00:00 short: false worst: 95
	// wip: Movements[0].Delta: takes 100 of 95 (and 2 more)
}

func ExampleNorm_Breaches() {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }
	p := wip.Point{Item: "housing", Place: "assembly"}
	n := wip.Norm{Point: p, Min: 10, Target: 20, Derivation: wip.Derivation{Safety: 10, Cycle: 10}}
	// A plan may take more than there is.
	planned := []wip.Movement{{At: at(24), Point: p, Delta: -30}, {At: at(26), Point: p, Delta: 40}}
	for _, b := range n.Breaches(25, planned, at(23), at(30)) {
		fmt.Println(b.From.Format("2 Jan"), "to", b.To.Format("2 Jan"), "down to", b.Worst)
	}
	// Output:
	// 24 Nov to 26 Nov down to -5
}
