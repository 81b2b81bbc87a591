package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Rule ranks the work of a work centre.
type Rule int

const (
	ByPlan          Rule = iota // as the plan has it
	ByDue                       // earliest need date of the operation
	BySlack                     // least slack
	ByCriticalRatio             // least time left over work left
	ByShortest                  // shortest work left of the operation
)

var ruleNames = [...]string{"plan", "due", "slack", "critical ratio", "shortest"}

// String names the rule.
func (r Rule) String() string {
	if r < 0 || int(r) >= len(ruleNames) {
		return "unknown"
	}
	return ruleNames[r]
}

// A Job is a line of a dispatch list.
type Job struct {
	Shop      schedule.ShopID
	Workplace schedule.ResourceID
	Rank      int // at the workplace, 1 for the first
	Order     schedule.OrderID
	Item      schedule.ItemID
	Step      schedule.StepID
	Left      Amount
	Work      time.Duration // left, working time
	NeedBy    time.Time     // zero: nothing waits for it
	Slack     time.Duration // working time from now to NeedBy, less the work
	Here      bool          // the steps before it are done
	Kit       bool          // and its material is there
	Cost      int64         // of a day beyond NeedBy, to the contract lines that wait
}

func (Job) columns() []table.Column {
	return []table.Column{text("shop"), text("workplace"), number("rank"), text("order"), text("item"), text("step"), number("left"), text("unit"),
		number("work h"), text("need by"), number("slack h"), text("here"), text("kit"), number("cost per day")}
}

func (r Job) cells() []any {
	var slack any = ""
	if !r.NeedBy.IsZero() {
		slack = r.Slack
	}
	return []any{r.Shop, r.Workplace, r.Rank, r.Order, r.Item, r.Step, r.Left, r.Left.Unit.Code, r.Work, r.NeedBy, slack, yes(r.Here), yes(r.Kit), r.Cost}
}

// Dispatch lists the work of each work centre that is planned to start before
// the end of the scope and not finished, ranked by a rule; first of equals is
// what is first in the plan. Slack is negative for what is late already; work
// that nothing waits for comes last under the rules that look at need dates.
// The scope begins now, whatever its From.
func (d *Desk) Dispatch(s Scope, rule Rule) Document[Job] {
	s.From = d.now
	doc := Document[Job]{Title: s.title("Dispatch list by " + rule.String())}
	readiness := d.readiness(s.To)
	for _, o := range d.inShop(s.Shop) {
		if o.machine == nil || !o.Start.Before(s.To) || d.finished(o) {
			continue
		}
		done := d.fact(o, d.now)
		left := o.Qty - done.Good - done.Scrap
		r := Job{Shop: o.shop, Workplace: o.machine.ID, Order: o.Order, Item: o.order.Item, Step: o.Step, Left: d.amount(o.order.Item, left),
			NeedBy: o.NeedBy, Here: d.here(o), Kit: readiness[o].Kit(), Cost: d.latePerDay(d.linesOf(o.Order))}
		r.Work = d.workLeft(o, left, !done.Started.IsZero())
		if !o.NeedBy.IsZero() {
			r.Slack = d.workingTime(o, d.now, o.NeedBy) - r.Work
		}
		doc.Rows = append(doc.Rows, r)
	}
	sortBy(doc.Rows,
		func(a, b Job) int { return cmp.Compare(a.Shop, b.Shop) },
		func(a, b Job) int { return cmp.Compare(a.Workplace, b.Workplace) },
		rule.compare)
	for i := range doc.Rows {
		doc.Rows[i].Rank = 1
		if i > 0 && doc.Rows[i-1].Workplace == doc.Rows[i].Workplace {
			doc.Rows[i].Rank = doc.Rows[i-1].Rank + 1
		}
	}
	return doc
}

func (r Rule) compare(a, b Job) int {
	unhurried := cmp.Compare(boolInt(a.NeedBy.IsZero()), boolInt(b.NeedBy.IsZero()))
	switch r {
	case ByDue:
		return cmp.Or(unhurried, a.NeedBy.Compare(b.NeedBy))
	case BySlack:
		return cmp.Or(unhurried, cmp.Compare(a.Slack, b.Slack))
	case ByCriticalRatio:
		return cmp.Or(unhurried, cmp.Compare(a.criticalRatio(), b.criticalRatio()))
	case ByShortest:
		return cmp.Compare(a.Work, b.Work)
	}
	return 0
}

func (r *Job) criticalRatio() float64 {
	return float64(r.Slack+r.Work) / float64(max(1, r.Work))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// workLeft returns the working time that is left of an operation: its share of
// the time in the plan, and the setup if it has not begun.
func (d *Desk) workLeft(o *operation, left wip.Qty, begun bool) time.Duration {
	run := o.line.Between(o.Start, o.End) - o.Setup
	share, _ := wip.Qty(max(0, run)).MulDivUp(int64(left), int64(max(1, o.Qty)))
	if begun {
		return time.Duration(share)
	}
	return o.Setup + time.Duration(share)
}

// workingTime returns the working time of the machine from one instant to
// another, negative if that is earlier.
func (d *Desk) workingTime(o *operation, from, to time.Time) time.Duration {
	if to.Before(from) {
		return -o.line.Between(to, from)
	}
	return o.line.Between(from, to)
}

// here reports whether the steps before an operation are done.
func (d *Desk) here(o *operation) bool {
	for l := range o.routing.Precedence() {
		if l.To != o.Step {
			continue
		}
		if s, _ := d.ledger.Step(o.Order, l.From, d.now); s.Ended.IsZero() && s.Good < o.Qty {
			return false
		}
	}
	return true
}
