package sequence_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/sequence"
	"github.com/taktplan/takt/schedule/verify"
)

// Whatever the problem, a plan that was allowed stays allowed and never gets
// dearer.
func TestImproveKeepsPlansAllowed(t *testing.T) {
	improved := 0
	for seed := range uint64(60) {
		p := scenario.Random(seed)
		made, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
		require.NoError(t, err)
		if len(verify.Check(p, made.Plan)) > 0 {
			continue
		}
		r, err := sequence.Improve(context.Background(), p, made.Plan, sequence.Options{MaxSteps: 50, Seed: seed})
		require.NoError(t, err)
		assert.LessOrEqual(t, r.Plan.Metrics.Cost, made.Plan.Metrics.Cost)
		for _, v := range verify.Check(p, r.Plan) {
			t.Errorf("seed %d: %v", seed, v)
		}
		if r.Improved {
			improved++
		}
	}
	assert.Positive(t, improved)
}
