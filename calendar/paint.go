package calendar

import "slices"

// A span is a half-open range of days or nanoseconds.
type span struct{ from, to int64 }

// A coat is a piece of the axis on which one span lies on top.
type coat struct {
	span
	top int // index of the span
}

// paint lays spans over each other in the order given and returns what can be
// seen from above, in ascending order. It takes O(n log n) time for n spans.
//
// It paints backwards, each cell once: next leads from a painted cell to the
// first one after it that may still be bare.
func paint(spans []span) []coat {
	xs := make([]int64, 0, 2*len(spans))
	for _, s := range spans {
		xs = append(xs, s.from, s.to)
	}
	slices.Sort(xs)
	xs = slices.Compact(xs)

	top := make([]int, len(xs))
	next := make([]int, len(xs))
	for c := range xs {
		top[c], next[c] = -1, c
	}
	for i := len(spans) - 1; i >= 0; i-- {
		first, _ := slices.BinarySearch(xs, spans[i].from)
		for c := bare(next, first); xs[c] < spans[i].to; c = bare(next, c) {
			top[c], next[c] = i, c+1
		}
	}

	var seen []coat
	for c, i := range top {
		if i < 0 {
			continue
		}
		if n := len(seen); n > 0 && seen[n-1].top == i && seen[n-1].to == xs[c] {
			seen[n-1].to = xs[c+1]
		} else {
			seen = append(seen, coat{span{xs[c], xs[c+1]}, i})
		}
	}
	return seen
}

// bare follows next from c to a cell that leads to itself, halving the path
// on its way. The last coordinate is never painted.
func bare(next []int, c int) int {
	for next[c] != c {
		next[c] = next[next[c]]
		c = next[c]
	}
	return c
}
