package mapping

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// mapSources gives every stock point its sources. Points that these need in
// turn are appended to the list while it is walked.
func (mp *mapper) mapSources() {
	for i := 0; i < len(mp.todo); i++ {
		pt := mp.todo[i]
		if pt.delivery != nil {
			mp.delivers(pt.delivery, pt)
		} else {
			mp.replenish(pt)
		}
		if !mp.run.Stocked() {
			mp.supply(pt, "unlimited, for want of a plan that material constrains", schedule.Source{Priority: lastResort}, 0, "")
		}
	}
}

// lastResort is a priority behind all others.
const lastResort = 1_000_000

// replenish maps the ways to fill a stock point: the one that the buffer names,
// or else all that fit its item and location.
func (mp *mapper) replenish(pt *point) {
	if b := pt.buffer; b != nil {
		switch b.Kind {
		case "buffer_infinite":
			mp.supply(pt, "unlimited", schedule.Source{}, 0, "")
			return
		case "buffer_procure":
			source := schedule.Source{Lot: mp.lotOf(b.Sizes, whole, b.Entity), Fence: mp.fenceOf(b.Fence)}
			mp.supply(pt, "procurement", source, b.Leadtime, "")
			return
		}
		if b.Producing != nil {
			if b.Producing.Priority != 0 && !mp.makes(b.Producing, pt) {
				mp.note(b.Entity, "operation %q makes nothing for buffer %q", b.Producing.Name, b.Name)
			}
			return
		}
	}
	mp.purchases(pt)
	mp.transfers(pt)
	for _, o := range mp.index.makers[pt.item] {
		mp.makes(o, pt)
	}
}

func whole(a model.Amount) wip.Qty { return wip.Qty(a) }

// fenceOf returns a fence, which counts if lead times do.
func (mp *mapper) fenceOf(d time.Duration) time.Duration {
	if mp.run.Timed() {
		return max(0, d)
	}
	return 0
}

// supply adds a way to buy the item of a point.
func (mp *mapper) supply(pt *point, partner string, source schedule.Source, lead time.Duration, calendar schedule.CalendarID) {
	mp.partner(partner, calendar)
	id := fmt.Sprintf("Purchase %s @ %s from %s", pt.id, pt.place, partner)
	for mp.supplies[id] {
		id += "'"
	}
	mp.supplies[id] = true
	mp.p.Supplies = append(mp.p.Supplies, schedule.Supply{
		ID: schedule.SupplyID(id), Item: pt.id, Partner: schedule.PartnerID(partner), Location: pt.place, Source: source, LeadTime: lead})
}

func (mp *mapper) partner(name string, calendar schedule.CalendarID) {
	if !mp.partners[name] {
		mp.partners[name] = true
		mp.p.Partners = append(mp.p.Partners, schedule.Partner{ID: schedule.PartnerID(name), Calendar: calendar})
	}
}

// purchases maps the suppliers of an item and of the groups that it belongs to.
func (mp *mapper) purchases(pt *point) {
	for _, item := range lineage(pt.item) {
		for _, s := range mp.index.purchases[item] {
			if s.Priority == 0 || s.Location != nil && s.Location != pt.location || empty(s.Effective) {
				continue
			}
			lead := max(0, s.Leadtime) + max(0, s.Hard)
			source := mp.way(&s.Way, s.Entity, lead)
			source.SafetyTime = max(0, s.Soft)
			if u := mp.resources[s.Resource]; u != nil && !u.bucket && !isFree(s.Resource) && s.ResourceAmount > 0 {
				mp.occupyingPurchase(pt, s, u, source, lead)
				continue
			}
			mp.supply(pt, s.Supplier.Name, source, lead, mp.calendars.open(s.Supplier.Available))
			mp.p.Supplies[len(mp.p.Supplies)-1].Uses = mp.claim(s.Resource, s.ResourceAmount, s.Entity)
		}
	}
}

