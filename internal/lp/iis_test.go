package lp

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// only returns p with none but the given bounds.
func only(p *Problem, sides []Side) *Problem {
	q := *p
	q.Cost = make([]float64, p.Cols())
	for _, s := range []struct {
		bounds *[]float64
		none   float64
	}{{&q.RowLower, -Inf}, {&q.RowUpper, Inf}, {&q.ColLower, -Inf}, {&q.ColUpper, Inf}} {
		*s.bounds = slices.Repeat([]float64{s.none}, len(*s.bounds))
	}
	for _, x := range sides {
		q.sides(x)[x.Index] = p.sides(x)[x.Index]
	}
	return &q
}

// requireIrreducible checks that sides are infeasible together and feasible
// without any one of them, according to solve.
func requireIrreducible(t *testing.T, p *Problem, sides []Side, feasible func(*Problem) bool) {
	t.Helper()
	require.NotEmpty(t, sides)
	require.False(t, feasible(only(p, sides)))
	for k := range sides {
		require.True(t, feasible(only(p, slices.Delete(slices.Clone(sides), k, k+1))), "%v is not needed in %v", sides[k], sides)
	}
}

// TestIISRandom looks at random small programs with enumeration.
func TestIISRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	found := 0
	for range 600 {
		p := randomProblem(r, 4)
		sides, err := IIS(context.Background(), p)
		require.NoError(t, err)
		if status, _ := enumerated(p); status != Infeasible {
			require.Empty(t, sides)
			continue
		}
		found++
		requireIrreducible(t, p, sides, func(q *Problem) bool {
			status, _ := enumerated(q)
			return status != Infeasible
		})
	}
	require.Greater(t, found, 100)
}

// TestIISKnown looks at the infeasible files.
func TestIISKnown(t *testing.T) {
	for _, k := range knownPrograms(t) {
		if k.status != Infeasible {
			continue
		}
		p := k.load(t)
		sides, err := IIS(context.Background(), p)
		require.NoError(t, err)
		t.Log(k.name, len(sides))
		requireIrreducible(t, p, sides, func(q *Problem) bool {
			sol, err := Solve(context.Background(), q, Options{})
			require.NoError(t, err)
			return sol.Status == Optimal
		})
	}
}
