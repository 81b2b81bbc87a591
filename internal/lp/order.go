package lp

import (
	"context"
	"slices"
)

// minimumDegree returns an order of elimination with little fill for the
// symmetric matrix whose off-diagonal pattern is given: line i lists the
// neighbours of i, both ways round. order[k] is the k-th pivot. The order is
// incomplete if ctx was done before, or a factorisation in this order takes
// more operations than the budget.
//
// This is the approximate minimum degree method of Amestoy, Davis & Duff, An
// approximate minimum degree ordering algorithm, SIAM J. Matrix Anal. Appl. 17
// (1996), on the quotient graph: with element absorption, aggressive
// absorption, mass elimination and indistinguishable variables. It differs in
// keeping a slice per list instead of one compressed work array, and leaves
// out dense rows and the final postorder; the factorisation makes one anyway.
func minimumDegree(ctx context.Context, pattern matrix, budget float64) []int32 {
	q := newQuotientGraph(pattern)
	for n := 0; len(q.order) < len(q.weight); n++ {
		if n&63 == 0 && ctx.Err() != nil {
			break
		}
		p := q.leastDegree()
		column := float64(q.degree[p])
		if budget -= float64(q.weight[p]) * column * column; budget < 0 {
			break
		}
		q.eliminate(p)
	}
	return q.order
}

// A quotientGraph is the elimination graph in compressed form. Node i begins
// as a variable and may become an element: a clique of the variables that were
// its neighbours when it was eliminated.
type quotientGraph struct {
	order    []int32
	weight   []int32   // variables that variable i stands for; 0 if it is none any more
	merged   [][]int32 // the others that it stands for
	variable [][]int32 // of a variable: neighbours no element covers; of an element: its members
	element  [][]int32 // of a variable: its elements
	alive    []bool    // node is an element in use
	degree   []int32   // of a variable: bound on its outer degree; of an element: its size

	first, next, prev []int32 // variables by degree, doubly linked; -1 ends
	least             int32   // no variable has a smaller degree

	member  []int32 // member[i] == stamp: i belongs to the set being built
	stamp   int32
	outside []int32 // of an element: base + size outside the new element
	base    int32   // below it, an entry of outside is of an earlier round
	spread  int32   // largest size in outside
	buckets map[uint32][]int32
}

func newQuotientGraph(a matrix) *quotientGraph {
	n := len(a.start) - 1
	q := &quotientGraph{
		order:  make([]int32, 0, n),
		weight: make([]int32, n), merged: make([][]int32, n),
		variable: make([][]int32, n), element: make([][]int32, n),
		alive: make([]bool, n), degree: make([]int32, n),
		first: make([]int32, n+1), next: make([]int32, n), prev: make([]int32, n),
		member: make([]int32, n), outside: make([]int32, n),
		buckets: map[uint32][]int32{},
	}
	for d := range q.first {
		q.first[d] = -1
	}
	list := slices.Clone(a.index)
	for i := n - 1; i >= 0; i-- {
		q.weight[i] = 1
		q.variable[i] = list[a.start[i]:a.start[i+1]:a.start[i+1]]
		q.degree[i] = int32(len(q.variable[i]))
		q.link(int32(i))
	}
	q.least = 0
	return q
}

func (q *quotientGraph) link(i int32) {
	d := q.degree[i]
	q.next[i], q.prev[i] = q.first[d], -1
	if q.first[d] >= 0 {
		q.prev[q.first[d]] = i
	}
	q.first[d] = i
	q.least = min(q.least, d)
}

func (q *quotientGraph) unlink(i int32) {
	if q.next[i] >= 0 {
		q.prev[q.next[i]] = q.prev[i]
	}
	if q.prev[i] >= 0 {
		q.next[q.prev[i]] = q.next[i]
	} else {
		q.first[q.degree[i]] = q.next[i]
	}
}

func (q *quotientGraph) leastDegree() int32 {
	for q.first[q.least] < 0 {
		q.least++
	}
	return q.first[q.least]
}

// eliminate makes variable p the next pivot and an element.
func (q *quotientGraph) eliminate(p int32) {
	q.unlink(p)
	members := q.formElement(p)
	q.measureOutside(members)
	kept := members[:0]
	for _, i := range members {
		if q.update(p, i) {
			kept = append(kept, i)
		}
	}
	q.mergeEqual(kept)
	q.finishElement(p, kept)
}

// pivot orders variable i and those merged into it.
func (q *quotientGraph) pivot(i int32) {
	q.order = append(append(q.order, i), q.merged[i]...)
	q.merged[i], q.weight[i] = nil, 0
}

