package norms

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A ShareBasis says what the accepted share of setup is a share of. Both are
// in use, and differ by a few per cent of the lot.
type ShareBasis int

const (
	OfTotal ShareBasis = iota // of setup and run together
	OfRun                     // of the run alone
)

// SetupShareLot returns the smallest lot of which the setup takes no more than
// a share of the machine's time, in thousandths from 1 to 999, usually 30 to
// 100 and less where the machine is costly. It is taken on the leading
// operation: see [Leading]. With a for the share, t for the time of a piece and
// s for the setup,
//
//	n = ⌈s (1 − a) / (t a)⌉  of the total time
//	n = ⌈s / (t a)⌉          of the run
//
// and at least 1. Places do not count: each is set up for its part of the lot.
func SetupShareLot(o Operation, share int, basis ShareBasis) (wip.Qty, error) {
	var c check
	c.notNegative("o.Setup", int64(o.Setup))
	c.positive("o.Piece", int64(o.Piece))
	c.within("share", int64(share), 1, 999)
	c.within("basis", int64(basis), int64(OfTotal), int64(OfRun))
	if len(c) > 0 {
		return 0, c.err()
	}
	parts := int64(1000)
	if basis == OfTotal {
		parts -= int64(share)
	}
	div, ok := wip.Qty(o.Piece).MulDiv(int64(share), 1)
	if !ok {
		return 0, tooLarge("o.Piece")
	}
	n, ok := wip.Qty(o.Setup).MulDivUp(parts, int64(div))
	if !ok {
		return 0, tooLarge("lot")
	}
	return max(1, n), nil
}

// ShiftLot returns the smallest lot that keeps the shortest operation at work
// for some time, usually a shift or half of one: n = ⌈T / t_min⌉, where t is
// the interval of an operation. It is the second lower bound of a lot.
func ShiftLot(ops []Operation, shift time.Duration) (wip.Qty, error) {
	var c check
	c.operations(ops)
	c.positive("shift", int64(shift))
	if len(c) > 0 {
		return 0, c.err()
	}
	shortest := ops[0].Interval()
	for _, o := range ops {
		shortest = min(shortest, o.Interval())
	}
	return wip.Qty((shift-1)/shortest + 1), nil
}
