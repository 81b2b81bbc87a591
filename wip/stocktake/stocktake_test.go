package stocktake

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/wip"
)

// Random ledgers are counted at random; with the events posted, the books agree
// with every count, and nothing else has changed.
func TestBooksAgreeAfterwards(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for range 200 {
		var l wip.Ledger
		var events []wip.Event
		add := func(e wip.Event) {
			e.Key, e.At = fmt.Sprint(len(events)), start.Add(time.Duration(len(events))*time.Minute)
			events = append(events, e)
		}
		var routes []Route
		for o := range 1 + r.IntN(3) {
			route := Route{Order: wip.OrderID(fmt.Sprint("o", o))}
			add(wip.Event{Kind: wip.Released, Order: route.Order, Point: wip.Point{Item: "x"}, Qty: 100})
			left := wip.Qty(100)
			for k := range 1 + r.IntN(4) {
				step := wip.StepID(fmt.Sprint("s", k))
				route.Steps = append(route.Steps, step)
				if left = wip.Qty(r.Int64N(int64(left) + 1)); left > 0 {
					add(wip.Event{Kind: wip.Reported, Order: route.Order, Step: step, Qty: left})
				}
			}
			routes = append(routes, route)
		}
		for i := range r.IntN(4) {
			add(wip.Event{Kind: wip.Adjusted, Point: wip.Point{Item: wip.ItemID(fmt.Sprint("i", i))}, Qty: wip.Qty(1 + r.IntN(50)), Cause: "opening"})
		}
		require.NoError(t, l.Append(events...))
		state := l.State(start.Add(time.Hour))
		sheet := NewSheet("S", &state, routes)
		want := map[Place]wip.Qty{}
		var counts []Count
		differ := 0
		for _, line := range sheet.Lines {
			want[line.Place] = line.Book
			if r.IntN(3) > 0 {
				q := max(0, line.Book+wip.Qty(r.IntN(7)-3))
				counts = append(counts, Count{Place: line.Place, Qty: q, Cause: []string{"", "loss"}[r.IntN(2)]})
				want[line.Place] = q
				if q != line.Book {
					differ++
				}
			}
		}
		result, err := Reconcile(sheet, counts, func(_ *Line, q wip.Qty) int64 { return 2 * int64(q) })
		require.NoError(t, err)
		require.Len(t, result.Uncounted, len(sheet.Lines)-len(counts))
		require.NoError(t, l.Append(result.Events()...))
		again := l.Len()
		require.NoError(t, l.Append(result.Events()...))
		require.Equal(t, again, l.Len(), "posting twice changes nothing")
		state = l.State(start.Add(time.Hour))
		for _, line := range NewSheet("T", &state, routes).Lines {
			require.Equal(t, want[line.Place], line.Book, "%v", line.Place)
		}
		lines := 0
		for _, c := range result.Causes() {
			lines += c.Lines
		}
		require.Equal(t, differ, lines)
		if len(counts) > 0 {
			require.InDelta(t, 1-float64(differ)/float64(len(counts)), result.Accuracy(), 1e-12)
		}
	}
}

// What is found where nothing should be is a line of its own.
func TestFound(t *testing.T) {
	s := &Sheet{ID: "S"}
	found := Place{Point: wip.Point{Item: "x", Place: "attic"}}
	r, err := Reconcile(s, []Count{{Place: found, Qty: 3}}, nil)
	require.NoError(t, err)
	require.Len(t, r.Found, 1)
	assert.Equal(t, wip.Qty(3), r.Found[0].Difference)
	events := r.Events()
	require.Len(t, events, 2)
	assert.Equal(t, wip.Adjusted, events[1].Kind)
	assert.Equal(t, 1.0, (&Result{}).Accuracy())
}

func TestOnly(t *testing.T) {
	s := &Sheet{Lines: []Line{{Where: "a"}, {Where: "b"}}}
	assert.Len(t, s.Only(func(l *Line) bool { return l.Where == "b" }).Lines, 1)
	assert.Len(t, s.Lines, 2)
}

func TestEveryMistakeIsListed(t *testing.T) {
	p := Place{Point: wip.Point{Item: "x"}}
	_, err := Reconcile(&Sheet{}, []Count{{Place: p, Qty: -1}, {Place: p}, {}, {Place: Place{Point: p.Point, Order: "1", Step: "s"}}}, nil)
	var invalid *wip.InvalidError
	require.ErrorAs(t, err, &invalid)
	var codes []wip.Code
	for _, i := range invalid.Issues {
		codes = append(codes, i.Code)
	}
	assert.Equal(t, []wip.Code{wip.Negative, Twice, BadPlace, BadPlace}, codes)
}
