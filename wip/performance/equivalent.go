package performance

import (
	"math/big"
	"time"

	"github.com/taktplan/takt/wip"
)

// A Passed is what lies behind a step and has not passed the next one.
type Passed struct {
	Qty  wip.Qty
	Unit time.Duration // that the step takes for one, at least 0
}

// An Equivalent is work in process as finished products.
type Equivalent struct {
	Units float64 // in base units
	Value int64   // in the unit of the cost, rounded down
}

// EquivalentUnits returns the worth of what lies behind the steps of a routing,
// listed in the order of work: each piece counts by the share of the work that
// it has behind it,
//
//	Σ_o q_o · Σ_{u≤o} t_u / Σ_u t_u
//
// and is worth that share of cost, the standard cost of per base units (0 means
// 1). If the steps take no time every piece counts in full.
func EquivalentUnits(steps []Passed, cost int64, per int64) (Equivalent, error) {
	var c check
	c.notNegative("cost", cost)
	c.notNegative("per", per)
	var total wip.Qty
	for i, s := range steps {
		c.notNegative(at("steps", i, "Qty"), int64(s.Qty))
		c.add(&total, wip.Qty(s.Unit), at("steps", i, "Unit"))
	}
	if len(c) > 0 {
		return Equivalent{}, c.err()
	}
	var units weighted
	done := int64(0)
	for _, s := range steps {
		if done += int64(s.Unit); total > 0 {
			units.add(s.Qty, done)
		} else {
			units.add(s.Qty, 1)
		}
	}
	all := new(big.Rat).SetFrac(&units.sum, big.NewInt(max(1, int64(total))))
	var e Equivalent
	e.Units, _ = all.Float64()
	worth := new(big.Rat).Mul(all, big.NewRat(cost, max(1, per)))
	value := new(big.Int).Quo(worth.Num(), worth.Denom())
	if !value.IsInt64() {
		c.overflow("cost")
		return Equivalent{}, c.err()
	}
	e.Value = value.Int64()
	return e, nil
}
