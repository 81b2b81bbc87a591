package release

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

// stabilise has the processes of routings keep to the releases of an earlier
// answer, which are spread evenly over its periods, or if it has none, to the
// lots of its plan. Until the end of the firm zone a unit more or less costs a
// little, and in periods that begin before FrozenUntil as much as anything: what
// can still be kept there is kept. Later changes cost nothing.
func (n *network) stabilise() {
	n.earlier = make([][]lot, len(n.processes))
	old := n.o.Previous
	if old == nil || old.Plan == nil && old.Releases == nil {
		return
	}
	at := map[schedule.RoutingID]int{}
	for k := range n.origins {
		if n.origins[k].kind == makes {
			at[n.p.Routings[n.origins[k].ref].ID] = k
			n.processes[k].previous = make([]float64, n.periods())
			n.processes[k].change = n.changePrices(n.origins[k].times.size)
		}
	}
	for _, r := range old.Releases {
		if k, ok := at[r.Routing]; ok && r.Period >= 0 && r.Period+1 < len(old.Cuts) {
			n.spread(n.processes[k].previous, n.at(old.Cuts[r.Period]), n.at(old.Cuts[r.Period+1]), r.Qty)
		}
	}
	if old.Plan != nil {
		n.rememberLots(at)
	}
}

// rememberLots notes the lots of the earlier plan.
func (n *network) rememberLots(at map[schedule.RoutingID]int) {
	for _, l := range n.stillToRelease() {
		k, ok := at[l.Routing]
		if !ok || l.Item != n.p.Items[n.origins[k].item].ID {
			continue
		}
		start := n.at(l.Release.Add(n.o.Previous.Placement.Ahead))
		n.earlier[k] = append(n.earlier[k], lot{id: l.ID, process: k, qty: l.Qty, start: start, end: n.at(l.End)})
		if n.o.Previous.Releases == nil {
			n.processes[k].previous[n.grid.at(start)] += n.units(l.Qty, l.Item)
		}
	}
}

// stillToRelease returns the lots of the earlier plan that are not orders by
// now, by their release.
func (n *network) stillToRelease() []schedule.PlannedOrder {
	list := slices.DeleteFunc(slices.Clone(n.o.Previous.Plan.Orders), func(o schedule.PlannedOrder) bool {
		return n.x.Orders.Find(o.ID) != nil || o.Release.Before(n.t.ReleaseFrom) || !o.Release.Before(n.t.To) ||
			o.Qty <= 0 || n.x.Items.Find(o.Item) == nil
	})
	slices.SortStableFunc(list, func(a, b schedule.PlannedOrder) int { return a.Release.Compare(b.Release) })
	return list
}

// changePrices returns the price of a unit more or less of a process with lots
// of a size, in each period.
func (n *network) changePrices(size float64) []float64 {
	firm := n.firmUntil()
	prices := make([]float64, n.periods())
	for t := range prices {
		switch {
		case n.grid[t] < n.at(n.t.FrozenUntil):
			prices[t] = n.w.frozen
		case n.grid[t] < firm:
			prices[t] = max(n.w.change, float64(n.w.Change)/size)
		}
	}
	return prices
}

func (n *network) firmUntil() float64 { return n.at(n.t.FrozenUntil.Add(n.o.firm())) }

// defaultFirm is the firm zone of a planner who prepares material and tooling
// for the next two weeks.
const defaultFirm = 14 * day

func (o *Options) firm() time.Duration {
	if o.Firm == 0 {
		return defaultFirm
	}
	return max(0, o.Firm)
}
