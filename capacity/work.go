package capacity

import (
	"math"
	"math/bits"
	"time"
)

// Work is an amount of work or of time to work in: units times time. A hundred
// machines working an hour is 100·Hour.
//
// It counts milliseconds, so that sums over a million units and three centuries
// are exact. What is larger still counts as the largest Work.
type Work int64

// Amounts of work of one unit.
const (
	Millisecond Work = 1
	Second           = 1000 * Millisecond
	Minute           = 60 * Second
	Hour             = 60 * Minute
)

// Hours returns w in unit-hours, for reports.
func (w Work) Hours() float64 { return float64(w) / float64(Hour) }

// Of returns the work of some units over some time at the full rate, rounded
// down. Neither may be negative.
func Of(units int, d time.Duration) Work { return atRate(units, fullRate, d) }

// atRate returns the work of some units over some time at a rate in per mille,
// rounded down.
func atRate(units, rate int, d time.Duration) Work {
	const divisor = uint64(time.Millisecond) * fullRate
	hi, lo := bits.Mul64(uint64(units)*uint64(rate), uint64(d))
	if hi >= divisor {
		return math.MaxInt64
	}
	w, _ := bits.Div64(hi, lo, divisor)
	return Work(min(w, math.MaxInt64))
}

// plus adds amounts that are not negative.
func (w Work) plus(v Work) Work {
	if w > math.MaxInt64-v {
		return math.MaxInt64
	}
	return w + v
}
