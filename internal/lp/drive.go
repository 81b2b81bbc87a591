package lp

import "math"

// optimise runs the simplex methods from the current basis to an outcome. The
// dual method ends with a basis that is optimal for perturbed costs; when the
// true ones are put back, a few primal pivots may be needed, and the other way
// round.
func (s *simplex) optimise(m Method) outcome {
	if !s.ready {
		s.factorise()
	}
	if !s.ready {
		return stopped
	}
	const rounds = 10 // each begins nearer to the end than the one before
	dual := s.takeDual(m)
	s.perturb = !s.careful
	for range rounds {
		var end outcome
		if dual {
			end = s.runDual()
		} else {
			end = s.runPrimal()
		}
		if end != proceed {
			return end
		}
		dual = !dual
		s.perturb = false // only the first round is far from the end
	}
	return troubled
}

// takeDual chooses between the methods. From a basis with right reduced costs,
// or none to lose, it takes the dual. Else the primal goes on from a point that
// violates little, as after a change of costs; from any other, the dual with
// shifted costs has the shorter way.
func (s *simplex) takeDual(m Method) bool {
	switch {
	case m == Dual || m == Primal:
		return m == Dual
	case s.isSlack() || s.shifts:
		return true
	}
	s.computeDual()
	if !s.needsShift() {
		return true
	}
	const few = 0.05 // of the rows
	s.computePrimal()
	count, _ := s.sumPrimalViolation()
	return float64(count) > few*float64(s.m)
}

// keepDual shifts the costs of the basic variables so that y, in the given
// units, holds the multipliers of the rows. Where a basis had to be completed
// with logicals or with columns that are new, this saves the prices that the
// rest of it stands for, and with them the signs of most reduced costs.
func (s *simplex) keepDual(y []float64) {
	scaled := make([]float64, s.m)
	for i := range scaled {
		scaled[i] = y[i] / s.scale.rowFactor(i)
	}
	for _, j := range s.head {
		s.cost[j] = s.a.dot(j, scaled)
	}
	s.shifts = true
}

// isSlack says whether the basis is that of all logicals.
func (s *simplex) isSlack() bool {
	for _, j := range s.head {
		if int(j) < s.n {
			return false
		}
	}
	return true
}

// runDual runs the dual method, with a phase 1 from the slack basis. From any
// other, wrong reduced costs are made right by shifting costs, which keeps the
// worth of the basis. It returns proceed where the primal has to go on.
func (s *simplex) runDual() outcome {
	d := s.dual
	s.run.method = Dual
	if s.perturb && !s.nearlyFeasible() {
		s.perturbCost()
	}
	s.computeDual()
	s.flipWrong()
	if count, _ := s.sumDualViolation(); count > 0 && s.isSlack() {
		if end := s.runDualPhase1(); end != solved {
			return end
		}
	}
	end := d.iterate()
	switch end {
	case infeasible:
		s.keepFarkas()
		return end
	case solved:
	case troubled:
		return proceed
	default:
		return end
	}
	if !s.shifts {
		return solved
	}
	s.restoreCost()
	s.computeDual()
	if count, _ := s.sumDualViolation(); count > 0 {
		return proceed
	}
	return solved
}

// nearlyFeasible says of a basis that is not the slack one that its violations
// are so few and small that perturbing would do more harm than good.
func (s *simplex) nearlyFeasible() bool {
	const fewViolations, smallViolation = 1000, 1e-3
	if s.isSlack() {
		return false
	}
	s.computePrimal()
	count, top := 0, 0.0
	for r := range s.x {
		if v := s.primalViolation(r); v > feasTol {
			count++
			top = math.Max(top, v)
		}
	}
	return count < fewViolations && top < smallViolation
}

// feasible says whether the basis violates no bound. It is better not to
// disturb that.
func (s *simplex) feasible() bool {
	s.computePrimal()
	count, _ := s.sumPrimalViolation()
	return count == 0
}

// needsShift says whether a reduced cost is wrong that no change of bounds
// makes right.
func (s *simplex) needsShift() bool {
	for j := range s.d {
		if s.dualViolation(j) > feasTol && !s.boxed(j) {
			return true
		}
	}
	return false
}

func (s *simplex) boxed(j int) bool {
	return !math.IsInf(s.lower[j], -1) && !math.IsInf(s.upper[j], 1)
}

// flipWrong moves nonbasic boxed variables to the bound that their reduced
// cost asks for.
func (s *simplex) flipWrong() {
	for j := range s.d {
		if s.dualViolation(j) > 0 && s.boxed(j) {
			s.placeAt(int32(j), -s.move[j])
		}
	}
}

// runDualPhase1 makes the reduced costs right by solving a program with the
// same costs and artificial bounds, so that all variables are boxed (Koberstein
// & Suhl 2007): its dual objective is the sum of violations. It returns solved
// when phase 2 can begin, and proceed where the primal has to go on.
func (s *simplex) runDualPhase1() outcome {
	for j := range s.lower {
		s.lower[j], s.upper[j] = artificialBounds(s.given.lower[j], s.given.upper[j])
	}
	s.place()
	s.flipWrong()
	end := s.dual.iterate()
	s.restoreBounds()
	s.place()
	if end == limited || end == stopped {
		s.computePrimal()
		return end
	}
	s.computeDual()
	s.flipWrong()
	if count, _ := s.sumDualViolation(); count == 0 {
		return solved
	}
	s.restoreCost()
	s.computeDual()
	s.flipWrong()
	if count, _ := s.sumDualViolation(); count == 0 {
		return solved
	}
	return proceed
}

// artificialBounds are those of the dual phase 1.
func artificialBounds(lower, upper float64) (lo, up float64) {
	const free = 1000 // a free variable should enter first
	noLower, noUpper := math.IsInf(lower, -1), math.IsInf(upper, 1)
	switch {
	case noLower && noUpper:
		return -free, free
	case noLower:
		return -1, 0
	case noUpper:
		return 0, 1
	}
	return 0, 0
}

// runPrimal runs the primal method. It returns proceed where the dual has to
// go on.
func (s *simplex) runPrimal() outcome {
	s.run.method = Primal
	if s.shifts {
		s.restore()
		s.place()
	}
	if s.perturb && !s.feasible() {
		s.perturbBounds()
		s.place()
	}
	end := s.primal.iterate()
	moved := s.shifts
	if moved {
		s.restoreBounds()
		s.place()
		s.shifts = false
	}
	switch end {
	case infeasible:
		if moved {
			return proceed
		}
		s.primal.keepSlopeDual()
		return end
	case unbounded:
		return end
	case troubled:
		return proceed
	case solved:
	default:
		s.computePrimal()
		return end
	}
	if !moved {
		return solved
	}
	s.computePrimal()
	if count, _ := s.sumPrimalViolation(); count > 0 {
		return proceed
	}
	return solved
}
