package calendar

import "fmt"

// An InvalidError lists all that is wrong with one or more calendars, in the
// order of their fields.
type InvalidError struct {
	Issues []Issue // not empty
}

func (e *InvalidError) Error() string {
	if n := len(e.Issues); n > 1 {
		return fmt.Sprintf("calendar: %s (and %d more)", e.Issues[0], n-1)
	}
	return fmt.Sprintf("calendar: %s", e.Issues[0])
}

// An Issue is one thing that is wrong.
type Issue struct {
	Code Code
	// Path leads to the value at fault, as in
	// Calendars["mill"].Patterns[0].Weeks[1][Monday][0].End.
	Path string
	// Text says what was found and what was expected.
	Text string
}

func (i Issue) String() string { return i.Path + ": " + i.Text }

// A Code tells issues apart. Codes are never reused for something else.
type Code string

// What can be wrong with calendars.
const (
	// MissingID occurs when a calendar in a list has no ID.
	MissingID Code = "missing-id"
	// DuplicateID occurs when two calendars in a list have the same ID.
	DuplicateID Code = "duplicate-id"
	// UnknownID occurs when Union or Intersect names no calendar of the list.
	UnknownID Code = "unknown-id"
	// Cycle occurs when a calendar is combined with itself, directly or
	// through others.
	Cycle Code = "cycle"
	// UnknownZone occurs when the time zone database does not have the zone.
	UnknownZone Code = "unknown-zone"
	// BadDate occurs when a date does not exist or a needed one is missing.
	BadDate Code = "bad-date"
	// BadRange occurs when a range of dates or instants ends before it starts.
	BadRange Code = "bad-range"
	// BadTime occurs when a time of day is not one, or a break is not within
	// its shift and after the break before it.
	BadTime Code = "bad-time"
	// BadRate occurs when a rate is outside 1 to 10000 per mille.
	BadRate Code = "bad-rate"
	// NoWeeks occurs when a pattern has no weeks.
	NoWeeks Code = "no-weeks"
	// BadHorizon occurs when the time over which to expand is empty or reaches
	// outside the years 1700 to 2250, or when the work in it cannot be counted
	// in a [time.Duration].
	BadHorizon Code = "bad-horizon"
	// TooManyShifts occurs when there would be more than [MaxShifts].
	TooManyShifts Code = "too-many-shifts"
)

// issues collects what is wrong.
type issues []Issue

func (is *issues) add(code Code, path, format string, args ...any) {
	*is = append(*is, Issue{code, path, fmt.Sprintf(format, args...)})
}

// err returns what has been collected as an error, or nil.
func (is issues) err() error {
	if len(is) == 0 {
		return nil
	}
	return &InvalidError{is}
}
