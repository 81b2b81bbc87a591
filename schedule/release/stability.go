package release

// stabilise has the processes of routings keep to an earlier answer, whose
// releases are spread evenly over its periods. A unit more or less costs a
// little, and in periods that begin before FrozenUntil as much as anything: what
// can still be kept there is kept.
func (n *network) stabilise() {
	if n.o.Previous == nil {
		return
	}
	old := n.o.Previous
	at := map[string]int{}
	for k := range n.origins {
		if n.origins[k].kind == makes {
			at[string(n.p.Routings[n.origins[k].ref].ID)] = k
			n.processes[k].previous = make([]float64, n.periods())
			n.processes[k].change = n.changePrices()
		}
	}
	for _, r := range old.Releases {
		if k, ok := at[string(r.Routing)]; ok && r.Routing != "" {
			n.spread(n.processes[k].previous, max(0, n.at(old.Cuts[r.Period])), n.at(old.Cuts[r.Period+1]), r.Qty)
		}
	}
}

// changePrices returns the price of a unit more or less in each period.
func (n *network) changePrices() []float64 {
	prices := make([]float64, n.periods())
	for t := range prices {
		prices[t] = n.w.change
		if n.grid[t] < n.at(n.t.FrozenUntil) {
			prices[t] = n.w.frozen
		}
	}
	return prices
}
