package jobshop

import "github.com/taktplan/takt/schedule/internal/plain"

// A solution is a schedule as the orders of the machines. It is kept as a
// topological order of the operations, from which a graph can be oriented,
// and as the place of every operation on its machine.
type solution struct {
	makespan int32
	order    []int32
	rank     []int32
}

func newSolution(ops int) *solution {
	return &solution{order: make([]int32, ops), rank: make([]int32, ops)}
}

// set copies order into s.
func (s *solution) set(on *plain.Shop, order []int32, makespan int32, counts []int32) {
	s.makespan = makespan
	copy(s.order, order)
	clear(counts)
	for _, v := range order {
		counts[on.Machine[v]]++
		s.rank[v] = counts[on.Machine[v]]
	}
}

// A ruler measures how far solutions are from each other: the number of pairs
// of operations on the same machine that stand in opposite order.
type ruler struct {
	shop  *plain.Shop
	first []int32 // by machine, start of its part of seq and tree
	fill  []int32
	seq   []int32 // ranks in b, machine by machine in the order of a
	tree  []int32 // Fenwick tree of ranks met
}

func newRuler(s *plain.Shop) *ruler {
	d := &ruler{
		shop:  s,
		first: make([]int32, s.Machines+1),
		fill:  make([]int32, s.Machines),
		seq:   make([]int32, s.Ops()),
		tree:  make([]int32, s.Ops()+1),
	}
	for _, m := range s.Machine {
		d.first[m+1]++
	}
	for m := range s.Machines {
		d.first[m+1] += d.first[m]
	}
	return d
}

// distance takes O(n log n) steps.
func (d *ruler) distance(a, b *solution) int {
	copy(d.fill, d.first)
	for _, v := range a.order {
		m := d.shop.Machine[v]
		d.seq[d.fill[m]] = b.rank[v]
		d.fill[m]++
	}
	sum := 0
	for m := range d.shop.Machines {
		sum += d.inversions(d.seq[d.first[m]:d.first[m+1]])
	}
	return sum
}

// inversions counts the pairs of seq, a permutation of 1…n, that descend.
func (d *ruler) inversions(seq []int32) int {
	n := int32(len(seq))
	tree := d.tree[:n+1]
	clear(tree)
	sum := 0
	for i, x := range seq {
		smaller := int32(0)
		for k := x; k > 0; k &= k - 1 {
			smaller += tree[k]
		}
		sum += i - int(smaller)
		for k := x; k <= n; k += k & -k {
			tree[k]++
		}
	}
	return sum
}
