// Package stocktake compares what was counted in stores and on the shop floor
// with what the books say.
//
// [NewSheet] makes a count sheet of a [wip.State], which the people who count
// get without the book amounts; [Reconcile] sets their counts against it, and
// [Result.Events] are the events that put the books right. The worth of a
// difference is the caller's to say: package schedule/analysis values work in
// process by equivalent units.
//
// The book stock behind a step is what it turned out less what the step after
// it did, or what was delivered after the last one: a piece in hand counts where
// it was last good.
package stocktake