// occupyingPurchase maps a purchase that has a resource without buckets busy
// while it lasts: as making the item out of nothing.
func (mp *mapper) occupyingPurchase(pt *point, s *model.ItemSupplier, u *resource, source schedule.Source, lead time.Duration) {
	units := max(1, mp.units(u, s.ResourceAmount))
	if units > u.units {
		mp.note(s.Entity, "a purchase of %q from %q takes more of %q than there ever is", pt.id, s.Supplier.Name, u.Name)
		return
	}
	id := schedule.RoutingID(fmt.Sprintf("Purchase %s @ %s from %s", pt.id, pt.place, s.Supplier.Name))
	for mp.out.Purchases[id] != nil {
		id += "'"
	}
	step := schedule.Step{ID: "buy", Calendar: mp.calendars.open(s.Supplier.Available), Pausable: true,
		Modes: []schedule.Mode{{Fixed: lead, Uses: []schedule.Use{{Resource: schedule.ResourceID(u.Name), Units: units}}}}}
	mp.p.Routings = append(mp.p.Routings, schedule.Routing{ID: id, Item: pt.id, Shop: schedule.ShopID(pt.place), Source: source, Steps: []schedule.Step{step}})
	mp.out.Purchases[id] = s
}

// way maps what purchases and transfers have in common.
func (mp *mapper) way(w *model.Way, e model.Entity, lead time.Duration) schedule.Source {
	return schedule.Source{Priority: w.Priority, Cost: money(w.Cost), Lot: mp.lotOf(w.Sizes, whole, e),
		Effective: schedule.Span(earlier(w.Effective, lead)), Fence: mp.fenceOf(w.Fence)}
}

// transfers maps the ways to bring an item to a point from elsewhere. An item
// that needs itself at another place has a name for each place, so that
// bringing it is making one of the other.
func (mp *mapper) transfers(pt *point) {
	for _, item := range lineage(pt.item) {
		for _, d := range mp.index.transfers[item] {
			if d.Priority == 0 || d.Destination != nil && d.Destination != pt.location || d.Origin == pt.location || empty(d.Effective) {
				continue
			}
			from := mp.point(pt.item, d.Origin, pt.batch)
			mp.transfer(from, pt, d, mp.way(&d.Way, d.Entity, max(0, d.Leadtime)))
		}
	}
}

func (mp *mapper) transfer(from, to *point, d *model.ItemDistribution, source schedule.Source) {
	id := fmt.Sprintf("Ship %s from %s to %s", to.id, from.place, to.place)
	for mp.lanes[id] {
		id += "'"
	}
	mp.lanes[id] = true
	if from.id == to.id {
		mp.p.Lanes = append(mp.p.Lanes, schedule.Lane{ID: schedule.LaneID(id), From: from.place, To: to.place,
			Items: []schedule.ItemID{to.id}, Time: max(0, d.Leadtime), Source: source, Uses: mp.claim(d.Resource, d.ResourceAmount, d.Entity)})
		return
	}
	mp.p.Routings = append(mp.p.Routings, schedule.Routing{ID: schedule.RoutingID(id), Item: to.id, Shop: schedule.ShopID(to.place), Source: source,
		Steps: []schedule.Step{{ID: "ship", Pausable: true, Modes: []schedule.Mode{{Fixed: max(0, d.Leadtime)}},
			Needs: []schedule.Need{{Item: from.id, Location: from.place, Per: wip.Qty(model.One)}}}}})
	mp.out.Transfers[schedule.RoutingID(id)] = d
}

// claim maps what each unit bought or moved takes of a resource, which has to
// be counted by buckets for that.
func (mp *mapper) claim(r *model.Resource, per model.Amount, e model.Entity) []schedule.Use {
	u := mp.resources[r]
	switch {
	case r == nil || per == 0 || isFree(r):
		return nil
	case u == nil || !u.bucket:
		mp.note(e, "the load on resource %q is left out, since it is not counted by buckets", r.Name)
		return nil
	}
	return []schedule.Use{{Resource: schedule.ResourceID(r.Name), PerUnit: bucketTime(per)}}
}
