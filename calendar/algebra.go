package calendar

// Union returns the time in which any of the timelines works, over the hull of
// their horizons. Where several work, regular time rules over overtime, then
// the higher rate over the lower. Without arguments it is empty.
//
// It takes O(n log n) time for n windows.
func Union(ts ...*Timeline) *Timeline {
	var h span
	var ws []window
	for _, t := range ts {
		h = hull(h, t.horizon)
		ws = append(ws, t.windows...)
	}
	return newTimeline(h, flatten(ws))
}

// hull returns the smallest span that holds both; an empty one holds nothing.
func hull(a, b span) span {
	switch {
	case a.from >= a.to:
		return b
	case b.from >= b.to:
		return a
	default:
		return span{min(a.from, b.from), max(a.to, b.to)}
	}
}

// Intersection returns the time in which all of the timelines work, over the
// horizon they have in common. It is overtime where any of them is, and as
// fast as the slowest. Without arguments it is empty.
//
// It takes O(k·n) time for k timelines of n windows.
func Intersection(ts ...*Timeline) *Timeline {
	if len(ts) == 0 {
		return &Timeline{}
	}
	common := ts[0]
	for _, t := range ts[1:] {
		common = intersect(common, t, kind.both)
	}
	return common
}

// Within returns the time of t in which o works too, at the rate of t, over the
// horizon they have in common: a machine in the hours of its shop. It is
// overtime where either is.
//
// It takes O(n) time for n windows.
func (t *Timeline) Within(o *Timeline) *Timeline {
	return intersect(t, o, func(own, other kind) kind { return kind{own.rate, own.overtime || other.overtime} })
}

// intersect returns the time in which both work, of the kind that merge makes
// of theirs.
func intersect(a, b *Timeline, merge func(a, b kind) kind) *Timeline {
	h := span{max(a.horizon.from, b.horizon.from), min(a.horizon.to, b.horizon.to)}
	if h.from > h.to {
		return &Timeline{}
	}
	var ws []window
	for i, j := 0, 0; i < len(a.windows) && j < len(b.windows); {
		v, w := a.windows[i], b.windows[j]
		ws = appendWindow(ws, window{from: max(v.from, w.from), to: min(v.to, w.to), kind: merge(v.kind, w.kind)})
		if v.to < w.to {
			i++
		} else {
			j++
		}
	}
	return newTimeline(h, ws)
}

// Difference returns the time of t in which none of the others works, over the
// horizon of t: a machine's shifts without its maintenance, for example.
//
// It takes O(n log n) time for n windows.
func Difference(t *Timeline, others ...*Timeline) *Timeline {
	away := Union(others...).windows
	var ws []window
	j := 0
	for _, w := range t.windows {
		for ; j < len(away) && away[j].from < w.to; j++ {
			ws = appendWindow(ws, window{from: w.from, to: min(w.to, away[j].from), kind: w.kind})
			w.from = max(w.from, away[j].to)
			if w.from >= w.to {
				break // away[j] may reach into the next window
			}
		}
		ws = appendWindow(ws, w)
	}
	return newTimeline(t.horizon, ws)
}

// Regular returns t without its overtime.
func (t *Timeline) Regular() *Timeline {
	return t.only(func(w window) bool { return !w.kind.overtime })
}

// Overtime returns the overtime of t alone.
func (t *Timeline) Overtime() *Timeline {
	return t.only(func(w window) bool { return w.kind.overtime })
}

func (t *Timeline) only(keep func(window) bool) *Timeline {
	var ws []window
	for _, w := range t.windows {
		if keep(w) {
			ws = append(ws, w)
		}
	}
	return newTimeline(t.horizon, ws)
}
