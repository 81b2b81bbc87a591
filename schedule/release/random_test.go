package release_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

// Whatever the problem, every plan is allowed, and the program is solved to
// within what its dual says.
func TestRandomProblems(t *testing.T) {
	better, worse, lots := 0, 0, 0
	for seed := range uint64(60) {
		p := scenario.Random(seed)
		r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: 20})
		require.NoError(t, err, "seed %d", seed)
		require.Empty(t, verify.Check(p, r.Plan), "seed %d", seed)
		require.Less(t, r.Program.Residual, 1e-6, "seed %d", seed)
		require.Less(t, r.Program.Gap, 1e-6, "seed %d", seed)
		h, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 20})
		require.NoError(t, err)
		t.Log(seed, r.Plan.Metrics.Cost, h.Plan.Metrics.Cost, r.Cost, r.Placement, r.Program)
		if r.Plan.Metrics.Cost < h.Plan.Metrics.Cost {
			better++
		}
		if r.Plan.Metrics.Cost > h.Plan.Metrics.Cost {
			worse++
		}
		if r.Placement == release.Lots {
			lots++
		}
	}
	t.Log(better, worse, lots)
}
