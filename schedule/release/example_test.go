package release_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
)

// pumps is a plant with one lathe, eight hours a day, and a partner who also
// makes pumps, for more money.
func pumps() *schedule.Problem {
	monday := time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)
	due := func(day int) time.Time { return monday.AddDate(0, 0, day).Add(16 * time.Hour) }
	eight := calendar.Shift{Start: 8 * time.Hour, End: 16 * time.Hour}
	return &schedule.Problem{
		From: monday, To: monday.AddDate(0, 0, 14),
		Calendars: []calendar.Calendar{{ID: "day", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.EveryDay(eight)}}}}},
		Resources: []capacity.Resource{{ID: "lathe", Units: 1, Calendar: "day"}},
		Partners:  []schedule.Partner{{ID: "partner"}},
		Items:     []schedule.Item{{ID: "pump", Holding: 1}},
		Routings: []schedule.Routing{
			{ID: "make", Item: "pump", Steps: []schedule.Step{{ID: "turn", Pausable: true, Modes: []schedule.Mode{{
				Uses: []schedule.Use{{Resource: "lathe"}}, PerUnit: 30 * time.Minute}}}}},
			{ID: "give out", Item: "pump", Source: schedule.Source{Priority: 1, Cost: 40}, Steps: []schedule.Step{{ID: "out",
				Subcontract: &schedule.Subcontract{Partner: "partner", LeadTime: 24 * time.Hour}}}},
		},
		Lines: []schedule.ContractLine{
			{ID: "A", Item: "pump", Qty: 30, Due: due(3), Late: 100, Short: 1000, MinShipment: 1},
			{ID: "B", Item: "pump", Qty: 40, Due: due(4), Late: 100, Short: 1000, MinShipment: 1},
		},
		Objective: schedule.Economy(),
	}
}

// An order of usual size takes the lathe two days and a bit, and a tenth of its
// hours is kept for the unforeseen: what it cannot do in time goes to the
// partner, and the prices say what an hour on it would save.
func ExamplePlan() {
	r, err := release.Plan(context.Background(), pumps(), release.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range r.Releases {
		fmt.Printf("%s: %s %.1f\n", r.Cuts[x.Period].Format("Mon"), x.Routing, x.Qty)
	}
	for _, h := range r.Prices.Hours {
		fmt.Printf("one more hour of %v on %s is worth %.2f\n", h.Resources, r.Cuts[h.Period].Format("Mon"), h.Value)
	}
	for _, q := range r.Promises {
		fmt.Printf("%s is promised for %s, and planned for %s\n", q.Line, q.Program.Format("Mon 15:04"), q.Plan.Format("Mon 15:04"))
	}
	// Output:
	// Mon: make 15.9
	// Tue: make 14.2
	// Wed: make 14.4
	// Wed: give out 2.5
	// Thu: give out 25.6
	// one more hour of [lathe] on Tue is worth 78.06
	// one more hour of [lathe] on Wed is worth 81.25
	// one more hour of [lathe] on Thu is worth 67.96
	// A is promised for Thu 16:00, and planned for Thu 16:00
	// B is promised for Fri 16:00, and planned for Fri 16:00
}

// The next morning, with everything done that was planned for the day: the plan
// of the day before is taken up, and nothing of what lies ahead changes.
func ExampleOptions_previous() {
	p := pumps()
	monday, err := release.Plan(context.Background(), p, release.Options{MaxSteps: -1})
	if err != nil {
		fmt.Println(err)
		return
	}
	again, err := release.Plan(context.Background(), p, release.Options{MaxSteps: -1, Previous: monday})
	if err != nil {
		fmt.Println(err)
		return
	}
	n := release.Compare(monday.Plan, again.Plan, p.From, p.To, 24*time.Hour)
	fmt.Printf("%d of %d lots changed\n", n.Changed, n.Planned)
	// Output:
	// 0 of 7 lots changed
}

// What would a second lathe be worth? The program alone answers.
func ExampleSolve() {
	p := pumps()
	one, err := release.Solve(context.Background(), p, release.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	p.Resources[0].Units = 2
	two, err := release.Solve(context.Background(), p, release.Options{Previous: &release.Result{Basis: one.Basis}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f\n", one.Cost-two.Cost)
	// Output:
	// 1092
}

// Plans are made with the lead times that plans turn out to have, here in their
// own finite schedule; a simulation can observe them instead.
func ExampleIterate() {
	rounds, best, err := release.Iterate(context.Background(), pumps(), release.Options{MaxSteps: -1}, release.Iteration{Rounds: 3}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, r := range rounds {
		fmt.Printf("round %d costs %.0f\n", i, r.Observed.Cost)
	}
	fmt.Println("the best is round", best)
	// Output:
	// round 0 costs 1322
	// round 1 costs 669
	// round 2 costs 507
	// the best is round 2
}

func ExampleWriteMPS() {
	var w strings.Builder
	if err := release.WriteMPS(&w, pumps(), release.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range strings.SplitAfter(w.String(), "\n")[:4] {
		fmt.Print(line)
	}
	// Output:
	// NAME  FREE
	// ROWS
	//  N COST
	//  E balance.0.0
}
