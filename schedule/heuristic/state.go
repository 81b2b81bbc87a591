package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A state is a plan in the making. Everything in it is either placed, and then
// counted in the levels and gaps, or not. Whatever is placed or taken away is
// noted on the trail, and undone from there in reverse order.
type state struct {
	*model
	stock []level // of each point
	room  []level // free area of each location that has a limit
	crowd []int64 // how much of it was missing before planning
	busy  []gaps  // of each resource with one unit
	spare []level // free units of each resource with several
	given []quota // of each partner, whole units taken on by period
	bound []quota // of each supply, amounts that arrive by period
	taken []quota // of each resource with buckets, amounts by bucket

	orders []order
	ops    []op
	draws  []draw
	buys   []buy
	trips  []trip
	ships  []ship
	trail  []entry

	setUp    []int32 // family of each resource at first
	setSince []int64 // and when the work began that left it so
	existing []int32 // order of each of Problem.Orders

	open    []bool              // points that are being supplied
	sourced map[sourceKey]int64 // amounts by source, of points with shares
	demand  [][]int32           // lines of each point by due date
	planned []bool              // lines that have been looked at
	parts   [][]part            // what was placed for each line
	spared  [][]part            // and stayed when it was taken away, since others need it
	boosted int32               // point whose lots are made larger by more, or nobody
	more    wip.Qty
	missed  []shortage

	past       []past    // orders of the previous plan
	pastLots   [][]int32 // of each routing, by end
	pastOrders []int32   // of each of Problem.Orders, or nobody
	pastShips  []int64   // of each line: when it was delivered whole, or −1
	steady     bool      // lines that were late may be as late again

	names map[string]bool        // of the previous plan
	inUse func(name string) bool // may be nil

	dropped []dropped
	left    []bool   // of each of Problem.Orders: it is dropped
	why     []excuse // of each line that is short

	owner     int32 // line that is being planned, or nobody
	budget    int   // sources that may still be tried for it
	slack     bool  // safety times and soft waits are kept
	extra     bool  // overtime may be used
	hurried   bool  // supplies are as early as possible
	pieces    int64 // into how many lots what is late is split, or 0
	closed    bool  // nothing new may be supplied
	direction Direction
	excuse    excuse
}

// quota counts what is used of a limit, by period.
type quota map[int64]int64

// An order is a lot of a routing.
type order struct {
	routing  int32
	existing int32 // in Problem.Orders, or -1
	past     int32 // in state.past, or nobody
	owner    int32
	first    int32 // operation of its first step; the others follow
	qty      wip.Qty
	release  int64
	start    int64
	end      int64
	need     int64            // when it was wanted
	off      bool             // taken away
	draft    bool             // some of it is taken away, to be placed again
	id       schedule.OrderID // in the plan that hangs on a board, if any
}

// An op is a step of an order. It is placed if mode is not unplaced.
type op struct {
	order    int32
	step     int32
	mode     int32 // in step.modes, or one of the values below
	draws    int32 // first of its draws, or -1
	qty      wip.Qty
	start    int64
	end      int64
	setup    int64 // changeover included
	change   int64 // changeover alone
	overtime bool
	fixed    bool // may not be moved by others
	done     bool
	started  bool
	issued   bool // its material has been taken already
}

// Modes of steps that have none.
const (
	unplaced   int32 = -1
	instantly  int32 = -2 // neither modes nor a partner
	contracted int32 = -3 // with a partner
	history    int32 = -4 // done, nobody knows when
)

// A draw takes material for an operation.
type draw struct {
	op    int32
	next  int32 // of the same operation, or -1
	need  int32
	which int32 // choice of the need
	point int32
	at    int64
	qty   wip.Qty
}

// A buy is a purchase.
type buy struct {
	supply  int32
	owner   int32
	placed  int64
	arrival int64
	qty     wip.Qty
	need    int64
	off     bool   // taken away
	id      string // in the plan that hangs on a board, if any
}

