package schedule_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/schedule/verify"
)

// A machine works at its own rate in the hours of its shop, whatever rate the
// shop's calendar has, and the planner, the verifier and the simulated plant
// agree with that.
func TestTimelinesKeepTheRateOfTheMachine(t *testing.T) {
	p, _, err := scenario.Parse(`
horizon 3d
calendar day 08:00-16:00
calendar hall 06:00-14:00
shop S calendar=hall
resource lathe calendar=day shop=S
item pump
routing pump pump
  step turn lathe unit=20m pausable
line p1 pump 9 2d08:00
objective late=20 short=1000
`)
	require.NoError(t, err)
	rate := func(c, perMille int) {
		p.Calendars[c].Patterns[0].Weeks[0] = rated(p.Calendars[c].Patterns[0].Weeks[0], perMille)
	}
	rate(0, 900)
	rate(1, 500)
	lines, err := schedule.Timelines(p)
	require.NoError(t, err)
	eight := p.From.Add(8 * time.Hour)
	for w := range lines[0].Windows() {
		assert.Equal(t, calendar.Window{From: eight, To: eight.Add(6 * time.Hour), Rate: 900}, w)
		eight = eight.AddDate(0, 0, 1)
	}
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{Direction: heuristic.Forward})
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, r.Plan))
	end := p.From.Add(11*time.Hour + 20*time.Minute) // three hours of work at nine tenths
	assert.Equal(t, end, r.Plan.Operations[0].End)
	done, err := simulate.Run(context.Background(), p, r.Plan, simulate.Options{})
	require.NoError(t, err)
	assert.Equal(t, end, done.Orders[0].Ended)
}

// rated is a week whose shifts all have a rate.
func rated(w calendar.Week, rate int) calendar.Week {
	for d := range w {
		for s := range w[d] {
			w[d][s].Rate = rate
		}
	}
	return w
}
