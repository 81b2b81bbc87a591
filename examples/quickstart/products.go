package main

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

const (
	minutes = time.Minute
	days    = 24 * time.Hour
)

// sizes are the three families of parts.
var sizes = []struct {
	id     string
	family capacity.Family // that the lathes are set up for
	slower int             // machining time against the smallest, in per cent
}{
	{"50", "small", 100},
	{"80", "medium", 130},
	{"125", "large", 180},
}

// pumps are the products: what they are made of.
var pumps = []struct {
	id, size, motor string
	price           int64
	provisions      []schedule.ProvisionID
}{
	{id: "P50", size: "50", motor: "motor-4", price: 900},
	{id: "P80", size: "80", motor: "motor-4", price: 1400},
	{id: "P80S", size: "80", motor: "motor-11", price: 2100, provisions: []schedule.ProvisionID{"cert-P80S"}},
	{id: "P125", size: "125", motor: "motor-11", price: 2600},
}

func items() []schedule.Item {
	var list []schedule.Item
	for _, p := range pumps {
		list = append(list, schedule.Item{ID: schedule.ItemID(p.id), Cost: p.price / 2, Holding: 1, Provisions: p.provisions})
	}
	lot := schedule.Lot{Minimum: 10, Multiple: 5}
	for _, s := range sizes {
		for _, part := range []string{"rotor", "shaft", "impeller", "casing", "cover"} {
			list = append(list, schedule.Item{ID: schedule.ItemID(part + "-" + s.id), Cost: 80, Lot: lot})
		}
		list = append(list, schedule.Item{ID: schedule.ItemID("casing-blank-" + s.id), Cost: 40})
	}
	metre := wip.Unit{Code: "m", Decimals: 3} // steel bar is counted in millimetres
	return append(list,
		schedule.Item{ID: "bar", Unit: metre, Cost: 12},
		schedule.Item{ID: "impeller-blank", Cost: 25},
		schedule.Item{ID: "cover-blank", Cost: 15},
		schedule.Item{ID: "bearing", Cost: 9},
		schedule.Item{ID: "seal", Cost: 14},
		schedule.Item{ID: "motor-4", Cost: 210},
		schedule.Item{ID: "motor-11", Cost: 480},
		schedule.Item{ID: "bolt", Cost: 1},
	)
}

func supplies() []schedule.Supply {
	buy := func(item schedule.ItemID, partner schedule.PartnerID, lead time.Duration, least wip.Qty) schedule.Supply {
		return schedule.Supply{ID: schedule.SupplyID(item), Item: item, Partner: partner, LeadTime: lead,
			Source: schedule.Source{Lot: schedule.Lot{Minimum: least}}}
	}
	return []schedule.Supply{
		buy("bar", "steelyard", 4*days, 24_000),
		buy("casing-blank-50", "foundry", 12*days, 20),
		buy("casing-blank-80", "foundry", 12*days, 20),
		buy("casing-blank-125", "foundry", 15*days, 10),
		buy("impeller-blank", "foundry", 10*days, 50),
		buy("cover-blank", "foundry", 10*days, 50),
		buy("bearing", "trade", 2*days, 100),
		buy("seal", "trade", 7*days, 50),
		buy("motor-4", "motorco", 14*days, 10),
		buy("motor-11", "motorco", 18*days, 10),
		buy("bolt", "trade", 2*days, 500),
	}
}

func stock() []wip.Balance {
	have := func(item schedule.ItemID, qty wip.Qty) wip.Balance {
		return wip.Balance{Point: wip.Point{Item: item}, Qty: qty}
	}
	return []wip.Balance{
		have("P50", 4), have("shaft-50", 15), have("shaft-80", 12), have("rotor-50", 6),
		have("bar", 60_000), have("casing-blank-50", 60), have("casing-blank-80", 40), have("casing-blank-125", 10),
		have("impeller-blank", 90), have("cover-blank", 120), have("bearing", 300), have("seal", 80),
		have("motor-4", 60), have("motor-11", 15), have("bolt", 2000),
	}
}

// routings: how each part and pump is made. Helpers below keep them readable.
func routings() []schedule.Routing {
	var list []schedule.Routing
	for _, s := range sizes {
		list = append(list, parts(s.id, s.family, s.slower)...)
	}
	for _, p := range pumps {
		list = append(list, pump(p.id, p.size, p.motor))
	}
	return list
}

// parts returns the routings of one size's rotor and its parts.
func parts(size string, family capacity.Family, slower int) []schedule.Routing {
	t := func(m int) time.Duration { return time.Duration(m*slower/100) * minutes }
	lathes := either(20*minutes, t(12), "lathe-1", "lathe-2")
	mills := either(30*minutes, t(15), "mill-1", "mill-2")
	return []schedule.Routing{
		made("shaft-"+size, "machining",
			step("saw", on(5*minutes, 2*minutes, "saw"), need("bar", 450)),
			turned(family, step("turn", lathes)),
			step("grind", on(15*minutes, t(6), "grinder"))),
		made("impeller-"+size, "machining",
			turned(family, step("turn", lathes, need("impeller-blank", 1))),
			outside("balance", "balance", 3*days)),
		made("casing-"+size, "machining",
			step("mill", mills, need(schedule.ItemID("casing-blank-"+size), 1)),
			step("drill", on(10*minutes, t(8), "drill"))),
		made("cover-"+size, "machining",
			step("mill", mills, need("cover-blank", 1)),
			step("drill", on(10*minutes, t(4), "drill"))),
		made("rotor-"+size, "assembly",
			step("press", on(0, t(10), "bench"),
				need(schedule.ItemID("shaft-"+size), 1), need(schedule.ItemID("impeller-"+size), 1), need("bearing", 2))),
	}
}

