package heuristic

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// A repair improves a plan by planning lines again: a line that is late is
// taken out and planned anew, alone or before a line that stands in its way,
// or in one lot with another line of its item. A try that does not lower the
// estimated cost of the lines it touches is undone.
type repair struct {
	*state
	pcg  *rand.PCG
	cost []int64 // of each line
}

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
	for n, other := range r.rivals(l) {
		for _, merge := range []bool{false, true} {
			if merge && (other == nobody || r.lines[other].point != r.lines[l].point) {
				continue
			}
			if r.penalty(l) == 0 {
				return helped, true
			}
			if !step() {
				return helped, false
			}
			helped = r.try(l, other, merge) || helped
		}
		if n >= perLine {
			break
		}
	}
	return helped, true
}

// try plans a line again, and then the other if there is one. With merge the
// other comes first and makes enough for both. It reports whether that is
// better; if not, all is as it was.
func (r *repair) try(l, other int32, merge bool) bool {
	s := r.state
	lines := []int32{l}
	if other != nobody {
		lines = append(lines, other)
	}
	if merge {
		lines[0], lines[1] = other, l
	}
	mark := s.mark()
	before, old := int64(0), make([][]part, len(lines))
	feasible := true
	for n, k := range lines {
		before += r.cost[k]
		old[n] = s.parts[k]
		feasible = feasible && s.takeLine(k)
	}
	after := int64(0)
	for n := 0; feasible && n < len(lines); n++ {
		if merge && n == 0 {
			s.boost(s.lines[l].point, s.lines[l].Qty)
		}
		s.planLine(lines[n])
		s.boost(nobody, 0)
		after += s.costOf(lines[n])
	}
	if feasible && after < before {
		for _, k := range lines {
			r.cost[k] = s.costOf(k)
		}
		s.trail = s.trail[:0]
		return true
	}
	s.undo(mark)
	for n, k := range lines {
		s.parts[k] = old[n]
	}
	return false
}

// rivals lists lines that may stand in the way of one: nobody first, for
// planning it again alone, then those that are before it on its machines, and
// some that use the same material.
func (r *repair) rivals(l int32) []int32 {
	list := []int32{nobody}
	add := func(k int32) {
		if k >= 0 && k != l && r.lines[k].Together == "" && r.lines[k].Status >= r.lines[l].Status && !slices.Contains(list, k) {
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
