package calendar

import (
	"errors"
	"time"
)

// zones caches locations during one call, since [time.LoadLocation] reads its
// database each time.
type zones map[string]*time.Location

func (z zones) load(name string) (*time.Location, error) {
	if loc := z[name]; loc != nil {
		return loc, nil
	}
	if name == "Local" { // LoadLocation means the machine's own zone by it
		return nil, errors.New("not an IANA zone")
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	z[name] = loc
	return loc, nil
}

// A wallClock tells the instants at which the clocks of a place show a time.
type wallClock struct {
	loc *time.Location
	// For the instants in certain, the offset is known and no clock showed
	// their times before.
	certain span
	offset  int64
}

// instant returns the first instant at which the clock shows wall or later.
// Both are in nanoseconds since 1 January 1970, in UTC and on the wall. It is
// monotonic in wall, so that shifts which follow each other without a gap do
// so on every day of the year.
//
// It looks at offsets only, since [time.Time.ZoneBounds] gives bounds that do
// not enclose the time on the last day of a leap year beyond the table of the
// zone. Two changes within four days that cancel out go unnoticed.
func (c *wallClock) instant(wall int64) int64 {
	if at := wall - c.offset; c.certain.from <= at && at < c.certain.to {
		return at
	}
	// Offsets are below a day, so before lo no clock shows wall yet, and from
	// hi on every clock has shown it.
	const twoDays = 2 * secondsPerDay * 1e9
	lo, hi := wall-twoDays, wall+twoDays
	before, after := c.offsetAt(lo), c.offsetAt(hi)
	if before == after {
		c.offset, c.certain = before, span{wall - before, hi}
		return wall - before
	}
	for hi-lo > 1 {
		if middle := lo + (hi-lo)/2; c.offsetAt(middle) == before {
			lo = middle
		} else {
			hi = middle
		}
	}
	change := hi
	if first := wall - before; first < change {
		return first
	}
	return max(change, wall-after)
}

func (c *wallClock) offsetAt(instant int64) int64 {
	_, seconds := time.Unix(0, instant).In(c.loc).Zone()
	return int64(seconds) * 1e9
}
