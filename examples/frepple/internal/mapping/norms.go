package mapping

import (
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/wip"
)

// mapNorms maps minimum and maximum stock, which may change over time: below
// the minimum, stock is filled up to the maximum.
func (mp *mapper) mapNorms() {
	for _, b := range mp.m.Buffers {
		pt := mp.byBuffer[b]
		lows := mp.level(b.Minimum, b.MinimumCalendar)
		highs := mp.level(b.Maximum, b.MaximumCalendar)
		for _, low := range lows {
			for _, high := range highs {
				from, to := laterOf(low.From, high.From), low.To
				if high.To.Before(to) {
					to = high.To
				}
				n := wip.Norm{Point: wip.Point{Item: pt.id, Place: pt.place}, Min: wip.Qty(low.Value),
					Target: wip.Qty(max(low.Value, high.Value)), From: from, To: to}
				if from.Before(to) && n.Target > 0 {
					mp.p.Norms = append(mp.p.Norms, n)
				}
			}
		}
	}
}

// level returns the stretches of a stock level.
func (mp *mapper) level(a model.Amount, k *model.Calendar) []stretch {
	if k == nil {
		return []stretch{{mp.p.From, mp.p.To, max(0, a)}}
	}
	list := mp.calendars.values(k)
	for i := range list {
		list[i].Value = max(0, list[i].Value)
	}
	return list
}
