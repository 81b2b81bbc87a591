package main

import (
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A pump works with four shops: blanks are sawn, parts machined, pumps
// assembled and tested. Impellers go out to a partner for balancing. This file
// is all that the planner is told; in your program it would come from the ERP.

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// pumpWorks returns the problem of one Monday morning.
func pumpWorks() *schedule.Problem {
	p := &schedule.Problem{
		Name:      "pump works",
		From:      monday,
		To:        monday.AddDate(0, 0, 10*7),
		Now:       monday.Add(6 * time.Hour),
		Tick:      time.Minute,
		Calendars: calendars(),
		// Turning another family means changing the chucks.
		Changeovers: []capacity.ChangeoverTable{{ID: "chucks", Default: capacity.Changeover{Time: 45 * time.Minute}}},
		Shops: []schedule.Shop{
			{ID: "blanks", Name: "Blanks"},
			{ID: "machining", Name: "Machining"},
			{ID: "assembly", Name: "Assembly"},
			{ID: "test", Name: "Test and dispatch"},
		},
		Resources:  resources(),
		Items:      items(),
		Partners:   partners(),
		Supplies:   supplies(),
		Provisions: []schedule.Provision{{ID: "cert-P80S", Name: "Certificate of the stainless pump", Ready: monday.AddDate(0, 0, 16)}},
		Stock:      stock(),
		Receipts: []schedule.Receipt{
			{ID: "PO-4711", Item: "motor-11", Qty: 12, At: monday.AddDate(0, 0, 4), Partner: "motorco"},
		},
		Orders: []schedule.Order{
			// Released last week: sawn already, now on the lathe.
			{ID: "WO-88", Item: "shaft-80", Routing: "shaft-80", Qty: 30, Status: schedule.Released,
				Steps: []schedule.StepState{
					{Step: "saw", Done: true, Start: monday.Add(-66 * time.Hour), End: monday.Add(-64 * time.Hour), Issued: true},
				}},
		},
		Norms: []wip.Norm{
			{Point: wip.Point{Item: "shaft-50"}, Min: 10, Target: 20, Max: 60},
			{Point: wip.Point{Item: "shaft-80"}, Min: 10, Target: 20, Max: 60},
			{Point: wip.Point{Item: "seal"}, Min: 20, Target: 40, Max: 200},
		},
		Objective: schedule.OnTime(),
	}
	p.Routings = routings()
	p.Contracts, p.Lines = contracts()
	return p
}

// calendars: machining works two shifts, the rest one; there is a holiday.
func calendars() []calendar.Calendar {
	early := calendar.Shift{Name: "early", Start: 6 * time.Hour, End: 14 * time.Hour,
		Breaks: []calendar.Break{{Start: 10 * time.Hour, End: 10*time.Hour + 30*time.Minute}}}
	late := calendar.Shift{Name: "late", Start: 14 * time.Hour, End: 22 * time.Hour,
		Breaks: []calendar.Break{{Start: 18 * time.Hour, End: 18*time.Hour + 30*time.Minute}}}
	holiday := []calendar.Exception{{First: calendar.Date{Year: 2026, Month: time.April, Day: 6}, Note: "Easter Monday"}}
	return []calendar.Calendar{
		{ID: "one-shift", Exceptions: holiday, Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(early)}}}},
		{ID: "two-shifts", Exceptions: holiday, Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(early, late)}}}},
	}
}

func resources() []capacity.Resource {
	machine := func(id capacity.ResourceID, shop capacity.ShopID, cal calendar.ID, perHour int64) capacity.Resource {
		return capacity.Resource{ID: id, Shop: shop, Calendar: cal, Units: 1, CostPerHour: perHour}
	}
	lathe1 := machine("lathe-1", "machining", "two-shifts", 60)
	lathe2 := machine("lathe-2", "machining", "two-shifts", 60)
	for _, lathe := range []*capacity.Resource{&lathe1, &lathe2} {
		lathe.Changeovers = "chucks"
		lathe.SetUpFor = "small"
	}
	mill := machine("mill-1", "machining", "two-shifts", 80)
	mill.Maintenance = []capacity.Outage{
		{From: monday.AddDate(0, 0, 9).Add(6 * time.Hour), To: monday.AddDate(0, 0, 9).Add(14 * time.Hour), Note: "spindle"},
	}
	return []capacity.Resource{
		machine("saw", "blanks", "one-shift", 30),
		lathe1, lathe2, mill,
		machine("mill-2", "machining", "two-shifts", 80),
		machine("drill", "machining", "one-shift", 40),
		machine("grinder", "machining", "two-shifts", 70),
		{ID: "bench", Shop: "assembly", Kind: capacity.MachineGroup, Units: 3, Calendar: "one-shift", CostPerHour: 35},
		{ID: "fitters", Shop: "assembly", Kind: capacity.Labour, Units: 4, Calendar: "one-shift", Skills: []capacity.Skill{"seal"}},
		{ID: "booth", Shop: "assembly", Calendar: "one-shift", Units: 1, CostPerHour: 50},
		{ID: "stand", Shop: "test", Calendar: "one-shift", Units: 1, CostPerHour: 90},
		{ID: "packing", Shop: "test", Kind: capacity.MachineGroup, Units: 2, Calendar: "one-shift", CostPerHour: 25},
	}
}

func partners() []schedule.Partner {
	return []schedule.Partner{
		{ID: "foundry", Name: "Foundry"},
		{ID: "steelyard", Name: "Steel merchant"},
		{ID: "motorco", Name: "Motor works"},
		{ID: "trade", Name: "Technical trade"},
		{ID: "balance", Name: "Balancing service", Capacity: schedule.Limit{Qty: 60, Per: 7 * 24 * time.Hour}},
	}
}
