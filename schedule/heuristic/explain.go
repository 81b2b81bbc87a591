package heuristic

import (
	"slices"

	"github.com/taktplan/takt/schedule"
)

// A chain collects the causes of a delay, from the customer back to the root.
// It is read from the finished plan: at each operation it goes on with
// whatever was ready last, and says what the operation then still waited for.
type chain struct {
	*explainer
	causes []schedule.Cause
}

// An explainer knows which supply of each demand comes last.
type explainer struct {
	*extract
	toShip, toDraw, toTrip []int32 // pegs
	buffer                 []schedule.Cause
}

// maxCauses bounds the length of a chain.
const maxCauses = 50

func (x *extract) explainer() *explainer {
	return &explainer{
		extract: x, toShip: x.latestPegs(outShip, len(x.ships)),
		toDraw: x.latestPegs(outDraw, len(x.draws)), toTrip: x.latestPegs(outTrip, len(x.trips)),
	}
}

// why explains why a line is late or short.
func (e *explainer) why(l int32, short bool, last int32) []schedule.Cause {
	c := &chain{explainer: e, causes: e.buffer[:0]}
	ln := &e.lines[l]
	if short {
		c.causes = append(c.causes, e.state.causes(e.state.why[l])...)
	}
	if last != nobody && e.ships[last].at > ln.due {
		c.delivery(last, ln)
	}
	if ln.Due.Before(e.times.Now) {
		c.add(schedule.Cause{Kind: schedule.DueInPast, From: ln.Due, To: e.times.Now})
	}
	if len(c.causes) == 0 {
		c.add(e.state.causes(e.state.why[l])[0])
	}
	e.buffer = c.causes
	return slices.Clone(c.causes)
}

func (c *chain) add(x schedule.Cause) { c.causes = append(c.causes, x) }

// delivery explains a delivery by the last of its material.
func (c *chain) delivery(i int32, ln *line) {
	h := &c.ships[i]
	k := c.toShip[i]
	if k == nobody {
		return
	}
	if ln.Together != "" && c.pegged[k].at < h.at {
		c.add(schedule.Cause{Kind: schedule.WaitsForTogether, From: c.time(c.pegged[k].at), To: c.time(h.at)})
		return
	}
	c.material(&c.pegged[k], ln.due)
}

// material explains why something comes so late that was wanted at want.
func (c *chain) material(p *pegged, want int64) {
	if len(c.causes) >= maxCauses || p.inKind == inStock {
		return
	}
	pt, at := &c.points[p.point], c.atBest(p)
	cause := schedule.Cause{
		Kind: schedule.WaitsForMaterial, Item: c.items[pt.item].ID, Location: pt.place,
		From: c.time(min(want, at)), To: c.time(at),
	}
	switch i := p.in; p.inKind {
	case inReceipt:
		r := &c.p.Receipts[i]
		cause.Kind, cause.Partner = schedule.WaitsForOrder, r.Partner
		c.add(cause)
	case inBuy:
		c.add(cause)
		c.purchase(&c.buys[i], cause)
	case inTrip:
		c.add(cause)
		c.transfer(i, cause)
	default:
		cause.Order = c.order[i]
		c.add(cause)
		c.made(i, p.at)
	}
}

// atBest returns when something could have been there. A purchase that was
// placed just in time could have come earlier, so it kept nobody waiting.
func (c *chain) atBest(p *pegged) int64 {
	if p.inKind != inBuy {
		return p.at
	}
	if v := &c.supplies[c.buys[p.in].supply]; v.period == 0 {
		return min(p.at, leadAfter(v.working, v.earliest, v.lead))
	}
	return p.at
}

// purchase explains a purchase that comes as soon as it can, at of.To.
func (c *chain) purchase(b *buy, of schedule.Cause) {
	v := &c.supplies[b.supply]
	placed := b.placed
	if v.period == 0 {
		placed = min(placed, v.earliest)
	}
	of.Partner = v.Partner
	of.Kind, of.From = schedule.WaitsForLeadTime, c.time(placed)
	c.add(of)
	switch {
	case placed > v.earliest:
		of.Kind, of.From, of.To = schedule.WaitsForPartner, c.time(v.earliest), c.time(placed)
		c.add(of)
	case v.earliest > c.now:
		of.Kind, of.From, of.To = schedule.WaitsForFence, c.time(c.now), c.time(v.earliest)
		c.add(of)
	}
}

func (c *chain) transfer(i int32, of schedule.Cause) {
	t := &c.trips[i]
	l := &c.lanes[t.lane]
	of.Kind, of.From, of.To = schedule.WaitsForLeadTime, c.time(t.leaves), c.time(t.arrives)
	c.add(of)
	k := c.toTrip[i]
	ready := c.laneOpens(l)
	if k != nobody {
		ready = max(ready, c.pegged[k].at)
	}
	if ready < t.leaves && l.Vehicle != "" {
		of.Kind, of.Resource, of.From, of.To = schedule.WaitsForResource, l.Vehicle, c.time(ready), c.time(t.leaves)
		c.add(of)
	}
	if k != nobody && c.pegged[k].at >= c.laneOpens(l) {
		c.material(&c.pegged[k], t.leaves)
	} else if c.fence > c.now {
		c.add(schedule.Cause{Kind: schedule.WaitsForFence, From: c.time(c.now), To: c.time(c.fence)})
	}
}

