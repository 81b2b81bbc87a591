package scenario

import (
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Plant describes a plant of the kind that planners are classically measured
// with: end items that are each made in a chain of five operations, one of
// them on a machine for so long per piece and the others of fixed length, from
// a few shared components with long lead times.
type Plant struct {
	// Lines is the length of the order book. The horizon grows with it, so
	// that the load stays the same.
	Lines int
	Items int
	// Machines are shared by the items at random. Components are a fixed
	// number, of which each item takes four.
	Machines, Components int
	Seed                 uint64
	// Shifts makes the machines work two shifts on weekdays instead of
	// always.
	Shifts bool
}

// plantStart is a Monday.
var plantStart = time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)

const (
	day           = 24 * time.Hour
	chain         = 5
	perItem       = 4  // components
	minutesApiece = 90 // on the machine, on average
	longest       = 3  // due date, in means
)

// Problem generates the plant: one line per item and day on average, at due
// dates that are exponentially distributed over the length of the order book.
func (c Plant) Problem() *schedule.Problem {
	r := newSource(c.Seed)
	mean := float64(c.Lines) / float64(c.Items) // days
	p := &schedule.Problem{
		Name: fmt.Sprintf("plant-%d", c.Lines),
		From: plantStart, To: plantStart.Add(time.Duration(longest*mean+1000) * day), Tick: time.Minute,
		Partners: []schedule.Partner{{ID: "supplier"}},
	}
	c.machines(p)
	c.components(p, r)
	for i := range c.Items {
		c.item(p, r, i)
	}
	for i := range c.Lines {
		due := r.due(mean)
		p.Lines = append(p.Lines, schedule.ContractLine{
			ID: schedule.LineID(fmt.Sprintf("L%06d", i)), Item: endItem(i % c.Items),
			Qty: wip.Qty(r.between(1, 6)), Due: plantStart.Add(time.Duration(due) * day), Price: 100,
		})
	}
	return p
}

func (c Plant) machines(p *schedule.Problem) {
	id := calendar.ID("")
	if c.Shifts {
		id = "two-shifts"
		p.Calendars = []calendar.Calendar{{ID: id, Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(
			calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour},
			calendar.Shift{Start: 14 * time.Hour, End: 22 * time.Hour})}}}}}
	}
	for i := range c.Machines {
		p.Resources = append(p.Resources, capacity.Resource{ID: machine(i), Units: 1, Calendar: id})
	}
}

func (c Plant) components(p *schedule.Problem, r source) {
	for i := range c.Components {
		id := component(i)
		lead := max(1, math.Round(math.Abs(40+13*r.normal())))
		p.Items = append(p.Items, schedule.Item{ID: id, Lot: schedule.Lot{Minimum: 80, Multiple: 10}})
		p.Supplies = append(p.Supplies, schedule.Supply{
			ID: schedule.SupplyID("buy-" + string(id)), Item: id, Partner: "supplier", LeadTime: time.Duration(lead) * day,
		})
		p.Norms = append(p.Norms, wip.Norm{Point: wip.Point{Item: id}, Min: 20, Target: 20})
	}
}

// item adds an end item, its cell of unlimited places for work of fixed
// length, and its routing.
func (c Plant) item(p *schedule.Problem, r source, i int) {
	cell := schedule.ResourceID(fmt.Sprintf("cell-%04d", i))
	p.Items = append(p.Items, schedule.Item{ID: endItem(i)})
	p.Resources = append(p.Resources, capacity.Resource{ID: cell, Kind: capacity.FloorArea, Units: capacity.MaxUnits})
	rt := schedule.Routing{ID: schedule.RoutingID("make-" + string(endItem(i))), Item: endItem(i)}
	narrow := r.below(chain)
	for k := range chain {
		st := schedule.Step{ID: schedule.StepID(fmt.Sprintf("op%d", k+1)), Pausable: true}
		if k == narrow {
			st.Modes = []schedule.Mode{{
				Uses:    []schedule.Use{{Resource: machine(r.below(c.Machines))}},
				PerUnit: time.Duration(r.between(minutesApiece/2, minutesApiece*3/2)) * time.Minute,
			}}
		} else {
			st.Modes = []schedule.Mode{{
				Uses: []schedule.Use{{Resource: cell}}, Fixed: time.Duration(r.between(1, 5)) * day,
			}}
		}
		rt.Steps = append(rt.Steps, st)
	}
	for _, n := range r.distinct(min(perItem, c.Components), c.Components) {
		st := &rt.Steps[r.below(chain)]
		st.Needs = append(st.Needs, schedule.Need{Item: component(n), Per: wip.Qty(r.between(1, 3))})
	}
	p.Routings = append(p.Routings, rt)
}

// due draws a day that is exponentially distributed, but not far beyond its
// mean.
func (s source) due(mean float64) float64 {
	for {
		if d := -math.Log(1-s.unit()) * mean; d < longest*mean {
			return math.Floor(d)
		}
	}
}

// normal draws from the standard normal distribution (Box and Muller 1958).
func (s source) normal() float64 {
	return math.Sqrt(-2*math.Log(1-s.unit())) * math.Cos(2*math.Pi*s.unit())
}

// distinct returns k different numbers below n.
func (s source) distinct(k, n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	for i := range k {
		j := i + s.below(n-i)
		all[i], all[j] = all[j], all[i]
	}
	return all[:k]
}

func machine(i int) schedule.ResourceID { return schedule.ResourceID(fmt.Sprintf("machine-%03d", i)) }
func component(i int) schedule.ItemID   { return schedule.ItemID(fmt.Sprintf("component-%04d", i)) }
func endItem(i int) schedule.ItemID     { return schedule.ItemID(fmt.Sprintf("item-%04d", i)) }
