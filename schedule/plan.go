package schedule

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A Plan is one answer to a [Problem]: what is released where, when and in
// what lots, what is bought, given out and moved, what is delivered when, and
// why what is late is late.
//
// The type does not promise that the answer is allowed; that is for package
// [github.com/taktplan/takt/schedule/verify] to say. Plans from different
// planners, from files and from people are the same kind of thing.
type Plan struct {
	// Orders are the production orders, those of the problem included,
	// sorted by release, then ID.
	Orders []PlannedOrder
	// Operations are their steps, but for those that are given to partners,
	// sorted by start, then order and step.
	Operations []Operation
	// Purchases, Subcontracts and Transfers are sorted by their first date,
	// then ID.
	Purchases    []Purchase
	Subcontracts []SubcontractOrder
	Transfers    []Transfer
	// Deliveries are sorted by date, then line.
	Deliveries []Delivery
	// Pegs say what serves what, sorted by supply, then demand.
	Pegs []Peg
	// Promises hold one entry for each contract line that is not closed, in
	// the order of the problem.
	Promises []Promise
	// Unplanned lists orders of the problem and other work that found no
	// place, with the reason.
	Unplanned []Unplanned
	// Metrics measures the plan; it equals [Evaluate] of it.
	Metrics Metrics
}

// A PlannedOrder is a lot.
type PlannedOrder struct {
	ID      OrderID
	Item    ItemID
	Routing RoutingID
	Shop    ShopID
	Qty     wip.Qty // good output
	// Release is when the order is given to the shop; Start and End bound
	// its operations. End is when its output is in stock.
	Release, Start, End time.Time
	// Due is when its output is needed first (the need-by date); zero if
	// by nobody.
	Due time.Time
	// Existing says that the order is one of the problem's.
	Existing bool
}

// An Operation is one step of an order, placed.
type Operation struct {
	Order OrderID
	Step  StepID
	// Qty is what enters the step, loss by yield included.
	Qty  wip.Qty
	Mode int // index into [Step.Modes]; 0 for a step without
	// Resources serve the uses of the mode, one each. None means that they
	// are the resources that the mode names.
	Resources []ResourceID
	// Start and End bound the occupation, pauses and setup included.
	Start, End time.Time
	// Setup is the working time at its beginning that is setup: changeover
	// and [Mode.Setup]; of a started operation, [StepState.Setup].
	Setup time.Duration
	// NeedBy is when it would have to end for the order's due date to be kept
	// with the plan's later steps as short as they can be; zero if nothing
	// waits for it.
	NeedBy time.Time
	// Overtime says that it works in overtime windows too.
	Overtime bool
	// Done and Started say that it has happened or is at work.
	Done, Started bool
}

// A Purchase is an order to a supplier.
type Purchase struct {
	ID      string
	Supply  SupplyID
	Item    ItemID
	Qty     wip.Qty
	Order   time.Time // when it is placed
	Arrival time.Time
}

// A SubcontractOrder gives one step of an order to a partner.
type SubcontractOrder struct {
	Order      OrderID
	Step       StepID
	Partner    PartnerID
	Qty        wip.Qty
	Start, End time.Time
}

// A Transfer moves an item over a lane in one or more trips that leave
// together.
type Transfer struct {
	ID                string
	Lane              LaneID
	Item              ItemID
	Qty               wip.Qty
	Trips             int
	Departure, Arrive time.Time
}

// A Delivery is a shipment on a contract line.
type Delivery struct {
	Line LineID
	Qty  wip.Qty
	At   time.Time
}

// A Peg says that Qty of a supply serves a demand. Everything that a plan
// consumes is pegged to where it comes from.
type Peg struct {
	Supply SupplyRef
	Demand DemandRef
	Item   ItemID
	Qty    wip.Qty
}

// A SupplyKind says what a [SupplyRef] refers to.
type SupplyKind int

const (
	FromStock SupplyKind = iota // opening balance at Location
	FromReceipt
	FromOrder
	FromPurchase
	FromTransfer
)

// A SupplyRef names where material comes from.
type SupplyRef struct {
	Kind     SupplyKind
	ID       string     // of the receipt, order, purchase or transfer
	Location LocationID // of FromStock
}

// A DemandKind says what a [DemandRef] refers to.
type DemandKind int

const (
	ForLine     DemandKind = iota
	ForStep                // consumption by a step of an order
	ForTransfer            // departure on a lane
	ForNorm                // stock that is meant to be there
)

