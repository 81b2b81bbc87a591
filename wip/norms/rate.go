package norms

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A Rate is a steady amount in a time: a programme of 1200 pieces in 20 days is
// 60 a day.
type Rate struct {
	Qty wip.Qty       // at least 0
	Per time.Duration // greater than 0
}

// Over returns what comes or goes in d, rounded up, and whether r is a rate
// and the amount fits. It is 0 for a d that is not positive.
func (r Rate) Over(d time.Duration) (q wip.Qty, ok bool) {
	if r.Qty < 0 || r.Per <= 0 {
		return 0, false
	}
	return r.Qty.MulDivUp(int64(max(0, d)), int64(r.Per))
}

// Time returns how long q takes, rounded up, and whether that is finite and
// fits.
func (r Rate) Time(q wip.Qty) (d time.Duration, ok bool) {
	if r.Qty <= 0 || r.Per <= 0 || q < 0 {
		return 0, false
	}
	n, ok := q.MulDivUp(int64(r.Per), int64(r.Qty))
	return time.Duration(n), ok
}
