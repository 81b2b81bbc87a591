package release_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

// A shop of 50 items and 20 machines over half a year.
func BenchmarkPlan(b *testing.B) {
	p := shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, objective: schedule.Economy()}.problem()
	for b.Loop() {
		r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: -1})
		require.NoError(b, err)
		b.ReportMetric(float64(r.Program.Iterations), "iterations")
		b.ReportMetric(float64(r.Program.Rows), "rows")
	}
}

// What a loaded shop costs as planned here and line by line.
func TestShop(t *testing.T) {
	for seed := range uint64(4) {
		p := shop{ends: 4, parts: 5, bought: 4, machines: 5, weeks: 8, load: 1, seed: seed, objective: schedule.Economy()}.problem()
		r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: 2000})
		require.NoError(t, err)
		require.Empty(t, verify.Check(p, r.Plan))
		h, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 2000})
		require.NoError(t, err)
		t.Logf("seed %d: %d, program %.0f, %+v; line by line %d", seed, r.Plan.Metrics.Cost, r.Cost, r.Placement, h.Plan.Metrics.Cost)
	}
}
