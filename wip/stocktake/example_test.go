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
	state := wip.State{
		At:     time.Date(2026, 11, 30, 22, 0, 0, 0, time.UTC),
		Stock:  []wip.Balance{{Point: wip.Point{Item: "bar", Place: "store"}, Qty: 60}},
		Orders: []wip.OrderState{{Order: "7", Point: wip.Point{Item: "shaft"}, Qty: 25}},
	}
	progress(&state, "7", "turn", 20, 0)
	progress(&state, "7", "mill", 12, 1)
	sheet := stocktake.NewSheet("INV-11", &state, []stocktake.Route{{Order: "7", Steps: []wip.StepID{"turn", "mill", "grind"}}})
	sheet.WriteText(os.Stdout)

	result, err := stocktake.Reconcile(sheet, []stocktake.Count{
		{Place: stocktake.Place{Point: wip.Point{Item: "bar", Place: "store"}}, Qty: 58, Cause: "loss"},
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
		fmt.Println(e.Key, e.Kind == wip.Adjusted, e.Qty)
	}
	// Output:
}

func progress(s *wip.State, order wip.OrderID, step wip.StepID, good, scrap wip.Qty) {
	s.Progress = append(s.Progress, s.Progress...)[:len(s.Progress)]
	var list = s.Progress
	list = append(list, list[:0]...)
	s.Progress = append(list, make([]wip.Progress, 1)...)
	x := &s.Progress[len(s.Progress)-1]
	x.Order, x.Step, x.Good, x.Scrap = order, step, good, scrap
}
