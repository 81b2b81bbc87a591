package cooperation

import (
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Kind says who a commission is given to.
type Kind int

const (
	Subcontract Kind = iota // a step that a partner does
	Service                 // a step done on the machine of another shop
)

func (k Kind) String() string {
	if k == Service {
		return "service"
	}
	return "subcontract"
}

// A Commission is a step of an order that others do, and how far that has come.
type Commission struct {
	ID        string // order and step, as in "WO-7/balance"
	Kind      Kind
	Requester schedule.ShopID    // of the order; may be empty
	Partner   schedule.PartnerID // of a subcontract
	Provider  schedule.ShopID    // of a service
	Order     schedule.OrderID
	Step      schedule.StepID
	Item      schedule.ItemID
	Qty       wip.Qty
	// Materials go with it, besides the pieces themselves.
	Materials []Material
	// Hours of work are agreed for a service.
	Hours time.Duration
	// Start is when it can begin, and Due the latest end with which the plan's
	// next step starts on time.
	Start, Due time.Time
	Price      int64 // of a subcontract by its prices, of a service by the rate of the machine

	// What is on record; zero instants have not come.
	Requested    time.Time
	PromisedOn   time.Time // when the promise was given
	Promised     time.Time // the date promised
	Delivered    time.Time // last delivery
	DeliveredQty wip.Qty
	Accepted     time.Time // last acceptance
	AcceptedQty  wip.Qty
}

// A Material is supplied with a commission.
type Material struct {
	Item schedule.ItemID
	Qty  wip.Qty
}

// Complete reports whether all of it was delivered.
func (c *Commission) Complete() bool { return c.DeliveredQty >= c.Qty }

// Party names who does it.
func (c *Commission) Party() string {
	if c.Kind == Service {
		return string(c.Provider)
	}
	return string(c.Partner)
}

// FromPlan returns the commissions of a plan for p: first its subcontracts, then
// the operations on machines of another shop than the order's, both in its
// order. Operations that are done are left out. The error is that of
// [schedule.Problem.Validate] or of its calendars.
func FromPlan(p *schedule.Problem, plan *schedule.Plan) ([]Commission, error) {
	d, err := newDeriver(p, plan)
	if err != nil {
		return nil, err
	}
	var list []Commission
	for i := range plan.Subcontracts {
		list = append(list, d.subcontract(&plan.Subcontracts[i]))
	}
	for i := range plan.Operations {
		if c, ok := d.service(&plan.Operations[i]); ok {
			list = append(list, c)
		}
	}
	return list, nil
}

func (d *deriver) subcontract(s *schedule.SubcontractOrder) Commission {
	c := d.commission(s.Order, s.Step, s.Qty, s.Start, s.End)
	c.Partner = s.Partner
	if step := d.step(s.Order, s.Step); step != nil && step.Subcontract != nil {
		cost, _ := s.Qty.MulDiv(step.Subcontract.Cost, d.scale(c.Item))
		c.Price = int64(cost) + step.Subcontract.Fixed
	}
	return c
}

// service returns the commission of an operation, if it is one.
func (d *deriver) service(o *schedule.Operation) (Commission, bool) {
	machine := d.machine(o)
	order := d.orders[o.Order]
	if o.Done || machine < 0 || order == nil || order.Shop == "" {
		return Commission{}, false
	}
	r := &d.p.Resources[machine]
	if r.Shop == "" || r.Shop == order.Shop {
		return Commission{}, false
	}
	c := d.commission(o.Order, o.Step, o.Qty, o.Start, o.End)
	c.Kind, c.Provider = Service, r.Shop
	c.Hours = d.lines[machine].Between(o.Start, o.End)
	cost, _ := wip.Qty(r.CostPerHour).MulDiv(int64(c.Hours), int64(time.Hour))
	c.Price = int64(cost)
	return c, true
}
