package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// The contract shop is ours. Four products are assembled from kits of six parts;
// parts are turned, milled on either of two machines, and ground on the one
// grinder, or bought finished from a partner at a price. Demand is seasonal,
// contracts are of very unequal value, and become known four weeks ahead. Work
// varies, the grinder breaks down, material comes late at times.
const (
	contractWeeks = 20
	warmWeeks     = 5
	tailWeeks     = 3
	knownAhead    = 4 * 7 * 24 * time.Hour
)

// contractWorld is everything that will happen, all lines included.
func contractWorld(seed uint64) *schedule.Problem {
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		Name: "contracts", From: monday, To: monday.AddDate(0, 0, 7*(contractWeeks+tailWeeks)), Tick: time.Minute,
		Calendars: []calendar.Calendar{{ID: "two shifts", Patterns: []calendar.Pattern{{
			Weeks: []calendar.Week{calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 22 * time.Hour})},
		}}}},
		Partners:  []schedule.Partner{{ID: "steel"}, {ID: "grinding works"}},
		Objective: schedule.Objective{Late: 500, Short: 50_000, Flow: 10, Money: 1000},
	}
	for _, id := range []capacity.ResourceID{"lathe", "mill", "old mill", "grinder", "bench"} {
		p.Resources = append(p.Resources, capacity.Resource{ID: id, Units: 1, Calendar: "two shifts"})
	}
	p.Resources[2].Efficiency, p.Resources[4].Units = 700, 2
	contractItems(p)
	contractLines(p, seed)
	return p
}

func contractItems(p *schedule.Problem) {
	use := func(minutes float64, setup int, machines ...capacity.ResourceID) []schedule.Mode {
		var modes []schedule.Mode
		for i, m := range machines {
			modes = append(modes, schedule.Mode{
				Uses: []schedule.Use{{Resource: m}}, Priority: i,
				Setup: time.Duration(setup) * time.Minute, PerUnit: time.Duration(minutes * float64(time.Minute)),
			})
		}
		return modes
	}
	p.Items = append(p.Items, schedule.Item{ID: "blank", Cost: 20, Holding: 1})
	p.Supplies = append(p.Supplies, schedule.Supply{ID: "blanks", Item: "blank", Partner: "steel", LeadTime: 5 * 24 * time.Hour, Source: schedule.Source{
		Cost: 20, Lot: schedule.Lot{Multiple: 50},
	}})
	p.Stock = append(p.Stock, wip.Balance{Point: wip.Point{Item: "blank"}, Qty: 1500})
	for i := range 6 {
		part := schedule.ItemID(fmt.Sprintf("part %d", i+1))
		p.Items = append(p.Items, schedule.Item{ID: part, Cost: 60, Holding: 2, Lot: schedule.Lot{Minimum: 20}})
		p.Stock = append(p.Stock, wip.Balance{Point: wip.Point{Item: part}, Qty: 80})
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(part), Item: part, Steps: []schedule.Step{
			{ID: "turn", Pausable: true, Modes: use(3+0.2*float64(i), 20, "lathe"), Needs: []schedule.Need{{Item: "blank", Per: 1}}},
			{ID: "mill", Pausable: true, Modes: use(4.5-0.2*float64(i), 20, "mill", "old mill")},
			{ID: "grind", Pausable: true, Modes: use(4.3+0.1*float64(i%3), 15, "grinder")},
		}})
		if i%2 == 1 {
			p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(part) + " outside", Item: part, Source: schedule.Source{Priority: 1},
				Steps: []schedule.Step{
					{ID: "turn", Pausable: true, Modes: use(3+0.2*float64(i), 20, "lathe"), Needs: []schedule.Need{{Item: "blank", Per: 1}}},
					{ID: "outside", Subcontract: &schedule.Subcontract{Partner: "grinding works", LeadTime: 6 * 24 * time.Hour, Cost: outsideCost}},
				}})
		}
	}
	for i, kit := range [][]int{{0, 1, 2}, {1, 3}, {2, 4, 5}, {0, 5}} {
		product := schedule.ItemID(fmt.Sprintf("product %d", i+1))
		p.Items = append(p.Items, schedule.Item{ID: product, Cost: 300, Holding: 6, Lot: schedule.Lot{Minimum: 10}})
		p.Stock = append(p.Stock, wip.Balance{Point: wip.Point{Item: product}, Qty: 30})
		assemble := schedule.Step{ID: "assemble", Pausable: true, Modes: use(8, 10, "bench")}
		for _, k := range kit {
			assemble.Needs = append(assemble.Needs, schedule.Need{Item: schedule.ItemID(fmt.Sprintf("part %d", k+1)), Per: 1})
		}
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(product), Item: product, Steps: []schedule.Step{assemble}})
	}
}

