package lp

import "math"

// An interval is a sum of bounds in which infinite terms are counted apart, so
// that a term can be taken out again.
type interval struct {
	lower, upper     float64
	noLower, noUpper int // infinite terms
}

// add puts in the term value times a variable between lower and upper.
func (v *interval) add(value, lower, upper float64) {
	if value < 0 {
		lower, upper = upper, lower
	}
	if math.IsInf(lower, 0) {
		v.noLower++
	} else {
		v.lower += value * lower
	}
	if math.IsInf(upper, 0) {
		v.noUpper++
	} else {
		v.upper += value * upper
	}
}

// ends returns the interval.
func (v *interval) ends() (lower, upper float64) {
	lower, upper = v.lower, v.upper
	if v.noLower > 0 {
		lower = -Inf
	}
	if v.noUpper > 0 {
		upper = Inf
	}
	return lower, upper
}

// activity returns the interval of row i under the bounds of its columns, the
// one numbered except left out (-1 for none).
func (w *presolver) activity(i, except int32) (lower, upper float64) {
	var v interval
	for _, e := range w.row(i) {
		if e.index != except {
			v.add(e.value, w.cl[e.index], w.cu[e.index])
		}
	}
	return v.ends()
}

// impliedBounds returns the bounds that row i alone puts on column j, whose
// entry there is a.
func (w *presolver) impliedBounds(i, j int32, a float64) (lower, upper float64) {
	low, up := w.activity(i, j)
	lower, upper = (w.rl[i]-up)/a, (w.ru[i]-low)/a
	if a < 0 {
		lower, upper = upper, lower
	}
	if math.IsNaN(lower) {
		lower = -Inf
	}
	if math.IsNaN(upper) {
		upper = Inf
	}
	return lower, upper
}

// impliedFree reports whether row i keeps column j within its bounds.
func (w *presolver) impliedFree(i, j int32, a float64) bool {
	if math.IsInf(w.cl[j], -1) && math.IsInf(w.cu[j], 1) {
		return true
	}
	lower, upper := w.impliedBounds(i, j, a)
	return lower >= w.cl[j] && upper <= w.cu[j]
}

// multiplierSigns returns the interval of the multiplier of row i: it is at
// least zero where there is no upper side, and at most zero where there is no
// lower one.
func (w *presolver) multiplierSigns(i int32) (lower, upper float64) {
	lower, upper = -Inf, Inf
	if math.IsInf(w.ru[i], 1) {
		lower = 0
	}
	if math.IsInf(w.rl[i], -1) {
		upper = 0
	}
	return lower, upper
}
