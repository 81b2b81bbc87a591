package heuristic

import (
	"cmp"
	"slices"
)

// A taker takes from a point.
type taker struct {
	kind  entryKind // placedDraw, placedShip or placedTrip
	index int32
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
