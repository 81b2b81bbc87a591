package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/wip"
)

// solve solves the program of a year, from the basis of another if there is one.
func solve(t *testing.T, p *schedule.Problem, from *release.Result) *release.Result {
	o := release.Options{Cuts: mondays(p)}
	if from != nil {
		o.Previous = &release.Result{Basis: from.Basis}
	}
	r, err := release.Solve(context.Background(), p, o)
	require.NoError(t, err)
	return r
}

// The tutorial runs, its plan is allowed, and it says what its tables say when
// they are made anew.
func TestRun(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, run(context.Background(), &b))
	for _, part := range []string{"The year costs", "Production programme", "What one more hour", "second shift",
		"LOSES MONEY", "Rhythm", "What if", "lines on time"} {
		assert.Contains(t, b.String(), part)
	}
	p, err := year()
	require.NoError(t, err)
	base := solve(t, p, nil)
	var again bytes.Buffer
	printProgramme(&again, p, base)
	printContracts(&again, p, base)
	for _, line := range bytes.Split(again.Bytes(), []byte("\n")) {
		assert.Contains(t, b.String(), string(line))
	}
	checkFigures(t, p, base)
}

// checkFigures finds the figures of the tutorial in another way.
func checkFigures(t *testing.T, p *schedule.Problem, base *release.Result) {

	// Of each pump as many are begun as are ordered and not in stock.
	for _, pump := range pumps {
		want, begun := 0.0, 0.0
		for _, l := range p.Lines {
			if l.Item == pump {
				want += float64(l.Qty)
			}
		}
		for _, s := range p.Stock {
			if s.Point.Item == pump {
				want -= float64(s.Qty)
			}
		}
		for _, q := range byMonth(base, func(x *release.Release) bool { return x.Item == pump }) {
			begun += q
		}
		assert.InDelta(t, want, begun, 1e-3, "%s", pump)
	}

	// The dealer's contract loses money: without its dearest pump the year is
	// cheaper by more than that pump brings, and with one more it is dearer by
	// no less.
	m := marginOf(p, base, "C4")
	assert.Less(t, m.pays, m.costs)
	for i := range p.Lines {
		if p.Lines[i].ID != m.worst {
			continue
		}
		marginal := float64(p.Lines[i].Price) - m.least
		for _, by := range []wip.Qty{-1, 1} {
			q := *p
			q.Lines = append(p.Lines[:0:0], p.Lines...)
			q.Lines[i].Qty += by
			// Lead times follow the mean order, hence the tolerance.
			assert.GreaterOrEqual(t, solve(t, &q, base).Cost-base.Cost, float64(by)*marginal-0.2*marginal)
		}
	}

	// A second shift and more places help, fewer places and more orders do not.
	assert.Less(t, solve(t, withShift(p, "stand", firstShiftWeek, lastShiftWeek), base).Cost, base.Cost-1000)
	assert.LessOrEqual(t, solve(t, withPlaces(p, 70), base).Cost, base.Cost)
	assert.Greater(t, solve(t, withPlaces(p, 50), base).Cost, base.Cost)

	// The plant is short where the prices say: at the stand, in summer.
	assert.Equal(t, "stand in July", dearest(base)[:len("stand in July")])

	// With the rhythm weight on, what is begun a week varies less, and all else
	// costs less than one per cent more.
	even := *p
	even.Objective.Rhythm = rhythmWeight
	calm := solve(t, &even, base)
	for _, pump := range pumps {
		assert.Less(t, variation(calm, pump), 0.65*variation(base, pump))
	}
	assert.Less(t, calm.Cost-termOf(calm, "rhythm"), 1.01*base.Cost)
}
