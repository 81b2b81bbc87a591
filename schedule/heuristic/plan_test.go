package heuristic_test

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// A cutoff is a context that ends after it has been looked at so many times.
type cutoff struct {
	context.Context
	left *int
}

func (c cutoff) Err() error {
	if *c.left--; *c.left < 0 {
		return context.Canceled
	}
	return nil
}

// A run that ends with its context after k steps is the run of k steps.
func TestReplay(t *testing.T) {
	p := scenario.Plant{Lines: 60, Items: 6, Machines: 3, Components: 12, Seed: 3, Shifts: true}.Problem()
	for _, looks := range []int{2, 17, 61, 90, 400} {
		left := looks
		cut, err := heuristic.Plan(cutoff{context.Background(), &left}, p, heuristic.Options{Seed: 5})
		require.NoError(t, err)
		require.Equal(t, heuristic.Cancelled, cut.Stop)
		again, err := heuristic.Plan(context.Background(), p, heuristic.Options{Seed: 5, MaxSteps: cut.Steps})
		require.NoError(t, err)
		assert.Equal(t, heuristic.StepLimit, again.Stop)
		assert.Equal(t, cut.Plan, again.Plan, "%d looks, %d steps", looks, cut.Steps)
		assert.Empty(t, verify.Check(p, cut.Plan))
	}
}

func TestSameOnAnyNumberOfProcessors(t *testing.T) {
	p := scenario.Plant{Lines: 60, Items: 6, Machines: 3, Components: 12, Seed: 4}.Problem()
	o := heuristic.Options{MaxSteps: 500, Seed: 1}
	one, err := heuristic.Plan(context.Background(), p, o)
	require.NoError(t, err)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	two, err := heuristic.Plan(context.Background(), p, o)
	require.NoError(t, err)
	assert.Equal(t, one, two)
}

// Improvement may only improve.
func TestImprovementLowersTheCost(t *testing.T) {
	better := 0
	for seed := range uint64(30) {
		p := scenario.Plant{Lines: 40, Items: 5, Machines: 2, Components: 8, Seed: seed, Shifts: true}.Problem()
		made, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
		require.NoError(t, err)
		improved, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 1000})
		require.NoError(t, err)
		assert.LessOrEqual(t, improved.Plan.Metrics.Cost, made.Plan.Metrics.Cost, "seed %d", seed)
		if improved.Plan.Metrics.Cost < made.Plan.Metrics.Cost {
			better++
		}
	}
	assert.Positive(t, better)
}

func TestInvalidProblem(t *testing.T) {
	_, err := heuristic.Plan(context.Background(), &schedule.Problem{}, heuristic.Options{})
	var invalid *schedule.InvalidError
	require.True(t, errors.As(err, &invalid))
	assert.NotEmpty(t, invalid.Issues)
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := heuristic.Plan(ctx, &schedule.Problem{}, heuristic.Options{})
	assert.ErrorIs(t, err, context.Canceled)
}

// Nothing to do is a plan too.
func TestEmptyProblem(t *testing.T) {
	from := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{From: from, To: from.AddDate(100, 0, 0)}
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
	require.NoError(t, err)
	assert.Empty(t, r.Plan.Operations)
	assert.Empty(t, verify.Check(p, r.Plan))
}

// The problem is not modified.
func TestProblemStaysAsItIs(t *testing.T) {
	p, same := scenario.Random(11), scenario.Random(11)
	_, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 100})
	require.NoError(t, err)
	assert.Equal(t, same, p)
}

func TestProgressAndLog(t *testing.T) {
	p := scenario.Plant{Lines: 1200, Items: 6, Machines: 3, Components: 12, Seed: 3}.Problem()
	var seen []heuristic.Progress
	var log strings.Builder
	_, err := heuristic.Plan(context.Background(), p, heuristic.Options{
		MaxSteps: 2500,
		Progress: func(at heuristic.Progress) { seen = append(seen, at) },
		Logger:   slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, err)
	require.Len(t, seen, 2)
	assert.Equal(t, heuristic.Progress{Steps: 1000, Planned: 999, Lines: 1200}, seen[0])
	assert.Equal(t, 1200, seen[1].Planned)
	assert.Positive(t, seen[1].Cost)
	assert.Contains(t, log.String(), "lines are planned")
}
