package heuristic

import (
	"cmp"
	"container/heap"
)

// A waiting is something that was taken away and is to be placed again.
type waiting struct {
	at    int64 // when it was
	kind  entryKind
	index int32
}

// queue is a heap of what waits, by date.
type queue []waiting

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind), cmp.Compare(a.index, b.index)) < 0
}
func (q *queue) Push(x any) { *q = append(*q, x.(waiting)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func (r *ripple) wait(at int64, kind entryKind, index int32) {
	heap.Push(&r.queue, waiting{at, kind, index})
}
