package elite

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// A mixer makes solutions between two others and tells how far apart they are.
type mixer struct {
	shop   *disjunctive.Shop
	placed []bool  // operations that are in the child
	before []int32 // machine predecessor of each operation, -1 for none
	last   []int32 // operation placed last on each machine, -1 for none
}

func newMixer(sh *disjunctive.Shop) *mixer {
	return &mixer{
		shop:   sh,
		placed: make([]bool, sh.Ops),
		before: make([]int32, sh.Ops),
		last:   make([]int32, sh.Machines),
	}
}

// between sets child to a solution on a random path from a to b: again and
// again it takes the first operation not yet taken of one of the two orders,
// of a's with probability share in 256, together with its mode there. What
// goes before in both goes before in the child; so the child keeps every arc
// that both have, those of the network among them, and has no cycle.
// O(operations).
func (x *mixer) between(child, a, b *member, share int, rnd *disjunctive.Random) {
	clear(x.placed)
	i, j := 0, 0
	for k := range child.order {
		for x.placed[a.order[i]] {
			i++
		}
		for x.placed[b.order[j]] {
			j++
		}
		v, parent := a.order[i], a
		if rnd.Below(256) >= share {
			v, parent = b.order[j], b
		}
		child.order[k], child.modes[v] = v, parent.modes[v]
		x.placed[v] = true
	}
}

// distance counts the operations that have another mode or another machine
// predecessor in a than in b. O(operations).
func (x *mixer) distance(a, b *member) int {
	x.eachBefore(a, func(v, before int32) { x.before[v] = before })
	d := 0
	x.eachBefore(b, func(v, before int32) {
		if a.modes[v] != b.modes[v] || x.before[v] != before {
			d++
		}
	})
	return d
}

// eachBefore calls f with every operation and its machine predecessor.
func (x *mixer) eachBefore(m *member, f func(v, before int32)) {
	for k := range x.last {
		x.last[k] = -1
	}
	for _, v := range m.order {
		k := x.shop.Modes[m.modes[v]].Machine
		f(v, x.last[k])
		x.last[k] = v
	}
}
