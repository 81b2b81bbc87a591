package smtfile

import "time"

// A Fab is what the files say, with names resolved to indices. Left aside are
// dispatching rules, limits of queue time between steps, the dedication of
// lots to lenses, least batch sizes, the classes of hot lots, and how times are
// spread beyond [Step.Spread].
type Fab struct {
	Start     time.Time // of the orders
	Tools     []ToolGroup
	Routes    []Route
	Parts     []Part
	Orders    []Stream
	Lots      []Lot // in process at the start
	Transport time.Duration
}

// A ToolGroup is equal tools.
type ToolGroup struct {
	Name, Area   string
	Count        int
	Load, Unload time.Duration // of a lot
	// Cascading tools take the next lot while one is in them; Delay is no tool
	// but a wait.
	Cascading, Delay bool
	// Breakdowns of one tool: mean times to failure and to repair, both
	// exponential. 0: it never fails.
	ToFailure, ToRepair time.Duration
	Maintenance         []Maintenance
}

// Availability is the share of time, 0 to 1, in which a tool is not broken down.
func (t *ToolGroup) Availability() float64 {
	if t.ToFailure == 0 {
		return 1
	}
	return float64(t.ToFailure) / float64(t.ToFailure+t.ToRepair)
}

// Maintenance comes to each tool of a group after so much time, or after so many
// wafers; the first time after First of whichever it is, shared out so that the
// tools of a group take turns.
type Maintenance struct {
	Every, FirstTime    time.Duration
	Wafers, FirstWafers float64
	Duration            time.Duration // mean
}

// A Route is the steps of a product.
type Route struct {
	Name  string
	Steps []Step
}

// A PerWhat says what the time of a step is for.
type PerWhat int

const (
	PerLot PerWhat = iota
	PerWafer
	PerBatch
)

// A Step of a route.
type Step struct {
	Name string
	Tool int // index of its group
	Per  PerWhat
	Time time.Duration
	// Spread is half the width of its uniform distribution, as a share of it.
	Spread float64
	// LeastBatch and Batch bound a batch, in wafers.
	LeastBatch, Batch int
	// BatchInterval and WaferInterval are after how long a cascading tool takes
	// the next lot or wafer. 0: none.
	BatchInterval, WaferInterval time.Duration
	// Setup that the tool needs, the time it takes if it has to be changed, and
	// for how many lots it is kept at least (0: no rule).
	Setup     string
	SetupTime time.Duration
	LeastRun  int
	// Share is the share of lots that undergo the step, 0 to 1.
	Share float64
	// Rework is the share of lots that then go back to step ReworkFrom (from 0).
	Rework     float64
	ReworkFrom int
}

// A Part is a product.
type Part struct {
	Name  string
	Route int
}

// A Stream is orders for lots of a part, one each interval from the start.
type Stream struct {
	Name      string
	Part      int
	Wafers    int
	Every     time.Duration
	Allowance time.Duration // from start to due date
}

// A Lot in process is about to undergo step Step (from 0) of its route.
type Lot struct {
	Name   string
	Part   int
	Wafers int
	Step   int
	Due    time.Time
}
