// Package report says what a plan comes to in the words of the model that it
// was made for.
package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/mapping"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// A Report is what is told of a plan. It is written as JSON as it stands.
type Report struct {
	Demands    []Demand `json:"demands"`
	Orders     []Order  `json:"orders"`
	Violations []string `json:"violations"`
	Notes      []string `json:"notes"`

	mapped *mapping.Mapped
	plan   *schedule.Plan
	units  map[schedule.ItemID]float64
	orders map[schedule.OrderID]*schedule.PlannedOrder
}

// A Demand is what becomes of a demand of the model.
type Demand struct {
	Name       string     `json:"name"`
	Item       string     `json:"item"`
	Location   string     `json:"location"`
	Priority   int        `json:"priority"`
	Due        Date       `json:"due"`
	Quantity   float64    `json:"quantity"`
	Deliveries []Delivery `json:"deliveries"`
	Short      float64    `json:"short"`
	// LateQuantityDays is the sum of quantity × days late over the deliveries.
	LateQuantityDays float64  `json:"late_quantity_days"`
	Reasons          []string `json:"reasons"`
}

// A Delivery is a quantity that arrives at a date.
type Delivery struct {
	Date     Date    `json:"date"`
	Quantity float64 `json:"quantity"`
}

// An Order is a manufacturing order (MO), a purchase (PO) or a transfer (DO).
type Order struct {
	Type      string   `json:"type"`
	Reference string   `json:"reference"`
	Operation string   `json:"operation,omitempty"`
	Item      string   `json:"item"`
	Location  string   `json:"location,omitempty"`
	Origin    string   `json:"origin,omitempty"`
	Supplier  string   `json:"supplier,omitempty"`
	Batch     string   `json:"batch,omitempty"`
	Quantity  float64  `json:"quantity"`
	Start     Date     `json:"start"`
	End       Date     `json:"end"`
	Status    string   `json:"status"`
	Resources []string `json:"resources,omitempty"`
}

// A Date is written as the format does, in local time without zone.
type Date struct{ At time.Time }

const layout = "2006-01-02T15:04:05"

// MarshalText implements [encoding.TextMarshaler].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d Date) String() string {
	if d.At.IsZero() {
		return ""
	}
	return d.At.Format(layout)
}

// New makes the report of a plan.
func New(m *mapping.Mapped, plan *schedule.Plan, violations []verify.Violation) *Report {
	r := &Report{Demands: []Demand{}, Orders: []Order{}, Violations: []string{}, Notes: []string{},
		mapped: m, plan: plan, units: map[schedule.ItemID]float64{}, orders: map[schedule.OrderID]*schedule.PlannedOrder{}}
	for i := range plan.Orders {
		r.orders[plan.Orders[i].ID] = &plan.Orders[i]
	}
	for i := range m.Problem.Items {
		x := &m.Problem.Items[i]
		r.units[x.ID] = math.Pow10(-x.Unit.Decimals)
	}
	for _, v := range violations {
		r.Violations = append(r.Violations, v.String())
	}
	r.Notes = append(r.Notes, m.Notes...)
	r.demands()
	r.made()
	r.bought()
	r.moved()
	r.fixed()
	return r
}

// whole returns an amount of an item in whole units, to the sixth decimal.
func (r *Report) whole(item schedule.ItemID, q wip.Qty) float64 {
	return math.Round(float64(q)*r.units[item]*1e6) / 1e6
}

// scale returns how many of the least amounts of an item make a whole one.
func (r *Report) scale(item schedule.ItemID) int64 { return int64(math.Round(1 / r.units[item])) }

// demands tells what becomes of each demand. Orders that exist and deliver for
// it have lines of their own.
func (r *Report) demands() {
	lines, at := map[schedule.LineID]*Demand{}, map[*model.Demand]int{}
	item := map[schedule.LineID]schedule.ItemID{}
	r.Demands = make([]Demand, 0, len(r.mapped.Demands))
	for i := range r.mapped.Problem.Lines {
		l := &r.mapped.Problem.Lines[i]
		item[l.ID] = l.Item
		d := r.mapped.Demands[l.ID]
		if d == nil {
			continue
		}
		if _, known := at[d]; !known {
			at[d] = len(r.Demands)
			r.Demands = append(r.Demands, Demand{
				Name: d.Name, Item: itemName(d), Location: string(l.Location), Priority: d.Priority, Due: Date{cmp.Or(d.Due, l.Due)},
				Quantity: d.Quantity.Float(), Deliveries: []Delivery{}, Reasons: []string{}})
		}
		lines[l.ID] = &r.Demands[at[d]]
	}
	for _, v := range r.plan.Deliveries {
		if d := lines[v.Line]; d != nil {
			d.deliver(v.At, r.whole(item[v.Line], v.Qty))
		}
	}
	for i := range r.plan.Promises {
		p := &r.plan.Promises[i]
		if d := lines[p.Line]; d != nil {
			d.promise(r.whole(item[p.Line], p.Short), p.Why)
		} else if p.Late() && strings.HasPrefix(string(p.Line), mapping.ReservedPrefix) {
			r.Notes = append(r.Notes, "material shortage: "+string(p.Line)+" is not there in time")
		}
	}
	for i := range r.Demands {
		r.Demands[i].finish()
	}
}

