package verify

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// purchases judges what is bought.
func (j *judge) purchases() {
	arriving := quotas{}
	for i := range j.plan.Purchases {
		q := &j.plan.Purchases[i]
		s := j.x.Supplies.Find(q.Supply)
		if s == nil {
			continue
		}
		j.source(&s.Source, s.Item, q.Item, q.Qty, q.Order, Violation{
			Item: q.Item, Location: s.Location, Partner: s.Partner, Ref: q.ID, At: q.Order,
		})
		v := Violation{Code: BeforeFence, Item: q.Item, Partner: s.Partner, Ref: q.ID, At: q.Order}
		j.leads(j.partnerHours(s.Partner), q.Order, q.Arrival, s.LeadTime, v)
		arriving.add(s.Capacity, i, j.period(q.Arrival, s.Capacity), int64(j.x.Supplies.Position(s.ID)), int64(q.Qty))
	}
	for _, o := range arriving.exceeded() {
		q := &j.plan.Purchases[o.index]
		s := j.x.Supplies.Find(q.Supply)
		j.report(Violation{Code: OverLimit, Item: q.Item, Partner: s.Partner, Ref: q.ID, At: q.Arrival, By: o.by})
	}
}

// subcontracts judges the steps that are given to partners.
func (j *judge) subcontracts() {
	started := quotas{}
	for i := range j.tasks {
		t := &j.tasks[i]
		c := t.step.Subcontract
		if t.outside == nil || c == nil {
			continue
		}
		if t.outside.Partner != c.Partner {
			v := j.where(Mismatch, t)
			v.Partner = t.outside.Partner
			j.report(v)
			continue
		}
		if q := j.x.Partners.Find(c.Partner); q != nil && !t.done() {
			scale := wip.Qty(j.lots[t.lot].scale)
			whole := t.qty / scale
			if t.qty%scale > 0 {
				whole++
			}
			started.add(q.Capacity, i, j.period(t.outside.Start, q.Capacity), int64(j.x.Partners.Position(q.ID)), int64(whole))
		}
		if t.kept {
			continue
		}
		j.allowed(t)
		v := j.where(BeforeFence, t)
		v.Partner = c.Partner
		if early := j.t.ReleaseFrom.Sub(t.outside.Start); early > 0 && !t.outside.Start.Before(j.t.Now) {
			v.By = int64(early)
			j.report(v)
		}
		j.leads(j.partnerHours(c.Partner), t.outside.Start, t.outside.End, c.LeadTime, v)
	}
	for _, o := range started.exceeded() {
		t := &j.tasks[o.index]
		v := j.where(OverLimit, t)
		v.Partner, v.By = t.outside.Partner, o.by
		j.report(v)
	}
}

// transfers judges what is moved between locations.
func (j *judge) transfers() {
	for i := range j.plan.Transfers {
		t := &j.plan.Transfers[i]
		l := j.x.Lanes.Find(t.Lane)
		if l == nil {
			continue
		}
		v := Violation{Code: Mismatch, Item: t.Item, Location: l.From, Ref: t.ID, At: t.Departure}
		item := t.Item
		if len(l.Items) > 0 && !slices.Contains(l.Items, t.Item) {
			item = ""
		}
		j.source(&l.Source, item, t.Item, t.Qty, t.Departure, v)
		j.leads(nil, t.Departure, t.Arrive, l.Time, v)
		j.trips(l, t, v)
		j.vehicle(l, t, v)
	}
}

// trips judges whether the load fits into the trips.
func (j *judge) trips(l *schedule.Lane, t *schedule.Transfer, v Violation) {
	v.Code = OverfullTrip
	if t.Trips < 1 {
		j.report(v)
		return
	}
	item := j.x.Items.Find(t.Item)
	if l.LoadPerTrip <= 0 || item == nil || item.Load <= 0 {
		return
	}
	room := ratio(wip.Qty(l.LoadPerTrip), int64(t.Trips), 1)
	if load := ratioUp(t.Qty, item.Load, item.Scale()); load > room {
		v.By = int64(load - room)
		j.report(v)
	}
}

