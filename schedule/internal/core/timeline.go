package core

import "sort"

// A Timeline answers questions of working time in a calendar, or in what
// several calendars have in common, in O(log n). A nil *Timeline works always.
//
// Amounts of work are in ticks at full rate. Work is counted in thousandths
// inside and finished at the first whole tick.
type Timeline struct {
	from, to []int64
	rate     []int32 // nil means 1000
	// done[i] is the work, in thousandths, that fits before window i.
	done []int64
	// stretch[i] is the first window of the unbroken stretch window i is in.
	stretch []int32
}

const full = 1000 // the rate of one tick of work a tick

// newTimeline compiles windows; windows that touch stay apart if their rates
// differ.
func newTimeline(c *Calendar) Timeline {
	n := len(c.From)
	t := Timeline{from: c.From, to: c.To, rate: c.Rate, done: make([]int64, n+1), stretch: make([]int32, n)}
	for i := range n {
		t.done[i+1] = t.done[i] + (t.to[i]-t.from[i])*t.pace(i)
		if i > 0 && t.from[i] == t.to[i-1] {
			t.stretch[i] = t.stretch[i-1]
		} else {
			t.stretch[i] = int32(i)
		}
	}
	return t
}

func (t *Timeline) pace(i int) int64 {
	if t.rate == nil {
		return full
	}
	return int64(t.rate[i])
}

// at is the first window that ends after instant x.
func (t *Timeline) at(x int64) int {
	return sort.Search(len(t.to), func(i int) bool { return t.to[i] > x })
}

// until is the work in thousandths before instant x.
func (t *Timeline) until(x int64) int64 {
	i := t.at(x)
	if i == len(t.from) || x <= t.from[i] {
		return t.done[i]
	}
	return t.done[i] + (x-t.from[i])*t.pace(i)
}

// Next is the first working instant at or after x, Never if there is none.
func (t *Timeline) Next(x int64) int64 {
	if t == nil {
		return x
	}
	i := t.at(x)
	if i == len(t.from) {
		return Never
	}
	return max(x, t.from[i])
}

// Finish is the instant at which an amount of work begun at start is done,
// over all breaks; Never if the calendar ends before. Without work it is
// start.
func (t *Timeline) Finish(start, work int64) int64 {
	if t == nil || work == 0 {
		return start + work
	}
	goal := t.until(start) + work*full
	n := len(t.from)
	if goal > t.done[n] {
		return Never
	}
	i := sort.Search(n, func(i int) bool { return t.done[i+1] >= goal })
	p := t.pace(i)
	return t.from[i] + (goal-t.done[i]+p-1)/p
}

// Begin is the latest working instant from which an amount of work is done by
// end, over all breaks; -1 if there is none. Without work it is end.
func (t *Timeline) Begin(end, work int64) int64 {
	if t == nil || work == 0 {
		return max(end-work, -1)
	}
	goal := t.until(end) - work*full
	if goal < 0 {
		return -1
	}
	i := sort.Search(len(t.from), func(i int) bool { return t.done[i+1] > goal })
	return t.from[i] + (goal-t.done[i])/t.pace(i)
}

// Earliest is the first start at or after x at which an amount of work can
// begin, and its end: in an unbroken stretch unless pausable. It is Never,
// Never if there is none. An unbroken search passes over the stretches that are
// too short one by one.
func (t *Timeline) Earliest(x, work int64, pausable bool) (start, end int64) {
	if t == nil || work == 0 {
		return x, x + work
	}
	for start = t.Next(x); start < Never; {
		end = t.Finish(start, work)
		if end == Never {
			break
		}
		if pausable {
			return start, end
		}
		last := t.at(end - 1)
		if t.stretch[last] <= int32(t.at(start)) {
			return start, end
		}
		start = t.from[t.stretch[last]]
	}
	return Never, Never
}

// Latest is the last start, and its end, of an amount of work that is done by
// x: in an unbroken stretch unless pausable. It is -1, -1 if there is none.
func (t *Timeline) Latest(x, work int64, pausable bool) (start, end int64) {
	if t == nil || work == 0 {
		return max(x-work, -1), x
	}
	for {
		start = t.Begin(x, work)
		if start < 0 {
			return -1, -1
		}
		end = t.Finish(start, work)
		first := t.at(start)
		if pausable || t.stretch[t.at(end-1)] <= int32(first) {
			return start, end
		}
		for first+1 < len(t.to) && t.stretch[first+1] == t.stretch[first] {
			first++
		}
		x = t.to[first]
	}
}

// common is the working time shared by two calendars, at the rate of the
// first.
func common(a, b *Calendar) Calendar {
	var c Calendar
	for i, j := 0, 0; i < len(a.From) && j < len(b.From); {
		from, to := max(a.From[i], b.From[j]), min(a.To[i], b.To[j])
		if from < to {
			c.From, c.To = append(c.From, from), append(c.To, to)
			if a.Rate != nil {
				c.Rate = append(c.Rate, a.Rate[i])
			}
		}
		if a.To[i] <= b.To[j] {
			i++
		} else {
			j++
		}
	}
	return c
}
