// Package norms calculates the standards of operational planning: lot sizes
// and launch periods, the production cycle of a lot, lead offsets, stocks of
// work in process, takt and the balance of a flow line.
//
// Every function is a formula with its source beside it, and works on its
// arguments alone: package schedule/standards applies the formulas to a whole
// plant. Nothing is planned here, and nothing is looked up.
//
// Amounts are [wip.Qty] and times are [time.Duration], both integers, and
// formulas about them are evaluated exactly and rounded once, as each function
// states. Durations may be counted in working time, in elapsed time, or in
// days of any length, as long as those of one call are counted alike. Ratios
// and formulas with a root in them are floating point; products are converted
// to float64 first, which keeps machines from rounding them differently.
//
// Input that a formula has no meaning for gives a [*wip.InvalidError] that
// lists every value at fault by the names of the parameters. Nothing panics.
//
// The textbook family of these formulas is that of Sokolitsyn and Kuzin,
// Tatevosov, Novitsky, and Turovets and Rodionov; western sources are named
// where they are used.
package norms
