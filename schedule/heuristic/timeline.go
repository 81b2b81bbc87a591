package heuristic

import (
	"slices"
	"sort"

	"github.com/taktplan/takt/calendar"
)

// A timeline is compiled working time: ascending windows between instants
// counted in nanoseconds from the start of the horizon, all of them multiples
// of the tick. A timeline without windows that is marked always works at the
// full rate at any time.
type timeline struct {
	always  bool
	tick    int64
	windows []window
	longest int64 // most work in an unbroken stretch
}

// A window is working time at one rate.
type window struct {
	from, to int64
	before   int64 // work in the windows before
	begin    int64 // where the unbroken stretch starts that it is part of
	rate     int64 // per mille
	overtime bool
}

// Work in a timeline is counted in thousandths of ticks, so that it is exact
// at every rate.
const fullRate = 1000

// seal computes what is derived of the windows.
func (t *timeline) seal() {
	var sum int64
	for i := range t.windows {
		w := &t.windows[i]
		w.before, w.begin = sum, w.from
		if i > 0 && t.windows[i-1].to == w.from {
			w.begin = t.windows[i-1].begin
		}
		sum += t.in(w, w.to)
		t.longest = max(t.longest, sum-t.done(w.begin))
	}
}

// in returns the work in a window before at.
func (t *timeline) in(w *window, at int64) int64 { return (at - w.from) / t.tick * w.rate }

// amount returns working time in the unit of work.
func (t *timeline) amount(work int64) int64 { return work / t.tick * fullRate }

// find returns the index of the first window that ends after at.
func (t *timeline) find(at int64) int {
	return sort.Search(len(t.windows), func(i int) bool { return t.windows[i].to > at })
}

// done returns the work before at.
func (t *timeline) done(at int64) int64 {
	i := t.find(at)
	if i == len(t.windows) {
		return t.total()
	}
	w := &t.windows[i]
	return w.before + t.in(w, max(w.from, at))
}

func (t *timeline) total() int64 {
	if len(t.windows) == 0 {
		return 0
	}
	return t.doneIn(len(t.windows) - 1)
}

// doneIn returns the work until the end of window i.
func (t *timeline) doneIn(i int) int64 {
	w := &t.windows[i]
	return w.before + t.in(w, w.to)
}

// between returns the working time in [from, to), rounded down to the tick.
func (t *timeline) between(from, to int64) int64 {
	if t.always {
		return to - from
	}
	return (t.done(to) - t.done(from)) / fullRate * t.tick
}

// next returns the first working instant at or after at, or never.
func (t *timeline) next(at int64) int64 {
	if t.always {
		return at
	}
	i := t.find(at)
	if i == len(t.windows) {
		return never
	}
	return max(at, t.windows[i].from)
}

// after returns the first tick at which work is done that begins at from, or
// never.
func (t *timeline) after(from, work int64) int64 {
	if t.always {
		return addTime(from, work)
	}
	if work == 0 {
		return t.next(from)
	}
	goal := t.done(from) + t.amount(work)
	if goal > t.total() {
		return never
	}
	i := sort.Search(len(t.windows), func(i int) bool { return t.doneIn(i) >= goal })
	w := &t.windows[i]
	return w.from + ceilDiv(goal-w.before, w.rate)*t.tick
}

// before returns the last tick from which work is done by to, or never.
func (t *timeline) before(to, work int64) int64 {
	if t.always {
		if work > to {
			return never
		}
		return to - work
	}
	if work == 0 {
		return t.previous(to)
	}
	spare := t.done(to) - t.amount(work)
	if spare < 0 {
		return never
	}
	i := sort.Search(len(t.windows), func(i int) bool { return t.doneIn(i) > spare })
	w := &t.windows[i]
	return w.from + (spare-w.before)/w.rate*t.tick
}

// previous returns the last instant at or before at by which work could end,
// or never.
func (t *timeline) previous(at int64) int64 {
	if t.always {
		return at
	}
	i := sort.Search(len(t.windows), func(i int) bool { return t.windows[i].from >= at })
	if i == 0 {
		return never
	}
	return min(at, t.windows[i-1].to)
}

// unbrokenAfter returns the first start at or after from of a stretch without
// a pause in which work is done, and its end; never if there is none.
func (t *timeline) unbrokenAfter(from, work int64) (start, end int64) {
	if t.always {
		return from, addTime(from, work)
	}
	if t.amount(work) > t.longest {
		return never, never
	}
	for i := t.find(from); i < len(t.windows); i++ {
		start = max(from, t.windows[i].from)
		end = t.after(start, work)
		if end == never {
			return never, never
		}
		if t.unbroken(start, end) {
			return start, end
		}
	}
	return never, never
}

