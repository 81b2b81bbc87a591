package release

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

// firmLots returns the lots of the earlier plan that are released in the firm
// zone, as many of each source as the program makes at all, by their release.
func (a *answer) firmLots() []lot {
	until := a.firmUntil()
	var list []lot
	for k, lots := range a.earlier {
		made := 0.0
		for _, x := range a.start[k] {
			made += x
		}
		for _, l := range lots {
			size := a.units(l.qty, a.p.Items[a.origins[k].item].ID)
			if made -= size; made < -size/2 || l.start-days(a.o.Previous.Placement.Ahead) >= until {
				break
			}
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(x, y lot) int { return cmp.Compare(x.start, y.start) })
	return list
}

// withFirm returns a problem in which lots of the earlier plan are approved
// orders, which a planner who knows that plan places where they were. With calm
// no others may be released in the firm zone.
func (a *answer) withFirm(p *schedule.Problem, lots []lot, calm bool) (*schedule.Problem, orders) {
	q := *p
	if calm {
		fence := time.Duration(a.firmUntil() * float64(day))
		q.Routings = slices.Clone(p.Routings)
		for i := range q.Routings {
			q.Routings[i].Fence = max(q.Routings[i].Fence, fence)
		}
	}
	q.Orders = slices.Clone(p.Orders)
	made := orders{}
	for i := range lots {
		r := &a.p.Routings[a.origins[lots[i].process].ref]
		made[lots[i].id] = r.ID
		q.Orders = append(q.Orders, schedule.Order{
			ID: lots[i].id, Item: r.Item, Routing: r.ID, Qty: lots[i].qty, Status: schedule.Approved, Due: a.timeAt(lots[i].end),
		})
	}
	return &q, made
}

// changePrice returns what each release costs that is changed in the firm zone
// when plans are chosen among: what the objective says, or if it says nothing, a
// tenth of what a lot of the earlier plan cost on the average, or if nobody says
// what that cost, one that costs as much as given. That is more than plans made
// alike differ by chance, and less than an urgent line is worth.
func (a *answer) changePrice(cost int64) int64 {
	old := a.o.Previous
	if old == nil || old.Plan == nil {
		return 0
	}
	if c := a.w.Change; c > 0 {
		return c
	}
	if old.Plan.Metrics.Cost > 0 {
		cost = old.Plan.Metrics.Cost
	}
	return cost / int64(10*max(1, len(old.Plan.Orders)))
}

// worth returns what a plan costs, with its changes in the firm zone.
func (c *contest) worth(plan *schedule.Plan) int64 {
	if c.first == 0 {
		c.first = plan.Metrics.Cost
	}
	a, price := c.answer, c.changePrice(c.first)
	if price == 0 {
		return plan.Metrics.Cost
	}
	n := Compare(a.o.Previous.Plan, plan, a.t.Now, a.timeAt(a.firmUntil()), day)
	return plan.Metrics.Cost + price*int64(n.Changed)
}
