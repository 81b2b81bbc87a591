package model

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 365 * day
	// maxDuration keeps sums of durations within 64 bits.
	maxDuration = 100 * year
)

// The lengths of the units of an ISO 8601 duration: a month is a twelfth of a
// year of 365 days.
var isoDuration = regexp.MustCompile(`^(-)?P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?` +
	`(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$`)

var isoUnits = []time.Duration{year, year / 12, 7 * day, day, time.Hour, time.Minute, time.Second}

// ParseDuration reads an ISO 8601 duration such as P1DT2H30M, a clock such as
// 72:00:00 or [days.]hours:minutes, or a number of seconds. Those longer than
// a century become one.
func ParseDuration(s string) (time.Duration, error) {
	s = strings.TrimSpace(s)
	if f, err := strconv.ParseFloat(s, 64); err == nil && !math.IsNaN(f) {
		return limited(f * float64(time.Second)), nil
	}
	if strings.Contains(s, ":") {
		return parseClock(s)
	}
	m := isoDuration.FindStringSubmatch(s)
	if m == nil || strings.HasSuffix(s, "P") || strings.HasSuffix(s, "T") {
		return 0, fmt.Errorf("%q is not a duration such as P1DT2H30M", s)
	}
	total := 0.0
	for i, unit := range isoUnits {
		if m[i+2] == "" {
			continue
		}
		f, err := strconv.ParseFloat(m[i+2], 64)
		if err != nil {
			return 0, fmt.Errorf("%q is not a duration such as P1DT2H30M", s)
		}
		total += f * float64(unit)
	}
	if m[1] == "-" {
		total = -total
	}
	return limited(total), nil
}

func limited(f float64) time.Duration {
	return time.Duration(math.Round(max(-float64(maxDuration), min(float64(maxDuration), f))))
}

// parseClock reads hours:minutes:seconds, with leading parts left out.
func parseClock(s string) (time.Duration, error) {
	total, parts := time.Duration(0), strings.Split(s, ":")
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || len(parts) > 3 {
			return 0, fmt.Errorf("%q is not a duration such as 08:30:00", s)
		}
		total = total*60 + time.Duration(n)
	}
	return limited(float64(total) * float64(time.Second)), nil
}

var dateLayouts = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", time.DateOnly, time.RFC3339}

// The dates that the format reads as "ever".
var (
	infinitePast   = time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC)
	infiniteFuture = time.Date(2030, 12, 30, 0, 0, 0, 0, time.UTC)
)

// ParseDate reads an instant in local time, which is taken as UTC.
func ParseDate(s string) (time.Time, error) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			if t.Year() < 1900 || t.Year() > 2150 {
				return time.Time{}, fmt.Errorf("%s is not within the years 1900 to 2150", s)
			}
			return t.UTC().Truncate(time.Second), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a date such as 2026-01-31T08:00:00", s)
}

// ParseBound is ParseDate for the bound of a span of time: the ends of the
// format's time axis become the zero time, which means no bound.
func ParseBound(s string) (time.Time, error) {
	t, err := ParseDate(s)
	if err != nil || !t.After(infinitePast) || t.After(infiniteFuture) && t.Year() == infiniteFuture.Year() {
		return time.Time{}, err
	}
	return t, nil
}
