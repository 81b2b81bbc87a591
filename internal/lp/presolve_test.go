package lp

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// reducible returns a random program of the kind that presolve has much to do
// with: small integers, so that lines are parallel and rows forcing, short
// rows and columns, and bounds of every kind.
func reducible(seed uint64) *Problem {
	rng := rand.New(rand.NewPCG(seed, 11))
	p := &Problem{}
	number := func() float64 { return float64(rng.IntN(7) - 3) }
	sides := func(wide int) (float64, float64) {
		l := number()
		u := l + float64(rng.IntN(wide))
		switch rng.IntN(6) {
		case 0:
			l = -Inf
		case 1, 2:
			u = Inf
		case 3:
			if rng.IntN(3) == 0 {
				l, u = -Inf, Inf
			}
		}
		return l, u
	}
	m, n := 1+rng.IntN(8), 1+rng.IntN(10)
	for range m {
		p.AddRow(sides(3))
	}
	var index []int32
	var value []float64
	cost := 0.0
	for range n {
		if len(index) == 0 || rng.IntN(6) > 0 { // else much like the column before
			index, value, cost = index[:0], value[:0], number()
			for i := range m {
				if rng.IntN(3) == 0 {
					if v := number(); v != 0 {
						index, value = append(index, int32(i)), append(value, v)
					}
				}
			}
		} else {
			t := []float64{-2, -1, 1, 2}[rng.IntN(4)]
			cost *= t
			for k := range value {
				value[k] *= t
			}
		}
		l, u := sides(4)
		p.AddCol(cost, l, u, index, value)
	}
	return p
}

// solveDirectly solves p with the simplex method from the given basis, or the
// slack basis if it is nil, without presolve or scaling.
func solveDirectly(p *Problem, b *Basis) *Solution {
	if contradictory(p) {
		return contradiction(p)
	}
	s := newSimplex(p, nil)
	if b != nil {
		s.loadBasis(b)
	}
	s.place()
	return s.solve(context.Background(), p, Options{})
}

// requirePresolved says that presolve, solving and postsolve lead to an
// optimum of p with a basis from which no iteration is left.
func requirePresolved(t *testing.T, p *Problem, direct *Solution, note any) []undoStep {
	t.Helper()
	q, post, ok := presolve(context.Background(), p)
	if !ok {
		require.NotEqual(t, Optimal, direct.Status, note)
		return nil
	}
	small := solveDirectly(q, nil)
	require.Equal(t, direct.Status, small.Status, note)
	if small.Status != Optimal {
		return nil
	}
	full := post.expand(small)
	require.True(t, assess(p, full), "%v: residuals %g %g %g", note, full.PrimalResidual, full.DualResidual, full.Complementarity)
	require.InDelta(t, direct.Objective, full.Objective, 1e-7*(1+math.Abs(direct.Objective)), note)
	requireOptimalBasis(t, p, full.Basis, note)
	return post.steps
}

// requireOptimalBasis says that b is a basis of p, with as many basic variables
// as rows and independent columns, whose vertex is primal and dual feasible.
func requireOptimalBasis(t *testing.T, p *Problem, b *Basis, note any) {
	t.Helper()
	basic := 0
	for _, status := range append(slices.Clone(b.Col), b.Row...) {
		if status == Basic {
			basic++
		}
	}
	require.Equal(t, p.Rows(), basic, note)
	s := newSimplex(p, nil)
	s.loadBasis(b)
	s.place()
	require.False(t, s.factorise(), note)
	s.computePrimal()
	s.computeDual()
	count, sum := s.sumPrimalViolation()
	require.Zero(t, count, "%v: %g", note, sum)
	count, sum = s.sumDualViolation()
	require.Zero(t, count, "%v: %g", note, sum)
}

func TestPresolveRandom(t *testing.T) {
	counts := map[Status]int{}
	steps := map[string]int{}
	for seed := range uint64(20000) {
		p := reducible(seed)
		direct := solveDirectly(p, nil)
		counts[direct.Status]++
		for _, step := range requirePresolved(t, p, direct, seed) {
			steps[fmt.Sprintf("%T", step)]++
		}
	}
	require.Len(t, steps, 9, "every reduction was made and undone")
	for kind, count := range steps {
		require.Greater(t, count, 20, kind)
	}
	for _, s := range []Status{Optimal, Infeasible, Unbounded} {
		require.Greater(t, counts[s], 1000)
	}
}

func TestPresolveKnown(t *testing.T) {
	for _, k := range knownPrograms(t) {
		if k.status != Optimal || k.rows > 1000 {
			continue
		}
		p := k.load(t)
		requirePresolved(t, p, &Solution{Status: Optimal, Objective: k.objective}, k.name)
	}
}
