package heuristic

import (
	"math/bits"
	"slices"
)

// Bounds of what is proposed for a late line in a round.
const (
	mostRivals   = 12
	mostShuffled = 5 // lines
	shuffles     = 4
	longestJoin  = 30 // lines
)

// proposals lists ways to plan a late line again: alone, before each rival,
// after each rival has been hurried, in one lot with it, and shuffled with
// some rivals. If again, only the random ones are worth a try.
func (r *repair) proposals(l int32, again bool) []proposal {
	rivals := r.rivals(l)
	var list []proposal
	if !again {
		list = append(list, proposal{turns: []turn{{line: l}}})
		for _, k := range rivals {
			list = append(list,
				proposal{turns: []turn{{line: l}, {line: k}}},
				proposal{turns: []turn{{line: k, hurried: true}, {line: l}}})
			if r.lines[k].point == r.lines[l].point && r.lines[k].Status == r.lines[l].Status {
				list = append(list, r.join(l, k))
			}
		}
	}
	if len(rivals) > 0 {
		for range shuffles {
			list = append(list, r.shuffle(l, rivals))
		}
	}
	return list
}

// join proposes one lot for two lines of an item and those due between them,
// from the last one before that has a supply of its own to the last one that
// has none.
func (r *repair) join(l, rival int32) proposal {
	all := r.demand[r.lines[l].point]
	i, j := slices.Index(all, l), slices.Index(all, rival)
	i, j = min(i, j), max(i, j)
	for i > 0 && r.rides(all[i]) {
		i--
	}
	for j+1 < len(all) && r.rides(all[j+1]) {
		j++
	}
	lines := all[i : j+1]
	if j-i >= longestJoin {
		lines = []int32{rival, l}
	}
	var p proposal
	for _, k := range lines {
		if k == l || r.lines[k].Together == "" && r.lines[k].Status == r.lines[l].Status {
			p.turns = append(p.turns, turn{line: k})
			p.more += r.lines[k].Qty
		}
	}
	p.more -= r.lines[p.turns[0].line].Qty
	return p
}

// shuffle proposes a line and some of its rivals in any order, hurried or not.
func (r *repair) shuffle(l int32, rivals []int32) proposal {
	pool := append(slices.Clone(rivals), l)
	last := len(pool) - 1
	n := min(1+r.below(mostShuffled), last)
	for i := range n { // a sample of the rivals
		j := i + r.below(last-i)
		pool[i], pool[j] = pool[j], pool[i]
	}
	pool[n], pool[last] = pool[last], pool[n]
	pool = pool[:n+1]
	var p proposal
	for i := range pool {
		j := i + r.below(len(pool)-i)
		pool[i], pool[j] = pool[j], pool[i]
		p.turns = append(p.turns, turn{pool[i], r.below(2) == 0})
	}
	return p
}

// rides reports whether a line lives on what was supplied for others.
func (r *repair) rides(l int32) bool {
	for _, p := range r.parts[l] {
		switch p.kind {
		case createdOrder:
			if o := &r.orders[p.index]; !o.off && r.routings[o.routing].point == r.lines[l].point {
				return false
			}
		case placedBuy:
			if b := &r.buys[p.index]; !b.off && r.supplies[b.supply].point == r.lines[l].point {
				return false
			}
		case placedTrip:
			if t := &r.trips[p.index]; !t.off && t.to == r.lines[l].point {
				return false
			}
		}
	}
	return true
}

// rivals lists lines that may stand in the way of one: those that are before
// it on its machines, and some that use the same material.
func (r *repair) rivals(l int32) []int32 {
	var list []int32
	add := func(k int32) {
		if k >= 0 && k != l && len(list) < mostRivals && r.lines[k].Together == "" && !slices.Contains(list, k) {
			list = append(list, k)
		}
	}
	for _, p := range r.parts[l] {
		if p.kind == createdOrder {
			r.onMachines(p.index, add)
		}
	}
	for _, pt := range r.pointsOf(l) {
		users := r.users[pt]
		for range min(3, len(users)) {
			add(users[r.below(len(users))])
		}
	}
	return list
}

// onMachines yields the owners of the operations that come before those of an
// order on their machines.
func (r *repair) onMachines(i int32, yield func(int32)) {
	o := &r.orders[i]
	if o.off || r.infinite {
		return
	}
	for k := range r.routings[o.routing].steps {
		p := &r.ops[o.first+int32(k)]
		if p.mode < 0 {
			continue
		}
		for _, u := range r.modeOf(p).uses {
			if !r.resources[u.resource].unary() {
				continue
			}
			at := p.start
			for range 4 {
				n, _ := r.busy[u.resource].prev(at)
				if n < 0 {
					break
				}
				yield(r.orders[r.ops[n].order].owner)
				at = r.ops[n].start
			}
		}
	}
}

// pointsOf lists the points that a line and its orders take from.
func (r *repair) pointsOf(l int32) []int32 {
	list := []int32{r.lines[l].point}
	for _, p := range r.parts[l] {
		if p.kind != createdOrder {
			continue
		}
		o := &r.orders[p.index]
		for k := range r.routings[o.routing].steps {
			for d := r.ops[o.first+int32(k)].draws; d >= 0; d = r.draws[d].next {
				if pt := r.draws[d].point; !slices.Contains(list, pt) {
					list = append(list, pt)
				}
			}
		}
	}
	return list
}

// below returns a number in [0, n).
func (r *repair) below(n int) int {
	hi, _ := bits.Mul64(r.pcg.Uint64(), uint64(n))
	return int(hi)
}
