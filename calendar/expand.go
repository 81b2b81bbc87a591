package calendar

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// MaxShifts is the largest number of shifts and breaks that may lie within the
// horizon, over all calendars of one call and counted before any are merged. A
// calendar that is combined with others counts their windows again.
// It is forty calendars of three shifts a day for a century, and keeps a
// mistaken one from filling the memory.
const MaxShifts = 5_000_000

// Expand lists the working time of c in [from, to).
//
// Expand returns an error, and no Timeline, if c is not valid, the horizon is
// empty or not within the years 1900 to 2189, or there are more than
// [MaxShifts] shifts in it. The error is an [*InvalidError] that lists
// everything found. A calendar with Union or Intersect can only be expanded
// together with those it names: see [Expand].
//
// It takes O(d + s log s) time and O(s) memory for d days and s shifts: a
// century of three shifts a day with breaks takes a tenth of a second and keeps
// three megabytes.
func (c *Calendar) Expand(from, to time.Time) (*Timeline, error) {
	own := *c
	if own.ID == "" {
		own.ID = "calendar"
	}
	ts, err := Expand([]Calendar{own}, from, to)
	if err != nil {
		return nil, err
	}
	return ts[0], nil
}

// Expand lists the working time of each calendar in [from, to), in the order of
// the calendars. They may combine with each other by Union and Intersect.
//
// The errors are those of [Calendar.Expand], and of [Validate].
func Expand(calendars []Calendar, from, to time.Time) ([]*Timeline, error) {
	var is issues
	z := zones{}
	h := horizon(&is, from, to)
	validate(&is, calendars, z)
	if len(is) > 0 {
		return nil, is.err()
	}

	byID := make(map[ID]int, len(calendars))
	for i := range calendars {
		byID[calendars[i].ID] = i
	}
	ts := make([]*Timeline, len(calendars))
	shifts := 0
	for _, i := range order(calendars, byID, func([]int) {}) {
		c := &calendars[i]
		of := func(id ID) *Timeline { return ts[byID[id]] }
		e := newExpansion(z[c.Zone], h, shifts)
		own := e.expand(c)
		e.count(c, of)
		if e.full() {
			is.add(TooManyShifts, fmt.Sprintf("Calendars[%q]", c.ID), "brings the shifts between %v and %v to more than %d", from, to, MaxShifts)
			return nil, is.err()
		}
		ts[i] = rate(c.combine(own, of), c.Ratings)
		shifts = e.shifts
	}
	return ts, nil
}

// combine applies Union and Intersect to the working time of c itself.
func (c *Calendar) combine(own *Timeline, of func(ID) *Timeline) *Timeline {
	if len(c.Union) > 0 {
		all := []*Timeline{own}
		for _, id := range c.Union {
			all = append(all, of(id))
		}
		own = Union(all...)
	} else if len(c.Intersect) > 0 && len(c.Patterns) == 0 && len(c.Exceptions) == 0 {
		own = of(c.Intersect[0])
	}
	for _, id := range c.Intersect {
		own = intersect(own, of(id), kind.both)
	}
	return own
}

// order returns the indices of the calendars such that each comes after those
// it is combined with. It calls cycle with the indices of each cycle it meets.
func order(calendars []Calendar, byID map[ID]int, cycle func([]int)) []int {
	sorted := make([]int, 0, len(calendars))
	seen := make([]bool, len(calendars))
	depth := make([]int, len(calendars)) // 1 + index in path; 0 if not in it
	var path []int
	var visit func(i int)
	visit = func(i int) {
		seen[i] = true
		path = append(path, i)
		depth[i] = len(path)
		for _, id := range slices.Concat(calendars[i].Union, calendars[i].Intersect) {
			j, ok := byID[id]
			switch {
			case !ok:
			case depth[j] > 0:
				cycle(path[depth[j]-1:])
			case !seen[j]:
				visit(j)
			}
		}
		path = path[:len(path)-1]
		depth[i] = 0
		sorted = append(sorted, i)
	}
	for i := range calendars {
		if !seen[i] {
			visit(i)
		}
	}
	return sorted
}

// An expansion collects the shifts of one calendar.
type expansion struct {
	clock   wallClock
	horizon span
	days    span // the days on which shifts may start
	shifts  int  // counted so far, in this calendar and those before it
	windows []window
}

func newExpansion(loc *time.Location, h span, shifts int) *expansion {
	// Shifts that start two days earlier have ended.
	first := DateOf(instantOf(h.from).In(loc)).day() - 2
	last := DateOf(instantOf(h.to).In(loc)).day()
	return &expansion{clock: wallClock{loc: loc}, horizon: h, days: span{int64(first), int64(last) + 1}, shifts: shifts}
}

func (e *expansion) full() bool { return e.shifts > MaxShifts }

// expand lists the working time of a valid calendar, without its ratings and
// those it is combined with.
func (e *expansion) expand(c *Calendar) *Timeline {
	e.regular(c.Patterns, c.Exceptions)
	e.extra(c.Exceptions)
	if e.full() {
		return &Timeline{horizon: e.horizon}
	}
	return newTimeline(e.horizon, flatten(e.windows))
}

// count counts the windows that c is combined with as shifts.
func (e *expansion) count(c *Calendar, of func(ID) *Timeline) {
	for _, id := range slices.Concat(c.Union, c.Intersect) {
		if e.full() {
			return
		}
		e.shifts += of(id).Len()
	}
}

