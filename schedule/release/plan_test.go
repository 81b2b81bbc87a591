package release

import (
	"context"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
)

// After a small change the plan of yesterday is kept to more with it than
// without.
func TestStability(t *testing.T) {
	p, old := planned(t, mill, Options{})
	p.Lines[2].Qty += 3
	p.Lines[0].Qty--
	difference := func(o Options) float64 {
		r, err := Plan(context.Background(), p, o)
		require.NoError(t, err)
		return distance(old, r)
	}
	with, without := difference(Options{Previous: old}), difference(Options{})
	require.LessOrEqual(t, with, without+1e-6)
	require.InDelta(t, 4, with, 1.0+1e-6)
}

// distance returns by how much the releases of routings of two answers with
// the same periods differ.
func distance(x, y *Result) float64 {
	diff := map[[2]any]float64{}
	for _, r := range x.Releases {
		diff[[2]any{r.Routing, r.Period}] += r.Qty
	}
	for _, r := range y.Releases {
		diff[[2]any{r.Routing, r.Period}] -= r.Qty
	}
	sum := 0.0
	for _, d := range diff {
		sum += math.Abs(d)
	}
	return sum
}

// Equal calls give equal plans, however many processors there are.
func TestRepeatable(t *testing.T) {
	p := scenario.Random(7)
	one, err := Plan(context.Background(), p, Options{MaxSteps: 50})
	require.NoError(t, err)
	before := runtime.GOMAXPROCS(1)
	two, err := Plan(context.Background(), p, Options{MaxSteps: 50})
	runtime.GOMAXPROCS(before)
	require.NoError(t, err)
	require.Equal(t, one, two)
}

// counted is a context that ends after it has been looked at so often.
type counted struct {
	context.Context
	left int
}

func (c *counted) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// A run that is cut off after some steps gives the plan of that many steps.
func TestCutOff(t *testing.T) {
	p := scenario.Random(23)
	whole := 0
	for left := 10; left < 600; left += 29 { // at 126 before the first step of placing
		cut, err := Plan(&counted{context.Background(), left}, p, Options{})
		if err != nil {
			require.ErrorIs(t, err, context.Canceled)
			continue
		}
		again, err := Plan(context.Background(), p, Options{MaxSteps: cut.Steps})
		require.NoError(t, err)
		require.Equal(t, cut.Plan, again.Plan)
		whole++
	}
	require.Positive(t, whole)
}

func TestOptionErrors(t *testing.T) {
	p, _, err := scenario.Parse(mill)
	require.NoError(t, err)
	_, err = Plan(context.Background(), p, Options{Utilization: 1.5, SafetyLead: -time.Hour})
	var wrong *OptionError
	require.ErrorAs(t, err, &wrong)
	require.Len(t, wrong.Issues, 2)
	_, err = Plan(context.Background(), p, Options{Utilization: math.NaN()})
	require.ErrorAs(t, err, &wrong)
}

func TestPeriods(t *testing.T) {
	p, r := planned(t, mill, Options{})
	require.Equal(t, p.To, r.Cuts[len(r.Cuts)-1])
	at := func(d int) time.Time { return p.From.AddDate(0, 0, d) }
	_, r = planned(t, mill, Options{Cuts: []time.Time{at(3), at(-1), at(1), at(99), at(3)}})
	require.Equal(t, []time.Time{at(0), at(1), at(3), at(14)}, r.Cuts)
	g := grid{0, 1, 2, 4}
	require.Equal(t, []share{{1, 0.75}, {2, 0.25}}, g.shares(0, 1.25))
	require.Equal(t, []share{{0, 0.5}, {1, 0.5}}, g.shares(0, 0.5))
	require.Equal(t, []share{{2, 1}}, g.shares(2, 0))
	require.Equal(t, []share{{2, 0.5}}, g.shares(2, 1)) // half falls beyond the end
}
