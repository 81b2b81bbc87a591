package schedule

import (
	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
)

// An Index finds the parts of a [Problem] by their IDs. It refers to the
// problem, which must not change while the index is in use. It is safe for
// concurrent use.
type Index struct {
	Calendars   Table[CalendarID, calendar.Calendar]
	Locations   Table[LocationID, Location]
	Shops       Table[ShopID, Shop]
	Resources   Table[ResourceID, capacity.Resource]
	Changeovers Table[capacity.ChangeoverID, capacity.ChangeoverTable]
	Lanes       Table[LaneID, Lane]
	Items       Table[ItemID, Item]
	Routings    Table[RoutingID, Routing]
	Partners    Table[PartnerID, Partner]
	Supplies    Table[SupplyID, Supply]
	Provisions  Table[ProvisionID, Provision]
	Receipts    Table[ReceiptID, Receipt]
	Orders      Table[OrderID, Order]
	Contracts   Table[ContractID, Contract]
	Lines       Table[LineID, ContractLine]

	steps  map[stepKey]*Step
	states map[stateKey]*StepState
}

type (
	stepKey struct {
		routing RoutingID
		step    StepID
	}
	stateKey struct {
		order OrderID
		step  StepID
	}
)

// NewIndex returns the index of p, in time proportional to its size. The
// routings in it are without phantoms: see [Explode].
func NewIndex(p *Problem) *Index {
	p = Explode(p)
	x := &Index{
		Calendars:   newTable(p.Calendars, func(c *calendar.Calendar) CalendarID { return c.ID }),
		Locations:   newTable(p.Locations, func(l *Location) LocationID { return l.ID }),
		Shops:       newTable(p.Shops, func(s *Shop) ShopID { return s.ID }),
		Resources:   newTable(p.Resources, func(r *capacity.Resource) ResourceID { return r.ID }),
		Changeovers: newTable(p.Changeovers, func(t *capacity.ChangeoverTable) capacity.ChangeoverID { return t.ID }),
		Lanes:       newTable(p.Lanes, func(l *Lane) LaneID { return l.ID }),
		Items:       newTable(p.Items, func(i *Item) ItemID { return i.ID }),
		Routings:    newTable(p.Routings, func(r *Routing) RoutingID { return r.ID }),
		Partners:    newTable(p.Partners, func(q *Partner) PartnerID { return q.ID }),
		Supplies:    newTable(p.Supplies, func(s *Supply) SupplyID { return s.ID }),
		Provisions:  newTable(p.Provisions, func(q *Provision) ProvisionID { return q.ID }),
		Receipts:    newTable(p.Receipts, func(r *Receipt) ReceiptID { return r.ID }),
		Orders:      newTable(p.Orders, func(o *Order) OrderID { return o.ID }),
		Contracts:   newTable(p.Contracts, func(c *Contract) ContractID { return c.ID }),
		Lines:       newTable(p.Lines, func(l *ContractLine) LineID { return l.ID }),
		steps:       map[stepKey]*Step{},
		states:      map[stateKey]*StepState{},
	}
	for i := len(p.Routings) - 1; i >= 0; i-- {
		r := &p.Routings[i]
		for j := len(r.Steps) - 1; j >= 0; j-- {
			x.steps[stepKey{r.ID, r.Steps[j].ID}] = &r.Steps[j]
		}
	}
	for i := len(p.Orders) - 1; i >= 0; i-- {
		o := &p.Orders[i]
		for j := len(o.Steps) - 1; j >= 0; j-- {
			x.states[stateKey{o.ID, o.Steps[j].Step}] = &o.Steps[j]
		}
	}
	return x
}

// Step returns a step of a routing, or nil if there is none.
func (x *Index) Step(r RoutingID, s StepID) *Step { return x.steps[stepKey{r, s}] }

// State returns what is known of a step of an existing order, or nil if that
// is nothing.
func (x *Index) State(o OrderID, s StepID) *StepState { return x.states[stateKey{o, s}] }

// A Table finds the elements of a slice by ID. Of several with one ID it finds
// the first.
type Table[K ~string, T any] struct {
	list []T
	at   map[K]int
}

func newTable[K ~string, T any](list []T, id func(*T) K) Table[K, T] {
	at := make(map[K]int, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		at[id(&list[i])] = i
	}
	return Table[K, T]{list, at}
}

// Find returns the element with the ID, or nil if there is none.
func (t Table[K, T]) Find(id K) *T {
	if i, ok := t.at[id]; ok {
		return &t.list[i]
	}
	return nil
}

// Position returns where in its slice the element with the ID is, or -1 if
// there is none.
func (t Table[K, T]) Position(id K) int {
	if i, ok := t.at[id]; ok {
		return i
	}
	return -1
}
