package control

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A DeviationKind says what is otherwise than planned.
type DeviationKind string

// The kinds of deviation. Those of time have a By, those of amount a Qty.
const (
	LateStart   DeviationKind = "late start"   // of a step: planned and actual start, now if it has not begun
	LateFinish  DeviationKind = "late finish"  // of a step, in the same way
	EarlyStart  DeviationKind = "early start"  // of a step
	Scrapped    DeviationKind = "scrap"        // of a step
	LateReceipt DeviationKind = "late receipt" // of a purchase, transfer or receipt: Qty is what is missing
	LateLine    DeviationKind = "not shipped"  // of a contract line: Qty is what is missing
	StockOff    DeviationKind = "stock"        // of an item at a location, against the projection
	Down        DeviationKind = "down"         // of a resource
)

// A Deviation is something that is otherwise than planned.
type Deviation struct {
	Kind DeviationKind
	// Object is what it is about, in words: an order and step, a line, an item
	// at a location, a resource. The fields below name it for programs.
	Object   string
	Order    schedule.OrderID
	Step     schedule.StepID
	Line     schedule.LineID
	Receipt  schedule.ReceiptID
	Point    wip.Point
	Resource schedule.ResourceID

	Planned, Actual       time.Time     // of time
	By                    time.Duration // Actual − Planned
	PlannedQty, ActualQty wip.Qty       // of amount
	// Cause is why, as far as the state tells: what the machine stands still
	// for, or the step before that is late too.
	Cause string
}

// Observe lists what deviates from the plan at the time of the state: steps in
// the order of the plan, then receipts, lines, stock and resources. Times that
// deviate by no more than tolerance are left out.
//
// It takes time in proportion to the plan. Nothing is changed.
func Observe(p *schedule.Problem, plan *schedule.Plan, state *wip.State, tolerance time.Duration) []Deviation {
	o := &observation{p: p, plan: plan, state: state, x: schedule.NewIndex(p), now: state.At, tolerance: tolerance}
	o.steps()
	o.receipts()
	o.lines()
	o.stock()
	for _, d := range state.Down {
		o.add(Deviation{
			Kind: Down, Object: string(d.Workplace), Resource: schedule.ResourceID(d.Workplace),
			Order: d.Order, Step: d.Step, Planned: d.Since, Actual: o.now, By: o.now.Sub(d.Since), Cause: d.Cause,
		})
	}
	return o.list
}

// An observation is the state of one call of Observe.
type observation struct {
	p         *schedule.Problem
	plan      *schedule.Plan
	state     *wip.State
	x         *schedule.Index
	now       time.Time
	tolerance time.Duration
	list      []Deviation
}

func (o *observation) add(d Deviation) { o.list = append(o.list, d) }

// steps compares the dates of steps that have begun, or should have.
func (o *observation) steps() {
	progress := progressOf(o.state)
	closed := map[schedule.OrderID]bool{}
	for i := range o.state.Orders {
		closed[o.state.Orders[i].Order] = !o.state.Orders[i].Closed.IsZero()
	}
	routing := routings(o.plan)
	late := map[schedule.OrderID]string{} // a step that is late already
	see := func(order schedule.OrderID, step schedule.StepID, start, end time.Time, resource schedule.ResourceID) {
		q, known := progress[stepOf{order, step}]
		if !known && closed[order] {
			return
		}
		d := Deviation{Object: string(order) + "/" + string(step), Order: order, Step: step, Resource: resource}
		d.Cause = o.cause(resource, late[order])
		if q.Scrap > 0 {
			s := d
			s.Kind, s.ActualQty, s.Cause = Scrapped, q.Scrap, ""
			o.add(s)
		}
		behind := o.date(d, LateStart, start, q.Started)
		behind = o.date(d, LateFinish, end, q.Ended) || behind
		if behind {
			late[order] = string(step)
		}
	}
	for i := range o.plan.Operations {
		w := &o.plan.Operations[i]
		if w.Done || !w.Start.Before(o.now) && progress[stepOf{w.Order, w.Step}].Started.IsZero() {
			continue
		}
		machine := schedule.ResourceID("")
		if st := o.x.Step(routing[w.Order], w.Step); st != nil && w.Mode < len(st.Modes) {
			machine = w.Machine(&st.Modes[w.Mode])
		}
		see(w.Order, w.Step, w.Start, w.End, machine)
	}
	for i := range o.plan.Subcontracts {
		if w := &o.plan.Subcontracts[i]; w.Start.Before(o.now) {
			see(w.Order, w.Step, w.Start, w.End, "")
		}
	}
}

