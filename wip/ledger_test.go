package wip

import (
	"bytes"
	"errors"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// appendAll appends events in batches of up to size, some of them twice.
func appendAll(t *testing.T, r *rand.Rand, l *Ledger, w *twin, events []Event, size int) {
	t.Helper()
	for i := 0; i < len(events); {
		next := min(len(events), i+1+r.IntN(size))
		batch := events[max(0, i-r.IntN(5)):next] // with what came before
		require.NoError(t, l.Append(batch...))
		w.append(batch...)
		i = next
	}
}

// sameAsTwin compares all that a ledger says with the twin at some instants.
func sameAsTwin(t *testing.T, r *rand.Rand, l *Ledger, w *twin) {
	t.Helper()
	require.Equal(t, len(w.events), l.Len())
	hours := 2*len(w.events) + 10
	for range 5 {
		when := at(r.IntN(hours+20) - 10)
		want := w.state(when)
		require.Equal(t, want, l.State(when))
		for _, b := range want.Stock {
			require.Equal(t, b.Qty, l.Balance(b.Point, when))
		}
		for _, o := range want.Orders {
			got, ok := l.Order(o.Order, when)
			require.True(t, ok)
			require.Equal(t, o, got)
		}
		for _, p := range want.Progress {
			got, ok := l.Step(p.Order, p.Step, when)
			require.True(t, ok)
			require.Equal(t, p, got)
		}
		for _, h := range want.Hours {
			require.Equal(t, h.Spent, l.Spent(h.Workplace, when))
			_, down := l.Down(h.Workplace, when)
			require.Equal(t, slices.ContainsFunc(want.Down, func(s Standstill) bool { return s.Workplace == h.Workplace }), down)
		}
		for _, s := range want.Down {
			got, _ := l.Down(s.Workplace, when)
			require.Equal(t, s, got)
		}
		for _, q := range want.Received {
			require.Equal(t, q.Qty, l.Received(q.Receipt, when))
		}
		for _, q := range want.Shipped {
			require.Equal(t, q.Qty, l.Shipped(q.Line, when))
		}
	}
	from, to := at(r.IntN(hours)), at(r.IntN(hours))
	want := w.until(to.Add(-1))
	want = slices.DeleteFunc(want, func(e Event) bool { return e.At.Before(from) })
	got := slices.Collect(l.Between(from, to))
	require.Equal(t, len(want), len(got))
	for i := range want {
		require.Equal(t, want[i], got[i])
	}
}

// Random events, late ones, batches of any size, replays: all that the ledger
// says, at any instant, is what a recomputation from the list says.
func TestLedgerIsRecomputation(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 60 {
		var l Ledger
		var w twin
		appendAll(t, r, &l, &w, randomEvents(r, 1+r.IntN(400)), 1+r.IntN(100))
		sameAsTwin(t, r, &l, &w)
	}
}

// Whatever the order and the batches in which events come, the state is the
// same; only at one instant does the order of appending count.
func TestOrderOfAppendingDoesNotCount(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 30 {
		events := randomEvents(r, 200)
		for i := range events {
			events[i].At = events[i].At.Add(time.Duration(i)) // no two at one instant
		}
		var one, other Ledger
		require.NoError(t, one.Append(events...))
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		appendAll(t, r, &other, new(twin), events, 20)
		for hour := 0; hour < 420; hour += 20 {
			require.Equal(t, one.State(at(hour)), other.State(at(hour)))
		}
		require.Equal(t, slices.Collect(one.Between(at(0), at(999))), slices.Collect(other.Between(at(0), at(999))))
	}
}

// Breaches and movements against a look at every hour.
func TestLedgerHourByHour(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	p := Point{"item0", "place0"}
	for range 200 {
		var l Ledger
		require.NoError(t, l.Append(randomEvents(r, 60)...))
		stock := func(hour int) (sum Qty) {
			for m := range l.Movements(p) {
				if !m.At.After(at(hour)) {
					sum += m.Delta
				}
			}
			return sum
		}
		n := Norm{Point: p, Min: Qty(r.IntN(8)), Max: Qty(r.IntN(3) * 9)}
		if r.IntN(2) == 0 {
			n.From, n.To = at(r.IntN(50)), at(50+r.IntN(40))
		}
		from, to := r.IntN(60), 60+r.IntN(80)
		var want []Breach
		for hour := from; hour < to; hour++ {
			s := stock(hour)
			require.Equal(t, s, l.Balance(p, at(hour)))
			short, excess := s < n.Min, n.Max > 0 && s > n.Max
			if !n.EffectiveAt(at(hour)) || !short && !excess {
				continue
			}
			if k := len(want) - 1; k >= 0 && want[k].To.Equal(at(hour)) && (want[k].Worst < n.Min) == short {
				want[k].To = at(hour + 1)
				if short && s < want[k].Worst || excess && s > want[k].Worst {
					want[k].Worst = s
				}
			} else {
				want = append(want, Breach{n, at(hour), at(hour + 1), s})
			}
		}
		require.Equal(t, want, l.Breaches([]Norm{n}, at(from), at(to)))
	}
}

// A batch with a mistake in it changes nothing, and all mistakes are told.
func TestAllOrNothing(t *testing.T) {
	p := Point{"shaft", "store"}
	ok := Event{Key: "ok", Kind: Delivered, At: at(1), Order: "1", Point: p, Qty: 5}
	with := func(change func(*Event)) Event {
		e := ok
		e.Key = "bad"
		change(&e)
		return e
	}
	for _, c := range []struct {
		bad  Event
		want Code
		path string
	}{
		{with(func(e *Event) { e.Key = "" }), MissingID, "Key"},
		{with(func(e *Event) { e.Key = strings.Repeat("x", MaxKey+1) }), BadID, "Key"},
		{with(func(e *Event) { e.Kind = 0 }), BadKind, "Kind"},
		{with(func(e *Event) { e.Kind = eventKinds }), BadKind, "Kind"},
		{with(func(e *Event) { e.At = time.Time{} }), BadTime, "At"},
		{with(func(e *Event) { e.At = e.At.AddDate(300, 0, 0) }), BadTime, "At"},
		{with(func(e *Event) { e.Order = "" }), MissingID, "Order"},
		{with(func(e *Event) { e.Point = Point{} }), MissingID, "Point.Item"},
		{with(func(e *Event) { e.Kind, e.Qty = Adjusted, 1; e.Order = "" }), MissingID, "Cause"},
		{with(func(e *Event) { e.Line = "L" }), Unexpected, "Line"},
		{with(func(e *Event) { e.Scrap = 1 }), Unexpected, "Scrap"},
		{with(func(e *Event) { e.Qty = 0 }), ZeroDelta, "Qty"},
		{with(func(e *Event) { e.Qty = -1 }), Negative, "Qty"},
		{with(func(e *Event) { e.Qty = math.MaxInt64 }), Overflow, "Qty"},
		{with(func(e *Event) { e.Key, e.Qty = "ok", 6 }), KeyConflict, "Key"},
	} {
		var l Ledger
		require.NoError(t, l.Append(ok))
		err := l.Append(Event{Key: "good", Kind: Closed, At: at(2), Order: "1"}, c.bad, ok)
		assert.Equal(t, []Code{c.want}, codes(t, err))
		assert.Equal(t, "Events[1]."+c.path, err.(*InvalidError).Issues[0].Path)
		assert.Equal(t, 1, l.Len())
		assert.Equal(t, Qty(5), l.Balance(p, at(9)))
		require.NoError(t, l.Append(Event{Key: "good", Kind: Closed, At: at(2), Order: "1"}), "its key is free")
		if c.want != KeyConflict {
			assert.Error(t, c.bad.Validate())
		}
	}
	var l Ledger
	err := l.Append(Event{}, ok, with(func(e *Event) { e.Key, e.Qty = "ok", 1 }))
	assert.Equal(t, []Code{MissingID, BadTime, BadKind, KeyConflict}, codes(t, err), "everything at once")
	assert.NoError(t, ok.Validate())
	assert.Zero(t, l.Len())
}

func TestNegativeStock(t *testing.T) {
	p := Point{"shaft", "store"}
	in := Event{Key: "in", Kind: Received, At: at(5), Receipt: "R", Point: p, Qty: 10}
	out := Event{Key: "out", Kind: Issued, At: at(3), Order: "1", Point: p, Qty: 8}

	var l Ledger
	require.NoError(t, l.Append(out), "a fact, though the books miss something")
	assert.Equal(t, Qty(-8), l.Balance(p, at(4)))
	require.NoError(t, l.Append(in))
	assert.Equal(t, Qty(2), l.Balance(p, at(5)))
	assert.Equal(t, []Breach{{Norm{Point: p}, at(3), at(5), -8}}, l.Overdrawn(at(0), at(24)))

	strict := Ledger{Strict: true}
	assert.Equal(t, []Code{NegativeStock}, codes(t, strict.Append(out)))
	require.NoError(t, strict.Append(in), "as if nothing had been")
	require.NoError(t, strict.Append(out), "late: the past was negative, the present is not")
	out.Key = "again"
	assert.EqualError(t, strict.Append(out), "wip: Events[0].Qty: takes 8 of 2")
}

// The books of a ledger cannot overflow, however many large amounts they hold.
func TestBooksDoNotOverflow(t *testing.T) {
	var l Ledger
	e := Event{Kind: Adjusted, At: at(0), Point: Point{Item: "sand"}, Qty: MaxEventQty, Cause: "opening"}
	n := int(math.MaxInt64 / MaxEventQty)
	for i := range n {
		e.Key = time.Duration(i).String()
		require.NoError(t, l.Append(e))
	}
	e.Key = "one more"
	assert.Equal(t, []Code{Overflow}, codes(t, l.Append(e)))
	assert.Equal(t, Qty(n)*MaxEventQty, l.Balance(e.Point, at(0)))
}

// Ten thousand years of a pool's work add up; those of a single step stop.
func TestWorkAddsUp(t *testing.T) {
	var l Ledger
	const year = 365 * 24 * time.Hour
	for i := range 50 {
		e := Event{Key: time.Duration(i).String(), Kind: Reported, At: at(i), Order: "1", Step: "dig", Workplace: "pool", Spent: 200 * year}
		require.NoError(t, l.Append(e))
	}
	s, _ := l.Step("1", "dig", at(50))
	assert.Equal(t, time.Duration(math.MaxInt64), s.Spent)
	assert.Equal(t, 10_000*year.Hours(), l.Spent("pool", at(50)).Hours())
	assert.Equal(t, 200*year, l.Spent("pool", at(0)).Duration())
	assert.Greater(t, l.Spent("pool", at(50)).Duration(), 292*year)
}

// A faulty is a storage that fails now and then: before it has kept a batch,
// or after, when the answer is lost.
type faulty struct {
	Ledger
	r *rand.Rand
}

var errFault = errors.New("fault")

func (s *faulty) Append(events ...Event) error {
	if s.r.IntN(3) == 0 {
		return errFault
	}
	if err := s.Ledger.Append(events...); err != nil {
		return err
	}
	if s.r.IntN(3) == 0 {
		return errFault
	}
	return nil
}

func (s *faulty) Events(position int) iter.Seq2[Event, error] {
	if s.r.IntN(4) > 0 {
		return s.Ledger.Events(position)
	}
	return func(yield func(Event, error) bool) {
		n := s.r.IntN(10)
		for e := range s.Ledger.Events(position) {
			if n--; n < 0 {
				break
			}
			if !yield(e, nil) {
				return
			}
		}
		yield(Event{}, errFault)
	}
}

// Batches that arrive twice, out of order, from clocks that go backwards, over
// a storage that fails before or after keeping them, with a new ledger opened
// from storage and an old snapshot now and then: a sender that repeats a batch
// until it is acknowledged loses nothing, and nothing counts twice.
func TestFaults(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 30 {
		storage := &faulty{r: r}
		l := open(t, storage, nil)
		var w twin
		var snapshot []byte
		var batches [][]Event
		for batch := range slices.Chunk(randomEvents(r, 300), 1+r.IntN(40)) {
			batches = append(batches, batch)
		}
		r.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
		for i, batch := range batches {
			for l.Append(batch...) != nil {
				if r.IntN(4) == 0 {
					l = open(t, storage, snapshot)
				}
			}
			w.append(batch...)
			again := batches[r.IntN(i+1)]
			for l.Append(again...) != nil { // an answer that was lost
			}
			if r.IntN(4) == 0 {
				var b bytes.Buffer
				require.NoError(t, l.WriteSnapshot(&b))
				snapshot = b.Bytes()
			}
		}
		sameAsTwin(t, r, l, &w)
		again := open(t, storage, snapshot)
		sameAsTwin(t, r, again, &w)
		assert.Equal(t, collect(l), collect(&storage.Ledger), "and in the storage")
	}
}

// open opens a ledger of a storage that may fail at first.
func open(t *testing.T, s Storage, snapshot []byte) *Ledger {
	t.Helper()
	for {
		var r *bytes.Reader
		l, err := Open(s, nil)
		if snapshot != nil {
			r = bytes.NewReader(snapshot)
			l, err = Open(s, r)
		}
		if err == nil {
			return l
		}
		require.ErrorIs(t, err, errFault)
	}
}

func collect(l *Ledger) (events []Event) {
	for e := range l.Events(0) {
		events = append(events, e)
	}
	return events
}

// A snapshot torn at any byte, or with any byte changed, is refused.
func TestTornSnapshot(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	var l Ledger
	require.NoError(t, l.Append(randomEvents(r, 50)...))
	var b bytes.Buffer
	require.NoError(t, l.WriteSnapshot(&b))
	whole := b.Bytes()
	again, err := Open(&l, bytes.NewReader(whole))
	require.NoError(t, err)
	_, err = Open(new(Ledger), bytes.NewReader(whole))
	assert.EqualError(t, err, "wip: snapshot: the storage does not keep its last event")
	assert.Equal(t, collect(&l), collect(again))
	assert.Equal(t, l.State(at(60)), again.State(at(60)))
	for i := range whole {
		var bad *SnapshotError
		_, err := Open(&l, bytes.NewReader(whole[:i]))
		require.ErrorAs(t, err, &bad, "torn at %d", i)
		changed := slices.Clone(whole)
		changed[i] ^= 1 << r.IntN(8)
		_, err = Open(&l, bytes.NewReader(changed))
		require.ErrorAs(t, err, &bad, "changed at %d", i)
	}
}

// FuzzSnapshot looks for snapshots with right checksums that do harm.
func FuzzSnapshot(f *testing.F) {
	var l Ledger
	require.NoError(f, l.Append(randomEvents(rand.New(rand.NewPCG(1, 1)), 5)...))
	for _, kind := range []byte{nameBlock, eventBlock, endBlock} {
		f.Add(kind, []byte{1, 'a', 3, 1, 2, 3})
	}
	f.Fuzz(func(t *testing.T, kind byte, content []byte) {
		var b bytes.Buffer
		b.WriteString(snapshotHeader)
		w := blockWriter{out: &b}
		w.text("name")
		w.flush(nameBlock, 0)
		w.buf = content
		w.flush(kind, 0)
		w.buf = []byte{1}
		w.flush(endBlock, 0)
		var l Ledger
		if l.readSnapshot(&b) == nil {
			l.State(at(0))
		}
	})
}

func TestForeignStorage(t *testing.T) {
	for name, s := range map[string]storageOf{
		"malformed": {{Key: "1"}},
		"twice":     {{Key: "1", Kind: Closed, At: at(0), Order: "A"}, {Key: "1", Kind: Closed, At: at(0), Order: "A"}},
	} {
		_, err := Open(s, nil)
		assert.ErrorIs(t, err, ErrStorage, name)
	}
}

type storageOf []Event

func (s storageOf) Append(...Event) error { return errFault }
func (s storageOf) Events(int) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for _, e := range s {
			if !yield(e, nil) {
				return
			}
		}
	}
}
