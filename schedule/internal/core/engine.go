package core

import "sync/atomic"

// An Engine is one search for a good schedule of a model, which can be run
// piece by piece. Its constructor has the form New(m *Model, seed uint64), does
// no more than about a millisecond of work per 10,000 operations, and its whole
// course follows from (model, seed, the steps made, the schedules offered and
// after which step): not from the clock, nor from how the steps were cut into
// calls of Run.
//
// An engine is used by one goroutine at a time, makes no goroutine itself and
// allocates nothing in a step.
type Engine interface {
	// Pace is the number of steps that take about a millisecond: a constant
	// that follows from the model's size alone, at least 1. A step takes at
	// most about a millisecond.
	Pace() int64

	// Run makes steps steps, fewer only when the engine is done or stop has
	// become true, and returns how many it made. It looks at stop about every
	// millisecond. The driver of repeatable runs never sets stop in a call.
	Run(stop *atomic.Bool, steps int64) int64

	// Best copies the best schedule found into dst, whose slices have one
	// element per operation, and returns its cost. Before there is any it
	// returns NoCost and leaves dst as it is. With dst nil it only tells the
	// cost.
	Best(dst *Schedule) Cost

	// Bound is a proven lower bound of the cost of any complete schedule.
	Bound() int64

	// Offer hands in a schedule that another engine found, to start from, mix
	// with, or ignore. The engine copies what it keeps.
	Offer(s *Schedule, c Cost)

	// Done says that further steps are useless: the best is proven optimal,
	// or the engine has finished what it does.
	Done() bool
}
