package lp

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireLinear checks that the optimum is linear in a number from where it is
// to a limit, by solving with the number set to the limit and half way to it.
func requireLinear(t *testing.T, p *Problem, numbers []*float64, base float64, l Limit) {
	t.Helper()
	if math.IsInf(l.Value, 0) {
		return
	}
	was := *numbers[0]
	set := func(v float64) {
		for _, number := range numbers {
			*number = v
		}
	}
	defer set(was)
	for _, part := range []float64{0.5, 1} {
		set(was + part*(l.Value-was))
		status, objective := enumerated(p)
		require.Equal(t, Optimal, status)
		require.InDelta(t, base+part*(l.Objective-base), objective, 1e-6)
	}
}

// TestRangeCosts compares cost ranges with solves at their ends.
func TestRangeCosts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	wide := 0
	for range 800 {
		p := randomProblem(r, 4)
		s, err := NewSolver(p)
		require.NoError(t, err)
		sol, err := s.Solve(context.Background(), Options{})
		require.NoError(t, err)
		if sol.Status != Optimal || p.Cols() == 0 {
			continue
		}
		j := r.IntN(p.Cols())
		ranges, err := s.RangeCosts(j)
		require.NoError(t, err)
		requireLinear(t, p, []*float64{&p.Cost[j]}, sol.Objective, ranges[0].Down)
		requireLinear(t, p, []*float64{&p.Cost[j]}, sol.Objective, ranges[0].Up)
		if ranges[0].Up.Value-ranges[0].Down.Value > 0.1 {
			wide++
		}
	}
	require.Greater(t, wide, 100)
}

// TestRangeRows does the same for the sides of rows.
func TestRangeRows(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	wide := 0
	for range 1200 {
		p := randomProblem(r, 4)
		s, err := NewSolver(p)
		require.NoError(t, err)
		sol, err := s.Solve(context.Background(), Options{})
		require.NoError(t, err)
		if sol.Status != Optimal || p.Rows() == 0 {
			continue
		}
		i := r.IntN(p.Rows())
		ranges, err := s.RangeRows(i)
		require.NoError(t, err)
		if sol.Basis.Row[i] == Basic {
			require.Equal(t, p.RowLower[i], ranges[0].Down.Value)
			require.Equal(t, p.RowUpper[i], ranges[0].Up.Value)
			continue
		}
		lower, upper := &p.RowLower[i], &p.RowUpper[i]
		sides := []*float64{lower}
		switch {
		case *lower == *upper:
			sides = []*float64{lower, upper}
		case sol.Basis.Row[i] == AtUpper:
			sides = []*float64{upper}
		}
		for _, l := range []Limit{ranges[0].Down, ranges[0].Up} {
			if len(sides) == 1 && (*lower > l.Value && sides[0] == upper || *upper < l.Value && sides[0] == lower) {
				continue // beyond the other side
			}
			requireLinear(t, p, sides, sol.Objective, l)
		}
		if ranges[0].Up.Value-ranges[0].Down.Value > 0.1 {
			wide++
		}
	}
	require.Greater(t, wide, 50)
}

// TestRangeNeedsOptimum: ranging refuses what is not an optimum of the problem.
func TestRangeNeedsOptimum(t *testing.T) {
	p := &Problem{}
	p.AddCol(1, 0, 1, nil, nil)
	s, err := NewSolver(p)
	require.NoError(t, err)
	_, err = s.RangeCosts(0)
	require.ErrorIs(t, err, ErrNotOptimal)
	_, err = s.Solve(context.Background(), Options{})
	require.NoError(t, err)
	_, err = s.RangeCosts(0)
	require.NoError(t, err)
	s.SetCost(0, 2)
	_, err = s.RangeRows()
	require.ErrorIs(t, err, ErrNotOptimal)
}
