package analysis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// planned returns a random problem with its plan, both without phantoms.
func planned(t *testing.T, seed uint64) (*schedule.Problem, *schedule.Plan) {
	t.Helper()
	p := scenario.Random(seed)
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
	require.NoError(t, err)
	return p, r.Plan
}

// executed turns a plan into events: everything happens in the order of the
// plan, some of it late, some of it with scrap or a standstill before it.
func executed(p *schedule.Problem, plan *schedule.Plan, seed uint64) []wip.Event {
	r := rand.New(rand.NewPCG(seed, 7))
	x := schedule.NewIndex(p)
	var list []wip.Event
	add := func(e wip.Event) {
		e.Key = fmt.Sprint(len(list))
		list = append(list, e)
	}
	for _, point := range schedule.StockProfile(p, plan) {
		for _, m := range point.Movements {
			late := time.Duration(r.IntN(3)) * time.Hour
			switch {
			case m.Kind == schedule.OpeningStock:
				add(wip.Event{Kind: wip.Adjusted, At: m.At, Point: point.Point, Qty: m.Qty, Cause: "opening"})
			case m.Kind == schedule.OrderIn:
				add(wip.Event{Kind: wip.Delivered, At: m.At.Add(late), Order: plan.Orders[m.Index].ID, Point: point.Point, Qty: m.Qty})
			case m.Qty > 0:
				add(wip.Event{Kind: wip.Received, At: m.At.Add(late), Receipt: wip.ReceiptID(m.Supply(p, plan, "").ID), Point: point.Point, Qty: m.Qty})
			case m.Kind == schedule.StepOut:
				o := &plan.Operations[m.Index]
				add(wip.Event{Kind: wip.Issued, At: m.At.Add(late), Order: o.Order, Step: o.Step, Point: point.Point, Qty: -m.Qty})
			case m.Qty < 0:
				add(wip.Event{Kind: wip.Shipped, At: m.At, Point: point.Point, Qty: -m.Qty})
			}
		}
	}
	routing := map[schedule.OrderID]schedule.RoutingID{}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		routing[o.ID] = o.Routing
		add(wip.Event{Kind: wip.Released, At: o.Release, Order: o.ID, Point: wip.Point{Item: o.Item}, Qty: o.Qty})
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		s := x.Step(routing[o.Order], o.Step)
		if o.Done || len(s.Modes) == 0 || len(s.Modes[o.Mode].Uses) == 0 || r.IntN(10) == 0 {
			continue
		}
		machine := wip.WorkplaceID(o.Machine(&s.Modes[o.Mode]))
		late := time.Duration(r.IntN(120)) * time.Minute
		if r.IntN(4) == 0 {
			add(wip.Event{Kind: wip.Interrupted, At: o.Start, Workplace: machine, Cause: "broken"})
			add(wip.Event{Kind: wip.Resumed, At: o.Start.Add(late), Workplace: machine})
		}
		scrap := wip.Qty(r.IntN(2))
		add(wip.Event{Kind: wip.Started, At: o.Start.Add(late), Order: o.Order, Step: o.Step, Workplace: machine, Qty: o.Qty})
		add(wip.Event{Kind: wip.Reported, At: o.End.Add(late), Order: o.Order, Step: o.Step, Workplace: machine,
			Qty: max(0, o.Qty-scrap), Scrap: scrap, Spent: o.End.Sub(o.Start) / 2})
	}
	r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
	return list
}

