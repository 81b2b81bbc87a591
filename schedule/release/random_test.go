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

func randomCount() uint64 {
	if testing.Short() {
		return 10
	}
	return 14
}

// Whatever the problem, every plan is allowed, the program is solved to within
// what its dual says, and on the whole the plans are cheaper than those of a
// planner that goes line by line with as many steps.
func TestRandomProblems(t *testing.T) {
	cheaper, dearer, lots := 0, 0, 0
	for seed := range randomCount() {
		p := scenario.Random(seed)
		r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: 400})
		require.NoError(t, err, "seed %d", seed)
		require.Empty(t, verify.Check(p, r.Plan), "seed %d", seed)
		require.Less(t, r.Program.Residual, 1e-6, "seed %d", seed)
		require.Less(t, r.Program.Gap, 1e-6, "seed %d", seed)
		require.Len(t, r.Promises, r.Plan.Metrics.Lines, "seed %d", seed)
		h, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 400})
		require.NoError(t, err)
		if r.Plan.Metrics.Cost < h.Plan.Metrics.Cost {
			cheaper++
		}
		if r.Plan.Metrics.Cost > h.Plan.Metrics.Cost {
			dearer++
		}
		if r.Placement.Way == release.Lots {
			lots++
		}
	}
	require.Greater(t, cheaper, 2*dearer)
	require.Positive(t, lots)
	t.Logf("%d cheaper, %d dearer, %d by lots", cheaper, dearer, lots)
}
