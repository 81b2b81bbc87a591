package heuristic_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

func randomCount(t *testing.T) uint64 {
	if testing.Short() {
		return 60
	}
	return 300
}

// Whatever the problem, every plan is allowed.
func TestRandomProblems(t *testing.T) {
	for seed := range randomCount(t) {
		p := scenario.Random(seed)
		require.NoError(t, p.Validate(), "seed %d", seed)
		r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 20})
		require.NoError(t, err, "seed %d", seed)
		require.Empty(t, verify.Check(p, r.Plan), "seed %d", seed)
	}
}
