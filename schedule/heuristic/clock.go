package heuristic

import "time"

// A clock turns instants into nanoseconds since the start of the horizon,
// rounded down to the tick, and back.
type clock struct {
	origin time.Time
	tick   int64
}

func (c clock) at(t time.Time) int64 {
	const far = 1 << 62 // centuries away, and room for a tick beyond
	d := max(-far, min(int64(t.Sub(c.origin)), far))
	if r := d % c.tick; r < 0 {
		d -= c.tick + r
	} else {
		d -= r
	}
	return d
}

// after is at, rounded up.
func (c clock) after(t time.Time) int64 {
	at := c.at(t)
	if c.time(at).Before(t) {
		at = addTime(at, c.tick)
	}
	return at
}

// or is after, with another instant for the zero time.
func (c clock) or(t time.Time, zero int64) int64 {
	if t.IsZero() {
		return zero
	}
	return c.after(t)
}

func (c clock) time(at int64) time.Time { return c.origin.Add(time.Duration(at)) }

// up rounds a duration up to the tick.
func (c clock) up(d time.Duration) int64 { return roundUp(int64(d), c.tick) }

// addTime adds without passing never.
func addTime(a, b int64) int64 {
	if b > 0 && a > never-b {
		return never
	}
	return a + b
}

func roundUp(t, tick int64) int64 {
	if r := t % tick; r > 0 {
		return addTime(t, tick-r)
	}
	return t
}
