package simulate

import (
	"sort"
	"time"

	"github.com/taktplan/takt/calendar"
)

// A window is working time at one rate, in nanoseconds from the start of the
// horizon. Before is the work in all windows before it.
type window struct {
	from, to, before int64
	rate             int64 // per mille
}

// work returns the work that is done in d of the window.
func (w *window) work(d int64) int64 {
	if w.rate == 1000 {
		return d
	}
	return d/1000*w.rate + d%1000*w.rate/1000
}

// elapsed returns the least time in which some work is done.
func (w *window) elapsed(work int64) int64 {
	if w.rate == 1000 {
		return work
	}
	return work/w.rate*1000 + (work%w.rate*1000+w.rate-1)/w.rate
}

// An hours is ascending working time.
type hours []window

func newHours(t *calendar.Timeline, start time.Time, overtime bool) hours {
	var h hours
	for w := range t.Windows() {
		if overtime || !w.Overtime {
			h = h.add(int64(w.From.Sub(start)), int64(w.To.Sub(start)), int64(w.Rate))
		}
	}
	return h
}

// find returns the first window that ends after at.
func (h hours) find(at int64) int {
	if len(h) == 1 { // always, as a rule
		if h[0].to > at {
			return 0
		}
		return 1
	}
	return sort.Search(len(h), func(i int) bool { return h[i].to > at })
}

// done returns the work until at.
func (h hours) done(at int64) int64 {
	i := h.find(at)
	if i == len(h) {
		if i == 0 {
			return 0
		}
		i--
		at = h[i].to
	}
	return h[i].before + h[i].work(max(0, at-h[i].from))
}

// after returns when work is done that begins at from, or never.
func (h hours) after(from, work int64) int64 {
	if work == 0 {
		return from
	}
	i := h.find(from)
	if i == len(h) {
		return never
	}
	w := &h[i]
	goal := w.before + w.work(max(0, from-w.from)) + work
	if goal > w.before+w.work(w.to-w.from) {
		i += sort.Search(len(h)-i, func(k int) bool { w := &h[i+k]; return w.before+w.work(w.to-w.from) >= goal })
		if i == len(h) {
			return never
		}
		w = &h[i]
	}
	return w.from + w.elapsed(goal-w.before)
}

// fit returns the first instant from which work can begin, and unless it is
// pausable go on without a break; or never.
func (h hours) fit(from, work int64, pausable bool) int64 {
	if work == 0 {
		return from
	}
	for i := h.find(from); i < len(h); i++ {
		start := max(from, h[i].from)
		if pausable {
			return start
		}
		end := h.after(start, work)
		for i < len(h) && h[i].to < end && i+1 < len(h) && h[i+1].from == h[i].to {
			i++
		}
		if end <= h[i].to {
			return start
		}
	}
	return never
}

// in returns the time of h in which b works too, at the speed of h.
func (h hours) in(b hours) hours {
	var rest hours
	for i, k := 0, 0; i < len(h) && k < len(b); {
		rest = rest.add(max(h[i].from, b[k].from), min(h[i].to, b[k].to), h[i].rate)
		if h[i].to < b[k].to {
			i++
		} else {
			k++
		}
	}
	return rest
}

// without returns h less [from, to).
func (h hours) without(from, to int64) hours {
	if from >= to {
		return h
	}
	var rest hours
	for _, w := range h {
		rest = rest.add(w.from, min(w.to, from), w.rate)
		rest = rest.add(max(w.from, to), w.to, w.rate)
	}
	return rest
}

// add appends a window, unless it is empty.
func (h hours) add(from, to, rate int64) hours {
	if from >= to {
		return h
	}
	w := window{from: from, to: to, rate: rate}
	if n := len(h); n > 0 {
		w.before = h[n-1].before + h[n-1].work(h[n-1].to-h[n-1].from)
	}
	return append(h, w)
}

// An hoursPair is working time with and without overtime.
type hoursPair struct{ all, regular hours }

func (h hoursPair) with(overtime bool) hours {
	if overtime {
		return h.all
	}
	return h.regular
}

func (h hoursPair) in(b hoursPair) hoursPair {
	return hoursPair{h.all.in(b.all), h.regular.in(b.regular)}
}

func (h hoursPair) without(from, to int64) hoursPair {
	return hoursPair{h.all.without(from, to), h.regular.without(from, to)}
}