// deliver adds a delivery.
func (d *Demand) deliver(at time.Time, q float64) {
	d.Deliveries = append(d.Deliveries, Delivery{Date{at}, q})
	if at.After(d.Due.At) {
		d.LateQuantityDays += q * at.Sub(d.Due.At).Hours() / 24
	}
}

// promise adds what is short, and why what is late or short is so.
func (d *Demand) promise(short float64, why []schedule.Cause) {
	d.Short += short
	for _, c := range why {
		d.Reasons = append(d.Reasons, c.String())
	}
}

// finish puts deliveries in order, several at one instant being one, and tells
// reasons only where there is something to explain.
func (d *Demand) finish() {
	slices.SortStableFunc(d.Deliveries, func(a, b Delivery) int { return a.Date.At.Compare(b.Date.At) })
	list := d.Deliveries[:0]
	for _, v := range d.Deliveries {
		if n := len(list); n > 0 && list[n-1].Date == v.Date {
			list[n-1].Quantity += v.Quantity
		} else {
			list = append(list, v)
		}
	}
	d.Deliveries = list
	switch late := d.Short > 0 || d.LateQuantityDays > 0; {
	case !late:
		d.Reasons = []string{}
	case len(d.Reasons) == 0:
		d.Reasons = []string{"it is delivered by an order that exists and has its date"}
	}
}

func itemName(d *model.Demand) string {
	switch {
	case d.Item != nil:
		return d.Item.Name
	case d.Owner != nil && d.Owner.Item != nil:
		return d.Owner.Item.Name
	default:
		return ""
	}
}

func (r *Report) made() {
	used := r.resources()
	for i := range r.plan.Orders {
		o := &r.plan.Orders[i]
		point := r.mapped.Points[o.Item]
		if o.Existing || point.OnPaper && !point.Delivery {
			continue
		}
		out := Order{Type: "MO", Reference: string(o.ID), Operation: string(o.Routing), Item: point.Item, Batch: point.Batch,
			Location: string(o.Shop), Quantity: r.whole(o.Item, o.Qty), Start: Date{o.Start}, End: Date{o.End}, Status: "proposed", Resources: used[o.ID]}
		if d := r.mapped.Transfers[o.Routing]; d != nil {
			out.Type, out.Origin = "DO", d.Origin.Name
		}
		if s := r.mapped.Purchases[o.Routing]; s != nil {
			out.Type, out.Supplier = "PO", s.Supplier.Name
		}
		if point.Delivery {
			out.Item, out.Type = "", "DLVR"
		}
		r.Orders = append(r.Orders, out)
	}
}

// resources lists what each order uses, tools that stay with it first.
func (r *Report) resources() map[schedule.OrderID][]string {
	x := schedule.NewIndex(r.mapped.Problem)
	used := map[schedule.OrderID][]string{}
	for i := range r.plan.Orders {
		o := &r.plan.Orders[i]
		for _, h := range x.Routings.Find(o.Routing).Holds {
			used[o.ID] = append(used[o.ID], string(h.Resource))
		}
	}
	r.eachUse(x, func(o *schedule.Operation, id schedule.ResourceID, _ schedule.Use) {
		used[o.Order] = append(used[o.Order], string(id))
	})
	return used
}

func (r *Report) bought() {
	x := schedule.NewIndex(r.mapped.Problem)
	for i := range r.plan.Purchases {
		o := &r.plan.Purchases[i]
		s := x.Supplies.Find(o.Supply)
		point := r.mapped.Points[o.Item]
		r.Orders = append(r.Orders, Order{Type: "PO", Reference: o.ID, Item: point.Item, Batch: point.Batch, Location: string(s.Location),
			Supplier: string(s.Partner), Quantity: r.whole(o.Item, o.Qty), Start: Date{o.Order}, End: Date{o.Arrival}, Status: "proposed"})
	}
}

func (r *Report) moved() {
	x := schedule.NewIndex(r.mapped.Problem)
	for i := range r.plan.Transfers {
		o := &r.plan.Transfers[i]
		l := x.Lanes.Find(o.Lane)
		point := r.mapped.Points[o.Item]
		r.Orders = append(r.Orders, Order{Type: "DO", Reference: o.ID, Item: point.Item, Batch: point.Batch, Origin: string(l.From), Location: string(l.To),
			Quantity: r.whole(o.Item, o.Qty), Start: Date{o.Departure}, End: Date{o.Arrive}, Status: "proposed"})
	}
}

// fixed lists the orders that the model had already.
func (r *Report) fixed() {
	for _, o := range r.mapped.Fixed {
		out := Order{Type: strings.ToUpper(o.Type), Reference: o.Name, Batch: o.Batch, Quantity: o.Quantity.Float(),
			Start: Date{o.Start}, End: Date{o.End}, Status: o.Status}
		item, place := o.Item, o.Location
		if o.Operation != nil {
			out.Operation = o.Operation.Name
			item, place = cmp.Or(item, o.Operation.Item), cmp.Or(place, o.Operation.Location)
		}
		if item != nil {
			out.Item = item.Name
		}
		if place != nil {
			out.Location = place.Name
		}
		if o.Origin != nil {
			out.Origin = o.Origin.Name
		}
		if o.Supplier != nil {
			out.Supplier = o.Supplier.Name
		}
		if out.Type == "" {
			out.Type = "MO"
		}
		for _, u := range o.Resources {
			out.Resources = append(out.Resources, u.Name)
		}
		r.Orders = append(r.Orders, out)
	}
}
