package lp

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInteriorKnown(t *testing.T) {
	for _, k := range knownPrograms(t) {
		if k.rows > 1000 {
			continue
		}
		sol, err := Solve(context.Background(), k.load(t), Options{Method: IPM})
		require.NoError(t, err)
		require.Equal(t, k.status, sol.Status, k.name)
		if k.status == Optimal {
			require.InDelta(t, k.objective, sol.Objective, 1e-7*(1+math.Abs(k.objective)), k.name)
		}
	}
}

func TestInteriorRandom(t *testing.T) {
	converged := 0
	for seed := range uint64(5000) {
		p := reducible(seed)
		direct := solveDirectly(p, nil)
		sol, err := Solve(context.Background(), p, Options{Method: IPM, NoPresolve: true})
		require.NoError(t, err)
		require.Equal(t, direct.Status, sol.Status, seed)
		if sol.Status == Optimal {
			require.InDelta(t, direct.Objective, sol.Objective, 1e-7*(1+math.Abs(sol.Objective)), seed)
			if sol.Method == IPM {
				converged++
			}
		}
	}
	require.Greater(t, converged, 300)
}

// planningProgram returns a random program of stocks over periods that share
// capacities, which always has an optimum.
func planningProgram(seed uint64, items, periods int) *Problem {
	rng := rand.New(rand.NewPCG(seed, 13))
	p := &Problem{}
	capacity := make([]int32, periods)
	for t := range capacity {
		capacity[t] = int32(p.AddRow(-Inf, 20*float64(items)))
	}
	for range items {
		var before int
		for t := range periods {
			demand := float64(rng.IntN(40))
			balance := int32(p.AddRow(demand, demand))
			if t > 0 { // stock carried over
				p.AddCol(1+rng.Float64(), 0, Inf, []int32{int32(before), balance}, []float64{-1, 1})
			}
			p.AddCol(rng.Float64(), 0, Inf, []int32{balance, capacity[t]}, []float64{1, 0.5 + rng.Float64()})
			p.AddCol(100, 0, Inf, []int32{balance}, []float64{1}) // bought
			before = int(balance)
		}
	}
	return p
}

func TestInteriorSolversAgree(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(5) {
		p := planningProgram(seed, 12, 8)
		f := newIPMForm(p, nil)
		basis := newBasisSolver(f, newConstraints(p, nil))
		want := solveDirectly(p, nil).Objective
		for _, kkt := range []kktSolver{
			newNormalMatrix(ctx, f, Inf), basis, &twoPhaseSolver{first: newDiagonalSolver(f), second: basis},
		} {
			s := newInterior(f, kkt)
			require.Equal(t, Optimal, s.run(ctx, math.MaxInt64, func() {}), "%T", kkt)
			require.InDelta(t, want, s.objective, 10*ipmGap*math.Abs(want), "%T", kkt)
		}
	}
}

// The systems of the interior point hold in both equations, whoever solves
// them.
func TestKKTSolvers(t *testing.T) {
	ctx := context.Background()
	p := planningProgram(1, 5, 6)
	f := newIPMForm(p, nil)
	n := len(f.c)
	rng := rand.New(rand.NewPCG(3, 3))
	g, h, r := make([]float64, n), make([]float64, n), make([]float64, f.m)
	for j := range g {
		g[j], h[j] = math.Exp(4*rng.NormFloat64()), rng.NormFloat64()
		if f.fixed[j] {
			g[j] = Inf
		}
	}
	for i := range r {
		r[i] = rng.NormFloat64()
	}
	dense := newNormalMatrix(ctx, f, Inf)
	dense.isDense[3], dense.dense = true, []int32{3} // as if it had many entries
	dense.factors = analyse(ctx, dense.pattern(ctx), Inf)
	for _, kkt := range []kktSolver{
		newNormalMatrix(ctx, f, Inf), dense, newDiagonalSolver(f), newBasisSolver(f, newConstraints(p, nil)),
	} {
		dx, dy := make([]float64, n), make([]float64, f.m)
		require.True(t, kkt.prepare(ctx, g))
		kkt.solve(ctx, h, r, 1e-10, dx, dy)
		rows := make([]float64, f.m)
		f.rows.addProduct(1, dx, rows)
		_, rough := kkt.(*diagonalSolver)
		for i := range rows {
			if rough {
				require.InDelta(t, r[i], rows[i], 0.2*norm2(r), "%T", kkt)
			} else {
				require.InDelta(t, r[i], rows[i], 1e-6, "%T", kkt)
			}
		}
		for j := range dx {
			if !f.fixed[j] {
				require.InDelta(t, h[j], f.cols.lineDot(int32(j), dy)-g[j]*dx[j], 1e-6*(1+math.Sqrt(g[j])), "%T", kkt)
			}
		}
	}
}

func TestInteriorLimits(t *testing.T) {
	p := planningProgram(2, 20, 10)
	sol, err := Solve(context.Background(), p, Options{Method: IPM, MaxIterations: 3})
	require.NoError(t, err)
	require.Equal(t, IterationLimit, sol.Status)
	require.Equal(t, int64(3), sol.Iterations)
	require.Len(t, sol.X, p.Cols())

	ctx, cancel := context.WithCancel(context.Background())
	seen := 0
	sol, err = Solve(ctx, p, Options{Method: IPM, Progress: func(Progress) {
		if seen++; seen == 4 {
			cancel()
		}
	}})
	require.NoError(t, err)
	require.Equal(t, Cancelled, sol.Status)
	require.Equal(t, 4, seen)
}
