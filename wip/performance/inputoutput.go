package performance

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A WorkFlow is the work, in hours, that came to a work centre in a period and
// that went from it.
type WorkFlow struct{ PlannedIn, In, PlannedOut, Out time.Duration }

// A Backlog is the state of input/output control (Plossl and Wight 1973) at the
// end of a period.
type Backlog struct {
	// InDeviation and OutDeviation are actual less planned, added up since the
	// first period.
	InDeviation, OutDeviation time.Duration
	Backlog                   time.Duration // opening + in − out
	// Queue is how many periods the backlog lasts at the output of this one;
	// 0 if there was none.
	Queue float64
}

// InputOutput returns the state after each period from an opening backlog on.
// Periods must not be negative; sums are limited to 292 years of work.
func InputOutput(opening time.Duration, periods []WorkFlow) ([]Backlog, error) {
	var c check
	c.notNegative("opening", int64(opening))
	states := make([]Backlog, 0, len(periods))
	var in, out, plannedIn, plannedOut wip.Qty
	for i, p := range periods {
		c.add(&in, wip.Qty(p.In), at("periods", i, "In"))
		c.add(&out, wip.Qty(p.Out), at("periods", i, "Out"))
		c.add(&plannedIn, wip.Qty(p.PlannedIn), at("periods", i, "PlannedIn"))
		c.add(&plannedOut, wip.Qty(p.PlannedOut), at("periods", i, "PlannedOut"))
		backlog, ok := wip.Qty(opening).Add(in - out)
		if !ok {
			c.overflow(at("periods", i, "In"))
		}
		states = append(states, Backlog{
			InDeviation: time.Duration(in - plannedIn), OutDeviation: time.Duration(out - plannedOut),
			Backlog: time.Duration(backlog), Queue: ratio(float64(backlog), float64(p.Out), 0),
		})
	}
	if len(c) > 0 {
		return nil, c.err()
	}
	return states, nil
}
