package lotsize

import "math"

// requirement returns, for each item, how much of it has to be made at least by
// the end of each period: what leaves the plant up to then, and what must have
// gone into the items above it, less the stock at the beginning. It is the
// echelon demand, cumulated, with stock netted level by level. What may be
// delivered late is required in the last period only.
func (p *Problem) requirement() [][]float64 {
	gross := make([][]float64, len(p.Items)) // needed by the end of each period
	made := make([][]float64, len(p.Items))
	for i := range gross {
		gross[i] = make([]float64, p.Periods)
	}
	for _, i := range p.topDown() {
		it := &p.Items[i]
		p.addDemand(gross[i], it)
		made[i] = it.net(gross[i])
		for _, u := range it.Uses {
			for t, q := range made[i] {
				gross[u.Item][t] += u.Qty * q
			}
		}
	}
	return made
}

// addDemand adds the demand for it, cumulated, to gross.
func (p *Problem) addDemand(gross []float64, it *Item) {
	sum := 0.0
	for t, d := range it.Demand {
		sum += d
		if it.Backlog == 0 || t == p.Periods-1 {
			gross[t] += sum
		}
	}
}

// net returns what has to be made by the end of each period so that gross can
// be used by the end of each: all that the lots of the next period are too late
// for.
func (it *Item) net(gross []float64) []float64 {
	made := make([]float64, len(gross))
	top := 0.0
	for t := range made {
		last := len(gross) - 1
		if t < last {
			last = min(last, it.ready(t+1)-1)
		}
		top = math.Max(top, gross[last]-it.Initial)
		made[t] = top
	}
	return made
}

// plain reports, for each item, whether all of it leaves the plant, on time and
// in the period it is made: its stock is what was made beyond what is required.
func (p *Problem) plain() []bool {
	plain := make([]bool, len(p.Items))
	for i, it := range p.Items {
		plain[i] = len(it.Ready) == 0 && it.Backlog == 0
	}
	for _, it := range p.Items {
		for _, u := range it.Uses {
			plain[u.Item] = false
		}
	}
	return plain
}