// A DemandRef names what material goes to.
type DemandRef struct {
	Kind     DemandKind
	ID       string     // of the line, order or transfer
	Step     StepID     // of ForStep
	Location LocationID // of ForNorm
}

// A Promise is what becomes of a contract line.
type Promise struct {
	Line      LineID
	Due       time.Time
	Delivered wip.Qty   // within the horizon
	Last      time.Time // when the last of it is delivered; zero if nothing is
	Short     wip.Qty   // never delivered
	// Why is the chain of causes if the line is late or short, the nearest
	// to the customer first; empty otherwise.
	Why []Cause
}

// Late reports whether any of the line is delivered after its due date or not
// at all.
func (p Promise) Late() bool {
	return p.Short > 0 || (!p.Last.IsZero() && p.Last.After(p.Due))
}

// A Cause is one link in the chain from a late line to its root.
type Cause struct {
	Kind CauseKind
	// What it is about, as far as that makes sense: an order and step, an
	// item at a location, a resource, a partner, a provision.
	Order     OrderID
	Step      StepID
	Item      ItemID
	Location  LocationID
	Resource  ResourceID
	Partner   PartnerID
	Provision ProvisionID
	// From and To bound the time that was lost to it.
	From, To time.Time
}

// A CauseKind says why something could not be earlier.
type CauseKind int

const (
	_                 CauseKind = iota
	WaitsForMaterial            // Item at Location, made by Order if there is no Step
	WaitsForResource            // Resource was busy with other work
	WaitsForShift               // Resource, or the shop, did not work
	WaitsForStep                // the step takes its time, with the wait that has to follow it: Order, Step
	WaitsForLeadTime            // of a purchase, transfer or subcontract
	WaitsForFence               // frozen zone, release fence or supplier's fence
	WaitsForProvision           // a document or tool is not ready
	WaitsForPartner             // the partner's or supplier's capacity is used up
	WaitsForOrder               // the date of an existing order or receipt
	DueInPast                   // it was due before it could be looked at
	NoSource                    // nothing makes, buys or moves the item
	BeyondHorizon               // it would end after the horizon
	BeyondMaxLate               // it would be later than the customer accepts
	WaitsForTogether            // another line of the group
	LotMaximum                  // the lot rule makes more lots of it than are planned
	NotReached                  // planning ended, or gave up, before all ways to it were looked at
	NoWorkingTime               // Resource, Partner, or the step at all, has no working time left
	TooLarge                    // Resource or Partner can never take so much at once, or work on it for so long
	MaxWait                     // the longest wait that is allowed between steps of Item cannot be kept
)

// An Unplanned is something that found no place in the plan.
type Unplanned struct {
	Order    OrderID // or
	Item     ItemID  // with Location, for stock that could not be had
	Location LocationID
	Qty      wip.Qty
	Why      []Cause
}

// Metrics measures a plan. Durations are sums without weights; Cost applies
// [Problem.Objective].
type Metrics struct {
	Cost int64
	// Terms are the parts of Cost by name, in the order of [Objective].
	Terms []CostTerm

	Lines, OnTimeLines, LateLines, ShortLines int
	// OnTimeShare and OnTimeValueShare are by count and by value, 0..1.
	OnTimeShare, OnTimeValueShare float64
	// LateUnitDays is whole units × days late, shortages counted to the end
	// of the horizon; ShortUnits are whole units never delivered.
	LateUnitDays, ShortUnits float64
	Tardiness, MaxTardiness  time.Duration

	Orders, Operations int
	Makespan           time.Duration // from Now to the last end
	Flow               time.Duration // release to end, all orders
	Setup, Work        time.Duration // on machines; Work includes setup
	MeanWIP            float64       // orders in process, time average over [Now, last end)
	// Utilisation is work over regular working time of all machines until the
	// last end; overtime can take it above 1.
	Utilisation float64
	// RhythmWithinPlan (R1), RhythmByShare (R2) and RhythmVariation (V)
	// compare the daily output of end items, those with contract lines, with
	// an even one: the quantity of the lines, spread over the days until the
	// last delivery on which machines work. They are means over the items;
	// days are of 24 hours from the start of the horizon.
	RhythmWithinPlan, RhythmByShare, RhythmVariation float64
	// BelowNorm and AboveNorm are whole unit-days outside the norms.
	BelowNorm, AboveNorm float64
	// Money is what the plan costs by itself, without penalties.
	Money int64
}

// A CostTerm is one part of a plan's cost.
type CostTerm struct {
	Name string
	Cost int64
}
