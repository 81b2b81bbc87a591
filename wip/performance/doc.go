// Package performance measures what came of a plan: rhythm and evenness of
// output, fulfilment by quantity and assortment, completeness of kits, input
// and output of work, and the worth of work in process in equivalent units.
//
// Several definitions of each go by one name in practice. This package has them
// all under names of their own, and never one number called "rhythm". It works
// on numbers that the caller has; who delivered what is for a ledger to say.
//
// Amounts are integers and sums of them exact; figures are floating point.
// Input without meaning (negative amounts, sums beyond 64 bits) gives a
// [*wip.InvalidError] that lists every value at fault.
package performance
