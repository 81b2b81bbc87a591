package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/schedule/verify"
)

const tinyFab = "../internal/smtfile/testdata/tiny"

// The loads of a fab of five steps by hand. Lots of A come every 120 min, those
// of B every 240.
func TestWaferLoads(t *testing.T) {
	l, err := readWafer(tinyFab)
	require.NoError(t, err)
	const perA, perB = 1 / 120.0, 1 / 240.0 // a minute
	want := []toolLoad{
		// Two furnaces of two places each: four lots of A need a furnace for 400
		// min, two of B for 300. Six hours every ten days are maintenance.
		{group: 0, work: ((200+2)*perA + (300+2)*perB) / 4, ready: 1 - 6/240.0},
		// Half of the lots are measured and a tenth of these exposed again; one in
		// four lots pays for setting up the first, one in four for the second mask.
		{group: 1, work: (1.05*(50+2+20/4.0) + 25 + 2 + 8/4.0) * perA, ready: 1 - 50/1050.0},
		// A wafer every 0.6 min; two hours after 3000 of 25·(12+6) wafers a day.
		{group: 2, work: 25 * 0.6 * (perA + perB), ready: 1 - 2/(24*3000/450.0)},
		{group: 3, work: 1.05*0.5*(10+2)*perA + (10+2)*perB, ready: 1},
	}
	got := l.loads()
	require.Len(t, got, len(want))
	for i := range want {
		assert.Equal(t, want[i].group, got[i].group)
		assert.InDelta(t, want[i].work, got[i].work, 1e-3, "work of %d", i)
		assert.InDelta(t, want[i].ready, got[i].ready, 1e-6, "ready of %d", i)
	}
	assert.Equal(t, 1, l.busiest(1)[0].group)
	// A lot of B: a batch, 0.8 and 24 times 0.6 min for its wafers, a measure,
	// 2 min each to load and unload, and 6 min each to the next tool.
	assert.InDelta(t, 300+0.8+24*0.6+10+3*(2+6), l.raw[1].Minutes(), 0.1)
}

// The line runs at the loads of the files, and Little's law holds.
func TestWaferLine(t *testing.T) {
	l, err := readWafer(tinyFab)
	require.NoError(t, err)
	checkLine(t, l, 2*week, 0.04)
}

// The same of SMT2020, whose lots in process are at most a few per cent off what
// the line holds in the long run.
func TestWaferLineOfSMT2020(t *testing.T) {
	data := os.Getenv("TAKT_DATA")
	if data == "" {
		t.Skip("TAKT_DATA is not set")
	}
	l, err := readWafer(filepath.Join(data, "smt2020", "SMT2020_LVHM"))
	require.NoError(t, err)
	inLine := checkLine(t, l, 4*week, 0.07)
	assert.InEpsilon(t, len(l.fab.Lots), inLine, 0.1)
	for i := range l.fab.Orders { // due dates are about twice the raw time, but for hot lots
		if x := &l.fab.Orders[i]; x.Name[:3] == "Lot" {
			assert.InDelta(t, 2.05, float64(x.Allowance)/float64(l.raw[x.Part]), 0.1)
		}
	}
}

