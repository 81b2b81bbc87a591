package release

import "github.com/taktplan/takt/internal/lp"

// A mix is sources of one point that are to have given shares of what it gets
// over the whole horizon.
type mix struct {
	processes []int
	shares    []float64 // which sum to 1
	price     float64   // of a unit that is not had from where it should be
}

// mixRows adds a row for each source that is to have a share, with what it is
// below and above that.
func (b *build) mixRows() {
	b.inMix = make([][]entry, len(b.processes))
	for m := range b.mixes {
		x := &b.mixes[m]
		for i, share := range x.shares {
			row := int32(b.lp.AddRow(0, 0))
			b.mixed = append(b.mixed, row)
			for n, k := range x.processes {
				part := -share
				if n == i {
					part++
				}
				b.inMix[k] = append(b.inMix[k], entry{row, part})
			}
			for _, sign := range []float64{1, -1} {
				b.clear()
				b.add(row, sign)
				b.unmixed = append(b.unmixed, b.column(x.price/2, lp.Inf))
			}
		}
	}
}

// A wipNorm limits what is in process in a shop at the end of each period.
type wipNorm struct {
	of           []bool // per process
	queues       []bool // per point, where it waits
	min, max     float64
	below, above float64 // prices of a unit for a day
}

// wipRows adds a row for each norm of work in process and period, with what is
// missing of its minimum and beyond its maximum.
func (b *build) wipRows() {
	b.inWIP, b.idle, b.crowd = none(len(b.wips), b.periods()), none(len(b.wips), b.periods()), none(len(b.wips), b.periods())
	for w := range b.wips {
		x := &b.wips[w]
		for t := range b.periods() {
			b.inWIP[w][t] = int32(b.lp.AddRow(x.min, x.max))
			b.clear()
			b.add(b.inWIP[w][t], 1)
			b.idle[w][t] = b.column(float64(x.below*b.length(t)), lp.Inf)
			b.clear()
			b.add(b.inWIP[w][t], -1)
			b.crowd[w][t] = b.column(float64(x.above*b.length(t)), lp.Inf)
		}
	}
}

// inShop notes a unit started in period s in the norms of work in process.
func (b *build) inShop(k, s int) {
	for w := range b.wips {
		if !b.wips[w].of[k] {
			continue
		}
		for t, part := range b.stillIn(s, b.processes[k].lead) {
			b.add(b.inWIP[w][s+t], part)
		}
	}
}

// waitsInShop notes units at a point, if that is a queue of the shop.
func (b *build) waitsInShop(i, t int, units float64) {
	for w := range b.wips {
		if b.wips[w].queues[i] {
			b.add(b.inWIP[w][t], units)
		}
	}
}
