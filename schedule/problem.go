package schedule

import (
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/wip"
)

// IDs are chosen by the caller and unique among things of their kind within a
// [Problem]. Each kind has a type of its own, so that the compiler tells an
// item from an order. Items and places are known to package wip as well, and
// are its types.
type (
	ItemID      = wip.ItemID
	LocationID  = wip.PlaceID
	ResourceID  = capacity.ResourceID
	CalendarID  = calendar.ID
	ShopID      = capacity.ShopID
	LaneID      string
	RoutingID   string
	StepID      = wip.StepID // unique within its routing
	PartnerID   string
	SupplyID    string
	ProvisionID string
	ContractID  string
	LineID      = wip.LineID
	OrderID     = wip.OrderID
	ReceiptID   = wip.ReceiptID
)

// A Problem is everything that is known before planning. It is plain data;
// nothing in this module modifies or keeps one, so it may be shared by
// concurrent calls.
//
// Slices, not maps, hold its parts: their order is the order of ties and of
// reports. A Problem that is not yet known to be well formed is checked with
// [Problem.Validate]; every planner does so first.
//
// Money is counted in whole units of the smallest coin in use, and prices that
// depend on an amount are per whole unit of measure of the item (a kilogram
// that is accounted in grams has its price per kilogram).
type Problem struct {
	Name string

	// From and To bound the horizon [From, To). Nothing is planned outside.
	From, To time.Time
	// Now is the present, From <= Now < To; what lies before it is history.
	// Zero means From.
	Now time.Time
	// Tick is the resolution of time. Instants are taken relative to From
	// and rounded down to it, durations up. 0 means one second.
	Tick time.Duration
	// FrozenUntil is the end of the frozen zone: until then operations of
	// existing orders that have dates stay where they are. Zero means Now.
	FrozenUntil time.Time
	// ReleaseFrom is the release fence: no new order, purchase, subcontract
	// or transfer starts before it. Zero means Now.
	ReleaseFrom time.Time

	Calendars   []calendar.Calendar
	Changeovers []capacity.ChangeoverTable
	Locations   []Location
	Shops       []Shop
	Resources   []capacity.Resource
	Lanes       []Lane

	Items      []Item
	Routings   []Routing
	Partners   []Partner
	Supplies   []Supply
	Provisions []Provision

	// Stock holds the opening balances, at Now.
	Stock []wip.Balance
	// Receipts are deliveries to us that are already on their way.
	Receipts []Receipt
	// Orders are production orders that exist already: approved, firm or
	// released, with their progress. Every plan contains them.
	Orders []Order

	Contracts []Contract
	Lines     []ContractLine
	// Norms are the stocks that points are meant to hold. Planners treat
	// their minimum and target as demand after all contract lines.
	Norms []wip.Norm

	Objective Objective
}

// A Location is a place where stock lies: a site, a store, the floor of a
// shop. A problem that names none has one place, whose ID is empty.
type Location struct {
	ID   LocationID
	Name string
	// Area is what can be stored there, in the unit of [Item.Area]. 0 means
	// no limit.
	Area int64
}

// A Shop is a division that orders are released to.
type Shop struct {
	ID   ShopID
	Name string
	// Location is where its orders take material from and put products to.
	Location LocationID
	// Calendar, if named, is when the shop works: the working time of each
	// of its resources is intersected with it.
	Calendar CalendarID
}

// A Lane is a way for items from one location to another.
type Lane struct {
	ID       LaneID
	From, To LocationID
	// Items that may use it. None means all.
	Items []ItemID
	// Time is the elapsed time from departure to arrival.
	Time time.Duration
	// Vehicle, if named, is a fleet of which every trip takes one unit for
	// TripTime (there and back; 0 means Time).
	Vehicle  ResourceID
	TripTime time.Duration
	// LoadPerTrip is what one trip carries, in the unit of [Item.Load]. 0
	// means no limit.
	LoadPerTrip int64
	// FromDock and ToDock, if named, are occupied by one unit for Handling
	// before departure and after arrival.
	FromDock, ToDock ResourceID
	Handling         time.Duration

	// Uses are resources with buckets that each transfer takes Fixed and
	// PerUnit of when it departs.
	Uses []Use

	Source
	TripCost int64
}

// A Source holds what every way to obtain an item has in common: a [Routing],
// a [Supply], a [Lane].
type Source struct {
	// Priority orders the alternatives of an item: lower is tried first.
	Priority int
	// Effective bounds the dates on which it may be started.
	Effective Span
	// Fence is the time from now within which no new order, purchase or
	// transfer from it may start.
	Fence time.Duration
	// SafetyTime, if not 0, replaces [Item.SafetyTime] for this source.
	SafetyTime time.Duration
	// Cost per whole unit.
	Cost int64
	// Lot, if not zero, replaces [Item.Lot] for this source, and Lots replace
	// it for what starts in their time. See [Source.LotAt].
	Lot  Lot
	Lots []DatedLot
	// Share, if any source of the item at the location has one, splits the
	// demand, also a single one, among them in these proportions instead of by
	// priority, as far as lot rules and dates allow.
	Share int
}

// A Span is a stretch of time [From, To); a zero bound is open.
type Span struct{ From, To time.Time }

// Contains reports whether t lies in s.
func (s Span) Contains(t time.Time) bool {
	return (s.From.IsZero() || !t.Before(s.From)) && (s.To.IsZero() || t.Before(s.To))
}

// A Receipt is an amount that arrives by a decision already taken: a purchase
// or transfer order that was placed.
type Receipt struct {
	ID       ReceiptID
	Item     ItemID
	Location LocationID
	Qty      wip.Qty
	At       time.Time // before Now means that it is overdue and expected Now
	Partner  PartnerID // may be empty
	Note     string
}

// A ProvisionKind says what a provision is, for reports.
type ProvisionKind int

const (
	Document ProvisionKind = iota
	Drawing
	Tooling
	Fixture
	OtherProvision
)

// A Provision is something besides material and capacity that has to be ready
// before work may start: a document, a drawing, a tool that is being made.
type Provision struct {
	ID    ProvisionID
	Name  string
	Kind  ProvisionKind
	Ready time.Time // zero: ready since ever
	Shop  ShopID    // who provides it; may be empty
}
