package lp

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A reduced cost so large that the tolerance is lost in it, and a pivot by which
// the quotient, multiplied again, falls short of it.
const (
	hugeDual   = 1e17 + 144
	shortPivot = 1.3
)

// TestGroupEnds has breakpoints that rounding would never let a step reach.
func TestGroupEnds(t *testing.T) {
	dual, pivot := hugeDual, shortPivot // not constants: to be rounded each time
	step := (dual + feasTol) / pivot
	require.Greater(t, dual, step*pivot, "the numbers are no longer hard")
	d := &dualSimplex{simplex: &simplex{
		d: []float64{0, dual, 2 * dual}, move: []int8{1, 1, 1},
		lower: []float64{0, 0, 0}, upper: []float64{1, 1, 1},
	}}
	d.ratio.init(3)
	d.ratio.index = append(d.ratio.index, 0, 1, 2)
	d.ratio.size = append(d.ratio.size, 1, pivot, pivot)
	d.ratio.delta = 10
	d.group(feasTol, 3)
	require.Equal(t, []int{1, 2, 3}, d.ratio.groups)
	g, k := d.ratio.pick()
	require.Equal(t, []int{2, 2}, []int{g, k})
}