// vehicle judges whether the vehicle works when it leaves, and the docks while
// they handle.
func (j *judge) vehicle(l *schedule.Lane, t *schedule.Transfer, v Violation) {
	v.Code = OffShift
	leave, arrive, handling := j.at(t.Departure), j.at(t.Arrive), j.ticks(l.Handling)
	works := func(id schedule.ResourceID, from, to int64) {
		r := j.x.Resources.Position(id)
		if r < 0 || from >= to || from < 0 || to > j.at(j.t.To) {
			return
		}
		if off := j.hours.resources[r].off(from, to); off > 0 {
			v.Resource, v.By = id, j.duration(off)
			j.report(v)
		}
	}
	works(l.Vehicle, leave, leave+1)
	works(l.FromDock, leave-handling, leave)
	works(l.ToDock, arrive, arrive+handling)
}

// tripTime returns how long a trip takes a vehicle.
func tripTime(l *schedule.Lane) time.Duration {
	if l.TripTime > 0 {
		return l.TripTime
	}
	return l.Time
}

// source judges what all ways to obtain an item have in common.
func (j *judge) source(s *schedule.Source, gives, item schedule.ItemID, qty wip.Qty, start time.Time, v Violation) {
	say := func(code Code, by int64) {
		v.Code, v.By = code, by
		j.report(v)
	}
	if gives != item {
		say(Mismatch, 0)
	}
	if early := j.fence(s).Sub(start); early > 0 {
		say(BeforeFence, int64(early))
	}
	if !s.Effective.Contains(start) {
		say(NotEffective, 0)
	}
	if x := j.x.Items.Find(item); x != nil && !s.LotAt(x, start).Allows(qty) {
		say(BadLot, int64(qty))
	}
}

// fence returns before when nothing new from a source may start.
func (j *judge) fence(s *schedule.Source) time.Time {
	own := j.t.Now.Add(s.Fence)
	if s.Fence > 0 && own.After(j.t.ReleaseFrom) {
		return own
	}
	return j.t.ReleaseFrom
}

// partnerHours returns the working time in which a partner's lead times are
// counted, nil if that is all time.
func (j *judge) partnerHours(id schedule.PartnerID) working {
	if q := j.x.Partners.Find(id); q != nil && q.Calendar != "" {
		return j.hours.of(j, q.Calendar)
	}
	return nil
}

// leads judges whether a lead time has passed and the end is in the horizon.
func (j *judge) leads(hours working, from, to time.Time, lead time.Duration, v Violation) {
	v.Code = OutsideHorizon
	if !j.within(to, v) {
		return
	}
	due, ok := j.at(from)+j.ticks(lead), true
	if hours != nil {
		due, ok = hours.after(j.at(from), j.ticks(lead))
	}
	if early := due - j.at(to); !ok || early > 0 {
		v.Code, v.At, v.By = TooSoon, to, j.duration(early)
		j.report(v)
	}
}

// period returns the number of the period of a limit that t lies in.
func (j *judge) period(t time.Time, l schedule.Limit) int64 {
	if l.Per <= 0 {
		return 0
	}
	d := int64(t.Sub(j.t.From))
	if d < 0 {
		return d/int64(l.Per) - 1
	}
	return d / int64(l.Per)
}

// quotas counts what is used of limits.
type quotas struct{ list []quota }

// A quota is a part of a limit that one element of the plan uses.
type quota struct {
	limit   int64
	of, per int64 // whose limit, and which period
	index   int
	by      int64
}

func (q *quotas) add(l schedule.Limit, index int, period, of, by int64) {
	if l.Per > 0 && by > 0 {
		q.list = append(q.list, quota{int64(l.Qty), of, period, index, by})
	}
}

// exceeded returns, for each limit and period in which more is used, the last
// element that uses it and by how much it is too much.
func (q *quotas) exceeded() []quota {
	slices.SortStableFunc(q.list, func(a, b quota) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.per, b.per))
	})
	var found []quota
	used := wip.Qty(0)
	for i, c := range q.list {
		used = plus(used, wip.Qty(c.by))
		if i+1 < len(q.list) && q.list[i+1].of == c.of && q.list[i+1].per == c.per {
			continue
		}
		if c.by = int64(used) - c.limit; c.by > 0 {
			found = append(found, c)
		}
		used = 0
	}
	return found
}