const outsideCost = 40

// contractLines are five lines a week of each product, of one to ten times the
// usual value.
func contractLines(p *schedule.Problem, seed uint64) {
	draw := newRand(seed)
	for week := 1; week < contractWeeks+tailWeeks; week++ {
		season := 1 + 0.3*math.Sin(2*math.Pi*float64(week)/13)
		for product := range 4 {
			for n := range 3 {
				qty := max(1, int(season*float64(10+draw.IntN(31))))
				value := int64([]int{1, 1, 2, 3, 10}[draw.IntN(5)])
				p.Lines = append(p.Lines, schedule.ContractLine{
					ID: schedule.LineID(fmt.Sprintf("%d.%d.%d", week, product+1, n+1)), Item: schedule.ItemID(fmt.Sprintf("product %d", product+1)),
					Qty: wip.Qty(qty), Due: p.From.AddDate(0, 0, 7*week+draw.IntN(5)).Add(16 * time.Hour),
					Price: 400 * value, Late: 100 * value, Short: 10_000 * value, MinShipment: 1, Priority: int(10 - value),
				})
			}
		}
	}
}

func contractOptions(seed uint64) simulate.Options {
	minutes := func(n int) simulate.Distribution {
		return simulate.Distribution{Mean: time.Duration(n) * time.Minute, Variation: simulate.Exponential()}
	}
	return simulate.Options{
		Seed: seed, Rule: simulate.EDD(), HoldUntilDue: true,
		Work:       simulate.Variation{Shape: simulate.Gamma, CV: 0.3},
		Breakdowns: []simulate.Breakdown{{Resource: "grinder", ToFailure: minutes(3600), ToRepair: minutes(300)}},
		Delay:      minutes(2 * 24 * 60), DelayShare: 0.2,
	}
}

// contractOutcome is what the shop earns less: lateness at the price of each
// line, stock and work in process at holding prices, and what partners got.
func contractOutcome(p *schedule.Problem, r *simulate.Result) outcome {
	from, to := p.From.AddDate(0, 0, 7*warmWeeks), p.From.AddDate(0, 0, 7*contractWeeks)
	days := to.Sub(from).Hours() / 24
	m := r.Metrics(from, to)
	o := outcome{onTime: m.OnTimeInFull, shop: m.ShopTime.Hours() / 24, total: m.TotalTime.Hours() / 24, wip: m.WIP, planning: math.NaN(), tardiness95: math.NaN(), lateness: math.NaN()}
	o.promise = m.Error.Hours() / 24
	tardy, n := 0.0, 0.0
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Due.Before(from) || !l.Due.Before(to) {
			continue
		}
		o.lateCost += float64(p.Lines[i].Late) * l.LateUnitDays / days
		last := l.Last
		if l.Delivered < l.Qty {
			last = p.To
		}
		tardy, n = tardy+max(0, last.Sub(l.Due).Hours()/24), n+1
	}
	o.tardiness = tardy / n
	for _, q := range r.Points {
		for i := range p.Items {
			if p.Items[i].ID == q.Point.Item {
				o.stockCost += q.MeanStock * float64(p.Items[i].Holding)
			}
		}
	}
	for i := range r.Orders {
		x := &r.Orders[i]
		if x.Ended.IsZero() || x.Ended.Before(from) || !x.Ended.Before(to) {
			continue
		}
		o.wipCost += x.Ended.Sub(x.Released).Hours() / 24 * float64(x.Qty) * 2 / days
	}
	o.cost = o.lateCost + o.stockCost + o.wipCost + o.other
	return o
}