// The time of every order is cut without gaps, parts add up, claims are no more
// than the idle time of the workplace, and all of it is the same twice.
func TestRandomHistories(t *testing.T) {
	cycles, claims, waits := 0, 0, 0
	outside := time.Duration(0)
	for seed := range uint64(30) {
		p, plan := planned(t, seed)
		events := executed(p, plan, seed)
		h, err := Read(p, plan, events, p.From, p.To)
		require.NoError(t, err)
		total := time.Duration(0)
		for _, c := range h.Cycles() {
			cycles++
			at := c.From
			for _, s := range c.Stretches {
				require.Equal(t, at, s.From, "seed %d order %s", seed, c.Order)
				require.True(t, s.From.Before(s.To))
				at = s.To
			}
			require.True(t, at.Equal(c.To) || c.To.Before(c.From), "seed %d order %s", seed, c.Order)
			if c.From.Before(c.To) {
				total += c.To.Sub(c.From)
			}
		}
		d := Decompose(h.Cycles())
		outside += d.Part(AtPartner)
		require.Equal(t, total, d.Total)
		sum := time.Duration(0)
		for _, part := range d.Parts {
			sum += part
		}
		require.Equal(t, d.Total, sum)
		for _, l := range Levers(h.Cycles()) {
			sum -= l.Hours
		}
		require.Equal(t, d.Part(Processing), sum, "levers are all but processing")

		list := h.Claims([]Responsibility{{Cause: "broken", Shop: "repair"}})
		claims += len(list)
		net := int64(0)
		for _, b := range Net(list) {
			net += b.Net
		}
		require.Zero(t, net)
		again, err := Read(p, plan, events, p.From, p.To)
		require.NoError(t, err)
		require.Equal(t, list, again.Claims([]Responsibility{{Cause: "broken", Shop: "repair"}}))
		require.Equal(t, h.Use(), again.Use())
		waits += len(h.Queues())
		_, err = h.Outputs()
		require.NoError(t, err)
	}
	assert.Greater(t, cycles, 60)
	assert.Positive(t, outside)
	assert.Greater(t, claims, 5)
	assert.Greater(t, waits, 50)
}

// What stood in the way of a step, minute by minute, from the events.
func TestObstacleMinuteByMinute(t *testing.T) {
	p, plan, err := scenario.Parse(`
		horizon 2d
		calendar day 06:00-14:00
		resource M calendar=day
		item A
		item B
		routing a A
		  step s M unit=1h
		    need B 1
		lot 1 A 2 start=07:00 end=09:00
		op 1/s 07:00-09:00
		lot 2 A 2 start=09:00 end=11:00
		op 2/s 09:00-11:00`)
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		minute := func(n int) time.Time { return p.From.Add(time.Duration(n) * time.Minute) }
		arrives, down, up := r.IntN(1440), r.IntN(1000), 0
		up = down + r.IntN(400)
		start := r.IntN(900)
		end := start + r.IntN(500)
		b := wip.Point{Item: "B"}
		h, err := Read(p, plan, []wip.Event{
			{Kind: wip.Received, At: minute(arrives), Point: b, Qty: 2},
			{Kind: wip.Interrupted, At: minute(down), Workplace: "M", Cause: "x"},
			{Kind: wip.Resumed, At: minute(up), Workplace: "M"},
			{Kind: wip.Started, At: minute(start), Order: "1", Step: "s", Workplace: "M", Qty: 2},
			{Kind: wip.Reported, At: minute(end), Order: "1", Step: "s", Workplace: "M", Qty: 2},
			{Kind: wip.Released, At: minute(0), Order: "2", Qty: 2},
		}, p.From, minute(1440))
		require.NoError(t, err)
		var want [waitKinds]time.Duration
		for at := range 1440 {
			what := Unexplained
			switch {
			case at < arrives:
				what = ForMaterial
			case down <= at && at < up:
				what = ForRepair
			case start <= at && at < end:
				what = ForResource
			case at < 6*60 || at >= 14*60:
				what = ForShift
			}
			want[what] += time.Minute
		}
		var got [waitKinds]time.Duration
		for _, c := range h.Cycles() {
			if c.Order == "2" {
				for _, s := range c.Stretches {
					got[s.For] += s.Length()
				}
			}
		}
		require.Equal(t, want, got)
	}
}

