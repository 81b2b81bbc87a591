package gantt

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"io"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// A load is how much one resource is asked for in one period.
type load struct {
	from            time.Time
	asked, capacity time.Duration // times units
}

// percent returns the share of capacity that is asked for; more than 100 is
// overload, and without capacity any load is.
func (l load) percent() int {
	switch {
	case l.asked == 0:
		return 0
	case l.capacity == 0:
		return 999
	}
	return min(999, int(100*l.asked/l.capacity))
}

type loadRow struct {
	name  string
	loads []load
}

// loads adds up the working time that operations occupy in every period.
func loads(c *chart, p *schedule.Problem, plan *schedule.Plan, period time.Duration) []loadRow {
	lines, err := schedule.Timelines(p)
	if err != nil {
		return nil
	}
	var rows []loadRow
	x := schedule.NewIndex(p)
	routing := map[schedule.OrderID]schedule.RoutingID{}
	for i := range plan.Orders {
		routing[plan.Orders[i].ID] = plan.Orders[i].Routing
	}
	for _, operations := range schedule.ByResource(p, plan) {
		r := &p.Resources[len(rows)]
		row := loadRow{name: cmp.Or(r.Name, string(r.ID)), loads: periods(c, r, lines[len(rows)], period)}
		for _, op := range operations {
			row.add(op, units(x.Step(routing[op.Order], op.Step), op, r.ID), lines[len(rows)], period)
		}
		rows = append(rows, row)
	}
	return rows
}

// periods returns the capacity of every period of the chart.
func periods(c *chart, r *capacity.Resource, line *calendar.Timeline, period time.Duration) []load {
	var loads []load
	for t := c.from; t.Before(c.to); t = t.Add(period) {
		loads = append(loads, load{from: t})
	}
	for _, l := range r.Levels(line) {
		for i := max(0, int(l.From.Sub(c.from)/period)); i < len(loads) && loads[i].from.Before(l.To); i++ {
			loads[i].capacity += overlap(l.From, l.To, loads[i].from, period) * time.Duration(l.Units)
		}
	}
	return loads
}

// units returns how many units of a resource an operation occupies.
func units(step *schedule.Step, op *schedule.Operation, id schedule.ResourceID) int {
	if step == nil || op.Mode < 0 || op.Mode >= len(step.Modes) {
		return 1
	}
	m := &step.Modes[op.Mode]
	for i := range m.Uses {
		if op.Resource(m, i) == id {
			return max(1, m.Uses[i].Units)
		}
	}
	return 1
}

func (r *loadRow) add(op *schedule.Operation, units int, line *calendar.Timeline, period time.Duration) {
	if len(r.loads) == 0 {
		return
	}
	for i := max(0, int(op.Start.Sub(r.loads[0].from)/period)); i < len(r.loads); i++ {
		from := r.loads[i].from
		if !from.Before(op.End) {
			return
		}
		to := from.Add(period)
		if op.Start.After(from) {
			from = op.Start
		}
		if op.End.Before(to) {
			to = op.End
		}
		r.loads[i].asked += line.Between(from, to) * time.Duration(units)
	}
}

func overlap(from, to, start time.Time, period time.Duration) time.Duration {
	end := start.Add(period)
	if from.Before(start) {
		from = start
	}
	if to.After(end) {
		to = end
	}
	return max(0, to.Sub(from))
}

// WriteLoadText writes, for each resource and period, the per cent of its
// capacity that the plan asks for. A period that is not positive is a week, one
// that would make more than 10000 columns is longer. The error is that of w.
func WriteLoadText(w io.Writer, p *schedule.Problem, plan *schedule.Plan, period time.Duration, o Options) error {
	c := newChart(p, plan, o)
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s", c.title, pad("", textNames))
	rows := loads(c, p, plan, c.step(period))
	if len(rows) > 0 {
		for _, l := range rows[0].loads {
			fmt.Fprintf(out, "%6s", l.from.In(c.zone).Format("2.1."))
		}
	}
	fmt.Fprintln(out)
	for _, r := range rows {
		var b strings.Builder
		for _, l := range r.loads {
			fmt.Fprintf(&b, "%5d%%", l.percent())
		}
		fmt.Fprintln(out, pad(cut(r.name, textNames-1), textNames)+b.String())
	}
	return out.Flush()
}

// step returns the period, or a week for none, but no shorter than leaves
// maxPeriods.
func (c *chart) step(period time.Duration) time.Duration {
	if period <= 0 {
		period = 7 * 24 * time.Hour
	}
	return max(period, c.to.Sub(c.from)/maxPeriods)
}

const maxPeriods = 10_000

const loadHeight = 48 // pixels for 120 %

// WriteLoadSVG draws the same as columns, one strip per resource, with a line
// at 100 % and overload in red. The error is that of w.
func WriteLoadSVG(w io.Writer, p *schedule.Problem, plan *schedule.Plan, period time.Duration, o Options) error {
	c := newChart(p, plan, o)
	rows := loads(c, p, plan, c.step(period))
	c.rows = nil
	d := &drawing{bufio.NewWriter(w), c, float64(width(o, 1200)), 0, headHeight + margin + len(rows)*(loadHeight+rowGap)}
	d.head()
	for _, r := range rows {
		d.columns(&r, c.step(period))
	}
	fmt.Fprintln(d, "</svg>")
	return d.Flush()
}

func (d *drawing) columns(r *loadRow, period time.Duration) {
	base := d.y + loadHeight
	fmt.Fprintf(d, `<text x="%d" y="%d">%s</text>`+"\n", margin, base-4, html.EscapeString(cut(r.name, (nameWidth-margin)/charWidth)))
	for _, l := range r.loads {
		percent := l.percent()
		fill := "#9bd"
		if percent > 100 {
			fill = "#e77"
		}
		h := min(percent, 120) * loadHeight / 120
		x, end := d.x(l.from), min(d.x(l.from.Add(period)), d.width-margin)
		fmt.Fprintf(d, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"><title>%d %%</title></rect>`+"\n", x, base-h, max(0, end-x-1), h, fill, percent)
	}
	full := base - 100*loadHeight/120
	fmt.Fprintf(d, `<path d="M%d %dH%.0f" stroke="#888" stroke-dasharray="3"/>`+"\n", nameWidth, full, d.width-margin)
	d.y = base + rowGap
}
