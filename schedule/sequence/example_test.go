package sequence_test

import (
	"context"
	"fmt"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/sequence"
	"github.com/taktplan/takt/wip"
)

// Somebody planned the long order first, and the short one is late for it.
func ExampleImprove() {
	monday := time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	at := func(hours int) time.Time { return monday.Add(time.Duration(hours) * time.Hour) }
	p := &schedule.Problem{
		From: monday, To: at(100),
		Resources: []capacity.Resource{{ID: "saw", Units: 1}},
		Items:     []schedule.Item{{ID: "beam"}},
		Routings: []schedule.Routing{{ID: "sawing", Item: "beam", Steps: []schedule.Step{
			{ID: "saw", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "saw"}}, PerUnit: time.Hour}}},
		}}},
		Lines: []schedule.ContractLine{
			{ID: "many", Item: "beam", Qty: 8, Due: at(10)},
			{ID: "few", Item: "beam", Qty: 2, Due: at(2)},
		},
	}
	plan := &schedule.Plan{}
	add := func(id schedule.OrderID, line schedule.LineID, qty wip.Qty, from, to int) {
		plan.Orders = append(plan.Orders, schedule.PlannedOrder{ID: id, Item: "beam", Routing: "sawing", Qty: qty,
			Release: at(from), Start: at(from), End: at(to)})
		plan.Operations = append(plan.Operations, schedule.Operation{Order: id, Step: "saw", Qty: qty, Start: at(from), End: at(to)})
		plan.Deliveries = append(plan.Deliveries, schedule.Delivery{Line: line, Qty: qty, At: at(to)})
		plan.Pegs = append(plan.Pegs, schedule.Peg{Item: "beam", Qty: qty,
			Supply: schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(id)}, Demand: schedule.DemandRef{Kind: schedule.ForLine, ID: string(line)}})
	}
	add("1", "many", 8, 0, 8)
	add("2", "few", 2, 8, 10)

	r, err := sequence.Improve(context.Background(), p, plan, sequence.Options{MaxSteps: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range r.Plan.Deliveries {
		fmt.Println(d.Line, d.At.Format("15:04"))
	}
	// Output:
	// few 08:00
	// many 16:00
}
