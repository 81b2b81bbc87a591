package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
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
	products      = 4
	knownAhead    = 4 * 7 * 24 * time.Hour
)

// contractWorld is everything that will happen, all lines included.
func contractWorld(seed uint64) *schedule.Problem {
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		Name: "contracts", From: monday, To: monday.AddDate(0, 0, 7*(contractWeeks+tailWeeks)), Tick: time.Minute,
		Calendars: []calendar.Calendar{{ID: "two shifts", Patterns: []calendar.Pattern{{
			Weeks: []calendar.Week{withSaturday(calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 22 * time.Hour}))},
		}}}},
		Partners:  []schedule.Partner{{ID: "steel"}, {ID: "grinding works"}},
		Objective: schedule.Objective{Late: 500, Short: 50_000, Flow: 10, Money: 1000},
	}
	for _, id := range []capacity.ResourceID{"lathe", "mill", "old mill", "grinder", "bench"} {
		p.Resources = append(p.Resources, capacity.Resource{ID: id, Units: 1, Calendar: "two shifts", OvertimePerHour: overtimePerHour})
	}
	p.Resources[2].Efficiency, p.Resources[4].Units = 700, 2
	contractItems(p)
	contractLines(p, seed)
	return p
}

// withSaturday adds a shift of overtime.
func withSaturday(w calendar.Week) calendar.Week {
	w[time.Saturday] = []calendar.Shift{{Start: 6 * time.Hour, End: 14 * time.Hour, Overtime: true}}
	return w
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

// What a partner gets for a piece, and what an hour of overtime costs.
const (
	outsideCost     = 40
	overtimePerHour = 150
)

// planEvery is the longest time from one plan to the next.
const planEvery = 4 * 24 * time.Hour

// contractLines are five lines a week of each product, of one to ten times the
// usual value.
func contractLines(p *schedule.Problem, seed uint64) {
	draw := newRand(seed)
	for week := 1; week < contractWeeks+tailWeeks; week++ {
		season := 1 + 0.3*math.Sin(2*math.Pi*float64(week)/13)
		for product := range products {
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

// contractCost adds up what a stretch of a simulation costs a day: lateness at
// the price of each line, stock and work in process at holding prices, and
// overtime.
func contractCost(p *schedule.Problem, r *simulate.Result, from, to time.Time) outcome {
	var o outcome
	days := to.Sub(from).Hours() / 24
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Due.Before(from) && l.Due.Before(to) {
			o.lateCost += float64(p.Lines[i].Late) * l.LateUnitDays / days
		}
	}
	for _, q := range r.Points {
		o.stockCost += q.MeanStock * float64(itemOf(p, q.Point.Item).Holding)
	}
	for i := range r.Orders {
		x := &r.Orders[i]
		if !x.Ended.IsZero() && !x.Ended.Before(from) && x.Ended.Before(to) {
			o.wipCost += x.Ended.Sub(x.Released).Hours() / 24 * float64(x.Qty) * 2 / days
		}
	}
	for _, x := range r.Resources {
		o.overtime += x.Overtime.Hours() / (r.To.Sub(r.From).Hours() / 24)
	}
	o.other = overtimePerHour * o.overtime
	o.cost = o.lateCost + o.stockCost + o.wipCost + o.other
	return o
}

func itemOf(p *schedule.Problem, id schedule.ItemID) *schedule.Item {
	return &p.Items[slices.IndexFunc(p.Items, func(x schedule.Item) bool { return x.ID == id })]
}

// contractOutcome is what came of the weeks that count.
func contractOutcome(p *schedule.Problem, r *simulate.Result) outcome {
	from, to := p.From.AddDate(0, 0, 7*warmWeeks), p.From.AddDate(0, 0, 7*contractWeeks)
	m := r.Metrics(from, to)
	o := contractCost(p, r, from, to)
	o.onTime, o.shop, o.total, o.wip = m.OnTimeInFull, m.ShopTime.Hours()/24, m.TotalTime.Hours()/24, m.WIP
	o.promise, o.variation = m.Error.Hours()/24, m.Variation
	var late, tardy []float64
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Due.Before(from) || !l.Due.Before(to) {
			continue
		}
		last := l.Last
		if l.Delivered < l.Qty {
			last = p.To
		}
		days := last.Sub(l.Due).Hours() / 24
		late, tardy = append(late, days), append(tardy, max(0, days))
	}
	slices.Sort(tardy)
	o.tardiness, o.tardiness95, o.lateness = mean(tardy), tardy[len(tardy)*95/100], deviation(late)
	return o
}

// contractCongestion are the machines that have no stand-in, with a lot of
// parts.
var contractCongestion = []congestion{{"lathe", 16, 1, 3}, {"grinder", 16, 0.92, 3}}

// planCost is what a plan costs until the last line that is known.
func planCost(p *schedule.Problem, r *simulate.Result) float64 {
	return contractCost(p, r, p.Now, p.Now.Add(knownAhead)).cost
}

// contracts compares planners, and release policies on the orders of MRP. A
// policy has six settings, of which half work all overtime there is, and a
// planner four.
func contracts() scenario {
	const day = 24 * time.Hour
	list := []strategy{
		{name: "MRP, immediate release"}, {name: "MRP, CONWIP"}, {name: "MRP, LUMS COR"}, {name: "MRP, drum-buffer-rope"},
		{name: "Takt heuristic", kind: byTakt}, {name: "Takt LP, fixed lead times", kind: byTaktLP},
		{name: "Takt LP, clearing functions", kind: byTaktLP}, {name: "Takt LP, iterated", kind: byTaktLP},
		{name: "Takt LP, steady", kind: reference},
		{name: "Takt LP, rhythm 300", kind: reference}, {name: "Takt LP, rhythm 1500", kind: reference},
		{name: "everything known, no surprises", kind: reference},
	}
	add := func(i int, label string, c contractSetting) {
		list[i].settings = append(list[i].settings, setting{label, c.run})
	}
	for _, overtime := range []bool{false, true} {
		suffix := ""
		if overtime {
			suffix = ", overtime"
		}
		for k, safety := range []float64{2, 4, 6} {
			mrp := contractSetting{plan: byMRP, safety: hours(24 * safety), overtime: overtime}
			add(0, fmt.Sprintf("safety %g d%s", safety, suffix), mrp)
			mrp.safety = 4 * day
			limit, norm := 20*(k+1), hours(24*float64(k+1))
			mrp.policy = simulate.Conwip{Limit: limit}
			add(1, fmt.Sprintf("%d%s", limit, suffix), mrp)
			mrp.policy = simulate.WorkloadControl{Norm: norm, Check: day / 2, Allowance: day / 2}
			add(2, fmt.Sprintf("%g h%s", norm.Hours(), suffix), mrp)
			mrp.policy = simulate.DrumBufferRope{Drum: "grinder", Buffer: norm}
			add(3, fmt.Sprintf("%g h%s", norm.Hours(), suffix), mrp)
		}
	}
	for _, safety := range []float64{0, 1, 2, 3} {
		planned := contractSetting{safety: hours(24 * safety)}
		for i, d := range []department{
			byHeuristic(heuristic.Options{Direction: heuristic.JustInTime}), byLP(program{}),
			byLP(program{queues: clearing(contractCongestion, 1)}), byLP(program{observe: executed(contractOptions, planCost)}),
		} {
			planned.plan = d
			add(4+i, fmt.Sprintf("safety %g d", safety), planned)
		}
	}
	steady := contractSetting{plan: byLP(program{steady: true}), safety: day}
	add(8, "safety 1 d", steady)
	for i, price := range []int64{300, 1_500} {
		add(9+i, "safety 1 d", contractSetting{plan: byLP(program{}), safety: day, rhythm: price})
	}
	add(11, "", contractSetting{plan: byLP(program{}), omniscient: true})
	return scenario{
		name: "contracts", title: "Contract shop (kits, alternates, overtime, subcontracting, unequal contracts, seasonal)", unit: "money a day",
		reference: "MRP, immediate release", strategies: list,
	}
}

// A contractSetting plans every Monday and Thursday at five in the morning what
// is known then.
type contractSetting struct {
	plan       department
	safety     time.Duration
	policy     simulate.Release
	overtime   bool  // whatever the plan says
	rhythm     int64 // price of uneven output in the objective
	omniscient bool  // all lines are known, and nothing unforeseen happens
}

func (c contractSetting) run(ctx context.Context, seed uint64) (outcome, error) {
	world := contractWorld(seed)
	world.Objective.Rhythm = c.rhythm
	o := contractOptions(seed)
	o.Release, o.Overtime = c.policy, c.overtime
	b := newBook(world, c.safety)
	if c.omniscient {
		o = simulate.Options{Rule: o.Rule, HoldUntilDue: o.HoldUntilDue}
		b.ahead = world.To.Sub(world.From)
	}
	s, err := simulate.New(world, &schedule.Plan{}, o)
	if err != nil {
		return outcome{}, err
	}
	plan := c.plan()
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
	outside := b.outside(r) / (float64(contractWeeks+tailWeeks) * 7)
	out.other += outside
	out.cost += outside
	b.planning.report(&out)
	return out, nil
}
