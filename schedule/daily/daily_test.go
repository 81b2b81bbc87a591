package daily

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

// A writer is a document.
type writer interface {
	WriteText(io.Writer) error
	WriteCSV(io.Writer) error
	WriteJSON(io.Writer) error
}

// documents returns all of them.
func documents(t testing.TB, d *Desk, s Scope) []writer {
	t.Helper()
	var list []writer
	add := func(w writer, err error) {
		require.NoError(t, err)
		list = append(list, w)
	}
	one := func(w writer) { add(w, nil) }
	report, standstills, norms, work := d.ShiftReport(s), d.Standstills(s), d.Norms(s), d.WorkInProcess(s.Shop)
	setDays, shortages, deviations := d.SetDays(s.Shop), d.Shortages(s), d.Deviations(s, 0)
	tasks, output, loads, shifts := d.ShiftTasks(s), d.Output(s), d.Loads(s), d.Shifts(s)
	areas := d.Areas(s)
	transport, vehicles, risks, launches := d.Transport(s), d.Vehicles(s), d.ContractRisks(s.Shop), d.Provision(s)
	for _, w := range []writer{&report, &standstills, &norms, &work, &setDays, &shortages, &deviations, &tasks, &output, &loads, &shifts,
		&areas, &transport, &vehicles, &risks, &launches} {
		one(w)
	}
	for rule := ByPlan; rule <= ByShortest; rule++ {
		jobs := d.Dispatch(s, rule)
		one(&jobs)
	}
	kits, err := d.Kits(s)
	add(&kits, err)
	fulfilment, err := d.Fulfilment(s)
	add(&fulfilment, err)
	rhythm, err := d.Rhythm(s)
	add(&rhythm, err)
	return list
}

// planned returns a random problem and a plan for it.
func planned(t *testing.T, seed uint64) (*schedule.Problem, *schedule.Plan) {
	t.Helper()
	p := scenario.Random(seed)
	result, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1, Direction: heuristic.Forward})
	require.NoError(t, err)
	return p, result.Plan
}

// lived returns the ledger of a plan of which a part was carried out, more or
// less, up to an instant.
func lived(t testing.TB, p *schedule.Problem, plan *schedule.Plan, now time.Time, r *rand.Rand) *wip.Ledger {
	t.Helper()
	var l wip.Ledger
	require.NoError(t, l.Append(Opening(p)...))
	d, err := NewDesk(p, plan, &l, now)
	require.NoError(t, err)
	add := func(e wip.Event) {
		e.Key = fmt.Sprint(l.Len())
		require.NoError(t, l.Append(e))
	}
	for i := range d.operations {
		o := &d.operations[i]
		if o.Done || o.Qty == 0 || !o.End.Before(now) || r.IntN(5) == 0 {
			continue
		}
		var w wip.WorkplaceID
		if o.machine != nil {
			w = wip.WorkplaceID(o.machine.ID)
		}
		scrap := wip.Qty(r.IntN(3)) % (o.Qty + 1)
		add(wip.Event{Kind: wip.Started, At: o.Start, Order: o.Order, Step: o.Step, Workplace: w, Qty: o.Qty})
		for _, n := range o.needs {
			add(wip.Event{Kind: wip.Issued, At: o.Start, Order: o.Order, Step: o.Step, Point: n.point, Qty: n.qty})
		}
		if w != "" && r.IntN(4) == 0 {
			add(wip.Event{Kind: wip.Interrupted, At: o.Start, Workplace: w, Cause: "breakdown"})
			if r.IntN(2) == 0 {
				add(wip.Event{Kind: wip.Resumed, At: o.End, Workplace: w})
			}
		}
		add(wip.Event{Kind: wip.Reported, At: o.End, Order: o.Order, Step: o.Step, Workplace: w, Qty: o.Qty - scrap, Scrap: scrap, Spent: o.End.Sub(o.Start)})
		add(wip.Event{Kind: wip.Finished, At: o.End, Order: o.Order, Step: o.Step})
	}
	for i := range plan.Orders {
		if o := &plan.Orders[i]; o.Qty > 0 && o.End.Before(now) && r.IntN(3) > 0 {
			add(wip.Event{Kind: wip.Delivered, At: o.End, Order: o.ID, Point: wip.Point{Item: o.Item}, Qty: o.Qty})
		}
	}
	return &l
}

// Random plants, half lived plans: every document can be made, for every shop
// and the enterprise, reads back, and is the same again.
func TestEveryDocumentOfRandomPlants(t *testing.T) {
	for seed := range uint64(40) {
		p, plan := planned(t, seed)
		now := p.Times().Now.Add(time.Duration(seed%5) * 30 * time.Hour)
		l := lived(t, p, plan, now, rand.New(rand.NewPCG(seed, 1)))
		shops := []schedule.ShopID{""}
		for i := range p.Shops {
			shops = append(shops, p.Shops[i].ID)
		}
		for _, shop := range shops {
			s := Scope{shop, now.Add(-3 * day), now.Add(2 * day)}
			write := func() []byte {
				d, err := NewDesk(p, plan, l, now)
				require.NoError(t, err)
				var b bytes.Buffer
				for _, doc := range documents(t, d, s) {
					require.NoError(t, doc.WriteText(&b))
					var table, list bytes.Buffer
					require.NoError(t, doc.WriteCSV(&table))
					rows, err := csv.NewReader(&table).ReadAll()
					require.NoError(t, err)
					require.NoError(t, doc.WriteJSON(&list))
					var objects []map[string]any
					require.NoError(t, json.Unmarshal(list.Bytes(), &objects))
					require.Len(t, objects, len(rows)-1)
				}
				return b.Bytes()
			}
			require.Equal(t, string(write()), string(write()))
		}
	}
}

