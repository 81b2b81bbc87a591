package main

import (
	"time"

	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// world returns what happens in a month that nobody planned: work takes more
// or less time, machines break down, pieces are spoilt, deliveries come late.
// The same seed is the same world for every way of running the shop.
func world(seed uint64, tell func(wip.Event)) simulate.Options {
	const day = 24 * time.Hour
	long := func(mean time.Duration) simulate.Distribution {
		return simulate.Distribution{Mean: mean, Variation: simulate.Exponential()}
	}
	o := simulate.Options{
		Seed:       seed,
		Work:       simulate.Variation{Shape: simulate.Gamma, CV: 0.2},
		Yield:      true,
		Delay:      long(2 * day),
		DelayShare: 0.25,
		Event:      tell,
	}
	for _, b := range []simulate.Breakdown{
		{Resource: "lathe-1", ToFailure: long(8 * day), ToRepair: long(8 * time.Hour)},
		{Resource: "lathe-2", ToFailure: long(12 * day), ToRepair: long(8 * time.Hour)},
		{Resource: "mill-1", ToFailure: long(10 * day), ToRepair: long(12 * time.Hour)},
		{Resource: "stand", ToFailure: long(15 * day), ToRepair: long(6 * time.Hour)},
	} {
		o.Breakdowns = append(o.Breakdowns, b)
	}
	return o
}
