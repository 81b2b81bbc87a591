package calendar

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// hours are counted from monday.
func hour(h float64) time.Time { return monday.Add(time.Duration(h * float64(time.Hour))) }

func timeline(t testing.TB, ws ...Window) *Timeline {
	t.Helper()
	tl, err := NewTimeline(hour(0), hour(100), ws...)
	require.NoError(t, err)
	return tl
}

func TestQueriesAtTheEdges(t *testing.T) {
	tl := timeline(t,
		Window{From: hour(10), To: hour(14)},
		Window{From: hour(14), To: hour(18), Rate: 500},
		Window{From: hour(30), To: hour(40), Rate: 2000, Overtime: true},
	)
	between := []struct {
		from, to float64
		want     time.Duration
	}{
		{0, 100, 26 * time.Hour}, {-500, 500, 26 * time.Hour}, {12, 16, 3 * time.Hour},
		{14, 14, 0}, {16, 12, 0}, {18, 30, 0}, {17, 31, 2*time.Hour + 30*time.Minute}, {100, 200, 0},
	}
	for _, c := range between {
		assert.Equal(t, c.want, tl.Between(hour(c.from), hour(c.to)), "between %v and %v", c.from, c.to)
	}
	const never = -1
	ask := []struct {
		ask          func(time.Time, time.Duration) (time.Time, bool)
		name         string
		at, work     float64
		want         float64
		wantNotFound bool
	}{
		{tl.After, "after", 0, 0, 10, false}, {tl.After, "after", 12, 0, 12, false}, {tl.After, "after", 18, 0, 30, false},
		{tl.After, "after", 40, 0, never, true}, {tl.After, "after", 39.5, 2, never, true},
		{tl.After, "after", 12, 2, 14, false}, {tl.After, "after", 12, 3, 16, false}, {tl.After, "after", -9, 4, 14, false},
		{tl.After, "after", 0, 6, 18, false}, {tl.After, "after", 0, 26, 40, false}, {tl.After, "after", 20, 4, 32, false},
		{tl.Before, "before", 10, 0, never, true}, {tl.Before, "before", 12, 0, 12, false}, {tl.Before, "before", 25, 0, 18, false},
		{tl.Before, "before", 14, 2, 12, false}, {tl.Before, "before", 16, 3, 12, false}, {tl.Before, "before", 99, 26, 10, false},
		{tl.Before, "before", 99, 27, never, true}, {tl.Before, "before", 32, 4, 30, false}, {tl.Before, "before", 32, 5, 16, false},
		{tl.Before, "before", 18, 2, 14, false}, {tl.Before, "before", 500, 20, 30, false},
	}
	for _, c := range ask {
		got, ok := c.ask(hour(c.at), time.Duration(c.work*float64(time.Hour)))
		assert.Equal(t, !c.wantNotFound, ok, "%s %v %v", c.name, c.at, c.work)
		if ok {
			assert.Equal(t, hour(c.want), got, "%s %v %v", c.name, c.at, c.work)
		}
	}
	assert.True(t, tl.Working(hour(10)))
	assert.False(t, tl.Working(hour(18)))
	assert.Equal(t, 3, tl.Len())
	var merged []time.Time
	for from, to := range tl.Intervals() {
		merged = append(merged, from, to)
	}
	assert.Equal(t, []time.Time{hour(10), hour(18), hour(30), hour(40)}, merged)
	assert.Equal(t, 6*time.Hour, tl.Regular().Between(hour(0), hour(100)))
	assert.Equal(t, 20*time.Hour, tl.Overtime().Between(hour(0), hour(100)))
	assert.Panics(t, func() { tl.After(hour(0), -1) })
	assert.Panics(t, func() { tl.Before(hour(0), -1) })
}

func TestZeroTimeline(t *testing.T) {
	var tl Timeline
	_, after := tl.After(monday, 0)
	_, before := tl.Before(monday, 1)
	assert.False(t, after || before || tl.Working(monday))
	assert.Zero(t, tl.Between(time.Time{}, monday))
}

