package sequence

import (
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
)

// build adds jobs, operations and arcs to the model.
func (c *compiled) build() {
	objective := c.objective
	for i := range c.plan.Orders {
		c.builder.AddJob(core.Job{Due: core.Never, Deadline: min(c.deadline[i], c.ticks(c.t.To)), Flow: objective.Flow})
	}
	for i := range c.plan.Deliveries {
		c.builder.AddJob(c.shipJob(&c.plan.Deliveries[i]))
	}
	hours := int64(24) // prices per hour against those per day
	c.builder.SetObjective(core.Objective{
		Makespan: core.Product(objective.Makespan, hours), Setup: core.Product(objective.Setup, hours),
		SetupCost: core.Product(objective.Money, c.ticksPerDay()) / 1000,
	})
	for k := range c.tasks {
		c.addTask(k)
	}
	for i := range c.plan.Orders {
		c.addLinks(i)
	}
	for _, a := range c.pegArcs {
		if !c.bothFixed(a.From, a.To) {
			c.builder.AddArc(a)
		}
	}
}

func (c *compiled) addTask(k int) {
	t := &c.tasks[k]
	job, flags := t.order, core.OpFlag(0)
	if t.delivery >= 0 {
		job = len(c.plan.Orders) + t.delivery
	} else if t.step.Pausable || t.subcontract >= 0 {
		flags = core.Pausable
	}
	o := c.builder.AddOp(int32(job), flags)
	if c.fixed(k) {
		c.addFixed(o, k)
		return
	}
	c.builder.SetRelease(o, min(t.release, c.ticks(c.begin(k))))
	for _, w := range t.modes {
		c.builder.AddMode(w.work, c.needs(t, w)...)
	}
	if t.delivery < 0 && t.step.Family != "" {
		c.builder.SetFamily(o, c.family(t.step.Family))
	}
}

// needs returns the resources of a mode.
func (c *compiled) needs(t *task, w way) []core.Need {
	if t.subcontract >= 0 {
		partner := c.x.Partners.Position(c.plan.Subcontracts[t.subcontract].Partner)
		return []core.Need{{Resource: int32(len(c.p.Resources) + max(0, partner)), Units: 1}}
	}
	var list []core.Need
	if len(w.resources) == 0 {
		list = append(list, core.Need{Resource: c.idle, Units: 1})
	}
	for i, r := range w.resources {
		list = append(list, core.Need{Resource: int32(r), Units: int32(t.step.Modes[w.mode].Uses[i].Count())})
	}
	if t.delivery < 0 {
		for _, id := range c.hours(t, w) {
			list = append(list, core.Need{Resource: c.keeper(id), Units: 1})
		}
	}
	return list
}

// addFixed adds an operation that stays where it is, with just the work that
// fits there.
func (c *compiled) addFixed(o int32, k int) {
	t := &c.tasks[k]
	start, end := c.occupied(k)
	w := t.modes[0]
	work := end - start
	if t.delivery < 0 {
		work = c.workBetween(t, w, start, end)
	}
	if t.operation >= 0 && t.step.Family != "" {
		c.builder.SetFamily(o, c.family(t.step.Family))
		work -= c.ceil(c.changeovers[t.operation].Time) // which the model adds
	}
	c.builder.AddMode(max(0, work), c.needs(t, w)...)
	c.builder.Fix(o, start, 0)
}

// occupied is when a task is at work: of what has started, the rest, from when
// it can go on.
func (c *compiled) occupied(k int) (start, end int64) {
	start, end = c.ticks(c.begin(k)), c.ticks(c.end(k))
	if now := c.ticks(c.t.Now); start <= now && c.started(k) {
		start = now
		if w := c.together(&c.tasks[k], c.tasks[k].modes[0]); w != nil {
			start = w.next(now)
		}
		start = min(start, end)
	}
	return start, end
}

// started reports whether a task is at work.
func (c *compiled) started(k int) bool {
	t := &c.tasks[k]
	return t.operation >= 0 && c.plan.Operations[t.operation].Started || c.begin(k).Before(c.t.Now)
}

// workBetween returns the whole ticks of work of a mode between two instants.
func (c *compiled) workBetween(t *task, w way, start, end int64) int64 {
	line := c.together(t, w)
	if line == nil {
		return end - start
	}
	return line.work(start, end) / 1000
}

