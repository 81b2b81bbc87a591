package schedule

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A Partner delivers items or does steps for us.
type Partner struct {
	ID   PartnerID
	Name string
	// Calendar, if named, is when the partner works: lead times are then
	// counted in its working time.
	Calendar CalendarID
	// Capacity limits what subcontracted steps the partner takes on, in
	// whole units that start in a period.
	Capacity Limit
}

// A Limit is an amount in every period of a given length, counted from the
// start of the horizon. The zero Limit is none.
type Limit struct {
	Qty wip.Qty
	Per time.Duration
}

// A Supply is one way to buy an item.
type Supply struct {
	ID       SupplyID
	Item     ItemID
	Partner  PartnerID
	Location LocationID // where it arrives
	Source              // Cost is the price
	// LeadTime from placing the order to arrival.
	LeadTime  time.Duration
	FixedCost int64 // per order
	// Capacity limits what arrives in a period.
	Capacity Limit
	// Uses are resources with buckets that each purchase takes Fixed and
	// PerUnit of when it is placed: the capacity of a supplier that several
	// items share.
	Uses []Use
}
