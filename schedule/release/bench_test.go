package release_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

func TestCompare(t *testing.T) {
	if os.Getenv("COMPARE") == "" {
		t.Skip()
	}
	for _, load := range []float64{0.8, 0.9, 1.0} {
		for seed := range uint64(3) {
			p := shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: load, seed: seed, objective: schedule.Economy()}.problem()
			require.NoError(t, p.Validate())
			start := time.Now()
			r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: 2000})
			require.NoError(t, err)
			took := time.Since(start)
			require.Empty(t, verify.Check(p, r.Plan))
			start = time.Now()
			h, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 2000})
			require.NoError(t, err)
			fmt.Printf("load %.1f seed %d  lp %d (program %.0f, %d) %.2fs %+v | heuristic %d %.2fs\n", load, seed, r.Plan.Metrics.Cost, r.Cost, r.Placement, took.Seconds(), r.Program, h.Plan.Metrics.Cost, time.Since(start).Seconds())
			fmt.Println("   ", r.Plan.Metrics.OnTimeLines, r.Plan.Metrics.LateLines, r.Plan.Metrics.ShortLines, r.Plan.Metrics.Terms)
			fmt.Println("   ", h.Plan.Metrics.OnTimeLines, h.Plan.Metrics.LateLines, h.Plan.Metrics.ShortLines, h.Plan.Metrics.Terms)
		}
	}
}
