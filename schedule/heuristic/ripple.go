package heuristic

import (
	"cmp"
	"container/heap"
	"maps"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A ripple moves what cannot stay where it is, and then what that pushes: the
// steps after it, what waits for its output, and unless free time is enough,
// what is behind it on its machine. It goes through them in the order of their
// dates in the plan that hangs, so that each is moved once as a rule, and ends
// where there is slack.
//
// An operation that has to move is lifted: its order is made anew, the steps
// that need not move where they were, and the step and those after it left
// out. The order is a draft then, and waits in the queue for its turn; until
// that comes, its output is expected when it was. Nothing is ever placed
// earlier than it was.
type ripple struct {
	*state
	how  Freedom
	keep int64 // end of the frozen zone

	queue  queue
	takers [][]taker       // of each point, including some that are gone
	listed [3]int          // draws, ships and trips in takers
	heirs  map[int32]int32 // of orders that were made anew
	lifts  int
	// desperate lets a step that has no place in its mode go anywhere.
	desperate bool
	failed    bool // something is left that no move mends
}

// A taker takes from a point.
type taker struct {
	kind  entryKind // placedDraw, placedShip or placedTrip
	index int32
}

// mostLifts bounds how often operations are lifted, for each order there is;
// beyond, free time has to do.
const mostLifts = 3

// mostTurns bounds how often things are placed again, for each there is.
const mostTurns = 10

// start makes the ripple ready to move things with a freedom.
func (r *ripple) start(f Freedom) {
	r.how, r.keep = f, r.at(f.Keep)
	if f.Keep.IsZero() {
		r.keep = r.now
	}
	r.lifts, r.failed = 0, false
}

// forget drops what an undo has made untrue.
func (r *ripple) forget(dropped int) {
	r.queue = r.queue[:0]
	r.unlist()
	r.dropped = r.dropped[:dropped]
	for i := range r.state.orders {
		if o := &r.state.orders[i]; o.existing >= 0 && !o.off {
			r.existing[o.existing] = int32(i)
		}
	}
}

// unlist has the list of takers, and the heirs, end where an undo has cut them.
func (r *ripple) unlist() {
	r.listed = [3]int{min(r.listed[0], len(r.draws)), min(r.listed[1], len(r.ships)), min(r.listed[2], len(r.trips))}
	maps.DeleteFunc(r.heirs, func(_, heir int32) bool { return int(heir) >= len(r.state.orders) })
}

// current returns the index that an operation has now, after its order was made
// anew.
func (r *ripple) current(n int32) int32 {
	i, k := r.ops[n].order, r.ops[n].step
	for heir, gone := r.heirs[i]; gone; heir, gone = r.heirs[i] {
		i = heir
	}
	return r.state.orders[i].first + k
}

// A waiting is something that was taken away and is to be placed again.
type waiting struct {
	at    int64 // when it was
	kind  entryKind
	index int32
}

// queue is a heap of what waits, by date.
type queue []waiting

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind), cmp.Compare(a.index, b.index)) < 0
}
func (q *queue) Push(x any) { *q = append(*q, x.(waiting)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func (r *ripple) wait(at int64, kind entryKind, index int32) {
	heap.Push(&r.queue, waiting{at, kind, index})
}

// run places what waits until nothing does.
func (r *ripple) run() {
	for turns := mostTurns * (len(r.state.orders) + len(r.ships) + 1); len(r.queue) > 0; turns-- {
		if turns == 0 {
			r.failed = true
			return
		}
		switch w := heap.Pop(&r.queue).(waiting); w.kind {
		case createdOrder:
			if int(w.index) < len(r.state.orders) && r.state.orders[w.index].draft && !r.state.orders[w.index].off {
				r.putBack(w.index)
			}
		case placedShip:
			r.shipAgain(w.index)
		case placedTrip:
			r.tripAgain(w.index)
		}
	}
}

// lift takes an operation off its place, and with it the steps after it; of an
// order with maximum waits, all that can move.
func (r *ripple) lift(n int32) {
	if !r.lies(n) {
		return
	}
	i, first := r.ops[n].order, r.ops[n].step
	old := r.state.orders[i]
	tail := r.tail(i, first)
	r.takeDown(i)
	heir := r.renew(i, tail)
	r.expect(&r.state.orders[heir], 1)
	r.note(expected, int(heir))
	r.lifts++
	var followers []int32
	at := int64(never)
	for k := range tail {
		if tail[k] && r.ops[old.first+int32(k)].mode != unplaced {
			followers = r.takeOff(old.first+int32(k), followers)
		}
		if tail[k] {
			at = min(at, r.wasAt(r.state.orders[heir].first+int32(k), r.ops[old.first+int32(k)].start))
		}
	}
	r.wait(at, createdOrder, heir)
	for _, f := range followers {
		r.lift(r.current(f))
	}
}

// takeDown takes away what an order makes and takes, but not its operations.
func (r *ripple) takeDown(i int32) {
	o := &r.state.orders[i]
	if o.draft {
		r.withdraw(i)
		r.note(takenDraft, int(i))
	} else {
		r.produce(o, -1)
		r.note(takenOrder, int(i))
	}
	r.drawAll(i, -1)
	o.off = true
}

// withdraw ends the expectation of what a draft makes.
func (r *ripple) withdraw(i int32) {
	r.expect(&r.state.orders[i], -1)
	r.note(withdrawn, int(i))
}

// lies reports whether an operation is placed now.
func (r *ripple) lies(n int32) bool {
	return int(n) < len(r.ops) && r.ops[n].mode != unplaced && !r.state.orders[r.ops[n].order].off
}

// takeOff takes an operation from its machine. If the one after it there can
// then not be set up where it is, it is added to followers.
func (r *ripple) takeOff(n int32, followers []int32) []int32 {
	if r.takeOp(n) {
		return followers
	}
	return append(followers, r.nextOfFamily(&r.busy[r.modeOf(&r.ops[n]).machine()], r.ops[n].start))
}

// tail tells the steps of an order that have to go if one does: those after
// it. Steps that stay where they are by the problem stay.
func (r *ripple) tail(i, first int32) []bool {
	o := &r.state.orders[i]
	rt := &r.routings[o.routing]
	tail := make([]bool, len(rt.steps))
	for _, k := range rt.forward {
		tail[k] = k == first || rt.tight || r.ops[o.first+k].mode == unplaced
		for _, a := range rt.steps[k].before {
			tail[k] = tail[k] || tail[a.step]
		}
	}
	for k := range tail {
		tail[k] = tail[k] && !r.ops[o.first+int32(k)].fixed
	}
	return tail
}

// renew makes an order anew, without its tail.
func (r *ripple) renew(i int32, tail []bool) int32 {
	old := r.state.orders[i]
	n := r.createOrder(old.routing, old.qty, old.need)
	o := &r.state.orders[n]
	o.existing, o.owner, o.past, o.id, o.draft = old.existing, old.owner, old.past, old.id, true
	if o.existing >= 0 {
		r.existing[o.existing] = n
	}
	r.heirs[i] = n
	rt := &r.routings[old.routing]
	r.failed = r.failed || len(rt.holds) > 0 // what is held would have to move along
	for k := range rt.steps {
		a, b := old.first+int32(k), o.first+int32(k)
		was := r.ops[a]
		to := &r.ops[b]
		to.qty, to.fixed, to.done, to.started, to.issued, to.overtime = was.qty, was.fixed, was.done, was.started, was.issued, was.overtime
		if tail[k] || was.mode == unplaced {
			continue
		}
		r.occupy(&r.ops[a], a, -1)
		r.note(takenOp, int(a))
		at := was.slot()
		if was.started && at.mode >= 0 {
			at.end = r.endOf(to, &rt.steps[k].modes[at.mode], max(at.start, r.present))
		}
		r.placeOp(b, at)
		if rt.tight {
			continue // what stays draws again with the rest
		}
		for d := was.draws; d >= 0; d = r.draws[d].next {
			again := r.draws[d]
			again.op = b
			r.placeDraw(again)
		}
	}
	return n
}

// wasAt returns when an operation started in the plan that hangs, or else in
// its last place.
func (r *ripple) wasAt(n int32, last int64) int64 {
	o := &r.ops[n]
	if p := r.state.orders[o.order].past; p != nobody && r.past[p].steps[o.step].mode != nobody {
		return r.past[p].steps[o.step].from
	}
	return last
}

// putBack places the next step of a draft: with what there is, or else in any
// mode and with a new supply. A draft without a place for a step is dropped, and one that has
// them all is finished.
func (r *ripple) putBack(i int32) {
	k, tight := r.next(i), r.routings[r.state.orders[i].routing].tight
	mark, placed := r.mark(), false
	for _, r.desperate = range []bool{false, true} {
		r.closed = !r.how.Supply && !r.desperate
		r.begin(r.state.orders[i].owner)
		switch {
		case placed || k == nobody:
		case tight:
			placed = r.wholeAgain(i, k)
		default:
			placed = r.placeStep(i, k)
		}
		if !placed {
			r.undo(mark)
			r.unlist()
		}
	}
	r.closed, r.desperate = false, false
	if n := r.next(i); placed && !tight && n != nobody {
		r.wait(r.wasAt(r.state.orders[i].first+n, r.horizon), createdOrder, i)
		return
	}
	if tight && placed {
		r.starve(i)
		return
	}
	r.finishAgain(i, placed || k == nobody)
}

// next returns the step of a draft that is to be placed next, or nobody.
func (r *ripple) next(i int32) int32 {
	o := &r.state.orders[i]
	best, at := nobody, int64(never)
	for _, k := range r.routings[o.routing].forward {
		if n := o.first + k; r.ops[n].mode == unplaced {
			if was := r.wasAt(n, o.need); best == nobody || was < at {
				best, at = k, was
			}
		}
	}
	return best
}

// wholeAgain places an order with maximum waits from its step k on.
func (r *ripple) wholeAgain(i, k int32) bool {
	r.withdraw(i)
	o := &r.state.orders[i]
	return r.placeForward(i, max(r.now, r.wasAt(o.first+k, o.need)), 0) && r.inEffect(i) && r.fits(i)
}

// finishAgain finishes a draft that has all its places, if they are in order,
// and drops it if not.
func (r *ripple) finishAgain(i int32, placed bool) {
	r.withdraw(i)
	mark := r.mark()
	if placed {
		r.finish(i, r.now)
	}
	if !placed || !r.inEffect(i) || !r.fits(i) {
		r.undo(mark)
		r.drop(i)
	}
	r.starve(i)
}

// fits reports whether an order ends in the horizon, and if it is new, leaves
// enough area for all.
func (r *ripple) fits(i int32) bool {
	o := &r.state.orders[i]
	return o.end <= r.horizon && (o.past != nobody || !r.crowded())
}

// inEffect reports whether the routing of an order is in effect when it starts.
func (r *ripple) inEffect(i int32) bool {
	o := &r.state.orders[i]
	return o.existing >= 0 || r.mayMake(i, o.start) || r.refuse(excuse{kind: notEffective, point: r.made(i)})
}

// placeStep places a step no earlier than it was. In overtime it works only if
// it did so before, or if it may and that makes it end earlier.
func (r *ripple) placeStep(i, k int32) bool {
	n := r.state.orders[i].first + k
	j := r.jobOf(i, k)
	if j.extra = r.ops[n].overtime; j.extra || !r.how.Overtime {
		return r.placeJob(i, k, j)
	}
	mark := r.mark()
	ok := r.placeJob(i, k, j)
	end := r.ops[n].end
	if ok && end <= r.wasEnd(n) {
		return true
	}
	r.undo(mark)
	long := j
	long.extra = true
	if r.placeJob(i, k, long) && (!ok || r.ops[n].end < end) {
		return true
	}
	r.undo(mark)
	return r.placeJob(i, k, j)
}

func (r *ripple) wasEnd(n int32) int64 {
	o := &r.ops[n]
	if p := r.state.orders[o.order].past; p != nobody && r.past[p].steps[o.step].mode != nobody {
		return r.past[p].steps[o.step].to
	}
	return never
}

// jobOf returns the job of a step: after the steps before it, no earlier than
// it was, and unless it may be rerouted in its mode.
func (r *ripple) jobOf(i, k int32) job {
	n := r.state.orders[i].first + k
	j := r.newJob(n, r.floor(i, k))
	j.lo = max(j.lo, r.wasAt(n, j.lo))
	for _, a := range j.step.before {
		j.lo = max(j.lo, r.mayStart(i, k, a))
	}
	for _, a := range j.step.after {
		if r.ops[r.state.orders[i].first+a.step].mode != unplaced {
			j.hi = min(j.hi, r.mustEnd(i, k, a))
		}
	}
	if p := r.state.orders[i].past; p != nobody && !r.how.Reroute && !r.desperate {
		j.only = r.past[p].steps[k].mode
	}
	return j
}

func (r *ripple) placeJob(i, k int32, j job) bool {
	if r.how.Gaps || j.only < 0 || r.infinite {
		return r.settle(i, k, j, 0)
	}
	r.makeWay(i, k, &j)
	return r.settle(i, k, j, 0)
}

// makeWay lifts what is behind a step on its machines from where the step will
// be, as soon as its material is there.
func (r *ripple) makeWay(i, k int32, j *job) {
	mark := r.mark()
	lo, ok := r.materialAfter(j.op, j.lo, 0)
	r.undo(mark)
	if !ok {
		return
	}
	m, w := &j.step.modes[j.only], j.work[j.only]
	lo = max(lo, m.from)
	for range maxRestarts {
		start, end := r.spanAfter(m.working(j.extra), j.step.Pausable, lo, w.setup+w.run)
		if start == never || end > j.hi {
			return
		}
		n, until, found := r.firstIn(m, start, end)
		if !found {
			return
		}
		if r.yields(n, j.op) {
			r.lift(n)
		} else {
			lo = until
		}
	}
}

// firstIn returns the first work on the machines of a mode in [start, end),
// and when it ends.
func (r *ripple) firstIn(m *mode, start, end int64) (n int32, until int64, found bool) {
	for _, u := range m.uses {
		if !r.resources[u.resource].unary() || start >= end {
			continue
		}
		g := &r.busy[u.resource]
		if n, until = g.prev(start + 1); n != nobody && until > start {
			return n, until, true
		}
		if at := g.next(start); at < end {
			n, until = g.prev(at + 1)
			return n, until, true
		}
	}
	return nobody, 0, false
}

// yields reports whether operation n makes way for another: it was behind it,
// and is neither bound nor frozen.
func (r *ripple) yields(n, other int32) bool {
	if n < 0 || r.ops[n].fixed || r.ops[n].order == r.ops[other].order || r.ops[n].start < r.keep {
		return false
	}
	a, b := r.wasAt(n, r.ops[n].start), r.wasAt(other, never)
	return (a > b || a == b && n > other) && r.lifts < mostLifts*len(r.state.orders)
}

// drop takes a draft away for good, whose output is withdrawn.
func (r *ripple) drop(i int32) {
	o := r.state.orders[i]
	r.drawAll(i, -1)
	r.state.orders[i].off = true
	r.note(takenDraft, int(i))
	var followers []int32
	for k := range r.routings[o.routing].steps {
		if n := o.first + int32(k); r.ops[n].mode != unplaced {
			followers = r.takeOff(n, followers)
		}
	}
	if o.existing >= 0 {
		r.dropped = append(r.dropped, dropped{int32(o.existing), r.excuse})
	}
	for _, f := range followers {
		r.lift(r.current(f))
	}
}

// starve has those wait who lack what an order makes.
func (r *ripple) starve(i int32) {
	rt := &r.routings[r.state.orders[i].routing]
	r.starvePoint(rt.point)
	for n := range rt.products {
		r.starvePoint(rt.products[n].point)
	}
}

// starvePoint takes away what takes from a point at an instant at which there
// is not enough, until there is. If only what is bound takes then, it has to be
// supplied or its order dropped.
func (r *ripple) starvePoint(pt int32) {
	for at := r.stock[pt].firstBelow(r.now, 0); at != never; at = r.stock[pt].firstBelow(r.now, 0) {
		t, free := r.taker(pt, at)
		switch {
		case free:
			r.takeAway(t)
		case r.supplyAtOnce(pt, at):
		case t.index != nobody:
			r.dropOrder(r.ops[r.draws[t.index].op].order)
		default:
			r.failed = true
			return
		}
	}
}

// supplyAtOnce supplies what is missing at an instant from somewhere new.
func (r *ripple) supplyAtOnce(pt int32, at int64) bool {
	r.begin(nobody)
	mark := r.mark()
	if r.supplyBy(pt, r.missing(pt, at), at, 0) {
		return true
	}
	r.undo(mark)
	return false
}

// dropOrder drops an order that is placed.
func (r *ripple) dropOrder(i int32) {
	if o := &r.state.orders[i]; o.draft {
		r.withdraw(i)
	} else {
		steps := len(r.routings[o.routing].steps)
		r.takeDown(i)
		i = r.renew(i, make([]bool, steps))
	}
	r.drop(i)
	r.starve(i)
}

// taker returns who takes from a point at an instant and may wait, the least
// important of several, or else somebody bound.
func (r *ripple) taker(pt int32, at int64) (found taker, free bool) {
	r.list()
	found.index = nobody
	for _, t := range r.takers[pt] {
		fixed, ok := r.takesAt(t, pt, at)
		if !ok || fixed && free {
			continue
		}
		if !fixed && !free || r.later(t, found) {
			found = t
		}
		free = free || !fixed
	}
	return found, free
}

// later reports whether a taker gives way before another.
func (r *ripple) later(a, b taker) bool {
	if a.kind == placedShip && b.kind == placedShip {
		return r.compareLines(r.ships[a.index].line, r.ships[b.index].line) > 0
	}
	return b.index == nobody || cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.index, b.index)) > 0
}

