package norms

import (
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/wip"
)

// What can be wrong with the input of a formula, besides the codes of package
// wip ([wip.Negative], [wip.Overflow]).
const (
	// NotPositive occurs when a number has to be greater than 0 and is not.
	NotPositive wip.Code = "not-positive"
	// OutOfRange occurs when a number is outside its stated range, or is not a
	// number.
	OutOfRange wip.Code = "out-of-range"
	// Missing occurs when a list must not be empty and is.
	Missing wip.Code = "missing"
	// Loop occurs when stages or tasks wait for each other in a circle.
	Loop wip.Code = "loop"
	// NoPeriod occurs when no period of a series is long enough.
	NoPeriod wip.Code = "no-period"
)

// A check collects what is wrong with the arguments of a formula.
type check []wip.Issue

func (c *check) add(code wip.Code, path, format string, args ...any) {
	*c = append(*c, wip.Issue{Code: code, Path: path, Text: fmt.Sprintf(format, args...)})
}

func (c *check) positive(path string, n int64) {
	if n <= 0 {
		c.add(NotPositive, path, "%d is not greater than 0", n)
	}
}

func (c *check) notNegative(path string, n int64) {
	if n < 0 {
		c.add(wip.Negative, path, "%d is negative", n)
	}
}

func (c *check) within(path string, n, least, most int64) {
	if n < least || n > most {
		c.add(OutOfRange, path, "%d is not from %d to %d", n, least, most)
	}
}

// amount checks a number that is not an integer: finite and greater than 0.
func (c *check) amount(path string, x float64) {
	if !(x > 0) || math.IsInf(x, 0) {
		c.add(OutOfRange, path, "%v is not a number greater than 0", x)
	}
}

func (c *check) rate(path string, r Rate) {
	c.notNegative(path+".Qty", int64(r.Qty))
	c.positive(path+".Per", int64(r.Per))
}

func (c *check) notEmpty(path string, n int) {
	if n == 0 {
		c.add(Missing, path, "is empty")
	}
}

func (c check) err() error {
	if len(c) == 0 {
		return nil
	}
	return &wip.InvalidError{Issues: c}
}

// tooLarge returns the error of a result that does not fit.
func tooLarge(what string) error {
	var c check
	c.add(wip.Overflow, what, "is larger than 64 bits hold")
	return c.err()
}

func at(list string, i int, field string) string { return fmt.Sprintf("%s[%d]%s", list, i, field) }

// sum adds what is not negative, and reports whether it fits.
func sum(values ...time.Duration) (total time.Duration, ok bool) {
	for _, v := range values {
		if v > math.MaxInt64-total {
			return 0, false
		}
		total += v
	}
	return total, true
}
