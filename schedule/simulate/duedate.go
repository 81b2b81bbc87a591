package simulate

import (
	"cmp"
	"slices"
	"time"
)

// DueDate releases an order at its planned release date: its due date, less its
// work and an allowance for each step, as if capacity were infinite. Orders
// without due date are released at once.
type DueDate struct {
	Allowance time.Duration // for each step, elapsed time
}

// Decide implements [Release].
func (d DueDate) Decide(f *Floor) {
	if f.Trigger > Arrival {
		return
	}
	for _, c := range f.Pool() {
		if at := d.date(c); !at.After(f.Now()) {
			f.Release(c)
		} else if f.Trigger == Arrival && c.Arrived.Equal(f.Now()) {
			f.Wake(at)
		}
	}
}

// Period implements [Release]; dates are enough.
func (DueDate) Period() time.Duration { return 0 }

// date returns the planned release date of an order.
func (d DueDate) date(c *Candidate) time.Time {
	if c.Due.IsZero() {
		return c.Arrived
	}
	return c.Due.Add(-c.Work - time.Duration(len(c.Visits))*d.Allowance)
}

// compare orders candidates by planned release date.
func (d DueDate) compare(a, b *Candidate) int {
	return cmp.Or(d.date(a).Compare(d.date(b)), cmp.Compare(a.index, b.index))
}

// sorted returns the pool by planned release date.
func (d DueDate) sorted(f *Floor) []*Candidate {
	pool := slices.Clone(f.Pool())
	slices.SortFunc(pool, d.compare)
	return pool
}
