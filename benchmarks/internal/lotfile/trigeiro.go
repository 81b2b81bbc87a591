package lotfile

import "github.com/taktplan/takt/internal/lotsize"

// readTrigeiro reads items and periods, an unused cost, the capacity of every
// period, a line per item (unit time, holding cost, set-up time, set-up cost),
// and the demand: blocks of 15 items, each with a line per period.
func readTrigeiro(in *numbers) *lotsize.Problem {
	items, periods := in.count(), in.count()
	in.next()
	capacity := in.next()
	p := &lotsize.Problem{Periods: periods, Resources: []lotsize.Resource{{}}}
	for range periods {
		p.Resources[0].Capacity = append(p.Resources[0].Capacity, capacity)
	}
	for range items {
		it := lotsize.Item{Demand: make([]float64, periods)}
		it.UnitTime, it.Holding = in.next(), in.next()
		it.SetupTime, it.SetupCost = in.next(), in.next()
		p.Items = append(p.Items, it)
	}
	const block = 15
	for from := 0; from < items; from += block {
		for t := range periods {
			for i := from; i < min(items, from+block); i++ {
				p.Items[i].Demand[t] = in.next()
			}
		}
	}
	return p
}
