package daily_test

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/daily"
	"github.com/taktplan/takt/wip"
)

// Two shops of a pump works: machining turns shafts and mills housings, which a
// cart takes to assembly. The plan was made on Monday morning; it is Tuesday
// now, and Monday did not go as planned.

var (
	monday  = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	morning = on(1, 6, 0)
)

// on returns an instant of a day after Monday.
func on(day, hour, minute int) time.Time {
	return monday.AddDate(0, 0, day).Add(time.Duration(60*hour+minute) * time.Minute)
}

func at(item, place string) wip.Point {
	return wip.Point{Item: wip.ItemID(item), Place: wip.PlaceID(place)}
}

func pumpWorks() *schedule.Problem {
	early := calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour}
	machine := func(id, shop, group string, rate int64) capacity.Resource {
		return capacity.Resource{ID: capacity.ResourceID(id), Shop: capacity.ShopID(shop), Group: group, Units: 1, Calendar: "early", CostPerHour: rate, OvertimePerHour: rate / 2}
	}
	cart, dock, jig := machine("cart", "", "", 20), machine("dock", "assembly", "", 10), machine("jig", "assembly", "", 0)
	cart.Kind, dock.Kind, jig.Kind = capacity.Vehicle, capacity.Dock, capacity.Tool
	return &schedule.Problem{
		Name: "pump works", From: monday, To: on(14, 0, 0), Now: on(0, 6, 0), Tick: time.Minute,
		Calendars: []calendar.Calendar{{ID: "early", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(early)}}}}},
		Locations: []schedule.Location{{ID: "M", Area: 60}, {ID: "A", Area: 200}},
		Shops:     []schedule.Shop{{ID: "machining", Location: "M"}, {ID: "assembly", Location: "A"}},
		Resources: []capacity.Resource{machine("lathe", "machining", "turning", 60), machine("mill", "machining", "milling", 80), machine("bench", "assembly", "", 40), cart, dock, jig},
		Lanes: []schedule.Lane{{ID: "M-A", From: "M", To: "A", Time: 30 * time.Minute, Vehicle: "cart", TripTime: time.Hour, LoadPerTrip: 200,
			ToDock: "dock", Handling: 15 * time.Minute, TripCost: 5}},
		Items: []schedule.Item{
			{ID: "bar", Unit: wip.Unit{Code: "m", Decimals: 3}, Cost: 12}, {ID: "casting", Cost: 40}, {ID: "seal", Cost: 14},
			{ID: "shaft", Cost: 80, Load: 2, Area: 1}, {ID: "housing", Cost: 120, Load: 4, Area: 2}, {ID: "pump", Cost: 450, Provisions: []schedule.ProvisionID{"drawing"}},
		},
		Routings: []schedule.Routing{
			{ID: "shaft", Item: "shaft", Shop: "machining", Steps: []schedule.Step{work("turn", "lathe", 6, need("bar", 450))}},
			{ID: "housing", Item: "housing", Shop: "machining", Steps: []schedule.Step{work("mill", "mill", 12, need("casting", 1))}},
			{ID: "pump", Item: "pump", Shop: "assembly", Steps: []schedule.Step{
				work("assemble", "bench", 15, need("shaft", 1), need("housing", 1), need("seal", 2)), work("test", "bench", 6)}},
		},
		Partners:   []schedule.Partner{{ID: "steelyard"}, {ID: "foundry"}, {ID: "trade"}, {ID: "express"}},
		Supplies:   []schedule.Supply{supply("bar", "steelyard", "M", 12), supply("casting", "foundry", "M", 40), supply("seal", "trade", "A", 14), supply("seal", "express", "A", 25)},
		Provisions: []schedule.Provision{{ID: "drawing", Kind: schedule.Drawing, Ready: on(2, 6, 0)}},
		Stock:      []wip.Balance{{Point: at("bar", "M"), Qty: 60_000}, {Point: at("casting", "M"), Qty: 50}, {Point: at("seal", "A"), Qty: 50}},
		Receipts:   []schedule.Receipt{{ID: "PO-7", Item: "seal", Location: "A", Qty: 100, At: on(0, 12, 0), Partner: "trade"}},
		Contracts:  []schedule.Contract{{ID: "C1", Customer: "Waterworks"}, {ID: "C2", Customer: "Dairy"}},
		Lines: []schedule.ContractLine{
			{ID: "C1/1", Contract: "C1", Item: "pump", Location: "A", Qty: 20, Due: on(2, 14, 0), Price: 900, Late: 40},
			{ID: "C2/1", Contract: "C2", Item: "pump", Location: "A", Qty: 20, Due: on(3, 14, 0), Price: 900, Late: 30},
		},
		Norms: []wip.Norm{
			{Point: at("seal", "A"), Min: 60, Target: 80, Max: 200},
			{Point: at("casting", "M"), Min: 10, Target: 20, Max: 60},
			{Point: at("shaft", "A"), Target: 20, Max: 30},
		},
		Objective: schedule.OnTime(),
	}
}

