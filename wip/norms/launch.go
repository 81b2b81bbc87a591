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
// that of a stage is a whole multiple of that of the stage it feeds: then a lot
// of the one covers whole lots of the other. The last stage keeps its period;
// the others go to the next of the series that nests, or to the next multiple
// if none does.
func Nest(periods, series []time.Duration) ([]time.Duration, error) {
	var c check
	for i, d := range periods {
		c.positive(at("periods", i, ""), int64(d))
	}
	if len(c) > 0 {
		return nil, c.err()
	}
	nested := slices.Clone(periods)
	for i := len(nested) - 2; i >= 0; i-- {
		own, fed := nested[i], nested[i+1]
		d, err := next(series, func(d time.Duration) bool { return d >= own && d%fed == 0 }, own)
		if err != nil {
			n, ok := times(fed, wip.Qty((own-1)/fed+1), 1)
			if !ok {
				return nil, tooLarge(at("periods", i, ""))
			}
			d = n
		}
		nested[i] = d
	}
	return nested, nil
}
