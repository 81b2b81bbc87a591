package verify_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// classical returns the plan of a classical plant.
func classical(tb testing.TB, lines int) (*schedule.Problem, *schedule.Plan) {
	p := scenario.Plant{Lines: lines, Items: 100, Machines: 60, Seed: 1}.Problem()
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
	require.NoError(tb, err)
	return p, r.Plan
}

// Planner and judge, who share no arithmetic, agree on a large plan.
func TestClassicalPlant(t *testing.T) {
	require.Empty(t, verify.Check(classical(t, 2000)))
}

func BenchmarkCheck(b *testing.B) {
	p, plan := classical(b, 20000)
	for b.Loop() {
		verify.Check(p, plan)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	p, plan := classical(b, 20000)
	for b.Loop() {
		if _, err := schedule.Evaluate(p, plan); err != nil {
			b.Fatal(err)
		}
	}
}
