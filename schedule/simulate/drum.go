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

func (DrumBufferRope) Period() time.Duration { return 0 }

func (p DrumBufferRope) Decide(f *Floor) {
	drum := f.Resource(p.Drum)
	for _, c := range (DueDate{}).sorted(f) {
		if gated(f, c, p.Gate) {
			continue
		}
		if visits(c, drum) {
			if f.Load(drum).Aggregate < p.Buffer {
				f.Release(c)
			}
		} else if !gated(f, c, c.Work+p.Buffer) {
			f.Release(c)
		}
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
