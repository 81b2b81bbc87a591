package calendar

import (
	"fmt"
	"strings"
	"time"
)

const maxRate = 10 * fullRate

// Validate reports whether c is well formed. Union and Intersect are looked at
// by [Validate] only, which sees the other calendars.
//
// The error, if any, is an [*InvalidError] that lists everything found.
func (c *Calendar) Validate() error {
	var is issues
	c.validate(&is, "", zones{})
	return is.err()
}

// Validate reports whether the calendars are well formed, have different IDs,
// and combine only with each other and not in a cycle.
//
// The error, if any, is an [*InvalidError] that lists everything found.
func Validate(calendars []Calendar) error {
	var is issues
	validate(&is, calendars, zones{})
	return is.err()
}

func validate(is *issues, calendars []Calendar, z zones) {
	byID := make(map[ID]int, len(calendars))
	for i := range calendars {
		c := &calendars[i]
		path := fmt.Sprintf("Calendars[%q]", c.ID)
		if c.ID == "" {
			path = fmt.Sprintf("Calendars[%d]", i)
			is.add(MissingID, path+".ID", "is empty")
		} else if first, ok := byID[c.ID]; ok {
			is.add(DuplicateID, path+".ID", "is the ID of Calendars[%d] and Calendars[%d]", first, i)
		} else {
			byID[c.ID] = i
		}
		c.validate(is, path+".", z)
	}
	for i := range calendars {
		validateIDs(is, &calendars[i], "Union", calendars[i].Union, byID)
		validateIDs(is, &calendars[i], "Intersect", calendars[i].Intersect, byID)
	}
	order(calendars, byID, func(cycle []int) {
		var ids strings.Builder
		for _, i := range cycle {
			fmt.Fprintf(&ids, "%q, ", calendars[i].ID)
		}
		first := calendars[cycle[0]].ID
		is.add(Cycle, fmt.Sprintf("Calendars[%q]", first), "is combined with itself: %s%q", &ids, first)
	})
}

func validateIDs(is *issues, c *Calendar, field string, ids []ID, byID map[ID]int) {
	for i, id := range ids {
		if _, ok := byID[id]; !ok {
			is.add(UnknownID, fmt.Sprintf("Calendars[%q].%s[%d]", c.ID, field, i), "there is no calendar %q", id)
		}
	}
}

func (c *Calendar) validate(is *issues, path string, z zones) {
	if _, err := z.load(c.Zone); err != nil {
		is.add(UnknownZone, path+"Zone",
			"%q is not in the time zone database (%v); a program can bring its own by importing time/tzdata", c.Zone, err)
	}
	for i := range c.Patterns {
		c.Patterns[i].validate(is, fmt.Sprintf("%sPatterns[%d].", path, i))
	}
	for i := range c.Exceptions {
		c.Exceptions[i].validate(is, fmt.Sprintf("%sExceptions[%d].", path, i))
	}
	for i, r := range c.Ratings {
		at := fmt.Sprintf("%sRatings[%d].", path, i)
		if !r.From.IsZero() && !r.To.IsZero() && !r.From.Before(r.To) {
			is.add(BadRange, at+"To", "%v is not after %v", r.To, r.From)
		}
		is.rate(at+"Rate", r.Rate, 1)
	}
}

func (p *Pattern) validate(is *issues, path string) {
	is.dates(path, p.First, p.Last)
	if len(p.Weeks) == 0 {
		is.add(NoWeeks, path+"Weeks", "is empty; a pattern without work has one empty week")
	}
	if p.Anchor.IsZero() {
		if len(p.Weeks) > 1 {
			is.add(BadDate, path+"Anchor", "is missing; %d weeks need a day from which they rotate", len(p.Weeks))
		}
	} else {
		is.date(path+"Anchor", p.Anchor)
	}
	for i := range p.Weeks {
		for d, shifts := range p.Weeks[i] {
			is.shifts(fmt.Sprintf("%sWeeks[%d][%v]", path, i, time.Weekday(d)), shifts)
		}
	}
}

func (e *Exception) validate(is *issues, path string) {
	if e.First.IsZero() {
		is.add(BadDate, path+"First", "is missing")
	}
	is.dates(path, e.First, e.Last)
	if e.Yearly && e.Last.Compare(Date{e.First.Year + 1, e.First.Month, e.First.Day}) >= 0 {
		is.add(BadRange, path+"Last", "%v is a year or more after %v", e.Last, e.First)
	}
	is.shifts(path+"Shifts", e.Shifts)
}

func (is *issues) shifts(path string, shifts []Shift) {
	for i, s := range shifts {
		at := fmt.Sprintf("%s[%d].", path, i)
		if is.clock(at+"Start", s.Start, secondsPerDay*time.Second-1) && is.clock(at+"End", s.End, secondsPerDay*time.Second) {
			is.breaks(at, s)
		}
		is.rate(at+"Rate", s.Rate, 0)
	}
}

func (is *issues) breaks(path string, s Shift) {
	free, end := s.bounds()
	for i, b := range s.Breaks {
		at := fmt.Sprintf("%sBreaks[%d]", path, i)
		if !is.clock(at+".Start", b.Start, secondsPerDay*time.Second) || !is.clock(at+".End", b.End, secondsPerDay*time.Second) {
			continue
		}
		from, to := b.bounds(s)
		switch {
		case to > end:
			is.add(BadTime, at, "%v to %v is not within the shift", b.Start, b.End)
		case from < free:
			is.add(BadTime, at, "%v to %v is not after the break before it", b.Start, b.End)
		default:
			free = to
		}
	}
}

// rate checks a rate, which must be at least least, and returns it with the
// default filled in.
func (is *issues) rate(path string, rate, least int) int {
	if rate < least || rate > maxRate {
		is.add(BadRate, path, "%d is not from 1 to %d per mille", rate, maxRate)
	}
	if rate == 0 {
		return fullRate
	}
	return rate
}

func (is *issues) clock(path string, d, most time.Duration) bool {
	ok := 0 <= d && d <= most
	if !ok {
		is.add(BadTime, path, "%v is not a time of day", d)
	}
	return ok
}

func (is *issues) date(path string, d Date) {
	if !d.Valid() {
		is.add(BadDate, path, "%v does not exist", d)
	}
}

// dates checks an optional range of dates.
func (is *issues) dates(path string, first, last Date) {
	if !first.IsZero() {
		is.date(path+"First", first)
	}
	if last.IsZero() {
		return
	}
	is.date(path+"Last", last)
	if last.Compare(first) < 0 {
		is.add(BadRange, path+"Last", "%v is before %v", last, first)
	}
}

// horizon checks a horizon and returns it in nanoseconds. Within 290 years,
// differences of nanoseconds do not overflow.
func horizon(is *issues, from, to time.Time) span {
	first := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(2190, 1, 1, 0, 0, 0, 0, time.UTC)
	if from.Before(first) || to.After(last) {
		is.add(BadHorizon, "From", "%v to %v is not within the years 1900 to 2189", from, to)
		return span{}
	}
	if !from.Before(to) {
		is.add(BadHorizon, "To", "%v is not after %v", to, from)
		return span{}
	}
	return span{from.UnixNano(), to.UnixNano()}
}
