package release_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// shop describes a contract shop: end items assembled of made parts, seasonal
// demand, a dear partner for some, overtime on Saturdays, contracts of unequal
// price, and stocks that are to be kept.
type shop struct {
	ends, parts, bought, machines, weeks int
	load                                 float64 // of the bottleneck, on average
	seed                                 uint64
	objective                            schedule.Objective
}

// A shopMaker is the state of one call of problem.
type shopMaker struct {
	shop
	pcg    *rand.PCG
	p      *schedule.Problem
	hours  []float64 // per machine and week
	weekly []float64 // demand of parts
}

func (c shop) problem() *schedule.Problem {
	from := time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)
	g := &shopMaker{
		shop: c, pcg: rand.NewPCG(c.seed, 1), hours: make([]float64, c.machines), weekly: make([]float64, c.parts),
		p: &schedule.Problem{
			Name: fmt.Sprintf("shop-%d", c.seed), From: from, To: from.AddDate(0, 0, 7*(c.weeks+4)), Tick: time.Minute,
			Partners: []schedule.Partner{{ID: "partner"}, {ID: "supplier"}}, Objective: c.objective,
		},
	}
	g.machinery()
	for i := range c.bought {
		g.raw(i)
	}
	for i := range c.ends {
		g.end(i)
	}
	for i := range c.parts {
		g.part(i)
	}
	g.scale()
	g.outside()
	return g.p
}

func (g *shopMaker) between(lo, hi int) int {
	h, _ := bits.Mul64(g.pcg.Uint64(), uint64(hi-lo+1))
	return lo + int(h)
}

func (g *shopMaker) machinery() {
	h := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	two := calendar.Calendar{ID: "two", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(
		calendar.Shift{Start: h(6), End: h(14)}, calendar.Shift{Start: h(14), End: h(22)})}}}}
	for i := range g.weeks + 4 {
		on := calendar.DateOf(g.p.From.AddDate(0, 0, 7*i+5))
		two.Exceptions = append(two.Exceptions, calendar.Exception{
			First: on, Last: on, Shifts: []calendar.Shift{{Start: h(6), End: h(14), Overtime: true}}})
	}
	g.p.Calendars = []calendar.Calendar{two}
	for i := range g.machines {
		g.p.Resources = append(g.p.Resources, capacity.Resource{
			ID: capacity.ResourceID(fmt.Sprintf("m%02d", i)), Units: 1, Calendar: "two", CostPerHour: 20, OvertimePerHour: 30,
		})
	}
}

func (g *shopMaker) stock(id schedule.ItemID, qty wip.Qty) {
	g.p.Stock = append(g.p.Stock, wip.Balance{Point: wip.Point{Item: id}, Qty: qty, At: g.p.From})
}

func (g *shopMaker) raw(i int) {
	id := schedule.ItemID(fmt.Sprintf("raw%02d", i))
	g.p.Items = append(g.p.Items, schedule.Item{ID: id, Cost: 5, Holding: 1})
	g.p.Supplies = append(g.p.Supplies, schedule.Supply{
		ID: schedule.SupplyID(id), Item: id, Partner: "supplier",
		LeadTime: time.Duration(g.between(2, 9)) * 24 * time.Hour, Source: schedule.Source{Cost: int64(g.between(2, 9))},
	})
	g.stock(id, 150)
}

func (g *shopMaker) end(i int) {
	id := schedule.ItemID(fmt.Sprintf("end%02d", i))
	weekly, season, worth := g.between(5, 25), g.between(0, 12), int64(g.between(1, 4))
	g.p.Items = append(g.p.Items, schedule.Item{ID: id, Cost: 100, Holding: 3})
	for w := range g.weeks {
		qty := weekly * g.between(60, 140) / 100
		if (w+season)%13 < 4 {
			qty = qty * 3 / 2
		}
		g.p.Lines = append(g.p.Lines, schedule.ContractLine{
			ID: schedule.LineID(fmt.Sprintf("%s-%02d", id, w)), Item: id, Qty: wip.Qty(qty), MinShipment: 1,
			Due: g.p.From.AddDate(0, 0, 7*w+g.between(4, 10)), Late: 10 * worth, Short: 600 * worth, Price: 400,
		})
	}
	var needs []schedule.Need
	for range g.between(1, 3) {
		n, per := g.between(0, g.parts-1), g.between(1, 2)
		g.weekly[n] += float64(per * weekly)
		needs = append(needs, schedule.Need{Item: schedule.ItemID(fmt.Sprintf("part%02d", n)), Per: wip.Qty(per)})
	}
	g.routing(id, float64(weekly), needs)
	g.stock(id, wip.Qty(weekly))
	g.p.Norms = append(g.p.Norms, wip.Norm{Point: wip.Point{Item: id}, Min: wip.Qty(weekly / 4), Target: wip.Qty(weekly / 2)})
}

func (g *shopMaker) part(i int) {
	id := schedule.ItemID(fmt.Sprintf("part%02d", i))
	g.p.Items = append(g.p.Items, schedule.Item{ID: id, Cost: 30, Holding: 1})
	g.routing(id, g.weekly[i], []schedule.Need{{Item: schedule.ItemID(fmt.Sprintf("raw%02d", g.between(0, g.bought-1))), Per: 1}})
	g.stock(id, wip.Qty(g.weekly[i]))
}

// routing adds a chain of two to four steps.
func (g *shopMaker) routing(id schedule.ItemID, weekly float64, needs []schedule.Need) {
	r := schedule.Routing{ID: schedule.RoutingID(id), Item: id}
	for s := range g.between(2, 4) {
		m, minutes := g.between(0, g.machines-1), g.between(4, 20)
		g.hours[m] += weekly * float64(minutes) / 60
		r.Steps = append(r.Steps, schedule.Step{
			ID: schedule.StepID(fmt.Sprintf("s%d", s)), Pausable: true,
			Modes: []schedule.Mode{{
				Uses:  []schedule.Use{{Resource: g.p.Resources[m].ID}},
				Setup: time.Duration(g.between(5, 20)) * time.Minute, PerUnit: time.Duration(minutes) * time.Minute,
			}},
		})
	}
	r.Steps[0].Needs = needs
	g.p.Routings = append(g.p.Routings, r)
}

// scale changes all times such that the bottleneck has its load.
func (g *shopMaker) scale() {
	top := 0.0
	for _, h := range g.hours {
		top = max(top, h)
	}
	for i := range g.p.Routings {
		for s := range g.p.Routings[i].Steps {
			m := &g.p.Routings[i].Steps[s].Modes[0]
			m.PerUnit = time.Duration(float64(m.PerUnit) * g.load * 80 / top).Round(time.Second)
		}
	}
}

// outside has a partner do everything for a fourth of the items.
func (g *shopMaker) outside() {
	for i := 0; i < g.ends+g.parts; i += 4 {
		r := g.p.Routings[i]
		needs := r.Steps[0].Needs
		r.ID, r.Priority, r.Cost = r.ID+"-out", 1, 60
		r.Steps = []schedule.Step{{ID: "out", Needs: needs, Subcontract: &schedule.Subcontract{Partner: "partner", LeadTime: 5 * 24 * time.Hour}}}
		g.p.Routings = append(g.p.Routings, r)
	}
}
