package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// A Date is a day of the Gregorian calendar, in no particular zone. Dates are
// comparable with ==. The zero Date is no day; where a Date is optional it
// means that there is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns a date. It need not exist: see [Date.Valid].
func NewDate(year int, month time.Month, day int) Date { return Date{year, month, day} }

// DateOf returns the date at t, in t's location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a date written as 2026-11-23.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("calendar: %q is not a date of the form 2006-01-02", s)
	}
	return DateOf(t), nil
}

// String returns d in the form 2026-11-23, or an empty string for the zero
// Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText returns [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [Date.MarshalText] writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = ParseDate(string(text))
	return err
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether d exists: 30 February does not.
func (d Date) Valid() bool { return d == DateOf(d.midnight()) }

// Compare returns -1, 0 or 1 as d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Add returns the date n days after d, or before it if n is negative.
func (d Date) Add(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

func (d Date) midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// day is a date as the number of days since 1 January 1970.
type day int64

const secondsPerDay = 24 * 60 * 60

func (d Date) day() day { return day(d.midnight().Unix() / secondsPerDay) }

func (n day) date() Date { return DateOf(time.Unix(int64(n)*secondsPerDay, 0).UTC()) }

// weekday counts on from 1 January 1970, a Thursday.
func (n day) weekday() time.Weekday {
	return time.Weekday(floorMod(int64(n)+int64(time.Thursday), 7))
}

func floorMod(a, b int64) int64 { return (a%b + b) % b }

func floorDiv(a, b int64) int64 { return (a - floorMod(a, b)) / b }
