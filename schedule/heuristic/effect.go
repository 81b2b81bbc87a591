package heuristic

import "github.com/taktplan/takt/wip"

// The functions of this file do a thing with sign 1 and undo it with sign −1.

func (s *state) occupy(o *op, index int32, sign int64) {
	switch {
	case o.mode == contracted:
		st := s.stepOf(o)
		if q := &s.partners[st.partner]; q.period > 0 {
			s.given[st.partner][o.start/q.period] += sign * s.wholeUnits(o)
		}
	case o.mode >= 0 && !o.done && !s.infinite:
		if m := s.modeOf(o); m.counted {
			s.empty(s.takesOf(m, o), o.start, sign)
		}
		for _, u := range s.stepOf(o).modes[o.mode].uses {
			if o.fixed {
				s.takeFixed(u, max(s.now, o.start), o.end, index, sign)
			} else {
				s.take(u, o.start, o.end, index, sign)
			}
		}
	}
}

// take occupies units of a resource for some time, or frees them.
func (s *state) take(u use, from, to int64, who int32, sign int64) {
	switch {
	case from >= to || s.resources[u.resource].counted():
	case !s.resources[u.resource].unary():
		s.spare[u.resource].add(from, -sign*u.units)
		s.spare[u.resource].add(to, sign*u.units)
	case sign > 0:
		s.busy[u.resource].insert(from, to, who)
	default:
		s.busy[u.resource].remove(from)
	}
}

// takeFixed is take for what may overlap with others like it.
func (s *state) takeFixed(u use, from, to int64, who int32, sign int64) {
	switch {
	case from >= to || !s.resources[u.resource].unary():
		s.take(u, from, to, who, sign)
	case sign > 0:
		s.busy[u.resource].fill(from, to, who)
	default:
		s.busy[u.resource].clear(from, to, who)
	}
}

func (s *state) produce(o *order, sign int64) {
	r := &s.routings[o.routing]
	s.keep(o, sign)
	s.shift(r.point, o.end, sign*int64(o.qty))
	s.count(makes, o.routing, r.point, sign*int64(o.qty))
	for i := range r.products {
		c := &r.products[i]
		s.shift(c.point, s.productAt(o, c), sign*int64(s.productOf(o, c)))
	}
}

// expect counts the output of an order when the previous plan had it.
func (s *state) expect(o *order, sign int64) {
	if o.past == nobody {
		return
	}
	r, lot := &s.routings[o.routing], &s.past[o.past]
	s.shift(r.point, max(s.now, lot.end), sign*int64(o.qty))
	for i := range r.products {
		c, at := &r.products[i], lot.end
		if c.step >= 0 && lot.steps[c.step].mode != nobody {
			at = lot.steps[c.step].to
		}
		if within(at, c.from, c.until) {
			s.shift(c.point, max(s.now, at), sign*int64(c.Amount(o.qty, r.scale)))
		}
	}
}

// productOf returns how much of a product an order makes.
func (s *state) productOf(o *order, c *product) wip.Qty {
	at := o.end
	if c.step >= 0 {
		at = s.ops[o.first+c.step].end
	}
	if !within(at, c.from, c.until) {
		return 0
	}
	return c.Amount(o.qty, s.routings[o.routing].scale)
}

// productAt returns when a product of an order comes.
func (s *state) productAt(o *order, c *product) int64 {
	if c.step < 0 {
		return o.end
	}
	return max(s.now, s.ops[o.first+c.step].end)
}

// count notes what a source of a point with shares is asked for.
func (s *state) count(kind sourceKind, ref, pt int32, q int64) {
	if s.points[pt].shared {
		s.sourced[sourceKey{kind, ref, pt}] += q
	}
}

func (s *state) consume(d *draw, sign int64) {
	s.stock[d.point].add(max(s.now, d.at), -sign*int64(d.qty))
	s.fill(d.point, max(s.now, d.at+s.stepOf(&s.ops[d.op]).needs[d.need].rest), -sign*int64(d.qty))
}

func (s *state) receive(b *buy, sign int64) {
	v := &s.supplies[b.supply]
	s.shift(v.point, b.arrival, sign*int64(b.qty))
	s.count(buys, b.supply, v.point, sign*int64(b.qty))
	if v.period > 0 {
		s.bound[b.supply][b.arrival/v.period] += sign * int64(b.qty)
	}
	s.empty(s.takesFor(v.uses, b.qty, s.items[v.item].scale), b.placed, sign)
}

func (s *state) carry(t *trip, sign int64) {
	s.shift(t.from, t.leaves, -sign*int64(t.qty))
	s.shift(t.to, t.arrives, sign*int64(t.qty))
	s.count(brings, t.lane, t.to, sign*int64(t.qty))
	if s.infinite {
		return
	}
	s.empty(s.takesOfTrip(t), t.leaves, sign)
	for _, u := range s.uses(t) {
		if u.resource >= 0 {
			s.take(u.use, u.from, u.to, transport, sign)
		}
	}
}

func (s *state) deliver(h *ship, sign int64) {
	s.shift(s.lines[h.line].point, h.at, -sign*int64(h.qty))
}
