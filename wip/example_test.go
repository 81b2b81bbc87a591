package wip_test

import (
	"bytes"
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
		wip.Event{Key: "1", Kind: wip.Adjusted, At: at(0), Point: store, Qty: 60, Cause: "opening"},
		wip.Event{Key: "2", Kind: wip.Issued, At: at(8), Order: "pumps", Point: store, Qty: 45},
		wip.Event{Key: "3", Kind: wip.Reported, At: at(12), Order: "lot 7", Step: "turn", Workplace: "lathe", Qty: 80, Scrap: 2, Spent: 3 * time.Hour},
		wip.Event{Key: "4", Kind: wip.Delivered, At: at(14), Order: "lot 7", Point: store, Qty: 80},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("at noon:", l.Balance(store, at(12)))
	turned, _ := l.Step("lot 7", "turn", at(12))
	fmt.Println("turned:", turned.Good, "good,", turned.Scrap, "scrap, lathe:", l.Spent("lathe", at(12)).Hours(), "h")
	norms := []wip.Norm{{Point: store, Min: 20, Target: 50, Max: 90}}
	for _, b := range l.Breaches(norms, at(0), at(24)) {
		fmt.Println(b.Norm.Point, b.From.Format("15:04"), "to", b.To.Format("15:04"), "short:", b.Short(), "worst:", b.Worst)
	}
	// What is sent twice counts once, and what comes late counts at its time.
	late := wip.Event{Key: "5", Kind: wip.Issued, At: at(9), Order: "spares", Point: store, Qty: 10}
	fmt.Println(l.Append(late), l.Append(late), l.Balance(store, at(12)))
	// Everything that is wrong, and nothing entered.
	fmt.Println(l.Append(
		wip.Event{Key: "6", Kind: wip.Shipped, At: at(20), Point: store},
		wip.Event{Key: "7", Kind: wip.Closed, At: at(21), Order: "lot 7"}))
	// Output:
	// at noon: 15
	// turned: 80 good, 2 scrap, lathe: 3 h
	// shaft@store 08:00 to 14:00 short: true worst: 15
	// shaft@store 14:00 to 00:00 short: false worst: 95
	// <nil> <nil> 5
	// wip: Events[0].Line: is empty, but Shipped needs one (and 1 more)
}

// A storage keeps what a ledger accepts; here another ledger, in memory, stands
// for a table or a file. A snapshot makes opening fast.
func ExampleOpen() {
	var storage wip.Ledger
	l, err := wip.Open(&storage, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	monday := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	steel := wip.Point{Item: "steel", Place: "store"}
	err = l.Append(wip.Event{Key: "1", Kind: wip.Received, At: monday, Receipt: "R1", Point: steel, Qty: 500})
	var snapshot bytes.Buffer
	fmt.Println(err, l.WriteSnapshot(&snapshot))
	fmt.Println(l.Append(wip.Event{Key: "2", Kind: wip.Issued, At: monday.Add(time.Hour), Order: "A", Point: steel, Qty: 200}))

	again, err := wip.Open(&storage, &snapshot)
	fmt.Println(err, again.Len(), again.Balance(steel, monday.Add(time.Hour)))
	// Output:
	// <nil> <nil>
	// <nil>
	// <nil> 2 300
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