// made explains an order by the operation that ends last at an instant.
func (c *chain) made(i int32, at int64) {
	o := &c.state.orders[i]
	last := nobody
	for k := range c.routings[o.routing].steps {
		n := o.first + int32(k)
		if p := &c.ops[n]; p.mode != history && p.end <= at && (last == nobody || p.end >= c.ops[last].end) {
			last = n
		}
	}
	if last != nobody {
		c.operation(last)
	}
}

// operation explains an operation by what was ready last before it.
func (c *chain) operation(n int32) {
	until := int64(0)
	for n != nobody && len(c.causes) < maxCauses {
		o := &c.ops[n]
		st := c.stepOf(o)
		of := schedule.Cause{Order: c.order[o.order], Step: st.ID, From: c.time(o.start), To: c.time(max(o.end, until))}
		if of.Kind = schedule.WaitsForStep; o.mode == contracted {
			of.Kind, of.Partner = schedule.WaitsForLeadTime, c.partners[st.partner].ID
		} else if o.mode >= 0 {
			of.Resource = c.machineOf(c.modeOf(o))
		}
		c.add(of)
		if o.fixed {
			c.add(schedule.Cause{Kind: schedule.WaitsForOrder, Order: of.Order, Step: st.ID})
			return
		}
		ready, prev, peg := c.ready(n)
		c.waited(o, ready)
		if peg != nobody {
			c.material(&c.pegged[peg], ready)
			return
		}
		if prev == nobody {
			c.floorOf(o, ready)
		}
		n, until = prev, ready
	}
}

// ready returns when everything was there for an operation but its resources,
// and which operation or peg was the last.
func (c *chain) ready(n int32) (at int64, prev, peg int32) {
	o := &c.ops[n]
	st := c.stepOf(o)
	at, prev, peg = c.floor(o.order, o.step), nobody, nobody
	for _, a := range st.before {
		p := c.state.orders[o.order].first + a.step
		if c.ops[p].mode == history {
			continue
		}
		if t := c.mayStart(o.order, o.step, a); t >= at {
			at, prev = t, p
		}
	}
	for d := o.draws; d >= 0; d = c.draws[d].next {
		k := c.toDraw[d]
		if k == nobody || c.pegged[k].inKind == inStock {
			continue
		}
		if t := c.atBest(&c.pegged[k]) - st.needs[c.draws[d].need].offset; t > at {
			at, prev, peg = t, nobody, k
		}
	}
	return at, prev, peg
}

// waited says what kept an operation from starting when it was ready.
func (c *chain) waited(o *op, ready int64) {
	if o.start <= ready || o.mode < 0 {
		if o.start > ready && o.mode == contracted {
			c.add(schedule.Cause{Kind: schedule.WaitsForPartner, Partner: c.partners[c.stepOf(o).partner].ID, From: c.time(ready), To: c.time(o.start)})
		}
		return
	}
	m := c.modeOf(o)
	of := schedule.Cause{
		Kind: schedule.WaitsForShift, Order: c.order[o.order], Step: c.stepOf(o).ID,
		Resource: c.machineOf(m), From: c.time(ready), To: c.time(o.start),
	}
	if m.working(o.overtime).next(ready) < o.start {
		of.Kind = schedule.WaitsForResource
		if r, busy := c.busyBefore(m, ready, o.start); busy {
			of.Resource = c.resources[r].ID
		} else if m.working(o.overtime).between(ready, o.start) > 0 {
			return // it could have started, and nothing depended on it
		}
	}
	c.add(of)
}

// machineOf returns the ID of the machine of a mode, if it has one.
func (c *chain) machineOf(m *mode) schedule.ResourceID {
	if machine := m.machine(); machine != nobody {
		return c.resources[machine].ID
	}
	return ""
}

// busyBefore returns a resource of a mode that is busy in [from, to).
func (c *chain) busyBefore(m *mode, from, to int64) (int32, bool) {
	for _, u := range m.uses {
		if c.resources[u.resource].unary() {
			if _, busy := c.busy[u.resource].overlapLast(from, to); busy {
				return u.resource, true
			}
		} else if _, until, low := c.spare[u.resource].lastBelow(to, u.units); low && until > from {
			return u.resource, true
		}
	}
	return 0, false
}

// floorOf explains a first operation: by the provision that was ready last, or
// the release fence.
func (c *chain) floorOf(o *op, ready int64) {
	for _, list := range [][]schedule.ProvisionID{c.stepOf(o).Provisions, c.items[c.routings[c.state.orders[o.order].routing].item].Provisions} {
		for _, id := range list {
			if i := c.x.Provisions.Position(id); i >= 0 && c.model.ready[i] > c.fence && c.model.ready[i] == ready {
				c.add(schedule.Cause{Kind: schedule.WaitsForProvision, Provision: id, From: c.time(c.now), To: c.time(ready)})
				return
			}
		}
	}
	fence := c.fence
	if order := &c.state.orders[o.order]; order.existing < 0 {
		fence = max(fence, c.routings[order.routing].opens)
	}
	if fence > c.now {
		c.add(schedule.Cause{Kind: schedule.WaitsForFence, From: c.time(c.now), To: c.time(fence)})
	}
}