// together returns when the resources of a mode work together, the first at
// its rate; nil if always.
func (c *compiled) together(t *task, w way) *windows {
	if t.subcontract >= 0 {
		if line := c.partnerLine(c.plan.Subcontracts[t.subcontract].Partner); line != nil {
			x := windows(c.windows(line))
			return &x
		}
		return nil
	}
	var all *windows
	for _, r := range w.resources {
		x := windows(c.windows(c.open[r]))
		if all != nil {
			x = all.within(&x)
		}
		all = &x
	}
	if t.delivery >= 0 {
		return all
	}
	for _, id := range c.hours(t, w) {
		x := windows(c.windows(c.line(id)))
		if all != nil {
			x = all.within(&x)
		} else {
			x = x.atFullRate()
		}
		all = &x
	}
	return all
}

// fixed reports whether a task stays where it is.
func (c *compiled) fixed(k int) bool {
	t := &c.tasks[k]
	if t.delivery >= 0 {
		return false
	}
	if c.frozen[t.order] {
		return true
	}
	if t.subcontract >= 0 {
		return c.begin(k).Before(c.t.ReleaseFrom) || c.dated(t)
	}
	o := &c.plan.Operations[t.operation]
	if o.Started {
		return true
	}
	if len(t.step.Modes) > 0 && t.step.Modes[o.Mode].Effective != (schedule.Span{}) {
		return true
	}
	if !c.ableAlways(t) {
		return true
	}
	return c.dated(t)
}

// dated reports whether a task has a date in the problem that binds.
func (c *compiled) dated(t *task) bool {
	o := &c.plan.Orders[t.order]
	if !o.Existing {
		return false
	}
	known, state := c.x.Orders.Find(o.ID), c.x.State(o.ID, t.step.ID)
	return known != nil && state != nil && !state.Start.IsZero() &&
		(known.Status == schedule.Firm || state.Start.Before(c.t.FrozenUntil))
}

// ableAlways reports whether those who serve a task can do so at any time.
func (c *compiled) ableAlways(t *task) bool {
	w := t.modes[0]
	for i, r := range w.resources {
		if !alwaysQualified(&c.p.Resources[r], t.step.Modes[w.mode].Uses[i].Skill) {
			return false
		}
	}
	return true
}

// alwaysQualified reports whether a resource has a skill without dates.
func alwaysQualified(r *capacity.Resource, skill capacity.Skill) bool {
	return skill == "" || slices.ContainsFunc(r.Qualified(skill), func(q capacity.Qualification) bool { return q.From.IsZero() && q.To.IsZero() })
}

func (c *compiled) bothFixed(a, b int32) bool { return c.fixed(int(a)) && c.fixed(int(b)) }

// begin and end are when a task is in the plan given.
func (c *compiled) begin(k int) time.Time {
	switch t := &c.tasks[k]; {
	case t.operation >= 0:
		return c.plan.Operations[t.operation].Start
	case t.subcontract >= 0:
		return c.plan.Subcontracts[t.subcontract].Start
	default:
		return c.plan.Deliveries[t.delivery].At
	}
}

func (c *compiled) end(k int) time.Time {
	switch t := &c.tasks[k]; {
	case t.operation >= 0:
		return c.plan.Operations[t.operation].End
	case t.subcontract >= 0:
		return c.plan.Subcontracts[t.subcontract].End
	default:
		return c.plan.Deliveries[t.delivery].At
	}
}

// addLinks adds the precedence among the steps of an order.
func (c *compiled) addLinks(order int) {
	r := c.x.Routings.Find(c.plan.Orders[order].Routing)
	if r == nil {
		return
	}
	task := map[schedule.StepID]int{}
	for _, k := range c.ofOrder[order] {
		task[c.tasks[k].step.ID] = k
	}
	for link := range r.Precedence() {
		from, okFrom := task[link.From]
		to, okTo := task[link.To]
		if !okFrom || !okTo || c.bothFixed(int32(from), int32(to)) {
			continue
		}
		a := core.Arc{From: int32(from), To: int32(to), Min: c.leastWait(&link, from, to), Max: core.Never}
		if link.MaxWait > 0 {
			a.Max = max(a.Min, int64(link.MaxWait/c.t.Tick))
		}
		if link.NoWait {
			a.Max = a.Min
		}
		c.builder.AddArc(a)
	}
}

// leastWait returns the least wait of a link: of a soft wait, what the plan
// keeps of it.
func (c *compiled) leastWait(link *schedule.Link, from, to int) int64 {
	fixed := c.tasks[from].step.Move + c.tasks[to].step.Queue
	least := c.ceil(link.MinWait + fixed)
	kept := min(c.ceil(link.SoftWait+fixed), c.ticks(c.begin(to))-c.ticks(c.end(from)))
	return max(least, kept)
}

// current is the plan given as a schedule of the model.
func (c *compiled) current() *core.Schedule {
	s := core.NewSchedule(len(c.tasks))
	for k := range c.tasks {
		s.Start[k], s.End[k] = c.occupied(k)
	}
	return s
}
