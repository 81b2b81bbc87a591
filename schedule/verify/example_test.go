package verify_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
)

// Two lots are put on one machine by hand, and the second one too early.
func ExampleCheck() {
	at := func(hour, minute int) time.Time { return time.Date(2026, 3, 2, hour, minute, 0, 0, time.UTC) }
	p := &schedule.Problem{
		From: at(6, 0), To: at(22, 0),
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}},
		Items:     []schedule.Item{{ID: "shaft"}},
		Routings: []schedule.Routing{{ID: "turn a shaft", Item: "shaft", Steps: []schedule.Step{{
			ID: "turn", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, PerUnit: 10 * time.Minute}},
		}}}},
	}
	lot := func(id schedule.OrderID, from, to time.Time) schedule.PlannedOrder {
		return schedule.PlannedOrder{ID: id, Item: "shaft", Routing: "turn a shaft", Qty: 6, Release: from, Start: from, End: to}
	}
	turn := func(id schedule.OrderID, from, to time.Time) schedule.Operation {
		return schedule.Operation{Order: id, Step: "turn", Qty: 6, Start: from, End: to}
	}
	plan := &schedule.Plan{
		Orders:     []schedule.PlannedOrder{lot("A", at(8, 0), at(9, 0)), lot("B", at(8, 45), at(9, 45))},
		Operations: []schedule.Operation{turn("A", at(8, 0), at(9, 0)), turn("B", at(8, 45), at(9, 45))},
	}
	plan.Metrics, _ = schedule.Evaluate(p, plan)

	for _, v := range verify.Check(p, plan) {
		fmt.Println(v)
	}
	// Output:
	// overload: order B step turn resource lathe at 2026-03-02T08:45:00Z by 1
}
