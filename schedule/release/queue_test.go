package release

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
)

// mixture is a mill for two items, one of which comes twice.
const mixture = `
horizon 20d
calendar all 00:00-24:00
resource mill calendar=all
resource saw calendar=all
item shaft
item wheel
routing make-shaft shaft
  step cut saw unit=10m
  step turn mill unit=1h
  step polish mill unit=30m
routing make-wheel wheel
  step turn mill unit=1h
line a shaft 60 6d08:00 min=1
line b wheel 60 9d08:00 min=1
line c shaft 70 13d08:00 min=1
line d wheel 40 16d08:00 min=1
objective short=10000 late=100 money=1000
`

// Whatever the program does, a congested resource puts out no more in a period
// than its curve says for its load; somewhere it puts out as much; and the lead
// times are longer than those of a resource without queues.
func TestClearing(t *testing.T) {
	p, _, err := scenario.Parse(mixture)
	require.NoError(t, err)
	curve, err := QueueCurve(24, 4, 1)
	require.NoError(t, err)
	o := Options{Clearing: []Clearing{{"mill", curve}}}
	n, b, err := program(context.Background(), p, &o)
	require.NoError(t, err)
	sol, err := solve(context.Background(), n, b)
	require.NoError(t, err)
	a := newAnswer(n, b, sol)
	require.Len(t, n.queues, 1)
	tight, works, priced := 0, 0, 0
	for s := range n.periods() {
		wait, out := 0.0, 0.0
		for k := range n.processes {
			if w := n.processes[k].waits; w != nil {
				out += w.hours * a.start[k][s]
				wait += w.hours * a.waiting(k, s)
				works++
			}
		}
		scale := n.queues[0].hours[s] / curve.Hours
		most := scale * curve.Output(out/scale+wait)
		require.LessOrEqual(t, out, most+1e-6, "period %d", s)
		if out > 0.01 && out > most-1e-6 {
			tight++
		}
		if out < 0.9*scale*n.queues[0].top() && a.dual(b.load[n.queues[0].group][s]) < -leastPrice {
			priced++
		}
	}
	require.GreaterOrEqual(t, tight, 3)
	require.Equal(t, 3*n.periods(), works)
	require.Positive(t, priced, "hours are worth something long before they run out")
	free, err := Plan(context.Background(), p, Options{})
	require.NoError(t, err)
	queued, err := Plan(context.Background(), p, o)
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, queued.Plan))
	require.Less(t, middle(queued, "make-shaft"), middle(free, "make-shaft")-0.2)
	require.Less(t, queued.Program.Residual, 1e-6)
	require.Less(t, queued.Program.Gap, 1e-6)
}

// middle returns the mean date of the releases of a routing, in days.
func middle(r *Result, routing schedule.RoutingID) float64 {
	sum, total := 0.0, 0.0
	for _, x := range r.Releases {
		if x.Routing == routing {
			at := r.Cuts[x.Period].Add(r.Cuts[x.Period+1].Sub(r.Cuts[x.Period]) / 2)
			sum += x.Qty * days(at.Sub(r.Cuts[0]))
			total += x.Qty
		}
	}
	return sum / total
}

// The curve of a queue has the points of the steady state, computed by hand for
// M/M/1: ρ = 0.5 goes with one lot, ρ = 0.8 with four, ρ = 0.9 with nine.
func TestQueueCurve(t *testing.T) {
	c, err := QueueCurve(10, 2, 1)
	require.NoError(t, err)
	for _, p := range []LoadPoint{{5 + 2*1, 5}, {8 + 2*4, 8}, {9 + 2*9, 9}, {1e6, 9.8}, {0, 0}} {
		require.InDelta(t, p.Output, c.Output(p.Load), 1e-9)
	}
	require.Empty(t, c.flaws())
	_, err = QueueCurve(0, 2, 1)
	require.Error(t, err)
	_, err = QueueCurve(10, math.NaN(), 1)
	require.Error(t, err)
}

// A curve that is fitted to points of a concave function goes through them, and
// one that is fitted to anything is concave, with slopes from 1 to 0.
func TestFitCurve(t *testing.T) {
	points := []LoadPoint{{2, 2}, {4, 3.5}, {8, 5}, {16, 6}}
	c, err := FitCurve(8, points, 4)
	require.NoError(t, err)
	for _, p := range points {
		require.InDelta(t, p.Output, c.Output(p.Load), 1e-9)
	}
	require.InDelta(t, 6, c.Output(100), 1e-9)
	noisy := []LoadPoint{{1, 3}, {2, 0}, {3, 2}, {9, 4}, {9, 8}, {10, 3}, {20, 7}, {21, 6}}
	for classes := 1; classes < 10; classes++ {
		c, err := FitCurve(8, noisy, classes)
		require.NoError(t, err)
		require.Empty(t, c.flaws(), "%d classes: %+v", classes, c)
	}
	for _, bad := range [][]LoadPoint{nil, {{-1, 0}}, {{1, math.Inf(1)}}} {
		_, err := FitCurve(8, bad, 2)
		require.Error(t, err)
	}
}

func TestClearingErrors(t *testing.T) {
	p, _, err := scenario.Parse(mixture)
	require.NoError(t, err)
	_, err = Plan(context.Background(), p, Options{
		Clearing: []Clearing{
			{"none", Curve{Hours: 8, Pieces: []Piece{{0, 1}, {8, 0}}}}, {"mill", Curve{}}, {"saw", Curve{Hours: 1, Pieces: []Piece{{1, 0}, {0, 1}}}},
		},
		LeadTimes: []LeadTime{{"make-shaft", -time.Hour}},
	})
	var wrong *OptionError
	require.ErrorAs(t, err, &wrong)
	require.Len(t, wrong.Issues, 4)
}
