package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/teambition/rrule-go"
)

// A Recurrence is a set of times on the wall of one place.
type Recurrence struct {
	Zone  string      // IANA name; empty means UTC
	Times []time.Time // on the wall, whatever their location says
}

// maxTimes keeps a rule of every second from filling the memory.
const maxTimes = 100_000

// Parse reads the DTSTART, RRULE, RDATE, EXRULE and EXDATE lines of an RFC 5545
// event, and lists the times from the date first to the date last.
//
// The rule is worked out by the clock on the wall, without a zone: what becomes
// of a time that the clocks skip or show twice is for the calendar to say. All
// lines must therefore name the same zone.
func Parse(text string, first, last calendar.Date) (Recurrence, error) {
	var r Recurrence
	lines := strings.Fields(text)
	for i, line := range lines {
		zone, rest, err := cutZone(line)
		if err != nil {
			return r, err
		}
		if zone != "" && r.Zone != "" && zone != r.Zone {
			return r, fmt.Errorf("rrule: there are two zones, %s and %s", r.Zone, zone)
		}
		if zone != "" {
			r.Zone = zone
		}
		lines[i] = rest
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "DTSTART") {
		return r, fmt.Errorf("rrule: the first line is not DTSTART; without it a rule has no beginning")
	}
	loc, err := time.LoadLocation(r.Zone)
	if err != nil {
		return r, fmt.Errorf("rrule: %w", err)
	}
	for i := range lines {
		if lines[i], err = floatUntil(lines[i], loc); err != nil {
			return r, err
		}
	}
	set, err := rrule.StrSliceToRRuleSet(lines)
	if err != nil {
		return r, fmt.Errorf("rrule: %w", err)
	}
	for next := set.Iterator(); len(r.Times) < maxTimes; {
		t, ok := next()
		if !ok || calendar.DateOf(t).Compare(last) > 0 {
			return r, nil
		}
		if calendar.DateOf(t).Compare(first) >= 0 {
			r.Times = append(r.Times, t)
		}
	}
	return r, fmt.Errorf("rrule: there are more than %d times between %v and %v", maxTimes, first, last)
}

// cutZone takes the zone out of a line such as
// DTSTART;TZID=Europe/Berlin:20260105T060000.
func cutZone(line string) (zone, rest string, err error) {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", "", fmt.Errorf("rrule: %q is not a line of the form NAME:value", line)
	}
	var parts []string
	for _, part := range strings.Split(name, ";") {
		if z, ok := strings.CutPrefix(part, "TZID="); ok {
			zone = z
		} else {
			parts = append(parts, part)
		}
	}
	return zone, strings.Join(parts, ";") + ":" + value, nil
}

// floatUntil turns the end of a rule, which RFC 5545 wants in UTC, into a time
// on the wall of loc.
func floatUntil(line string, loc *time.Location) (string, error) {
	head, tail, ok := strings.Cut(line, "UNTIL=")
	if !ok {
		return line, nil
	}
	until, rest, more := strings.Cut(tail, ";")
	if !strings.HasSuffix(until, "Z") {
		return line, nil
	}
	t, err := time.Parse(rrule.DateTimeFormat, until)
	if err != nil {
		return "", fmt.Errorf("rrule: UNTIL: %w", err)
	}
	line = head + "UNTIL=" + t.In(loc).Format(rrule.DateTimeFormat)
	if more {
		line += ";" + rest
	}
	return line, nil
}

// Shifts makes each time the start of a shift of some length, up to a day, by
// the clock on the wall. The shifts are worked in addition to those that a
// calendar has anyway.
func (r Recurrence) Shifts(length time.Duration) []calendar.Exception {
	exceptions := make([]calendar.Exception, len(r.Times))
	for i, t := range r.Times {
		start := t.Sub(t.Truncate(24 * time.Hour))
		exceptions[i] = calendar.Exception{
			First:  calendar.DateOf(t),
			Shifts: []calendar.Shift{{Start: start, End: (start + length) % (24 * time.Hour)}},
			Extra:  true,
		}
	}
	return exceptions
}

// DaysOff makes each time a day off.
func (r Recurrence) DaysOff() []calendar.Exception {
	exceptions := make([]calendar.Exception, len(r.Times))
	for i, t := range r.Times {
		exceptions[i].First = calendar.DateOf(t)
	}
	return exceptions
}