// A replanned past is a plan like any other, allowed in the problem it is for.
func TestCounterfactualIsAllowed(t *testing.T) {
	replanned := 0
	for seed := range uint64(20) {
		p, plan := planned(t, seed)
		h, err := Read(p, plan, executed(p, plan, seed), p.From, p.To)
		require.NoError(t, err)
		c, err := Counterfactual(context.Background(), h, heuristic.Options{})
		require.NoError(t, err, seed)
		require.Empty(t, verify.Check(c.Problem, c.Plan), seed)
		replanned += c.Orders
	}
	assert.Greater(t, replanned, 10)
}

func TestReadReportsMistakes(t *testing.T) {
	p, plan := planned(t, 1)
	_, err := Read(p, plan, nil, p.To, p.From)
	var invalid *wip.InvalidError
	assert.ErrorAs(t, err, &invalid)
	_, err = Read(&schedule.Problem{}, plan, nil, p.From, p.To)
	var bad *schedule.InvalidError
	assert.ErrorAs(t, err, &bad)
}

// A step that a partner does lasts from the step before to the step after it.
func TestPartnersTakeTheirTime(t *testing.T) {
	p, plan, err := scenario.Parse(`
		horizon 9d
		resource M
		partner X
		item A
		routing a A
		  step turn M unit=1h
		  step coat partner=X lead=2d
		  step grind M unit=1h
		lot 1 A 2 start=08:00 end=2d12:00
		op 1/turn 08:00-10:00
		outside 1/coat 10:00-2d10:00
		op 1/grind 2d10:00-2d12:00`)
	require.NoError(t, err)
	hour := func(n int) time.Time { return p.From.Add(time.Duration(n) * time.Hour) }
	events := []wip.Event{
		{Kind: wip.Released, At: hour(8), Order: "1", Qty: 2},
		{Kind: wip.Reported, At: hour(10), Order: "1", Step: "turn", Qty: 2, Spent: 2 * time.Hour},
		{Kind: wip.Started, At: hour(70), Order: "1", Step: "grind", Qty: 2},
		{Kind: wip.Reported, At: hour(72), Order: "1", Step: "grind", Qty: 2, Spent: 2 * time.Hour},
		{Kind: wip.Delivered, At: hour(72), Order: "1", Point: wip.Point{Item: "A"}, Qty: 2},
	}
	at := func(n int, to time.Time) Decomposition {
		h, err := Read(p, plan, events[:n], p.From, to)
		require.NoError(t, err)
		return Decompose(h.Cycles())
	}
	d := at(5, p.To)
	assert.Equal(t, [2]time.Duration{4 * time.Hour, 60 * time.Hour}, [2]time.Duration{d.Part(Processing), d.Part(AtPartner)})
	assert.Equal(t, 64*time.Hour, d.Total)
	d = at(2, hour(50))
	assert.Equal(t, [2]time.Duration{2 * time.Hour, 40 * time.Hour}, [2]time.Duration{d.Part(Processing), d.Part(AtPartner)}, "still there")
}

// A plant of 300 lines and its whole past.
func BenchmarkHistory(b *testing.B) {
	p := scenario.Plant{Lines: 300, Items: 50, Machines: 20, Components: 100, Shifts: true, Seed: 1}.Problem()
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{})
	if err != nil {
		b.Fatal(err)
	}
	events := executed(p, r.Plan, 1)
	h, err := Read(p, r.Plan, events, p.From, p.To)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("Read", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read(p, r.Plan, events, p.From, p.To); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(events)), "events")
	})
	b.Run("Cycles", func(b *testing.B) {
		for b.Loop() {
			h.Cycles()
		}
	})
	b.Run("Queues", func(b *testing.B) {
		for b.Loop() {
			h.Queues()
		}
	})
	b.Run("Claims", func(b *testing.B) {
		for b.Loop() {
			h.Claims(nil)
		}
	})
	b.Run("Use", func(b *testing.B) {
		for b.Loop() {
			h.Use()
		}
	})
}
