package standards_test

import (
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/standards"
	"github.com/taktplan/takt/wip"
)

var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

func day(n int) time.Time { return monday.AddDate(0, 0, n) }

// plant makes 1200 pumps in four weeks of five shifts of eight hours, each of a
// shaft, that of half a metre of bar.
func plant() *schedule.Problem {
	minute := time.Minute
	made := func(item schedule.ItemID, shop schedule.ShopID, steps ...schedule.Step) schedule.Routing {
		return schedule.Routing{ID: schedule.RoutingID(item), Item: item, Shop: shop, Steps: steps}
	}
	step := func(id schedule.StepID, machine schedule.ResourceID, setup, piece time.Duration, needs ...schedule.Need) schedule.Step {
		return schedule.Step{ID: id, Pausable: true, Needs: needs,
			Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: machine}}, Setup: setup, PerUnit: piece}}}
	}
	machine := func(id schedule.ResourceID, shop schedule.ShopID) capacity.Resource {
		return capacity.Resource{ID: id, Shop: shop, Units: 4, Calendar: "shift"}
	}
	return &schedule.Problem{
		From: monday, To: day(8 * 7),
		Calendars: []calendar.Calendar{{ID: "shift", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{
			calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour})}}}}},
		Shops:     []schedule.Shop{{ID: "machining"}, {ID: "assembly"}},
		Resources: []capacity.Resource{machine("lathe", "machining"), machine("grinder", "machining"), machine("bench", "assembly")},
		Items: []schedule.Item{{ID: "pump", Cost: 500}, {ID: "shaft", Cost: 60, SafetyTime: 24 * time.Hour * 7 / 5},
			{ID: "bar", Unit: wip.Unit{Code: "m", Decimals: 3}, Cost: 12, Holding: 1}},
		Routings: []schedule.Routing{
			made("pump", "assembly", step("assemble", "bench", 10*minute, 4*minute, schedule.Need{Item: "shaft", Per: 1})),
			made("shaft", "machining",
				step("turn", "lathe", 60*minute, 4*minute, schedule.Need{Item: "bar", Per: 500}),
				step("grind", "grinder", 15*minute, 2*minute)),
		},
		Partners: []schedule.Partner{{ID: "steelyard"}},
		Supplies: []schedule.Supply{{ID: "bar", Item: "bar", Partner: "steelyard", LeadTime: 7 * 24 * time.Hour, FixedCost: 900}},
		Lines:    []schedule.ContractLine{{ID: "L1", Item: "pump", Qty: 1200, Due: day(27)}},
		Norms:    []wip.Norm{{Point: wip.Point{Item: "shaft"}, Min: 10, Target: 20, Max: 100, ShortPrice: 5}},
	}
}

func ExampleDerive() {
	p := plant()
	t, err := standards.Derive(p, standards.FromLines(p, monday, day(28)), standards.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	t.WriteText(os.Stdout)
	for _, s := range t.Shops {
		fmt.Printf("%s: %s, %.0f h, %.0f %% loaded\n", s.Shop, s.Type, s.Work.Hours(), 100*s.LoadFactor)
	}
	// Output:
	// Standards 2026-11-02 to 2026-11-30, 20 working days
	// item   source        need  least lot  period     lot  cycle  lead out  lead in  in work  min  target     max  turnover  safety
	// pump   assembly      1200         48    1.00      60   0.52      0.00     0.52       32    0       0       0         0       0
	// shaft  machining     1200        285    5.00     300   3.91      5.52     9.43      235   60     180     360       120      60
	// bar    supply bar  600000     196397   10.00  300000   5.00     14.43    19.43   150000    0   75000  300000     75000       0
	// machining: mass, 125 h, 10 % loaded
	// assembly: mass, 83 h, 13 % loaded
}

func ExampleApply() {
	p := plant()
	t, _ := standards.Derive(p, standards.FromLines(p, monday, day(28)), standards.Options{})
	q := standards.Apply(p, t)
	shaft := &q.Routings[1]
	fmt.Println(shaft.Lot.Rule, shaft.Lot.Period.Hours()/24, "days, lead time", shaft.LeadTime.Round(time.Hour))
	n := q.Norms[0]
	fmt.Println(n.Point, n.Min, n.Target, n.Max, "at", n.ShortPrice, "a day below; it was", p.Norms[0].Min)
	// Output:
	// period 7 days, lead time 131h0m0s
	// shaft 60 180 360 at 5 a day below; it was 10
}

func ExampleAudit() {
	p := plant()
	t, _ := standards.Derive(p, standards.FromLines(p, monday, day(28)), standards.Options{})
	shaft := wip.Point{Item: "shaft"}
	h := standards.History{From: monday, To: day(28), Opening: []wip.Balance{{Point: shaft, Qty: 40}}, Events: []wip.Event{
		{Key: "1", Kind: wip.Released, At: day(0), Order: "7", Point: shaft, Qty: 100},
		{Key: "2", Kind: wip.Issued, At: day(7), Order: "9", Point: shaft, Qty: 35},
		{Key: "3", Kind: wip.Delivered, At: day(14), Order: "7", Point: shaft, Qty: 100},
	}}
	standards.Audit(p, t, h, 0).WriteText(os.Stdout)
	// Output:
	// Audit of standards
	// item   norm in force  norm derived       lot  lot was  cycle  cycle was  mean stock  below  above  remarks
	// pump   -              -                   60            0.52                   0.00   0.00   0.00
	// shaft  10/20/100      60/180/360         300      100   3.91      10.00       63.75   0.25   0.50  norm differs, lot differs, cycle differs, short, idle
	// bar    -              0/75000/300000  300000            5.00                   0.00   0.00   0.00  no norm
}
