package sequence

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/wip"
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
	end := c.ticks(c.t.To) - 1 // the horizon is half-open
	job := core.Job{Due: end, Deadline: end}
	l := c.x.Lines.Find(d.Line)
	if l == nil {
		return job
	}
	objective := c.objective
	whole := int64(1)
	if item := c.x.Items.Find(l.Item); item != nil {
		whole = max(1, int64(d.Qty)/item.Scale())
	}
	job.Due = min(end, c.ticks(l.Due))
	job.Tardiness = core.Product(cmp.Or(l.Late, objective.Late), whole)
	job.Late = core.Product(objective.LateLine, c.ticksPerDay())
	if l.MaxLate > 0 {
		job.Deadline = min(end, max(c.ticks(l.Due.Add(l.MaxLate)), c.ticks(d.At)))
	}
	return job
}

func (c *compiled) ticksPerDay() int64 { return max(1, int64(24*time.Hour/c.t.Tick)) }

// addPegs ties what is pegged: a task waits for the orders that supply it, and
// for what arrives at an instant that is not the sequencer's. An order that
// feeds a transfer has to be ready when that leaves.
func (c *compiled) addPegs() {
	arrival := c.arrivals()
	departure := map[string]time.Time{}
	for i := range c.plan.Transfers {
		departure[c.plan.Transfers[i].ID] = c.plan.Transfers[i].Departure
	}
	ofLine := map[schedule.LineID][]*schedule.Peg{}
	for i := range c.plan.Pegs {
		peg := &c.plan.Pegs[i]
		switch peg.Demand.Kind {
		case schedule.ForLine:
			line := schedule.LineID(peg.Demand.ID)
			ofLine[line] = append(ofLine[line], peg)
		case schedule.ForStep:
			c.waitStep(peg, arrival)
		case schedule.ForTransfer:
			if o, ok := c.order[schedule.OrderID(peg.Supply.ID)]; ok && peg.Supply.Kind == schedule.FromOrder {
				c.deadline[o] = min(c.deadline[o], c.ticks(departure[peg.Demand.ID]))
			}
		}
	}
	for i, k := range c.shipments() {
		line := c.plan.Deliveries[i].Line
		ofLine[line] = c.ship(k, c.plan.Deliveries[i].Qty, ofLine[line], arrival)
	}
	c.tieTogether()
}

// shipments yields the deliveries in the order of time, and their tasks.
func (c *compiled) shipments() iter.Seq2[int, int] {
	order := make([]int, len(c.plan.Deliveries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return c.plan.Deliveries[a].At.Compare(c.plan.Deliveries[b].At) })
	return func(yield func(int, int) bool) {
		for _, i := range order {
			if !yield(i, c.delivery[i]) {
				return
			}
		}
	}
}

// ship lets a delivery wait for as much of what is pegged to its line as it
// takes, what comes first before the rest, and returns the pegs that are left.
func (c *compiled) ship(k int, qty wip.Qty, pegs []*schedule.Peg, arrival map[schedule.SupplyRef]time.Time) []*schedule.Peg {
	slices.SortStableFunc(pegs, func(a, b *schedule.Peg) int {
		return c.supplied(&a.Supply, arrival).Compare(c.supplied(&b.Supply, arrival))
	})
	for len(pegs) > 0 && qty > 0 {
		c.wait(k, &pegs[0].Supply, 0, arrival)
		if pegs[0].Qty > qty {
			rest := *pegs[0]
			rest.Qty -= qty
			pegs[0] = &rest
			return pegs
		}
		qty -= pegs[0].Qty
		pegs = pegs[1:]
	}
	return pegs
}

// supplied is when a supply is there in the plan given.
func (c *compiled) supplied(s *schedule.SupplyRef, arrival map[schedule.SupplyRef]time.Time) time.Time {
	if s.Kind == schedule.FromOrder {
		if o, ok := c.order[schedule.OrderID(s.ID)]; ok {
			return c.plan.Orders[o].End
		}
	}
	return arrival[schedule.SupplyRef{Kind: s.Kind, ID: s.ID}]
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
		offset := int64(n.Offset / c.t.Tick)
		if n.Offset%c.t.Tick < 0 {
			offset--
		}
		if takes && (!found || offset < least) {
			least, found = offset, true
		}
	}
	return least
}

// tieTogether lets the lines of a group ship at one instant.
func (c *compiled) tieTogether() {
	first := map[string]int{}
	for i, k := range c.delivery {
		l := c.x.Lines.Find(c.plan.Deliveries[i].Line)
		if l == nil || l.Together == "" {
			continue
		}
		if f, ok := first[l.Together]; ok {
			c.pegArcs = append(c.pegArcs, core.Arc{From: int32(f), To: int32(k), Min: 0, Max: 0})
		} else {
			first[l.Together] = k
		}
	}
}
