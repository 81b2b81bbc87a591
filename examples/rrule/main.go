// Command rrule turns a recurrence rule of RFC 5545 (iCalendar) into a calendar
// of Takt, and prints its working time. See README.md.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // zones on machines without a database of them

	"github.com/taktplan/takt/calendar"
)

// A maintenance crew comes every second Tuesday at 14:00, but not on 24
// November.
const sample = `DTSTART;TZID=Europe/Berlin:20260929T140000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU
EXDATE;TZID=Europe/Berlin:20261124T140000`

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	flags := flag.NewFlagSet("rrule", flag.ContinueOnError)
	length := flags.Duration("length", 4*time.Hour, "length of each shift, up to 24h")
	from := flags.String("from", "2026-10-01", "first date")
	to := flags.String("to", "2026-12-31", "last date")
	if err := flags.Parse(args); err != nil {
		return err
	}
	text := sample
	if flags.NArg() > 0 {
		text = flags.Arg(0)
	}
	first, err := calendar.ParseDate(*from)
	if err != nil {
		return err
	}
	last, err := calendar.ParseDate(*to)
	if err != nil {
		return err
	}
	return printShifts(w, text, *length, first, last)
}

// printShifts lists the shifts that a rule makes between two dates, in its own zone.
func printShifts(w io.Writer, text string, length time.Duration, first, last calendar.Date) error {
	if length <= 0 || length > 24*time.Hour {
		return fmt.Errorf("rrule: a length of %v is not from 0 to 24h", length)
	}
	r, err := Parse(text, first, last)
	if err != nil {
		return err
	}
	c := calendar.Calendar{Zone: r.Zone, Exceptions: r.Shifts(length)}

	loc, err := time.LoadLocation(r.Zone)
	if err != nil {
		return err
	}
	day := func(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc) }
	t, err := c.Expand(day(first), day(last.Add(2))) // the last shift may run past midnight
	if err != nil {
		return err
	}
	for from, to := range t.Intervals() {
		fmt.Fprintf(w, "%s to %s\n", from.In(loc).Format("Mon 2006-01-02 15:04 MST"), to.In(loc).Format("15:04 MST"))
	}
	return nil
}
