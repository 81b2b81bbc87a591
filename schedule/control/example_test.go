package control_test

import (
	"context"
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

var (
	start = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	shop  = pumps()
	plan  = first(shop)
)

// pumps is a works with a lathe, and a mill in two copies of which the second is
// slower, that makes housings and shafts for two customers.
func pumps() *schedule.Problem {
	hours := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	two := calendar.EveryDay(calendar.Shift{Start: hours(6), End: hours(14)}, calendar.Shift{Start: hours(14), End: hours(22)},
		calendar.Shift{Start: hours(22), End: hours(24), Overtime: true})
	use := func(id schedule.ResourceID) []schedule.Use { return []schedule.Use{{Resource: id}} }
	return &schedule.Problem{
		From: start, To: start.AddDate(0, 0, 30), Tick: time.Minute,
		Calendars: []calendar.Calendar{{ID: "two shifts", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{two}}}}},
		Resources: []capacity.Resource{
			{ID: "lathe", Units: 1, Calendar: "two shifts"},
			{ID: "mill", Units: 1, Calendar: "two shifts"},
			{ID: "old mill", Units: 1, Calendar: "two shifts"},
		},
		Items: []schedule.Item{{ID: "housing"}, {ID: "shaft"}, {ID: "bar"}},
		Routings: []schedule.Routing{
			{ID: "housing", Item: "housing", Steps: []schedule.Step{{ID: "mill", Modes: []schedule.Mode{
				{Uses: use("mill"), PerUnit: hours(1)},
				{Uses: use("old mill"), PerUnit: 80 * time.Minute, Priority: 1},
			}}}},
			{ID: "shaft", Item: "shaft", Steps: []schedule.Step{{
				ID: "turn", Modes: []schedule.Mode{{Uses: use("lathe"), Setup: hours(1), PerUnit: 30 * time.Minute}},
				Needs: []schedule.Need{{Item: "bar", Per: 1}},
			}}},
		},
		Partners:  []schedule.Partner{{ID: "steelworks"}},
		Supplies:  []schedule.Supply{{ID: "bars", Item: "bar", Partner: "steelworks", LeadTime: hours(48)}},
		Stock:     []wip.Balance{{Point: wip.Point{Item: "bar"}, Qty: 10}},
		Contracts: []schedule.Contract{{ID: "C1", Customer: "Waterworks"}, {ID: "C2", Customer: "Dairy"}},
		Lines: []schedule.ContractLine{
			{ID: "L1", Contract: "C1", Item: "housing", Qty: 8, Due: start.Add(hours(12))},
			{ID: "L2", Contract: "C2", Item: "housing", Qty: 6, Due: start.Add(hours(30))},
			{ID: "L3", Contract: "C1", Item: "shaft", Qty: 10, Due: start.Add(hours(16))},
		},
	}
}

func first(p *schedule.Problem) *schedule.Plan {
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 100})
	if err != nil {
		panic(err)
	}
	return r.Plan
}

// At one o'clock the mill is down in the middle of a lot, of which nobody has
// reported more than two pieces.
var state = &wip.State{
	At:       start.Add(7 * time.Hour),
	Stock:    []wip.Balance{{Point: wip.Point{Item: "bar"}, Qty: 10}},
	Orders:   []wip.OrderState{{Order: "P1", Point: wip.Point{Item: "housing"}, Qty: 8, Released: start}},
	Progress: []wip.StepState{{Progress: wip.Progress{Order: "P1", Step: "mill", Started: start.Add(4 * time.Hour), Good: 2}}},
	Down:     []wip.Standstill{{Workplace: "mill", Since: start.Add(7 * time.Hour), Cause: "spindle"}},
}

