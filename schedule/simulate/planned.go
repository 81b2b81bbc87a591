package simulate

import (
	"cmp"
	"time"
)

// Planned releases an order when the plan starts it, or some time ahead, so that
// the shop has a little more to choose from than the plan thought; and whenever
// a machine has run out of work, the order that the plan starts there first, if
// that is near: time that is lost on a machine does not come again. Orders
// without planned operations are released at once.
type Planned struct {
	Ahead time.Duration
	// Reach is how far ahead of the plan an order may be released for a machine
	// without work; 0 means no further than Ahead.
	Reach time.Duration
}

// Period implements [Release]; dates are enough.
func (Planned) Period() time.Duration { return 0 }

// Decide implements [Release].
func (p Planned) Decide(f *Floor) {
	for {
		c := f.first(comparePlanned, func(c *Candidate) bool {
			early := c.Planned.Sub(f.Now())
			return early <= p.Ahead || early <= p.Reach && starving(f, c)
		})
		if c == nil {
			break
		}
		f.Release(c)
	}
	if pool := f.Pool(); f.Trigger == Arrival && !pool[len(pool)-1].Released() {
		f.Wake(pool[len(pool)-1].Planned.Add(-p.Ahead)) // the one that has arrived
	}
}

func comparePlanned(a, b *Candidate) int {
	return cmp.Or(a.Planned.Compare(b.Planned), cmp.Compare(a.index, b.index))
}
