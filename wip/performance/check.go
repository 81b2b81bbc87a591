package performance

import (
	"fmt"
	"math/big"

	"github.com/taktplan/takt/wip"
)

// A check collects what is wrong with the arguments of a measure.
type check []wip.Issue

func (c *check) notNegative(path string, n int64) {
	if n < 0 {
		*c = append(*c, wip.Issue{Code: wip.Negative, Path: path, Text: fmt.Sprintf("%d is negative", n)})
	}
}

// add adds up amounts that are not negative.
func (c *check) add(total *wip.Qty, q wip.Qty, path string) {
	c.notNegative(path, int64(q))
	sum, ok := total.Add(max(0, q))
	if !ok {
		c.overflow(path)
		return
	}
	*total = sum
}

func (c *check) overflow(path string) {
	*c = append(*c, wip.Issue{Code: wip.Overflow, Path: path, Text: "makes a sum that 64 bits do not hold"})
}

func (c check) err() error {
	if len(c) == 0 {
		return nil
	}
	return &wip.InvalidError{Issues: c}
}

func at(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }

// ratio returns a/b, or none if b is 0.
func ratio(a, b, none float64) float64 {
	if b == 0 {
		return none
	}
	return a / b
}

// A weighted sum is exact at any size.
type weighted struct{ sum big.Int }

func (w *weighted) add(q wip.Qty, weight int64) {
	w.sum.Add(&w.sum, new(big.Int).Mul(big.NewInt(int64(q)), big.NewInt(weight)))
}

// over returns w/v, or none if v is 0.
func (w *weighted) over(v *weighted, none float64) float64 {
	if v.sum.Sign() == 0 {
		return none
	}
	f, _ := new(big.Rat).SetFrac(&w.sum, &v.sum).Float64()
	return f
}
