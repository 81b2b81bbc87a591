package schedule

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// An Order is a production order that exists before planning.
type Order struct {
	ID      OrderID
	Item    ItemID
	Routing RoutingID
	Qty     wip.Qty // good output that is expected of the whole order
	Due     time.Time
	Status  OrderStatus
	// Line is the contract line that it was made for; its output is pegged
	// to that first. May be empty.
	Line LineID
	// Steps holds what is known of steps; the others have not begun.
	Steps []StepState
}

// An OrderStatus says what a plan may still do with an order.
type OrderStatus int

const (
	// Approved orders are made in their quantity; dates and modes are the
	// planner's.
	Approved OrderStatus = iota
	// Firm orders keep the dates and resources of every step that has them
	// in [Order.Steps]; other steps are the planner's.
	Firm
	// Released orders are at work in the shop. Finished steps are history,
	// started ones go on where they are, and the rest is as for Approved,
	// except that starts inside the frozen zone are kept.
	Released
)

// A StepState is what is known of one step of an order.
type StepState struct {
	// Step is one of the routing, or of a phantom in it by the name that it
	// has in plans: see [Explode].
	Step StepID
	// Start, End and Mode (an index into [Step.Modes]) are its dates and
	// mode if they are fixed or have happened. A zero Start means neither.
	Start, End time.Time
	Mode       int
	// Done means that the step is finished, Started that it is at work.
	Started, Done bool
	// Setup is what setting up for a started step takes, changeover included,
	// if that is counted in Progress.Spent, of which it is then the first
	// part. 0 means that the setup is over.
	Setup time.Duration
	// Progress is what has been reported of it. [Processing.Left] is what that
	// leaves to do.
	Progress wip.Progress
	// Issued means that its material has been taken from stock already.
	Issued bool
}
