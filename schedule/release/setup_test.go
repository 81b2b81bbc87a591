package release_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

// Where set-ups are dear at all levels, joined lots save a tenth of what those
// of the program cost, and no plan is dearer.
func TestJoinedShops(t *testing.T) {
	sums := map[release.Way]int64{}
	for seed := range uint64(4) {
		p := shop{ends: 4, parts: 6, bought: 3, machines: 5, weeks: 4, load: 0.6, seed: seed, objective: schedule.Economy()}.problem()
		for i := range p.Routings {
			p.Routings[i].FixedCost = 200
			for s := range p.Routings[i].Steps {
				for m := range p.Routings[i].Steps[s].Modes {
					p.Routings[i].Steps[s].Modes[m].Setup *= 4
				}
			}
		}
		cost := map[release.Way]int64{}
		for _, way := range []release.Way{release.Lots, release.JoinedLots} {
			plan, err := release.InWay(p, way)
			require.NoError(t, err)
			require.Empty(t, verify.Check(p, plan))
			cost[way] = plan.Metrics.Cost
			sums[way] += plan.Metrics.Cost
		}
		require.Less(t, cost[release.JoinedLots], cost[release.Lots], "seed %d", seed)
	}
	require.Less(t, 10*sums[release.JoinedLots], 9*sums[release.Lots])
	t.Log(sums)
}
