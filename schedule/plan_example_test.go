package schedule_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// pump returns a problem with one shop and one contract line, and a plan for
// it that delivers half a day late.
func pump() (*schedule.Problem, *schedule.Plan) {
	day := func(d, hour int) time.Time { return time.Date(2026, 3, d, hour, 0, 0, 0, time.UTC) }
	p := &schedule.Problem{
		From: day(2, 0), To: day(9, 0),
		Locations: []schedule.Location{{ID: "works"}},
		Shops:     []schedule.Shop{{ID: "assembly", Location: "works"}},
		Resources: []capacity.Resource{{ID: "bench", Units: 1}},
		Items:     []schedule.Item{{ID: "pump"}},
		Routings: []schedule.Routing{{ID: "pump", Item: "pump", Shop: "assembly", Steps: []schedule.Step{{
			ID: "assemble", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "bench"}}, PerUnit: 6 * time.Hour}},
		}}}},
		Contracts: []schedule.Contract{{ID: "C-1"}},
		Lines:     []schedule.ContractLine{{ID: "L-1", Contract: "C-1", Item: "pump", Location: "works", Qty: 4, Due: day(3, 0)}},
	}
	return p, &schedule.Plan{
		Orders: []schedule.PlannedOrder{{
			ID: "P1", Item: "pump", Routing: "pump", Shop: "assembly", Qty: 4,
			Release: day(2, 12), Start: day(2, 12), End: day(3, 12),
		}},
		Operations: []schedule.Operation{{Order: "P1", Step: "assemble", Qty: 4, Start: day(2, 12), End: day(3, 12)}},
		Deliveries: []schedule.Delivery{{Line: "L-1", Qty: 4, At: day(3, 12)}},
		Promises:   []schedule.Promise{{Line: "L-1", Due: day(3, 0), Delivered: 4, Last: day(3, 12)}},
	}
}

func ExampleEvaluate() {
	p, plan := pump()
	m, err := schedule.Evaluate(p, plan)
	fmt.Println(err, m.LateLines, m.Tardiness, m.LateUnitDays, m.Flow)
	// Output: <nil> 1 12h0m0s 2 24h0m0s
}

func ExampleStockProfile() {
	p, plan := pump()
	for _, point := range schedule.StockProfile(p, plan) {
		for _, m := range point.Movements {
			fmt.Println(point.Point, m.At.Format("2 Jan 15:04"), m.Qty, m.Balance)
		}
	}
	// Output:
	// pump@works 3 Mar 12:00 4 4
	// pump@works 3 Mar 12:00 -4 0
}

func ExampleByShop() {
	p, plan := pump()
	for shop, orders := range schedule.ByShop(p, plan) {
		for _, o := range orders {
			fmt.Println(shop, o.ID, o.Release.Format("2 Jan 15:04"))
		}
	}
	// Output: assembly P1 2 Mar 12:00
}

func ExampleByResource() {
	p, plan := pump()
	for resource, operations := range schedule.ByResource(p, plan) {
		fmt.Println(resource, len(operations), operations[0].Step)
	}
	// Output: bench 1 assemble
}

func ExampleByOrder() {
	_, plan := pump()
	for order, operations := range schedule.ByOrder(plan) {
		fmt.Println(order.ID, len(operations))
	}
	// Output: P1 1
}

func ExampleByContract() {
	p, plan := pump()
	for contract, promises := range schedule.ByContract(p, plan) {
		for _, q := range promises {
			fmt.Println(contract, q.Line, q.Late())
		}
	}
	// Output: C-1 L-1 true
}
