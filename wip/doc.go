// Package wip says what lies where, and what should.
//
// Amounts are exact integers ([Qty]) in an item's base unit; a [Unit] reads and
// writes them with decimal places, or refuses. A [Point] is an item at a place.
// A [Norm] is the stock a point is meant to hold, with the reasons it was
// derived from. A [Balance] is what a point holds at an instant, a [Progress]
// how far an order in process has come. A [Ledger] adds movements up and tells
// where and when norms are breached.
//
// The package plans nothing, and knows neither bills of material nor routings:
// items, places, orders and steps are names to it.
package wip
