package simulate

import (
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A stage is how far an order has come.
type stage uint8

const (
	coming   stage = iota // not in the pool yet
	pooled                // waits to be released
	released              // in the shop
	finished
	dropped // by a newer plan, before it was released
)

// An order is one while simulating. Instants are never until they are known.
type order struct {
	id       schedule.OrderID
	routing  *routing
	key      uint64 // of its random numbers
	qty      int64
	arrives  int64 // in the pool
	released int64
	started  int64
	ended    int64
	planned  int64 // end by the plan that it was first in
	due      int64 // never if there is none
	priority int32
	stage    stage
	rush     bool
	existing bool
	first    int32 // task of its first step
	steps    int32 // that are not done
	work     int64 // planned, of those
	total    int64 // planned work of all
	good     int64
}

// admit adds an order and its tasks, and returns its index.
func (s *Plant) admit(o order) int32 {
	n := int32(len(s.orders))
	o.released, o.started, o.ended = never, never, never
	o.key = hash(string(o.id))
	o.good = o.qty
	o.first = s.block(o.routing)
	o.steps = int32(len(o.routing.steps))
	in := o.routing.inputs(wip.Qty(o.qty))
	s.orders = append(s.orders, o)
	if !o.rush {
		s.byID[o.id] = n
	}
	k := &s.orders[n]
	for i := range in {
		k.work += s.admitTask(n, int32(i), in)
	}
	k.total = k.work
	return n
}

// block returns the first of as many tasks in a row as a routing has steps: new
// ones, or those of a rush order that has ended.
func (s *Plant) block(r *routing) int32 {
	if spare := s.spare[r.number]; len(spare) > 0 {
		s.spare[r.number] = spare[:len(spare)-1]
		return spare[len(spare)-1]
	}
	n := int32(len(s.tasks))
	for range r.steps {
		s.tasks = append(s.tasks, task{grant: int32(len(s.grants))})
		for range r.most {
			s.grants = append(s.grants, grant{})
		}
	}
	return n
}

// admitTask sets up step k of an order and returns its planned work.
func (s *Plant) admitTask(n, k int32, in []wip.Qty) int64 {
	o := &s.orders[n]
	st := &o.routing.steps[k]
	t := &s.tasks[o.first+k]
	*t = task{
		order: n, step: st, pending: st.preds, qty: int64(in[k]), in: int64(in[k]), good: o.qty,
		planned: never, plannedEnd: never, deadline: never, tryAt: -1, grant: t.grant, stamp: t.stamp,
	}
	if !st.last {
		t.good = 0
		for _, l := range st.links {
			t.good = max(t.good, int64(in[l.to]))
		}
	}
	t.standard = s.standard(t)
	return t.standard
}

// inputs returns what has to enter each step for qty good units in the end.
func (r *routing) inputs(qty wip.Qty) []wip.Qty {
	r.in = slices.Grow(r.in[:0], len(r.steps))[:len(r.steps)]
	for i := len(r.order) - 1; i >= 0; i-- {
		st := &r.steps[r.order[i]]
		out := qty
		if !st.last {
			out = 0
			for _, l := range st.links {
				out = max(out, r.in[l.to])
			}
		}
		r.in[r.order[i]] = st.Input(out)
	}
	return r.in
}

// enterPool puts an order into the pool, from where it is released.
func (s *Plant) enterPool(n int32) {
	o := &s.orders[n]
	if o.stage != coming {
		return
	}
	o.stage = pooled
	s.inPool++
	if s.o.Release == nil {
		s.release(n)
		return
	}
	s.floor.enter(n)
	s.decide(Arrival)
}

// release gives an order to the shop.
func (s *Plant) release(n int32) {
	o := &s.orders[n]
	o.stage, o.released = released, s.now
	s.inPool--
	s.inShop++
	s.workInShop += o.work
	if s.o.Release != nil {
		s.floor.load(n)
	}
	s.tell(wip.Event{Kind: wip.Released, Order: o.id, Point: s.m.names[o.routing.point], Qty: wip.Qty(o.qty)})
	first, steps := o.first, len(o.routing.steps)
	for t := first; t < first+int32(steps); t++ {
		if s.tasks[t].pending == 0 && s.tasks[t].state == waiting {
			s.becomeReady(t)
		}
	}
}

// finishOrder puts the output of an order into stock, or hands it over if it
// was a rush.
func (s *Plant) finishOrder(n int32) {
	o := &s.orders[n]
	o.stage, o.ended = finished, s.now
	s.inShop--
	made := s.m.names[o.routing.point]
	s.record.output = append(s.record.output, outputFact{s.now, o.routing.point, o.good})
	s.tell(wip.Event{Kind: wip.Delivered, Order: o.id, Point: made, Qty: wip.Qty(o.good)})
	s.tell(wip.Event{Kind: wip.Closed, Order: o.id})
	if !o.rush {
		s.put(o.routing.point, o.good)
	} else {
		s.tell(wip.Event{Kind: wip.Shipped, Line: wip.LineID(o.id), Point: made, Qty: wip.Qty(o.good)})
		if !o.routing.takes {
			s.spare[o.routing.number] = append(s.spare[o.routing.number], o.first)
		}
	}
	s.putProducts(o, o.routing.output, wip.Qty(o.good), o.planned)
	if s.o.Release != nil {
		s.decide(OrderDone)
	}
}

// putProducts puts what is made along with qty of an order into stock. Whether
// it comes at all was planned for a date, if there is a plan.
func (s *Plant) putProducts(o *order, products []product, qty wip.Qty, planned int64) {
	if planned == never {
		planned = s.now
	}
	for _, q := range products {
		if !q.Effective.Contains(s.m.time(planned)) {
			continue
		}
		made := q.Amount(qty, o.routing.scale)
		s.tell(wip.Event{Kind: wip.Adjusted, Point: s.m.names[q.point], Qty: made, Cause: "product of " + string(o.id)})
		s.put(q.point, int64(made))
	}
}

// startRushes puts down the first order of each arrival process.
func (s *Plant) startRushes() {
	s.rushes = make([]int, len(s.o.Rushes))
	for i := range s.o.Rushes {
		s.nextRush(int32(i))
	}
}

func (s *Plant) nextRush(i int32) {
	draw := newStream(s.o.Seed, forRush, uint64(i), 0, uint64(s.rushes[i]))
	s.agenda.push(s.now+draw.time(s.o.Rushes[i].Between), rushes, i, 0)
}

// rush has a rush order arrive.
func (s *Plant) rush(i int32) {
	r := &s.o.Rushes[i]
	draw := newStream(s.o.Seed, forRush, uint64(i), 1, uint64(s.rushes[i]))
	s.rushes[i]++
	n := s.admit(order{
		id:      rushID(r.Name, s.rushes[i]),
		routing: &s.m.routings[s.m.x.Routings.Position(r.Routing)], qty: int64(r.Qty),
		arrives: s.now, planned: never, due: s.now + draw.time(r.Allowance), priority: int32(r.Priority), rush: true,
	})
	first := s.orders[n].first
	for k := range s.orders[n].routing.steps {
		s.claimMaterial(first+int32(k), nil)
	}
	s.nextRush(i)
	s.enterPool(n)
}
