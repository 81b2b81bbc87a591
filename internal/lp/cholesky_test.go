package lp

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// randomSymmetric returns the off-diagonal pattern of a random symmetric
// matrix, both ways round.
func randomSymmetric(rng *rand.Rand, n, links int) matrix {
	linked := make([][]int32, n)
	for range links {
		i, j := int32(rng.IntN(n)), int32(rng.IntN(n))
		if i != j && !slices.Contains(linked[i], j) {
			linked[i], linked[j] = append(linked[i], j), append(linked[j], i)
		}
	}
	m := matrix{start: []int{0}}
	for _, list := range linked {
		m.index = append(m.index, list...)
		m.start = append(m.start, len(m.index))
	}
	return m
}

// fill counts the entries that elimination in the given order makes, by
// eliminating.
func fill(pattern matrix, order []int32) int {
	n := len(order)
	linked := make([]map[int32]bool, n)
	for i := range n {
		linked[i] = map[int32]bool{}
		for _, j := range pattern.index[pattern.start[i]:pattern.start[i+1]] {
			linked[i][j] = true
		}
	}
	count := 0
	for _, p := range order {
		count += len(linked[p]) + 1
		for i := range linked[p] {
			delete(linked[i], p)
			for j := range linked[p] {
				if i != j {
					linked[i][j] = true
				}
			}
		}
	}
	return count
}

func TestMinimumDegree(t *testing.T) {
	saved := 0
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 3))
		n := 1 + rng.IntN(60)
		pattern := randomSymmetric(rng, n, rng.IntN(3*n))
		order := minimumDegree(context.Background(), pattern, Inf)
		sorted := slices.Sorted(slices.Values(order))
		for i, k := range sorted {
			require.Equal(t, int32(i), k)
		}
		require.Len(t, order, n)
		saved += fill(pattern, sorted) - fill(pattern, order)
	}
	require.Greater(t, saved, 10000, "entries saved against the given order")

	// On a tree no elimination by degree makes fill.
	tree := matrix{start: []int{0}}
	for i := range int32(1000) {
		for _, j := range []int32{(i - 1) / 2, 2*i + 1, 2*i + 2} {
			if j != i && j < 1000 && !(i == 0 && j == 0) {
				tree.index = append(tree.index, j)
			}
		}
		tree.start = append(tree.start, len(tree.index))
	}
	require.Equal(t, 1000+999, fill(tree, minimumDegree(context.Background(), tree, Inf)))
}

// A denseSource gives a matrix stored in full.
type denseSource struct {
	c *cholesky
	m [][]float64
}

func (d denseSource) addColumn(k int32, row []int32, at []float64, width int) {
	j := d.c.order[k]
	for i, v := range d.m[j] {
		if r := d.c.position[i]; r >= k && v != 0 {
			at[int(row[r])*width] += v
		}
	}
}

func TestCholesky(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 5))
		n := 1 + rng.IntN(120)
		pattern := randomSymmetric(rng, n, rng.IntN(4*n))
		m := make([][]float64, n)
		for i := range m {
			m[i] = make([]float64, n)
		}
		for i := range n {
			m[i][i] += 0.1 + rng.Float64()
			for _, j := range pattern.index[pattern.start[i]:pattern.start[i+1]] {
				if int(j) < i {
					v := rng.NormFloat64()
					m[i][j], m[j][i] = v, v
					m[i][i] += max(v, -v)
					m[j][j] += max(v, -v)
				}
			}
		}
		c := analyse(context.Background(), pattern, Inf)
		replaced, ok := c.factor(context.Background(), denseSource{c, m}, 1e-14)
		require.True(t, ok)
		require.Zero(t, replaced)
		want, b := make([]float64, n), make([]float64, n)
		for i := range n {
			want[i] = rng.NormFloat64()
		}
		for i := range n {
			b[i] = dot(m[i], want)
		}
		c.solve(b)
		require.InDeltaSlice(t, want, b, 1e-9)
	}
}

func TestCholeskyDependent(t *testing.T) {
	pattern := matrix{start: []int{0, 1, 2}, index: []int32{1, 0}}
	c := analyse(context.Background(), pattern, Inf)
	replaced, _ := c.factor(context.Background(), denseSource{c, [][]float64{{1, 2}, {2, 4}}}, 1e-12)
	require.Equal(t, 1, replaced)
	b := []float64{3, 6}
	c.solve(b)
	require.InDelta(t, 3, b[0]+2*b[1], 1e-12)
}

func TestSubtractProduct(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 7))
	for m := range 6 {
		for n := range 11 {
			for k := range 8 {
				a, b, c := make([]float64, m*10), make([]float64, n*9), make([]float64, m*12)
				for _, v := range [][]float64{a, b, c} {
					for i := range v {
						v[i] = rng.NormFloat64()
					}
				}
				want := slices.Clone(c)
				for i := range m {
					for j := range n {
						for l := range k {
							want[i*12+j] -= a[i*10+l] * b[j*9+l]
						}
					}
				}
				subtractProduct(c, 12, a, 10, b, 9, m, n, k)
				require.InDeltaSlice(t, want, c, 1e-12)
			}
		}
	}
}
