package release

import (
	"time"

	"github.com/taktplan/takt/schedule"
)

// Weights of what the objective says nothing about, as shares of the least
// price that it does have. They are tiers: each decides only between plans
// that are alike in all above.
const (
	// moneyTier is for what a plan costs, where the objective gives money no
	// weight: the dearest unit counts as this much.
	moneyTier = 1e-2
	// holdTier is for holding a unit for a day, so that nothing is made
	// before it is needed.
	holdTier = 1e-3
	// targetTier is for a unit below the target of a norm, but above its
	// minimum, for a day.
	targetTier = 1e-1
	// changeTier is for a unit more or less than in the previous plan.
	changeTier = 5e-3
)

// weights are the prices of the objective in the units of the program.
type weights struct {
	schedule.Objective
	money  float64 // weight of a unit of money
	hold   float64 // of holding any unit for a day
	change float64 // of a unit that is started otherwise than before
	frozen float64 // the same in the frozen zone
	room   float64 // of a unit of area that is not there, for a day
}

// newWeights returns the weights for a problem in which the dearest unit of
// anything costs so much money.
func newWeights(o schedule.Objective, dearest float64) weights {
	if o == (schedule.Objective{}) {
		o = schedule.OnTime()
	}
	w := weights{Objective: o, money: float64(o.Money) / 1000}
	least := leastPositive(float64(o.Late), float64(o.Short), float64(o.BelowNorm))
	if w.money == 0 {
		w.money = moneyTier * least / max(1, dearest)
	}
	w.hold = holdTier * least
	w.change = changeTier * least
	top := float64(max(o.Late, o.Short, 1))
	w.frozen, w.room = 10*top, 10*top
	return w
}

// leastPositive returns the least of some prices that is not 0, or 1.
func leastPositive(prices ...float64) float64 {
	least := 0.0
	for _, p := range prices {
		if p > 0 && (least == 0 || p < least) {
			least = p
		}
	}
	if least == 0 {
		return 1
	}
	return least
}

// short returns the price of a unit of a line that is never delivered. It
// counts as late to the end of the horizon, as in [schedule.Evaluate].
func (w *weights) shortOf(l *schedule.ContractLine, qty float64, t *schedule.Times) float64 {
	own := float64(or(l.Short, w.Short))
	late := float64(w.lateOf(l)) * max(0, days(t.To.Sub(l.Due)))
	return max(own+late+w.onceLate(qty), 1)
}

func (w *weights) lateOf(l *schedule.ContractLine) float64 { return float64(or(l.Late, w.Late)) }

// onceLate returns the share of a unit in the price of a late line.
func (w *weights) onceLate(qty float64) float64 { return float64(w.LateLine) / qty }

// or returns a price of a thing's own, or else the general one.
func or(own, general int64) int64 {
	if own != 0 {
		return own
	}
	return general
}

// hours returns a duration in hours.
func hours(d time.Duration) float64 { return float64(d) / float64(time.Hour) }