// regular adds the shifts of the patterns, and of the exceptions that replace
// them.
func (e *expansion) regular(patterns []Pattern, exceptions []Exception) {
	// A layer is a source of shifts over some days; later ones cover earlier.
	var spans []span
	var layers []func(day) []Shift
	for i := range patterns {
		if s := e.dates(patterns[i].First, patterns[i].Last); s.from < s.to {
			spans = append(spans, s)
			layers = append(layers, patterns[i].shiftsOn)
		}
	}
	for i := range exceptions {
		x := &exceptions[i]
		if x.Extra {
			continue
		}
		for _, s := range e.occurrences(x) {
			spans = append(spans, s)
			layers = append(layers, func(day) []Shift { return x.Shifts })
		}
	}
	for _, c := range paint(spans) {
		e.add(c.span, layers[c.top])
	}
}

// extra adds the shifts of the exceptions that do not replace others.
func (e *expansion) extra(exceptions []Exception) {
	for i := range exceptions {
		x := &exceptions[i]
		if !x.Extra || len(x.Shifts) == 0 {
			continue
		}
		for _, s := range e.occurrences(x) {
			e.add(s, func(day) []Shift { return x.Shifts })
		}
	}
}

// add adds the shifts that start on some days.
func (e *expansion) add(days span, shiftsOn func(day) []Shift) {
	for d := days.from; d < days.to && !e.full(); d++ {
		for _, s := range shiftsOn(day(d)) {
			e.shift(day(d), s)
		}
	}
}

// shift adds one shift, without its breaks.
func (e *expansion) shift(d day, s Shift) {
	e.shifts += 1 + len(s.Breaks)
	midnight := int64(d) * secondsPerDay * 1e9
	at := func(clock time.Duration) int64 {
		return min(max(e.clock.instant(midnight+int64(clock)), e.horizon.from), e.horizon.to)
	}
	start, end := s.bounds()
	k := kind{int32(s.Rate), s.Overtime}
	if k.rate == 0 {
		k.rate = fullRate
	}
	from := at(start)
	for _, b := range s.Breaks {
		pause, resume := b.bounds(s)
		e.windows = appendWindow(e.windows, window{from: from, to: at(pause), kind: k})
		from = at(resume)
	}
	e.windows = appendWindow(e.windows, window{from: from, to: at(end), kind: k})
}

// bounds returns the start and end of s as times since the midnight before it.
func (s Shift) bounds() (start, end time.Duration) {
	return s.Start, after(s.Start, s.End)
}

// bounds returns the start and end of b as times since the midnight before s.
func (b Break) bounds(s Shift) (pause, resume time.Duration) {
	pause = b.Start
	if pause < s.Start {
		pause += secondsPerDay * time.Second
	}
	return pause, after(pause, b.End)
}

// after returns the first time of day clock that comes after start.
func after(start, clock time.Duration) time.Duration {
	for clock <= start {
		clock += secondsPerDay * time.Second
	}
	return clock
}

// dates returns the days of the expansion between two optional dates.
func (e *expansion) dates(first, last Date) span {
	s := e.days
	if !first.IsZero() {
		s.from = max(s.from, int64(first.day()))
	}
	if !last.IsZero() {
		s.to = min(s.to, int64(last.day())+1)
	}
	return s
}

// occurrences returns the days of the expansion that x is about. Each counts
// as a shift, so that there cannot be too many of them.
func (e *expansion) occurrences(x *Exception) []span {
	first, last := x.First, x.Last
	if last.IsZero() {
		last = first
	}
	var found []span
	add := func(first, last Date) {
		if s := e.dates(first, last); s.from < s.to && !e.full() {
			e.shifts++
			found = append(found, s)
		}
	}
	if !x.Yearly {
		add(first, last)
		return found
	}
	years := span{int64(day(e.days.from).date().Year), int64(day(e.days.to).date().Year)}
	for y := int(years.from) - 1; y <= int(years.to); y++ {
		l := Date{y + last.Year - first.Year, last.Month, last.Day}
		if !l.Valid() { // 29 February
			l.Day--
		}
		if f := (Date{y, first.Month, first.Day}); f.Valid() {
			add(f, l)
		}
	}
	return found
}

// shiftsOn returns the shifts that start on d.
func (p *Pattern) shiftsOn(d day) []Shift {
	week := int64(0)
	if n := int64(len(p.Weeks)); n > 1 {
		week = floorMod(floorDiv(int64(d-p.Anchor.day()), 7), n)
	}
	return p.Weeks[week][d.weekday()]
}

// rate slows down or speeds up t as the ratings say.
func rate(t *Timeline, ratings []Rating) *Timeline {
	if len(ratings) == 0 {
		return t
	}
	// The lowest layer leaves things as they are.
	spans := []span{t.horizon}
	rates := []int64{fullRate}
	for _, r := range ratings {
		s := span{math.MinInt64, math.MaxInt64}
		if !r.From.IsZero() {
			s.from = clamp(t.horizon, r.From)
		}
		if !r.To.IsZero() {
			s.to = clamp(t.horizon, r.To)
		}
		s = span{max(s.from, t.horizon.from), min(s.to, t.horizon.to)}
		if s.from < s.to {
			spans = append(spans, s)
			rates = append(rates, int64(r.Rate))
		}
	}
	coats := paint(spans)
	var ws []window
	for i, j := 0, 0; i < len(t.windows) && j < len(coats); {
		w, c := t.windows[i], coats[j]
		piece := window{from: max(w.from, c.from), to: min(w.to, c.to), kind: w.kind}
		piece.kind.rate = int32(max(1, int64(w.kind.rate)*rates[c.top]/fullRate))
		ws = appendWindow(ws, piece)
		if w.to < c.to {
			i++
		} else {
			j++
		}
	}
	return newTimeline(t.horizon, ws)
}
