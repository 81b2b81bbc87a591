package release

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

// orders are lots that have become orders of a problem, with their routings.
type orders map[schedule.OrderID]schedule.RoutingID

// withLots returns a problem in which the lots are orders, and nothing else may
// be made; what is bought and moved follows from them. Each has a copy of its
// routing to itself, whose first steps wait for the date of its release, some
// days ahead of the program's, and no due date, so that planners place it after
// that as early as they can.
func (a *answer) withLots(lots []lot, ahead float64) (*schedule.Problem, orders) {
	q := *a.p
	q.Routings = slices.Clone(a.p.Routings)
	never := schedule.Span{From: a.t.To}
	for i := range q.Routings {
		q.Routings[i].Effective = never
	}
	q.Orders, q.Provisions = slices.Clone(a.p.Orders), slices.Clone(a.p.Provisions)
	made := orders{}
	for i := range lots {
		l := &lots[i]
		id := string(l.id)
		r := a.p.Routings[a.origins[l.process].ref]
		made[schedule.OrderID(id)] = r.ID
		q.Provisions = append(q.Provisions, schedule.Provision{ID: schedule.ProvisionID(id), Ready: a.releaseAt(&r, l.start-ahead)})
		r = waiting(r, schedule.ProvisionID(id))
		r.ID, r.Effective = schedule.RoutingID(id), never
		q.Routings = append(q.Routings, r)
		q.Orders = append(q.Orders, schedule.Order{
			ID: schedule.OrderID(id), Item: r.Item, Routing: r.ID, Qty: l.qty, Status: schedule.Approved,
		})
	}
	return &q, made
}

// made returns the lots of an answer that are made, components after what they
// go into.
func (a *answer) made() []lot { return a.thoseMade(a.rounding(a.earlier)) }

// anew is made without regard to an earlier plan.
func (a *answer) anew() []lot { return a.thoseMade(a.rounding(make([][]lot, len(a.processes)))) }

func (a *answer) thoseMade(r *rounding) []lot {
	return slices.DeleteFunc(r.lots, func(l lot) bool { return a.origins[l.process].kind != makes })
}

// ordered returns lots, named, in the order in which they are placed: by the
// date of their release, at one date components first.
func (a *answer) ordered(lots []lot) []lot {
	lots = append([]lot{}, lots...) // not nil
	slices.Reverse(lots)
	slices.SortStableFunc(lots, func(x, y lot) int { return cmp.Compare(x.start, y.start) })
	number, kept := 0, map[schedule.OrderID]bool{}
	for i := range lots {
		kept[lots[i].id] = true
	}
	for i := range lots {
		fresh := lots[i].id == ""
		for lots[i].id == "" || a.taken(string(lots[i].id)) || fresh && kept[lots[i].id] {
			number++
			lots[i].id = schedule.OrderID(fmt.Sprintf("R%05d", number))
		}
	}
	return lots
}

// taken reports whether an order, routing or provision has a name.
func (a *answer) taken(id string) bool {
	return a.x.Orders.Find(schedule.OrderID(id)) != nil || a.x.Routings.Find(schedule.RoutingID(id)) != nil ||
		a.x.Provisions.Find(schedule.ProvisionID(id)) != nil
}

// past returns an earlier plan as one of the problem with lots: those that were
// kept have their own routings.
func (lots orders) past(plan *schedule.Plan) *schedule.Plan {
	if plan == nil {
		return nil
	}
	q := *plan
	q.Orders = slices.Clone(plan.Orders)
	for i := range q.Orders {
		if o := &q.Orders[i]; lots[o.ID] != "" {
			o.Routing, o.Existing = schedule.RoutingID(o.ID), true
		}
	}
	return &q
}

// releaseAt returns when a lot may be released.
func (a *answer) releaseAt(r *schedule.Routing, start float64) time.Time {
	at := a.timeAt(start)
	for _, least := range []time.Time{a.t.ReleaseFrom, r.Effective.From, a.t.Now.Add(r.Fence)} {
		if at.Before(least) {
			at = least
		}
	}
	return at
}

// waiting returns a routing whose steps that follow no other wait for a
// provision.
func waiting(r schedule.Routing, id schedule.ProvisionID) schedule.Routing {
	follows := map[schedule.StepID]bool{}
	for l := range r.Precedence() {
		follows[l.To] = true
	}
	r.Steps = slices.Clone(r.Steps)
	for s := range r.Steps {
		if st := &r.Steps[s]; !follows[st.ID] {
			st.Provisions = append(slices.Clone(st.Provisions), id)
		}
	}
	return r
}

// own turns lots from orders of the problem into orders of the plan. It reports
// false if one of them is where a new order must not be.
func (lots orders) own(a *answer, plan *schedule.Plan) bool {
	placed := make(map[schedule.OrderID]bool, len(plan.Orders))
	for i := range plan.Orders {
		o := &plan.Orders[i]
		placed[o.ID] = true
		if lots[o.ID] == "" {
			continue
		}
		o.Existing, o.Routing = false, lots[o.ID]
		r, item := a.x.Routings.Find(o.Routing), a.x.Items.Find(o.Item)
		if o.Release.Before(a.t.ReleaseFrom) || !r.Effective.Contains(o.Start) || !r.LotAt(item, o.Start).Allows(o.Qty) {
			return false
		}
	}
	plan.Unplanned = slices.DeleteFunc(plan.Unplanned, func(u schedule.Unplanned) bool { return lots[u.Order] != "" })
	for i := range plan.Unplanned {
		lots.forget(plan.Unplanned[i].Why, placed, "")
	}
	scarce := a.scarce()
	for i := range plan.Promises {
		lots.forget(plan.Promises[i].Why, placed, scarce[plan.Promises[i].Line])
	}
	return true
}

// forget rewrites causes in the caller's names: to wait for the release of a lot
// is to wait for the resource because of which it is not released earlier, or if
// there is none, simply for its date; lots that found no place have no name.
func (lots orders) forget(why []schedule.Cause, placed map[schedule.OrderID]bool, scarce schedule.ResourceID) {
	for i := range why {
		c := &why[i]
		if lots[c.Order] != "" && !placed[c.Order] {
			c.Order, c.Step = "", ""
		}
		if lots[schedule.OrderID(c.Provision)] != "" {
			c.Kind, c.Provision, c.Resource = schedule.WaitsForFence, "", scarce
			if scarce != "" {
				c.Kind = schedule.WaitsForResource
			}
		}
	}
}

// scarce returns, for each line that the program delivers late, the resource
// that has most to do with it.
func (a *answer) scarce() map[schedule.LineID]schedule.ResourceID {
	of := map[schedule.LineID]schedule.ResourceID{}
	for c := range a.demands {
		if !a.lateOrShort(c) {
			continue
		}
		for _, b := range a.bindings(c) {
			if len(b.Resources) > 0 {
				of[a.p.Lines[a.lines[c]].ID] = b.Resources[0]
				break
			}
		}
	}
	return of
}
