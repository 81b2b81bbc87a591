package lotsize

import "math"

// A Solution is a plan of lots. Its slices have an element per item, or
// resource, and period.
type Solution struct {
	Lots   [][]float64 // quantities made
	Setups [][]bool    // set up for in the period
	Carry  [][]bool    // set-up state taken over from the period before
	// Stock and Owed are those at the end of the period, Overtime the time
	// beyond the capacity of each resource.
	Stock, Owed [][]float64
	Overtime    [][]float64

	// Cost is that of set-ups, stock, late deliveries and overtime with a
	// price. Excess is the overtime of resources that have none: the plan can
	// be carried out only if it is 0.
	Cost, Excess float64
	// Bound is a number that no plan without excess costs less than, and
	// Optimal says that this one is proven to cost the least.
	Bound   float64
	Optimal bool
	Steps   int64 // linear programs solved
}

// evaluate fills in what follows from lots, set-ups and carry.
func (p *Problem) evaluate(s *Solution) {
	s.Cost, s.Excess = 0, 0
	s.Stock, s.Owed = grid(len(p.Items), p.Periods), grid(len(p.Items), p.Periods)
	s.Overtime = grid(len(p.Resources), p.Periods)
	used, ready := p.used(s.Lots), p.ready(s.Lots)
	for i, it := range p.Items {
		level := it.Initial
		for t := range p.Periods {
			level += ready[i][t] - it.Demand[t] - used[i][t]
			if math.Abs(level) < stockTolerance*(1+it.Demand[t]+used[i][t]) {
				level = 0
			}
			s.Stock[i][t], s.Owed[i][t] = math.Max(0, level), math.Max(0, -level)
			s.Cost += float64(p.length(t) * (float64(it.Holding*s.Stock[i][t]) + float64(it.Backlog*s.Owed[i][t])))
			s.Overtime[it.Resource][t] += it.UnitTime * s.Lots[i][t]
			if s.Setups[i][t] {
				s.Cost += it.SetupCost
				s.Overtime[it.Resource][t] += it.SetupTime
			}
		}
	}
	for r, res := range p.Resources {
		for t, c := range res.Capacity {
			over := math.Max(0, s.Overtime[r][t]-c)
			if over < timeTolerance*(1+c) {
				over = 0
			}
			s.Overtime[r][t] = over
			s.Cost += res.Overtime * over
			if res.Overtime == 0 {
				s.Excess += over
			}
		}
	}
}

// The tolerances of the linear programs, relative to what is added up: a time
// beyond the capacity and a stock that are smaller than this are none.
const timeTolerance, stockTolerance = 1e-7, 1e-7

// used returns what the lots take of each item in each period.
func (p *Problem) used(lots [][]float64) [][]float64 {
	used := grid(len(p.Items), p.Periods)
	for i, it := range p.Items {
		for _, u := range it.Uses {
			for t, q := range lots[i] {
				used[u.Item][t] += u.Qty * q
			}
		}
	}
	return used
}

// ready returns what of the lots can be used from each period on.
func (p *Problem) ready(lots [][]float64) [][]float64 {
	ready := grid(len(p.Items), p.Periods)
	for i := range p.Items {
		for t, q := range lots[i] {
			if u := p.Items[i].ready(t); u < p.Periods {
				ready[i][u] += q
			}
		}
	}
	return ready
}

func grid(rows, cols int) [][]float64 {
	all := make([]float64, rows*cols)
	g := make([][]float64, rows)
	for i := range g {
		g[i] = all[i*cols : (i+1)*cols : (i+1)*cols]
	}
	return g
}