// A trip is a transfer on a lane.
type trip struct {
	lane    int32
	owner   int32
	from    int32 // points
	to      int32
	trips   int64
	leaves  int64
	arrives int64
	qty     wip.Qty
	need    int64
	off     bool   // taken away
	id      string // in the plan that hangs on a board, if any
}

// A ship is a delivery on a line.
type ship struct {
	line int32
	at   int64
	qty  wip.Qty
	off  bool // taken away
}

// An entry of the trail says what was done.
type entry struct {
	kind  entryKind
	index int32
	a, b  int64 // what moved was before
}

type entryKind uint8

const (
	createdOrder entryKind = iota
	placedOp
	placedOrder // its products
	placedDraw
	placedBuy
	placedTrip
	placedShip
	movedDraw
	movedShip
	shrunkOp
	takenOrder // its products and material
	takenOp
	takenBuy
	takenTrip
	takenShip
	replacedOrder // state.existing
	takenDraft    // an order that is not finished: its material only
	expected      // the output of a draft, when it was in the previous plan
	withdrawn
)

func newState(m *model) *state {
	s := &state{
		model: m, stock: make([]level, len(m.points)), room: make([]level, len(m.places)),
		crowd: make([]int64, len(m.places)),
		busy:  make([]gaps, len(m.resources)), spare: make([]level, len(m.resources)),
		given: make([]quota, len(m.partners)), bound: make([]quota, len(m.supplies)), taken: make([]quota, len(m.resources)),
		open: make([]bool, len(m.points)), sourced: map[sourceKey]int64{}, demand: make([][]int32, len(m.points)),
		planned: make([]bool, len(m.lines)), why: make([]excuse, len(m.lines)),
		setUp: make([]int32, len(m.resources)), setSince: make([]int64, len(m.resources)),
		existing: make([]int32, len(m.p.Orders)), left: make([]bool, len(m.p.Orders)), owner: nobody, boosted: nobody,
		parts: make([][]part, len(m.lines)),
	}
	for l := range m.lines {
		s.demand[m.lines[l].point] = append(s.demand[m.lines[l].point], int32(l))
	}
	for _, lines := range s.demand {
		slices.SortFunc(lines, func(i, j int32) int {
			return cmp.Or(cmp.Compare(m.lines[i].due, m.lines[j].due), cmp.Compare(i, j))
		})
	}
	for i := range s.stock {
		s.stock[i].init(0)
	}
	for i := range s.room {
		s.room[i].init(m.places[i].area)
	}
	for i := range s.given {
		s.given[i] = quota{}
	}
	for i := range s.bound {
		s.bound[i] = quota{}
	}
	for i := range m.resources {
		s.openResource(i)
	}
	for i := range m.p.Stock {
		b := &m.p.Stock[i]
		s.shift(m.pointOf(b.Point), m.now, int64(b.Qty))
	}
	for i := range m.p.Receipts {
		r := &m.p.Receipts[i]
		s.shift(m.pointOf(wip.Point{Item: r.Item, Place: r.Location}), m.receiptAt(r), int64(r.Qty))
	}
	s.noteCrowds()
	s.reserve()
	return s
}

// reserve makes room for as much as the lines take if each has an order of its
// own and nothing below has to be made.
func (s *state) reserve() {
	ops, draws := 0, 0
	for i := range s.lines {
		for _, src := range s.points[s.lines[i].point].sources {
			if src.kind == makes {
				r := &s.routings[src.ref]
				ops += len(r.steps)
				for k := range r.steps {
					draws += len(r.steps[k].needs)
				}
				break
			}
		}
	}
	s.orders = make([]order, 0, len(s.lines))
	s.ops, s.draws = make([]op, 0, ops), make([]draw, 0, draws)
	s.ships = make([]ship, 0, len(s.lines))
}

