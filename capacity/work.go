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

// Of returns the work of some units over some time, neither of them negative,
// rounded down.
func Of(units int, d time.Duration) Work {
	hi, lo := bits.Mul64(uint64(units), uint64(d))
	const perMillisecond = uint64(time.Millisecond)
	if hi >= perMillisecond {
		return math.MaxInt64
	}
	w, _ := bits.Div64(hi, lo, perMillisecond)
	return Work(min(w, math.MaxInt64))
}

// plus adds amounts that are not negative.
func (w Work) plus(v Work) Work {
	if w > math.MaxInt64-v {
		return math.MaxInt64
	}
	return w + v
}

// ratio returns w/v, or 0 if v is 0.
func (w Work) ratio(v Work) float64 {
	if v == 0 {
		return 0
	}
	return float64(w) / float64(v)
}