func work(id, machine string, minutes int, needs ...schedule.Need) schedule.Step {
	uses := []schedule.Use{{Resource: schedule.ResourceID(machine)}}
	if id == "assemble" {
		uses = append(uses, schedule.Use{Resource: "jig"})
	}
	return schedule.Step{ID: schedule.StepID(id), Needs: needs, Pausable: true,
		Modes: []schedule.Mode{{Uses: uses, PerUnit: time.Duration(minutes) * time.Minute}}}
}

func need(item string, per wip.Qty) schedule.Need {
	return schedule.Need{Item: schedule.ItemID(item), Per: per}
}

func supply(item, partner, place string, price int64) schedule.Supply {
	return schedule.Supply{ID: schedule.SupplyID(item + " " + partner), Item: schedule.ItemID(item), Partner: schedule.PartnerID(partner),
		Location: schedule.LocationID(place), LeadTime: 72 * time.Hour, Source: schedule.Source{Cost: price}}
}

// mondaysPlan makes 40 shafts and 40 housings on Monday and pumps of them in two
// orders, for a contract line each.
func mondaysPlan() *schedule.Plan {
	order := func(id, item, shop string, qty wip.Qty, start, end, due time.Time) schedule.PlannedOrder {
		return schedule.PlannedOrder{ID: schedule.OrderID(id), Item: schedule.ItemID(item), Routing: schedule.RoutingID(item), Shop: schedule.ShopID(shop),
			Qty: qty, Release: start, Start: start, End: end, Due: due}
	}
	operation := func(order, step string, qty wip.Qty, start, end, needBy time.Time) schedule.Operation {
		return schedule.Operation{Order: schedule.OrderID(order), Step: schedule.StepID(step), Qty: qty, Start: start, End: end, NeedBy: needBy}
	}
	supplied := func(kind schedule.SupplyKind, id string, by schedule.DemandKind, to, step, item string, qty wip.Qty) schedule.Peg {
		return schedule.Peg{Supply: schedule.SupplyRef{Kind: kind, ID: id}, Demand: schedule.DemandRef{Kind: by, ID: to, Step: schedule.StepID(step)},
			Item: schedule.ItemID(item), Qty: qty}
	}
	return &schedule.Plan{
		Orders: []schedule.PlannedOrder{
			order("H1", "housing", "machining", 40, on(0, 6, 0), on(0, 14, 0), on(1, 6, 0)),
			order("S1", "shaft", "machining", 40, on(0, 6, 0), on(0, 10, 0), on(1, 6, 0)),
			order("P1", "pump", "assembly", 20, on(1, 6, 0), on(1, 13, 0), on(2, 14, 0)),
			order("P2", "pump", "assembly", 20, on(4, 6, 0), on(4, 13, 0), on(3, 14, 0)),
		},
		Operations: []schedule.Operation{
			operation("H1", "mill", 40, on(0, 6, 0), on(0, 14, 0), on(1, 4, 0)),
			operation("S1", "turn", 40, on(0, 6, 0), on(0, 10, 0), on(1, 6, 0)),
			operation("P1", "assemble", 20, on(1, 6, 0), on(1, 11, 0), on(2, 12, 0)),
			operation("P1", "test", 20, on(1, 11, 0), on(1, 13, 0), on(2, 14, 0)),
			operation("P2", "assemble", 20, on(4, 6, 0), on(4, 11, 0), on(3, 12, 0)),
			operation("P2", "test", 20, on(4, 11, 0), on(4, 13, 0), on(3, 14, 0)),
		},
		Transfers: []schedule.Transfer{
			{ID: "T1", Lane: "M-A", Item: "shaft", Qty: 40, Trips: 1, Departure: on(0, 11, 0), Arrive: on(0, 11, 30)},
			{ID: "T2", Lane: "M-A", Item: "housing", Qty: 40, Trips: 1, Departure: on(1, 5, 0), Arrive: on(1, 5, 30)},
		},
		Deliveries: []schedule.Delivery{{Line: "C1/1", Qty: 20, At: on(1, 13, 0)}, {Line: "C2/1", Qty: 20, At: on(4, 13, 0)}},
		Pegs: []schedule.Peg{
			supplied(schedule.FromOrder, "H1", schedule.ForTransfer, "T2", "", "housing", 40),
			supplied(schedule.FromOrder, "S1", schedule.ForTransfer, "T1", "", "shaft", 40),
			supplied(schedule.FromOrder, "P1", schedule.ForLine, "C1/1", "", "pump", 20),
			supplied(schedule.FromOrder, "P2", schedule.ForLine, "C2/1", "", "pump", 20),
			supplied(schedule.FromTransfer, "T1", schedule.ForStep, "P1", "assemble", "shaft", 20),
			supplied(schedule.FromTransfer, "T1", schedule.ForStep, "P2", "assemble", "shaft", 20),
			supplied(schedule.FromTransfer, "T2", schedule.ForStep, "P1", "assemble", "housing", 20),
			supplied(schedule.FromTransfer, "T2", schedule.ForStep, "P2", "assemble", "housing", 20),
		},
		Promises: []schedule.Promise{
			{Line: "C1/1", Due: on(2, 14, 0), Delivered: 20, Last: on(1, 13, 0)},
			{Line: "C2/1", Due: on(3, 14, 0), Delivered: 20, Last: on(4, 13, 0), Why: []schedule.Cause{
				{Kind: schedule.WaitsForMaterial, Item: "seal", Location: "A", Order: "P2", Step: "assemble", From: on(3, 7, 0), To: on(4, 6, 0)},
				{Kind: schedule.WaitsForLeadTime, Item: "seal", Location: "A", Partner: "trade", From: on(1, 6, 0), To: on(4, 6, 0)}}},
		},
	}
}