// takesAt reports whether a taker takes from a point at an instant, and whether
// it is bound to.
func (r *ripple) takesAt(t taker, pt int32, at int64) (fixed, ok bool) {
	switch t.kind {
	case placedDraw:
		if int(t.index) >= len(r.draws) {
			return false, false
		}
		d := &r.draws[t.index]
		return r.ops[d.op].fixed, d.point == pt && max(r.now, d.at) == at && d.qty > 0 && r.lies(d.op)
	case placedShip:
		if int(t.index) >= len(r.ships) {
			return false, false
		}
		h := &r.ships[t.index]
		return false, r.lines[h.line].point == pt && h.at == at && !h.off
	default:
		if int(t.index) >= len(r.trips) {
			return false, false
		}
		v := &r.trips[t.index]
		return false, v.from == pt && v.leaves == at && !v.off
	}
}

func (r *ripple) takeAway(t taker) {
	switch t.kind {
	case placedDraw:
		r.lift(r.draws[t.index].op)
	case placedShip:
		r.takeShip(t.index)
		r.wait(r.ships[t.index].at, placedShip, t.index)
	default:
		v := &r.trips[t.index]
		r.carry(v, -1)
		v.off = true
		r.note(takenTrip, int(t.index))
		r.wait(v.leaves, placedTrip, t.index)
		r.starvePoint(v.to)
	}
}

