package norms

import "github.com/taktplan/takt/wip"

// A Disturbance is an amount that was once missing, and how often.
type Disturbance struct {
	Qty    wip.Qty // at least 0
	Weight int64   // at least 0
}

// SafetyByCost returns the safety stock of least expected cost, where a missing
// piece costs short and one too many costs excess: the least Z with
//
//	P(missing ≤ Z) ≥ short / (short + excess)
//
// the quantile of the newsvendor. Disturbances need not be sorted. 0 ≤ short
// and excess ≤ 10⁹, not both 0; the weights add up to at most 10⁹.
func SafetyByCost(history []Disturbance, short, excess int64) (wip.Qty, error) {
	const most = 1_000_000_000
	var c check
	c.notEmpty("history", len(history))
	c.within("short", short, 0, most)
	c.within("excess", excess, 0, most)
	total := int64(0)
	for i, d := range history {
		c.notNegative(at("history", i, ".Qty"), int64(d.Qty))
		c.within(at("history", i, ".Weight"), d.Weight, 0, most)
		total = min(total+max(0, d.Weight), most+1)
	}
	c.within("history", total, 1, most)
	if len(c) == 0 && short+excess == 0 {
		c.positive("short", 0)
	}
	if len(c) > 0 {
		return 0, c.err()
	}
	return quantile(history, total, short, short+excess), nil
}

// quantile returns the least amount that at least num/den of the weight does
// not exceed.
func quantile(history []Disturbance, total, num, den int64) wip.Qty {
	best := wip.Qty(-1)
	for _, candidate := range history {
		if best >= 0 && candidate.Qty >= best {
			continue
		}
		covered := int64(0)
		for _, d := range history {
			if d.Qty <= candidate.Qty {
				covered += d.Weight
			}
		}
		if covered*den >= total*num { // both below 2·10¹⁸
			best = candidate.Qty
		}
	}
	return best
}
