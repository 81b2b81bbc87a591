package stocktake

import (
	"io"
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/wip"
)

// A Place is what is counted by itself: an item at a stock point, or the pieces
// of an order that lie behind a step. Only the fields of one of the two are set.
type Place struct {
	Point wip.Point
	Order wip.OrderID
	Step  wip.StepID
}

func (p Place) String() string {
	if p.Order != "" {
		return string(p.Order) + "/" + string(p.Step)
	}
	return p.Point.String()
}

// A Line is a line of a count sheet.
type Line struct {
	Place
	Book wip.Qty
	// Item is what lies there.
	Item wip.ItemID
	// Where is the place of the point, or where the step's pieces were
	// reported last. It is for those who count.
	Where wip.PlaceID
}

// A Sheet is a count sheet. Lines are those of stores, by the order of the
// state, then those of work in process by order and step.
type Sheet struct {
	ID    wip.DocumentID
	At    time.Time // of the state
	Lines []Line

	routes []Route // of the orders in work
}

// A Route lists the steps of an order in the order of work.
type Route struct {
	Order wip.OrderID
	Steps []wip.StepID
}

// NewSheet returns the count sheet of a state, of all that it has or has had:
// every stock point, and every step of the routes of open orders, begun or not.
// Orders without a route are left out. It takes O(n) time for n points and
// steps.
func NewSheet(id wip.DocumentID, s *wip.State, routes []Route) *Sheet {
	sheet := &Sheet{ID: id, At: s.At}
	for _, b := range s.Stock {
		sheet.Lines = append(sheet.Lines, Line{Place{Point: b.Point}, b.Qty, b.Point.Item, b.Point.Place})
	}
	progress := map[Place]wip.Progress{}
	for i := range s.Progress {
		x := &s.Progress[i]
		progress[Place{Order: x.Order, Step: x.Step}] = wip.Progress{Good: x.Good, Scrap: x.Scrap, Place: x.Place}
	}
	orders := make(map[wip.OrderID]*wip.OrderState, len(s.Orders))
	for i := range s.Orders {
		orders[s.Orders[i].Order] = &s.Orders[i]
	}
	for _, r := range routes {
		if o := orders[r.Order]; o != nil && o.Closed.IsZero() {
			sheet.inWork(o, r.Steps, progress)
			sheet.routes = append(sheet.routes, r)
		}
	}
	return sheet
}

// inWork adds the steps of an order.
func (s *Sheet) inWork(o *wip.OrderState, steps []wip.StepID, progress map[Place]wip.Progress) {
	for k, step := range steps {
		at := Place{Order: o.Order, Step: step}
		x := progress[at]
		gone := o.Delivered
		if k+1 < len(steps) {
			next := progress[Place{Order: o.Order, Step: steps[k+1]}]
			gone = next.Good + next.Scrap
		}
		s.Lines = append(s.Lines, Line{at, x.Good - gone, o.Point.Item, x.Place})
	}
}

// Only returns the sheet of the lines that keep says yes to, such as those of
// one store.
func (s *Sheet) Only(keep func(*Line) bool) *Sheet {
	part := *s
	part.Lines = slices.DeleteFunc(slices.Clone(s.Lines), func(l Line) bool { return !keep(&l) })
	return &part
}

// WriteText writes the sheet for those who count, without book amounts and with
// room for theirs. The error is that of w.
func (s *Sheet) WriteText(w io.Writer) error {
	t := &table.Table{
		Title:   "Count sheet " + string(s.ID) + ", as of " + s.At.Format("2006-01-02 15:04"),
		Columns: []table.Column{table.Text("place"), table.Text("item"), table.Text("where"), table.Text("counted")},
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		t.Add(l.Place.String(), string(l.Item), string(l.Where), "________")
	}
	return t.WriteText(w)
}