// openResource makes all its units free, but for partial outages.
func (s *state) openResource(i int) {
	r := &s.resources[i]
	if r.counted() {
		s.taken[i] = quota{}
		s.spare[i].init(never)
		return
	}
	if r.unary() {
		s.busy[i].init(r.regular)
		return
	}
	s.spare[i].init(r.units)
	for _, out := range r.Maintenance {
		if out.Units > 0 && out.Units < r.Units {
			s.spare[i].add(s.at(out.From), -int64(out.Units))
			s.spare[i].add(s.after(out.To), int64(out.Units))
		}
	}
}

// A mark is a point on the trail to go back to.
func (s *state) mark() int { return len(s.trail) }

// undo takes back everything since the mark.
func (s *state) undo(mark int) {
	for len(s.trail) > mark {
		e := s.trail[len(s.trail)-1]
		s.trail = s.trail[:len(s.trail)-1]
		s.revert(e)
	}
}

func (s *state) revert(e entry) {
	i := e.index
	switch e.kind {
	case createdOrder:
		s.holdPast(&s.orders[i], false)
		s.ops = s.ops[:s.orders[i].first]
		s.orders = s.orders[:i]
	case placedOp:
		s.occupy(&s.ops[i], i, -1)
		s.ops[i].mode = unplaced
	case placedOrder:
		s.produce(&s.orders[i], -1)
		s.orders[i].draft = true
	case placedDraw:
		s.consume(&s.draws[i], -1)
		s.ops[s.draws[i].op].draws = s.draws[i].next
		s.draws = s.draws[:i]
	case placedBuy:
		s.receive(&s.buys[i], -1)
		s.buys = s.buys[:i]
	case placedTrip:
		s.carry(&s.trips[i], -1)
		s.trips = s.trips[:i]
	case placedShip:
		s.deliver(&s.ships[i], -1)
		s.ships = s.ships[:i]
	case movedDraw:
		s.consume(&s.draws[i], -1)
		s.draws[i].at = e.a
		s.consume(&s.draws[i], 1)
	case shrunkOp:
		s.resize(i, e.a, e.b)
	case takenOrder:
		s.orders[i].off = false
		s.holdPast(&s.orders[i], true)
		s.drawAll(i, 1)
		s.produce(&s.orders[i], 1)
	case takenDraft:
		s.orders[i].off = false
		s.holdPast(&s.orders[i], true)
		s.drawAll(i, 1)
	case expected:
		s.expect(&s.orders[i], -1)
	case withdrawn:
		s.expect(&s.orders[i], 1)
	case takenOp:
		s.occupy(&s.ops[i], i, 1)
	case takenBuy:
		s.buys[i].off = false
		s.receive(&s.buys[i], 1)
	case takenTrip:
		s.trips[i].off = false
		s.carry(&s.trips[i], 1)
	case takenShip:
		s.ships[i].off = false
		s.deliver(&s.ships[i], 1)
	case replacedOrder:
		s.existing[i] = int32(e.a)
	case movedShip:
		s.deliver(&s.ships[i], -1)
		s.ships[i].at = e.a
		s.deliver(&s.ships[i], 1)
	}
}

func (s *state) note(kind entryKind, index int) {
	s.trail = append(s.trail, entry{kind: kind, index: int32(index)})
}

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

// The functions below do a thing with sign 1 and undo it with sign −1.

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

// receiptAt returns when a receipt is expected.
func (m *model) receiptAt(r *schedule.Receipt) int64 {
	return max(m.now, m.after(r.At))
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

func (s *state) stepOf(o *op) *step {
	return &s.routings[s.orders[o.order].routing].steps[o.step]
}

func (s *state) modeOf(o *op) *mode { return &s.stepOf(o).modes[o.mode] }

// wholeUnits is what an operation counts against a partner's capacity.
func (s *state) wholeUnits(o *op) int64 {
	return ceilDiv(int64(o.qty), s.routings[s.orders[o.order].routing].scale)
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// mulDiv returns a·b/c, saturated; none is negative.
func mulDiv(a, b, c int64) int64 {
	if q, ok := wip.Qty(a).MulDiv(b, c); ok {
		return int64(q)
	}
	return never / 4
}
