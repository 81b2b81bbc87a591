package heuristic

import "github.com/taktplan/takt/wip"

// createOrder adds an order whose operations are not placed yet.
func (s *state) createOrder(r int32, qty wip.Qty, need int64) int32 {
	i := int32(len(s.orders))
	first := int32(len(s.ops))
	s.orders = append(s.orders, order{
		routing: r, existing: -1, past: nobody, owner: s.owner, first: first, qty: qty, need: need,
	})
	rt := &s.routings[r]
	for k := range rt.steps {
		s.ops = append(s.ops, op{order: i, step: int32(k), mode: unplaced, draws: -1})
	}
	s.note(createdOrder, int(i))
	rt.inputs(qty, s.ops[first:])
	return i
}

// replaced notes that an order of the problem is another one from now on.
func (s *state) replaced(e, i int32) {
	s.trail = append(s.trail, entry{kind: replacedOrder, index: e, a: int64(s.existing[e])})
	s.existing[e] = i
}

// inputs computes what enters each step so that qty good units come out: what
// the steps after it take in, raised by its yield.
func (r *routing) inputs(qty wip.Qty, ops []op) {
	for n := len(r.forward) - 1; n >= 0; n-- {
		k := r.forward[n]
		out := qty
		for j, a := range r.steps[k].after {
			if j == 0 || ops[a.step].qty > out {
				out = ops[a.step].qty
			}
		}
		ops[k].qty = r.steps[k].Input(out)
	}
}

func (s *state) placeOp(i int32, at slot) {
	o := &s.ops[i]
	o.mode, o.start, o.end, o.setup, o.change, o.overtime = at.mode, at.start, at.end, at.setup, at.change, at.overtime
	if at.next >= 0 {
		s.shrink(at.next, at.nextStart, at.nextChange)
	}
	s.occupy(o, i, 1)
	s.note(placedOp, int(i))
}

func (s *state) placeOrder(i int32) {
	s.produce(&s.orders[i], 1)
	s.orders[i].draft = false
	s.note(placedOrder, int(i))
}

func (s *state) placeDraw(d draw) int32 {
	i := int32(len(s.draws))
	d.next = s.ops[d.op].draws
	s.ops[d.op].draws = i
	s.draws = append(s.draws, d)
	s.consume(&s.draws[i], 1)
	s.note(placedDraw, int(i))
	return i
}

func (s *state) moveDraw(i int32, at int64) {
	d := &s.draws[i]
	if d.at == at {
		return
	}
	s.trail = append(s.trail, entry{kind: movedDraw, index: i, a: d.at})
	s.consume(d, -1)
	d.at = at
	s.consume(d, 1)
}

func (s *state) placeBuy(b buy) {
	s.buys = append(s.buys, b)
	s.receive(&b, 1)
	s.note(placedBuy, len(s.buys)-1)
}

func (s *state) placeTrip(t trip) {
	s.trips = append(s.trips, t)
	s.carry(&t, 1)
	s.note(placedTrip, len(s.trips)-1)
}

func (s *state) placeShip(h ship) {
	s.ships = append(s.ships, h)
	s.deliver(&h, 1)
	s.note(placedShip, len(s.ships)-1)
}

func (s *state) moveShip(i int32, at int64) {
	h := &s.ships[i]
	s.trail = append(s.trail, entry{kind: movedShip, index: i, a: h.at})
	s.deliver(h, -1)
	h.at = at
	s.deliver(h, 1)
}
