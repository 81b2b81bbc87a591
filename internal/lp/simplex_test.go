package lp

import (
	"context"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestKnownPrograms solves the files with published optima; those with more
// than 3000 rows only if TAKT_LONG is set.
func TestKnownPrograms(t *testing.T) {
	for _, k := range knownPrograms(t) {
		t.Run(k.name, func(t *testing.T) {
			if k.rows > 3000 && os.Getenv("TAKT_LONG") == "" {
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
