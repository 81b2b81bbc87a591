package simulate

import (
	"time"

	"github.com/taktplan/takt/schedule"
)

// DrumBufferRope releases by what the constraint can take (Goldratt). The drum
// works by due date, so that an order's date there is when the work before it
// is done; it is released a buffer earlier, which is when less than the buffer's
// length of released work is ahead of the drum. Orders that do not visit the
// drum are released a buffer before their due date.
type DrumBufferRope struct {
	Drum   schedule.ResourceID
	Buffer time.Duration
	// Gate is as for [Conwip].
	Gate time.Duration
}

// Period implements [Release].
func (DrumBufferRope) Period() time.Duration { return 0 }

// Decide implements [Release].
func (p DrumBufferRope) Decide(f *Floor) {
	drum := f.Resource(p.Drum)
	for {
		c := f.first(DueDate{}.compare, func(c *Candidate) bool {
			if visits(c, drum) {
				return f.Load(drum).Aggregate < p.Buffer && !gated(f, c, p.Gate)
			}
			return !gated(f, c, c.Work+p.Buffer)
		})
		if c == nil {
			return
		}
		f.Release(c)
	}
}

func visits(c *Candidate, r int) bool {
	for _, v := range c.Visits {
		if v.Resource == r {
			return true
		}
	}
	return false
}