// date compares a planned date with the actual one, or with now if there is
// none. It reports whether it is late.
func (o *observation) date(d Deviation, kind DeviationKind, planned, actual time.Time) bool {
	d.Kind, d.Planned, d.Actual = kind, planned, actual
	if actual.IsZero() {
		d.Actual = o.now
	}
	d.By = d.Actual.Sub(planned)
	switch {
	case d.By > o.tolerance:
		o.add(d)
		return true
	case kind == LateStart && !actual.IsZero() && -d.By > o.tolerance:
		d.Kind, d.Cause = EarlyStart, ""
		o.add(d)
	}
	return false
}

// cause says why a step can be late.
func (o *observation) cause(machine schedule.ResourceID, before string) string {
	for _, d := range o.state.Down {
		if schedule.ResourceID(d.Workplace) == machine && machine != "" {
			return fmt.Sprintf("%s is down: %s", machine, d.Cause)
		}
	}
	if before != "" {
		return "after " + before
	}
	return ""
}

// receipts finds what should have arrived.
func (o *observation) receipts() {
	received := map[schedule.ReceiptID]wip.Qty{}
	for _, r := range o.state.Received {
		received[r.Receipt] = r.Qty
	}
	see := func(id schedule.ReceiptID, item schedule.ItemID, at time.Time, qty wip.Qty) {
		by := o.now.Sub(at)
		if by <= o.tolerance || received[id] >= qty {
			return
		}
		o.add(Deviation{
			Kind: LateReceipt, Object: fmt.Sprintf("%s of %s", id, item), Receipt: id, Point: wip.Point{Item: item},
			Planned: at, Actual: o.now, By: by, PlannedQty: qty, ActualQty: received[id],
		})
	}
	for i := range o.p.Receipts {
		r := &o.p.Receipts[i]
		see(r.ID, r.Item, r.At, r.Qty)
	}
	for i := range o.plan.Purchases {
		q := &o.plan.Purchases[i]
		see(schedule.ReceiptID(q.ID), q.Item, q.Arrival, q.Qty)
	}
	for i := range o.plan.Transfers {
		t := &o.plan.Transfers[i]
		see(schedule.ReceiptID(t.ID), t.Item, t.Arrive, t.Qty)
	}
}

// lines finds what should have been shipped.
func (o *observation) lines() {
	due, last := map[schedule.LineID]wip.Qty{}, map[schedule.LineID]time.Time{}
	for i := range o.plan.Deliveries {
		if d := &o.plan.Deliveries[i]; o.now.Sub(d.At) > o.tolerance {
			due[d.Line] += d.Qty
			if last[d.Line].IsZero() {
				last[d.Line] = d.At
			}
		}
	}
	shipped := map[schedule.LineID]wip.Qty{}
	for _, s := range o.state.Shipped {
		shipped[s.Line] = s.Qty
	}
	for i := range o.p.Lines {
		id := o.p.Lines[i].ID
		if due[id] > shipped[id] {
			o.add(Deviation{
				Kind: LateLine, Object: string(id), Line: id, Planned: last[id], Actual: o.now, By: o.now.Sub(last[id]),
				PlannedQty: due[id], ActualQty: shipped[id],
			})
		}
	}
}

// stock compares what lies at points with what the plan projects for now.
func (o *observation) stock() {
	actual := map[wip.Point]wip.Qty{}
	for _, b := range o.state.Stock {
		actual[b.Point] = b.Qty
	}
	for _, s := range schedule.StockProfile(o.p, o.plan) {
		projected := wip.Qty(0)
		for i := range s.Movements {
			if s.Movements[i].At.After(o.now) {
				break
			}
			projected = s.Movements[i].Balance
		}
		if q := actual[s.Point]; q != projected {
			name := string(s.Item)
			if s.Place != "" {
				name += "@" + string(s.Place)
			}
			o.add(Deviation{Kind: StockOff, Object: name, Point: s.Point, PlannedQty: projected, ActualQty: q})
		}
	}
}

func progressOf(state *wip.State) map[stepOf]wip.Progress {
	of := make(map[stepOf]wip.Progress, len(state.Progress))
	for _, q := range state.Progress {
		of[stepOf{q.Order, q.Step}] = q.Progress
	}
	return of
}

// Table draws deviations as a table, those of time by how much first.
func Table(list []Deviation) string {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Deviation) int { return cmp.Compare(b.By, a.By) })
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "deviation\tobject\tplanned\tactual\tby\tcause")
	for _, d := range sorted {
		if !d.Planned.IsZero() {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Kind, d.Object, stamp(d.Planned), stamp(d.Actual), span(d.By), d.Cause)
		} else {
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%+d\t%s\n", d.Kind, d.Object, d.PlannedQty, d.ActualQty, d.ActualQty-d.PlannedQty, d.Cause)
		}
	}
	w.Flush()
	return b.String()
}
