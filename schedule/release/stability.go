package release

import (
	"time"
)

// stabilise has the processes of routings keep to an earlier answer. Its
// releases are spread evenly over its periods. In periods that end by
// FrozenUntil a difference costs what a day of lateness does, elsewhere a
// little, and less the later.
func (n *network) stabilise(cuts []time.Time) {
	if n.o.Previous == nil {
		return
	}
	old := n.o.Previous
	at := map[string]int{}
	for k := range n.origins {
		if n.origins[k].kind == makes {
			at[string(n.p.Routings[n.origins[k].ref].ID)] = k
			n.processes[k].previous = make([]float64, n.periods())
			n.processes[k].change = n.w.change
		}
	}
	for _, r := range old.Releases {
		if k, ok := at[string(r.Routing)]; ok && r.Routing != "" {
			n.spread(n.processes[k].previous, max(0, n.at(old.Cuts[r.Period])), n.at(old.Cuts[r.Period+1]), r.Qty)
		}
	}
}
