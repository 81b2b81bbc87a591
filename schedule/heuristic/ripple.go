package heuristic

import (
	"container/heap"
	"maps"

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
