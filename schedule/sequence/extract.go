package sequence

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
)

// extract returns the plan with the timing of s.
func (c *compiled) extract(s *core.Schedule) *schedule.Plan {
	plan := *c.plan
	plan.Orders = slices.Clone(plan.Orders)
	plan.Operations = slices.Clone(plan.Operations)
	plan.Subcontracts = slices.Clone(plan.Subcontracts)
	plan.Deliveries = slices.Clone(plan.Deliveries)
	plan.Promises = slices.Clone(plan.Promises)
	for k := range c.tasks {
		c.place(&plan, k, s)
	}
	c.setSetups(&plan)
	for i := range plan.Orders {
		c.bound(&plan.Orders[i], i, s)
	}
	c.promise(&plan)
	sortPlan(&plan)
	return &plan
}

// place moves what one task stands for.
func (c *compiled) place(plan *schedule.Plan, k int, s *core.Schedule) {
	start, end := c.time(s.Start[k]), c.time(s.End[k])
	switch t := &c.tasks[k]; {
	case t.operation >= 0 && !c.fixed(k):
		o := &plan.Operations[t.operation]
		w := &t.modes[s.Mode[k]]
		o.Mode, o.Start, o.End = w.mode, start, end
		o.Resources = c.named(t, w)
	case t.subcontract >= 0 && !c.fixed(k):
		plan.Subcontracts[t.subcontract].Start, plan.Subcontracts[t.subcontract].End = start, end
	case t.delivery >= 0:
		plan.Deliveries[t.delivery].At = start
	}
}

// named returns the resources that serve the uses if any use is of a pool.
func (c *compiled) named(t *task, w *way) []schedule.ResourceID {
	if len(w.resources) == 0 {
		return nil
	}
	uses := t.step.Modes[w.mode].Uses
	pool := false
	list := make([]schedule.ResourceID, len(uses))
	for i := range uses {
		list[i] = c.p.Resources[w.resources[i]].ID
		pool = pool || list[i] != uses[i].Resource
	}
	if !pool {
		return nil
	}
	return list
}

// setSetups states the setups, which depend on the sequence.
func (c *compiled) setSetups(plan *schedule.Plan) {
	changeovers := schedule.Changeovers(c.p, plan)
	for k := range c.tasks {
		t := &c.tasks[k]
		if t.operation < 0 || c.fixed(k) || plan.Operations[t.operation].Started || len(t.step.Modes) == 0 {
			continue
		}
		o := &plan.Operations[t.operation]
		item := c.x.Items.Find(c.plan.Orders[t.order].Item)
		setup, _ := t.step.Modes[o.Mode].Work(t.step, o.Qty, item.Scale(), c.t.Tick)
		o.Setup = setup + time.Duration(c.ceil(changeovers[t.operation].Time))*c.t.Tick
	}
}

// bound sets the dates of an order from those of its tasks.
func (c *compiled) bound(o *schedule.PlannedOrder, i int, s *core.Schedule) {
	if len(c.ofOrder[i]) == 0 {
		return
	}
	wait := c.after(i)
	first, last := core.Never, int64(0)
	oldFirst := core.Never
	for _, k := range c.ofOrder[i] {
		first, last = min(first, s.Start[k]), max(last, s.End[k])
		oldFirst = min(oldFirst, c.ticks(c.begin(k)))
	}
	if c.ticks(o.Start) >= oldFirst { // otherwise it began with steps that are over
		lead := o.Start.Sub(o.Release)
		o.Start = c.time(first)
		o.Release = latest(o.Start.Add(-lead), c.earliestRelease(o))
		o.Release = earliest(o.Release, o.Start)
	}
	o.End = c.time(last + wait)
}

func (c *compiled) earliestRelease(o *schedule.PlannedOrder) time.Time {
	if o.Existing {
		return o.Release
	}
	return c.t.ReleaseFrom
}

// promise states what becomes of each line now. What is short remains so for
// the same reason.
func (c *compiled) promise(plan *schedule.Plan) {
	last := map[schedule.LineID]time.Time{}
	for i := range plan.Deliveries {
		d := &plan.Deliveries[i]
		last[d.Line] = latest(last[d.Line], d.At)
	}
	h := c.history(plan)
	for i := range plan.Promises {
		q := &plan.Promises[i]
		q.Last = last[q.Line]
		switch {
		case !q.Late():
			q.Why = nil
		case q.Short == 0:
			q.Why = h.why(q)
		}
	}
}

// sortPlan restores the order that a plan promises.
func sortPlan(plan *schedule.Plan) {
	slices.SortStableFunc(plan.Orders, func(a, b schedule.PlannedOrder) int {
		return cmp.Or(a.Release.Compare(b.Release), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(plan.Operations, func(a, b schedule.Operation) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Step, b.Step))
	})
	slices.SortStableFunc(plan.Subcontracts, func(a, b schedule.SubcontractOrder) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Order, b.Order))
	})
	slices.SortStableFunc(plan.Deliveries, func(a, b schedule.Delivery) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Line, b.Line))
	})
}
