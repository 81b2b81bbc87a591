package lp

import "math"

// A twofold is the unevaluated sum of two floats, high and low, which carries
// about 32 digits (Dekker 1971). Sums that decide a verdict are taken in it.
type twofold struct{ high, low float64 }

// add adds x with Knuth's two-sum.
func (t *twofold) add(x float64) {
	sum := t.high + x
	back := sum - t.high
	t.low += (t.high - (sum - back)) + (x - back)
	t.high = sum
}

// addProduct adds x·y without rounding the product.
func (t *twofold) addProduct(x, y float64) {
	product := x * y
	t.add(product)
	t.low += math.FMA(x, y, -product)
}

func (t *twofold) value() float64 { return t.high + t.low }
