package analysis

import (
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/performance"
	"github.com/taktplan/takt/wip/stocktake"
)

// A Book says what work in process is worth by the routings of a plan's orders.
type Book struct {
	x      *schedule.Index
	orders map[schedule.OrderID]*schedule.PlannedOrder
	routes []stocktake.Route
	tick   time.Duration
}

// NewBook returns the book of the orders of a plan, which must be for p. The
// error is that of [schedule.Problem.Validate].
func NewBook(p *schedule.Problem, plan *schedule.Plan) (*Book, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	b := &Book{x: schedule.NewIndex(p), orders: map[schedule.OrderID]*schedule.PlannedOrder{}, tick: p.Times().Tick}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		r := b.x.Routings.Find(o.Routing)
		if r == nil {
			continue
		}
		b.orders[o.ID] = o
		route := stocktake.Route{Order: o.ID}
		for k := range r.Steps {
			route.Steps = append(route.Steps, r.Steps[k].ID)
		}
		b.routes = append(b.routes, route)
	}
	return b, nil
}

// Routes returns the steps of every order as its routing lists them, for count
// sheets.
func (b *Book) Routes() []stocktake.Route { return b.routes }

// passed returns the steps of an order with the planned time that each takes
// for one base unit, on the first of its modes; a subcontracted step counts its
// lead time for the whole lot.
func (b *Book) passed(o *schedule.PlannedOrder) []performance.Passed {
	r := b.x.Routings.Find(o.Routing)
	scale := b.x.Items.Find(o.Item).Scale()
	steps := make([]performance.Passed, len(r.Steps))
	for k := range r.Steps {
		s := &r.Steps[k]
		whole := time.Duration(0)
		switch {
		case s.Subcontract != nil:
			whole = s.Subcontract.LeadTime
		case len(s.Modes) > 0:
			setup, run := s.Modes[0].Work(s, o.Qty, scale, b.tick)
			whole = setup + run
		}
		steps[k].Unit = whole / time.Duration(max(1, o.Qty))
	}
	return steps
}

// Value says what an amount at a line of a count sheet is worth: in a store the
// cost of the item, behind a step the share of it for the work that the pieces
// have behind them. It is a [stocktake.Valuation]. What is not known is worth
// nothing.
func (b *Book) Value(l *stocktake.Line, q wip.Qty) int64 {
	item := b.x.Items.Find(l.Item)
	if item == nil {
		return 0
	}
	if q < 0 {
		return -b.Value(l, -q)
	}
	o := b.orders[l.Order]
	if l.Order == "" || o == nil {
		worth, _ := q.MulDiv(item.Cost, item.Scale())
		return int64(worth)
	}
	steps := b.passed(o)
	for k, id := range b.route(l.Order) {
		if id == l.Step {
			steps[k].Qty = q
		}
	}
	e, err := performance.EquivalentUnits(steps, item.Cost, item.Scale())
	if err != nil {
		return 0
	}
	return e.Value
}

func (b *Book) route(order schedule.OrderID) []schedule.StepID {
	r := b.x.Routings.Find(b.orders[order].Routing)
	ids := make([]schedule.StepID, len(r.Steps))
	for k := range r.Steps {
		ids[k] = r.Steps[k].ID
	}
	return ids
}

// An InProcess is what an order has in work.
type InProcess struct {
	Order  schedule.OrderID
	Item   schedule.ItemID
	Pieces wip.Qty // behind any step, in base units
	performance.Equivalent
}

// InProcess returns the work in process of a state in equivalent units, of the
// orders that are open and have any, in the order of the plan. What the books
// have as negative counts as nothing.
func (b *Book) InProcess(s *wip.State) ([]InProcess, error) {
	var list []InProcess
	behind := map[stocktake.Place]wip.Qty{}
	for _, l := range stocktake.NewSheet("", s, b.routes).Lines {
		behind[l.Place] = max(0, l.Book)
	}
	for _, route := range b.routes {
		o := b.orders[route.Order]
		x := InProcess{Order: route.Order, Item: o.Item}
		steps := b.passed(o)
		for k, id := range route.Steps {
			steps[k].Qty = behind[stocktake.Place{Order: route.Order, Step: id}]
			x.Pieces += steps[k].Qty
		}
		if x.Pieces == 0 {
			continue
		}
		item := b.x.Items.Find(o.Item)
		var err error
		if x.Equivalent, err = performance.EquivalentUnits(steps, item.Cost, item.Scale()); err != nil {
			return nil, err
		}
		x.Units /= float64(item.Scale())
		list = append(list, x)
	}
	return list, nil
}

// InProcessReport returns work in process, a line an order; units are whole ones
// of the item.
func InProcessReport(list []InProcess) Report {
	t := &table.Table{Title: "Work in process", Columns: []table.Column{
		table.Text("order"), table.Text("item"), table.Number("pieces"), table.Number("equivalent"), table.Number("value"),
	}}
	for i := range list {
		x := &list[i]
		t.Add(string(x.Order), string(x.Item), x.Pieces, x.Units, x.Value)
	}
	return Report{t}
}
