package heuristic

import (
	"math/bits"
	"math/rand/v2"
	"slices"
)

// Bounds of what is proposed for a late unit in a round.
const (
	mostRivals   = 12
	mostSampled  = 6 // rivals that are drawn
	mostShuffled = 5 // units
	shuffles     = 4
	longestJoin  = 30 // units
	mostJoins    = 4  // for one rival
	mostMoved    = 4  // approved orders
)

// proposals lists ways to plan a late unit again. First the cheap ones: alone,
// before each rival, after each rival has been hurried, in one lot with it.
// When these have all failed in a round, once the costly ones; and always some
// at random.
func (r *repair) proposals(u int32, idle int) (list []proposal) {
	rivals := r.rivals(u)
	switch idle {
	case 0:
		list = r.simple(u, rivals)
	case 1:
		list = slices.Concat(r.split(u, rivals), r.belowJoins(u, rivals), r.merges(u, rivals), r.moved(u), r.chains(u, rivals))
	}
	if len(rivals) > 0 {
		for range shuffles {
			list = append(list, r.shuffle(u, rivals))
		}
	}
	return list
}

func (r *repair) simple(u int32, rivals []int32) []proposal {
	list := []proposal{{turns: []turn{{unit: u}}}}
	for _, k := range rivals {
		list = append(list,
			proposal{turns: []turn{{unit: u}, {unit: k}}},
			proposal{turns: []turn{{unit: k, hurried: true}, {unit: u}}})
		if pt := r.pointOfUnit(u); r.pointOfUnit(k) == pt && r.statusOf(k) == r.statusOf(u) {
			list = append(list, r.join(u, k, pt))
		}
	}
	return list
}

// split proposes a unit in several lots, alone and before each rival.
func (r *repair) split(u int32, rivals []int32) (list []proposal) {
	for _, n := range []int64{2, 3, 5, 8} {
		list = append(list, proposal{turns: []turn{{unit: u, pieces: n}}})
	}
	for _, k := range rivals {
		list = append(list, proposal{turns: []turn{{unit: u, pieces: 3}, {unit: k}}})
	}
	return list
}

// belowJoins proposes one lot, for a unit and a rival, of what both need.
func (r *repair) belowJoins(u int32, rivals []int32) (list []proposal) {
	for _, k := range rivals {
		joins := 0
		for _, pt := range r.web.common(r.pointOfUnit(u), r.pointOfUnit(k)) {
			if joins == mostJoins || r.statusOf(k) != r.statusOf(u) {
				break
			}
			list = append(list, r.join(u, k, pt))
			joins++
		}
	}
	return list
}

// merges proposes one lot for the rivals of one item, and the unit before or
// after them.
func (r *repair) merges(u int32, rivals []int32) (list []proposal) {
	var done []int32
	for _, k := range rivals {
		pt := r.pointOfUnit(k)
		if slices.Contains(done, pt) {
			continue
		}
		done = append(done, pt)
		var p proposal
		for _, i := range r.near([]int32{pt}, r.units[k].lines[0]) {
			if i := r.unitOf[i]; i != u && slices.Contains(rivals, i) {
				p = r.add(p, i, pt)
			}
		}
		if len(p.turns) > 1 {
			p = r.others(p, pt)
			last := p
			last.turns = append(slices.Clone(p.turns), turn{unit: u})
			list = append(list, last)
		}
	}
	return list
}

// moved proposes approved orders, which are made in any case, as early as
// possible before a unit, or after it.
func (r *repair) moved(u int32) (list []proposal) {
	for _, e := range r.near4(u) {
		list = append(list,
			proposal{turns: []turn{{unit: nobody, order: e, hurried: true}, {unit: u}}},
			proposal{turns: []turn{{unit: u}, {unit: nobody, order: e}}})
	}
	return list
}

// near4 lists some approved orders that share a point or a resource with a unit.
func (r *repair) near4(u int32) (list []int32) {
	mine := r.web.of(r.pointOfUnit(u))
	shares := func(e int32) bool {
		its := r.web.of(r.made(r.existing[e]))
		return slices.ContainsFunc(its.points, func(pt int32) bool { return slices.Contains(mine.points, pt) }) ||
			slices.ContainsFunc(its.resources, func(i int32) bool { return slices.Contains(mine.resources, i) })
	}
	for range min(mostMoved, len(r.advances)) {
		if e := r.advances[r.below(len(r.advances))]; shares(e) {
			list = appendNew(list, e)
		}
	}
	return list
}

// chains proposes a unit before each rival, which then takes the place of
// another.
func (r *repair) chains(u int32, rivals []int32) (list []proposal) {
	for _, k := range rivals {
		list = append(list, proposal{turns: []turn{{unit: u}, {unit: k}}, chain: true})
	}
	return list
}

