package cooperation

import (
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A deriver finds what a plan says of steps.
type deriver struct {
	p      *schedule.Problem
	x      *schedule.Index // without phantoms
	lines  []*calendar.Timeline
	orders map[schedule.OrderID]*schedule.PlannedOrder
	start  map[stepKey]time.Time // of operations and subcontracts
}

type stepKey struct {
	order schedule.OrderID
	step  schedule.StepID
}

func newDeriver(p *schedule.Problem, plan *schedule.Plan) (*deriver, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	lines, err := schedule.Timelines(p)
	if err != nil {
		return nil, err
	}
	d := &deriver{p: p, x: schedule.NewIndex(p), lines: lines,
		orders: map[schedule.OrderID]*schedule.PlannedOrder{}, start: map[stepKey]time.Time{}}
	for i := range plan.Orders {
		d.orders[plan.Orders[i].ID] = &plan.Orders[i]
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		d.start[stepKey{o.Order, o.Step}] = o.Start
	}
	for i := range plan.Subcontracts {
		s := &plan.Subcontracts[i]
		d.start[stepKey{s.Order, s.Step}] = s.Start
	}
	return d, nil
}

func (d *deriver) routing(order schedule.OrderID) *schedule.Routing {
	if o := d.orders[order]; o != nil {
		return d.x.Routings.Find(o.Routing)
	}
	return nil
}

func (d *deriver) step(order schedule.OrderID, step schedule.StepID) *schedule.Step {
	if o := d.orders[order]; o != nil {
		return d.x.Step(o.Routing, step)
	}
	return nil
}

func (d *deriver) scale(item schedule.ItemID) int64 {
	if x := d.x.Items.Find(item); x != nil {
		return x.Scale()
	}
	return 1
}

// machine returns the position of the machine of an operation, or -1.
func (d *deriver) machine(o *schedule.Operation) int {
	s := d.step(o.Order, o.Step)
	if s == nil || o.Mode >= len(s.Modes) {
		return -1
	}
	return d.x.Resources.Position(o.Machine(&s.Modes[o.Mode]))
}

func (d *deriver) commission(order schedule.OrderID, step schedule.StepID, q wip.Qty, start, end time.Time) Commission {
	c := Commission{ID: string(order) + "/" + string(step), Order: order, Step: step, Qty: q, Start: start, Due: d.due(order, step, end)}
	if o := d.orders[order]; o != nil {
		c.Requester, c.Item = o.Shop, o.Item
	}
	if s := d.step(order, step); s != nil {
		for k := range s.Needs {
			c.Materials = append(c.Materials, Material{s.Needs[k].Item, s.Needs[k].Amount(q, d.scale(c.Item))})
		}
	}
	return c
}

// due returns the latest end of a step with which the steps after it start when
// they are planned to; its planned end, if none follows.
func (d *deriver) due(order schedule.OrderID, step schedule.StepID, end time.Time) time.Time {
	var due time.Time
	if r := d.routing(order); r != nil {
		for l := range r.Precedence() {
			next, planned := d.start[stepKey{order, l.To}]
			if l.From != step || !planned {
				continue
			}
			from, to := d.step(order, l.From), d.step(order, l.To)
			if latest := next.Add(-(l.MinWait + from.Move + to.Queue)); due.IsZero() || latest.Before(due) {
				due = latest
			}
		}
	}
	if due.Before(end) {
		return end
	}
	return due
}
