package schedule

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// An Item is something that is made, bought, consumed or sold.
type Item struct {
	ID   ItemID
	Name string
	Unit wip.Unit
	// Cost is the value of one whole unit in stock.
	Cost int64
	// Holding is the price of keeping one whole unit for a day.
	Holding int64
	// Phantom items are not stocked: an order that needs one makes it along,
	// with the first effective routing's steps and needs in its own. See [Explode].
	Phantom bool
	// Lot says in what amounts it is ordered, unless a source says otherwise.
	Lot Lot
	// SafetyTime is how long before its need an order for it is to be
	// complete, if capacity and lead times allow. It is soft. A source can
	// have another.
	SafetyTime time.Duration
	// Load and Area are what one whole unit takes of a vehicle and of a
	// location, in units of the caller's choice.
	Load, Area int64
	// Provisions have to be ready before any of its orders may start.
	Provisions []ProvisionID
}

// A LotRule says how net requirements become lots.
type LotRule int

const (
	LotForLot   LotRule = iota // the requirement, within minimum, multiple and maximum
	FixedLot                   // as many lots of Size as it takes
	PeriodCover                // one lot for all requirements within Period of the first
)

// A DatedLot is a lot rule for a time: a season, a campaign, a price list.
type DatedLot struct {
	Effective Span
	Lot       Lot
}

// A Lot says in what amounts something is ordered. The zero Lot is
// lot-for-lot without bounds.
type Lot struct {
	Rule   LotRule
	Size   wip.Qty       // of FixedLot
	Period time.Duration // of PeriodCover
	// Minimum, Multiple and Maximum bound a lot: an amount is raised to the
	// minimum, then to the next multiple, and made in several lots if that
	// is above the maximum. 0 means no bound. See [Lot.Next].
	Minimum, Multiple, Maximum wip.Qty
}
