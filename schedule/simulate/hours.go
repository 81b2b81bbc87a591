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
	var total int64
	for w := range t.Windows() {
		if w.Overtime && !overtime {
			continue
		}
		x := window{from: int64(w.From.Sub(start)), to: int64(w.To.Sub(start)), before: total, rate: int64(w.Rate)}
		total += x.work(x.to - x.from)
		h = append(h, x)
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
