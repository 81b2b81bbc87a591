package release_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

// pulses is a plant that owes much at the end of each fortnight and nothing
// before, of two items that each go over two machines.
const pulses = `
horizon 44d
calendar day 08:00-16:00
resource lathe calendar=day cost=20
resource mill calendar=day cost=20
partner works
item blank
item pump holding=1
item valve holding=1
supply blank blank works lead=2d price=400
routing pump pump
  step turn lathe unit=20m pausable
    need blank 1
  step mill mill unit=10m pausable
routing valve valve
  step mill mill unit=15m pausable
    need blank 1
  step turn lathe unit=15m pausable
line p1 pump 84 14d16:00 min=1
line v1 valve 70 14d16:00 min=1
line p2 pump 84 28d16:00 min=1
line v2 valve 70 28d16:00 min=1
line p3 pump 84 42d16:00 min=1
line v3 valve 70 42d16:00 min=1
objective late=20 short=1000 money=1000
`

// With the rhythm weight on, the variation of daily output is at most half of
// what it is without, and all else costs hardly more.
func TestRhythm(t *testing.T) {
	p, _, err := scenario.Parse(pulses)
	require.NoError(t, err)
	cuts := make([]time.Time, 43)
	for i := range cuts {
		cuts[i] = p.From.AddDate(0, 0, i+1)
	}
	plain, err := release.Plan(context.Background(), p, release.Options{Cuts: cuts, MaxSteps: -1})
	require.NoError(t, err)
	q := *p
	q.Objective.Rhythm = 200
	even, err := release.Plan(context.Background(), &q, release.Options{Cuts: cuts, MaxSteps: -1})
	require.NoError(t, err)
	require.Empty(t, verify.Check(&q, even.Plan))
	same, err := schedule.Evaluate(p, even.Plan) // without the price of rhythm
	require.NoError(t, err)
	t.Logf("V %.3f, with rhythm %.3f; cost %d, %d; %+v %+v", plain.Plan.Metrics.RhythmVariation, even.Plan.Metrics.RhythmVariation, plain.Plan.Metrics.Cost, same.Cost, plain.Placement, even.Placement)
	require.LessOrEqual(t, even.Plan.Metrics.RhythmVariation, plain.Plan.Metrics.RhythmVariation/2)
	require.Less(t, float64(same.Cost), 1.03*float64(plain.Plan.Metrics.Cost))
}
