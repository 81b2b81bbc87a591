package standards

import (
	"math"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Day is a working day, in the durations of standards.
const Day = 24 * time.Hour

// A dayCount turns working time and elapsed time into working days of a period.
type dayCount struct {
	period, working time.Duration // days of 24 hours, all and those worked on
	perDay          []time.Duration
}

// newDayCount counts the days of a period, of 24 hours from its start, on which
// any machine works, or all if none ever does.
func newDayCount(p *schedule.Problem, from, to time.Time) (*dayCount, error) {
	lines, err := schedule.Timelines(p)
	if err != nil {
		return nil, err
	}
	d := &dayCount{}
	for at := from; !at.Add(Day).After(to); at = at.Add(Day) {
		d.period += Day
		if anyWorks(p, lines, at) {
			d.working += Day
		}
	}
	if d.working == 0 {
		d.working = d.period
	}
	for _, l := range lines {
		work := l.Regular().Between(from, from.Add(d.period))
		if work == 0 {
			work = d.working // it never works: its hours are as good as any
		}
		d.perDay = append(d.perDay, max(1, scale(work, Day, d.working)))
	}
	return d, nil
}

func anyWorks(p *schedule.Problem, lines []*calendar.Timeline, at time.Time) bool {
	for r := range lines {
		if isMachine(&p.Resources[r]) && lines[r].Between(at, at.Add(Day)) > 0 {
			return true
		}
	}
	return false
}

func isMachine(r *capacity.Resource) bool {
	return r.Kind == "" || r.Kind == capacity.Machine || r.Kind == capacity.MachineGroup
}

// work returns the working time of a resource in working days.
func (d *dayCount) work(resource int, t time.Duration) time.Duration {
	if resource < 0 {
		return d.elapsed(t)
	}
	return scale(t, Day, d.perDay[resource])
}

// elapsed returns elapsed time in working days.
func (d *dayCount) elapsed(t time.Duration) time.Duration { return scale(t, d.working, d.period) }

// scale returns t·num/den rounded up, or the longest duration if that is longer.
func scale(t, num, den time.Duration) time.Duration {
	if q, ok := wip.Qty(t).MulDivUp(int64(num), int64(den)); ok {
		return time.Duration(q)
	}
	return math.MaxInt64
}
