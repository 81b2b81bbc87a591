package daily

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Desk is what the documents of a day are made from. It refers to what it was
// made of, none of which may change while it is in use, and is safe for
// concurrent use.
type Desk struct {
	p      *schedule.Problem
	plan   *schedule.Plan
	ledger *wip.Ledger
	now    time.Time
	begin  time.Time // the problem's Now: what happened before is history, and not in the problem

	x          *schedule.Index
	times      []*calendar.Timeline // working time of the resources
	orders     map[schedule.OrderID]*schedule.PlannedOrder
	operations []operation // in the order of the plan
	byPlan     map[*schedule.Operation]*operation
	consumers  map[source][]schedule.DemandRef
	makers     map[schedule.ItemID]*schedule.Routing // the first listed
	suppliers  map[wip.Point]*schedule.Supply        // the first listed
	finest     int64                                 // the most base units that a whole unit of any item has
}

// An operation is one of the plan with what it refers to.
type operation struct {
	*schedule.Operation
	order   *schedule.PlannedOrder
	routing *schedule.Routing
	step    *schedule.Step
	mode    *schedule.Mode     // nil: it takes no time
	machine *capacity.Resource // nil: it has none
	line    *calendar.Timeline // of the machine
	shop    schedule.ShopID
	needs   []need
}

// A source is an order or a transfer of the plan that others wait for.
type source struct {
	kind schedule.SupplyKind
	id   string
}

// A need is material that an operation is to take.
type need struct {
	point wip.Point
	qty   wip.Qty
}

// A Scope is what a document is about: a shop, or the whole enterprise if that
// is empty, and a stretch of time [From, To).
type Scope struct {
	Shop     schedule.ShopID
	From, To time.Time
}

// NewDesk returns the desk as it looks at an instant: of the ledger, what
// happened up to then is read. The problem is to be valid, and the plan one
// for it; what refers to nothing in the problem is left out.
//
// The error is that of the calendars of the problem.
func NewDesk(p *schedule.Problem, plan *schedule.Plan, ledger *wip.Ledger, now time.Time) (*Desk, error) {
	times, err := schedule.Timelines(p)
	if err != nil {
		return nil, err
	}
	d := &Desk{
		p: p, plan: plan, ledger: ledger, now: now, x: schedule.NewIndex(p), times: times, begin: p.Times().Now,
		orders:    make(map[schedule.OrderID]*schedule.PlannedOrder, len(plan.Orders)),
		consumers: map[source][]schedule.DemandRef{},
		makers:    map[schedule.ItemID]*schedule.Routing{}, suppliers: map[wip.Point]*schedule.Supply{}, finest: 1,
	}
	for i := range plan.Orders {
		d.orders[plan.Orders[i].ID] = &plan.Orders[i]
	}
	for _, peg := range plan.Pegs {
		from := source{peg.Supply.Kind, peg.Supply.ID}
		d.consumers[from] = append(d.consumers[from], peg.Demand)
	}
	d.index()
	d.place()
	return d, nil
}

// index notes where items come from.
func (d *Desk) index() {
	for i := len(d.p.Routings) - 1; i >= 0; i-- {
		d.makers[d.p.Routings[i].Item] = &d.p.Routings[i]
	}
	for i := len(d.p.Supplies) - 1; i >= 0; i-- {
		s := &d.p.Supplies[i]
		d.suppliers[wip.Point{Item: s.Item, Place: s.Location}] = s
	}
	for i := range d.p.Items {
		d.finest = max(d.finest, d.p.Items[i].Scale())
	}
}

// place looks up what the operations refer to.
func (d *Desk) place() {
	needs := make([][]need, len(d.plan.Operations))
	for _, point := range schedule.StockProfile(d.p, d.plan) {
		for _, m := range point.Movements {
			if m.Kind == schedule.StepOut {
				needs[m.Index] = append(needs[m.Index], need{point.Point, -m.Qty})
			}
		}
	}
	for i := range d.plan.Operations {
		o := operation{Operation: &d.plan.Operations[i], needs: needs[i]}
		if o.order = d.orders[o.Order]; o.order == nil {
			continue
		}
		o.routing, o.step = d.x.Routings.Find(o.order.Routing), d.x.Step(o.order.Routing, o.Step)
		if o.routing == nil || o.step == nil {
			continue
		}
		o.shop, o.line = o.order.Shop, calendar.Always(d.p.From, d.p.To)
		if o.Mode >= 0 && o.Mode < len(o.step.Modes) {
			o.mode = &o.step.Modes[o.Mode]
			if at := d.x.Resources.Position(o.Machine(o.mode)); at >= 0 {
				o.machine, o.line = &d.p.Resources[at], d.times[at]
				o.shop = cmp.Or(o.machine.Shop, o.shop)
			}
		}
		d.operations = append(d.operations, o)
	}
	d.byPlan = make(map[*schedule.Operation]*operation, len(d.operations))
	for i := range d.operations {
		d.byPlan[d.operations[i].Operation] = &d.operations[i]
	}
}

