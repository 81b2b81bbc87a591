package release_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/wip"
)

// shop describes a contract shop: end items assembled of made and bought
// parts, seasonal demand, a dear second routing or a partner for some, overtime
// on Saturdays, contracts of unequal price, and stocks that are to be kept.
type shop struct {
	ends, parts, bought, machines, weeks int
	load                                 float64 // of the bottleneck, mean
	seed                                 uint64
	objective                            schedule.Objective
}

type dice struct{ pcg *rand.PCG }

func (d dice) between(lo, hi int) int {
	h, _ := bits.Mul64(d.pcg.Uint64(), uint64(hi-lo+1))
	return lo + int(h)
}

func init() {
	release.Shop = func() *schedule.Problem {
		return shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, seed: 0, objective: schedule.Economy()}.problem()
	}
}

func (c shop) problem() *schedule.Problem {
	d := dice{rand.NewPCG(c.seed, 1)}
	from := time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)
	h := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	saturdays := make([]calendar.Exception, c.weeks+4)
	for i := range saturdays {
		on := calendar.DateOf(from.AddDate(0, 0, 7*i+5))
		saturdays[i] = calendar.Exception{First: on, Last: on, Shifts: []calendar.Shift{{Start: h(6), End: h(14), Overtime: true}}}
	}
	p := &schedule.Problem{
		Name: fmt.Sprintf("shop-%d", c.seed), From: from, To: from.AddDate(0, 0, 7*(c.weeks+4)), Tick: time.Minute,
		Calendars: []calendar.Calendar{{ID: "two", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(
			calendar.Shift{Start: h(6), End: h(14)}, calendar.Shift{Start: h(14), End: h(22)})}}}, Exceptions: saturdays}},
		Partners:  []schedule.Partner{{ID: "partner"}, {ID: "supplier"}},
		Objective: c.objective,
	}
	for i := range c.machines {
		p.Resources = append(p.Resources, capacity.Resource{
			ID: capacity.ResourceID(fmt.Sprintf("m%02d", i)), Units: 1, Calendar: "two", CostPerHour: 20, OvertimePerHour: 30,
		})
	}
	for i := range c.bought {
		id := schedule.ItemID(fmt.Sprintf("raw%02d", i))
		p.Items = append(p.Items, schedule.Item{ID: id, Cost: 5, Holding: 1})
		p.Supplies = append(p.Supplies, schedule.Supply{
			ID: schedule.SupplyID(id), Item: id, Partner: "supplier",
			LeadTime: time.Duration(d.between(2, 9)) * 24 * time.Hour, Source: schedule.Source{Cost: int64(d.between(2, 9))},
		})
		p.Stock = append(p.Stock, wip.Balance{Point: wip.Point{Item: id}, Qty: 150, At: from})
	}
	hours := make([]float64, c.machines) // per week at unit time
	total := make([]float64, c.parts)    // parts per week
	type step struct{ machine, minutes int }
	steps := func() []step {
		s := make([]step, d.between(2, 4))
		for i := range s {
			s[i] = step{d.between(0, c.machines-1), d.between(4, 20)}
		}
		return s
	}
	var all []*schedule.Routing
	add := func(id schedule.ItemID, s []step, weekly float64, needs []schedule.Need) {
		r := schedule.Routing{ID: schedule.RoutingID(id), Item: id}
		for i, x := range s {
			hours[x.machine] += weekly * float64(x.minutes) / 60
			r.Steps = append(r.Steps, schedule.Step{
				ID: schedule.StepID(fmt.Sprintf("s%d", i)), Pausable: true,
				Modes: []schedule.Mode{{
					Uses:  []schedule.Use{{Resource: p.Resources[x.machine].ID}},
					Setup: time.Duration(d.between(5, 20)) * time.Minute, PerUnit: time.Duration(x.minutes) * time.Minute,
				}},
			})
		}
		r.Steps[0].Needs = needs
		all = append(all, &r)
	}
	for e := range c.ends {
		id := schedule.ItemID(fmt.Sprintf("end%02d", e))
		weekly := d.between(5, 25)
		season := d.between(0, c.weeks-1)
		worth := int64(d.between(1, 4))
		p.Items = append(p.Items, schedule.Item{ID: id, Cost: 100, Holding: 3})
		for w := range c.weeks {
			qty := weekly * d.between(60, 140) / 100
			if (w+season)%13 < 4 {
				qty = qty * 3 / 2
			}
			p.Lines = append(p.Lines, schedule.ContractLine{
				ID: schedule.LineID(fmt.Sprintf("%s-%02d", id, w)), Item: id, Qty: wip.Qty(qty),
				Due: from.AddDate(0, 0, 7*w+d.between(4, 10)), Late: 10 * worth, Short: 600 * worth, Price: 400, MinShipment: 1,
			})
		}
		var needs []schedule.Need
		for range d.between(1, 3) {
			n := d.between(0, c.parts-1)
			per := d.between(1, 2)
			total[n] += float64(per * weekly)
			needs = append(needs, schedule.Need{Item: schedule.ItemID(fmt.Sprintf("part%02d", n)), Per: wip.Qty(per)})
		}
		add(id, steps(), float64(weekly), needs)
		p.Stock = append(p.Stock, wip.Balance{Point: wip.Point{Item: id}, Qty: wip.Qty(weekly), At: from})
		p.Norms = append(p.Norms, wip.Norm{Point: wip.Point{Item: id}, Min: wip.Qty(weekly / 4), Target: wip.Qty(weekly / 2)})
	}
	for n := range c.parts {
		id := schedule.ItemID(fmt.Sprintf("part%02d", n))
		p.Items = append(p.Items, schedule.Item{ID: id, Cost: 30, Holding: 1})
		add(id, steps(), total[n], []schedule.Need{{Item: schedule.ItemID(fmt.Sprintf("raw%02d", d.between(0, c.bought-1))), Per: 1}})
		p.Stock = append(p.Stock, wip.Balance{Point: wip.Point{Item: id}, Qty: wip.Qty(total[n]), At: from})
	}
	top := 0.0
	for _, x := range hours {
		top = max(top, x)
	}
	scale := c.load * 80 / top
	for i, r := range all {
		for s := range r.Steps {
			m := &r.Steps[s].Modes[0]
			m.PerUnit = time.Duration(float64(m.PerUnit) * scale)
		}
		p.Routings = append(p.Routings, *r)
		if i%4 == 0 { // a partner does it all, dear
			out := *r
			out.ID += "-out"
			out.Priority = 1
			out.Cost = 60
			out.Steps = []schedule.Step{{ID: "out", Needs: r.Steps[0].Needs, Subcontract: &schedule.Subcontract{Partner: "partner", LeadTime: 5 * 24 * time.Hour}}}
			p.Routings = append(p.Routings, out)
		}
	}
	return p
}
