package simulate

import "time"

// WorkloadControl is LUMS COR (Thürer, Stevenson, Silva, Land and Fredendall
// 2012). At every check, orders are released by planned release date as long as
// the corrected aggregate load of each machine on their way stays within the
// norm; and whenever a machine has run out of work, the most urgent order whose
// first step is there is released, whatever the norm.
type WorkloadControl struct {
	Norm time.Duration
	// Check is the time between looks at the pool.
	Check time.Duration
	// Allowance per step of the planned release date.
	Allowance time.Duration
	// Gate is as for [Conwip].
	Gate time.Duration
}

// Period implements [Release].
func (p WorkloadControl) Period() time.Duration { return p.Check }

// Decide implements [Release].
func (p WorkloadControl) Decide(f *Floor) {
	if f.Trigger == Periodic {
		for _, c := range (DueDate{p.Allowance}).sorted(f) {
			if !gated(f, c, p.Gate) && p.fits(f, c) {
				f.Release(c)
			}
		}
	}
	for {
		c := f.first(DueDate{p.Allowance}.compare, func(c *Candidate) bool { return starving(f, c) && !gated(f, c, p.Gate) })
		if c == nil {
			return
		}
		f.Release(c)
	}
}

// fits reports whether all loads stay within the norm with an order.
func (p WorkloadControl) fits(f *Floor, c *Candidate) bool {
	for i, v := range c.Visits {
		if v.Resource >= 0 && f.Load(v.Resource).Corrected+v.Work/time.Duration(i+1) > p.Norm {
			return false
		}
	}
	return true
}

// starving reports whether the machine of an order's first step has no work.
func starving(f *Floor, c *Candidate) bool {
	return len(c.Visits) > 0 && c.Visits[0].Resource >= 0 && f.Load(c.Visits[0].Resource).Queue == 0
}
