package main

import (
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
)

// planningFacts adds up what is to be known of a series of plans.
type planningFacts struct {
	plans            int
	spent            time.Duration
	changed, planned int
}

// note takes note of a plan after another. Releases of the next three periods
// that the plan before has otherwise, or not at all, count as changed, whatever
// has happened in between.
func (f *planningFacts) note(last, next *schedule.Plan, now time.Time, period, spent time.Duration) {
	f.plans++
	f.spent += spent
	if last == nil {
		return
	}
	n := release.Compare(last, next, now, now.Add(3*period), period)
	f.changed += n.Changed
	f.planned += n.Planned
}

func (f *planningFacts) report(o *outcome) {
	o.planning, o.changed = math.NaN(), math.NaN()
	if f.plans > 0 {
		o.planning = f.spent.Seconds() / float64(f.plans)
	}
	if f.planned > 0 {
		o.changed = float64(f.changed) / float64(f.planned)
	}
}
