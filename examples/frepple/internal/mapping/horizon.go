package mapping

import (
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
)

const (
	day = 24 * time.Hour
	// beyond is how far the horizon reaches behind the last date of the model.
	beyond = 5 * 365 * day
	// maxBefore is how far before the present an unconstrained plan may begin.
	maxBefore = 10 * 365 * day
)

// horizon sets the bounds of time. A plan that lead times do not constrain may
// order in the past, as if the present came earlier.
func (mp *mapper) horizon() {
	mp.now = mp.m.Current
	if mp.now.IsZero() {
		mp.now = mp.firstDate()
		mp.note(model.Entity{}, "the model does not say what is the present; it is taken as %s", mp.now.Format(time.DateTime))
	}
	mp.p.From, mp.p.Now = mp.now, mp.now
	if !mp.run.Timed() {
		mp.p.From = mp.now.Add(-mp.longest())
		mp.p.Now = mp.p.From
	}
	mp.p.To = mp.now
	for _, t := range mp.dates() {
		if t.After(mp.p.To) {
			mp.p.To = t
		}
	}
	mp.p.To = mp.p.To.Add(beyond)
}

// dates returns the dates that matter for how long the horizon is.
func (mp *mapper) dates() []time.Time {
	var list []time.Time
	for _, d := range mp.m.Demands {
		list = append(list, d.Due)
	}
	for _, p := range mp.m.Plans {
		list = append(list, p.Start, p.End)
	}
	for _, o := range mp.m.Operations {
		list = append(list, o.Effective.From)
	}
	return list
}

func (mp *mapper) firstDate() time.Time {
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	found := false
	for _, t := range mp.dates() {
		if !t.IsZero() && (!found || t.Before(first)) {
			first, found = t, true
		}
	}
	return first
}

// longest is a bound of the time that anything can take from the first order
// to the last delivery.
func (mp *mapper) longest() time.Duration {
	quantity := 1.0
	for _, d := range mp.m.Demands {
		quantity += d.Quantity.Float()
	}
	total := 365 * day
	add := func(d time.Duration) { total = min(maxBefore, total+max(0, min(maxBefore, d))) }
	for _, o := range mp.m.Operations {
		add(o.Duration)
		add(time.Duration(min(float64(maxBefore), float64(o.PerUnit)*quantity)))
	}
	for _, s := range mp.m.Purchases {
		add(s.Leadtime)
	}
	for _, d := range mp.m.Distributions {
		add(d.Leadtime)
	}
	return total
}
