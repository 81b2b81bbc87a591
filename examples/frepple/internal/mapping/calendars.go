package mapping

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// Calendars turns the model's calendars, which are numbers over time, into
// working time.
type calendars struct {
	p     *schedule.Problem
	known map[string]bool
	steps map[*model.Calendar][]stretch
}

func newCalendars(p *schedule.Problem) *calendars {
	return &calendars{p: p, known: map[string]bool{}, steps: map[*model.Calendar][]stretch{}}
}

// A stretch is a span of time in which a calendar has one value.
type stretch struct {
	From, To time.Time
	Value    model.Amount
}

// open returns the calendar of the time in which all the given ones have a
// value other than zero, or the empty ID if that is always.
func (c *calendars) open(list ...*model.Calendar) schedule.CalendarID {
	var parts []schedule.CalendarID
	for _, k := range list {
		if k == nil {
			continue
		}
		id := schedule.CalendarID(k.Name)
		if !slices.Contains(parts, id) {
			parts = append(parts, id)
		}
		if !c.known[k.Name] {
			c.known[k.Name] = true
			c.p.Calendars = append(c.p.Calendars, c.working(k))
		}
	}
	if len(parts) < 2 {
		return schedule.CalendarID(strings.Join(texts(parts), ""))
	}
	slices.Sort(parts)
	id := strings.Join(texts(parts), " and ")
	if !c.known[id] {
		c.known[id] = true
		c.p.Calendars = append(c.p.Calendars, calendar.Calendar{ID: schedule.CalendarID(id), Intersect: parts})
	}
	return schedule.CalendarID(id)
}

func texts[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// working turns a calendar into weekly patterns, one for each run of days over
// which it repeats, and exceptions for the days on which a bucket begins or
// ends.
func (c *calendars) working(k *model.Calendar) calendar.Calendar {
	out := calendar.Calendar{ID: schedule.CalendarID(k.Name)}
	first, last := midnight(c.p.From).Add(-7*day), midnight(c.p.To).Add(7*day)
	days := []time.Time{first, last}
	for _, b := range k.Buckets {
		for _, t := range []time.Time{b.From, b.To} {
			if t.After(first) && t.Before(last) {
				days = append(days, midnight(t), midnight(t).Add(day))
			}
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	days = slices.CompactFunc(days, time.Time.Equal)
	for i, from := range days[:len(days)-1] {
		to := days[i+1]
		if to.Sub(from) == day {
			out.Exceptions = append(out.Exceptions, calendar.Exception{First: calendar.DateOf(from), Shifts: shifts(k, from)})
			continue
		}
		var week calendar.Week
		for n := range min(7, int(to.Sub(from)/day)) {
			at := from.Add(time.Duration(n) * day)
			week[at.Weekday()] = shifts(k, at)
		}
		out.Patterns = append(out.Patterns, calendar.Pattern{
			First: calendar.DateOf(from), Last: calendar.DateOf(to.Add(-day)), Weeks: []calendar.Week{week}})
	}
	return out
}

func midnight(t time.Time) time.Time { return t.Truncate(day) }

// shifts returns the stretches of a day in which a calendar is not zero.
func shifts(k *model.Calendar, at time.Time) []calendar.Shift {
	var list []calendar.Shift
	for _, s := range profile(k, at, at.Add(day)) {
		if s.Value == 0 {
			continue
		}
		list = append(list, calendar.Shift{Start: s.From.Sub(at), End: s.To.Sub(at)})
	}
	return list
}

// values returns the stretches of a calendar over the horizon.
func (c *calendars) values(k *model.Calendar) []stretch {
	if c.steps[k] == nil {
		c.steps[k] = profile(k, c.p.From, c.p.To)
	}
	return c.steps[k]
}

// pieces returns the stretches in which one bucket of a calendar rules.
func (c *calendars) pieces(k *model.Calendar) []stretch {
	return ruled(k, c.p.From, c.p.To, func(a, b *model.Bucket) bool { return a == b })
}

// profile returns the stretches of a calendar in [from, to).
func profile(k *model.Calendar, from, to time.Time) []stretch {
	return ruled(k, from, to, func(a, b *model.Bucket) bool { return value(k, a) == value(k, b) })
}

// ruled returns the stretches of a calendar in [from, to) between which the
// bucket that rules changes, unless the two are the same for the purpose.
func ruled(k *model.Calendar, from, to time.Time, same func(a, b *model.Bucket) bool) []stretch {
	buckets := inRank(k)
	var list []stretch
	var last *model.Bucket
	for _, t := range cuts(k, from, to) {
		b := ruler(buckets, t)
		n := len(list)
		if n > 0 && same(last, b) {
			continue
		}
		if n > 0 {
			list[n-1].To = t
		}
		list, last = append(list, stretch{From: t, To: to, Value: value(k, b)}), b
	}
	return list
}

// cuts returns the instants in [from, to) at which a calendar may change.
func cuts(k *model.Calendar, from, to time.Time) []time.Time {
	list := []time.Time{from}
	add := func(t time.Time) {
		if t.After(from) && t.Before(to) {
			list = append(list, t)
		}
	}
	for _, b := range k.Buckets {
		add(b.From)
		add(b.To)
		if b.Days == everyDay && b.Opens == 0 && b.Closes == day {
			continue
		}
		begin, end := midnight(from), to
		if b.From.After(begin) {
			begin = midnight(b.From)
		}
		if !b.To.IsZero() && b.To.Before(end) {
			end = b.To
		}
		for d := begin; d.Before(end); d = d.Add(day) {
			add(d)
			add(d.Add(b.Opens))
			add(d.Add(b.Closes))
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal)
}

// worth returns the value of a calendar at an instant.
func worth(k *model.Calendar, t time.Time) model.Amount {
	return value(k, ruler(inRank(k), t))
}

// value returns the value of a calendar while a bucket rules, or none.
func value(k *model.Calendar, b *model.Bucket) model.Amount {
	if b == nil {
		return k.Default
	}
	return b.Value
}

const everyDay = 127

// inRank returns the buckets of a calendar, the one that rules first.
func inRank(k *model.Calendar) []*model.Bucket {
	list := slices.Clone(k.Buckets)
	slices.SortStableFunc(list, func(a, b *model.Bucket) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), b.From.Compare(a.From))
	})
	return list
}

// ruler returns the bucket that rules at an instant, or nil.
func ruler(inRank []*model.Bucket, t time.Time) *model.Bucket {
	for _, b := range inRank {
		if rules(b, t) {
			return b
		}
	}
	return nil
}

// rules reports whether a bucket covers an instant. Hours that end before they
// begin reach into the next day.
func rules(b *model.Bucket, t time.Time) bool {
	if t.Before(b.From) || !b.To.IsZero() && !t.Before(b.To) {
		return false
	}
	hour, weekday := t.Sub(midnight(t)), int(t.Weekday())
	if b.Closes <= b.Opens {
		if hour < b.Closes {
			return b.Days&(1<<((weekday+6)%7)) != 0
		}
		return hour >= b.Opens && b.Days&(1<<weekday) != 0
	}
	return hour >= b.Opens && hour < b.Closes && b.Days&(1<<weekday) != 0
}