// list enters new draws, deliveries and transfers under their points.
func (r *ripple) list() {
	if grow := len(r.points) - len(r.takers); grow > 0 {
		r.takers = append(r.takers, make([][]taker, grow)...)
	}
	enter := func(pt int32, kind entryKind, i int) {
		if t := (taker{kind, int32(i)}); !slices.Contains(lastOf(r.takers[pt]), t) {
			r.takers[pt] = append(r.takers[pt], t)
		}
	}
	for i := r.listed[0]; i < len(r.draws); i++ {
		enter(r.draws[i].point, placedDraw, i)
	}
	for i := r.listed[1]; i < len(r.ships); i++ {
		enter(r.lines[r.ships[i].line].point, placedShip, i)
	}
	for i := r.listed[2]; i < len(r.trips); i++ {
		enter(r.trips[i].from, placedTrip, i)
	}
	r.listed = [3]int{len(r.draws), len(r.ships), len(r.trips)}
}

func lastOf(list []taker) []taker { return list[max(0, len(list)-1):] }

// shipAgain delivers what was delivered, as soon as it is there.
func (r *ripple) shipAgain(i int32) {
	h := r.ships[i]
	at := max(h.at, r.now)
	for _, r.closed = range []bool{!r.how.Supply, false} {
		r.begin(h.line)
		if r.shipBy(h.line, int64(h.qty), at) || at < r.horizon && r.deliverSoon(h.line, h.qty, at) {
			r.closed = false
			return
		}
	}
	r.why[h.line] = r.excuse
}

