package wip

import "time"

// More IDs chosen by the caller, as names to this package.
type (
	WorkplaceID string // a resource: machine, line, crew, vehicle, dock
	DocumentID  string // the paper or record an event was reported by
	ActorID     string // who reported it
	ReceiptID   string // a purchase or subcontract that is on its way
	LineID      string // a line of a contract
)

// An EventKind says what an [Event] reports.
type EventKind uint8

// What happens on a shop floor. Each kind names the fields of an event that it
// needs; the others must be zero, but for Actor, Document and Cause, which any
// event may have. Quantities are positive unless another thing is said.
const (
	_ EventKind = iota
	// Released gives an order to the shop: Order, Point (the item it makes and
	// where its output goes), Qty (good output expected). A second release adds
	// to the first.
	Released
	// Started takes pieces of a step in hand: Order, Step, Qty, and Workplace
	// if the step has one.
	Started
	// Reported tells what a step has turned out since its last report: Order,
	// Step, Qty (good, may be 0), and Workplace, Scrap and Spent if there are
	// any.
	Reported
	// Finished says that a step is complete: Order, Step.
	Finished
	// Interrupted says that a workplace stands still: Workplace, Cause; Order
	// and Step if work was in hand.
	Interrupted
	// Resumed ends an interruption: Workplace.
	Resumed
	// Moved carries pieces in work on: Order, Step (that turned them out), To,
	// Qty.
	Moved
	// Issued takes material from stock for an order: Order, Point, Qty; Step
	// if it is for one.
	Issued
	// Delivered puts output of an order into stock: Order, Point, Qty.
	Delivered
	// Received puts a purchase or subcontract into stock: Receipt, Point, Qty.
	Received
	// Loaded takes stock onto a vehicle: Workplace (the vehicle), Point, Qty;
	// Line if it is for a customer, and then it counts as shipped.
	Loaded
	// Unloaded puts what a vehicle carries into stock: Workplace, Point, Qty.
	Unloaded
	// Shipped takes stock out to a customer: Line, Point, Qty.
	Shipped
	// Counted tells what a stocktake found: Point, or Order and Step; Qty, may
	// be 0. It changes nothing.
	Counted
	// Adjusted corrects the books: Point, or Order and Step; Qty, positive for
	// more and negative for less; Cause. The good pieces of a step are what is
	// corrected of it. Opening balances are adjustments too.
	Adjusted
	// Closed ends an order, complete or not: Order.
	Closed
	eventKinds
)

var kindNames = [eventKinds]string{"", "Released", "Started", "Reported", "Finished", "Interrupted", "Resumed", "Moved",
	"Issued", "Delivered", "Received", "Loaded", "Unloaded", "Shipped", "Counted", "Adjusted", "Closed"}

// String returns the name of the constant.
func (k EventKind) String() string {
	if k == 0 || k >= eventKinds {
		return "unknown"
	}
	return kindNames[k]
}

// An Event is one thing that happened. Events are facts: they are never
// changed, only followed by others.
type Event struct {
	// Key tells the event apart from all others, 1 to [MaxKey] bytes;
	// appending an event twice changes nothing.
	Key  string
	Kind EventKind
	// At is when it happened, to the nanosecond, which may be earlier than
	// what was appended before it. It lies in the years 1970 to 2262.
	At time.Time

	Order     OrderID
	Step      StepID
	Workplace WorkplaceID
	Point     Point
	To        PlaceID
	Receipt   ReceiptID
	Line      LineID

	Qty, Scrap Qty
	Spent      time.Duration // working time; that of a step adds up to 292 years at most
	Cause      string        // a code or a word of the caller's

	Actor    ActorID
	Document DocumentID
}

// StockDelta returns by how much e changes the stock of its point: what a
// ledger adds up, for those who have events and no ledger.
func (e *Event) StockDelta() Qty {
	switch e.Kind {
	case Delivered, Received, Unloaded:
		return e.Qty
	case Issued, Loaded, Shipped:
		return -e.Qty
	case Adjusted:
		if e.Order == "" {
			return e.Qty
		}
	}
	return 0
}
