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
	// coolness is the binary logarithm of cost per temperature at the start.
	coolness int
}

const (
	point = 16 // binary places of a temperature
	// cooling is how often a phase halves its temperature.
	cooling = 6
	// The numbers of trials of the first phase and of the longest.
	firstPhase   = 4000
	longestPhase = 1 << 40
)

// begin starts a phase from a solution of cost c.
func (a *annealing) begin(c core.Cost) {
	switch {
	case a.length == 0:
		a.length = firstPhase
	case !a.stale && a.length < longestPhase:
		a.length *= 2
	}
	a.at, a.stale = 0, false
	a.hot = max(1, min(c.Value>>a.coolness, 1<<45)) << point
	a.cool()
}

// The coolness of plants that work always, and of those that work in shifts,
// where missing the end of a shift costs a jump.
const (
	steady = 7
	shifty = 5
)

// over reports whether the phase has ended.
func (a *annealing) over() bool { return a.at >= a.length || a.stale }

// cool sets the temperature by a piecewise linear image of the exponential.
func (a *annealing) cool() {
	x := a.at * cooling << point / a.length
	halvings, part := x>>point, x&(1<<point-1)
	a.heat = a.hot >> halvings
	a.heat -= scaled(a.heat/2, part)
}

// limit is the highest cost to be accepted this time, for a number u drawn
// evenly from all 64-bit numbers: -ln(u/2⁶⁴) times the temperature above the
// current cost.
func (a *annealing) limit(current core.Cost, u uint64) core.Cost {
	a.at++
	if a.at&63 == 0 {
		a.cool()
	}
	rise := scaled(a.heat, minusLog(u)) >> point
	return core.Cost{Missing: current.Missing, Value: core.Sum(current.Value, rise)}
}

// scaled is the product of x and a number in fixed point.
func scaled(x, by int64) int64 {
	hi, lo := bits.Mul64(uint64(x), uint64(by))
	return int64(hi<<(64-point) | lo>>point)
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