// randomTimeline has windows that touch, overlap and lie apart, down to single
// nanoseconds, at rates up to most.
func randomTimeline(t testing.TB, r *rand.Rand, most int) *Timeline {
	unit := []time.Duration{1, time.Microsecond, time.Minute, time.Hour}[r.IntN(4)]
	var ws []Window
	at := monday
	for range r.IntN(12) {
		from := at.Add(time.Duration(r.IntN(6)-2) * unit)
		at = from.Add(time.Duration(1+r.IntN(8)) * unit)
		rate := 1000
		if r.IntN(2) == 0 {
			rate = 1 + r.IntN(most)
		}
		ws = append(ws, Window{from, at, rate, r.IntN(4) == 0})
	}
	tl, err := NewTimeline(monday.Add(-time.Duration(r.IntN(9))*unit), monday.Add(time.Duration(1+r.IntN(80))*unit), ws...)
	require.NoError(t, err)
	return tl
}

// someTime returns an instant near the horizon or at the end of a window.
func someTime(r *rand.Rand, tl *Timeline) time.Time {
	if n := len(tl.windows); n > 0 && r.IntN(2) == 0 {
		w := tl.windows[r.IntN(n)]
		return instantOf([2]int64{w.from, w.to}[r.IntN(2)] + r.Int64N(3) - 1)
	}
	span := tl.horizon.to - tl.horizon.from
	return instantOf(tl.horizon.from + r.Int64N(2*span+2) - span/2)
}

func rounds(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

func TestLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range rounds(20_000) {
		tl := randomTimeline(t, r, 1000)
		a, b, c := someTime(r, tl), someTime(r, tl), someTime(r, tl)
		if b.Before(a) {
			a, b = b, a
		}
		ab := tl.Between(a, b)

		require.GreaterOrEqual(t, ab, time.Duration(0))
		require.LessOrEqual(t, ab, b.Sub(a), "no faster than the clock")
		if !c.Before(b) {
			require.Equal(t, tl.Between(a, c), ab+tl.Between(b, c), "additive")
			require.LessOrEqual(t, ab, tl.Between(a, c), "monotonic")
		}

		work := time.Duration(r.Int64N(int64(ab) + 2))
		end, ok := tl.After(a, work)
		require.Equal(t, work <= tl.Between(a, tl.To()) && (work > 0 || tl.Working(a) || ok), ok)
		if ok {
			require.Equal(t, work, tl.Between(a, end), "inverse")
			require.False(t, end.Before(a))
			if work > 0 {
				require.Less(t, tl.Between(a, end.Add(-1)), work, "earliest")
			}
			if back, ok := tl.Before(end, work); work > 0 {
				require.True(t, ok)
				require.Zero(t, tl.Between(back, a), "latest start is not before a start")
			}
		}
		start, ok := tl.Before(b, work)
		if ok {
			require.Equal(t, work, tl.Between(start, b), "inverse backwards")
			require.False(t, start.After(b))
			if work > 0 {
				k, _ := tl.at(start)
				nanosecond := time.Duration(k.elapsed(1))
				require.Less(t, tl.Between(start.Add(nanosecond), b), work, "latest")
				forth, ok := tl.After(start, work)
				require.True(t, ok)
				require.False(t, forth.After(b), "earliest end is not after an end")
			}
		}
		if next, ok := tl.Next(a); ok {
			require.True(t, tl.Working(next))
			require.Zero(t, tl.Between(a, next))
		}
	}
}

// At high rates several units of work are done in one nanosecond.
func TestLawsAtHighRates(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range rounds(5_000) {
		tl := randomTimeline(t, r, maxRate)
		a := someTime(r, tl)
		work := time.Duration(r.Int64N(int64(tl.total()) + 2))
		if end, ok := tl.After(a, work); ok && work > 0 {
			done := tl.Between(a, end)
			require.True(t, work <= done && done < work+maxRate/fullRate)
			require.Less(t, tl.Between(a, end.Add(-1)), work)
		}
		if start, ok := tl.Before(a, work); ok && work > 0 {
			done := tl.Between(start, a)
			require.True(t, work <= done && done < work+maxRate/fullRate)
			k, _ := tl.at(start)
			require.Less(t, tl.Between(start.Add(time.Duration(k.elapsed(1))), a), work)
		}
	}
}