// checkLine runs a line under immediate release and compares what comes of it
// after a while with what the files and Little's law say. It returns the mean
// number of lots in the line.
func checkLine(t *testing.T, l *waferLine, after time.Duration, tolerance float64) float64 {
	const span = 9 * week
	w := newWaferWorld(l, 1)
	plan := &schedule.Plan{}
	arrived := 0.0
	for i := range w.jobs {
		if w.jobs[i].arrives < span {
			plan.Orders = append(plan.Orders, w.order(i, w.jobs[i].arrives))
			if w.jobs[i].arrives >= after {
				arrived++
			}
		}
	}
	p := w.problem()
	p.To = w.at(span)
	s, err := simulate.New(p, plan, w.options())
	require.NoError(t, err)
	require.NoError(t, s.Run(context.Background(), w.at(after)))
	before := s.Result()
	require.NoError(t, s.Run(context.Background(), w.at(span)))
	r := s.Result()

	days := (span - after).Hours() / 24
	perDay := 0.0
	for i := range l.items {
		perDay += l.rateOf(i)
	}
	assert.InEpsilon(t, perDay, arrived/days, 0.05, "arrivals")
	m := r.Metrics(w.at(after), w.at(span))
	assert.InEpsilon(t, perDay, m.Throughput, tolerance, "throughput")

	for i, x := range l.loads() {
		busy := r.Resources[i].Work + r.Resources[i].Setup - before.Resources[i].Work - before.Resources[i].Setup
		share := busy.Hours() / ((span - after).Hours() * float64(p.Resources[i].Units))
		assert.InDelta(t, x.work*arrived/days/perDay, share, tolerance, r.Resources[i].Resource)
	}

	inside := 0.0 // lot days in the line
	for i := range r.Orders {
		from, to := r.Orders[i].Released, r.Orders[i].Ended
		if from.IsZero() {
			continue
		}
		if to.IsZero() {
			to = r.To
		}
		if from.Before(w.at(after)) {
			from = w.at(after)
		}
		inside += max(0, to.Sub(from).Hours()/24)
	}
	assert.InEpsilon(t, inside/days, m.WIP, 1e-6, "lots in the line")
	return m.WIP
}

// Planners of a wafer line make allowed plans, and the same seed gives the same
// outcome.
func TestWaferPlanners(t *testing.T) {
	l, err := readWafer(tinyFab)
	require.NoError(t, err)
	plans := 0
	checked := func(of department) department {
		return func() planner {
			plan := of()
			return func(ctx context.Context, p *schedule.Problem, last *schedule.Plan) (*schedule.Plan, error) {
				made, err := plan(ctx, p, last)
				if err == nil {
					assert.Empty(t, verify.Check(p, made))
					plans++
				}
				return made, err
			}
		}
	}
	placed := byHeuristic(heuristic.Options{})
	program := byProgram(l.leadTimes(2))
	for _, how := range []waferPlanning{
		{groups: 2, factor: 1.5, safety: 8 * time.Hour, every: 12 * time.Hour, anew: true, department: checked(placed)},
		{groups: 2, factor: 1.5, safety: 8 * time.Hour, every: 12 * time.Hour, department: checked(placed)},
		{groups: 2, factor: 1.5, safety: 8 * time.Hour, every: 12 * time.Hour, department: program},
	} {
		var texts []string
		for range 2 {
			out, err := how.setting(l).run(context.Background(), 3)
			require.NoError(t, err)
			out.planning = 0
			texts = append(texts, fmt.Sprint(out))
			assert.Less(t, out.shop, 1.0)
		}
		assert.Equal(t, texts[0], texts[1])
	}
	assert.Greater(t, plans, 500)
}

// A lot starts when half of it has been released, at an even rate in a period.
func TestLotsOf(t *testing.T) {
	r := &release.Result{Cuts: []time.Time{start, start.Add(day), start.Add(2 * day), start.Add(4 * day)}}
	for period, qty := range []float64{0.25, 0.5, 2} {
		r.Releases = append(r.Releases, release.Release{Routing: "a", Item: "a", Period: period, Qty: qty})
	}
	var at []float64 // days
	for _, o := range lotsOf(r, map[schedule.RoutingID]time.Duration{"a": day}).Orders {
		at = append(at, o.Release.Sub(start).Hours()/24)
		assert.Equal(t, day, o.End.Sub(o.Release))
	}
	assert.Equal(t, []float64{1.5, 2.75, 3.75}, at)
}

func TestChosen(t *testing.T) {
	_, err := chosen("wafer", "")
	assert.ErrorContains(t, err, "needs -data")
	_, err = chosen("wafer", t.TempDir())
	assert.ErrorContains(t, err, "tool.txt.1l")
	_, err = chosen("nothing", "")
	assert.ErrorContains(t, err, `no scenario "nothing"`)
	list, err := chosen("wafer", tinyFab)
	require.NoError(t, err)
	assert.Equal(t, "wafer", list[0].name)
}
