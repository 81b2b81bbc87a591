package jobshop

import (
	"cmp"
	"slices"
)

// A relinker goes from one solution towards another.
//
// Peng, Lü and Cheng swap random neighbours on machines and repair what
// becomes infeasible. We go along a straight line instead: between the places
// i of an operation in a topological order of the first solution and j in
// one of the second stands (1-t)·i + t·j. Sorted by these, the operations
// respect the jobs, and any two that both solutions put in the same order
// stay in it. So every point of the line is feasible and lies between the
// two, and t = 0 and 1 are the ends.
type relinker struct {
	keys []placed
	pos  []int32
}

type placed struct {
	key int64
	op  int32
}

func newRelinker(ops int) *relinker {
	return &relinker{keys: make([]placed, ops), pos: make([]int32, ops)}
}

// between writes the point t/1000 of the line from a to b into order.
func (l *relinker) between(a, b *solution, t int, order []int32) {
	for i, v := range b.order {
		l.pos[v] = int32(i)
	}
	for i, v := range a.order {
		l.keys[i] = placed{int64(1000-t)*int64(i) + int64(t)*int64(l.pos[v]), v}
	}
	slices.SortFunc(l.keys, func(x, y placed) int {
		// Equals are put as in a: its job successors stand behind.
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(l.pos[x.op], l.pos[y.op]))
	})
	for i, k := range l.keys {
		order[i] = k.op
	}
}
