package heuristic_test

import (
	"context"
	"fmt"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

func Example() {
	monday := time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		From: monday, To: monday.AddDate(0, 1, 0), Tick: time.Minute,
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}},
		Items:     []schedule.Item{{ID: "shaft"}, {ID: "bar"}},
		Routings: []schedule.Routing{{ID: "turn a shaft", Item: "shaft", Steps: []schedule.Step{{
			ID:    "turn",
			Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, Setup: 30 * time.Minute, PerUnit: 12 * time.Minute}},
			Needs: []schedule.Need{{Item: "bar", Per: 1}},
		}}}},
		Partners: []schedule.Partner{{ID: "steelyard"}},
		Supplies: []schedule.Supply{{ID: "buy bars", Item: "bar", Partner: "steelyard", LeadTime: 48 * time.Hour}},
		Stock:    []wip.Balance{{Point: wip.Point{Item: "bar"}, Qty: 40}},
		Lines:    []schedule.ContractLine{{ID: "L1", Item: "shaft", Qty: 60, Due: monday.AddDate(0, 0, 3)}},
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	result, err := heuristic.Plan(ctx, p, heuristic.Options{})
	if err != nil {
		fmt.Println(err) // lists every mistake in p
		return
	}
	for _, o := range result.Plan.Orders {
		fmt.Println("release", o.Qty, o.Item, "on", o.Release.Format("Mon 15:04"), "ready", o.End.Format("Mon 15:04"))
	}
	fmt.Println("violations:", len(verify.Check(p, result.Plan)))
	// Output:
	// release 60 shaft on Wed 17:30 ready Thu 06:00
	// violations: 0
}

func ExampleNewBoard() {
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		From: monday, To: monday.AddDate(0, 0, 14),
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}},
		Items:     []schedule.Item{{ID: "shaft"}},
		Routings: []schedule.Routing{{ID: "turning", Item: "shaft", Steps: []schedule.Step{{
			ID: "turn", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, PerUnit: time.Hour}},
		}}}},
		Lines: []schedule.ContractLine{{ID: "L1", Item: "shaft", Qty: 10, Due: monday.AddDate(0, 0, 1)}},
	}
	planned, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	board, err := heuristic.NewBoard(context.Background(), p, planned.Plan, heuristic.Freedom{})
	if err != nil {
		fmt.Println(err)
		return
	}
	offer, err := board.Offer(schedule.ContractLine{ID: "inquiry", Item: "shaft", Qty: 4}, false)
	fmt.Println("4 more on", offer[0].At.Format("Mon 15:04"), err)
	board.Undo()
	err = board.Outage("lathe", capacity.Outage{From: monday.Add(20 * time.Hour), To: monday.Add(26 * time.Hour)}, heuristic.Freedom{})
	for _, c := range board.Changes() {
		fmt.Println(c.Order, c.Step+":", "from", c.Before.Format("Mon 15:04"), "to", c.After.Format("Mon 15:04"), err)
	}
	// Output:
	// 4 more on Mon 04:00 <nil>
	// P1 : from Mon 14:00 to Tue 02:00 <nil>
	// P1 turn: from Mon 14:00 to Tue 02:00 <nil>
}

func ExamplePlan() {
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		From: monday, To: monday.AddDate(0, 0, 14),
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}},
		Items:     []schedule.Item{{ID: "shaft"}, {ID: "bar"}},
		Routings: []schedule.Routing{{ID: "turning", Item: "shaft", Steps: []schedule.Step{{
			ID:    "turn",
			Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, Setup: 30 * time.Minute, PerUnit: 15 * time.Minute}},
			Needs: []schedule.Need{{Item: "bar", Per: 1}},
		}}}},
		Partners: []schedule.Partner{{ID: "steelworks"}},
		Supplies: []schedule.Supply{{ID: "bars", Item: "bar", Partner: "steelworks", LeadTime: 3 * 24 * time.Hour}},
		Lines:    []schedule.ContractLine{{ID: "L1", Item: "shaft", Qty: 10, Due: monday.AddDate(0, 0, 7)}},
	}
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range r.Plan.Purchases {
		fmt.Println("order", b.Qty, b.Item, "on", b.Order.Format("Mon 15:04"))
	}
	for _, o := range r.Plan.Operations {
		fmt.Println(o.Step, "from", o.Start.Format("Mon 15:04"), "to", o.End.Format("Mon 15:04"))
	}
	for _, d := range r.Plan.Deliveries {
		fmt.Println("deliver", d.Qty, "on", d.At.Format("Mon 15:04"))
	}
	// Output:
	// order 10 bar on Thu 21:00
	// turn from Sun 21:00 to Mon 00:00
	// deliver 10 on Mon 00:00
}
