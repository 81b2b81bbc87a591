package calendar

import (
	"math/rand/v2"
	"testing"
	"time"
)

// century is three shifts a day with breaks, Monday to Saturday, in a zone
// with daylight saving.
func century(b *testing.B) (*Calendar, *Timeline) {
	pause := func(s Shift) Shift {
		at := (s.Start + 4*h) % (24 * h)
		s.Breaks = []Break{{at, at + h/2}}
		return s
	}
	week := Workdays(pause(early), pause(late), pause(night))
	week[time.Saturday] = []Shift{{Start: 6 * h, End: 12 * h, Overtime: true}}
	c := &Calendar{Zone: "Europe/Berlin", Patterns: []Pattern{{Weeks: []Week{week}}}}
	t, err := c.Expand(date("2000-01-01").midnight(), date("2100-01-01").midnight())
	if err != nil {
		b.Fatal(err)
	}
	return c, t
}

func BenchmarkExpandCentury(b *testing.B) {
	c, t := century(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Expand(t.From(), t.To()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(t.Len()), "windows")
}

func BenchmarkExpandYear(b *testing.B) {
	c, _ := century(b)
	for b.Loop() {
		if _, err := c.Expand(date("2026-01-01").midnight(), date("2027-01-01").midnight()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTimeline(b *testing.B) {
	_, t := century(b)
	r := rand.New(rand.NewPCG(1, 1))
	at := make([]time.Time, 1024)
	for i := range at {
		at[i] = t.From().Add(time.Duration(r.Int64N(int64(t.To().Sub(t.From())))))
	}
	b.Run("Between", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			t.Between(at[i%1024], at[(i+1)%1024])
		}
	})
	b.Run("After", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			t.After(at[i%1024], 100*h)
		}
	})
	b.Run("Before", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			t.Before(at[i%1024], 100*h)
		}
	})
	b.Run("Next", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			t.Next(at[i%1024])
		}
	})
}
