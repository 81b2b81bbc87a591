package simulate

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Options says what the world does that the plan does not know, and how the
// shop goes about its work. The zero Options executes the plan as it is.
type Options struct {
	// Seed chooses the world. Every random quantity depends on it and on what
	// it is the quantity of, and on nothing else.
	Seed uint64

	// Rule is the dispatching rule by which machines choose among waiting
	// operations, modes and members of pools. The zero Rule keeps the plan:
	// its modes, its resources and its sequence on each of them, even where a
	// machine idles for that.
	Rule Rule
	// Release decides when orders in the pool are given to the shop. nil
	// releases an order when it enters the pool, which is at its planned
	// release.
	Release Release
	// Overtime means that operations which the plan says nothing about work in
	// overtime windows too.
	Overtime bool
	// HoldUntilDue keeps what is ready for a contract line until its due date.
	HoldUntilDue bool

	// Work varies the run time of each operation around the planned one.
	Work Variation
	// Yield scraps each piece by itself with the probability that the step's
	// yield leaves; otherwise every lot loses its share.
	Yield bool
	// Breakdowns, of which several may be about one resource.
	Breakdowns []Breakdown
	// Delay is added to the arrival of every receipt, purchase, transfer and
	// subcontracted step, with the probability DelayShare (0..1; 0 means 1 if
	// there is a Delay).
	Delay      Distribution
	DelayShare float64
	// Rushes are orders that nobody planned.
	Rushes []Rush
	// CancelShare is the share of contract lines that are cancelled, each at
	// a random instant before its due date.
	CancelShare float64

	// Event, if not nil, is told of all that happens, in the order of time. A
	// [wip.Ledger] of these events, after the stock of the problem, knows what
	// the plant does. Co-products are adjustments; what a rush order puts out is
	// shipped to a line of the order's name.
	Event func(wip.Event)
}

// A Breakdown is how units of a resource fail. Times to failure are elapsed
// time, so that the same failures come to whatever plan.
type Breakdown struct {
	// Resource that fails; empty means every machine.
	Resource schedule.ResourceID
	// ToFailure is the time from a repair to the next failure of a unit,
	// ToRepair the time that it then stands.
	ToFailure, ToRepair Distribution
}

// ShortFrequent returns breakdowns that take a resource's unit out of service
// for a share 1−availability of time, in failures of a tenth of the work time
// given: the kind that hurts little.
func ShortFrequent(r schedule.ResourceID, availability float64, work time.Duration) Breakdown {
	return breakdown(r, availability, work/10)
}

// LongRare is the same availability in failures of ten times the work time: the
// kind that destroys cycle times (Hopp and Spearman, Factory Physics, ch. 8).
func LongRare(r schedule.ResourceID, availability float64, work time.Duration) Breakdown {
	return breakdown(r, availability, work*10)
}

func breakdown(r schedule.ResourceID, availability float64, repair time.Duration) Breakdown {
	uptime := float64(repair) * availability / (1 - availability)
	return Breakdown{r, Distribution{time.Duration(uptime), Exponential()}, Distribution{repair, Exponential()}}
}

// A Rush is an arrival process of orders that nobody planned. Their output
// leaves at once for the customer.
type Rush struct {
	// Name begins the IDs of the orders.
	Name    string
	Routing schedule.RoutingID
	Qty     wip.Qty
	// Between is the time from one to the next, Allowance that from arrival
	// to due date.
	Between, Allowance Distribution
	Priority           int
}

// An OptionError lists all that is wrong with options.
type OptionError struct {
	Issues []OptionIssue // not empty
}

// An OptionIssue is one thing that is wrong with an option.
type OptionIssue struct {
	Option string // its name
	Text   string // what was found and what was expected
}

func (e *OptionError) Error() string {
	var b strings.Builder
	for i, is := range e.Issues {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString("simulate: " + is.Option + ": " + is.Text)
	}
	return b.String()
}

// validate lists what is wrong with o.
func (o *Options) validate(x *schedule.Index) error {
	c := optionCheck{}
	c.variation("Work", o.Work)
	c.distribution("Delay", o.Delay, true)
	c.share("DelayShare", o.DelayShare)
	c.share("CancelShare", o.CancelShare)
	for i, b := range o.Breakdowns {
		at := fmt.Sprintf("Breakdowns[%d].", i)
		if b.Resource != "" && x.Resources.Find(b.Resource) == nil {
			c.add(at+"Resource", "%q is unknown", b.Resource)
		}
		c.distribution(at+"ToFailure", b.ToFailure, false)
		c.distribution(at+"ToRepair", b.ToRepair, false)
	}
	for i, r := range o.Rushes {
		at := fmt.Sprintf("Rushes[%d].", i)
		if x.Routings.Find(r.Routing) == nil {
			c.add(at+"Routing", "%q is unknown", r.Routing)
		}
		if r.Qty <= 0 {
			c.add(at+"Qty", "%d is not positive", r.Qty)
		}
		c.distribution(at+"Between", r.Between, false)
		c.distribution(at+"Allowance", r.Allowance, true)
	}
	if len(c.issues) == 0 {
		return nil
	}
	return &OptionError{c.issues}
}

type optionCheck struct{ issues []OptionIssue }

func (c *optionCheck) add(option, format string, args ...any) {
	c.issues = append(c.issues, OptionIssue{option, fmt.Sprintf(format, args...)})
}

func (c *optionCheck) variation(option string, v Variation) {
	limit := 10.0
	if v.Shape == Uniform {
		limit = 1 / math.Sqrt(3)
	}
	if !(v.CV >= 0 && v.CV <= limit) {
		c.add(option+".CV", "%v is not in 0..%.3v", v.CV, limit)
	}
	if v.Shape > Uniform {
		c.add(option+".Shape", "%d is unknown", v.Shape)
	}
}

func (c *optionCheck) distribution(option string, d Distribution, orZero bool) {
	if d.Mean < 0 || d.Mean == 0 && !orZero {
		c.add(option+".Mean", "%v is not positive", d.Mean)
	}
	c.variation(option, d.Variation)
}

func (c *optionCheck) share(option string, v float64) {
	if !(v >= 0 && v <= 1) {
		c.add(option, "%v is not in 0..1", v)
	}
}
