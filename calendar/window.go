package calendar

import (
	"cmp"
	"container/heap"
	"math"
	"math/bits"
	"slices"
	"time"
)

// A Window is a stretch of working time of one kind, [From, To).
type Window struct {
	From, To time.Time
	Rate     int  // work done per thousand units of time
	Overtime bool // exists only at a price
}

const fullRate = 1000

// window is the compiled Window, in nanoseconds since 1 January 1970.
type window struct {
	from, to int64
	before   int64 // work done in the windows before this one
	kind     kind
}

// kind is what the work in a window is like.
type kind struct {
	rate     int32
	overtime bool
}

func (w window) work() int64 { return w.kind.work(w.to - w.from) }

// done returns the work in w and all windows before it.
func (w window) done() int64 { return addCapped(w.before, w.work()) }

// work returns the work done in some time, rounded down; at most the largest
// int64.
func (k kind) work(elapsed int64) int64 {
	hi, lo := bits.Mul64(uint64(elapsed), uint64(k.rate))
	if hi >= fullRate {
		return math.MaxInt64
	}
	work, _ := bits.Div64(hi, lo, fullRate)
	return int64(min(work, math.MaxInt64))
}

// elapsed returns the time needed for some work, rounded up. It is the least
// for which k.work gives that much.
func (k kind) elapsed(work int64) int64 {
	r := int64(k.rate)
	return work/r*fullRate + (work%r*fullRate+r-1)/r
}

// better reports whether one would rather work in a window of kind k than of
// kind o: without a price first, then faster.
func (k kind) better(o kind) bool {
	if k.overtime != o.overtime {
		return o.overtime
	}
	return k.rate > o.rate
}

// both returns the kind of work that needs a window of kind k and one of kind
// o: at a price if either is, as fast as the slower.
func (k kind) both(o kind) kind {
	return kind{min(k.rate, o.rate), k.overtime || o.overtime}
}

// appendWindow adds w to ascending windows, or lengthens the last one if w
// goes on with it. An empty w adds nothing.
func appendWindow(ws []window, w window) []window {
	if w.from >= w.to {
		return ws
	}
	if n := len(ws); n > 0 && ws[n-1].to == w.from && ws[n-1].kind == w.kind {
		ws[n-1].to = w.to
		return ws
	}
	return append(ws, w)
}

// flatten turns windows in any order, overlapping or not, into ascending
// disjoint ones. Where several overlap, the best kind rules. It reorders its
// argument and takes O(n log n) time for n windows.
func flatten(ws []window) []window {
	slices.SortFunc(ws, func(a, b window) int { return cmp.Compare(a.from, b.from) })
	var (
		flat []window
		open bestFirst // the windows that have begun, some of them over
		at   int64     // up to here flat is done
	)
	for i := 0; i < len(ws) || len(open) > 0; {
		if len(open) == 0 {
			at = ws[i].from
			if i+1 == len(ws) || ws[i].to <= ws[i+1].from { // alone, as most are
				flat = appendWindow(flat, ws[i])
				i++
				continue
			}
		}
		for ; i < len(ws) && ws[i].from <= at; i++ {
			heap.Push(&open, ws[i])
		}
		best := open[0]
		if best.to <= at {
			heap.Pop(&open)
			continue
		}
		until := best.to
		if i < len(ws) {
			until = min(until, ws[i].from)
		}
		flat = appendWindow(flat, window{from: at, to: until, kind: best.kind})
		at = until
	}
	return flat
}

// bestFirst is a heap of windows.
type bestFirst []window

func (h bestFirst) Len() int           { return len(h) }
func (h bestFirst) Less(i, j int) bool { return h[i].kind.better(h[j].kind) }
func (h bestFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *bestFirst) Push(x any)        { *h = append(*h, x.(window)) }

func (h *bestFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
