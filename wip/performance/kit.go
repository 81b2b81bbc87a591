package performance

import (
	"math"

	"github.com/taktplan/takt/wip"
)

// A Part is a component of a kit and what there is of it.
type Part struct {
	PerKit   wip.Qty // in one kit, greater than 0 to count
	Stock    wip.Qty
	Expected wip.Qty // receipts within the horizon; only deficits look at it
	Value    int64   // of a base unit, in any unit of money
}

// CoverDays returns for how many days the stock lasts at so many kits a day:
// s/(a N). It is infinite if nothing is needed.
func (p Part) CoverDays(kitsPerDay float64) float64 {
	need := float64(p.PerKit) * kitsPerDay
	if need <= 0 {
		return math.Inf(1)
	}
	return float64(p.Stock) / need
}

// Deficit returns what is missing for a number of kits: max(0, a·n − stock −
// expected). It is the largest [wip.Qty] if it is larger.
func (p Part) Deficit(kits wip.Qty) wip.Qty {
	need, ok := p.PerKit.MulDiv(int64(kits), 1)
	if !ok {
		need = math.MaxInt64
	}
	return max(0, max(0, need-p.Stock)-p.Expected)
}

// Kits says how complete the parts of a product are.
type Kits struct {
	// Count is how many complete kits there are, min ⌊s/a⌋, and Limiting the
	// part that there are no more of, the first of several; -1 if no part is
	// needed.
	Count    wip.Qty
	Limiting int
	// ByPieces and ByValue are the shares of the stock that belong to
	// complete kits; 1 if there is no stock.
	ByPieces, ByValue float64
}

// CoverDays returns for how many days the kits last: k/N. It is infinite if
// nothing is needed.
func (k Kits) CoverDays(kitsPerDay float64) float64 {
	if kitsPerDay <= 0 {
		return math.Inf(1)
	}
	return float64(k.Count) / kitsPerDay
}

// CountKits returns the complete kits in a stock of parts. Parts with a PerKit
// of 0 belong to no kit.
func CountKits(parts []Part) (Kits, error) {
	var c check
	k := Kits{Limiting: -1}
	for i, p := range parts {
		c.notNegative(at("parts", i, "PerKit"), int64(p.PerKit))
		c.notNegative(at("parts", i, "Stock"), int64(p.Stock))
		c.notNegative(at("parts", i, "Value"), p.Value)
		if p.PerKit <= 0 {
			continue
		}
		if n := p.Stock / p.PerKit; k.Limiting < 0 || n < k.Count {
			k.Count, k.Limiting = n, i
		}
	}
	if len(c) > 0 {
		return Kits{}, c.err()
	}
	var kitted, pieces, kittedValue, value weighted
	for _, p := range parts {
		used := k.Count * p.PerKit // at most the stock
		kitted.add(used, 1)
		pieces.add(p.Stock, 1)
		kittedValue.add(used, p.Value)
		value.add(p.Stock, p.Value)
	}
	k.ByPieces, k.ByValue = kitted.over(&pieces, 1), kittedValue.over(&value, 1)
	return k, nil
}
