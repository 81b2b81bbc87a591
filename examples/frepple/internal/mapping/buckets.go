package mapping

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/examples/frepple/internal/model"
)

// What buckets hold is counted as hours, whatever its unit in the model is.

func bucketTime(a model.Amount) time.Duration { return hours(a.Float()) }

func hours(h float64) time.Duration {
	return time.Duration(math.Round(min(1e6, max(0, h)) * float64(time.Hour)))
}

// buckets returns the amounts of a resource that is counted by buckets: those
// of its calendar, or the hours that it works in each day, week or month. A
// load is divided by the efficiency; here the amount is multiplied instead.
func (mp *mapper) buckets(r *model.Resource) []capacity.Bucket {
	var list []capacity.Bucket
	add := func(from, to time.Time, amount float64) {
		work := hours(amount * efficiencyAt(r, from))
		if work > 0 && from.Before(to) {
			list = append(list, capacity.Bucket{From: from, To: to, Work: capacity.Of(1, work)})
		}
	}
	switch {
	case isPeriodic(r):
		open := workingHours(r)
		for from := mp.p.From; from.Before(mp.p.To); {
			to := nextPeriod(r.Kind, from, mp.p.To)
			add(from, to, maximumAt(r, from)*open(from, to).Hours())
			from = to
		}
	case r.MaximumCalendar != nil:
		for _, s := range mp.calendars.pieces(r.MaximumCalendar) {
			add(s.From, s.To, s.Value.Float())
		}
	default:
		add(mp.p.From, mp.p.To, r.Maximum.Float())
	}
	if len(list) == 0 {
		mp.note(r.Entity, "resource %q never has any capacity", r.Name)
		list = []capacity.Bucket{{From: mp.p.From, To: mp.p.To}}
	}
	return list
}

// takenAtEnd reports whether a load on buckets falls into that of the end of the
// work. What falls between the two ends counts at the nearer one.
func (rc *recipe) takenAtEnd(l *model.Load, o *model.Operation) bool {
	fixed, perUnit := rc.workTimes(o)
	whole := float64(fixed) + float64(perUnit)*rc.quantity().Float()
	offset, share := 0.0, 0.0
	if d, err := model.ParseDuration(l.Offset); err == nil {
		offset = min(1, float64(d)/max(1, whole))
	}
	switch {
	case strings.HasSuffix(l.Kind, "_percentage"):
		p, _ := model.ParseAmount(l.Offset)
		share = p.Float() / 100
	case strings.HasSuffix(l.Kind, "_end"):
		share = 1 - offset
	case strings.HasSuffix(l.Kind, "_start"):
		share = offset
	}
	if share > 0 && share < 1 {
		rc.note(l.Entity, "operation %q takes its load on %q at the nearer end of its work", o.Name, l.Resource.Name)
	}
	return share > 0.5
}

// isPeriodic reports whether the buckets are days, weeks or months.
func isPeriodic(r *model.Resource) bool {
	return strings.HasPrefix(r.Kind, "resource_buckets_")
}

// maximumAt returns the size of a resource at an instant.
func maximumAt(r *model.Resource, t time.Time) float64 {
	if r.MaximumCalendar == nil {
		return r.Maximum.Float()
	}
	return worth(r.MaximumCalendar, t).Float()
}

// efficiencyAt returns the efficiency of a resource at an instant, 1 being all.
func efficiencyAt(r *model.Resource, t time.Time) float64 {
	if r.EfficiencyCalendar == nil {
		return r.Efficiency.Float() / 100
	}
	return worth(r.EfficiencyCalendar, t).Float() / 100
}

// workingHours returns a function of how long a resource works in a span.
func workingHours(r *model.Resource) func(from, to time.Time) time.Duration {
	var list []*model.Calendar
	if r.Available != nil {
		list = append(list, r.Available)
	}
	if r.Location != nil && r.Location.Available != nil {
		list = append(list, r.Location.Available)
	}
	return func(from, to time.Time) (open time.Duration) {
		instants := []time.Time{from}
		for _, k := range list {
			instants = append(instants, cuts(k, from, to)...)
		}
		slices.SortFunc(instants, time.Time.Compare)
		for i, t := range instants {
			end := to
			if i+1 < len(instants) {
				end = instants[i+1]
			}
			if !slices.ContainsFunc(list, func(k *model.Calendar) bool { return worth(k, t) == 0 }) {
				open += end.Sub(t)
			}
		}
		return open
	}
}

// nextPeriod returns when the day, week or month of an instant ends.
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