func TestWorkBeyondDuration(t *testing.T) {
	from := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	to := time.Date(2190, 1, 1, 0, 0, 0, 0, time.UTC)
	middle := from.AddDate(20, 0, 0)
	tl, err := NewTimeline(from, to, Window{From: from, To: middle, Rate: 10000}, Window{From: middle, To: to, Rate: 9999})
	require.NoError(t, err)
	assert.Equal(t, time.Duration(1<<63-1), tl.Between(from, to))
	assert.Equal(t, 10*middle.Sub(from), tl.Between(from, middle))
	end, ok := tl.After(from, 1<<63-1)
	assert.True(t, ok && end.After(middle) && end.Before(to))
}

func TestNewTimelineListsMistakes(t *testing.T) {
	_, err := NewTimeline(hour(1), hour(1), Window{From: hour(2), To: hour(1), Rate: -1})
	assert.Equal(t, []Code{BadHorizon, BadRange, BadRate}, codes(t, err))
	assert.Empty(t, Always(hour(1), hour(1)).Len())
	assert.Equal(t, time.Hour, Always(hour(0), hour(1)).Between(hour(-5), hour(5)))
}

func codes(t testing.TB, err error) []Code {
	t.Helper()
	var invalid *InvalidError
	require.ErrorAs(t, err, &invalid)
	var found []Code
	for _, i := range invalid.Issues {
		found = append(found, i.Code)
	}
	return found
}

// The algebra is that of sets, instant by instant.
func TestAlgebra(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range rounds(5_000) {
		a, b, c := randomTimeline(t, r, maxRate), randomTimeline(t, r, maxRate), randomTimeline(t, r, maxRate)
		union, common, without := Union(a, b), Intersection(a, b), Difference(a, b)

		for range 10 {
			at := someTime(r, union)
			ka, inA := a.at(at)
			kb, inB := b.at(at)
			ku, inU := union.at(at)
			kc, inC := common.at(at)
			kw, inW := without.at(at)
			require.Equal(t, inA || inB, inU)
			require.Equal(t, inA && inB, inC)
			require.Equal(t, inA && !inB, inW)
			if inC {
				require.Equal(t, kind{min(ka.rate, kb.rate), ka.overtime || kb.overtime}, kc)
				require.True(t, ku == ka || ku == kb)
				require.False(t, ka.better(ku) || kb.better(ku))
			}
			if inW {
				require.Equal(t, ka, kw)
			}
			km, inM := a.Within(b).at(at)
			require.Equal(t, inC, inM)
			if inM {
				require.Equal(t, kind{ka.rate, ka.overtime || kb.overtime}, km)
			}
		}
		for _, tl := range []*Timeline{union, common, without} {
			requireCanonical(t, tl)
		}
		require.Equal(t, union.windows, Union(b, a).windows)
		require.Equal(t, common.windows, Intersection(b, a).windows)
		require.Equal(t, Union(union, c).windows, Union(a, Union(b, c)).windows)
		require.Equal(t, Intersection(common, c).windows, Intersection(a, Intersection(b, c)).windows)
		require.Equal(t, a.windows, Union(a, a).windows)
		require.Equal(t, a.windows, Intersection(a, a).windows)
		require.Empty(t, Difference(a, a).windows)
		require.Equal(t, a.windows, Union(a.Regular(), a.Overtime()).windows)
	}
	assert.Zero(t, Union().Len()+Intersection().Len())
}

// at returns the kind of work at an instant, by looking at all windows.
func (t *Timeline) at(at time.Time) (kind, bool) {
	i := slices.IndexFunc(t.windows, func(w window) bool { return w.from <= at.UnixNano() && at.UnixNano() < w.to })
	if i < 0 {
		return kind{}, false
	}
	return t.windows[i].kind, true
}

// requireCanonical checks the invariants of a timeline.
func requireCanonical(t *testing.T, tl *Timeline) {
	t.Helper()
	done := int64(0)
	for i, w := range tl.windows {
		require.Less(t, w.from, w.to)
		require.Equal(t, done, w.before)
		require.True(t, tl.horizon.from <= w.from && w.to <= tl.horizon.to)
		if i > 0 {
			last := tl.windows[i-1]
			require.True(t, last.to < w.from || last.to == w.from && last.kind != w.kind)
		}
		done += w.work()
	}
}
