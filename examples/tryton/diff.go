package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
)

// A change is what the plan wants of one production that the ERP does not
// have so. Without any of it there is nothing to send.
type change struct {
	production *production
	start, end calendar.Date // wanted
	// routing and centre are to be set before release, where the ERP has
	// none: 0 leaves them. Without them a release would make no works.
	routing, centre int64
	release         bool
	// works are the work centres wanted, by the place of the work in the
	// routing; 0 leaves what is there.
	works []int64
	known []work // the works that the snapshot has
}

// differences compares the plan with the ERP, for every production in it.
// Those that begin before a day are to be released, so that the shop gets them.
func (m *mapping) differences(plan *schedule.Plan, releaseBefore time.Time) []change {
	x := schedule.NewIndex(m.problem)
	var list []change
	for order, operations := range schedule.ByOrder(plan) {
		p := m.orders[order.ID]
		if p == nil {
			continue
		}
		c := change{production: p, start: m.firstDay(order.Start), end: m.lastDay(order.End), known: m.worksOf(p)}
		r := x.Routings.Find(order.Routing)
		c.works = make([]int64, len(r.Steps))
		for i := range r.Steps {
			for _, o := range operations {
				if o.Step == r.Steps[i].ID && len(r.Steps[i].Modes) > 0 {
					c.works[i] = m.centreOf[o.Machine(&r.Steps[i].Modes[o.Mode])]
				}
			}
		}
		c.release = waits(p.state) && order.Start.Before(releaseBefore)
		if c.release {
			c.complete(m, r)
		}
		list = append(list, c)
	}
	return list
}

// waits reports whether a production has yet to be given to the shop.
func waits(state string) bool { return state == "request" || state == "draft" }

// begun reports whether the shop is at work on a production, or through.
func begun(state string) bool { return !waits(state) && state != "waiting" && state != "assigned" }

// begun reports whether a work has cycles already.
func (w work) begun() bool { return w.state != "request" && w.state != "draft" }

// begun reports whether the shop was at work on the production or one of its
// works when they were read.
func (c *change) begun() bool {
	return begun(c.production.state) || slices.ContainsFunc(c.known, work.begun)
}

// complete adds what a production needs to be released with works.
func (c *change) complete(m *mapping, r *schedule.Routing) {
	p, v := c.production, m.variantOf[r.ID]
	if p.routing == 0 && p.bom != 0 && p.bom == v.bom {
		c.routing = v.routing
	}
	for _, id := range c.works {
		if p.centre == 0 && id != 0 {
			c.centre = m.root(id)
			break
		}
	}
}

// values returns the fields of the production to write.
func (c *change) values() map[string]any {
	v := map[string]any{}
	if c.start != dayOf(c.production.start) {
		v["planned_start_date"] = date{c.start}
	}
	if c.end != dayOf(c.production.end) {
		v["planned_date"] = date{c.end}
	}
	if c.routing != 0 {
		v["routing"] = c.routing
	}
	if c.centre != 0 {
		v["work_center"] = c.centre
	}
	return v
}

// moved returns the work centre wanted of the i-th work, if it is not that
// which the work has.
func (c *change) moved(i int, now int64) (int64, bool) {
	if i >= len(c.works) || c.works[i] == 0 {
		return 0, false
	}
	return c.works[i], c.works[i] != now
}

// empty reports whether the ERP has it all already.
func (c *change) empty() bool { return c.String() == "" }

// String says the change in words.
func (c *change) String() string {
	var list []string
	values := c.values()
	for _, k := range sortedKeys(values) {
		if d, ok := values[k].(date); ok {
			list = append(list, fmt.Sprintf("%s %s", strings.ReplaceAll(k, "_", " "), d))
		}
	}
	if c.release {
		list = append(list, "release")
	}
	for i, w := range c.known {
		if centre, ok := c.moved(i, w.centre); ok {
			list = append(list, fmt.Sprintf("work %d to centre %d", i+1, centre))
		}
	}
	return strings.Join(list, ", ")
}