func ExampleReplan() {
	revision, err := control.Replan(context.Background(), shop, plan, state, state.At, control.Options{
		Repair: control.RepairTime([]time.Duration{2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 4 * time.Hour}, 800),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(revision)
	fmt.Println("violations:", len(verify.Check(revision.Problem, revision.Plan)))
	// Output:
	// L1 (Waterworks) is delivered 15h0m later, 2026-03-03 09:00, 15h0m late
	// L2 (Dairy) is delivered 3h0m later, 2026-03-03 15:00, 3h0m late
	// P1/mill takes another time or place from 2026-03-02 10:00
	// P3/mill moves 3h0m later to 2026-03-03 09:00: waits for mill, which is busy, 2026-03-02 10:00 to 2026-03-03 09:00
	// release of P3 moves 3h0m later to 2026-03-03 09:00
	// violations: 0
}

func ExamplePresent() {
	now, err := control.Present(shop, plan, state, state.At, 4*time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}
	o := now.Orders[0]
	fmt.Println(o.ID, o.Status, "good pieces:", o.Steps[0].Progress.Good)
	fmt.Println(now.Resources[1].ID, "is down until", now.Resources[1].Maintenance[0].To.Format("Mon 15:04"))
	// Output:
	// P1 released good pieces: 2
	// mill is down until Mon 17:00
}

func ExampleObserve() {
	fmt.Print(control.Table(control.Observe(shop, plan, state, 10*time.Minute)))
	// Output:
	// deviation  object  planned           actual            by  cause
	// down       mill    2026-03-02 13:00  2026-03-02 13:00      spindle
}

func ExampleEarnedProgress() {
	for _, e := range control.EarnedProgress(plan, state) {
		fmt.Println(e.Order, e.Done, "of", e.Whole, "planned", e.Planned, "performance", e.Performance())
	}
	// Output:
	// P1 2h0m0s of 8h0m0s planned 3h0m0s performance 666
	// P2 0s of 6h0m0s planned 0s performance 1000
	// P3 0s of 6h0m0s planned 0s performance 1000
}

func ExampleForecast() {
	list, err := control.Forecast(context.Background(), shop, plan, state, state.At, control.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range list {
		fmt.Println(f.Order, "planned", f.Planned.Format("Mon 15:04"), "expected", f.Expected.Format("Mon 15:04"))
	}
	// Output:
	// P1 planned Mon 18:00 expected Tue 07:00
	// P2 planned Mon 22:00 expected Mon 22:00
	// P3 planned Tue 12:00 expected Tue 13:00
}

func ExampleWatch() {
	rule := control.Rule{Name: "late orders", On: 120, Off: 30}
	var watch control.Watch
	for hour, minutes := range []int64{60, 130, 90, 110, 20} {
		at := start.Add(time.Duration(hour) * time.Hour)
		for _, a := range watch.Look(rule, at, []control.Reading{{Object: "P1", Value: minutes}}) {
			fmt.Println(at.Format("15:04"), a.Object, a.Value, "raised:", a.Raised)
		}
	}
	// Output:
	// 07:00 P1 130 raised: true
	// 10:00 P1 20 raised: false
}

func ExampleDesk() {
	desk, err := control.Open(context.Background(), shop, plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	quote, err := desk.Promise(schedule.ContractLine{ID: "inquiry", Contract: "C2", Item: "shaft", Qty: 12}, false)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("12 shafts on", quote.Deliveries[0].At.Format("Mon 15:04"))

	repair := capacity.Outage{From: start.Add(2 * time.Hour), To: start.Add(9 * time.Hour)}
	for _, extent := range []control.Extent{control.RightShift, control.Reroute} {
		proposal, err := desk.Breakdown("mill", repair, control.Options{Extent: extent})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(extent, "moves", len(proposal.Changes), "and costs", proposal.Hurt)
		for _, e := range proposal.Effects {
			fmt.Println(" ", e)
		}
	}
	fmt.Println(quote.Accept())
	// Output:
	// 12 shafts on Wed 13:00
	// right-shift moves 4 and costs 28666
	//   L1 (Waterworks) is delivered 20h0m later, 2026-03-03 14:00, 20h0m late
	//   L2 (Dairy) is delivered 8h0m later, 2026-03-03 20:00, 8h0m late
	// reroute moves 1 and costs 10888
	//   L1 (Waterworks) is delivered 2h40m later, 2026-03-02 20:40, 2h40m late
	// control: the proposal is not on the desk any more
}

func ExampleDisruption() {
	card, err := control.Disruption(context.Background(), shop, plan, control.Breakdown{
		Resource: "mill", From: start.Add(2 * time.Hour), Until: start.Add(20 * time.Hour),
	}, control.Options{MaxSteps: 100, Change: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(card)
	// Output:
	// mill is down from 2026-03-02 08:00 to 2026-03-03 02:00; 1 operations are hit
	// 1. subcontract: costs 20 more, 2 changes, 0 more lines late, 0 more short
	// 2. full: costs 20 more, 2 changes, 0 more lines late, 0 more short
	// 3. reroute: costs 10898 more, 1 changes, 1 more lines late, 0 more short
	//    L1 (Waterworks) is delivered 2h40m later, 2026-03-02 20:40, 2h40m late
	// 4. overtime: costs 10898 more, 1 changes, 1 more lines late, 0 more short
	//    L1 (Waterworks) is delivered 2h40m later, 2026-03-02 20:40, 2h40m late
	// 5. resequence: costs 18686 more, 2 changes, 1 more lines late, 0 more short
	//    L1 (Waterworks) is delivered 1d 2h0m later, 2026-03-03 20:00, 1d 2h0m late
	// 6. right-shift: costs 28706 more, 4 changes, 2 more lines late, 0 more short
	//    L1 (Waterworks) is delivered 20h0m later, 2026-03-03 14:00, 20h0m late
	//    L2 (Dairy) is delivered 8h0m later, 2026-03-03 20:00, 8h0m late
}

func ExampleCompare() {
	rush := schedule.ContractLine{ID: "rush", Contract: "C2", Item: "housing", Qty: 10, Due: start.Add(24 * time.Hour)}
	assessment, err := control.Compare(context.Background(), shop, []control.Scenario{
		{Name: "as it is"},
		{Name: "rush order", Events: []control.Event{control.RushOrder{Line: rush}}},
		{Name: "rush order and late bars", Events: []control.Event{
			control.RushOrder{Line: rush}, control.LateSupplier{Partner: "steelworks", By: 72 * time.Hour},
		}},
		{Name: "rush order and a second mill", Events: []control.Event{
			control.RushOrder{Line: rush},
			control.NewMachine{Resource: capacity.Resource{ID: "new mill", Units: 1, Calendar: "two shifts"}, Like: "mill"},
		}},
	}, heuristic.Options{MaxSteps: 100, Previous: plan}, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(assessment)
	// Output:
	// scenario  on time  late  short  tardiness  setup  utilisation  WIP  money  cost  changes
	//                       as it is      3/3     0      0              1h0m         30 %  0.7      0     5        0
	//                     rush order      4/4     0      0              1h0m         51 %  1.1      0     7        2
	//       rush order and late bars      4/4     0      0              1h0m         51 %  1.1      0     7        2
	//   rush order and a second mill      4/4     0      0              1h0m         34 %  1.0      0     7        2
}

func ExampleScenario_Apply() {
	p, err := control.Scenario{Name: "quicker", Events: []control.Event{
		control.ShorterSetup{Resource: "lathe", To: 500},
		control.LotSize{Item: "shaft", Lot: schedule.Lot{Multiple: 5}},
		control.ExtraShift{Calendar: "two shifts", First: calendar.Date{Year: 2026, Month: 3, Day: 8}, Shifts: []calendar.Shift{{Start: 0, End: 6 * time.Hour}}},
		control.Cancellation{Line: "L2"},
	}}.Apply(shop)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("setup of a shaft:", p.Routings[1].Steps[0].Modes[0].Setup, "instead of", shop.Routings[1].Steps[0].Modes[0].Setup)
	fmt.Println("L2 is", p.Lines[1].Status, "instead of", shop.Lines[1].Status)
	_, err = control.Scenario{Name: "wrong", Events: []control.Event{control.Cancellation{Line: "L9"}}}.Apply(shop)
	fmt.Println(err)
	// Output:
	// setup of a shaft: 30m0s instead of 1h0m0s
	// L2 is closed instead of firm
	// scenario "wrong": control: unknown line "L9"
}
