package lp

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestKnownPrograms solves the files with published optima.
func TestKnownPrograms(t *testing.T) {
	for _, k := range knownPrograms(t) {
		t.Run(k.name, func(t *testing.T) {
			if testing.Short() && k.rows > 1000 {
				t.Skip("large")
			}
			sol, err := Solve(context.Background(), k.load(t), Options{})
			require.NoError(t, err)
			require.Equal(t, k.status, sol.Status, "iterations %d, residuals %g %g %g, objective %g",
				sol.Iterations, sol.PrimalResidual, sol.DualResidual, sol.Complementarity, sol.Objective)
			t.Log(sol.Iterations, sol.PrimalResidual, sol.DualResidual, sol.Complementarity)
			if k.status == Optimal {
				require.InDelta(t, k.objective, sol.Objective, 1e-7*(1+math.Abs(k.objective)))
			}
		})
	}
}
