package schedule

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A Contract groups lines of one customer, for reports.
type Contract struct {
	ID       ContractID
	Customer string
	Name     string
}

// A ContractLine is a promise to deliver.
type ContractLine struct {
	ID       LineID
	Contract ContractID // may be empty
	Item     ItemID
	Location LocationID // it is delivered from
	Qty      wip.Qty
	// Earliest is when the customer begins to accept it; zero means ever.
	Earliest time.Time
	Due      time.Time
	// Status says whether it is firm, a forecast, or to be ignored.
	Status LineStatus
	// Priority is the line's rank: lower is more important. It decides
	// between lines; prices decide between plans.
	Priority int
	// Price is the value of one whole unit. Late, Early and Short are the
	// line's own prices for what [Objective] names so; 0 means the
	// objective's.
	Price, Late, Early, Short int64
	// MinShipment is the least amount of a partial delivery. 0 means that
	// the line is delivered whole.
	MinShipment wip.Qty
	// Together names a group of lines that ship at one instant.
	Together string
	// MaxLate is how late a delivery may be; what would be later is short.
	// 0 means no limit.
	MaxLate time.Duration
}

// A LineStatus says how binding a line is.
type LineStatus int

const (
	FirmLine     LineStatus = iota // a contract
	ForecastLine                   // planned after all firm lines of whatever priority
	QuoteLine                      // an inquiry: planned last
	ClosedLine                     // delivered or cancelled: ignored
)
