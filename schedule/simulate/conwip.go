package simulate

import "time"

// Conwip keeps the number of orders in the shop constant: when one leaves, the
// next is released, by planned release date, which with no allowance is close to
// that by due date (Spearman, Woodruff and Hopp 1990).
type Conwip struct {
	Limit int // orders in the shop; 0 means no limit
	// Gate keeps an order in the pool until so long before its due date; 0
	// means that there is none.
	Gate time.Duration
}

func (p Conwip) Decide(f *Floor) {
	for _, c := range (DueDate{}).sorted(f) {
		if orders, _ := f.InShop(); p.Limit > 0 && orders >= p.Limit {
			return
		}
		if !gated(f, c, p.Gate) {
			f.Release(c)
		}
	}
}

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
	if f.Trigger == Arrival {
		f.Wake(opens)
	}
	return true
}
