package release

import (
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
)

// Nervousness says how much of what is to be released one plan has otherwise
// than the one before.
type Nervousness struct {
	// Planned is the number of lots that the earlier plan releases in the time
	// looked at, and Changed that of the lots of either plan that the other
	// does not have with the same routing, quantity and period, a lot that was
	// moved or changed in size counting once.
	Planned, Changed int
	// Instability is Σ |X − X′| / n over routings and periods, for the
	// quantities X and X′ that the plans release and the number n of lots of
	// both (Sridharan, Berry and Udayabhanu 1988, who count the orders of all
	// plans of a horizon).
	Instability float64
	// Weighted is Σ |X − X′| (1 − α) αᵗ with the number t of the period and
	// α = 0.5, so that near changes count for more (Kadipasaoglu and
	// Sridharan 1997).
	Weighted float64
}

// weightAlpha is α of [Nervousness.Weighted].
const weightAlpha = 0.5

// Share returns Changed / Planned; 0 if nothing was planned and nothing is
// changed.
func (n Nervousness) Share() float64 {
	if n.Changed == 0 {
		return 0
	}
	return float64(n.Changed) / float64(max(1, n.Planned))
}

// Compare measures the difference between what two successive plans release in
// [from, to), by periods of a length counted from from; quantities are in base
// units. Orders that exist in the later plan are not looked at, since there is
// nothing left to decide. It takes time in proportion to the plans.
//
// It panics if period is not positive.
func Compare(before, after *schedule.Plan, from, to time.Time, period time.Duration) Nervousness {
	if period <= 0 {
		panic("release: period is not positive")
	}
	c := comparison{from: from, to: to, period: period, qty: map[launch]int64{}, lots: map[sized]int{}}
	exists := map[schedule.OrderID]bool{}
	for i := range after.Orders {
		exists[after.Orders[i].ID] = after.Orders[i].Existing
	}
	var n Nervousness
	n.Planned = c.count(before, -1, exists)
	total := n.Planned + c.count(after, 1, exists)
	more, less := 0, 0
	for _, d := range c.lots {
		more, less = more+max(0, d), less+max(0, -d)
	}
	n.Changed = max(more, less)
	sum := int64(0)
	weights := make([]int64, 1) // Σ |X − X′| by period
	for at, d := range c.qty {
		if d < 0 {
			d = -d
		}
		sum += d
		for len(weights) <= at.period {
			weights = append(weights, 0)
		}
		weights[at.period] += d
	}
	n.Instability = float64(sum) / float64(max(1, total))
	for t, d := range weights {
		n.Weighted += float64(float64(d) * (1 - weightAlpha) * math.Pow(weightAlpha, float64(t)))
	}
	return n
}

// A launch is what is released of a routing in a period, and a sized one a lot
// of a quantity.
type launch struct {
	routing schedule.RoutingID
	period  int
}

type sized struct {
	launch
	qty int64
}

// A comparison counts releases of one plan against those of another.
type comparison struct {
	from, to time.Time
	period   time.Duration
	qty      map[launch]int64
	lots     map[sized]int
}

// count adds the releases of a plan with a sign, and returns how many there are.
func (c *comparison) count(plan *schedule.Plan, sign int, exists map[schedule.OrderID]bool) int {
	n := 0
	for i := range plan.Orders {
		o := &plan.Orders[i]
		if exists[o.ID] || o.Release.Before(c.from) || !o.Release.Before(c.to) {
			continue
		}
		at := launch{o.Routing, int(o.Release.Sub(c.from) / c.period)}
		c.qty[at] += int64(sign) * int64(o.Qty)
		c.lots[sized{at, int64(o.Qty)}] += sign
		n++
	}
	return n
}
