package release

import (
	"cmp"
	"slices"

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
// orders, which a planner who knows that plan places where they were.
func (a *answer) withFirm(p *schedule.Problem, lots []lot) (*schedule.Problem, orders) {
	q := *p
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
