package dispatch

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

func TestJobShopIsFeasibleAndPricedRight(t *testing.T) {
	for _, spec := range []generate.Spec{
		{Jobs: 20, OpsPerJob: 6, Machines: 5, MaxWork: 9, Makespan: true},
		{Jobs: 20, OpsPerJob: 6, Machines: 5, Modes: 3, MaxWork: 9, Releases: true, Tardiness: true},
	} {
		for seed := range uint64(10) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			e := NewJobShop(m, seed)
			e.Run(nil, 60)
			s := core.NewSchedule(m.Ops())
			c := e.Best(s)
			require.Empty(t, m.Check(s))
			require.Equal(t, m.Evaluate(s), c)
			require.LessOrEqual(t, e.Bound(), c.Value)
		}
	}
}

// BenchmarkMillion makes one pass over a thousand jobs on a thousand machines.
func BenchmarkMillion(b *testing.B) {
	m := generate.JobShop(1000, 1000, 99, 1)
	for b.Loop() {
		e := NewJobShop(m, 1)
		for e.Best(nil) == core.NoCost {
			e.Run(nil, 1)
		}
		b.ReportMetric(100*float64(e.Best(nil).Value-e.Bound())/float64(e.Bound()), "%-above-bound")
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(m.Ops()), "ns/operation")
}
