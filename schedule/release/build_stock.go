package release

import "github.com/taktplan/takt/internal/lp"

// A layer is a stretch of stock between two limits of a norm, at one price.
type layer struct{ size, price float64 }

// stocks adds the columns of stock at the end of each period.
func (b *build) stocks() {
	b.stock, b.layers = none(len(b.points), b.periods()), counts(len(b.points), b.periods())
	area := b.areas()
	for i := range b.points {
		if !b.points[i].stocked {
			continue
		}
		for t := range b.periods() {
			b.clear()
			b.add(b.balance[i][t], -1)
			if t+1 < b.periods() {
				b.add(b.balance[i][t+1], 1)
			}
			b.waitsAt(i, t)
			b.waitsInShop(i, t)
			for _, a := range area[i] {
				b.add(b.inRoom[a.room][t], a.each)
			}
			layers := b.points[i].layersAt(t)
			for n, l := range layers {
				j := b.column(float64(l.price*b.length(t)), l.size)
				if n == 0 {
					b.stock[i][t] = j
				}
			}
			b.layers[i][t] = int8(len(layers))
			b.lp.Offset += float64(b.points[i].missingAt(t) * b.length(t))
		}
	}
}

// layersAt returns the layers of stock in period t, from the ground up; their
// prices rise.
func (p *point) layersAt(t int) []layer {
	if p.norms == nil {
		return []layer{{lp.Inf, p.hold}}
	}
	n := &p.norms[t]
	layers := make([]layer, 0, 4)
	if n.min > 0 && n.below+n.missing > 0 {
		layers = append(layers, layer{n.min, p.hold - n.below - n.missing})
	}
	low := n.min
	if len(layers) == 0 {
		low = 0
	}
	if n.target > low && n.missing > 0 {
		layers = append(layers, layer{n.target - low, p.hold - n.missing})
		low = n.target
	}
	if n.max > 0 && n.above > 0 {
		return append(layers, layer{n.max - low, p.hold}, layer{lp.Inf, p.hold + n.above})
	}
	return append(layers, layer{lp.Inf, p.hold})
}

// missingAt returns what an empty point costs a day.
func (p *point) missingAt(t int) float64 {
	if p.norms == nil {
		return 0
	}
	n := &p.norms[t]
	return float64(n.min*n.below) + float64(max(n.min, n.target)*n.missing)
}

// overtimes adds the columns of overtime, which extend capacity.
func (b *build) overtimes() {
	b.overtime = none(len(b.groups), b.periods())
	for r := range b.groups {
		for t, hours := range b.groups[r].overtime {
			if hours > 0 && b.load[r][t] >= 0 {
				b.clear()
				b.add(b.load[r][t], -1)
				b.overtime[r][t] = b.column(b.groups[r].price, hours)
			}
		}
	}
}

// deliveries adds the columns of contract lines: what is delivered in each
// period, at the price of its delay, and what never is. Backlog needs no
// columns or rows of its own. The columns have no bounds, so that the row alone
// carries the price of the line.
func (b *build) deliveries() {
	b.deliver = make([][]int32, len(b.demands))
	b.short = make([]int32, len(b.demands))
	for c := range b.demands {
		d := &b.demands[c]
		b.deliver[c] = make([]int32, len(d.within))
		for n, w := range d.within {
			b.clear()
			b.add(b.balance[d.point][w.period], -1)
			b.add(b.line[c], 1)
			b.add(b.sent[c][w.period], 1)
			b.deliver[c][n] = b.column(w.late, lp.Inf)
		}
		b.clear()
		b.add(b.line[c], 1)
		b.short[c] = b.column(d.short, lp.Inf)
	}
}
