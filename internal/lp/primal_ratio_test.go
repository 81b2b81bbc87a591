package lp

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBreakpointHeap compares with sorting.
func TestBreakpointHeap(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for n := range 40 {
		var b breakpoints
		for range n {
			b.add(float64(r.IntN(6)), int32(r.IntN(4)), int8(r.IntN(2)))
		}
		want := slices.Clone(b)
		slices.SortFunc(want, func(x, y breakpoint) int {
			switch {
			case x.before(y):
				return -1
			case y.before(x):
				return 1
			}
			return 0
		})
		b.heap()
		for _, w := range want {
			require.Equal(t, w, b.pop())
		}
		require.Empty(t, b)
	}
}
