package sequence

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
)

// addDeliveries makes a task of every delivery.
func (c *compiled) addDeliveries() {
	c.delivery = make([]int, len(c.plan.Deliveries))
	for i := range c.plan.Deliveries {
		d := &c.plan.Deliveries[i]
		t := task{operation: -1, subcontract: -1, delivery: i, order: -1, modes: []way{{}}}
		t.release = c.ceil(c.t.Now.Sub(c.t.From))
		if l := c.x.Lines.Find(d.Line); l != nil {
			t.release = max(t.release, c.ceil(l.Earliest.Sub(c.t.From)))
		}
		c.delivery[i] = len(c.tasks)
		c.tasks = append(c.tasks, t)
	}
}

// shipJob returns the price of a delivery's lateness. Prices are multiplied by
// the ticks of a day, so that those per day are whole numbers per tick.
func (c *compiled) shipJob(d *schedule.Delivery) core.Job {
	job := core.Job{Due: core.Never, Deadline: core.Never}
	l := c.x.Lines.Find(d.Line)
	if l == nil {
		return job
	}
	objective := c.objective
	whole := int64(1)
	if item := c.x.Items.Find(l.Item); item != nil {
		whole = max(1, int64(d.Qty)/item.Scale())
	}
	job.Due = c.ticks(l.Due)
	job.Tardiness = core.Product(cmp.Or(l.Late, objective.Late), whole)
	job.Late = core.Product(objective.LateLine, c.ticksPerDay())
	if l.MaxLate > 0 {
		job.Deadline = max(c.ticks(l.Due.Add(l.MaxLate)), c.ticks(d.At))
	}
	return job
}

func (c *compiled) ticksPerDay() int64 { return max(1, int64(24*time.Hour/c.t.Tick)) }

// addPegs ties what is pegged: a task waits for the orders that supply it, and
// for what arrives at an instant that is not the sequencer's. An order that
// feeds a transfer has to be ready when that leaves.
func (c *compiled) addPegs() {
	lines := map[schedule.LineID][]int{}
	for i := range c.plan.Deliveries {
		id := c.plan.Deliveries[i].Line
		lines[id] = append(lines[id], c.delivery[i])
	}
	arrival := c.arrivals()
	departure := map[string]time.Time{}
	for i := range c.plan.Transfers {
		departure[c.plan.Transfers[i].ID] = c.plan.Transfers[i].Departure
	}
	for i := range c.plan.Pegs {
		peg := &c.plan.Pegs[i]
		switch peg.Demand.Kind {
		case schedule.ForLine:
			for _, k := range lines[schedule.LineID(peg.Demand.ID)] {
				c.wait(k, &peg.Supply, 0, arrival)
			}
		case schedule.ForStep:
			c.waitStep(peg, arrival)
		case schedule.ForTransfer:
			if o, ok := c.order[schedule.OrderID(peg.Supply.ID)]; ok && peg.Supply.Kind == schedule.FromOrder {
				c.deadline[o] = min(c.deadline[o], c.ticks(departure[peg.Demand.ID]))
			}
		}
	}
	c.tieTogether(lines)
}

// arrivals returns when receipts, purchases and transfers arrive.
func (c *compiled) arrivals() map[schedule.SupplyRef]time.Time {
	at := map[schedule.SupplyRef]time.Time{}
	for i := range c.p.Receipts {
		r := &c.p.Receipts[i]
		at[schedule.SupplyRef{Kind: schedule.FromReceipt, ID: string(r.ID)}] = r.At
	}
	for i := range c.plan.Purchases {
		q := &c.plan.Purchases[i]
		at[schedule.SupplyRef{Kind: schedule.FromPurchase, ID: q.ID}] = q.Arrival
	}
	for i := range c.plan.Transfers {
		t := &c.plan.Transfers[i]
		at[schedule.SupplyRef{Kind: schedule.FromTransfer, ID: t.ID}] = t.Arrive
	}
	return at
}

// wait makes a task wait for a supply, until offset before it starts.
func (c *compiled) wait(k int, s *schedule.SupplyRef, offset int64, arrival map[schedule.SupplyRef]time.Time) {
	if s.Kind == schedule.FromOrder {
		o, ok := c.order[schedule.OrderID(s.ID)]
		if !ok {
			return
		}
		if len(c.ofOrder[o]) == 0 {
			c.tasks[k].release = max(c.tasks[k].release, c.ceil(c.plan.Orders[o].End.Sub(c.t.From))-offset)
		}
		for _, i := range c.ofOrder[o] {
			c.pegArcs = append(c.pegArcs, core.Arc{From: int32(i), To: int32(k), Min: c.after(o) - offset, Max: core.Never})
		}
		return
	}
	if at, ok := arrival[schedule.SupplyRef{Kind: s.Kind, ID: s.ID}]; ok {
		c.tasks[k].release = max(c.tasks[k].release, c.ceil(at.Sub(c.t.From))-offset)
	}
}

// after is the time from the end of an order's operations until its output is
// in stock.
func (c *compiled) after(order int) int64 {
	o := &c.plan.Orders[order]
	var last time.Time
	for _, i := range c.ofOrder[order] {
		last = latest(last, c.end(i))
	}
	return max(0, c.ceil(o.End.Sub(last)))
}

func (c *compiled) waitStep(peg *schedule.Peg, arrival map[schedule.SupplyRef]time.Time) {
	o, ok := c.order[schedule.OrderID(peg.Demand.ID)]
	if !ok {
		return
	}
	for _, k := range c.ofOrder[o] {
		if c.tasks[k].step.ID == peg.Demand.Step {
			c.wait(k, &peg.Supply, c.offset(c.tasks[k].step, peg.Item), arrival)
		}
	}
}

// offset is how long after the start of a step an item is taken, at the
// earliest.
func (c *compiled) offset(step *schedule.Step, item schedule.ItemID) int64 {
	least, found := int64(0), false
	for i := range step.Needs {
		n := &step.Needs[i]
		takes := n.Item == item
		for _, a := range n.Alternates {
			takes = takes || a.Item == item
		}
		if offset := int64(n.Offset / c.t.Tick); takes && (!found || offset < least) {
			least, found = offset, true
		}
	}
	return least
}

// tieTogether lets the lines of a group ship at one instant.
func (c *compiled) tieTogether(lines map[schedule.LineID][]int) {
	first := map[string]int{}
	for i := range c.p.Lines {
		l := &c.p.Lines[i]
		if l.Together == "" {
			continue
		}
		for _, k := range lines[l.ID] {
			if f, ok := first[l.Together]; ok {
				c.pegArcs = append(c.pegArcs, core.Arc{From: int32(f), To: int32(k), Min: 0, Max: 0})
			} else {
				first[l.Together] = k
			}
		}
	}
}
