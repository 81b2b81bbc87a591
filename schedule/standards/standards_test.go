package standards

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/codec"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/norms"
)

func written(t *testing.T, p *schedule.Problem) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, codec.EncodeProblem(&b, p))
	return b.String()
}

// Random problems use every feature of the model. Their standards exist, leave
// the problem alone, and make another one that is well formed and that is
// planned without a violation.
func TestRandomProblems(t *testing.T) {
	rows := 0
	for seed := range uint64(120) {
		p := scenario.Random(seed)
		before := written(t, p)
		table, err := Derive(p, FromLines(p, p.From, p.To), Options{Reserve: Day / 2, Fill: time.Hour})
		require.NoError(t, err, seed)
		rows += len(table.Rows)
		q := Apply(p, table)
		require.Equal(t, before, written(t, p), seed)
		require.NoError(t, q.Validate(), seed)
		consistent(t, table)
		if seed < 15 {
			r, err := heuristic.Plan(context.Background(), q, heuristic.Options{})
			require.NoError(t, err)
			require.Empty(t, verify.Check(q, r.Plan), seed)
		}
		again, err := Derive(p, FromLines(p, p.From, p.To), Options{Reserve: Day / 2, Fill: time.Hour})
		require.NoError(t, err)
		require.Equal(t, table, again)
	}
	assert.Greater(t, rows, 200)
}

func consistent(t *testing.T, table *Table) {
	t.Helper()
	for i := range table.Rows {
		r := &table.Rows[i]
		require.GreaterOrEqual(t, r.Lead.Out, time.Duration(0))
		require.Equal(t, r.Lead.In-r.Lead.Out, r.Cycle.Total())
		require.Positive(t, r.Launch.Lot)
		if r.Norm.Point.Item != "" {
			require.NoError(t, r.Norm.Validate())
		}
	}
}

// Two levels without losses: needs are products of bills, whatever the lots.
func TestNeedIsExploded(t *testing.T) {
	p, _, err := scenario.Parse(`
		horizon 28d
		resource M
		partner S
		item A
		item B
		item C
		routing a A
		  step s M unit=1m setup=10m
		    need B 2
		    need C 1
		routing b B
		  step s M unit=1m setup=20m
		    need C 3
		supply c C S lead=1d
		line 1 A 100 20d08:00
		line 2 B 50 25d08:00`)
	require.NoError(t, err)
	table, err := Derive(p, FromLines(p, p.From, p.To), Options{})
	require.NoError(t, err)
	needs := map[wip.ItemID]wip.Qty{}
	for _, r := range table.Rows {
		needs[r.Point.Item] = r.Need
	}
	assert.Equal(t, map[wip.ItemID]wip.Qty{"A": 100, "B": 250, "C": 850}, needs)
}

// The cycle of a chain with one transfer lot is that of parallel movement.
func TestCycleIsParallelMovement(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		n, transfer := 1+r.IntN(5), wip.Qty(1+r.IntN(5))
		lot := transfer * wip.Qty(1+r.IntN(5))
		routing := schedule.Routing{ID: "r", Item: "a"}
		p := &schedule.Problem{From: scenario.Start(), To: scenario.Start().AddDate(0, 1, 0)}
		p.Items = []schedule.Item{{ID: "a"}}
		var ops []norms.Operation
		waits := time.Duration(0)
		for k := range n {
			id := string(rune('a' + k))
			piece := time.Duration(1+r.IntN(60)) * time.Minute
			s := schedule.Step{ID: schedule.StepID(id), Transfer: transfer, Queue: time.Hour,
				Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: schedule.ResourceID(id)}}, PerUnit: piece}}}
			p.Resources = append(p.Resources, capacity.Resource{ID: schedule.ResourceID(id), Units: 1})
			routing.Steps = append(routing.Steps, s)
			ops = append(ops, norms.Operation{Piece: piece})
			if k > 0 {
				waits += time.Hour
			}
		}
		p.Routings = []schedule.Routing{routing}
		days, err := newDayCount(p, p.From, p.To)
		require.NoError(t, err)
		floor := newShopFloor(p, schedule.NewIndex(p), days)
		want, err := norms.LotCycle(ops, lot, transfer, norms.Parallel)
		require.NoError(t, err)
		got := floor.cycle(&routing, lot, 1)
		require.Equal(t, want, got.Technological)
		require.Equal(t, norms.Cycle{Technological: want, Waiting: waits}, got, "waits add up")
	}
}

