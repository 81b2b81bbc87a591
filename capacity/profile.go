package capacity

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/taktplan/takt/calendar"
)

// A Profile is the load of a resource, or of a shop, against its capacity,
// period by period.
type Profile struct {
	Resource ResourceID // empty in the profile of a shop
	Shop     ShopID
	Periods  []Period
}

// A Period is one row of a load profile. Work is measured at the full rate: a
// resource at 80 % efficiency has 48 minutes of it an hour.
type Period struct {
	From, To  time.Time
	Available Work // in regular time
	Overtime  Work // what can be had besides, at a price
	Required  Work // by the loads, as far as they fall in the period
	Setup     Work // the part of Required that is changeover
}

// LoadFactor returns the share of the regular time that is asked for. Without
// regular time it is 0 if nothing is asked for and infinite otherwise.
func (p Period) LoadFactor() float64 {
	if p.Available > 0 {
		return float64(p.Required) / float64(p.Available)
	}
	if p.Required == 0 {
		return 0
	}
	return math.Inf(1)
}

// Excess returns what is asked for beyond regular time.
func (p Period) Excess() Work { return max(0, p.Required-p.Available) }

func (p *Period) add(q Period) {
	p.Available = p.Available.plus(q.Available)
	p.Overtime = p.Overtime.plus(q.Overtime)
	p.Required = p.Required.plus(q.Required)
	p.Setup = p.Setup.plus(q.Setup)
}

// Total returns the sum of the periods.
func (p Profile) Total() Period {
	var sum Period
	if n := len(p.Periods); n > 0 {
		sum.From, sum.To = p.Periods[0].From, p.Periods[n-1].To
	}
	for _, q := range p.Periods {
		sum.add(q)
	}
	return sum
}

// LoadFactors returns the load factor of each period that has regular time.
// [Evenness] and [PeakFactor] say how much they differ.
func (p Profile) LoadFactors() []float64 {
	var factors []float64
	for _, q := range p.Periods {
		if q.Available > 0 {
			factors = append(factors, q.LoadFactor())
		}
	}
	return factors
}

// Profiles adds up the loads of each resource by period, in the order of the
// resources. The cuts are the boundaries of the periods, ascending;
// len(cuts)-1 periods are returned. Loads before the first and after the last
// cut are left out.
//
// A load is spread evenly over the working time of its resource, overtime
// included. One that lies wholly outside of working time is spread evenly over
// the time by the clock: it is there, and has to be seen.
//
// The error, if any, is an [*InvalidError], or for the calendars a
// [*calendar.InvalidError], that lists everything that is not well formed.
//
// It takes O(p + n log n + k) time for p periods, n loads, outages and windows
// of working time, and k periods touched by loads, for each load once.
func Profiles(resources []Resource, calendars []calendar.Calendar, loads []Load, cuts []time.Time) ([]Profile, error) {
	var is issues
	for i := 1; i < len(cuts); i++ {
		is.times(fmt.Sprintf("Cuts[%d]", i), cuts[i-1], cuts[i])
	}
	if len(cuts) < 2 {
		is.add(OutOfRange, "Cuts", "are %d, but a period has two ends", len(cuts))
	}
	index := validateResources(&is, resources, nil, calendars)
	of := byResource(&is, resources, index, loads)
	if len(is) > 0 {
		return nil, is.err()
	}
	from, to := hull(of, cuts)
	timelines, err := expand(calendars, from, to)
	if err != nil {
		return nil, err
	}
	profiles := make([]Profile, len(resources))
	for i := range resources {
		r := &resources[i]
		levels := r.Levels(timelines[r.Calendar])
		working, err := anyUnit(levels, from, to)
		if err != nil {
			return nil, err
		}
		profiles[i] = Profile{r.ID, r.Shop, periods(cuts)}
		if len(r.Buckets) > 0 {
			supplyBuckets(profiles[i].Periods, r.Buckets)
		} else {
			supply(profiles[i].Periods, levels)
		}
		demand(profiles[i].Periods, of[i], working)
	}
	return profiles, nil
}

// ByShop adds up profiles of the same cuts by shop, in the order in which the
// shops come up.
func ByShop(profiles []Profile) []Profile {
	var shops []Profile
	index := make(map[ShopID]int)
	for _, p := range profiles {
		i, ok := index[p.Shop]
		if !ok {
			i = len(shops)
			index[p.Shop] = i
			shops = append(shops, Profile{Shop: p.Shop, Periods: slices.Clone(p.Periods)})
			continue
		}
		for j := range min(len(p.Periods), len(shops[i].Periods)) {
			shops[i].Periods[j].add(p.Periods[j])
		}
	}
	return shops
}

// hull returns the time of all cuts and loads.
func hull(of [][]Load, cuts []time.Time) (from, to time.Time) {
	from, to = cuts[0], cuts[len(cuts)-1]
	for _, loads := range of {
		for _, l := range loads {
			from, to = earlier(from, l.From), later(to, l.To)
		}
	}
	return from, to
}

// expand returns the timelines of the calendars by ID. The one without an ID
// always works.
func expand(calendars []calendar.Calendar, from, to time.Time) (map[calendar.ID]*calendar.Timeline, error) {
	ts, err := calendar.Expand(calendars, from, to)
	if err != nil {
		return nil, err
	}
	timelines := map[calendar.ID]*calendar.Timeline{"": calendar.Always(from, to)}
	for i, t := range ts {
		timelines[calendars[i].ID] = t
	}
	return timelines, nil
}

// anyUnit returns the time in which at least one unit works.
func anyUnit(levels []Level, from, to time.Time) (*calendar.Timeline, error) {
	windows := make([]calendar.Window, len(levels))
	for i, l := range levels {
		windows[i] = l.Window
	}
	return calendar.NewTimeline(from, to, windows...)
}

func periods(cuts []time.Time) []Period {
	ps := make([]Period, len(cuts)-1)
	for i := range ps {
		ps[i].From, ps[i].To = cuts[i], cuts[i+1]
	}
	return ps
}

// each calls f for the part of [from, to) that lies in each of the periods it
// touches.
func each(ps []Period, from, to time.Time, f func(p *Period, from, to time.Time)) {
	i := sort.Search(len(ps), func(i int) bool { return ps[i].To.After(from) })
	for ; i < len(ps) && ps[i].From.Before(to); i++ {
		f(&ps[i], later(from, ps[i].From), earlier(to, ps[i].To))
	}
}

// supply adds up what is available.
func supply(ps []Period, levels []Level) {
	for _, l := range levels {
		each(ps, l.From, l.To, func(p *Period, from, to time.Time) {
			w := atRate(l.Units, l.Rate, to.Sub(from))
			if l.Overtime {
				p.Overtime = p.Overtime.plus(w)
			} else {
				p.Available = p.Available.plus(w)
			}
		})
	}
}

// demand adds up what is required.
func demand(ps []Period, loads []Load, working *calendar.Timeline) {
	for _, l := range loads {
		t := working
		if t.Between(l.From, l.To) == 0 {
			t = calendar.Always(l.From, l.To)
		}
		// Differences of sums, so that the parts add up to the whole.
		upTo := func(at time.Time) Work { return Of(l.units(), t.Between(l.From, at)) }
		each(ps, l.From, l.To, func(p *Period, from, to time.Time) {
			w := upTo(to) - upTo(from)
			p.Required = p.Required.plus(w)
			if l.Setup {
				p.Setup = p.Setup.plus(w)
			}
		})
	}
}
