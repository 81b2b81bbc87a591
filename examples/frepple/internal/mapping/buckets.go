package mapping

import (
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/examples/frepple/internal/model"
)

// What buckets hold is counted as hours, whatever its unit in the model is.

func bucketTime(a model.Amount) time.Duration {
	return time.Duration(float64(time.Hour) * min(1e6, max(0, a.Float())))
}

// buckets returns the amounts of a resource that is counted by buckets: those
// of its calendar, or one for each day, week or month.
func (mp *mapper) buckets(r *model.Resource) []capacity.Bucket {
	var list []capacity.Bucket
	add := func(s stretch) {
		if s.Value > 0 && s.From.Before(s.To) {
			list = append(list, capacity.Bucket{From: s.From, To: s.To, Work: capacity.Of(1, bucketTime(s.Value))})
		}
	}
	if r.MaximumCalendar != nil {
		for _, s := range mp.calendars.pieces(r.MaximumCalendar) {
			add(s)
		}
	} else {
		for from := mp.p.From; from.Before(mp.p.To); {
			to := nextPeriod(r.Kind, from, mp.p.To)
			add(stretch{from, to, r.Maximum})
			from = to
		}
	}
	if len(list) == 0 {
		mp.note(r.Entity, "resource %q never has any capacity", r.Name)
		list = []capacity.Bucket{{From: mp.p.From, To: mp.p.To}}
	}
	return list
}

// nextPeriod returns when the day, week or month of an instant ends; other
// kinds have one period only.
func nextPeriod(kind string, from, end time.Time) time.Time {
	to := end
	switch kind {
	case "resource_buckets_day":
		to = midnight(from).Add(day)
	case "resource_buckets_week":
		to = midnight(from).Add(day * time.Duration(7-(int(from.Weekday())+6)%7))
	case "resource_buckets_month":
		to = time.Date(from.Year(), from.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	}
	if to.After(end) {
		return end
	}
	return to
}