// inShop yields the operations that a scope is about, whenever they are.
func (d *Desk) inShop(shop schedule.ShopID) []*operation {
	var list []*operation
	for i := range d.operations {
		if o := &d.operations[i]; shop == "" || o.shop == shop {
			list = append(list, o)
		}
	}
	return list
}

// plannedBy returns how much of an operation is to have gone through it by an
// instant: none during setup, then evenly over its working time.
func (o *operation) plannedBy(at time.Time) wip.Qty {
	if !at.Before(o.End) {
		return o.Qty
	}
	run := o.line.Between(o.Start, o.End) - o.Setup
	done := min(run, o.line.Between(o.Start, at)-o.Setup)
	if done <= 0 {
		return 0
	}
	q, _ := o.Qty.MulDiv(int64(done), int64(run))
	return q
}

// planned returns how much is to come out of an operation in [from, to), and
// good of it.
func (o *operation) planned(from, to time.Time) wip.Qty {
	return o.good(o.plannedBy(to)) - o.good(o.plannedBy(from))
}

// good returns what is good of an amount that goes through the step.
func (o *operation) good(q wip.Qty) wip.Qty {
	if o.step.Yield == 0 {
		return q
	}
	q, _ = q.MulDiv(int64(o.step.Yield), 1000)
	return q
}

// fact returns how far the operation has come by an instant.
func (d *Desk) fact(o *operation, at time.Time) wip.StepState {
	s, _ := d.ledger.Step(o.Order, o.Step, at)
	return s
}

// finished reports whether the operation is complete by now.
func (d *Desk) finished(o *operation) bool {
	s := d.fact(o, d.now)
	return o.Done || !s.Ended.IsZero() || s.Good+s.Scrap >= o.Qty
}

// begun reports whether anything of the operation was taken in hand by now.
func (d *Desk) begun(o *operation) bool { return !d.fact(o, d.now).Started.IsZero() }

// down returns the resources that stand still now, with the causes.
func (d *Desk) down() map[schedule.ResourceID]string {
	down := map[schedule.ResourceID]string{}
	for i := range d.p.Resources {
		id := d.p.Resources[i].ID
		if s, ok := d.ledger.Down(wip.WorkplaceID(id), d.now); ok {
			down[id] = s.Cause
		}
	}
	return down
}

// Parts of the problem by ID, with zero values for what is not known.

func (d *Desk) item(id schedule.ItemID) schedule.Item {
	if x := d.x.Items.Find(id); x != nil {
		return *x
	}
	return schedule.Item{ID: id}
}

func (d *Desk) amount(item schedule.ItemID, q wip.Qty) Amount { return Amount{q, d.item(item).Unit} }

// worth returns the price of an amount at so much for a whole unit.
func (d *Desk) worth(item schedule.ItemID, q wip.Qty, price int64) int64 {
	x := d.item(item)
	value, ok := q.MulDiv(price, x.Scale())
	if !ok {
		return math.MaxInt64
	}
	return int64(value)
}

func (d *Desk) resource(w wip.WorkplaceID) capacity.Resource {
	if r := d.x.Resources.Find(schedule.ResourceID(w)); r != nil {
		return *r
	}
	return capacity.Resource{ID: schedule.ResourceID(w)}
}

// shops are those of the problem, or the one that a scope names.
func (d *Desk) shops(shop schedule.ShopID) []schedule.ShopID {
	if shop != "" {
		return []schedule.ShopID{shop}
	}
	var list []schedule.ShopID
	for i := range d.p.Shops {
		list = append(list, d.p.Shops[i].ID)
	}
	return list
}

// shopOfPoint returns the shop whose location a point is at; empty if none.
func (d *Desk) shopOfPoint(p wip.Point) schedule.ShopID {
	for i := range d.p.Shops {
		if d.p.Shops[i].Location == p.Place && p.Place != "" {
			return d.p.Shops[i].ID
		}
	}
	return ""
}

// hourly returns what so many hours cost at a rate.
func hourly(d time.Duration, perHour int64) int64 {
	cost, ok := wip.Qty(max(0, d)).MulDiv(perHour, int64(time.Hour))
	if !ok {
		return math.MaxInt64
	}
	return int64(cost)
}

const day = 24 * time.Hour

// days returns a duration in days.
func days(d time.Duration) float64 { return d.Hours() / 24 }

// title joins what a document is about.
func (s Scope) title(name string) string {
	parts := []string{name}
	if s.Shop != "" {
		parts = append(parts, string(s.Shop))
	}
	return strings.Join(append(parts, stamp(s.From)+" to "+stamp(s.To)), ", ")
}

func stamp(t time.Time) string { return t.Format("2006-01-02 15:04") }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// sortBy sorts rows by several keys; ties keep their order.
func sortBy[R any](rows []R, compare ...func(a, b R) int) {
	slices.SortStableFunc(rows, func(a, b R) int {
		for _, c := range compare {
			if n := c(a, b); n != 0 {
				return n
			}
		}
		return 0
	})
}
