package release

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
)

// solved returns the solved program of a model.
func solved(t *testing.T, m *model) (*build, *Solution) {
	b := newBuild(m)
	sol, err := solve(context.Background(), &network{model: m, o: &Options{}}, b)
	require.NoError(t, err)
	return b, sol
}

func value(b *build, sol *Solution) float64 {
	sum := b.lp.Offset
	for j, c := range b.lp.Cost {
		sum += c * sol.X[j]
	}
	return sum
}

// The price of an hour is right: with one more the optimum falls by no more
// than that, and with one less it rises by no less. The optimum is a convex
// function of the hours, and prices are its slopes.
func TestHourPrices(t *testing.T) {
	tight := func() *model {
		m := fixture()
		m.groups[0].regular = []float64{10, 10, 10, 10}
		m.groups[1].regular[2] = 15
		return m
	}
	b, sol := solved(t, tight())
	best := value(b, sol)
	positive := 0
	for g := range b.load {
		for p, row := range b.load[g] {
			if row < 0 {
				continue
			}
			price := -sol.RowDual[row]
			require.GreaterOrEqual(t, price, -1e-9)
			if price > leastPrice {
				positive++
			}
			for _, more := range []float64{1, -1} {
				m := tight()
				m.groups[g].regular[p] += more
				require.GreaterOrEqual(t, value(solved(t, m)), best-more*price-1e-6)
			}
		}
	}
	require.Positive(t, positive)
}

// The marginal cost of a line is right in the same sense.
func TestLinePrices(t *testing.T) {
	b, sol := solved(t, fixture())
	best := value(b, sol)
	for c, row := range b.line {
		for _, more := range []float64{1, -1} {
			m := fixture()
			m.demands[c].qty += more
			require.GreaterOrEqual(t, value(solved(t, m)), best+more*sol.RowDual[row]-1e-6)
		}
	}
}

// mill is a problem in which a mill has too little time for what is due on the
// second day, and a dear partner that is not worth it.
const mill = `
horizon 14d
calendar day 08:00-16:00
resource mill calendar=day cost=10
partner far
item shaft
item wheel
routing make-shaft shaft
  step turn mill unit=1h
routing make-wheel wheel
  step turn mill unit=1h
routing give-wheel wheel price=100000
  step out partner=far lead=6h
line a shaft 6 1d16:00 min=1
line b wheel 6 1d16:00 min=1
line c wheel 4 5d16:00 min=1
objective money=1000
`

func planned(t *testing.T, text string, o Options) (*schedule.Problem, *Result) {
	p, _, err := scenario.Parse(text)
	require.NoError(t, err)
	for i := range p.Lines {
		p.Lines[i].Late, p.Lines[i].Short = []int64{100, 10, 10}[i%3], 9000
	}
	r, err := Plan(context.Background(), p, o)
	require.NoError(t, err)
	return p, r
}

// A scarce machine has a price, what is late is late because of it, the line
// that matters more is kept, and a source that is not used says how dear it is.
func TestExplanation(t *testing.T) {
	_, r := planned(t, mill, Options{Utilization: 0.7})
	sum := 0.0
	for _, term := range r.Terms {
		sum += term.Cost
	}
	require.InDelta(t, r.Cost, sum, 1e-6*r.Cost)
	require.NotEmpty(t, r.Prices.Hours)
	require.Equal(t, []schedule.ResourceID{"mill"}, r.Prices.Hours[0].Resources)
	a, b := r.Promises[0], r.Promises[1]
	require.Empty(t, a.Bindings)
	require.Equal(t, a.Due, a.Program)
	require.True(t, b.Program.After(b.Due))
	require.NotEmpty(t, b.Bindings)
	require.Equal(t, []schedule.ResourceID{"mill"}, b.Bindings[0].Resources)
	require.Len(t, r.Prices.Unused, 1)
	require.Equal(t, schedule.RoutingID("give-wheel"), r.Prices.Unused[0].Routing)
	require.Positive(t, r.Prices.Unused[0].Cheaper)
}

// If the unused source gets cheaper by more than is said, it is used, and by
// less it is not.
func TestUnusedSource(t *testing.T) {
	p, r := planned(t, mill, Options{Utilization: 0.7})
	cheaper := r.Prices.Unused[0].Cheaper
	for _, c := range []struct {
		by   float64
		used bool
	}{{cheaper - 2, false}, {cheaper + 2, true}} {
		p.Routings[2].Cost = 100000 - int64(c.by)
		r, err := Plan(context.Background(), p, Options{Utilization: 0.7})
		require.NoError(t, err)
		require.Equal(t, c.used, len(r.Prices.Unused) == 0)
	}
}

// A price holds as far as is said: with so many hours more or fewer the optimum
// moves by the price of each.
func TestRanging(t *testing.T) {
	p, _, err := scenario.Parse(mill)
	require.NoError(t, err)
	for i := range p.Lines {
		p.Lines[i].Late, p.Lines[i].Short = []int64{100, 10, 10}[i%3], 9000
	}
	n, b, err := program(context.Background(), p, &Options{Utilization: 0.7, Ranging: true})
	require.NoError(t, err)
	sol, err := solve(context.Background(), n, b)
	require.NoError(t, err)
	a := newAnswer(n, b, sol)
	far := 0
	for _, row := range b.priced(sol.RowDual) {
		e := a.extent(int32(row))
		for _, by := range []float64{-min(e.Less, 3), min(e.More, 3)} {
			q := b.lp
			q.RowUpper = slices.Clone(q.RowUpper)
			q.RowLower = slices.Clone(q.RowLower)
			q.RowUpper[row] += by
			if !math.IsInf(q.RowLower[row], -1) {
				q.RowLower[row] += by
			}
			moved, err := lp.Solve(context.Background(), &q, lp.Options{})
			require.NoError(t, err)
			require.InDelta(t, a.objective()+by*sol.RowDual[row], moved.Objective, 1e-6*(1+math.Abs(moved.Objective)))
			if by != 0 {
				far++
			}
		}
	}
	require.Greater(t, far, 3)
	require.Equal(t, "for 2.5 less to any number more", Extent{2.5, math.Inf(1)}.String())
	require.Equal(t, "at the margin only", Extent{}.String())
}
