package standards

import (
	"fmt"
	"io"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/norms"
)

// A Table holds the standards of a plant for a programme.
type Table struct {
	Programme Programme
	// Days are the whole days of the period, Workdays those on which any
	// machine works.
	Days, Workdays int
	// Rows are the points that are needed, each before those that it takes
	// from.
	Rows  []Row
	Shops []ShopRow
}

// A Row holds the standards of an item at a place. Durations are in working
// days: see [Day].
type Row struct {
	Point wip.Point
	// Shop and Routing make it, or Supply or Lane bring it. All are empty if
	// nothing does.
	Shop    schedule.ShopID
	Routing schedule.RoutingID
	Supply  schedule.SupplyID
	Lane    schedule.LaneID

	Need     wip.Qty         // over the programme
	Leading  schedule.StepID // the leading operation, if it has any
	LeastLot wip.Qty
	Launch   norms.Launch // zero periods if there is no need
	Cycle    norms.Cycle  // of a lot
	Reserve  time.Duration
	// Lead is how far launch and output are ahead of the output of the plant;
	// LeadOut and LeadIn are the same in base units, at the rate of the need.
	Lead            norms.Lead
	LeadOut, LeadIn wip.Qty
	// InWork is the norm of what is between launch and output, Norm that of the
	// stock at the point. Norm is zero if nobody inside takes from there.
	InWork, Norm wip.Norm
}

// source names where a row comes from.
func (r *Row) source() string {
	switch {
	case r.Routing != "":
		return string(r.Shop)
	case r.Supply != "":
		return "supply " + string(r.Supply)
	case r.Lane != "":
		return "lane " + string(r.Lane)
	default:
		return "no source"
	}
}

func days(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d)/float64(Day)) }

func (t *Table) report() *table.Table {
	text, number := table.Text, table.Number
	out := &table.Table{
		Title: fmt.Sprintf("Standards %s to %s, %d working days",
			t.Programme.From.Format("2006-01-02"), t.Programme.To.Format("2006-01-02"), t.Workdays),
		Columns: []table.Column{
			text("item"), text("source"), number("need"), number("least lot"), number("period"), number("lot"),
			number("cycle"), number("lead out"), number("lead in"), number("in work"),
			number("min"), number("target"), number("max"), number("turnover"), number("safety"),
		},
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		out.Add(r.Point.String(), r.source(), r.Need, r.LeastLot, days(r.Launch.Period), r.Launch.Lot,
			days(r.Cycle.Total()), days(r.Lead.Out), days(r.Lead.In), r.InWork.Target,
			r.Norm.Min, r.Norm.Target, r.Norm.Max, r.Norm.Derivation.Turnover, r.Norm.Derivation.Safety)
	}
	return out
}

// WriteText writes the rows in aligned columns, durations in working days and
// amounts in base units. The error is that of w, as for the other formats.
func (t *Table) WriteText(w io.Writer) error { return t.report().WriteText(w) }

// WriteCSV writes the rows as CSV.
func (t *Table) WriteCSV(w io.Writer) error { return t.report().WriteCSV(w) }

// WriteJSON writes the rows as a list of JSON objects.
func (t *Table) WriteJSON(w io.Writer) error { return t.report().WriteJSON(w) }
