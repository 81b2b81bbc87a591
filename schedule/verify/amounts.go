package verify

import (
	"math"

	"github.com/taktplan/takt/wip"
)

// plus adds and saturates.
func plus(a, b wip.Qty) wip.Qty {
	sum, ok := a.Add(b)
	switch {
	case ok:
		return sum
	case b > 0:
		return math.MaxInt64
	default:
		return math.MinInt64
	}
}

// ratio returns a·b/c for what is not negative, rounded down and saturated;
// ratioUp rounds up.
func ratio(a wip.Qty, b, c int64) wip.Qty {
	if q, ok := a.MulDiv(b, c); ok {
		return q
	}
	return math.MaxInt64
}

func ratioUp(a wip.Qty, b, c int64) wip.Qty {
	if q, ok := a.MulDivUp(b, c); ok {
		return q
	}
	return math.MaxInt64
}
