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
	// roundShare is the part of the size of a sum's terms that counts as part
	// of what acceptTol is relative to: with it, a residual of 1e-14 times the
	// terms, which is their rounding, is accepted.
	roundShare = 1e-8
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
	terms := make([]float64, p.Rows())
	var g judge
	g.objective.add(p.Offset)
	sol.ColDual = make([]float64, p.Cols())
	for j, x := range sol.X {
		d, size := twofold{high: p.Cost[j]}, math.Abs(p.Cost[j])
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			i := p.Index[k]
			rows[i].addProduct(p.Value[k], x)
			terms[i] += math.Abs(p.Value[k] * x)
			d.addProduct(-p.Value[k], sol.RowDual[i])
			size += math.Abs(p.Value[k] * sol.RowDual[i])
		}
		sol.ColDual[j] = d.value()
		g.objective.addProduct(p.Cost[j], x)
		g.primalLine(x, p.ColLower[j], p.ColUpper[j], 0)
		g.dualLine(x, p.ColLower[j], p.ColUpper[j], sol.ColDual[j], math.Abs(p.Cost[j])+roundShare*size)
	}
	sol.RowValue = make([]float64, p.Rows())
	for i := range rows {
		sol.RowValue[i] = rows[i].value()
		g.primalLine(sol.RowValue[i], p.RowLower[i], p.RowUpper[i], roundShare*terms[i])
		g.dualLine(sol.RowValue[i], p.RowLower[i], p.RowUpper[i], sol.RowDual[i], 0)
	}
	sol.Objective = g.objective.value()
	size := 1 + math.Abs(sol.Objective)
	sol.PrimalResidual, sol.DualResidual = g.primal, g.dual
	sol.Complementarity = g.product / size
	return g.worst <= acceptTol && math.Abs(g.gap.value()) <= acceptGap*size
}

// primalLine takes in the value of a column or row and its bounds. A violation
// is relative to one plus the bound plus size.
func (g *judge) primalLine(x, lower, upper, size float64) {
	if violation := max(lower-x, x-upper); violation > 0 {
		bound := min(math.Abs(lower), math.Abs(upper))
		g.primal = max(g.primal, violation)
		g.worst = max(g.worst, violation/(1+bound+size))
	}
}

// dualLine takes in its multiplier, whose sign must fit a bound that exists.
func (g *judge) dualLine(x, lower, upper, dual, size float64) {
	slack := x - lower
	if dual < 0 {
		slack = upper - x
	}
	if slack >= infinite {
		g.dual = max(g.dual, math.Abs(dual))
		g.worst = max(g.worst, math.Abs(dual)/(1+size))
		return
	}
	g.product = max(g.product, math.Abs(slack*dual))
	g.gap.addProduct(slack, math.Abs(dual))
}
