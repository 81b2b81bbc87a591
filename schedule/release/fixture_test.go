package release

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
)

// fixture is a small program whose optimum was found by another solver: an
// item P is made or given out with a lead of one period, F from two of P with
// half a period.
func fixture() *model {
	const P, F = 0, 1
	four := func(x float64) []float64 { return []float64{x, x, x, x} }
	first := func(x float64) []float64 { return []float64{x, 0, 0, 0} }
	wanted := norm{min: 20, below: 3}
	return &model{
		grid: grid{0, 1, 2, 3, 4},
		points: []point{
			{stocked: true, inflow: first(120), hold: 0.5, norms: []norm{wanted, wanted, wanted, wanted}},
			{stocked: true, inflow: first(10), hold: 2},
		},
		processes: []process{
			{gives: []exchange{{point: P, per: 1, after: 1}}, uses: []use{{group: 0, hours: 0.25}}, cost: 4, wip: 0.3, lead: 1, until: 4, most: 1000},
			{gives: []exchange{{point: P, per: 1, after: 1}}, cost: 9, lead: 1, until: 4, most: 1000},
			{gives: []exchange{{point: F, per: 1, after: 0.5}}, takes: []exchange{{point: P, per: 2}}, uses: []use{{group: 1, hours: 0.5, after: 0.5}}, cost: 6, wip: 1, lead: 0.5, until: 4, most: 1000},
		},
		groups: []group{
			{regular: four(40), overtime: four(10), price: 8},
			{regular: four(40), overtime: four(10), price: 10},
		},
		demands: []demand{
			{point: F, qty: 60, within: []chance{{1, 0}, {2, 20}, {3, 40}}, short: 200 + 3*20},
			{point: F, qty: 90, within: []chance{{3, 0}}, short: 200 + 20},
		},
	}
}

func TestFixture(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*model)
		optimum float64
	}{
		"A": {func(*model) {}, 1894},
		"B": {func(m *model) { m.groups[0].regular[1], m.groups[1].regular[2] = 20, 25 }, 1934},
		"C": {func(m *model) {
			m.groups[0].regular = []float64{10, 10, 10, 10}
			m.groups[1].regular[2] = 15
		}, 2173},
	} {
		t.Run(name, func(t *testing.T) {
			m := fixture()
			c.change(m)
			b := newBuild(m)
			sol, err := lp.Solve(context.Background(), &b.lp, lp.Options{})
			require.NoError(t, err)
			require.Equal(t, lp.Optimal, sol.Status)
			require.InDelta(t, c.optimum, sol.Objective, 1e-6)
		})
	}
}
