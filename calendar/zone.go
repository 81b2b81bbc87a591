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

// instant returns the first instant at which the wall clock of loc shows wall
// or later. Both are in nanoseconds since 1 January 1970, on the wall and in
// UTC. It is monotonic in wall, so that shifts which follow each other without
// a gap do so on every day of the year.
func instant(loc *time.Location, wall int64) int64 {
	// Two days before, no clock shows wall yet: offsets are below a day.
	at := time.Unix(0, wall-2*secondsPerDay*1e9).In(loc)
	for {
		_, offset := at.Zone()
		_, end := at.ZoneBounds()
		first := max(at.UnixNano(), wall-int64(offset)*1e9)
		if end.IsZero() || first < end.UnixNano() {
			return first
		}
		at = end
	}
}