// contracts compares planners, and release policies on the orders of MRP.
func contracts() scenario {
	mrp := func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
		r, err := heuristic.Plan(ctx, p, heuristic.Options{Mode: heuristic.Infinite, MaxSteps: -1})
		if err != nil {
			return nil, err
		}
		return r.Plan, nil
	}
	lp := func(ctx context.Context, p *schedule.Problem) (*schedule.Plan, error) {
		r, err := release.Plan(ctx, p, release.Options{MaxSteps: -1})
		if err != nil {
			return nil, err
		}
		return r.Plan, nil
	}
	list := []strategy{
		{name: "MRP, immediate release"}, {name: "MRP, CONWIP"}, {name: "MRP, LUMS COR"}, {name: "MRP, drum-buffer-rope"},
		{name: "Takt heuristic, rolling"}, {name: "Takt LP fixed lead times, rolling"},
	}
	const day = 24 * time.Hour
	add := func(i int, label string, plan planner, safety float64, r simulate.Release) {
		list[i].settings = append(list[i].settings, contractSetting(label, plan, hours(24*safety), r))
	}
	for _, days := range []float64{0, 1, 2, 4} {
		label := fmt.Sprintf("safety %g d", days)
		add(0, label, mrp, days, nil)
		add(4, label, byHeuristic(heuristic.JustInTime), days, nil)
		add(5, label, lp, days, nil)
	}
	for k, orders := range []int{20, 30, 45, 60} {
		norm := hours(24 * float64(k+1))
		add(1, fmt.Sprint(orders), mrp, 2, simulate.Conwip{Limit: orders})
		add(2, fmt.Sprintf("%g h", norm.Hours()), mrp, 2, simulate.WorkloadControl{Norm: norm, Check: day / 2, Allowance: day / 2})
		add(3, fmt.Sprintf("%g h", norm.Hours()), mrp, 2, simulate.DrumBufferRope{Drum: "grinder", Buffer: norm})
	}
	return scenario{
		name: "contracts", title: "Contract shop (kits, alternates, subcontracting, unequal contracts, seasonal)", unit: "money a day",
		reference: "MRP, immediate release", strategies: list,
	}
}

// contractSetting plans every Monday and Thursday at five in the morning what is
// known then.
func contractSetting(label string, plan planner, safety time.Duration, policy simulate.Release) setting {
	return setting{label, func(ctx context.Context, seed uint64) (outcome, error) {
		world := contractWorld(seed)
		o := contractOptions(seed)
		o.Release = policy
		s, err := simulate.New(world, &schedule.Plan{}, o)
		if err != nil {
			return outcome{}, err
		}
		b := newBook(world, safety)
		for now := world.From.Add(5 * time.Hour); now.Before(world.To.AddDate(0, 0, -7)); now = now.AddDate(0, 0, 1) {
			if d := now.Weekday(); d != time.Monday && d != time.Thursday {
				continue
			}
			if err := s.Run(ctx, now); err != nil {
				return outcome{}, err
			}
			if err := b.replan(ctx, s, plan); err != nil {
				return outcome{}, err
			}
		}
		if err := s.Run(ctx, world.To); err != nil {
			return outcome{}, err
		}
		r := s.Result()
		out := contractOutcome(world, r)
		out.other = b.outside(r) / (float64(contractWeeks+tailWeeks) * 7)
		out.cost += out.other
		out.planning = b.planning.Seconds() / float64(b.plans)
		return out, nil
	}}
}
