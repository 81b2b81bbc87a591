package wip

import "time"

// IDs are chosen by the caller: usually the keys in the ERP. Each has a type
// of its own so that the compiler tells an item from an order.
type (
	ItemID  string
	PlaceID string
	OrderID string
	StepID  string
)

// A Point is an item at a place: in a store, in front of an operation, in
// transit.
type Point struct {
	Item  ItemID
	Place PlaceID
}

func (p Point) String() string {
	if p.Place == "" {
		return string(p.Item)
	}
	return string(p.Item) + "@" + string(p.Place)
}

// A Balance is the stock of a point at an instant.
type Balance struct {
	Point Point
	At    time.Time // zero: the start of the horizon
	Qty   Qty
}

// Progress says how far one step of an order in process has come.
type Progress struct {
	Order OrderID
	Step  StepID
	// Good and Scrap are what the step has turned out so far, and Remaining
	// what it has yet to take in hand. None is negative.
	Good, Scrap, Remaining Qty
	// Place is where the good pieces lie.
	Place PlaceID
	// Started is when work on the step began; zero if it has not. Ended is when
	// it was reported complete; zero if it has not been.
	Started, Ended time.Time
	// Spent is the working time spent on it so far, not negative.
	Spent time.Duration
}
