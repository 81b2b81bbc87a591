package norms

import (
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// Series returns the launch periods that nest in a month of some working days:
// the multiples of half a day, from one day on, of which a whole number make
// the month, and a quarter. For 20 days these are 1, 2, 2.5, 4, 5, 10, 20 and
// 60. It is empty if days is not from 1 to 366 or day is not from 2 ns to a
// week.
func Series(days int, day time.Duration) []time.Duration {
	if days < 1 || days > 366 || day < 2 || day > 7*24*time.Hour {
		return nil
	}
	var series []time.Duration
	for halves := 2; halves <= 2*days; halves++ {
		if 2*days%halves == 0 {
			series = append(series, time.Duration(halves)*day/2)
		}
	}
	return append(series, 3*time.Duration(days)*day)
}

// A Launch is a lot that is launched periodically.
type Launch struct {
	// Exact is the period in which the smallest lot is used up, Period the one
	// accepted.
	Exact, Period time.Duration
	Lot           wip.Qty // used up in Period, rounded up
}

// LaunchPeriod returns the launch period («периодичность запуска-выпуска») of a
// lot that is not to be smaller than least, for a programme: R = n / N_day,
// raised to the next period of a series, and n = R · N_day. A least lot that
// is not smaller than the whole programme is made once in its time.
func LaunchPeriod(least wip.Qty, programme Rate, series []time.Duration) (Launch, error) {
	var c check
	c.positive("least", int64(least))
	c.rate("programme", programme)
	if programme.Qty == 0 {
		c.positive("programme.Qty", 0)
	}
	c.notEmpty("series", len(series))
	for i, d := range series {
		c.positive(at("series", i, ""), int64(d))
	}
	if len(c) > 0 {
		return Launch{}, c.err()
	}
	exact, ok := programme.Time(least)
	if !ok {
		return Launch{}, tooLarge("period")
	}
	period, err := next(series, func(d time.Duration) bool { return d >= exact }, exact)
	if least >= programme.Qty {
		period, err = programme.Per, nil
	}
	if err != nil {
		return Launch{}, err
	}
	lot, ok := programme.Over(period)
	if !ok {
		return Launch{}, tooLarge("lot")
	}
	return Launch{exact, period, lot}, nil
}

// next returns the shortest period of a series that will do.
func next(series []time.Duration, fits func(time.Duration) bool, least time.Duration) (time.Duration, error) {
	best := time.Duration(0)
	for _, d := range series {
		if fits(d) && (best == 0 || d < best) {
			best = d
		}
	}
	if best == 0 {
		var c check
		c.add(NoPeriod, "series", "has no period that fits %v", least)
		return 0, c.err()
	}
	return best, nil
}

// Nest returns launch periods of stages in technological order, raised so that
// that of a stage is a whole multiple of that of the stage it feeds: see
// [NestPeriod]. The last stage keeps its period.
func Nest(periods, series []time.Duration) ([]time.Duration, error) {
	nested := slices.Clone(periods)
	for i := len(nested) - 1; i >= 0; i-- {
		var err error
		if nested[i], err = NestPeriod(nested[i], nested[i+1:min(i+2, len(nested))], series); err != nil {
			return nil, err
		}
	}
	return nested, nil
}

// NestPeriod returns the launch period of a stage, at least its own, that is a
// whole multiple of that of every stage it feeds: then a lot of the one covers
// whole lots of the others. It is the next of the series that is; else the
// next multiple of the longest period fed, and nests with that alone. A stage
// that feeds none keeps its own.
func NestPeriod(own time.Duration, fed, series []time.Duration) (time.Duration, error) {
	var c check
	c.positive("own", int64(own))
	longest := time.Duration(0)
	for i, d := range fed {
		c.positive(at("fed", i, ""), int64(d))
		longest = max(longest, d)
	}
	if len(c) > 0 {
		return 0, c.err()
	}
	if len(fed) == 0 {
		return own, nil
	}
	nests := func(d time.Duration) bool {
		return d >= own && !slices.ContainsFunc(fed, func(f time.Duration) bool { return d%f != 0 })
	}
	if nests(own) {
		return own, nil
	}
	if d, err := next(series, nests, own); err == nil {
		return d, nil
	}
	d, ok := times(longest, wip.Qty((own-1)/longest+1), 1)
	if !ok {
		return 0, tooLarge("period")
	}
	return d, nil
}
