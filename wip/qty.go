package wip

import (
	"math"
	"math/bits"
)

// A Qty is an amount of an item in its base unit. It is an integer, so that
// sums are exact and equal on every machine: the base unit of an item counted
// in kilograms with three decimal places is a gram. See [Unit].
type Qty int64

// Add returns q + o, and whether it fits.
func (q Qty) Add(o Qty) (sum Qty, ok bool) {
	sum = q + o
	return sum, (sum > q) == (o > 0)
}

// Sub returns q − o, and whether it fits.
func (q Qty) Sub(o Qty) (difference Qty, ok bool) {
	difference = q - o
	return difference, (difference < q) == (o > 0)
}

// addCapped returns q + o, or the number nearest to it that fits.
func (q Qty) addCapped(o Qty) Qty {
	if sum, ok := q.Add(o); ok {
		return sum
	}
	if o > 0 {
		return math.MaxInt64
	}
	return math.MinInt64
}

// MulDiv returns q·mul/div rounded down, towards minus infinity, and whether
// it fits. The product may be larger than an int64 in between. It panics if
// div is not positive.
func (q Qty) MulDiv(mul, div int64) (Qty, bool) { return q.mulDiv(mul, div, false) }

// MulDivUp is like [Qty.MulDiv], rounded up, towards plus infinity: what has
// to be there for a need, or launched for a yield.
func (q Qty) MulDivUp(mul, div int64) (Qty, bool) { return q.mulDiv(mul, div, true) }

// mulDiv divides magnitudes, and then rounds away from zero if that is the
// direction asked for.
func (q Qty) mulDiv(mul, div int64, up bool) (Qty, bool) {
	if div <= 0 {
		panic("wip: divisor is not positive")
	}
	negative := (q < 0) != (mul < 0)
	hi, lo := bits.Mul64(magnitude(int64(q)), magnitude(mul))
	if hi >= uint64(div) {
		return 0, false
	}
	quotient, rest := bits.Div64(hi, lo, uint64(div))
	if rest != 0 && up != negative {
		quotient++
	}
	switch {
	case negative && quotient <= 1<<63:
		return Qty(-quotient), true
	case !negative && quotient <= math.MaxInt64:
		return Qty(quotient), true
	default:
		return 0, false
	}
}

// magnitude returns |n|, for the smallest int64 too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
