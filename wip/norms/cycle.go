package norms

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A Movement is how the pieces of a lot go from operation to operation.
type Movement int

const (
	// Sequential movement hands over the whole lot.
	Sequential Movement = iota
	// Parallel movement hands over every transfer lot at once; short
	// operations wait in between.
	Parallel
	// ParallelSerial movement hands over transfer lots too, but starts every
	// operation as late as it takes to go through the lot without a pause.
	ParallelSerial
)

// LotCycle returns the technological cycle of a lot: the time from the first
// operation's start to the last one's end, without setups and waiting. With n
// for the lot, p for the transfer lot and t for the intervals of operations,
//
//	sequential        n Σt
//	parallel          p Σt + (n − p) max t
//	parallel-serial   n Σt − (n − p) Σ min(t_i, t_i+1)
//
// It is exact if transfer divides lot; else the last transfer lot is smaller,
// and the true time may be shorter. 0 < transfer ≤ lot; sequential movement
// does not look at transfer.
func LotCycle(ops []Operation, lot, transfer wip.Qty, m Movement) (time.Duration, error) {
	var c check
	c.operations(ops)
	c.positive("lot", int64(lot))
	c.within("m", int64(m), int64(Sequential), int64(ParallelSerial))
	if m == Sequential {
		transfer = lot
	}
	if len(c) == 0 {
		c.within("transfer", int64(transfer), 1, int64(lot))
	}
	if len(c) > 0 {
		return 0, c.err()
	}
	sequential, longest, neighbours, ok := intervals(ops)
	if !ok {
		return 0, tooLarge("cycle")
	}
	whole, rest := sequential, time.Duration(0)
	switch m {
	case Parallel:
		rest = longest
	case ParallelSerial:
		rest = sequential - neighbours
	}
	a, ok1 := times(whole, transfer, 1)
	b, ok2 := times(rest, lot-transfer, 1)
	total, ok3 := sum(a, b)
	if !ok1 || !ok2 || !ok3 {
		return 0, tooLarge("cycle")
	}
	return total, nil
}

// intervals returns the sum and the largest of the intervals, and the sum of
// the smaller ones of neighbours.
func intervals(ops []Operation) (total, longest, neighbours time.Duration, ok bool) {
	for i, o := range ops {
		t := o.Interval()
		if total, ok = sum(total, t); !ok {
			return 0, 0, 0, false
		}
		longest = max(longest, t)
		if i > 0 {
			neighbours += min(ops[i-1].Interval(), t)
		}
	}
	return total, longest, neighbours, true
}

// A Cycle is the production cycle of a lot by its elements, in working time.
type Cycle struct {
	Technological time.Duration // see [LotCycle]
	Setup         time.Duration // as far as it is not done beforehand
	Waiting       time.Duration // between operations, moves included
	Natural       time.Duration // drying, ageing, cooling
}

// Total returns the sum of the elements, or the longest duration if that is
// larger.
func (c Cycle) Total() time.Duration {
	total, ok := sum(max(0, c.Technological), max(0, c.Setup), max(0, c.Waiting), max(0, c.Natural))
	if !ok {
		return 1<<63 - 1
	}
	return total
}

// Continuity returns the technological share of the cycle (the flow
// efficiency), or 0 if there is no cycle.
func (c Cycle) Continuity() float64 { return ratio(float64(c.Technological), float64(c.Total())) }

// FlowFactor returns how many times as long as its raw process time an actual
// cycle is (lead-time stretching), or 0 if raw is not positive.
func FlowFactor(actual, raw time.Duration) float64 { return ratio(float64(actual), float64(raw)) }

// Parallelism returns the cycle of parallel movement over the actual one, or 0
// if actual is not positive.
func Parallelism(parallel, actual time.Duration) float64 {
	return ratio(float64(parallel), float64(actual))
}

// Days returns how many working and calendar days a cycle takes, at so much
// working time a day, if of so many calendar days so many are worked.
func Days(cycle, perDay time.Duration, worked, calendar int) (working, calendarDays float64, err error) {
	var c check
	c.notNegative("cycle", int64(cycle))
	c.positive("perDay", int64(perDay))
	c.positive("worked", int64(worked))
	c.positive("calendar", int64(calendar))
	if len(c) > 0 {
		return 0, 0, c.err()
	}
	working = float64(cycle) / float64(perDay)
	return working, working * float64(calendar) / float64(worked), nil
}

func ratio(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return 0
}
