package codec

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// formatInstant and parseInstant are RFC 3339 in UTC.
func formatInstant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func parseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not an instant such as \"2026-03-02T06:00:00Z\"", s)
	}
	return t.UTC(), nil
}

// formatDuration writes ISO 8601 in hours, minutes and seconds.
func formatDuration(d time.Duration) string {
	if d == 0 {
		return "PT0S"
	}
	var b strings.Builder
	n := uint64(d)
	if d < 0 {
		b.WriteByte('-')
		n = -n
	}
	b.WriteString("PT")
	if h := n / uint64(time.Hour); h > 0 {
		fmt.Fprintf(&b, "%dH", h)
	}
	if m := n / uint64(time.Minute) % 60; m > 0 {
		fmt.Fprintf(&b, "%dM", m)
	}
	if s := n % uint64(time.Minute); s > 0 {
		b.WriteString(strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%09d", s/1e9, s%1e9), "0"), "."))
		b.WriteByte('S')
	}
	return b.String()
}

var errDuration = errors.New(`is not a duration such as "PT1H30M", "P14D" or "P2W"`)

// parseDuration reads ISO 8601 with weeks, days of 24 hours, hours, minutes
// and seconds; years and months have no length.
func parseDuration(s string) (time.Duration, error) {
	rest, negative := strings.CutPrefix(s, "-")
	rest, ok := strings.CutPrefix(rest, "P")
	if !ok || rest == "" {
		return 0, fmt.Errorf("%q %w", s, errDuration)
	}
	date, clock, timed := strings.Cut(rest, "T")
	if timed && clock == "" {
		return 0, fmt.Errorf("%q %w", s, errDuration)
	}
	d, err := addParts(0, date, "WD", []time.Duration{7 * 24 * time.Hour, 24 * time.Hour})
	if err == nil {
		d, err = addParts(d, clock, "HMS", []time.Duration{time.Hour, time.Minute, time.Second})
	}
	if err != nil {
		return 0, fmt.Errorf("%q %w", s, err)
	}
	if negative {
		d = -d
	}
	return d, nil
}

// addParts adds numbers with their designators, which come in the given order.
func addParts(d time.Duration, s, designators string, units []time.Duration) (time.Duration, error) {
	for s != "" {
		i := strings.IndexAny(s, designators)
		if i <= 0 {
			return 0, errDuration
		}
		k := strings.IndexByte(designators, s[i])
		part, err := scaled(s[:i], units[k])
		if err != nil || part > math.MaxInt64-d {
			return 0, errors.Join(errDuration, err)
		}
		d += part
		s, designators, units = s[i+1:], designators[k+1:], units[k+1:]
		if designators == "" && s != "" {
			return 0, errDuration
		}
	}
	return d, nil
}

// scaled returns a decimal number of units in whole nanoseconds.
func scaled(s string, unit time.Duration) (time.Duration, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || n > uint64(math.MaxInt64/unit) {
		return 0, errDuration
	}
	d := time.Duration(n) * unit
	if fraction == "" {
		return d, nil
	}
	if unit != time.Second || len(fraction) > 9 {
		return 0, errDuration
	}
	f, err := strconv.ParseUint(fraction+strings.Repeat("0", 9-len(fraction)), 10, 63)
	if err != nil || time.Duration(f) > math.MaxInt64-d {
		return 0, errDuration
	}
	return d + time.Duration(f), nil
}

// formatClock and parseClock write a time of day: 06:00, 24:00, 06:00:30.5.
// What is not one is written as a duration.
func formatClock(d time.Duration) string {
	if d < 0 || d > 24*time.Hour {
		return formatDuration(d)
	}
	s := fmt.Sprintf("%02d:%02d", d/time.Hour, d/time.Minute%60)
	if rest := d % time.Minute; rest != 0 {
		s += strings.TrimRight(strings.TrimRight(fmt.Sprintf(":%02d.%09d", rest/1e9, rest%1e9), "0"), ".")
	}
	return s
}

func parseClock(s string) (time.Duration, error) {
	if strings.ContainsRune(s, 'P') {
		return parseDuration(s)
	}
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, fmt.Errorf("%q is not a time of day such as \"06:00\"", s)
	}
	var d time.Duration
	for i, unit := range []time.Duration{time.Hour, time.Minute, time.Second}[:len(parts)] {
		n, err := scaled(parts[i], unit)
		if err != nil || len(parts[i]) < 2 || i > 0 && n >= 60*unit {
			return 0, fmt.Errorf("%q is not a time of day such as \"06:00\"", s)
		}
		d += n
	}
	return d, nil
}
