package schedule

import (
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/wip"
)

// A Routing is one way to make an item: steps that use resources and consume
// material. An item may have several.
type Routing struct {
	ID   RoutingID
	Item ItemID
	Shop ShopID // that its orders are released to; may be empty
	Source
	// FixedCost is the price of an order, whatever its size.
	FixedCost int64
	Steps     []Step
	// Links are the precedence among the steps. None means that each step
	// follows the one listed before it.
	Links []Link
	// Holds are the tools that stay with an order over several steps.
	Holds []Hold
	// Products are made along with the item.
	Products []Product
	// LeadTime, if not 0, is the planned time from release to completion
	// that planning without capacity uses instead of the steps' own times.
	LeadTime time.Duration
}

// A Step is one operation of a routing.
type Step struct {
	ID   StepID
	Name string
	// Modes are the alternative ways to do it. A step without modes takes
	// no time and no resource, unless it is subcontracted.
	Modes []Mode
	// Subcontract, if not nil, gives the step to a partner. Modes must then
	// be empty.
	Subcontract *Subcontract
	// Needs is the bill of material of the step.
	Needs []Need
	// Family is what a machine has to be set up for; see
	// [capacity.Resource]. Empty means that any setup will do.
	Family capacity.Family
	// Yield is the good share of what enters the step, in thousandths,
	// 1..1000. 0 means 1000.
	Yield int
	// Batch is what is worked on together (the load of an oven), see
	// [Mode.PerBatch]. 0 means the whole lot.
	Batch wip.Qty
	// Transfer is the amount that moves on before the whole lot is done:
	// the next step may start when the first transfer lot has arrived. 0
	// means the whole lot.
	Transfer wip.Qty
	// Calendar, if named, is when the step may be worked on: only while its
	// resources and the calendar both work, at the rate of the machine.
	Calendar CalendarID
	// Pausable work is interrupted by non-working time and goes on after
	// it; other work needs an unbroken stretch.
	Pausable bool
	// Queue is the least time that a lot waits before the step, and Move
	// that it takes after it to the next one; both elapsed time.
	Queue, Move time.Duration
	// Provisions have to be ready before the step may start.
	Provisions []ProvisionID
}

// A Link says that To follows From.
type Link struct {
	From, To StepID
	// MinWait and MaxWait bound the elapsed time from the end of From to
	// the start of To, besides [Step.Move] and [Step.Queue], which add to
	// MinWait. A MaxWait of 0 means no limit.
	MinWait, MaxWait time.Duration
	// SoftWait is what MinWait should be if there is time for it: a planner
	// keeps it as long as nobody is late by it.
	SoftWait time.Duration
	// NoWait means that To starts at the very instant when From ends.
	NoWait bool
}

// A Hold keeps units of a resource with an order from the start of one step to
// the end of another, pauses and waits included and whether it works or not: a
// mould, a pallet, a trolley. The steps do not name it among their uses.
type Hold struct {
	Resource ResourceID // neither a pool nor one with buckets
	Units    int        // 0 means 1
	From, To StepID
}

// A Mode is one way to do a step: on these resources together, in this time.
type Mode struct {
	// Uses are occupied together from start to end. The first is the
	// machine: the setup is the machine's, and its efficiency counts. Without
	// any, the work needs nobody and goes on while the routing's shop works.
	Uses []Use
	// Setup is spent once a lot, in addition to any changeover time of the
	// machine between families. It is counted as setup.
	Setup time.Duration
	// Fixed is spent once a lot, PerUnit for every whole unit, PerBatch for
	// every started batch of [Step.Batch] units. See [Mode.Work].
	Fixed, PerUnit, PerBatch time.Duration
	// Priority orders the modes of a step: lower is preferred when equal.
	Priority int
	// Effective bounds the dates on which an operation in it may start.
	Effective Span
	Cost      int64 // per whole unit
}

// A Use is a number of units of a resource, or an amount of one that is counted
// by buckets; see [capacity.Resource].
type Use struct {
	// Resource may be a pool: then any member that has the skill serves.
	Resource ResourceID
	Units    int            // 0 means 1
	Skill    capacity.Skill // that the resource must have; may be empty
	// Fixed and PerUnit are what a lot takes of a resource with buckets: once,
	// and for every whole unit that enters the step or is bought or moved. See
	// [Use.Take].
	Fixed, PerUnit time.Duration
}

// A Subcontract gives a step to a partner.
type Subcontract struct {
	Partner  PartnerID
	LeadTime time.Duration // elapsed, or working time of the partner's calendar
	Cost     int64         // per whole unit
	Fixed    int64         // per order
}

// A Need is one line of a bill of material.
type Need struct {
	Item ItemID
	// Per is the amount for one whole unit that enters the step, Fixed the
	// amount for a lot of whatever size, both in base units of Item.
	Per, Fixed wip.Qty
	// Loss is the share lost in use, in thousandths, 0..999.
	Loss int
	// Location to take it from; empty means that of the routing's shop.
	Location LocationID
	// Offset moves the instant of consumption against the start of the step.
	Offset time.Duration
	// Effective bounds the starts of the step for which anything is needed,
	// Usable those for which Item itself may be taken and not an alternate.
	Effective, Usable Span
	Alternates        []Alternate
	// base is the number of whole units that Per is for; 0 means 1. Only
	// [Explode] sets it, for shares that are not integers.
	base int64
}

// An Alternate may stand in for the item of a [Need] when that is short, the
// one of lowest priority first.
type Alternate struct {
	Item       ItemID
	Per, Fixed wip.Qty // 0 means as much as of the item it replaces
	Priority   int
	Effective  Span
	Cost       int64 // per whole unit of the alternate, for using it
}

// A Product is a co-product or by-product: made when the order ends.
type Product struct {
	Item       ItemID
	Per, Fixed wip.Qty // for one whole unit of the routing's item, and for a lot
	Location   LocationID
	Step       StepID // at whose end it comes; empty means the end of the order
	// Effective bounds the dates on which it comes; at other times it is not
	// made along.
	Effective Span
}
