package simulate_test

import (
	"context"
	"fmt"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
)

// A plan that is tight on a lathe, in a calm world and in ones where work varies
// and the lathe breaks down.
func ExampleRun() {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		From: monday, To: monday.AddDate(0, 0, 14),
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}},
		Items:     []schedule.Item{{ID: "shaft"}},
		Routings: []schedule.Routing{{ID: "turn", Item: "shaft", Steps: []schedule.Step{{
			ID: "turn", Pausable: true, Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, PerUnit: time.Hour}},
		}}}},
	}
	plan := &schedule.Plan{}
	for i := range 20 {
		at := monday.Add(time.Duration(i) * 10 * time.Hour)
		order := schedule.PlannedOrder{
			ID: schedule.OrderID(fmt.Sprintf("lot %d", i+1)), Item: "shaft", Routing: "turn", Qty: 9,
			Release: at, Start: at, End: at.Add(9 * time.Hour), Due: at.Add(12 * time.Hour),
		}
		plan.Orders = append(plan.Orders, order)
		plan.Operations = append(plan.Operations, schedule.Operation{Order: order.ID, Step: "turn", Qty: 9, Start: order.Start, End: order.End})
	}

	calm, err := simulate.Run(context.Background(), p, plan, simulate.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("calm: %.0f%% on time\n", 100*calm.Metrics(p.From, p.To).OnTime)

	onTime := 0.0
	const worlds = 100
	for seed := range uint64(worlds) {
		rough, _ := simulate.Run(context.Background(), p, plan, simulate.Options{
			Seed:       seed,
			Work:       simulate.Variation{Shape: simulate.Gamma, CV: 0.2},
			Breakdowns: []simulate.Breakdown{simulate.LongRare("lathe", 0.95, 30*time.Minute)},
		})
		onTime += rough.Metrics(p.From, p.To).OnTime / worlds
	}
	fmt.Printf("rough: %.0f%% on time\n", 100*onTime)
	// Output:
	// calm: 100% on time
	// rough: 60% on time
}

// A plant that is stopped every morning for its plan to be looked at.
func ExamplePlant_Run() {
	p, plan := line(30, 20)
	s, err := simulate.New(p, plan, simulate.Options{Release: simulate.Conwip{Limit: 4}, Rule: simulate.FIFO()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 3 {
		if err := s.Run(context.Background(), s.Now().Add(4*time.Hour)); err != nil {
			fmt.Println(err)
			return
		}
		closed := 0
		for _, o := range s.State().Orders {
			if !o.Closed.IsZero() {
				closed++
			}
		}
		fmt.Println(s.Now().Format("15:04"), "closed:", closed)
		// Here a planner could make another plan, and s.Follow it.
	}
	// Output:
	// 04:00 closed: 8
	// 08:00 closed: 20
	// 12:00 closed: 30
}
