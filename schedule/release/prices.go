package release

import (
	"math"

	"github.com/taktplan/takt/schedule"
)

// Prices say what would make the plan better, in the units of the objective.
// They hold at the margin: for the next hour, the next unit.
type Prices struct {
	// Hours lists where and when capacity is worth something.
	Hours []HourPrice
	// Lines is what one more unit of each line that is not closed would cost,
	// in the order of the problem.
	Lines []LinePrice
	// Unused lists sources that are not used at all, though they could be.
	Unused []UnusedSource
}

// An HourPrice is the value of one more hour of a group of resources that can
// stand in for each other, or of one more unit that a partner takes on.
type HourPrice struct {
	Resources []schedule.ResourceID // nil for a partner
	Partner   schedule.PartnerID
	Period    int
	Value     float64
}

// A LinePrice is the marginal cost of a contract line.
type LinePrice struct {
	Line schedule.LineID
	Cost float64 // of one more whole unit
}

// An UnusedSource is a source that would be used if a unit of it were cheaper
// by more than Cheaper. One of Routing, Supply and Lane is set.
type UnusedSource struct {
	Routing schedule.RoutingID
	Supply  schedule.SupplyID
	Lane    schedule.LaneID
	Item    schedule.ItemID
	Cheaper float64
}

// leastPrice is a price that is more than rounding.
const leastPrice = 1e-6

func (a *answer) prices() Prices {
	var p Prices
	for g := range a.b.load {
		for t, row := range a.b.load[g] {
			if v := -a.dual(row); v > leastPrice {
				p.Hours = append(p.Hours, a.hourPrice(g, t, v))
			}
		}
	}
	for c, row := range a.b.line {
		p.Lines = append(p.Lines, LinePrice{a.p.Lines[a.lines[c]].ID, a.dual(row)})
	}
	for k := range a.origins {
		if cheaper, unused := a.unused(k); unused {
			r := a.release(k, 0, 0)
			p.Unused = append(p.Unused, UnusedSource{r.Routing, r.Supply, r.Lane, r.Item, cheaper})
		}
	}
	return p
}

func (a *answer) hourPrice(g, t int, value float64) HourPrice {
	h := HourPrice{Period: t, Value: value}
	if a.partner[g] >= 0 {
		h.Partner = a.p.Partners[a.partner[g]].ID
	} else {
		h.Resources = a.resources(g)
	}
	return h
}

// unused returns how much cheaper a source would have to be, and whether it is
// not used.
func (a *answer) unused(k int) (float64, bool) {
	if a.origins[k].item < 0 {
		return 0, false
	}
	least := math.Inf(1)
	for t, j := range a.b.start[k] {
		if a.start[k][t] > negligible*a.processes[k].most {
			return 0, false
		}
		if j >= 0 {
			least = min(least, a.reduced(j))
		}
	}
	return max(0, least), !math.IsInf(least, 1)
}

// reduced returns the reduced cost of a column.
func (a *answer) reduced(j int32) float64 {
	p := &a.b.lp
	d := p.Cost[j]
	for k := p.Start[j]; k < p.Start[j+1]; k++ {
		d -= float64(p.Value[k] * a.sol.RowDual[p.Index[k]])
	}
	return d
}
