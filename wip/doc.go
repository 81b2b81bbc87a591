// Package wip says what lies where, and what should.
//
// Amounts are exact integers ([Qty]) in an item's base unit; a [Unit] reads and
// writes them with decimal places, or refuses. A [Point] is an item at a place.
// A [Norm] is the stock a point is meant to hold, with the reasons it was
// derived from.
//
// An [Event] is one thing that happened: a release, a report, an issue, a
// shipment. A [Ledger] is the account of all of them, and tells what is true at
// any instant: a [State], or the [Balance] of a point, the [Progress] of a step,
// where and when norms were breached. It counts no event twice and loses none
// that it acknowledged; where events are kept is the caller's, see [Storage].
//
// The package plans nothing, and knows neither bills of material nor routings:
// items, places, orders and steps are names to it. Facts are accepted as they
// are reported, and what does not fit together is told: see [Ledger.Overdrawn].
package wip
