package norms

import (
	"math"
	"math/bits"
	"time"

	"github.com/taktplan/takt/wip"
)

// An Operation is one step of making a lot.
type Operation struct {
	Setup  time.Duration // once a lot, at least 0
	Piece  time.Duration // for one piece at one workplace, greater than 0
	Places int           // workplaces that share the lot; 0 means 1
}

// Interval returns the time between two pieces when all places work, rounded
// up to nanoseconds: t/C.
func (o Operation) Interval() time.Duration {
	places := time.Duration(max(1, o.Places))
	return (o.Piece-1)/places + 1
}

func (c *check) operations(ops []Operation) {
	c.notEmpty("ops", len(ops))
	for i, o := range ops {
		c.notNegative(at("ops", i, ".Setup"), int64(o.Setup))
		c.positive(at("ops", i, ".Piece"), int64(o.Piece))
		c.within(at("ops", i, ".Places"), int64(o.Places), 0, math.MaxInt32)
	}
}

// Leading returns the position of the leading operation, the one with the most
// setup for its piece time, on which lots are sized. Ties go to the first.
func Leading(ops []Operation) (int, error) {
	var c check
	if c.operations(ops); len(c) > 0 {
		return 0, c.err()
	}
	best := 0
	for i, o := range ops {
		if moreThan(int64(o.Setup), int64(ops[best].Piece), int64(ops[best].Setup), int64(o.Piece)) {
			best = i
		}
	}
	return best, nil
}

// moreThan reports whether a·b > c·d; none is negative.
func moreThan(a, b, c, d int64) bool {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	hi2, lo2 := bits.Mul64(uint64(c), uint64(d))
	return hi > hi2 || hi == hi2 && lo > lo2
}

// times returns d·n/div rounded up, and whether it fits.
func times(d time.Duration, n wip.Qty, div int64) (time.Duration, bool) {
	q, ok := wip.Qty(d).MulDivUp(int64(n), div)
	return time.Duration(q), ok
}