// unbrokenBefore is unbrokenAfter in the other direction.
func (t *timeline) unbrokenBefore(to, work int64) (start, end int64) {
	if t.always {
		return t.before(to, work), to
	}
	if t.amount(work) > t.longest {
		return never, never
	}
	i := sort.Search(len(t.windows), func(i int) bool { return t.windows[i].from >= to })
	for i--; i >= 0; i-- {
		end = min(to, t.windows[i].to)
		start = t.before(end, work)
		if start == never {
			return never, never
		}
		if t.unbroken(start, end) {
			return start, t.after(start, work)
		}
	}
	return never, never
}

// fitBefore returns the last start of a stretch of some length that ends by to
// and has no pause, or never.
func (t *timeline) fitBefore(to, length int64) int64 {
	if t.always {
		return to - length
	}
	for {
		i := sort.Search(len(t.windows), func(i int) bool { return t.windows[i].from >= to }) - 1
		if i < 0 {
			return never
		}
		w := &t.windows[i]
		if end := min(to, w.to); end-w.begin >= length {
			return end - length
		}
		to = w.begin
	}
}

// fitAfter returns the first start at or after from of such a stretch.
func (t *timeline) fitAfter(from, length int64) int64 {
	if t.always {
		return from
	}
	for i := t.find(from); i < len(t.windows); i++ {
		w := &t.windows[i]
		if start := max(from, w.begin); w.to-start >= length {
			return start
		}
	}
	return never
}

// unbroken reports whether there is no pause in [start, end).
func (t *timeline) unbroken(start, end int64) bool {
	if t.always || start >= end {
		return true
	}
	i := t.find(end - 1)
	return i < len(t.windows) && t.windows[i].from < end && t.windows[i].begin <= start
}

// regular returns t without overtime, or t itself if it has none.
func (t *timeline) regular() *timeline {
	none := true
	for i := range t.windows {
		none = none && !t.windows[i].overtime
	}
	if none {
		return t
	}
	r := &timeline{tick: t.tick}
	for _, w := range t.windows {
		if !w.overtime {
			r.windows = append(r.windows, w)
		}
	}
	r.seal()
	return r
}

// intersect returns the time in which both work, at the rate of a.
func intersect(a, b *timeline) *timeline {
	switch {
	case a == b || b.always:
		return a
	case a.always:
		return b.atFullRate()
	}
	t := &timeline{tick: a.tick}
	for i, j := 0, 0; i < len(a.windows) && j < len(b.windows); {
		x, y := &a.windows[i], &b.windows[j]
		w := window{
			from: max(x.from, y.from), to: min(x.to, y.to),
			rate: x.rate, overtime: x.overtime || y.overtime,
		}
		if w.from < w.to {
			t.windows = append(t.windows, w)
		}
		if x.to < y.to {
			i++
		} else {
			j++
		}
	}
	t.seal()
	return t
}

// atFullRate returns t with all rates at 1000.
func (t *timeline) atFullRate() *timeline {
	s := &timeline{tick: t.tick, windows: slices.Clone(t.windows)}
	for i := range s.windows {
		s.windows[i].rate = fullRate
	}
	s.seal()
	return s
}

// without returns t with [from, to) taken out.
func (t *timeline) without(from, to, horizon int64) *timeline {
	windows := t.windows
	if t.always {
		windows = []window{{from: 0, to: horizon, rate: fullRate}}
	}
	s := &timeline{tick: t.tick}
	for _, w := range windows {
		left, right := w, w
		left.to, right.from = min(w.to, from), max(w.from, to)
		if left.from < left.to {
			s.windows = append(s.windows, left)
		}
		if right.from < right.to {
			s.windows = append(s.windows, right)
		}
	}
	s.seal()
	return s
}

// compileTimeline turns working time into ticks, windows shrunk to whole ones.
func compileTimeline(c *calendar.Timeline, clock clock) *timeline {
	t := &timeline{tick: clock.tick}
	for w := range c.Windows() {
		from, to := roundUp(int64(w.From.Sub(clock.origin)), clock.tick), clock.at(w.To)
		if from < to {
			t.windows = append(t.windows, window{from: from, to: to, rate: int64(w.Rate), overtime: w.Overtime})
		}
	}
	t.seal()
	return t
}
