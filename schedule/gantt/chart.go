package gantt

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// Rows says what the rows of a chart are.
type Rows int

const (
	ByResource Rows = iota // one row per resource, more where work is done side by side
	ByOrder                // one row per order
)

// Options says what to draw and how. The zero value is ready to use.
type Options struct {
	Rows Rows
	// From and To bound the time drawn, 200 years at most. Zero means from the
	// first operation's day to the end of the last one's, within the horizon.
	From, To time.Time
	// Zone is in which days and hours are shown; nil means UTC.
	Zone *time.Location
	// Width of the drawing, in pixels or characters. 0 means 1200 or 100.
	Width int
	// Title stands above; empty means the problem's name.
	Title string
}

// A chart is what both drawings show.
type chart struct {
	title    string
	from, to time.Time
	zone     *time.Location
	rows     []row
}

type row struct {
	name  string
	off   []span  // non-working time
	lanes [][]bar // that do not overlap within a lane
}

type span struct{ from, to time.Time }

type bar struct {
	span
	setupEnd time.Time // the first part is setup
	label    string
	colour   int // index of the item
	late     bool
	tip      string
}

func newChart(p *schedule.Problem, plan *schedule.Plan, o Options) *chart {
	c := &chart{title: o.Title, from: o.From, to: o.To, zone: o.Zone}
	if c.title == "" {
		c.title = p.Name
	}
	if c.zone == nil {
		c.zone = time.UTC
	}
	c.bound(p, plan)
	d := newDetails(p, plan)
	if o.Rows == ByOrder {
		c.orders(plan, d)
	} else {
		c.resources(p, plan, d)
	}
	return c
}

// bound fills in missing bounds from the operations that are not over.
func (c *chart) bound(p *schedule.Problem, plan *schedule.Plan) {
	first, last := p.To, p.From
	for i := range plan.Operations {
		op := &plan.Operations[i]
		if op.Done {
			continue
		}
		if op.Start.Before(first) {
			first = op.Start
		}
		if op.End.After(last) {
			last = op.End
		}
	}
	if first.Before(p.From) {
		first = p.From
	}
	if last.After(p.To) {
		last = p.To
	}
	if !first.Before(last) {
		first, last = p.From, p.To
	}
	if c.from.IsZero() {
		c.from = midnight(first.In(c.zone))
	}
	if c.to.IsZero() {
		c.to = midnight(last.In(c.zone).AddDate(0, 0, 1))
	}
	if !c.from.Before(c.to) {
		c.to = c.from.AddDate(0, 0, 1)
	}
	if most := c.from.AddDate(maxYears, 0, 0); c.to.After(most) {
		c.to = most
	}
}

const maxYears = 200 // as long as a problem may be

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// details looks up what a bar tells about its operation.
type details struct {
	order  map[schedule.OrderID]*schedule.PlannedOrder
	colour map[schedule.ItemID]int
	late   map[schedule.OrderID]bool
}

func newDetails(p *schedule.Problem, plan *schedule.Plan) *details {
	d := &details{
		order:  map[schedule.OrderID]*schedule.PlannedOrder{},
		colour: map[schedule.ItemID]int{},
		late:   map[schedule.OrderID]bool{},
	}
	for i := range plan.Orders {
		d.order[plan.Orders[i].ID] = &plan.Orders[i]
	}
	for i := range p.Items {
		d.colour[p.Items[i].ID] = i
	}
	d.markLate(plan)
	return d
}

// markLate marks the orders that end after they are needed, and those that
// serve a late contract line directly.
func (d *details) markLate(plan *schedule.Plan) {
	lines := map[string]bool{}
	for _, promise := range plan.Promises {
		if promise.Late() {
			lines[string(promise.Line)] = true
		}
	}
	for _, peg := range plan.Pegs {
		if peg.Supply.Kind == schedule.FromOrder && peg.Demand.Kind == schedule.ForLine && lines[peg.Demand.ID] {
			d.late[schedule.OrderID(peg.Supply.ID)] = true
		}
	}
	for i := range plan.Orders {
		if o := &plan.Orders[i]; !o.Due.IsZero() && o.End.After(o.Due) {
			d.late[o.ID] = true
		}
	}
}

func (d *details) bar(op *schedule.Operation, label string) bar {
	b := bar{span: span{op.Start, op.End}, setupEnd: op.Start.Add(op.Setup), label: label, late: d.late[op.Order]}
	b.tip = fmt.Sprintf("%s/%s ×%d %s – %s", op.Order, op.Step, op.Qty, stamp(op.Start), stamp(op.End))
	if o := d.order[op.Order]; o != nil {
		b.colour = d.colour[o.Item]
		b.tip = string(o.Item) + " " + b.tip
	}
	return b
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

func (c *chart) resources(p *schedule.Problem, plan *schedule.Plan, d *details) {
	lines, err := schedule.Timelines(p)
	i := 0
	for _, operations := range schedule.ByResource(p, plan) {
		r := &p.Resources[i]
		line := row{name: cmp.Or(r.Name, string(r.ID))}
		if err == nil { // what is wrong with the calendars is not drawn
			line.off = c.off(r.Levels(lines[i]))
		}
		var bars []bar
		for _, op := range operations {
			if op.Start.Before(op.End) {
				bars = append(bars, d.bar(op, string(op.Order)))
			}
		}
		line.lanes = stack(bars)
		c.rows = append(c.rows, line)
		i++
	}
}

// off returns the time between levels of capacity, within the chart.
func (c *chart) off(levels []capacity.Level) []span {
	var off []span
	at := c.from
	for _, l := range levels {
		if l.From.After(c.to) {
			break
		}
		if at.Before(l.From) {
			off = append(off, span{at, l.From})
		}
		if at.Before(l.To) {
			at = l.To
		}
	}
	if at.Before(c.to) {
		off = append(off, span{at, c.to})
	}
	return off
}

func (c *chart) orders(plan *schedule.Plan, d *details) {
	at := map[schedule.OrderID]int{}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		at[o.ID] = len(c.rows)
		c.rows = append(c.rows, row{name: fmt.Sprintf("%s %s ×%d", o.ID, o.Item, o.Qty)})
	}
	bars := make([][]bar, len(c.rows))
	for i := range plan.Operations {
		op := &plan.Operations[i]
		if k, ok := at[op.Order]; ok && op.Start.Before(op.End) {
			bars[k] = append(bars[k], d.bar(op, string(op.Step)))
		}
	}
	for k := range bars {
		c.rows[k].lanes = stack(bars[k])
	}
}

// stack spreads bars over as few lanes as keep them apart: each goes to the
// first lane that is free, in the order of their starts.
func stack(bars []bar) [][]bar {
	slices.SortStableFunc(bars, func(a, b bar) int { return a.from.Compare(b.from) })
	lanes := [][]bar{nil}
	for _, b := range bars {
		k := slices.IndexFunc(lanes, func(lane []bar) bool {
			return len(lane) == 0 || !b.from.Before(lane[len(lane)-1].to)
		})
		if k < 0 {
			lanes = append(lanes, nil)
			k = len(lanes) - 1
		}
		lanes[k] = append(lanes[k], b)
	}
	return lanes
}
