package simulate_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/schedule/verify"
)

// planned makes a problem of which nothing is fixed, and an allowed plan of it.
func planned(t *testing.T, seed uint64) (*schedule.Problem, *schedule.Plan) {
	t.Helper()
	p := scenario.Random(seed)
	for i := range p.Orders {
		// Firm and started steps may ask for more than there is.
		p.Orders[i].Steps, p.Orders[i].Status = nil, schedule.Approved
	}
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 20})
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, r.Plan))
	return p, r.Plan
}

// feedsItself reports whether a step of no length takes what its own order puts
// out at the same instant: a plan counts both at once, a plant waits for ever.
func feedsItself(p *schedule.Problem, plan *schedule.Plan) bool {
	x := schedule.NewIndex(p)
	routings := map[schedule.OrderID]*schedule.Routing{}
	for _, o := range plan.Orders {
		routings[o.ID] = x.Routings.Find(o.Routing)
	}
	for _, o := range plan.Operations {
		r := routings[o.Order]
		if !o.Start.Equal(o.End) || r == nil {
			continue
		}
		for _, n := range x.Step(r.ID, o.Step).Needs {
			for _, made := range r.Products {
				if made.Item == n.Item {
					return true
				}
			}
		}
	}
	return false
}

// A plan that is allowed is kept, or done earlier, in a world without
// surprises.
func TestAllowedPlansAreKept(t *testing.T) {
	orders := 0
	for seed := range scenario.Seeds(200, testing.Short()) {
		p, plan := planned(t, seed)
		if feedsItself(p, plan) {
			continue
		}
		r, err := simulate.Run(context.Background(), p, plan, simulate.Options{})
		require.NoError(t, err)
		ended := map[schedule.OrderID]time.Time{}
		for _, o := range r.Orders {
			ended[o.ID] = o.Ended
		}
		for _, o := range plan.Orders {
			orders++
			if end := ended[o.ID]; assert.False(t, end.IsZero(), "seed %d: order %s did not end", seed, o.ID) {
				assert.False(t, end.After(o.End), "seed %d: order %s ended %v, planned %v", seed, o.ID, end, o.End)
			}
		}
		for i, l := range r.Lines {
			if p.Lines[i].Status != schedule.ClosedLine {
				assert.False(t, l.Last.After(l.Planned), "seed %d: line %s", seed, l.Line)
			}
		}
		for _, promise := range plan.Promises {
			for _, l := range r.Lines {
				if l.Line == promise.Line {
					assert.Equal(t, promise.Delivered, l.Delivered, "seed %d: line %s", seed, l.Line)
				}
			}
		}
		assert.Zero(t, r.Overstays, "seed %d", seed)
	}
	assert.Greater(t, uint64(orders), 2*scenario.Seeds(200, testing.Short()))
}

// A step that was started before goes on with what is left of it, and what is
// spent on it adds up.
func TestWhatWasSpentIsNotSpentAgain(t *testing.T) {
	p, _, err := scenario.Parse(`
horizon 7d now=08:00
item A
resource M
routing R A
  step cut M fixed=5h unit=1h
order O A 1 routing=R status=released
  state cut 03:00-11:00 started issued spent=5h setup=2h
`)
	require.NoError(t, err)
	made, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
	require.NoError(t, err)
	s, err := simulate.New(p, made.Plan, simulate.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Run(context.Background(), p.Now.Add(time.Hour)))
	assert.Equal(t, 6*time.Hour, s.State().Progress[0].Spent)
	require.NoError(t, s.Run(context.Background(), p.To))
	assert.Equal(t, p.From.Add(11*time.Hour), s.Result().Orders[0].Ended)
	assert.Equal(t, 8*time.Hour, s.State().Progress[0].Spent)
}
