package stocktake_test

import (
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/stocktake"
)

// Twenty pieces of order 7 are turned, twelve of them milled, one of these
// scrapped; the store should hold 60 bars.
func Example() {
	at := func(hour int) time.Time { return time.Date(2026, 11, 30, hour, 0, 0, 0, time.UTC) }
	bar := wip.Point{Item: "bar", Place: "store"}
	ledger := wip.Ledger{}
	err := ledger.Append(
		wip.Event{Key: "1", Kind: wip.Adjusted, At: at(6), Point: bar, Qty: 60, Cause: "opening"},
		wip.Event{Key: "2", Kind: wip.Released, At: at(6), Order: "7", Point: wip.Point{Item: "shaft"}, Qty: 25},
		wip.Event{Key: "3", Kind: wip.Reported, At: at(12), Order: "7", Step: "turn", Qty: 20},
		wip.Event{Key: "4", Kind: wip.Reported, At: at(14), Order: "7", Step: "mill", Qty: 12, Scrap: 1},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	state := ledger.State(at(22))
	routes := []stocktake.Route{{Order: "7", Steps: []wip.StepID{"turn", "mill", "grind"}}}
	sheet := stocktake.NewSheet("INV-11", &state, routes)
	sheet.WriteText(os.Stdout)

	result, err := stocktake.Reconcile(sheet, []stocktake.Count{
		{Place: stocktake.Place{Point: bar}, Qty: 58, Cause: "loss"},
		{Place: stocktake.Place{Order: "7", Step: "turn"}, Qty: 7},
		{Place: stocktake.Place{Order: "7", Step: "mill"}, Qty: 10, Cause: "scrap not reported"},
	}, func(l *stocktake.Line, q wip.Qty) int64 { return 5 * int64(q) })
	if err != nil {
		fmt.Println(err)
		return
	}
	result.WriteText(os.Stdout)
	for _, c := range result.Causes() {
		fmt.Println(c.Name, c.Short)
	}
	for _, e := range result.Events() {
		if e.Kind == wip.Adjusted {
			fmt.Println(e.Key, e.Qty)
		}
	}
	// Posted, the books agree with what was counted.
	if err := ledger.Append(result.Events()...); err != nil {
		fmt.Println(err)
	}
	state = ledger.State(at(22))
	for _, l := range stocktake.NewSheet("check", &state, routes).Lines {
		fmt.Println(l.Place, l.Book)
	}
	// Output:
	// Count sheet INV-11, as of 2026-11-30 22:00
	// place      item   where  counted
	// bar@store  bar    store  ________
	// 7/turn     shaft         ________
	// 7/mill     shaft         ________
	// 7/grind    shaft         ________
	// Stocktake INV-11
	// place      item   book  counted  difference  book value  value  cause
	// bar@store  bar      60       58          -2         300    -10  loss
	// 7/turn     shaft     7        7           0          35      0
	// 7/mill     shaft    12       10          -2          60    -10  scrap not reported
	// loss 10
	// scrap not reported 10
	// INV-11 bar@store -2
	// INV-11 7/mill -2
	// INV-11 7/turn -2
	// bar@store 58
	// 7/turn 7
	// 7/mill 10
	// 7/grind 0
}
