package wip

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// shopFloor returns n events of a shop: orders of five steps, each started and
// reported twice, with material issued and output delivered; reported in
// batches of a shift's document, every hundredth event a day late.
func shopFloor(n int) []Event {
	r := rand.New(rand.NewPCG(7, 7))
	events := make([]Event, 0, n)
	add := func(e Event) {
		i := len(events)
		e.Key = fmt.Sprintf("mes-%010d", i)
		e.At = monday.Add(time.Duration(i) * time.Second)
		if i%100 == 99 {
			e.At = e.At.Add(-24 * time.Hour)
		}
		e.Actor = ActorID(fmt.Sprintf("worker %d", r.IntN(300)))
		e.Document = DocumentID(fmt.Sprintf("report %d", i/50))
		events = append(events, e)
	}
	for o := 0; len(events) < n-20; o++ {
		order := OrderID(fmt.Sprintf("order-%07d", o))
		p := Point{ItemID(fmt.Sprintf("part-%05d", r.IntN(20_000))), "store"}
		raw := Point{ItemID(fmt.Sprintf("bar-%04d", r.IntN(2_000))), "store"}
		add(Event{Kind: Released, Order: order, Point: p, Qty: 100})
		add(Event{Kind: Issued, Order: order, Step: "10", Point: raw, Qty: 100})
		for s := range 5 {
			step := StepID(fmt.Sprint(10 * (s + 1)))
			w := WorkplaceID(fmt.Sprintf("machine %d", r.IntN(200)))
			add(Event{Kind: Started, Order: order, Step: step, Workplace: w, Qty: 100})
			add(Event{Kind: Reported, Order: order, Step: step, Workplace: w, Qty: 60, Scrap: 1, Spent: time.Hour})
			add(Event{Kind: Reported, Order: order, Step: step, Workplace: w, Qty: 39, Spent: time.Hour})
		}
		add(Event{Kind: Delivered, Order: order, Point: p, Qty: 95})
		add(Event{Kind: Closed, Order: order})
	}
	return events
}

// Stocks, orders and hours of a shop floor are the sums of its events, at the end
// and in the middle, and again after a snapshot.
func TestManyEvents(t *testing.T) {
	n := 100_000
	if *size > 1_000_000 {
		n = *size
	}
	events := shopFloor(n)
	l := filled(t, events, 1000)
	var snapshot bytes.Buffer
	require.NoError(t, l.WriteSnapshot(&snapshot))
	again, err := Open(l, &snapshot)
	require.NoError(t, err)
	for _, when := range []time.Time{monday.Add(time.Duration(n/2) * time.Second), monday.Add(time.Duration(n) * time.Second)} {
		stock, worked, good := map[Point]Qty{}, map[WorkplaceID]time.Duration{}, map[OrderID]Qty{}
		for i := range events {
			e := &events[i]
			if e.At.After(when) {
				continue
			}
			switch e.Kind {
			case Issued:
				stock[e.Point] -= e.Qty
			case Delivered:
				stock[e.Point] += e.Qty
			case Reported:
				worked[e.Workplace] += e.Spent
				good[e.Order] += e.Qty
			}
		}
		for _, ledger := range []*Ledger{l, again} {
			for p, q := range stock {
				require.Equal(t, q, ledger.Balance(p, when))
			}
			for w, d := range worked {
				require.Equal(t, d, ledger.Spent(w, when).Duration())
			}
			for o, q := range good {
				for s := range 5 {
					step, _ := ledger.Step(o, StepID(fmt.Sprint(10*(s+1))), when)
					q -= step.Good
				}
				require.Zero(t, q)
			}
		}
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func filled(tb testing.TB, events []Event, batch int) *Ledger {
	l := new(Ledger)
	for i := 0; i < len(events); i += batch {
		require.NoError(tb, l.Append(events[i:min(len(events), i+batch)]...))
	}
	return l
}

var size = flag.Int("ledger.events", 1_000_000, "events of the ledgers that are measured")

func BenchmarkLedger(b *testing.B) {
	events := shopFloor(*size)
	for _, size := range []int{1, 20, 1000} {
		b.Run(fmt.Sprintf("Append/batch=%d", size), func(b *testing.B) {
			var bytes uint64
			for b.Loop() {
				b.StopTimer()
				before := heap()
				b.StartTimer()
				l := filled(b, events, size)
				b.StopTimer()
				bytes = heap() - before
				runtime.KeepAlive(l)
				b.StartTimer()
			}
			perSecond(b, len(events))
			b.ReportMetric(float64(bytes)/float64(len(events)), "B/event")
		})
	}
	l := filled(b, events, 1000)
	end := monday.Add(time.Duration(len(events)) * time.Second)
	past := func(i int) time.Time { return monday.Add(time.Duration(i*7919%len(events)) * time.Second) }
	b.Run("Balance/now", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.Balance(Point{events[i*17%len(events)].Point.Item, "store"}, end)
		}
	})
	b.Run("Balance/past", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.Balance(Point{events[i*17%len(events)].Point.Item, "store"}, past(i))
		}
	})
	b.Run("Step/past", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.Step(events[i*17%len(events)].Order, "30", past(i))
		}
	})
	b.Run("Spent/past", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.Spent("machine 7", past(i))
		}
	})
	b.Run("State/past", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.State(past(i))
		}
	})
	var snapshot bytes.Buffer
	require.NoError(b, l.WriteSnapshot(&snapshot))
	b.Run("Open/snapshot", func(b *testing.B) {
		for b.Loop() {
			_, err := Open(l, bytes.NewReader(snapshot.Bytes()))
			require.NoError(b, err)
		}
		perSecond(b, len(events))
	})
	b.Run("Open/storage", func(b *testing.B) {
		for b.Loop() {
			_, err := Open(l, nil)
			require.NoError(b, err)
		}
		perSecond(b, len(events))
	})
}

func perSecond(b *testing.B, events int) {
	b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
