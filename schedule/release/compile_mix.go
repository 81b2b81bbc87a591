package release

import (
	"math"

	"github.com/taktplan/takt/schedule"
)

// A WIPNorm is what is meant to be in process in a shop: whole units of all
// that is released and not yet in stock, of what the program releases, at the
// end of each period. Prices are for a unit and day.
type WIPNorm struct {
	Shop                    schedule.ShopID
	Min, Max                float64 // Max 0: no limit
	ShortPrice, ExcessPrice float64
}

// mixtures adds the shares that sources are to have.
func (n *network) mixtures() {
	of := make([]mix, len(n.points))
	for k := range n.origins {
		pt := n.target(k)
		if src := n.source(k); src != nil && pt >= 0 {
			of[pt].processes = append(of[pt].processes, k)
			of[pt].shares = append(of[pt].shares, float64(src.Share))
		}
	}
	for _, x := range of {
		sum := 0.0
		for _, s := range x.shares {
			sum += s
		}
		if sum == 0 || len(x.shares) < 2 {
			continue
		}
		for i := range x.shares {
			x.shares[i] /= sum
		}
		// No source is so cheap that it takes the share of another one.
		x.price = float64(n.w.money*n.dearest()) + n.w.hold
		n.mixes = append(n.mixes, x)
	}
}

// source returns what is common to all sources, of a process that is one.
func (n *network) source(k int) *schedule.Source {
	switch o := &n.origins[k]; o.kind {
	case makes:
		return &n.p.Routings[o.ref].Source
	case buys:
		return &n.p.Supplies[o.ref].Source
	case brings:
		return &n.p.Lanes[o.ref].Source
	default:
		return nil
	}
}

// wipNorms adds the norms of work in process.
func (n *network) wipNorms() {
	for _, from := range n.o.WIP {
		x := wipNorm{
			of: make([]bool, len(n.processes)), queues: make([]bool, len(n.points)),
			min: from.Min, max: from.Max, below: from.ShortPrice, above: from.ExcessPrice,
		}
		if x.max == 0 {
			x.max = math.Inf(1)
		}
		for k := range n.origins {
			o := &n.origins[k]
			x.of[k] = (o.kind == makes || o.kind == goesOn) && n.p.Routings[o.ref].Shop == from.Shop
		}
		for name, pt := range n.queuePoints {
			x.queues[pt] = n.p.Routings[name.routing].Shop == from.Shop
		}
		n.wips = append(n.wips, x)
	}
}