func TestChangeoverCountsAsSetup(t *testing.T) {
	p, _, err := scenario.Parse(`
		horizon 28d
		changeover C red>blue=30m green>blue=50m *>red=10m
		resource M changeover=C
		item A
		item B
		item D
		routing a A
		  step s M unit=4m setup=20m family=blue
		routing b B
		  step s M unit=4m family=red
		routing d D
		  step s M unit=4m family=green
		line 1 A 2000 20d08:00`)
	require.NoError(t, err)
	table, err := Derive(p, FromLines(p, p.From, p.To), Options{})
	require.NoError(t, err)
	assert.Equal(t, wip.Qty(285), table.Rows[0].LeastLot, "20 min and 40 of changeover on average")
	assert.Equal(t, time.Hour, table.Rows[0].Cycle.Setup)
}

// Two places that ship to each other do not go round in a circle.
func TestLanesInACircle(t *testing.T) {
	p, _, err := scenario.Parse(`
		horizon 28d
		location X
		location Y
		item A
		lane xy X>Y time=1d
		lane yx Y>X time=1d
		line 1 A 10 20d08:00 at=X`)
	require.NoError(t, err)
	table, err := Derive(p, FromLines(p, p.From, p.To), Options{})
	require.NoError(t, err)
	require.Len(t, table.Rows, 2)
	assert.Equal(t, wip.Qty(10), table.Rows[1].Need)
}

func TestEveryMistakeIsListed(t *testing.T) {
	p, _, err := scenario.Parse("item A\nline 1 A 10 2d08:00")
	require.NoError(t, err)
	_, err = Derive(p, Programme{From: p.From.Add(-1), To: p.From, Demand: []Demand{{wip.Point{Item: "B", Place: "Z"}, -1}}},
		Options{SetupShare: 1000, Basis: 7, Fill: -1, Reserve: -1, Series: []time.Duration{0}})
	var invalid *wip.InvalidError
	require.ErrorAs(t, err, &invalid)
	var codes []wip.Code
	for _, i := range invalid.Issues {
		codes = append(codes, i.Code)
	}
	assert.Equal(t, []wip.Code{norms.OutOfRange, wip.BadRange, wip.Negative, UnknownID, UnknownID,
		norms.OutOfRange, norms.OutOfRange, wip.Negative, wip.Negative, norms.NotPositive}, codes)
	p.Lines[0].Item = "Z"
	_, err = Derive(p, Programme{From: p.From, To: p.To}, Options{})
	var bad *schedule.InvalidError
	assert.ErrorAs(t, err, &bad)
}

// What an audit says of stock, against a look at every hour.
func TestAuditHourByHour(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	p, _, err := scenario.Parse(`
		horizon 28d
		resource M
		item A
		item B
		routing a A
		  step s M unit=1m
		    need B 1
		routing b B
		  step s M unit=4m setup=60m
		line 1 A 1200 20d08:00
		norm B 10..60`)
	require.NoError(t, err)
	table, err := Derive(p, FromLines(p, p.From, p.To), Options{})
	require.NoError(t, err)
	point := wip.Point{Item: "B"}
	for range 100 {
		h := History{From: p.From, To: p.From.Add(100 * time.Hour), Opening: []wip.Balance{{Point: point, Qty: 30}}}
		var stock [100]wip.Qty
		for i := range stock {
			stock[i] = 30
		}
		for range r.IntN(20) {
			hour, q := r.IntN(100), wip.Qty(1+r.IntN(30))
			kinds := []wip.EventKind{wip.Delivered, wip.Issued, wip.Adjusted, wip.Shipped}
			kind := kinds[r.IntN(len(kinds))]
			h.Events = append(h.Events, wip.Event{Kind: kind, At: h.From.Add(time.Duration(hour) * time.Hour), Point: point, Qty: q})
			if kind == wip.Issued || kind == wip.Shipped {
				q = -q
			}
			for i := hour; i < len(stock); i++ {
				stock[i] += q
			}
		}
		var total, below, above float64
		for _, s := range stock {
			total += float64(s)
			if s < 10 {
				below++
			}
			if s > 60 {
				above++
			}
		}
		a := Audit(p, table, h, 0).Rows[1].Actual
		require.InDelta(t, total/100, a.Stock, 1e-9)
		require.InDelta(t, below/100, a.Below, 1e-9)
		require.InDelta(t, above/100, a.Above, 1e-9)
	}
}

func BenchmarkDerive(b *testing.B) {
	p := scenario.Plant{Lines: 20_000, Items: 500, Machines: 60, Components: 400, Shifts: true}.Problem()
	for b.Loop() {
		if _, err := Derive(p, FromLines(p, p.From, p.To), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
