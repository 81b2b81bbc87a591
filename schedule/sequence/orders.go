package sequence

import (
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
)

// addOrders makes a task of every operation that is not over, and of every
// subcontracted step.
func (c *compiled) addOrders() {
	c.ofOrder = make([][]int, len(c.plan.Orders))
	c.frozen = make([]bool, len(c.plan.Orders))
	c.deadline = make([]int64, len(c.plan.Orders))
	for i := range c.deadline {
		c.deadline[i] = core.Never
		r := c.x.Routings.Find(c.plan.Orders[i].Routing)
		c.frozen[i] = r == nil || overlaps(r) || !timeless(r) || c.countedInBuckets(r)
	}
	for i := range c.plan.Operations {
		if o := &c.plan.Operations[i]; !o.Done {
			c.addOperation(i)
		}
	}
	for i := range c.plan.Subcontracts {
		c.addSubcontract(i)
	}
}

// countedInBuckets reports whether a routing takes from buckets.
func (c *compiled) countedInBuckets(r *schedule.Routing) bool {
	for i := range r.Steps {
		for m := range r.Steps[i].Modes {
			for _, u := range r.Steps[i].Modes[m].Uses {
				if slices.ContainsFunc(c.members[u.Resource], func(k int) bool { return len(c.p.Resources[k].Buckets) > 0 }) {
					return true
				}
			}
		}
	}
	return false
}

// overlaps reports whether transfer lots of the routing move on early.
func overlaps(r *schedule.Routing) bool {
	for i := range r.Steps {
		if r.Steps[i].Transfer > 0 {
			return true
		}
	}
	return false
}

// timeless reports whether it does not matter to the routing when it is used:
// no effectivity, no material taken before the start.
func timeless(r *schedule.Routing) bool {
	dated := func(c schedule.Product) bool { return c.Effective != (schedule.Span{}) }
	if r.Effective != (schedule.Span{}) || len(r.Lots) > 0 || r.Fence > 0 || slices.ContainsFunc(r.Products, dated) {
		return false
	}
	for i := range r.Steps {
		for k := range r.Steps[i].Needs {
			n := &r.Steps[i].Needs[k]
			dated := func(a schedule.Alternate) bool { return a.Effective != (schedule.Span{}) }
			if n.Effective != (schedule.Span{}) || n.Usable != (schedule.Span{}) || slices.ContainsFunc(n.Alternates, dated) {
				return false
			}
		}
	}
	return true
}

func (c *compiled) addOperation(i int) {
	o := &c.plan.Operations[i]
	k, ok := c.order[o.Order]
	if !ok {
		return
	}
	step := c.x.Step(c.plan.Orders[k].Routing, o.Step)
	if step == nil {
		return
	}
	t := task{operation: i, subcontract: -1, delivery: -1, order: k, step: step}
	t.release = c.earliest(k, step)
	t.modes = c.ways(k, o, step)
	c.ofOrder[k] = append(c.ofOrder[k], len(c.tasks))
	c.tasks = append(c.tasks, t)
}

// earliest is when a step may start by fences and provisions.
func (c *compiled) earliest(order int, step *schedule.Step) int64 {
	at := c.t.ReleaseFrom
	if c.plan.Orders[order].Existing {
		at = c.t.Now
	}
	ids := step.Provisions
	if item := c.x.Items.Find(c.plan.Orders[order].Item); item != nil {
		ids = append(ids[:len(ids):len(ids)], item.Provisions...)
	}
	for _, id := range ids {
		if q := c.x.Provisions.Find(id); q != nil {
			at = latest(at, q.Ready)
		}
	}
	return c.ceil(at.Sub(c.t.From))
}

// maxWays bounds the choices of members of pools for one operation.
const maxWays = 32

// ways lists the modes of an operation, the current one first.
func (c *compiled) ways(order int, o *schedule.Operation, step *schedule.Step) []way {
	if len(step.Modes) == 0 || o.Mode < 0 || o.Mode >= len(step.Modes) {
		return []way{{}}
	}
	current := c.way(order, o, step, o.Mode, c.serving(o, &step.Modes[o.Mode]))
	list := []way{current}
	for m := range step.Modes {
		if step.Modes[m].Effective != (schedule.Span{}) {
			continue
		}
		for _, resources := range c.choices(&step.Modes[m]) {
			if w := c.way(order, o, step, m, resources); len(list) < maxWays && !same(w, current) {
				list = append(list, w)
			}
		}
	}
	return list
}

func same(a, b way) bool {
	if a.mode != b.mode {
		return false
	}
	for i := range a.resources {
		if a.resources[i] != b.resources[i] {
			return false
		}
	}
	return true
}

// serving returns the resources that an operation uses.
func (c *compiled) serving(o *schedule.Operation, m *schedule.Mode) []int {
	list := make([]int, len(m.Uses))
	for i := range m.Uses {
		list[i] = c.x.Resources.Position(o.Resource(m, i))
	}
	return list
}

// choices lists the members of pools that can serve a mode together.
func (c *compiled) choices(m *schedule.Mode) [][]int {
	lists := [][]int{nil}
	for i := range m.Uses {
		u := &m.Uses[i]
		var longer [][]int
		for _, r := range c.members[u.Resource] {
			if !c.serves(r, u) {
				continue
			}
			for _, l := range lists {
				if len(longer) < maxWays {
					longer = append(longer, append(l[:len(l):len(l)], r))
				}
			}
		}
		lists = longer
	}
	return lists
}

func (c *compiled) serves(r int, u *schedule.Use) bool {
	x := &c.p.Resources[r]
	if x.Units < max(1, u.Units) {
		return false
	}
	return alwaysQualified(x, u.Skill)
}

func (c *compiled) way(order int, o *schedule.Operation, step *schedule.Step, m int, resources []int) way {
	mode := &step.Modes[m]
	item := c.x.Items.Find(c.plan.Orders[order].Item)
	lot := schedule.Processing{Step: step, Mode: mode, Qty: o.Qty, Scale: item.Scale(), Tick: c.t.Tick}
	if len(resources) > 0 && resources[0] >= 0 {
		lot.Efficiency = c.p.Resources[resources[0]].Efficiency
	}
	setup, run := lot.Left(c.x.State(o.Order, o.Step))
	return way{mode: m, resources: resources, setup: c.ceil(setup), work: c.ceil(setup) + c.ceil(run)}
}

func (c *compiled) addSubcontract(i int) {
	s := &c.plan.Subcontracts[i]
	k, ok := c.order[s.Order]
	if !ok {
		return
	}
	step := c.x.Step(c.plan.Orders[k].Routing, s.Step)
	if step == nil || step.Subcontract == nil {
		return
	}
	t := task{operation: -1, subcontract: i, delivery: -1, order: k, step: step, release: c.earliest(k, step)}
	t.modes = []way{{work: c.ceil(step.Subcontract.LeadTime)}}
	if partner := c.x.Partners.Find(s.Partner); partner != nil && partner.Capacity.Qty > 0 {
		c.frozen[k] = true // its capacity by period is the planner's business
	}
	c.ofOrder[k] = append(c.ofOrder[k], len(c.tasks))
	c.tasks = append(c.tasks, t)
}
