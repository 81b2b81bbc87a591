package main

import (
	"fmt"
	"slices"
	"time"
)

// An estimate is how long an operation takes, and how that is known.
type estimate struct {
	setup, unit time.Duration
	source      string
}

// A sample is one finished work: how many pieces, how long.
type sample struct {
	pieces float64
	took   time.Duration
}

// enough is the number of finished works from which times are believed.
const enough = 3

// learn estimates the times of an operation from finished works, of the
// product alone if there are enough, else of all products. It reports whether
// it could: works of one lot size do not tell setup from run.
func learn(own, all []sample) (estimate, bool) {
	if e, ok := fit(own); ok && len(own) >= enough {
		e.source = fmt.Sprintf("%d works of the product", len(own))
		return e, true
	}
	e, ok := fit(all)
	e.source = fmt.Sprintf("%d works of all products", len(all))
	return e, ok && len(all) >= enough
}

// fit draws a straight line through the samples by the estimator of Theil
// (1950) and Sen (1968): the slope is the median of those between all pairs,
// so a work that somebody forgot to clock out of does no harm. Neither setup
// nor unit time is negative.
func fit(samples []sample) (estimate, bool) {
	var slopes []time.Duration
	for i, a := range samples {
		for _, b := range samples[:i] {
			if a.pieces != b.pieces {
				slopes = append(slopes, time.Duration(float64(a.took-b.took)/(a.pieces-b.pieces)))
			}
		}
	}
	if len(slopes) == 0 {
		return estimate{}, false
	}
	unit := max(0, median(slopes))
	var rests []time.Duration
	for _, s := range samples {
		rests = append(rests, s.took-time.Duration(s.pieces*float64(unit)))
	}
	setup := median(rests)
	if setup < 0 { // no setup then, and the median work per piece
		return estimate{unit: perPiece(samples)}, true
	}
	return estimate{setup: setup.Round(time.Second), unit: unit.Round(time.Second)}, true
}

// perPiece is the median time per piece if there is no setup.
func perPiece(samples []sample) time.Duration {
	var list []time.Duration
	for _, s := range samples {
		list = append(list, time.Duration(float64(s.took)/s.pieces))
	}
	if len(list) == 0 {
		return 0
	}
	return median(list).Round(time.Second)
}

// median returns the middle of a list, which is sorted by it and not empty.
func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}

// estimateOf returns the times of an operation on a product: learned, else
// from the side table, else the median per piece of the few works there are.
// Nothing known is an estimate without source.
func estimateOf(own, all []sample, table times, listed bool) estimate {
	if e, ok := learn(own, all); ok {
		return e
	}
	if listed {
		return estimate{time.Duration(table.Setup), time.Duration(table.Unit), "side table"}
	}
	if len(all) > 0 {
		return estimate{unit: perPiece(all), source: fmt.Sprintf("%d works, too few to tell setup from run", len(all))}
	}
	return estimate{}
}
