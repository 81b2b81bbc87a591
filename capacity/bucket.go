package capacity

import (
	"fmt"
	"sort"
	"time"
)

// A Bucket is an amount of work that can be given out during [From, To): the
// hours of a week, the tonnes of a month.
type Bucket struct {
	From, To time.Time
	Work     Work
}

// BucketAt returns the index of the bucket of r that holds an instant, or -1.
func (r *Resource) BucketAt(at time.Time) int {
	i := sort.Search(len(r.Buckets), func(i int) bool { return r.Buckets[i].To.After(at) })
	if i < len(r.Buckets) && !r.Buckets[i].From.After(at) {
		return i
	}
	return -1
}

// validateBuckets checks that buckets are ascending and disjoint.
func (r *Resource) validateBuckets(is *issues, path string) {
	for i, b := range r.Buckets {
		at := fmt.Sprintf("%s.Buckets[%d]", path, i)
		is.times(at+".To", b.From, b.To)
		is.atLeastZero(at+".Work", int64(b.Work))
		if i > 0 && b.From.Before(r.Buckets[i-1].To) {
			is.add(BadRange, at+".From", "%v is before the end of the bucket before, %v", b.From, r.Buckets[i-1].To)
		}
	}
	if len(r.Buckets) > 0 && r.Changeovers != "" {
		is.add(OutOfRange, path+".Buckets", "have no sequence that could have changeovers")
	}
}

// supplyBuckets adds up what is in the buckets, spread evenly over their time.
func supplyBuckets(ps []Period, buckets []Bucket) {
	for _, b := range buckets {
		upTo := func(at time.Time) Work {
			return Work(float64(b.Work) * float64(at.Sub(b.From)) / float64(b.To.Sub(b.From)))
		}
		each(ps, b.From, b.To, func(p *Period, from, to time.Time) { p.Available = p.Available.plus(upTo(to) - upTo(from)) })
	}
}
