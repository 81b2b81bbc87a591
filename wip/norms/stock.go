package norms

import (
	"math"
	"time"

	"github.com/taktplan/takt/wip"
)

// Technological returns the pieces that lie at the workplaces of a line,
// Σ C·p: every place of an operation holds the pieces that it works on at a
// time.
func Technological(ops []Operation, piecesAtATime wip.Qty) (wip.Qty, error) {
	var c check
	c.operations(ops)
	c.notNegative("piecesAtATime", int64(piecesAtATime))
	if len(c) > 0 {
		return 0, c.err()
	}
	places := int64(0)
	for _, o := range ops {
		places += int64(max(1, o.Places))
	}
	q, ok := piecesAtATime.MulDiv(places, 1)
	if !ok {
		return 0, tooLarge("norm")
	}
	return q, nil
}

// Transport returns the pieces under way on a line of some operations that
// hand over transfer lots periodically: (m − 1)·p.
func Transport(operations int, transfer wip.Qty) (wip.Qty, error) {
	var c check
	c.positive("operations", int64(operations))
	c.notNegative("transfer", int64(transfer))
	if len(c) > 0 {
		return 0, c.err()
	}
	q, ok := transfer.MulDiv(int64(operations-1), 1)
	if !ok {
		return 0, tooLarge("norm")
	}
	return q, nil
}

// OnConveyor returns the pieces on a conveyor of a length, one at every step,
// rounded up. Length and step are in one unit.
func OnConveyor(length, step int64) (wip.Qty, error) {
	var c check
	c.notNegative("length", length)
	c.positive("step", step)
	if len(c) > 0 {
		return 0, c.err()
	}
	q, _ := wip.Qty(length).MulDivUp(1, step)
	return q, nil
}

// Safety returns the stock that bridges a disturbance, rounded up: N_day·T, or
// T/r on a line of takt r, whose rate is one piece in r.
func Safety(r Rate, disturbance time.Duration) (wip.Qty, error) { return pipeline(r, disturbance) }

// InCycle returns the average stock inside a stage whose lots take a cycle,
// rounded up: N_day·T, which is Little's law.
func InCycle(r Rate, cycle time.Duration) (wip.Qty, error) { return pipeline(r, cycle) }

func pipeline(r Rate, d time.Duration) (wip.Qty, error) {
	var c check
	c.rate("r", r)
	c.notNegative("time", int64(d))
	if len(c) > 0 {
		return 0, c.err()
	}
	q, ok := r.Over(d)
	if !ok {
		return 0, tooLarge("norm")
	}
	return q, nil
}

// A Store is a stock point that gets lots of one size and hands out lots of
// another.
type Store struct {
	In wip.Qty // greater than 0
	// Out is 0 if it is taken from continuously. If it is not less than In,
	// lots pass through and no turnover stock remains.
	Out    wip.Qty
	Safety wip.Qty // at least 0
}

// Turnover returns the average and the largest stock between two lots that
// come in, without safety stock: (n₁ − n₂)/2, rounded up, and n₁ − n₂. The first
// of the lots that go out leaves as n₁ comes.
func (s Store) Turnover() (average, largest wip.Qty) {
	largest = max(0, s.In-s.Out)
	return largest/2 + largest%2, largest
}

// Norm returns the norm of the stock point: at least the safety stock, on
// average with the turnover, at most with a whole lot that has just come in.
func (s Store) Norm(p wip.Point) (wip.Norm, error) {
	var c check
	c.positive("s.In", int64(s.In))
	c.notNegative("s.Out", int64(s.Out))
	c.notNegative("s.Safety", int64(s.Safety))
	if len(c) > 0 {
		return wip.Norm{}, c.err()
	}
	if s.In > math.MaxInt64-s.Safety {
		return wip.Norm{}, tooLarge("norm")
	}
	average, _ := s.Turnover()
	return wip.Norm{
		Point: p, Min: s.Safety, Target: s.Safety + average, Max: s.Safety + s.In,
		Derivation: wip.Derivation{Turnover: average, Safety: s.Safety},
	}, nil
}

// InWork returns the norm of the work in process inside a stage that launches
// lots of a size at a rate: on average r·cycle, between the whole lots below
// and above it.
func InWork(p wip.Point, r Rate, lot wip.Qty, cycle time.Duration) (wip.Norm, error) {
	var c check
	c.positive("lot", int64(lot))
	if len(c) > 0 {
		return wip.Norm{}, c.err()
	}
	average, err := InCycle(r, cycle)
	if err != nil {
		return wip.Norm{}, err
	}
	least, _ := r.Qty.MulDiv(int64(cycle), int64(r.Per)) // fits, as average does
	least -= least % lot
	most := least
	if least < average {
		var ok bool
		if most, ok = least.Add(lot); !ok {
			return wip.Norm{}, tooLarge("norm")
		}
	}
	return wip.Norm{Point: p, Min: least, Target: average, Max: most, Derivation: wip.Derivation{Cycle: average}}, nil
}