// formElement gathers the variables next to p, through its elements, which it
// absorbs, and directly. It takes them out of the degree lists.
func (q *quotientGraph) formElement(p int32) []int32 {
	q.stamp++
	own := q.weight[p]
	q.weight[p] = 0
	var members []int32
	size := int32(0)
	add := func(list []int32) {
		for _, i := range list {
			if q.weight[i] > 0 && q.member[i] != q.stamp {
				q.member[i] = q.stamp
				members = append(members, i)
				size += q.weight[i]
				q.unlink(i)
			}
		}
	}
	for _, e := range q.element[p] {
		if q.alive[e] {
			add(q.variable[e])
			q.alive[e], q.variable[e] = false, nil
		}
	}
	add(q.variable[p])
	q.weight[p] = own
	q.pivot(p)
	q.alive[p], q.element[p], q.degree[p] = true, nil, size
	return members
}

// measureOutside finds, for each element that shares members with the new one,
// how much of it lies outside.
func (q *quotientGraph) measureOutside(members []int32) {
	q.base += q.spread + 1
	if q.base > 1<<30 {
		clear(q.outside)
		q.base = 1
	}
	q.spread = 0
	for _, i := range members {
		for _, e := range q.element[i] {
			if !q.alive[e] {
				continue
			}
			if q.outside[e] < q.base {
				q.outside[e] = q.degree[e] + q.base
				q.spread = max(q.spread, q.degree[e])
			}
			q.outside[e] -= q.weight[i]
		}
	}
}

// update cleans the lists of member i of the new element p and bounds its
// degree. It reports false if i has no neighbour outside the element and was
// eliminated with p.
func (q *quotientGraph) update(p, i int32) bool {
	bound := int32(0)
	elements := q.element[i][:0]
	for _, e := range q.element[i] {
		switch {
		case !q.alive[e]:
		case q.outside[e] == q.base:
			q.alive[e], q.variable[e] = false, nil // it lies inside p
		default:
			bound += q.outside[e] - q.base
			elements = append(elements, e)
		}
	}
	variables := q.variable[i][:0]
	for _, j := range q.variable[i] {
		if q.weight[j] > 0 && q.member[j] != q.stamp {
			bound += q.weight[j]
			variables = append(variables, j)
		}
	}
	if len(elements) == 0 && len(variables) == 0 {
		q.degree[p] -= q.weight[i]
		q.pivot(i)
		return false
	}
	q.element[i], q.variable[i] = append(elements, p), variables
	q.degree[i] = min(q.degree[i], bound) // the part inside p is added in the end
	return true
}

// mergeEqual joins members that have the same neighbours.
func (q *quotientGraph) mergeEqual(members []int32) {
	clear(q.buckets)
	for _, i := range members {
		hash := uint32(0)
		for _, e := range q.element[i] {
			hash += uint32(e)
		}
		for _, j := range q.variable[i] {
			hash += uint32(j)
		}
		bucket := q.buckets[hash]
		if !q.mergeInto(bucket, i) {
			q.buckets[hash] = append(bucket, i)
		}
	}
}

// mergeInto merges i into the first of the candidates that equals it.
func (q *quotientGraph) mergeInto(candidates []int32, i int32) bool {
	if len(candidates) == 0 {
		return false
	}
	q.stamp++
	for _, e := range q.element[i] {
		q.member[e] = q.stamp
	}
	for _, j := range q.variable[i] {
		q.member[j] = q.stamp
	}
	for _, c := range candidates {
		if q.sameLists(c, i) {
			q.merged[c] = append(append(q.merged[c], i), q.merged[i]...)
			q.weight[c] += q.weight[i]
			q.weight[i], q.merged[i], q.variable[i], q.element[i] = 0, nil, nil, nil
			return true
		}
	}
	return false
}

// sameLists reports whether c has the neighbours of i, which are marked.
func (q *quotientGraph) sameLists(c, i int32) bool {
	if len(q.element[c]) != len(q.element[i]) || len(q.variable[c]) != len(q.variable[i]) {
		return false
	}
	for _, e := range q.element[c] {
		if q.member[e] != q.stamp {
			return false
		}
	}
	for _, j := range q.variable[c] {
		if q.member[j] != q.stamp {
			return false
		}
	}
	return true
}

// finishElement gives element p its members and puts them back by degree.
func (q *quotientGraph) finishElement(p int32, members []int32) {
	left := int32(len(q.weight) - len(q.order))
	kept := members[:0]
	for _, i := range members {
		if q.weight[i] == 0 {
			continue
		}
		kept = append(kept, i)
		q.degree[i] = min(q.degree[i]+q.degree[p], left) - q.weight[i]
		q.link(i)
	}
	q.variable[p] = kept
	q.alive[p] = len(kept) > 0
}
