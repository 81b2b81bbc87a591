package sequence

import (
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
)

// A compiled is a plan as a model of jobs, and the way back. Every order is a
// job of its operations; every delivery is a job of one operation that takes
// no time and waits for the orders that it is pegged to, so that its lateness
// has the price of its contract line.
type compiled struct {
	p     *schedule.Problem
	plan  *schedule.Plan
	x     *schedule.Index
	t     schedule.Times
	model *core.Model
	start *core.Schedule

	changeovers []capacity.Changeover // beside the plan's operations
	builder     core.Builder
	objective   schedule.Objective
	open        []*calendar.Timeline // when all units of each resource work, overtime left out
	lines       []*calendar.Timeline // of the calendars, when they are asked for
	keepers     map[schedule.CalendarID]int32
	members     map[schedule.ResourceID][]int
	idle        int32   // a resource without limit, for what needs none
	tasks       []task  // the operations of the model
	ofOrder     [][]int // tasks of each order of the plan
	order       map[schedule.OrderID]int
	delivery    []int // the task of each delivery
	deadline    []int64
	frozen      []bool // orders of which nothing moves
	families    map[capacity.Family]int32
	pegArcs     []core.Arc // between tasks, from what is pegged
}

// A task is an operation of the model: one of the plan, a subcontracted step,
// or a delivery.
type task struct {
	operation, subcontract, delivery int // index in the plan, or -1
	order                            int // -1 for a delivery
	step                             *schedule.Step
	modes                            []way
	release                          int64
}

// A way is a mode of the model.
type way struct {
	mode      int   // of the step
	resources []int // that serve its uses
	setup     int64 // ticks of it that are setup, without changeover
	work      int64
}

// compile returns false if the problem has something that timing alone cannot
// keep.
func compile(p *schedule.Problem, plan *schedule.Plan) (*compiled, bool) {
	p = schedule.Explode(p)
	c := &compiled{p: p, plan: plan, x: schedule.NewIndex(p), t: p.Times(), families: map[capacity.Family]int32{},
		keepers: map[schedule.CalendarID]int32{}}
	var err error
	if c.open, err = c.opened(); err != nil || c.hasAreas() || c.hasHolds() || worksOvertime(plan) {
		return nil, false
	}
	if c.objective = p.Objective; c.objective == (schedule.Objective{}) {
		c.objective = schedule.OnTime()
	}
	c.changeovers = schedule.Changeovers(p, plan)
	c.order = make(map[schedule.OrderID]int, len(plan.Orders))
	for i := range plan.Orders {
		c.order[plan.Orders[i].ID] = i
	}
	c.findMembers()
	c.addResources()
	c.addOrders()
	if !c.familiesComplete() {
		return nil, false
	}
	c.addDeliveries()
	c.addPegs()
	c.build()
	if c.model, err = c.builder.Build(); err != nil {
		return nil, false
	}
	c.start = c.current()
	return c, len(c.model.Check(c.start)) == 0
}

// hasAreas reports whether storage is limited: stock depends on timing.
func (c *compiled) hasAreas() bool {
	return slices.ContainsFunc(c.p.Locations, func(l schedule.Location) bool { return l.Area > 0 })
}

// hasHolds reports whether any order keeps a resource over several steps.
func (c *compiled) hasHolds() bool {
	return slices.ContainsFunc(c.p.Routings, func(r schedule.Routing) bool { return len(r.Holds) > 0 })
}

// worksOvertime reports whether any operation does: the model knows one
// working time for each resource.
func worksOvertime(plan *schedule.Plan) bool {
	return slices.ContainsFunc(plan.Operations, func(o schedule.Operation) bool { return o.Overtime })
}

// ticks returns an instant in ticks, rounded down.
func (c *compiled) ticks(t time.Time) int64 { return int64(t.Sub(c.t.From) / c.t.Tick) }

func (c *compiled) time(ticks int64) time.Time {
	return c.t.From.Add(time.Duration(ticks) * c.t.Tick)
}

// ceil returns a duration in ticks, rounded up.
func (c *compiled) ceil(d time.Duration) int64 { return int64((d + c.t.Tick - 1) / c.t.Tick) }

func (c *compiled) findMembers() {
	c.members = map[schedule.ResourceID][]int{}
	for i := range c.p.Resources {
		for _, pool := range c.p.Resources[i].Pools {
			c.members[pool] = append(c.members[pool], i)
		}
	}
	for i := range c.p.Resources {
		if id := c.p.Resources[i].ID; len(c.members[id]) == 0 {
			c.members[id] = []int{i}
		}
	}
}
