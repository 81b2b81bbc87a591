package norms

import (
	"math/big"
	"time"

	"github.com/taktplan/takt/wip"
)

// A Phase is a part of the service period of a line in which the numbers of
// workplaces of two operations do not change.
type Phase struct {
	For            time.Duration // greater than 0
	Feeding, Using int           // workplaces at work, at least 0
}

// A Turnover is the stock between two operations of unequal speed over a
// service period, as it is when that repeats.
type Turnover struct {
	// Norm is the room the stock needs, rounded up, and Opening what has to
	// lie there when the period begins, so that neither operation ever waits.
	Norm, Opening wip.Qty
	// Curve has the stock at the start of the period and at the end of every
	// phase, rounded up; in between it is straight.
	Curve []TurnoverPoint
}

// A TurnoverPoint is the stock at a time from the start of the service period.
type TurnoverPoint struct {
	At    time.Duration
	Stock wip.Qty
}

// TurnoverBetween returns the turnover norm («межоперационный оборотный задел»)
// of two operations with times feeding and using for a piece. In a phase of
// length T the stock changes by
//
//	ΔZ = T C₁/t₁ − T C₂/t₂
//
// The curve begins where its lowest point is 0, and the norm is its highest.
// At most 1000 phases.
func TurnoverBetween(feeding, using time.Duration, phases []Phase) (Turnover, error) {
	var c check
	c.positive("feeding", int64(feeding))
	c.positive("using", int64(using))
	c.within("phases", int64(len(phases)), 1, 1000)
	for i, p := range phases {
		c.positive(at("phases", i, ".For"), int64(p.For))
		c.notNegative(at("phases", i, ".Feeding"), int64(p.Feeding))
		c.notNegative(at("phases", i, ".Using"), int64(p.Using))
	}
	if len(c) > 0 {
		return Turnover{}, c.err()
	}
	stock, lowest := []*big.Rat{new(big.Rat)}, new(big.Rat)
	for i, p := range phases {
		made := pieces(p.For, p.Feeding, feeding)
		after := new(big.Rat).Sub(made.Add(made, stock[i]), pieces(p.For, p.Using, using))
		stock = append(stock, after)
		if after.Cmp(lowest) < 0 {
			lowest = after
		}
	}
	var t Turnover
	elapsed, ok := time.Duration(0), true
	for i, s := range stock {
		if i > 0 {
			elapsed, ok = sum(elapsed, phases[i-1].For)
		}
		q := roundedUp(new(big.Rat).Sub(s, lowest))
		if !ok || !q.IsInt64() {
			return Turnover{}, tooLarge("norm")
		}
		t.Curve = append(t.Curve, TurnoverPoint{elapsed, wip.Qty(q.Int64())})
		t.Norm = max(t.Norm, wip.Qty(q.Int64()))
	}
	t.Opening = t.Curve[0].Stock
	return t, nil
}

// pieces returns what some places turn out in d at so much time for a piece.
func pieces(d time.Duration, places int, piece time.Duration) *big.Rat {
	n := new(big.Int).Mul(big.NewInt(int64(d)), big.NewInt(int64(places)))
	return new(big.Rat).SetFrac(n, big.NewInt(int64(piece)))
}

// roundedUp returns the least integer that is not less than r ≥ 0.
func roundedUp(r *big.Rat) *big.Int {
	q, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}
