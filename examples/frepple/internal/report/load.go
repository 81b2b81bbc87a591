package report

import (
	"fmt"
	"io"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// loads returns what the plan occupies of resources over time, tools that stay
// with an order included.
func (r *Report) loads() []capacity.Load {
	x := schedule.NewIndex(r.mapped.Problem)
	var list []capacity.Load
	spans := map[schedule.OrderID]map[schedule.StepID]*schedule.Operation{}
	r.eachUse(x, func(o *schedule.Operation, id schedule.ResourceID, u schedule.Use) {
		if len(x.Resources.Find(id).Buckets) == 0 && o.Start.Before(o.End) {
			list = append(list, capacity.Load{Resource: id, From: o.Start, To: o.End, Units: u.Count()})
		}
	})
	for i := range r.plan.Operations {
		o := &r.plan.Operations[i]
		if spans[o.Order] == nil {
			spans[o.Order] = map[schedule.StepID]*schedule.Operation{}
		}
		spans[o.Order][o.Step] = o
	}
	for i := range r.plan.Orders {
		for _, h := range x.Routings.Find(r.plan.Orders[i].Routing).Holds {
			first, last := spans[r.plan.Orders[i].ID][h.From], spans[r.plan.Orders[i].ID][h.To]
			if first != nil && last != nil && first.Start.Before(last.End) {
				list = append(list, capacity.Load{Resource: h.Resource, From: first.Start, To: last.End, Units: h.Count()})
			}
		}
	}
	return list
}

// eachUse calls f for whatever operations use.
func (r *Report) eachUse(x *schedule.Index, f func(*schedule.Operation, schedule.ResourceID, schedule.Use)) {
	for i := range r.plan.Operations {
		o := &r.plan.Operations[i]
		s := x.Step(r.orders[o.Order].Routing, o.Step)
		if s == nil || o.Mode >= len(s.Modes) {
			continue
		}
		m := &s.Modes[o.Mode]
		for u := range m.Uses {
			f(o, o.Resource(m, u), m.Uses[u])
		}
	}
}

// writeBuckets lists what is taken of resources that are counted by buckets,
// and what they hold.
func (r *Report) writeBuckets(w io.Writer) {
	taken := r.taken()
	if len(taken) == 0 {
		return
	}
	t := section(w, "Load by bucket")
	for i := range r.mapped.Problem.Resources {
		x := &r.mapped.Problem.Resources[i]
		for n, b := range x.Buckets {
			if q := taken[bucketKey{x.ID, n}]; q > 0 {
				fmt.Fprintf(t, "%s\t%s\t%s\tof %s\n", x.ID, Date{b.From}, hours(q), hours(b.Work))
			}
		}
	}
	t.Flush()
}

type bucketKey struct {
	resource schedule.ResourceID
	bucket   int
}

func hours(w capacity.Work) string { return number(w.Hours()) }

// taken sums up what operations, purchases and transfers take of each bucket.
func (r *Report) taken() map[bucketKey]capacity.Work {
	x := schedule.NewIndex(r.mapped.Problem)
	sums := map[bucketKey]capacity.Work{}
	add := func(id schedule.ResourceID, at time.Time, take capacity.Work) {
		for n, b := range x.Resources.Find(id).Buckets {
			if !at.Before(b.From) && at.Before(b.To) {
				sums[bucketKey{id, n}] += take
			}
		}
	}
	r.eachUse(x, func(o *schedule.Operation, id schedule.ResourceID, u schedule.Use) {
		add(id, o.Start, u.Take(o.Qty, r.scale(r.orders[o.Order].Item), o.End.Sub(o.Start)))
	})
	for i := range r.plan.Purchases {
		o := &r.plan.Purchases[i]
		for _, u := range x.Supplies.Find(o.Supply).Uses {
			add(u.Resource, o.Order, u.Take(o.Qty, r.scale(o.Item), 0))
		}
	}
	for i := range r.plan.Transfers {
		o := &r.plan.Transfers[i]
		for _, u := range x.Lanes.Find(o.Lane).Uses {
			add(u.Resource, o.Departure, u.Take(o.Qty, r.scale(o.Item), 0))
		}
	}
	return sums
}
