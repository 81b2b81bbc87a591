package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// The same world twice gives the same bytes; every plan in it has passed the
// judge, or there would be an error.
func TestRun(t *testing.T) {
	s := settings{seed: 3, days: 10, all: true, csv: t.TempDir()}
	var first, second bytes.Buffer
	require.NoError(t, run(context.Background(), &first, s))
	require.NoError(t, run(context.Background(), &second, s))
	assert.Equal(t, first.String(), second.String())
	for _, part := range []string{
		"Shift report", "Work in process", "Kits", "Norms of stock", "Shortages", "Deviations", "Contracts at risk", "Shift task",
		"Dispatch list", "Provision", "Transport", "Rhythm", "Set days", // every day or week
		"Corrected plan", "Rush order", "Disruption", "Alarm", // as it happens
		"Output, planned and actual", "Time of orders", "Claims, net", "Causes", "Levers", "In hindsight", "Timeliness", // at the end
	} {
		assert.Contains(t, first.String(), part)
	}
	assert.FileExists(t, filepath.Join(s.csv, "2026-03-03", "shift-tasks.csv"))
	assert.FileExists(t, filepath.Join(s.csv, "month", "claims.csv"))
	files, err := os.ReadDir(s.csv)
	require.NoError(t, err)
	assert.Greater(t, len(files), 5)
}

// At the end the books say what is true in the plant.
func TestBooksAgree(t *testing.T) {
	for _, p := range policies {
		m := played(t, 2, p)
		books, truth := m.desk.ledger.State(m.until), m.plant.State()
		assert.Equal(t, stock(truth), stock(&books))
		assert.Equal(t, shipped(truth), shipped(&books))
		assert.Equal(t, delivered(m.plant.Result()), shipped(&books))
	}
}

func played(t *testing.T, seed uint64, p policy) *month {
	m, err := begin(context.Background(), seed, 28)
	require.NoError(t, err)
	require.NoError(t, m.run(context.Background(), p, nil))
	return m
}

func stock(s *wip.State) map[wip.Point]wip.Qty {
	all := map[wip.Point]wip.Qty{}
	for _, b := range s.Stock {
		if b.Qty != 0 {
			all[b.Point] = b.Qty
		}
	}
	return all
}

func shipped(s *wip.State) map[wip.LineID]wip.Qty {
	all := map[wip.LineID]wip.Qty{}
	for _, x := range s.Shipped {
		all[x.Line] = x.Qty
	}
	return all
}

func delivered(r *simulate.Result) map[wip.LineID]wip.Qty {
	all := map[wip.LineID]wip.Qty{}
	for _, l := range r.Lines {
		if l.Delivered > 0 {
			all[wip.LineID(l.Line)] = l.Delivered
		}
	}
	return all
}

// Replanning every morning is worth it, in sum over some worlds, and has its
// price in nervousness.
func TestReplanningPays(t *testing.T) {
	var sum [2]score
	for seed := range uint64(3) {
		for i, p := range []policy{policies[0], policies[2]} {
			s, err := played(t, seed+1, p).score()
			require.NoError(t, err)
			sum[i].add(s)
		}
	}
	without, with := sum[0], sum[1]
	assert.Equal(t, without.due, with.due)
	assert.GreaterOrEqual(t, with.onTime, without.onTime)
	assert.Less(t, with.penalty, without.penalty)
	assert.Zero(t, without.nervousness)
	assert.Positive(t, with.nervousness)
}

func TestBadMonth(t *testing.T) {
	for _, days := range []int{-1, 0, longest + 1} {
		assert.ErrorContains(t, run(context.Background(), new(bytes.Buffer), settings{days: days}), "1 to 56 days")
	}
}

// The problem file is the plant of the tutorial, which is checked there; here
// only what the month needs of it.
func TestPlant(t *testing.T) {
	p, err := readPlant()
	require.NoError(t, err)
	assert.Len(t, p.Lines, 20)
	r := drawRush(p, 7)
	assert.Equal(t, r, drawRush(p, 7))
	assert.False(t, slices.ContainsFunc(p.Lines, func(l schedule.ContractLine) bool { return l.ID == r.line.ID }))
	assert.True(t, r.line.Due.After(r.at))
}
