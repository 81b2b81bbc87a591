package simulate_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
)

// fortnight is two weeks of a machine that works from 6 to 14 on workdays, and
// in overtime until 16, with an order of some hours a workday.
func fortnight(work time.Duration) (*schedule.Problem, *schedule.Plan) {
	p := shop(14, []string{"A"}, route{machines: []string{"A"}, times: []time.Duration{work}})
	p.Calendars = []calendar.Calendar{{ID: "day", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(
		calendar.Shift{Start: 6 * time.Hour, End: 14 * time.Hour}, calendar.Shift{Start: 14 * time.Hour, End: 16 * time.Hour, Overtime: true},
	)}}}}}
	p.Resources[0].Calendar = "day"
	plan := &schedule.Plan{}
	for day := range 14 {
		if at := start.AddDate(0, 0, day); at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
			plan.Orders = append(plan.Orders, schedule.PlannedOrder{ID: schedule.OrderID(fmt.Sprint(day)), Item: "i0", Routing: "r0", Qty: 1, Release: at})
		}
	}
	return p, plan
}

func TestOvertime(t *testing.T) {
	p, plan := fortnight(9 * time.Hour)
	plan.Orders = plan.Orders[:1]
	for _, c := range []struct {
		allowed         bool
		ended, overtime time.Duration
	}{{false, 31 * time.Hour, 0}, {true, 15 * time.Hour, time.Hour}} {
		r, err := simulate.Run(context.Background(), p, plan, simulate.Options{Rule: simulate.FIFO(), Overtime: c.allowed})
		require.NoError(t, err)
		assert.Equal(t, start.Add(c.ended), r.Orders[0].Ended)
		assert.Equal(t, c.overtime, r.Resources[0].Overtime)
		assert.Equal(t, 9*time.Hour, r.Resources[0].Work)
	}
}

// The same every workday has no variation; days off do not count unless
// something comes out on them.
func TestVariationCountsWorkdays(t *testing.T) {
	p, plan := fortnight(4 * time.Hour)
	r, err := simulate.Run(context.Background(), p, plan, simulate.Options{Rule: simulate.FIFO()})
	require.NoError(t, err)
	require.Len(t, r.Outputs, 10)
	assert.Zero(t, r.Metrics(p.From, p.To).Variation)

	r, err = simulate.Run(context.Background(), p, &schedule.Plan{Orders: plan.Orders[:5]}, simulate.Options{Rule: simulate.FIFO()})
	require.NoError(t, err)
	assert.InDelta(t, 1, r.Metrics(p.From, p.To).Variation, 1e-12, "1 on half of the days, 0 on the others")

	saturday := plan.Orders[0]
	saturday.ID, saturday.Release, saturday.Routing = "s", start.AddDate(0, 0, 2), "at once"
	p.Routings = append(p.Routings, schedule.Routing{ID: "at once", Item: "i0", Steps: []schedule.Step{{ID: "put", Modes: []schedule.Mode{{Fixed: time.Hour}}}}})
	r, err = simulate.Run(context.Background(), p, &schedule.Plan{Orders: append(plan.Orders, saturday)}, simulate.Options{Rule: simulate.FIFO()})
	require.NoError(t, err)
	assert.Zero(t, r.Metrics(p.From, p.To).Variation, "11 days with one each")
}
