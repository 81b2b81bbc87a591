package daily

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
)

// A morning of a plant: all documents of the enterprise, from a desk of their
// own.
func BenchmarkMorning(b *testing.B) {
	p := scenario.Plant{Lines: 10_000, Items: 500, Machines: 50, Components: 500, Shifts: true, Seed: 1}.Problem()
	result, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1, Direction: heuristic.Forward})
	require.NoError(b, err)
	now := p.Times().Now.Add(20 * day)
	l := lived(b, p, result.Plan, now, rand.New(rand.NewPCG(1, 1)))
	for b.Loop() {
		d, err := NewDesk(p, result.Plan, l, now)
		require.NoError(b, err)
		documents(b, d, Scope{From: now.Add(-3 * day), To: now.Add(2 * day)})
	}
	b.ReportMetric(float64(len(result.Plan.Operations)), "operations")
	b.ReportMetric(float64(l.Len()), "events")
}
