package norms

import (
	"math"
	"time"

	"github.com/taktplan/takt/wip"
)

// A FlowLine is a line that works to a takt.
type FlowLine struct {
	// Takt is the time between two pieces, TransferInterval that between two
	// transfer lots, both rounded down to nanoseconds.
	Takt, TransferInterval time.Duration
	Places                 []int     // of each operation, enough for the takt
	Loads                  []float64 // of the places of each operation, at most 1
	Load                   float64   // of all places together
}

// NewFlowLine returns takt, workplaces and loads of a line that is to make some
// pieces in a fund of working time, handed over in transfer lots. Times are
// those of a piece at each operation. With r = F/N,
//
//	C = ⌈t/r⌉   load = t/(r C)   load of the line = Σt / (r ΣC)
func NewFlowLine(fund time.Duration, pieces wip.Qty, transfer wip.Qty, operations []time.Duration) (FlowLine, error) {
	var c check
	c.positive("fund", int64(fund))
	c.positive("pieces", int64(pieces))
	c.positive("transfer", int64(transfer))
	c.notEmpty("operations", len(operations))
	for i, t := range operations {
		c.positive(at("operations", i, ""), int64(t))
	}
	if len(c) > 0 {
		return FlowLine{}, c.err()
	}
	interval, ok := wip.Qty(fund).MulDiv(int64(transfer), int64(pieces))
	if !ok {
		return FlowLine{}, tooLarge("transfer interval")
	}
	line := FlowLine{Takt: fund / time.Duration(pieces), TransferInterval: time.Duration(interval)}
	work, places := 0.0, 0.0
	for i, t := range operations {
		n, ok := pieces.MulDivUp(int64(t), int64(fund))
		if !ok || n > math.MaxInt32 {
			return FlowLine{}, tooLarge(at("operations", i, ""))
		}
		load := float64(t) / float64(fund) * float64(pieces)
		work, places = work+load, places+float64(n)
		line.Places = append(line.Places, int(n))
		line.Loads = append(line.Loads, load/float64(n))
	}
	line.Load = work / places
	return line, nil
}
