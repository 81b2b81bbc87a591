package simulate

import "time"

// Conwip keeps the number of orders in the shop constant: when one leaves, the
// next is released, by due date less work (Spearman, Woodruff and Hopp 1990).
type Conwip struct {
	Limit int // of orders in the shop; 0 means none
	// Gate keeps an order in the pool until so long before its due date; 0
	// means that there is none.
	Gate time.Duration
}

// Decide implements [Release].
func (p Conwip) Decide(f *Floor) {
	if f.Trigger == StepDone {
		return
	}
	for {
		if orders, _ := f.InShop(); p.Limit > 0 && orders >= p.Limit {
			return
		}
		c := f.first(DueDate{}.compare, func(c *Candidate) bool { return !gated(f, c, p.Gate) })
		if c == nil {
			return
		}
		f.Release(c)
	}
}

// Period implements [Release].
func (Conwip) Period() time.Duration { return 0 }

// gated reports whether it is too early for an order, and has the policy asked
// again when it no longer is.
func gated(f *Floor, c *Candidate, gate time.Duration) bool {
	if gate == 0 || c.Due.IsZero() {
		return false
	}
	opens := c.Due.Add(-gate)
	if !opens.After(f.Now()) {
		return false
	}
	if f.Trigger == Arrival && c.Arrived.Equal(f.Now()) {
		f.Wake(opens)
	}
	return true
}
