package model

import "time"

// A Model is all that a document says.
type Model struct {
	Name string
	// Current is the present; zero if the document does not say.
	Current time.Time
	// PoolsOfIndividuals means that a load of n on a pool takes n members.
	PoolsOfIndividuals bool
	// ProducesInFull means that an order of which a part is completed still
	// brings all of its quantity.
	ProducesInFull bool
	// CompletesInFuture means that completed orders may end after the present.
	CompletesInFuture bool
	// Runs are the calls of the solver in the document's scripts, in order.
	Runs []Run
	// Notes say what was left out.
	Notes []string

	Calendars     []*Calendar
	Locations     []*Location
	Customers     []*Customer
	Suppliers     []*Supplier
	Items         []*Item
	Buffers       []*Buffer
	Operations    []*Operation
	Resources     []*Resource
	Skills        []*Skill
	Matrices      []*SetupMatrix
	Demands       []*Demand
	Flows         []*Flow
	Loads         []*Load
	Suboperations []*Suboperation
	Dependencies  []*Dependency
	Qualities     []*ResourceSkill
	Purchases     []*ItemSupplier
	Distributions []*ItemDistribution
	Plans         []*OperationPlan
}

// An Entity is what everything in a model has. Line is where it came up first.
type Entity struct {
	Name string
	Line int
}

// A Span is a stretch of time [From, To); a zero bound is open.
type Span struct{ From, To time.Time }

type (
	// A Calendar is a number that changes over time.
	Calendar struct {
		Entity
		Default Amount
		Buckets []*Bucket
	}
	// A Bucket gives a calendar a value in a span, on some days of the week
	// (bit 0 is Sunday) and between two times of the day. The lowest priority
	// rules, then the latest start.
	Bucket struct {
		Entity
		Span
		Value         Amount
		Priority      int
		Days          int
		Opens, Closes time.Duration
	}
	Location struct {
		Entity
		Available *Calendar
		Owner     *Location
	}
	Customer struct{ Entity }
	Supplier struct {
		Entity
		Available *Calendar
	}
	Item struct {
		Entity
		Cost        Amount
		Owner       *Item
		MakeToOrder bool
		// Delivery is the operation that ships it, if not simply taken.
		Delivery *Operation
	}
	// A Buffer is a stock point.
	Buffer struct {
		Entity
		Item             *Item
		Location         *Location
		Batch            string
		Onhand           Amount
		Minimum, Maximum Amount
		MinimumCalendar  *Calendar
		MaximumCalendar  *Calendar
		Producing        *Operation
		Kind             string // buffer_default, buffer_infinite, buffer_procure
		Leadtime, Fence  time.Duration
		Sizes
	}
	// Sizes bound an order.
	Sizes struct {
		Minimum         Amount
		MinimumCalendar *Calendar
		Multiple        Amount // 0 means none
		Maximum         Amount // 0 means none
		BatchWindow     time.Duration
	}
	// An Operation is a way to do something: see its Kind.
	Operation struct {
		Entity
		Kind      string // operation_fixed_time, _time_per, _routing, _alternate, _split
		Location  *Location
		Item      *Item
		Owner     *Operation
		Priority  int
		Effective Span
		Sizes     Sizes
		Fence     time.Duration
		PostTime  time.Duration
		HardPost  bool
		Cost      Amount
		Available *Calendar
		Duration  time.Duration
		PerUnit   time.Duration
		Search    string
	}
	Suboperation struct {
		Entity
		Owner, Operation *Operation
		Priority         int
		Effective        Span
	}
	Dependency struct {
		Entity
		Operation, BlockedBy *Operation
		Quantity             Amount
		Soft, Hard           time.Duration
	}
	// A Flow consumes (negative) or produces (positive) material.
	Flow struct {
		Entity
		Operation       *Operation
		Buffer          *Buffer
		Item            *Item
		Location        *Location
		Kind            string // flow_start, flow_end, flow_transfer_batch and their fixed forms
		Quantity, Fixed Amount
		Offset          time.Duration
		Transfer        Amount
		Priority        int
		Effective       Span
	}
	Load struct {
		Entity
		Operation       *Operation
		Resource        *Resource
		Kind            string
		Quantity, Fixed Amount
		Skill           *Skill
		Setup           string
		Priority        int
		Search          string
		Offset          string // a duration or a percentage
		Effective       Span
	}
	Resource struct {
		Entity
		Kind               string // resource_default, _infinite, _buckets and its forms
		Maximum            Amount
		MaximumCalendar    *Calendar
		Available          *Calendar
		Location           *Location
		Efficiency         Amount // per cent
		EfficiencyCalendar *Calendar
		Cost               Amount
		MaxEarly           time.Duration
		Unconstrained      bool
		Setup              string
		Matrix             *SetupMatrix
		Owner              *Resource
		Tool, ToolPerPiece bool
	}
	SetupMatrix struct {
		Entity
		Rules []*SetupRule
	}
	SetupRule struct {
		Entity
		Priority int
		From, To string
		Duration time.Duration
		Cost     Amount
		Resource *Resource
	}
	Skill         struct{ Entity }
	ResourceSkill struct {
		Entity
		Resource  *Resource
		Skill     *Skill
		Priority  int
		Effective Span
	}
	// A Way is what a purchase and a transfer have in common.
	Way struct {
		Leadtime       time.Duration
		Sizes          Sizes
		Cost           Amount
		Priority       int
		Effective      Span
		Fence          time.Duration
		Resource       *Resource
		ResourceAmount Amount // of it for each unit
	}
	ItemSupplier struct {
		Entity
		Way
		Item       *Item
		Supplier   *Supplier
		Location   *Location
		Soft, Hard time.Duration
	}
	ItemDistribution struct {
		Entity
		Way
		Item                *Item
		Origin, Destination *Location
	}
	Demand struct {
		Entity
		Kind        string // demand_default, demand_group
		Item        *Item
		Location    *Location
		Operation   *Operation
		Customer    *Customer
		Owner       *Demand
		Quantity    Amount
		Due         time.Time
		Priority    int
		MaxLate     time.Duration // negative means no limit
		MinShipment Amount        // negative means not given
		Status      string
		Policy      string
		Batch       string
	}
	// An OperationPlan is an order that exists.
	OperationPlan struct {
		Entity
		Type       string // MO, WO, PO, DO, DLVR, or empty
		Operation  *Operation
		Item       *Item
		Location   *Location
		Origin     *Location
		Supplier   *Supplier
		Demand     *Demand
		Owner      *OperationPlan
		Batch      string
		Start, End time.Time
		Quantity   Amount
		Completed  Amount
		Status     string
		Resources  []*Resource
		// Items and Buffers are those from which it takes what it needs, as far
		// as it says.
		Items   []*Item
		Buffers []*Buffer
		// NoConsumption, NoProduction and NoCapacity switch its effects off.
		NoConsumption, NoProduction, NoCapacity bool
	}
)
