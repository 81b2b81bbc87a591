package lp

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGrowth factors a basis of chains, x(t) - 9·x(t-1), with two columns of
// ones. Pivots down the chains have the fewest entries, and let those columns
// grow ninefold in each.
func TestGrowth(t *testing.T) {
	const m = 60
	p := &Problem{}
	head := make([]int32, m)
	all, ones, signs := make([]int32, m), make([]float64, m), make([]float64, m)
	for i := range m {
		p.AddRow(0, 0)
		all[i], ones[i], signs[i], head[i] = int32(i), 1, float64(1-2*(i%2)), int32(i)
	}
	for i := m - 3; i >= 0; i-- {
		p.AddCol(0, 0, 1, []int32{int32(i), int32(i + 1)}, []float64{1, -9})
	}
	p.AddCol(0, 0, 1, all, ones)
	p.AddCol(0, 0, 1, all, signs)
	a, f := newConstraints(p, nil), newFactor(m)
	fix := f.build(a, head, head)
	require.Empty(t, fix.rows)
	for _, e := range f.u.terms {
		require.Less(t, math.Abs(e.value), 100.0)
	}

	v := newVector(m)
	want := make([]float64, m) // by variable
	for j := range want {
		want[j] = math.Sin(float64(j))
		a.addTo(&v, int32(j), want[j])
	}
	f.ftran(&v, 1, false)
	for r, j := range head {
		require.InDelta(t, want[j], v.val[r], 1e-12)
	}
}
