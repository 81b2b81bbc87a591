package performance

import (
	"math"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/wip"
)

// An Interval is planned and actual output of a stretch of time: a day, a
// ten-day period, a week.
type Interval struct{ Plan, Fact wip.Qty }

// A Rhythm compares the output of intervals with their plan, by every
// definition in use. With p for plan and f for fact of K intervals:
type Rhythm struct {
	Intervals  int
	Plan, Fact wip.Qty // sums
	// WithinPlan (R1) is Σ min(p, f) / Σp: what was made of the plan of its
	// interval. It is the default measure, on the smallest interval there is.
	WithinPlan float64
	// ByShare (R2) is Σ min(p/Σp, f/Σf): the same on structure alone, however
	// much was made.
	ByShare float64
	// OnPlanDays (R3) is the share of intervals in which the plan was reached.
	OnPlanDays float64
	// Variation (V) is √(Σ(f − p)²/K) over the mean plan. 1 − V is R4.
	Variation float64
	// Arrhythmia (R5) is Σ|1 − f/p| over intervals with a plan, Under and Over
	// are its parts below and above plan.
	Arrhythmia, Under, Over float64
	// Evenness (E1) is Σ min(f, mean f) / Σf, and EvennessByVariation one less
	// the coefficient of variation of f. Neither looks at the plan.
	Evenness, EvennessByVariation float64
}

// Steadiness returns R4, one less the variation. It can be negative.
func (r Rhythm) Steadiness() float64 { return 1 - r.Variation }

// Unrhythmic returns R6, one less R1.
func (r Rhythm) Unrhythmic() float64 { return 1 - r.WithinPlan }

// MeasureRhythm returns the rhythm of intervals in any order. Where nothing is
// planned all is on plan: R1 and R2 are 1, V is 0. Where nothing is made the
// evenness is 0, and R2 too if anything was planned.
func MeasureRhythm(intervals []Interval) (Rhythm, error) {
	r := Rhythm{Intervals: len(intervals)}
	var c check
	for i, x := range intervals {
		c.add(&r.Plan, x.Plan, at("intervals", i, "Plan"))
		c.add(&r.Fact, x.Fact, at("intervals", i, "Fact"))
	}
	if len(c) > 0 {
		return Rhythm{}, c.err()
	}
	r.againstPlan(intervals)
	r.againstMean(intervals)
	return r, nil
}

func (r *Rhythm) againstPlan(intervals []Interval) {
	plan, fact, n := float64(r.Plan), float64(r.Fact), float64(len(intervals))
	within, reached := wip.Qty(0), 0
	squares := 0.0
	for _, x := range intervals {
		p, f := float64(x.Plan), float64(x.Fact)
		within += min(x.Plan, x.Fact)
		r.ByShare += min(ratio(p, plan, 0), ratio(f, fact, 0))
		if x.Fact >= x.Plan {
			reached++
		}
		if x.Plan > 0 {
			r.Under += max(0, 1-f/p)
			r.Over += max(0, f/p-1)
		}
		squares += float64((f - p) * (f - p)) // not fused, to be equal on every machine
	}
	r.Arrhythmia = r.Under + r.Over
	r.WithinPlan = ratio(float64(within), plan, 1)
	r.OnPlanDays = ratio(float64(reached), n, 1)
	if r.Plan == 0 {
		r.ByShare = 1
		return
	}
	r.Variation = math.Sqrt(squares/n) / (plan / n)
}

func (r *Rhythm) againstMean(intervals []Interval) {
	if r.Fact == 0 {
		return
	}
	n := float64(len(intervals))
	mean := float64(r.Fact) / n
	level, squares := 0.0, 0.0
	for _, x := range intervals {
		f := float64(x.Fact)
		level += min(f, mean)
		squares += float64((f - mean) * (f - mean))
	}
	r.Evenness = level / float64(r.Fact)
	r.EvennessByVariation = 1 - math.Sqrt(squares/n)/mean
}

// A Day is planned and actual output of a date.
type Day struct {
	Date calendar.Date
	Interval
}

// A Decade is the output of a ten-day period of a month («декада»): its days 1
// to 10, 11 to 20, or the rest.
type Decade struct {
	First calendar.Date // the 1st, 11th or 21st
	Interval
}

// ByDecade adds days up to ten-day periods, in the order in which these first
// occur. The error is that of a negative amount or a sum beyond 64 bits.
func ByDecade(days []Day) ([]Decade, error) {
	var c check
	var decades []Decade
	position := map[calendar.Date]int{}
	for i, d := range days {
		first := calendar.NewDate(d.Date.Year, d.Date.Month, 1+10*min(2, (d.Date.Day-1)/10))
		k, ok := position[first]
		if !ok {
			k = len(decades)
			position[first] = k
			decades = append(decades, Decade{First: first})
		}
		c.add(&decades[k].Plan, d.Plan, at("days", i, "Plan"))
		c.add(&decades[k].Fact, d.Fact, at("days", i, "Fact"))
	}
	if len(c) > 0 {
		return nil, c.err()
	}
	return decades, nil
}

// Intervals returns the output of things that have an interval, such as days
// or decades, for [MeasureRhythm].
func Intervals[T interface{ interval() Interval }](list []T) []Interval {
	intervals := make([]Interval, len(list))
	for i, x := range list {
		intervals[i] = x.interval()
	}
	return intervals
}

func (x Interval) interval() Interval { return x }
