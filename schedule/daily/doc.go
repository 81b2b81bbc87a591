// Package daily makes the documents of a head of production from what is known,
// what is planned and what happened: a [schedule.Problem], a [schedule.Plan]
// and a [wip.Ledger], side by side on a [Desk].
//
// Each document is one call, for the enterprise or a shop, and a list of plain
// rows that writes itself as text, CSV or JSON: see [Document]. What happened is
// read from the ledger, what was to happen from the plan; the ledger therefore
// has to begin with what the problem begins with, see [Opening].
//
// The package decides nothing: it changes no plan and releases no order. It
// promises that equal input gives equal bytes, in the order of the problem, the
// plan or the ranking that a document names, and that it reads no clock.
//
// Amounts are in base units of their item and are written in its unit of
// measure; money is in the smallest coin; durations are written in hours.
package daily
