package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
)

// The rhythm that plans are measured by is that of package performance, against
// an even programme.
func TestRhythmIsThatOfPerformance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		var text strings.Builder
		days := 2 + r.IntN(5)
		made := make([]wip.Qty, days)
		total := wip.Qty(0)
		for d := range days {
			if made[d] = wip.Qty(r.IntN(9)); d == days-1 {
				made[d]++
			}
			if made[d] > 0 {
				fmt.Fprintf(&text, "lot %d A %d start=%dd08:00 end=%dd09:00\nop %d/s %dd08:00-%dd09:00\n", d, made[d], d, d, d, d, d)
			}
			total += made[d]
		}
		p, plan, err := scenario.Parse(fmt.Sprintf("horizon 10d\nresource M\nitem A\nrouting a A\nstep s M unit=1m\nline 1 A %d %dd12:00\nship 1 %d %dd12:00\n%s",
			total, days-1, total, days-1, text.String()))
		require.NoError(t, err)
		m, err := schedule.Evaluate(p, plan)
		require.NoError(t, err)
		// In units of 1/days, so that the even programme is whole.
		var intervals []performance.Interval
		for _, q := range made {
			intervals = append(intervals, performance.Interval{Plan: total, Fact: q * wip.Qty(days)})
		}
		want, err := performance.MeasureRhythm(intervals)
		require.NoError(t, err)
		assert.InDelta(t, want.WithinPlan, m.RhythmWithinPlan, 1e-9)
		assert.InDelta(t, want.ByShare, m.RhythmByShare, 1e-9)
		assert.InDelta(t, want.Variation, m.RhythmVariation, 1e-9)
	}
}