// Nothing happened, nothing planned: documents without rows, or without deeds.
func TestEmptyDesk(t *testing.T) {
	p := scenario.Random(3)
	d, err := NewDesk(p, &schedule.Plan{}, &wip.Ledger{}, p.From)
	require.NoError(t, err)
	for _, doc := range documents(t, d, Scope{From: p.From, To: p.From}) {
		require.NoError(t, doc.WriteText(io.Discard))
	}
	p.Calendars[0].Zone = "nowhere"
	_, err = NewDesk(p, &schedule.Plan{}, &wip.Ledger{}, p.From)
	assert.Error(t, err)
}

// What an operation is to turn out in a row of shifts adds up to its quantity,
// and none of them is negative.
func TestPlannedAddsUp(t *testing.T) {
	for seed := range uint64(20) {
		p, plan := planned(t, seed)
		d, err := NewDesk(p, plan, &wip.Ledger{}, p.From)
		require.NoError(t, err)
		for i := range d.operations {
			o := &d.operations[i]
			sum := wip.Qty(0)
			for from := o.Start.Add(-time.Hour); from.Before(o.End.Add(time.Hour)); from = from.Add(7 * time.Hour) {
				part := o.planned(from, from.Add(7*time.Hour))
				require.GreaterOrEqual(t, part, wip.Qty(0))
				sum += part
			}
			require.Equal(t, o.good(o.Qty), sum)
		}
	}
}

// A plan that nothing has happened to is short of nothing: stock, receipts and
// its own orders cover what it takes, as long as none is overdue.
func TestPlanIsShortOfNothing(t *testing.T) {
	for seed := range uint64(40) {
		p, plan := planned(t, seed)
		var l wip.Ledger
		require.NoError(t, l.Append(Opening(p)...))
		now := p.Times().Now
		d, err := NewDesk(p, plan, &l, now)
		require.NoError(t, err)
		assert.Empty(t, d.Shortages(Scope{To: p.To}).Rows, "seed %d", seed)
	}
}

// Shortages against a balance that is drawn hour by hour: with part of the
// stock gone, the points and the instants are those where the balance of what
// the plan expects first falls below zero.
func TestShortagesHourByHour(t *testing.T) {
	found := 0
	for seed := range uint64(40) {
		p, plan := planned(t, seed)
		r := rand.New(rand.NewPCG(seed, 2))
		var l wip.Ledger
		require.NoError(t, l.Append(Opening(p)...))
		now := p.Times().Now
		gone := map[wip.Point]wip.Qty{}
		for i := range p.Stock {
			if b := p.Stock[i]; b.Qty > 0 && r.IntN(2) == 0 {
				gone[b.Point] += b.Qty
				require.NoError(t, l.Append(wip.Event{Key: fmt.Sprint(i), Kind: wip.Adjusted, At: now, Point: b.Point, Qty: -b.Qty, Cause: "loss"}))
			}
		}
		want := map[wip.Point]time.Time{}
		for _, point := range schedule.StockProfile(p, plan) {
			for _, m := range point.Movements {
				if m.Balance < gone[point.Point] && m.Qty < 0 {
					want[point.Point] = m.At
					break
				}
			}
		}
		d, err := NewDesk(p, plan, &l, now)
		require.NoError(t, err)
		got := map[wip.Point]time.Time{}
		for _, row := range d.Shortages(Scope{To: p.To.Add(time.Hour)}).Rows {
			got[row.Point] = row.NeededBy
			found++
		}
		require.Equal(t, want, got, "seed %d", seed)
	}
	assert.Greater(t, found, 10, "the test looked at something")
}

func TestRules(t *testing.T) {
	assert.Equal(t, "critical ratio", ByCriticalRatio.String())
	assert.Equal(t, "unknown", Rule(99).String())
	hour := func(n int) time.Time { return scenario.Start().Add(time.Duration(n) * time.Hour) }
	long := Job{Order: "long", Work: 10 * time.Hour, NeedBy: hour(12), Slack: 2 * time.Hour}
	short := Job{Order: "short", Work: time.Hour, NeedBy: hour(4), Slack: 3 * time.Hour}
	free := Job{Order: "free", Work: time.Minute}
	for rule, want := range map[Rule][]schedule.OrderID{
		ByPlan: {"free", "short", "long"}, ByDue: {"short", "long", "free"}, BySlack: {"long", "short", "free"},
		ByCriticalRatio: {"long", "short", "free"}, ByShortest: {"free", "short", "long"},
	} {
		jobs := []Job{free, short, long}
		sortBy(jobs, rule.compare)
		assert.Equal(t, want, []schedule.OrderID{jobs[0].Order, jobs[1].Order, jobs[2].Order}, rule)
	}
}
