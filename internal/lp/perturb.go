package lp

import "math"

// perturbCost changes every structural cost a little, away from its active
// bound, so that ties among reduced costs, and with them cycling and
// stalling, become rare. The sizes are those of HiGHS (Huangfu & Hall 2018).
func (s *simplex) perturbCost() {
	scale := s.perturbationScale()
	for j := 0; j < s.n; j++ {
		lo, up := s.lower[j], s.upper[j]
		if lo == up || s.isFree(int32(j)) {
			continue
		}
		by := (1 + s.random[j]) * (math.Abs(s.cost[j]) + 1) * scale
		switch {
		case math.IsInf(up, 1):
		case math.IsInf(lo, -1), s.given.cost[j] < 0:
			by = -by
		}
		s.cost[j] += by
	}
	const logical = 1e-12 // below the tolerance: only to break ties
	for j := s.n; j < s.n+s.m; j++ {
		s.cost[j] += (0.5 - s.random[j]) * logical
	}
	s.shifts = true
}

// perturbationScale is 5e-7 times the size of the costs, which is damped when
// large, and when hardly any variable is boxed: then every reduced cost made
// wrong has to be mended by pivots, not flips.
func (s *simplex) perturbationScale() float64 {
	const base = 5e-7 // five times the tolerance of a reduced cost
	top, boxed := 0.0, 0
	for j, c := range s.given.cost {
		top = math.Max(top, math.Abs(c))
		if !math.IsInf(s.upper[j]-s.lower[j], 1) {
			boxed++
		}
	}
	if top > 100 {
		top = math.Sqrt(math.Sqrt(top))
	}
	if boxed*100 < len(s.given.cost) {
		top = math.Min(top, 1)
	}
	return base * top
}

// perturbBounds moves bounds outwards a little, so that ties in the primal
// ratio test become rare. A fixed basic variable is fixed elsewhere; a fixed
// nonbasic one never enters and stays.
func (s *simplex) perturbBounds() {
	const base = 5 * feasTol
	for j := range s.lower {
		lo, up := s.lower[j], s.upper[j]
		by := (1 + s.random[j]) * base
		if lo == up {
			if s.basic[j] {
				at := lo + (s.random[j]-0.5)*base*math.Max(1, math.Abs(lo))
				s.lower[j], s.upper[j] = at, at
			}
			continue
		}
		s.lower[j] -= by * math.Max(1, math.Abs(lo))
		s.upper[j] += by * math.Max(1, math.Abs(up))
	}
	s.shifts = true
}

// stalls takes note of a step, which made progress or not, and says whether it
// is time to perturb what was not perturbed at the start.
func (s *simplex) stalls(progress bool) bool {
	const patience = 500 // steps in a row without progress
	if progress {
		s.stalled = 0
		return false
	}
	s.stalled++
	if s.stalled < patience {
		return false
	}
	s.stalled = 0
	return true
}
