// Package search solves a compiled scheduling model with the engines that suit
// it, several at a time, until it is told to stop.
//
// [Solve] chooses engines by the shape and the objective of the model, runs
// them side by side in workers, lets them exchange schedules, and returns the
// best. It always has a schedule to return, within milliseconds for ordinary
// sizes.
//
// Results are repeatable: what workers do depends on steps alone, never on the
// clock or on how many processors there are. The context is the only clock; a
// run that it cut short after k steps equals a run with MaxSteps k.
package search

import (
	"context"

	"github.com/taktplan/takt/schedule/internal/core"
)

// Options say how to search. The zero value searches with one worker until the
// context is done or the best is proven.
type Options struct {
	Seed uint64
	// MaxSteps bounds the steps: 0 does not. A step is about a millisecond
	// of work of each worker, but a fixed amount, whatever time it takes.
	MaxSteps int64
	// Workers search side by side, each on a processor if there are as many.
	// 0 means 1. Results differ by the number of workers.
	Workers int
	// Start is a schedule to begin from, if it breaks no constraint; it may
	// leave operations out.
	Start *core.Schedule
	// Progress, if not nil, is told of every better schedule and at the end,
	// by one goroutine at a time. It must not call back.
	Progress func(Progress)
}

// Progress is how far a search has come.
type Progress struct {
	Steps int64
	Cost  core.Cost
	Bound int64
}

// A Result is what a search came to.
type Result struct {
	Schedule *core.Schedule
	core.Cost
	Bound   int64 // proven: no complete schedule costs less
	Optimal bool  // complete, and its value is the bound
	Steps   int64
	Stop    Stop
}

// A Stop says why a search ended.
type Stop uint8

const (
	// Proven means that the best cannot be improved.
	Proven Stop = iota
	// StepLimit means that MaxSteps were made.
	StepLimit
	// Cut means that the context was done.
	Cut
	// Exhausted means that the engines have nothing left to try.
	Exhausted
)

// Solve searches for a schedule of low cost. When ctx is done it ends within a
// few steps, but not before there is a first schedule.
func Solve(ctx context.Context, m *core.Model, o Options) Result {
	d := newDriver(m, o)
	release := context.AfterFunc(ctx, d.pace.cut)
	d.run()
	release()
	return d.result(ctx.Err() != nil)
}
