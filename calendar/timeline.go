package calendar

import (
	"fmt"
	"iter"
	"math"
	"sort"
	"time"
)

// A Timeline is the working time of a calendar over a horizon: ascending,
// disjoint windows. Outside its horizon a Timeline does not work.
//
// Work is measured in time at the full rate: an hour at 800 per mille is 48
// minutes of work. Overtime counts as work; [Timeline.Regular] leaves it out.
//
// Work beyond the largest Duration, 292 years of it, is not counted.
//
// A Timeline is immutable and safe for concurrent use. The zero Timeline has
// an empty horizon. Every instant it returns is in UTC and carries no
// monotonic clock reading, so that == on two of them compares instants.
//
// The queries take O(log n) time for n windows, and agree with each other
// exactly: see [Timeline.After].
type Timeline struct {
	horizon span
	windows []window
}

// NewTimeline returns the timeline of windows given as such, in any order.
// They are cut off at the horizon; where several overlap, regular time rules
// over overtime, then the higher rate over the lower. A Rate of 0 means 1000.
//
// The error, if any, is an [*InvalidError] that lists every horizon, window or
// rate out of range.
func NewTimeline(from, to time.Time, windows ...Window) (*Timeline, error) {
	var is issues
	h := horizon(&is, from, to)
	ws := make([]window, 0, len(windows))
	for i, w := range windows {
		path := fmt.Sprintf("Windows[%d]", i)
		if !w.From.Before(w.To) {
			is.add(BadRange, path+".To", "%v is not after %v", w.To, w.From)
		}
		ws = append(ws, window{
			from: clamp(h, w.From), to: clamp(h, w.To),
			kind: kind{int32(is.rate(path+".Rate", w.Rate, 0)), w.Overtime},
		})
	}
	if len(is) > 0 {
		return nil, is.err()
	}
	return newTimeline(h, flatten(ws)), nil
}

// Always returns the timeline that works from from to to without a break. It
// is empty if to is not after from.
func Always(from, to time.Time) *Timeline {
	t, err := NewTimeline(from, to, Window{From: from, To: to})
	if err != nil {
		return &Timeline{}
	}
	return t
}

// newTimeline adds up the work of ascending, disjoint windows. The sum stops at
// the largest Duration.
func newTimeline(h span, ws []window) *Timeline {
	var total int64
	for i := range ws {
		ws[i].before = total
		total = addCapped(total, ws[i].work())
	}
	return &Timeline{h, ws}
}

