package lp

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScaling(t *testing.T) {
	p := &Problem{}
	p.AddRow(0, 1)
	p.AddRow(0, 1)
	p.AddRow(0, 1)
	p.AddCol(0, 0, 1, []int32{0, 1}, []float64{1, 4})
	require.Nil(t, newScaling(p), "well scaled")

	// Bad units of rows and columns are found again.
	p.AddCol(0, 0, 1, []int32{0, 1}, []float64{3e3, 2e3})
	p.AddCol(0, 0, 1, []int32{0, 1, 2}, []float64{1e-3, -2e-3, 0})
	s := newScaling(p)
	require.NotNil(t, s)
	require.Equal(t, 1.0, s.row[2], "an empty row stays")
	for j := range p.Cols() {
		f, _ := math.Frexp(s.col[j])
		require.Equal(t, 0.5, f, "a power of two")
		most := 0.0
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			v := math.Abs(p.Value[k]) * s.col[j] * s.row[p.Index[k]]
			most = max(most, v)
		}
		require.InDelta(t, 0, math.Log2(most), 0.5, "the largest of a column is near one")
	}
}
