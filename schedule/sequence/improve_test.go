package sequence_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
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
			checkCauses(t, r.Plan)
		}
	}
	assert.Positive(t, improved)
}

// Causes speak of the plan that they stand in.
func checkCauses(t *testing.T, plan *schedule.Plan) {
	start := map[schedule.OrderID]map[schedule.StepID]time.Time{}
	for _, o := range plan.Operations {
		if start[o.Order] == nil {
			start[o.Order] = map[schedule.StepID]time.Time{}
		}
		start[o.Order][o.Step] = o.Start
	}
	for _, q := range plan.Promises {
		assert.Equal(t, q.Late(), len(q.Why) > 0, q.Line)
		for _, c := range q.Why {
			if c.Kind == schedule.WaitsForStep && q.Short == 0 {
				assert.Equal(t, start[c.Order][c.Step], c.From, "%s: %s", q.Line, c)
			}
		}
	}
}