// addCapped adds numbers that are not negative.
func addCapped(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// From and To bound the horizon.
func (t *Timeline) From() time.Time { return instantOf(t.horizon.from) }
func (t *Timeline) To() time.Time   { return instantOf(t.horizon.to) }

// Between returns the work that can be done in [from, to). It is 0 if to is
// not after from.
func (t *Timeline) Between(from, to time.Time) time.Duration {
	return time.Duration(max(0, t.done(clamp(t.horizon, to))-t.done(clamp(t.horizon, from))))
}

// After returns the earliest instant at which work has been done, if it begins
// at from, and whether the horizon is long enough for that. For no work it is
// the earliest instant at which some could begin: see [Timeline.Next].
//
// For every from and work for which ok is true, Between(from, end) is work. (At
// rates above 1000 it may be more by the few nanoseconds of work that are done
// within one nanosecond.)
//
// After panics if work is negative.
func (t *Timeline) After(from time.Time, work time.Duration) (end time.Time, ok bool) {
	mustNotBeNegative(work)
	if work == 0 {
		return t.Next(from)
	}
	begun := t.done(clamp(t.horizon, from))
	if int64(work) > t.total()-begun {
		return time.Time{}, false
	}
	goal := begun + int64(work)
	w := t.windows[t.find(func(w window) bool { return w.done() >= goal })]
	return instantOf(w.from + w.kind.elapsed(goal-w.before)), true
}

// Before returns the latest instant at which work must begin to be done by to,
// and whether the horizon is long enough for that. (At rates below 1000 it is
// the latest but for the time that a nanosecond of work takes.) For no work it
// is the latest instant by which some could end: to itself if the time just
// before it works, else the end of the window before.
//
// For every to and work for which ok is true, Between(start, to) is work, with
// the exception at [Timeline.After]. Before panics if work is negative.
func (t *Timeline) Before(to time.Time, work time.Duration) (start time.Time, ok bool) {
	mustNotBeNegative(work)
	if work == 0 {
		return t.previous(to)
	}
	spare := t.done(clamp(t.horizon, to)) - int64(work)
	if spare < 0 {
		return time.Time{}, false
	}
	w := t.windows[t.find(func(w window) bool { return w.done() > spare })]
	// Below the full rate several instants will do, of which the first is the
	// rounder; above it the next one may already be too late.
	spare -= w.before
	return instantOf(w.from + min(w.kind.elapsed(spare), w.kind.elapsed(spare+1)-1)), true
}

// Next returns the first instant not before from that works, and whether there
// is one. It is from itself if that works.
func (t *Timeline) Next(from time.Time) (start time.Time, ok bool) {
	at := clamp(t.horizon, from)
	i := t.find(func(w window) bool { return w.to > at })
	if i == len(t.windows) {
		return time.Time{}, false
	}
	return instantOf(max(at, t.windows[i].from)), true
}

// previous returns the last instant not after to at which work could end.
func (t *Timeline) previous(to time.Time) (end time.Time, ok bool) {
	at := clamp(t.horizon, to)
	i := t.find(func(w window) bool { return w.from >= at })
	if i == 0 {
		return time.Time{}, false
	}
	return instantOf(min(at, t.windows[i-1].to)), true
}

// Working reports whether at is within working time.
func (t *Timeline) Working(at time.Time) bool {
	start, ok := t.Next(at)
	return ok && start.Equal(at)
}

// Windows yields the working time in ascending order. Windows that touch
// differ in rate or price.
func (t *Timeline) Windows() iter.Seq[Window] {
	return func(yield func(Window) bool) {
		for _, w := range t.windows {
			if !yield(Window{instantOf(w.from), instantOf(w.to), int(w.kind.rate), w.kind.overtime}) {
				return
			}
		}
	}
}

// Len returns the number of windows.
func (t *Timeline) Len() int { return len(t.windows) }

// Intervals yields the longest stretches without a pause, whatever their rate
// and price, in ascending order.
func (t *Timeline) Intervals() iter.Seq2[time.Time, time.Time] {
	return func(yield func(from, to time.Time) bool) {
		for i := 0; i < len(t.windows); {
			first := i
			for i++; i < len(t.windows) && t.windows[i].from == t.windows[i-1].to; i++ {
			}
			if !yield(instantOf(t.windows[first].from), instantOf(t.windows[i-1].to)) {
				return
			}
		}
	}
}

// done returns the work from the start of the horizon to at.
func (t *Timeline) done(at int64) int64 {
	i := t.find(func(w window) bool { return w.to > at })
	if i == len(t.windows) {
		return t.total()
	}
	w := t.windows[i]
	return addCapped(w.before, w.kind.work(max(0, at-w.from)))
}

func (t *Timeline) total() int64 {
	if len(t.windows) == 0 {
		return 0
	}
	last := t.windows[len(t.windows)-1]
	return last.done()
}

// find returns the index of the first window for which late is true, or their
// number. Once true, late stays true.
func (t *Timeline) find(late func(window) bool) int {
	return sort.Search(len(t.windows), func(i int) bool { return late(t.windows[i]) })
}

func mustNotBeNegative(work time.Duration) {
	if work < 0 {
		panic("calendar: negative amount of work")
	}
}

func instantOf(nanos int64) time.Time { return time.Unix(0, nanos).UTC() }

// clamp returns t in nanoseconds, or the end of the horizon beyond which it
// lies.
func clamp(h span, t time.Time) int64 {
	if t.Before(instantOf(h.from)) {
		return h.from
	}
	if t.After(instantOf(h.to)) {
		return h.to
	}
	return t.UnixNano()
}
