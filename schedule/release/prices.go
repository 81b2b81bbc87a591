package release

import (
	"fmt"
	"math"
	"slices"

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
	Holds     Extent // of the hours that the program plans with
}

// A LinePrice is the marginal cost of a contract line.
type LinePrice struct {
	Line  schedule.LineID
	Cost  float64 // of one more whole unit
	Holds Extent  // of whole units
}

// An Extent is how far a price holds: for so many hours or units less and more.
// Beyond it an hour is worth no less if there are fewer, and no more if there
// are more; with a unit of a line it is the other way round. Both numbers are 0
// where that was not asked for ([Options.Ranging]), or where the optimum is at a
// corner, and infinite where there is no limit.
type Extent struct{ Less, More float64 }

// String says it in words.
func (e Extent) String() string {
	if e == (Extent{}) {
		return "at the margin only"
	}
	return "for " + amount(e.Less) + " less to " + amount(e.More) + " more"
}

func amount(x float64) string {
	if math.IsInf(x, 1) {
		return "any number"
	}
	return fmt.Sprintf("%.1f", x)
}

// extent returns how far the price of a row holds.
func (a *answer) extent(i int32) Extent {
	r, ok := a.sol.ranges[i]
	if !ok {
		return Extent{}
	}
	at := a.b.lp.RowUpper[i]
	return Extent{max(0, at-r.Down.Value), max(0, r.Up.Value-at)}
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
				h := a.hourPrice(g, t, v)
				h.Holds = a.extent(row)
				p.Hours = append(p.Hours, h)
			}
		}
	}
	for c, row := range a.b.line {
		p.Lines = append(p.Lines, LinePrice{a.p.Lines[a.lines[c]].ID, a.linePrice(c), a.extent(row)})
	}
	for k := range a.origins {
		if cheaper, unused := a.unused(k); unused {
			r := a.release(k, 0, 0)
			p.Unused = append(p.Unused, UnusedSource{r.Routing, r.Supply, r.Lane, r.Item, cheaper})
		}
	}
	return p
}

// linePrice returns the cost of one more unit of a line. Of one in a parcel, more
// is then allowed in the periods in which that is sent.
func (a *answer) linePrice(c int) float64 {
	price := a.dual(a.b.line[c])
	for i, lines := range a.parcels {
		if slices.Contains(lines, c) {
			for t, row := range a.b.sent[c] {
				price += float64(a.dual(row) * a.value(a.b.send[i][t]))
			}
		}
	}
	return price
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