// pump returns the routing of a pump: assembled by two fitters of whom one
// knows seals, painted in the booth six at a time, tested, packed.
func pump(id, size, motor string) schedule.Routing {
	assemble := schedule.Mode{
		Uses:    []schedule.Use{{Resource: "bench"}, {Resource: "fitters", Units: 2, Skill: "seal"}},
		PerUnit: 40 * minutes,
	}
	paint := schedule.Step{ID: "paint", Batch: 6, Pausable: true,
		Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "booth"}}, Setup: 20 * minutes, PerBatch: 60 * minutes}}}
	dry := schedule.Link{From: "paint", To: "test", MinWait: 12 * time.Hour}
	r := made(id, "test",
		step("assemble", []schedule.Mode{assemble},
			need(schedule.ItemID("rotor-"+size), 1), need(schedule.ItemID("casing-"+size), 1), need(schedule.ItemID("cover-"+size), 1),
			need("seal", 1), need(schedule.ItemID(motor), 1), need("bolt", 8)),
		paint,
		step("test", on(15*minutes, 30*minutes, "stand")),
		step("pack", on(0, 10*minutes, "packing")))
	r.Links = []schedule.Link{{From: "assemble", To: "paint"}, dry, {From: "test", To: "pack"}}
	return r
}

func made(item string, shop schedule.ShopID, steps ...schedule.Step) schedule.Routing {
	return schedule.Routing{ID: schedule.RoutingID(item), Item: schedule.ItemID(item), Shop: shop, Steps: steps}
}

func step(id schedule.StepID, modes []schedule.Mode, needs ...schedule.Need) schedule.Step {
	return schedule.Step{ID: id, Modes: modes, Needs: needs, Pausable: true}
}

func turned(family capacity.Family, s schedule.Step) schedule.Step {
	s.Family = family
	return s
}

func outside(id schedule.StepID, partner schedule.PartnerID, lead time.Duration) schedule.Step {
	return schedule.Step{ID: id, Subcontract: &schedule.Subcontract{Partner: partner, LeadTime: lead, Cost: 12}}
}

func on(setup, perUnit time.Duration, machine schedule.ResourceID) []schedule.Mode {
	return either(setup, perUnit, machine)
}

func either(setup, perUnit time.Duration, machines ...schedule.ResourceID) []schedule.Mode {
	var modes []schedule.Mode
	for _, m := range machines {
		modes = append(modes, schedule.Mode{Uses: []schedule.Use{{Resource: m}}, Setup: setup, PerUnit: perUnit})
	}
	return modes
}

func need(item schedule.ItemID, per wip.Qty) schedule.Need {
	return schedule.Need{Item: item, Per: per}
}

// contracts: five customers, twenty lines.
func contracts() ([]schedule.Contract, []schedule.ContractLine) {
	customers := []struct {
		id, name string
		late     int64 // penalty per pump and day
		lines    []struct {
			item schedule.ItemID
			qty  wip.Qty
			due  int // days from Monday
		}
	}{
		{"C1", "City waterworks", 40, orders{{"P80", 20, 18}, {"P80", 20, 32}, {"P125", 12, 39}, {"P80", 20, 46}}},
		{"C2", "Paper mill", 90, orders{{"P125", 8, 11}, {"P125", 16, 33}, {"P80S", 12, 40}, {"P125", 8, 53}}},
		{"C3", "Dairy", 60, orders{{"P80S", 10, 21}, {"P80S", 10, 35}, {"P50", 16, 25}, {"P80S", 8, 49}}},
		{"C4", "Pump dealer", 10, orders{{"P50", 40, 14}, {"P50", 40, 28}, {"P80", 30, 42}, {"P50", 40, 56}}},
		{"C5", "Shipyard", 120, orders{{"P125", 6, 17}, {"P50", 12, 19}, {"P80", 16, 38}, {"P125", 10, 60}}},
	}
	var list []schedule.Contract
	var lines []schedule.ContractLine
	for _, c := range customers {
		list = append(list, schedule.Contract{ID: schedule.ContractID(c.id), Customer: c.name})
		for i, o := range c.lines {
			lines = append(lines, schedule.ContractLine{
				ID: schedule.LineID(fmt.Sprintf("%s/%d", c.id, i+1)), Contract: schedule.ContractID(c.id),
				Item: o.item, Qty: o.qty, Due: monday.AddDate(0, 0, o.due).Add(14 * time.Hour), Late: c.late, Price: price(o.item),
			})
		}
	}
	return list, lines
}

type orders = []struct {
	item schedule.ItemID
	qty  wip.Qty
	due  int
}

func price(item schedule.ItemID) int64 {
	for _, p := range pumps {
		if schedule.ItemID(p.id) == item {
			return p.price
		}
	}
	return 0
}
