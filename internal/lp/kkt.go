package lp

import "math"

const (
	// acceptTol is the residual that an optimum may have on the problem as
	// given, relative to one plus the size of the bound or cost concerned: ten
	// times what the simplex tolerates on the scaled program.
	acceptTol = 1e-6
	// acceptGap is the difference that primal and dual objective may have,
	// relative to one plus their size.
	acceptGap = 1e-8
)

// A judge holds what was found out about a solution.
type judge struct {
	primal, dual   float64 // absolute residuals
	worst          float64 // largest residual relative to its bound or cost
	product        float64 // largest slack times multiplier
	gap, objective twofold
}

// assess computes row values, reduced costs, the objective and the residuals
// of sol from its X and RowDual on the problem as given, and says whether they
// are those of an optimum.
func assess(p *Problem, sol *Solution) bool {
	rows := make([]twofold, p.Rows())
	var g judge
	g.objective.add(p.Offset)
	sol.ColDual = make([]float64, p.Cols())
	for j, x := range sol.X {
		d := twofold{high: p.Cost[j]}
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			i := p.Index[k]
			rows[i].addProduct(p.Value[k], x)
			d.addProduct(-p.Value[k], sol.RowDual[i])
		}
		sol.ColDual[j] = d.value()
		g.objective.addProduct(p.Cost[j], x)
		g.line(x, p.ColLower[j], p.ColUpper[j], sol.ColDual[j], p.Cost[j])
	}
	sol.RowValue = make([]float64, p.Rows())
	for i := range rows {
		sol.RowValue[i] = rows[i].value()
		g.line(sol.RowValue[i], p.RowLower[i], p.RowUpper[i], sol.RowDual[i], 0)
	}
	sol.Objective = g.objective.value()
	size := 1 + math.Abs(sol.Objective)
	sol.PrimalResidual, sol.DualResidual = g.primal, g.dual
	sol.Complementarity = g.product / size
	return g.worst <= acceptTol && math.Abs(g.gap.value()) <= acceptGap*size
}

// line takes in the value of a column or row, its bounds and its multiplier.
func (g *judge) line(x, lower, upper, dual, cost float64) {
	if violation := math.Max(lower-x, x-upper); violation > 0 {
		bound := math.Min(math.Abs(lower), math.Abs(upper))
		g.primal = math.Max(g.primal, violation)
		g.worst = math.Max(g.worst, violation/(1+bound))
	}
	slack := x - lower
	if dual < 0 {
		slack = upper - x
	}
	if slack >= infinite {
		g.dual = math.Max(g.dual, math.Abs(dual))
		g.worst = math.Max(g.worst, math.Abs(dual)/(1+math.Abs(cost)))
		return
	}
	g.product = math.Max(g.product, math.Abs(slack*dual))
	g.gap.addProduct(slack, math.Abs(dual))
}
