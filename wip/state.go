package wip

import (
	"math"
	"time"
)

// A State is what is physically true at an instant, as a ledger tells it. Its
// lists are sorted by their keys.
type State struct {
	At time.Time
	// Stock is what lies at each point that has moved. It is negative where
	// the books miss something.
	Stock []Balance
	// Orders are those that were released, or that something was delivered for.
	Orders []OrderState
	// Progress is how far each step that has begun has come.
	Progress []StepState
	// Down are the workplaces that stand still.
	Down []Standstill
	// Hours are the working times of the workplaces that ever did anything.
	Hours []Hours
	// Cargo is what vehicles carry from point to point.
	Cargo []Cargo
	// Received is what has come of each receipt, Shipped what has left for
	// each line.
	Received []ReceivedQty
	Shipped  []ShippedQty
}

// An OrderState says what became of an order.
type OrderState struct {
	Order     OrderID
	Point     Point // what it makes, and where that goes
	Qty       Qty   // good output expected
	Delivered Qty   // good output put into stock
	Released  time.Time
	Closed    time.Time // zero: open
}

// A StepState is how far a step has come, and who is at it.
type StepState struct {
	Progress
	Workplace WorkplaceID // that started it or reported of it last; may be empty
	Taken     Qty         // taken in hand so far
	Issued    bool        // material was issued for it
}

// A Standstill is a workplace that was interrupted and has not resumed.
type Standstill struct {
	Workplace WorkplaceID
	Since     time.Time
	Cause     string
	Order     OrderID // in hand when it stopped; may be empty
	Step      StepID
}

// Hours is the working time that has been reported of a workplace.
type Hours struct {
	Workplace WorkplaceID
	Spent     Work
}

// Work is working time added up, in milliseconds. A [time.Duration] would hold
// 292 years of it, which a large pool of people works within one.
type Work int64

// Hours returns w in hours.
func (w Work) Hours() float64 { return float64(w) / float64(time.Hour/time.Millisecond) }

// Duration returns w, or the largest duration if it is longer.
func (w Work) Duration() time.Duration {
	return time.Duration(min(w, Work(math.MaxInt64/time.Millisecond))) * time.Millisecond
}

// A Cargo is an amount on a vehicle.
type Cargo struct {
	Vehicle WorkplaceID
	Item    ItemID
	Qty     Qty
}

// A ReceivedQty is what has arrived of a receipt.
type ReceivedQty struct {
	Receipt ReceiptID
	Qty     Qty
	Last    time.Time
}

// A ShippedQty is what has left for a line of a contract.
type ShippedQty struct {
	Line LineID
	Qty  Qty
	Last time.Time
}
