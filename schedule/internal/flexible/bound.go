package flexible

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// lowerBound returns the larger of the longest path through the network in
// fastest modes, and the loads of sets of machines: all operations that can
// only be done within a set must be done there.
func lowerBound(sh *disjunctive.Shop) int64 {
	l := newLoads(sh)
	bound := int64(0)
	for o := range sh.Ops {
		bound = max(bound, l.head[o]+l.time[o]+l.tail[o])
	}
	for _, set := range l.sets() {
		bound = max(bound, l.bound(set))
	}
	return bound
}

// loads are what the bounds of a shop are made of: shortest times, earliest
// starts and least work behind, by the network alone.
type loads struct {
	shop             *disjunctive.Shop
	time, head, tail []int64
	machines         []machineSet // that can do each operation
	byHead           []int32      // operations by descending head
}

// A machineSet has a bit for each of the first 63 machines and one for all
// others together; a set with the last bit counts all others as its own.
type machineSet uint64

func setOf(machine int32) machineSet { return 1 << min(machine, 63) }

func newLoads(sh *disjunctive.Shop) *loads {
	n := sh.Ops
	l := &loads{
		shop:     sh,
		time:     make([]int64, n),
		head:     make([]int64, n),
		tail:     make([]int64, n),
		machines: make([]machineSet, n),
		byHead:   slices.Clone(sh.Topological),
	}
	for _, o := range sh.Topological {
		l.time[o], l.head[o] = sh.MinTime(o), sh.Release[o]
		for _, m := range sh.ModesOf(o) {
			l.machines[o] |= setOf(m.Machine)
		}
		sh.EachPred(o, func(p disjunctive.Link) {
			l.head[o] = max(l.head[o], l.head[p.Op]+l.time[p.Op]+p.Lag)
		})
	}
	for _, o := range slices.Backward(sh.Topological) {
		sh.EachSucc(o, func(s disjunctive.Link) {
			l.tail[o] = max(l.tail[o], s.Lag+l.time[s.Op]+l.tail[s.Op])
		})
	}
	slices.SortFunc(l.byHead, func(a, b int32) int {
		return cmp.Or(cmp.Compare(l.head[b], l.head[a]), cmp.Compare(a, b))
	})
	return l
}

// maxSets bounds the sets of machines that are looked at, and setWork what all
// of them cost, in operations.
const (
	maxSets = 256
	setWork = 1_000_000
)

// sets returns the sets that some operation is restricted to, their unions
// while there are not too many, and the set of all machines.
func (l *loads) sets() []machineSet {
	all := machineSet(0)
	sets := slices.Clone(l.machines)
	slices.Sort(sets)
	sets = slices.Compact(sets)
	most := min(maxSets, 1+setWork/max(1, len(l.machines)))
	sets = sets[:min(len(sets), most)]
	for _, s := range l.machines {
		all |= s
	}
	basic := len(sets)
	for i := 0; i < len(sets); i++ {
		for j := 0; j < basic && len(sets) < most; j++ {
			if u := sets[i] | sets[j]; !slices.Contains(sets, u) {
				sets = append(sets, u)
			}
		}
	}
	return append(sets, all)
}

// size is the number of machines in a set.
func (l *loads) size(set machineSet) int {
	n := bits.OnesCount64(uint64(set))
	if set>>63 != 0 {
		n += max(0, l.shop.Machines-64)
	}
	return n
}

// bound is the load of the k machines of a set, over all "operations from some
// head on": none of the machines begins before its first operation's head or
// ends without its last one's tail behind it, so the k smallest heads, all
// work and the k smallest tails are at most k makespans.
func (l *loads) bound(set machineSet) int64 {
	k := l.size(set)
	heads := make([]int64, 0, k) // the k smallest so far, the last ones read
	tails := make([]int64, 0, k+1)
	var work, best int64
	for _, o := range l.byHead {
		if l.machines[o]&^set != 0 {
			continue
		}
		work += l.time[o]
		if len(heads) == k {
			heads = append(heads[:0], heads[1:]...)
		}
		heads = append(heads, l.head[o])
		i, _ := slices.BinarySearch(tails, l.tail[o])
		tails = slices.Insert(tails, i, l.tail[o])
		tails = tails[:min(len(tails), k)]
		if len(heads) == k {
			best = max(best, ceilDiv(sum(heads)+work+sum(tails), int64(k)))
		}
	}
	return best
}

func sum(s []int64) int64 {
	var t int64
	for _, x := range s {
		t += x
	}
	return t
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }
