package mapping

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// valueAt is the meaning of a calendar, word for word: of the buckets that are
// valid at an instant the one with the lowest priority rules, and of those the
// one that starts last.
func valueAt(k *model.Calendar, t time.Time) model.Amount {
	v, best := k.Default, (*model.Bucket)(nil)
	for _, b := range k.Buckets {
		hour := t.Sub(t.Truncate(day))
		valid := !t.Before(b.From) && (b.To.IsZero() || t.Before(b.To)) &&
			b.Days>>int(t.Weekday())&1 == 1 && hour >= b.Opens && hour < b.Closes
		if valid && (best == nil || b.Priority < best.Priority || b.Priority == best.Priority && b.From.After(best.From)) {
			v, best = b.Value, b
		}
	}
	return v
}

// Working time by weekly patterns, and values by stretches, are what the
// calendar means at every quarter of an hour.
func TestCalendarsMeanTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	from := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	quarter := 15 * time.Minute
	instant := func() time.Time { return from.Add(time.Duration(r.IntN(40*96)-5*96) * quarter) }
	for range 200 {
		k := &model.Calendar{Entity: model.Entity{Name: "k"}, Default: model.Amount(r.IntN(2)) * model.One}
		for range r.IntN(6) {
			b := &model.Bucket{Value: model.Amount(r.IntN(3)) * model.One, Priority: r.IntN(3), Days: 127, Closes: day}
			if r.IntN(3) > 0 {
				b.From = instant()
			}
			if r.IntN(3) > 0 {
				b.To = instant()
			}
			if r.IntN(2) == 0 {
				b.Days = r.IntN(128)
			}
			if r.IntN(2) == 0 {
				b.Opens = time.Duration(r.IntN(90)) * quarter
				b.Closes = b.Opens + time.Duration(1+r.IntN(96-int(b.Opens/quarter)))*quarter
			}
			k.Buckets = append(k.Buckets, b)
		}
		p := &schedule.Problem{From: from, To: from.Add(30 * day)}
		c := newCalendars(p)
		lines, err := calendar.Expand([]calendar.Calendar{c.working(k)}, p.From, p.To)
		require.NoError(t, err)
		values := c.values(k)
		for at := from; at.Before(p.To); at = at.Add(quarter) {
			want := valueAt(k, at)
			require.Equal(t, want != 0, lines[0].Working(at), "%v %+v", at, k)
			for !values[0].To.After(at) {
				values = values[1:]
			}
			require.Equal(t, want, values[0].Value, "%v", at)
		}
	}
}

// Hours that end before they begin reach into the next day.
func TestNightShift(t *testing.T) {
	k := &model.Calendar{Buckets: []*model.Bucket{{Value: model.One, Days: 1 << time.Monday, Opens: 22 * time.Hour, Closes: 6 * time.Hour}}}
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	var list []int
	for _, s := range profile(k, monday, monday.Add(3*day)) {
		if s.Value > 0 {
			list = append(list, int(s.From.Sub(monday).Hours()), int(s.To.Sub(monday).Hours()))
		}
	}
	assert.Equal(t, []int{22, 30}, list)
}

// A node is on a circle if one can get from it to itself; nodes between two
// circles count as well.
func TestCircular(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		n := 1 + r.IntN(8)
		var reach [8][8]bool
		var arcs [][2]int
		for range r.IntN(12) {
			a, b := r.IntN(n), r.IntN(n)
			arcs = append(arcs, [2]int{a, b})
			reach[a][b] = true
		}
		for k := range n {
			for i := range n {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
				}
			}
		}
		for i, got := range circular(n, arcs) {
			into, out := false, false
			for j := range n {
				into = into || reach[j][j] && (reach[j][i] || i == j)
				out = out || reach[j][j] && (reach[i][j] || i == j)
			}
			require.Equal(t, into && out, got, "%d of %v", i, arcs)
		}
	}
}
