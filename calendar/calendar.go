package calendar

import "time"

// An ID names a calendar within a list of them. The caller chooses it.
type ID string

// A Calendar is a rule from which working time is generated. The zero
// Calendar never works. It is plain data, and nothing in this package
// modifies or retains one.
//
// On a date, the shifts of the pattern in effect are worked, unless an
// exception says otherwise. A shift belongs to the date on which it starts,
// so a holiday does not cut short the night shift that began the evening
// before.
type Calendar struct {
	ID   ID
	Name string // for people; has no effect

	// Zone is an IANA zone name, such as "Europe/Berlin". Empty means UTC. It
	// is never the machine's local zone.
	Zone string

	// Patterns are the regular shifts. The last one in effect on a date rules.
	Patterns []Pattern
	// Exceptions are the days that differ from the patterns: holidays,
	// shutdowns, extra shifts. The last one that replaces a date rules.
	Exceptions []Exception
	// Ratings change the speed of work over stretches of time, be it the
	// calendar's own or that of others it is combined with. The last one that
	// covers an instant rules.
	Ratings []Rating

	// Union adds the working time of other calendars to this one's own, and
	// Intersect then keeps only the time in which each of its calendars works
	// too; see [Union] and [Intersection]. A calendar that has Intersect, but
	// no patterns, exceptions and union, starts from all time.
	Union, Intersect []ID
}

// A Pattern is a plan of shifts that repeats every so many weeks.
type Pattern struct {
	Name string // for people; has no effect

	// First and Last are the dates between which the pattern is in effect,
	// both included. A zero date sets no limit.
	First, Last Date

	// Weeks are worked in turn. One is a plain weekly plan.
	Weeks []Week
	// Anchor is the first day of a week in which Weeks[0] is worked. Its
	// weekday is where weeks begin. It is needed if there are several weeks,
	// and may lie before or after the dates they are used for.
	Anchor Date
}

// A Week holds the shifts that start on each day, indexed by [time.Weekday].
// Shifts that overlap or touch are worked as one.
type Week [7][]Shift

// Workdays returns a week with these shifts from Monday to Friday.
func Workdays(shifts ...Shift) Week {
	var w Week
	for d := time.Monday; d <= time.Friday; d++ {
		w[d] = shifts
	}
	return w
}

// EveryDay returns a week with these shifts on all seven days.
func EveryDay(shifts ...Shift) Week {
	w := Workdays(shifts...)
	w[time.Saturday], w[time.Sunday] = shifts, shifts
	return w
}

// A Shift is one stretch of work in a day, by the clock on the wall.
//
// Where the clocks change, Start and End keep to the wall: a shift from 22:00
// to 06:00 lasts seven hours in the night they go forward and nine in the
// night they go back. A time that the clocks skip is the instant of the
// change; one that they show twice is the first of the two.
type Shift struct {
	Name string // for people; has no effect

	// Start and End are times of day, 0 ≤ Start < 24h and 0 ≤ End ≤ 24h. An
	// End that is not after Start is meant on the next day: a shift from 22:00
	// ends at 06:00, one from 06:00 to 06:00 lasts a day.
	Start, End time.Duration

	// Breaks are not worked. They lie within the shift, in the order of time,
	// and do not overlap.
	Breaks []Break

	// Rate is the speed of work in per mille, 1 to 10000. 0 means 1000.
	Rate int
	// Overtime marks working time that exists only at a price.
	Overtime bool
}

// A Break is a pause in a shift. Start and End are times of day, as in
// [Shift]; those before the start of the shift are meant on the next day.
type Break struct {
	Start, End time.Duration
}

// An Exception says what is worked on certain dates instead of the regular
// shifts, or in addition to them.
type Exception struct {
	// First and Last are the dates, both included. A zero Last means First
	// alone.
	First, Last Date
	// Yearly repeats the exception every year, before and after the one given.
	// A 29 February then occurs in leap years only. First and Last must be
	// less than a year apart.
	Yearly bool
	// Shifts that start on each of the dates. None makes days off.
	Shifts []Shift
	// Extra adds Shifts to those of the date instead of replacing them. Any
	// number of exceptions may add to one date.
	Extra bool
	Note  string // for people; has no effect
}

// A Rating multiplies the rate of all work in [From, To).
type Rating struct {
	From, To time.Time // zero sets no limit
	// Rate is in per mille, 1 to 10000. The product with the rate of the shift
	// is rounded down to a whole per mille and at least 1.
	Rate int
	Note string // for people; has no effect
}
