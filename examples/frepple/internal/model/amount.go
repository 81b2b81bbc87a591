package model

import (
	"fmt"
	"math"
	"strconv"
)

// An Amount is a number in millionths, the tolerance of the format.
type Amount int64

// One is the amount 1.
const One Amount = 1_000_000

// MaxAmount is the largest amount that is read. Larger ones stand for no limit.
const MaxAmount = 1_000_000_000 * One

// ParseAmount reads a decimal number. Numbers above [MaxAmount] become that.
func ParseAmount(s string) (Amount, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	f = math.Round(f * float64(One))
	return Amount(max(-float64(MaxAmount), min(float64(MaxAmount), f))), nil
}

// Float returns the number.
func (a Amount) Float() float64 { return float64(a) / float64(One) }

// String writes the number without trailing zeros.
func (a Amount) String() string { return strconv.FormatFloat(a.Float(), 'f', -1, 64) }
