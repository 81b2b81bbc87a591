// Package calendar answers two questions about working time: how much of it
// lies between two instants, and when a given amount of it will be done,
// forwards or backwards.
//
// A [Calendar] is the rule a planner writes down: weekly shifts with breaks,
// patterns that rotate over several weeks, holidays, overtime, efficiency,
// other calendars to combine with. It is plain data. Expanding it over a
// horizon gives a [Timeline], which is immutable, holds instants only, and is
// what every other package computes with. Time zones and daylight saving
// matter in the expansion and nowhere else.
//
// Two conventions hold throughout. Intervals of instants, named From and To,
// are half-open; ranges of dates, named First and Last, include both, as
// people mean them. And where two entries of one list speak about the same
// day or instant, the later entry rules.
//
// The package is not a diary: it knows no appointments, no people and no
// recurrence rules. Those of RFC 5545 can be turned into exceptions; the
// repository's examples/rrule does so.
//
// # Repeatability
//
// Expanding is a function of the calendar, the horizon and the time zone
// database of the process. The package carries no database of its own: on a
// machine without one, or for the same zones on every machine, let the main
// program import time/tzdata.
package calendar
