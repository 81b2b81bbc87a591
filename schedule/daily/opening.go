package daily

import (
	"cmp"
	"fmt"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Opening returns the events that a ledger begins with so that it agrees with a
// problem at its Now: stocks, orders that are released, and what has come out
// of their steps. Their keys begin with "opening/".
func Opening(p *schedule.Problem) []wip.Event {
	now := p.Times().Now
	shops := schedule.NewIndex(p)
	var events []wip.Event
	add := func(key string, e wip.Event) {
		e.Key, e.At = "opening/"+key, now
		events = append(events, e)
	}
	for i := range p.Stock {
		b := &p.Stock[i]
		if b.Qty > 0 {
			add(fmt.Sprintf("stock/%d", i), wip.Event{Kind: wip.Adjusted, Point: b.Point, Qty: b.Qty, Cause: "opening"})
		}
	}
	for i := range p.Orders {
		o := &p.Orders[i]
		if o.Status != schedule.Released {
			continue
		}
		key := "order/" + string(o.ID)
		place := schedule.LocationID("")
		if r := shops.Routings.Find(o.Routing); r != nil {
			if s := shops.Shops.Find(r.Shop); s != nil {
				place = s.Location
			}
		}
		add(key, wip.Event{Kind: wip.Released, Order: o.ID, Point: wip.Point{Item: o.Item, Place: place}, Qty: o.Qty})
		for k := range o.Steps {
			s := &o.Steps[k]
			e := wip.Event{Order: o.ID, Step: s.Step}
			stepKey := key + "/" + string(s.Step)
			good, scrap := s.Progress.Good, s.Progress.Scrap
			if s.Done {
				good = cmp.Or(good, o.Qty)
			}
			if good+scrap > 0 {
				e.Kind, e.Qty, e.Scrap, e.Spent = wip.Reported, good, scrap, s.Progress.Spent
				add(stepKey, e)
			}
			if s.Done {
				add(stepKey+"/done", wip.Event{Kind: wip.Finished, Order: o.ID, Step: s.Step})
			}
		}
	}
	return events
}
