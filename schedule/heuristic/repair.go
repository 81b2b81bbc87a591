package heuristic

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A repair improves a plan by planning lines again. A line that is late is
// taken out, with a line that may stand in its way, and both are planned anew
// in one of the ways of [move]. A try that does not lower the estimated cost of
// the lines it touches is undone, and so is one that makes a more important
// line later.
type repair struct {
	*state
	pcg  *rand.PCG
	cost []int64 // of each line
}

// A move is a way to plan a late line and a rival again.
type move uint8

const (
	overtake move = iota // the line, then the rival
	hurry                // the rival as early as possible, then the line
	join                 // both in one lot, with the lines between them
	moves
)

// perLine bounds the tries that a late line gets in a round.
const perLine = 12

// improve runs rounds of repair until one does not help, or step returns
// false. It calls step before each try.
func (s *state) improve(seed uint64, step func() bool) {
	r := &repair{state: s, pcg: rand.NewPCG(seed, 0), cost: make([]int64, len(s.lines))}
	for l := range r.cost {
		r.cost[l] = s.costOf(int32(l))
	}
	for better := true; better; {
		better = false
		for _, l := range r.worst() {
			helped, more := r.line(l, step)
			if !more {
				return
			}
			better = better || helped
		}
	}
}

// worst lists the lines that are late or short, the most expensive first.
func (r *repair) worst() []int32 {
	var late []int32
	for l := range r.lines {
		if r.lines[l].Together == "" && r.penalty(int32(l)) > 0 {
			late = append(late, int32(l))
		}
	}
	slices.SortFunc(late, func(i, j int32) int {
		return cmp.Or(cmp.Compare(r.penalty(j), r.penalty(i)), cmp.Compare(i, j))
	})
	return late
}

// line tries to improve a line; more is false when step has said so.
func (r *repair) line(l int32, step func() bool) (helped, more bool) {
	for n, rival := range r.rivals(l) {
		for m := range moves {
			if r.penalty(l) == 0 || n >= perLine {
				return helped, true
			}
			if !r.sensible(l, rival, m) {
				continue
			}
			if !step() {
				return helped, false
			}
			helped = r.try(l, rival, m) || helped
		}
	}
	return helped, true
}

// sensible reports whether a move makes sense: a line alone can only be
// planned again, and only lines of one item share a lot.
func (r *repair) sensible(l, rival int32, m move) bool {
	switch {
	case rival == nobody:
		return m == overtake
	case m == join:
		return r.lines[rival].point == r.lines[l].point && r.lines[rival].Status == r.lines[l].Status
	}
	return true
}

// try makes a move. It reports whether the plan is better; if not, all is as
// it was.
func (r *repair) try(l, rival int32, m move) bool {
	lines := r.sequence(l, rival, m)
	mark := r.mark()
	before, old := make([]int64, len(lines)), make([][]part, len(lines))
	for n, k := range lines {
		before[n], old[n] = r.penalty(k), r.parts[k]
	}
	feasible := r.takeLines(lines)
	if feasible {
		r.replan(l, lines, m)
	}
	if feasible && r.better(l, lines, before) {
		for _, k := range lines {
			r.cost[k] = r.costOf(k)
		}
		r.trail = r.trail[:0]
		return true
	}
	r.undo(mark)
	for n, k := range lines {
		r.parts[k] = old[n]
	}
	return false
}

// sequence returns the lines of a move in the order in which they are planned.
func (r *repair) sequence(l, rival int32, m move) []int32 {
	switch {
	case rival == nobody:
		return []int32{l}
	case m == overtake:
		return []int32{l, rival}
	case m == hurry:
		return []int32{rival, l}
	}
	return r.neighbours(l, rival)
}

// longest is the most lines that are joined.
const longest = 30

// neighbours returns two lines of an item and those due between them, from the
// last one before that has a supply of its own to the last one that has none,
// by due date.
func (r *repair) neighbours(l, rival int32) []int32 {
	all := r.demand[r.lines[l].point]
	i, j := slices.Index(all, l), slices.Index(all, rival)
	i, j = min(i, j), max(i, j)
	for i > 0 && r.rides(all[i]) {
		i--
	}
	for j+1 < len(all) && r.rides(all[j+1]) {
		j++
	}
	if j-i >= longest {
		return []int32{rival, l}
	}
	return slices.DeleteFunc(slices.Clone(all[i:j+1]), func(k int32) bool {
		return k != l && (r.lines[k].Together != "" || r.lines[k].Status != r.lines[l].Status)
	})
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

// replan plans the lines of a move.
func (r *repair) replan(l int32, lines []int32, m move) {
	for n, k := range lines {
		r.hurried = m == hurry && k != l
		if m == join && n == 0 {
			var more wip.Qty
			for _, j := range lines[1:] {
				more += r.lines[j].Qty
			}
			r.boost(r.lines[l].point, more)
		}
		r.planLine(k)
		r.boost(nobody, 0)
	}
	r.hurried = false
}

// better reports whether the lines cost less than before, and none that is
// more important than l is worse.
func (r *repair) better(l int32, lines []int32, penalties []int64) bool {
	gain := int64(0)
	for n, k := range lines {
		gain += r.cost[k] - r.costOf(k)
		if k != l && r.outranks(k, l) && r.penalty(k) > penalties[n] {
			return false
		}
	}
	return gain > 0
}

// outranks reports whether line i is more important than j.
func (r *repair) outranks(i, j int32) bool {
	a, b := &r.lines[i], &r.lines[j]
	return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Priority, b.Priority)) < 0
}

// rivals lists lines that may stand in the way of one: nobody first, for
// planning it again alone, then those that are before it on its machines, and
// some that use the same material.
func (r *repair) rivals(l int32) []int32 {
	list := []int32{nobody}
	add := func(k int32) {
		if k >= 0 && k != l && r.lines[k].Together == "" && !slices.Contains(list, k) {
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
