package release

import (
	"bytes"
	"context"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/internal/scenario"
)

// Every program can be written, read by anyone, and has the same optimum.
func TestWriteMPS(t *testing.T) {
	for seed := range scenario.Seeds(10, testing.Short()) {
		p := scenario.Random(seed)
		var w bytes.Buffer
		require.NoError(t, WriteMPS(&w, p, Options{}))
		q, err := lp.ReadMPS(&w)
		require.NoError(t, err)
		sol, err := lp.Solve(context.Background(), q, lp.Options{})
		require.NoError(t, err)
		r, err := Plan(context.Background(), p, Options{MaxSteps: -1})
		require.NoError(t, err)
		require.InDelta(t, r.Cost, sol.Objective, 1e-6*(1+math.Abs(r.Cost)), "seed %d", seed)
	}
}

// primalSolver is another solver, as a caller may have one.
type primalSolver struct{ calls int }

func (s *primalSolver) Solve(ctx context.Context, p *Program) (*Solution, error) {
	s.calls++
	sol, err := lp.Solve(ctx, (*lp.Problem)(p), lp.Options{Method: lp.Primal, NoPresolve: true})
	if err != nil {
		return nil, err
	}
	return &Solution{X: sol.X, RowDual: sol.RowDual, Method: "mine"}, nil
}

type brokenSolver struct{ answer Solution }

func (s brokenSolver) Solve(context.Context, *Program) (*Solution, error) {
	if s.answer.X == nil {
		return nil, errors.New("no licence")
	}
	return &s.answer, nil
}

func TestSolver(t *testing.T) {
	mine := &primalSolver{}
	_, r := planned(t, mill, Options{Solver: mine})
	_, own := planned(t, mill, Options{})
	require.Equal(t, 1, mine.calls)
	require.Equal(t, "mine", r.Program.Method)
	require.InDelta(t, own.Cost, r.Cost, 1e-6)
	p, _, err := scenario.Parse(mill)
	require.NoError(t, err)
	for _, s := range []brokenSolver{{}, {Solution{X: []float64{math.NaN()}}}} {
		_, err = Plan(context.Background(), p, Options{Solver: s})
		require.Error(t, err)
	}
}
