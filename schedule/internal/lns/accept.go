package lns

import (
	"math/bits"

	"github.com/taktplan/takt/schedule/internal/core"
)

// An annealing decides which trials to take (Kirkpatrick, Gelatt and Vecchi
// 1983): one that is worse by d with probability exp(-d/temperature). It runs in
// phases, each cooling from hot to cold in twice the steps of the one before, so
// that the search is good early and better later.
type annealing struct {
	length, at int64 // of the phase, in trials
	hot        int64 // temperature at the start of a phase, fixed point
	heat       int64 // present temperature, fixed point
	stale      bool  // a better schedule came from outside
}

const (
	point = 16 // binary places of a temperature
	// cooling is how often a phase halves its temperature.
	cooling = 6
	// firstPhase is the number of trials of the first phase.
	firstPhase = 4000
)

// begin starts a phase from a solution of cost c.
func (a *annealing) begin(c core.Cost) {
	a.at, a.stale = 0, false
	if a.length == 0 {
		a.length = firstPhase
	} else {
		a.length *= 2
	}
	a.hot = max(1<<point, c.Value>>hotness<<point)
	a.cool()
}

// hotness is the binary logarithm of cost per temperature at the start.
const hotness = 7

// over reports whether the phase has ended.
func (a *annealing) over() bool { return a.at >= a.length || a.stale }

// cool sets the temperature by a piecewise linear image of the exponential.
func (a *annealing) cool() {
	x := a.at * cooling << point / a.length
	halvings, part := x>>point, x&(1<<point-1)
	a.heat = a.hot >> halvings
	a.heat -= a.heat / 2 * part >> point
}

// limit is the highest cost to be accepted this time, for a number u drawn
// evenly from all 64-bit numbers: -ln(u/2⁶⁴) times the temperature above the
// current cost.
func (a *annealing) limit(current core.Cost, u uint64) core.Cost {
	a.at++
	if a.at&63 == 0 {
		a.cool()
	}
	rise := minusLog(u) * (a.heat >> 8) >> (2*point - 8)
	return core.Cost{Missing: current.Missing, Value: core.Sum(current.Value, rise)}
}

// minusLog is -ln(u/2⁶⁴) in fixed point, within a tenth: the logarithm of the
// mantissa is taken as linear.
func minusLog(u uint64) int64 {
	u |= 1
	n := bits.LeadingZeros64(u)
	mantissa := int64(u << n << 1 >> (64 - point)) // log₂(1+x) ≈ x
	log2 := int64(n+1)<<point - mantissa
	const ln2 = 45426
	return log2 * ln2 >> point
}
