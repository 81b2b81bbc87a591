package release

import "github.com/taktplan/takt/internal/lp"

// A parcel is demands that are delivered at one instant, by number. All of them
// have their chances in the same periods, but for those that come too late for
// some.
type parcel []int

// parcelRows adds, for each parcel, that it is sent once, and for each of its
// demands and chances that no larger part of it is delivered than is sent then.
func (b *build) parcelRows() {
	b.sent = none(len(b.demands), b.periods())
	for _, lines := range b.parcels {
		b.once = append(b.once, int32(b.lp.AddRow(-lp.Inf, 1)))
		for _, c := range lines {
			for _, w := range b.demands[c].within {
				b.sent[c][w.period] = int32(b.lp.AddRow(-lp.Inf, 0))
			}
		}
	}
}

// sendings adds the columns of parcels: the part of each that is sent in each
// period.
func (b *build) sendings() {
	b.send = none(len(b.parcels), b.periods())
	for i, lines := range b.parcels {
		for t := range b.periods() {
			b.clear()
			for _, c := range lines {
				b.add(b.sent[c][t], -b.demands[c].qty)
			}
			if len(b.entries) > 0 {
				b.add(b.once[i], 1)
				b.send[i][t] = b.column(0, lp.Inf)
			}
		}
	}
}
