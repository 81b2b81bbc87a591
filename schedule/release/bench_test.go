package release_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// A shop of 50 items and 20 machines over half a year.
func BenchmarkPlan(b *testing.B) {
	p := shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, objective: schedule.Economy()}.problem()
	for b.Loop() {
		r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: -1})
		require.NoError(b, err)
		b.ReportMetric(float64(r.Program.Iterations), "iterations")
		b.ReportMetric(float64(r.Program.Rows), "rows")
	}
}

// What it saves to write norms, releases and overtime as bounded pieces of
// columns, against rows and columns for each limit: the same optimum from fewer
// rows. The norms of the shop are on a fifth of its items only.
func BenchmarkFormulation(b *testing.B) {
	p := shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, objective: schedule.Economy()}.problem()
	for _, item := range p.Items[15:] {
		p.Norms = append(p.Norms, wip.Norm{Point: wip.Point{Item: item.ID}, Min: 20, Target: 30, Max: 200})
	}
	written, textbook, err := release.Programs(p)
	require.NoError(b, err)
	for _, c := range []struct {
		name     string
		program  *lp.Problem
		presolve bool
	}{{"pieces", written, true}, {"textbook", textbook, true}, {"pieces/no-presolve", written, false}, {"textbook/no-presolve", textbook, false}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				sol, err := lp.Solve(context.Background(), c.program, lp.Options{NoPresolve: !c.presolve, Method: lp.Dual})
				require.NoError(b, err)
				b.ReportMetric(float64(c.program.Rows()), "rows")
				b.ReportMetric(float64(c.program.Cols()), "columns")
				b.ReportMetric(float64(sol.Iterations), "iterations")
				b.ReportMetric(sol.Objective, "optimum")
			}
		})
	}
}

// What clearing functions add to a program, from nothing and the next day.
func BenchmarkClearing(b *testing.B) {
	p := shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, objective: schedule.Economy()}.problem()
	curve, err := release.QueueCurve(16, 2, 1)
	require.NoError(b, err)
	var queues []release.Clearing
	for _, r := range p.Resources[:4] {
		queues = append(queues, release.Clearing{Resource: r.ID, Curve: curve})
	}
	ctx := context.Background()
	for _, c := range []struct {
		name   string
		queues []release.Clearing
	}{{"none", nil}, {"four", queues}} {
		first, err := release.Plan(ctx, p, release.Options{MaxSteps: -1, Clearing: c.queues})
		require.NoError(b, err)
		next := later(p, first.Plan, p.From.AddDate(0, 0, 1))
		for name, o := range map[string]release.Options{"cold": {Clearing: c.queues}, "warm": {Clearing: c.queues, Previous: &release.Result{Basis: first.Basis}}} {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				for b.Loop() {
					r, err := release.Solve(ctx, next, o)
					require.NoError(b, err)
					b.ReportMetric(float64(r.Program.Iterations), "iterations")
					b.ReportMetric(float64(r.Program.Rows), "rows")
				}
			})
		}
	}
}

// The next day, if all went as planned, and if a tenth of the lines of the
// weeks ahead change.
func BenchmarkReplan(b *testing.B) {
	benchmarkReplan(b, shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, objective: schedule.Economy()})
}

// A shop of 200 items and 50 machines over a year.
func BenchmarkReplanLarge(b *testing.B) {
	benchmarkReplan(b, shop{ends: 60, parts: 80, bought: 60, machines: 50, weeks: 52, load: 0.9, objective: schedule.Economy()})
}

func benchmarkReplan(b *testing.B, c shop) {
	p := c.problem()
	ctx := context.Background()
	r, err := release.Plan(ctx, p, release.Options{MaxSteps: -1})
	require.NoError(b, err)
	b.Logf("cold: %+v", r.Program)
	calm := later(p, r.Plan, p.From.AddDate(0, 0, 1))
	changed := *calm
	changed.Lines = slices.Clone(calm.Lines)
	for i := 0; i < len(changed.Lines); i += 10 {
		if l := &changed.Lines[i]; l.Status != schedule.ClosedLine {
			l.Qty += 1 + l.Qty/5
		}
	}
	for name, q := range map[string]*schedule.Problem{"calm": calm, "changed": &changed} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				next, err := release.Plan(ctx, q, release.Options{MaxSteps: -1, Previous: r})
				require.NoError(b, err)
				b.ReportMetric(float64(next.Program.Iterations), "iterations")
				b.ReportMetric(100*release.Compare(r.Plan, next.Plan, q.Now, p.From.AddDate(0, 0, 14), 24*time.Hour).Share(), "%changed")
				b.ReportMetric(float64(next.Plan.Metrics.Cost), "cost")
			}
		})
	}
}

// What a loaded shop costs as planned here and line by line.
func TestShop(t *testing.T) {
	for seed := range uint64(4) {
		p := shop{ends: 4, parts: 5, bought: 4, machines: 5, weeks: 8, load: 1, seed: seed, objective: schedule.Economy()}.problem()
		r, err := release.Plan(context.Background(), p, release.Options{MaxSteps: 2000})
		require.NoError(t, err)
		require.Empty(t, verify.Check(p, r.Plan))
		h, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 2000})
		require.NoError(t, err)
		t.Logf("seed %d: %d, program %.0f, %+v; line by line %d", seed, r.Plan.Metrics.Cost, r.Cost, r.Placement, h.Plan.Metrics.Cost)
	}
}