// mondaysEvents: the lathe broke for two hours and the shafts left late and
// short of one; the mill stands still since noon; the seals did not come.
func mondaysEvents() []wip.Event {
	n := 0
	e := func(kind wip.EventKind, when time.Time, e wip.Event) wip.Event {
		n++
		e.Key, e.Kind, e.At = fmt.Sprint("mes/", n), kind, when
		return e
	}
	return []wip.Event{
		e(wip.Released, on(0, 6, 0), wip.Event{Order: "S1", Point: at("shaft", "M"), Qty: 40}),
		e(wip.Released, on(0, 6, 0), wip.Event{Order: "H1", Point: at("housing", "M"), Qty: 40}),
		e(wip.Issued, on(0, 6, 0), wip.Event{Order: "S1", Step: "turn", Point: at("bar", "M"), Qty: 18_000}),
		e(wip.Issued, on(0, 6, 0), wip.Event{Order: "H1", Step: "mill", Point: at("casting", "M"), Qty: 40}),
		e(wip.Started, on(0, 6, 0), wip.Event{Order: "S1", Step: "turn", Workplace: "lathe", Qty: 40}),
		e(wip.Started, on(0, 6, 0), wip.Event{Order: "H1", Step: "mill", Workplace: "mill", Qty: 40}),
		e(wip.Interrupted, on(0, 8, 0), wip.Event{Workplace: "lathe", Cause: "tool broken", Order: "S1", Step: "turn"}),
		e(wip.Resumed, on(0, 10, 0), wip.Event{Workplace: "lathe"}),
		e(wip.Reported, on(0, 12, 0), wip.Event{Order: "S1", Step: "turn", Workplace: "lathe", Qty: 39, Scrap: 1, Spent: 4 * time.Hour}),
		e(wip.Finished, on(0, 12, 0), wip.Event{Order: "S1", Step: "turn"}),
		e(wip.Delivered, on(0, 12, 0), wip.Event{Order: "S1", Point: at("shaft", "M"), Qty: 39}),
		e(wip.Closed, on(0, 12, 0), wip.Event{Order: "S1"}),
		e(wip.Reported, on(0, 12, 0), wip.Event{Order: "H1", Step: "mill", Workplace: "mill", Qty: 28, Spent: 6 * time.Hour}),
		e(wip.Interrupted, on(0, 12, 0), wip.Event{Workplace: "mill", Cause: "spindle", Order: "H1", Step: "mill"}),
		e(wip.Delivered, on(0, 12, 30), wip.Event{Order: "H1", Point: at("housing", "M"), Qty: 28}),
		e(wip.Loaded, on(0, 13, 0), wip.Event{Workplace: "cart", Point: at("shaft", "M"), Qty: 39}),
		e(wip.Unloaded, on(0, 13, 30), wip.Event{Workplace: "cart", Point: at("shaft", "A"), Qty: 39}),
		e(wip.Loaded, on(1, 5, 0), wip.Event{Workplace: "cart", Point: at("housing", "M"), Qty: 28}),
		e(wip.Unloaded, on(1, 5, 30), wip.Event{Workplace: "cart", Point: at("housing", "A"), Qty: 28}),
	}
}

// tuesday returns the desk on Tuesday morning.
func tuesday() *daily.Desk {
	p := pumpWorks()
	var ledger wip.Ledger
	if err := ledger.Append(append(daily.Opening(p), mondaysEvents()...)...); err != nil {
		panic(err)
	}
	d, err := daily.NewDesk(p, mondaysPlan(), &ledger, morning)
	if err != nil {
		panic(err)
	}
	return d
}