// shipBy delivers from what there is at an instant.
func (r *ripple) shipBy(l int32, qty, at int64) bool {
	ln := &r.lines[l]
	if at < ln.earliest || at > ln.latest || at >= r.horizon || r.stock[ln.point].lowFrom(at) < qty {
		return false
	}
	r.placeShip(ship{line: l, at: at, qty: wip.Qty(qty)})
	return true
}

// tripAgain moves a transfer to where its load is there.
func (r *ripple) tripAgain(i int32) {
	tr := r.trips[i]
	l := &r.lanes[tr.lane]
	tr.off = false
	for _, r.closed = range []bool{!r.how.Supply, false} {
		r.begin(tr.owner)
		mark := r.mark()
		_, ok := r.drawAfter(tr.from, int64(tr.qty), max(r.laneOpens(l), tr.leaves), 0, func(at int64) {
			tr.leaves = at
			r.fitTrip(&tr)
			r.placeTrip(tr)
		})
		src := r.sourceAt(tr.to, brings, tr.lane, tr.leaves)
		if ok && src != nil && src.lot.Allows(tr.qty) && tr.arrives < r.horizon {
			break
		}
		r.undo(mark)
	}
	r.closed = false
	r.starvePoint(tr.to)
}

// meet has lines that ship together wait for the last of them.
func (r *ripple) meet() {
	last := map[string]int64{}
	for i := range r.ships {
		if ship := &r.ships[i]; !ship.off {
			g := r.lines[ship.line].Together
			last[g] = max(last[g], ship.at)
		}
	}
	for i := range r.ships {
		ship := &r.ships[i]
		g := r.lines[ship.line].Together
		if g == "" || ship.off || ship.at == last[g] {
			continue
		}
		if last[g] <= r.lines[ship.line].latest {
			r.moveShip(int32(i), last[g])
			continue
		}
		r.refuse(excuse{kind: tooLate, point: r.lines[ship.line].point})
		r.why[ship.line] = r.excuse
		r.takeShip(int32(i))
	}
}