// join proposes one lot at a point for two units and those due between them,
// from the last one before that has a supply of its own to the last one that
// has none.
func (r *repair) join(u, rival, pt int32) proposal {
	all := r.near(r.web.above[pt], r.units[u].lines[0])
	i, j := r.find(all, u), r.find(all, rival)
	if i < 0 || j < 0 {
		return r.others(r.add(r.add(proposal{}, rival, pt), u, pt), pt)
	}
	i, j = min(i, j), max(i, j)
	for i > 0 && r.rides(all[i], pt) {
		i--
	}
	for j+1 < len(all) && r.rides(all[j+1], pt) {
		j++
	}
	if j-i >= longestJoin {
		return r.others(r.add(r.add(proposal{}, rival, pt), u, pt), pt)
	}
	var p proposal
	for _, l := range all[i : j+1] {
		if k := r.unitOf[l]; k == u || r.statusOf(k) == r.statusOf(u) {
			p = r.add(p, k, pt)
		}
	}
	return r.others(p, pt)
}

// find returns the position of the first line of a unit, or −1.
func (r *repair) find(lines []int32, u int32) int {
	return slices.IndexFunc(lines, func(l int32) bool { return r.unitOf[l] == u })
}

// add adds a unit to a proposal, once, and what it takes at a point.
func (r *repair) add(p proposal, u, pt int32) proposal {
	if !slices.ContainsFunc(p.turns, func(t turn) bool { return t.unit == u }) {
		p.turns = append(p.turns, turn{unit: u})
		for _, l := range r.units[u].lines {
			p.more = min(p.more+r.web.requirement(r.lines[l].point, r.lines[l].Qty, pt, maxLevels), maxAmount)
		}
	}
	return p
}

// maxLevels bounds how deep a requirement is looked for.
const maxLevels = 6

// others has the first unit of a proposal make what the others take at a point.
func (r *repair) others(p proposal, pt int32) proposal {
	p.point = pt
	p.more -= r.add(proposal{}, p.turns[0].unit, pt).more
	return p
}

// shuffle proposes a unit and some of its rivals in any order, hurried, split
// or neither.
func (r *repair) shuffle(u int32, rivals []int32) proposal {
	pool := append(slices.Clone(rivals), u)
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
		p.turns = append(p.turns, turn{unit: pool[i], hurried: r.below(2) == 0, pieces: []int64{0, 0, 0, 3}[r.below(4)]})
	}
	return p
}

// rides reports whether a line lives at a point on what was supplied for
// others.
func (r *repair) rides(l, pt int32) bool {
	for _, p := range r.parts[l] {
		switch p.kind {
		case createdOrder:
			if o := &r.orders[p.index]; !o.off && r.routings[o.routing].point == pt {
				return false
			}
		case placedBuy:
			if b := &r.buys[p.index]; !b.off && r.supplies[b.supply].point == pt {
				return false
			}
		case placedTrip:
			if t := &r.trips[p.index]; !t.off && t.to == pt {
				return false
			}
		}
	}
	return true
}

// rivals lists units that may stand in the way of one: those that are before
// it on its machines, and some that may use the same material and resources.
func (r *repair) rivals(u int32) []int32 {
	var list []int32
	add := func(l int32) {
		if l >= 0 && r.unitOf[l] != u && len(list) < mostRivals {
			list = appendNew(list, r.unitOf[l])
		}
	}
	for _, l := range r.units[u].lines {
		for _, p := range r.parts[l] {
			if p.kind == createdOrder {
				r.onMachines(p.index, add)
			}
		}
	}
	kin := r.kin(u)
	total := 0
	for _, pt := range kin {
		total += len(r.demand[pt])
	}
	if total <= mostRivals {
		for _, l := range r.near(kin, r.units[u].lines[0]) {
			add(l)
		}
		return list
	}
	for range mostSampled {
		close := r.near(kin[r.below(len(kin)):][:1], r.units[u].lines[0])
		add(close[r.below(len(close))])
	}
	return list
}

// kin lists the points with lines that may use what a unit may use.
func (r *repair) kin(u int32) (list []int32) {
	at := r.web.of(r.pointOfUnit(u))
	for _, pt := range at.points {
		list = append(list, r.web.above[pt]...)
	}
	for _, i := range at.resources {
		list = append(list, r.web.around[i]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
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

func (r *repair) pointOfUnit(u int32) int32 { return r.lines[r.units[u].lines[0]].point }

func (r *repair) statusOf(u int32) int { return int(r.lines[r.units[u].lines[0]].Status) }

// below returns a number in [0, n).
func below(pcg *rand.PCG, n int) int {
	hi, _ := bits.Mul64(pcg.Uint64(), uint64(n))
	return int(hi)
}
