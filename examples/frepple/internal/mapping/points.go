package mapping

import (
	"cmp"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A point is a stock point: an item at a location, for a batch if the item is
// made to order.
type point struct {
	pointKey
	buffer *model.Buffer // nil if the model has none
	id     schedule.ItemID
	place  schedule.LocationID
	// delivery is the operation whose deliveries or completion the point stands
	// for; paper means that it stands for a fixed order.
	delivery *model.Operation
	paper    bool
}

type pointKey struct {
	item     *model.Item
	location *model.Location
	batch    string
}

// nowhere is the place of what has no location.
const nowhere = "(nowhere)"

func placeOf(l *model.Location) schedule.LocationID {
	if l == nil {
		return nowhere
	}
	return schedule.LocationID(l.Name)
}

// key returns the key of a stock point; only items made to order have batches.
func key(i *model.Item, l *model.Location, batch string) pointKey {
	if !i.MakeToOrder {
		batch = ""
	}
	return pointKey{i, l, batch}
}

// point returns the point of an item at a location, which is made if need be.
func (mp *mapper) point(i *model.Item, l *model.Location, batch string) *point {
	k := key(i, l, batch)
	if pt := mp.points[k]; pt != nil {
		return pt
	}
	pt := &point{pointKey: k}
	mp.points[k] = pt
	mp.register(pt, mp.name(pt))
	return pt
}

// name returns what the item of a point is called: as in the model, with its
// batch, and with its location if the item depends on itself at another place.
func (mp *mapper) name(pt *point) string {
	name := pt.item.Name
	if mp.located[pt.item] {
		name += " @ " + string(placeOf(pt.location))
	}
	if pt.batch != "" {
		name += " [" + pt.batch + "]"
	}
	return name
}

// register gives a point an item and a place in the problem.
func (mp *mapper) register(pt *point, name string) {
	pt.id, pt.place = schedule.ItemID(name), placeOf(pt.location)
	if old := mp.itemIDs[pt.id]; old != nil && (old.item != pt.item || old.batch != pt.batch || old.place == pt.place) {
		mp.register(pt, name+"'")
		return
	}
	if mp.itemIDs[pt.id] == nil {
		mp.itemIDs[pt.id] = pt
		item := schedule.Item{ID: pt.id, Unit: wip.Unit{Decimals: microDecimals}}
		if pt.item != nil {
			item.Cost, item.Name = money(pt.item.Cost), pt.item.Name
		}
		mp.p.Items = append(mp.p.Items, item)
		mp.out.Points[pt.id] = Point{Item: item.Name, Batch: pt.batch, OnPaper: pt.delivery != nil || pt.paper, Delivery: pt.delivery != nil}
	}
	mp.locate(pt.place)
	if !pt.paper {
		mp.todo = append(mp.todo, pt)
	}
}

// locate makes a location and the shop whose orders put their products there.
func (mp *mapper) locate(place schedule.LocationID) {
	if !mp.places[place] {
		mp.places[place] = true
		mp.p.Locations = append(mp.p.Locations, schedule.Location{ID: place})
		mp.p.Shops = append(mp.p.Shops, schedule.Shop{ID: schedule.ShopID(place), Location: place})
	}
}

// mapBuffers makes the points of the buffers that the model names. Of several
// for one item at one place, the others are items of their own.
func (mp *mapper) mapBuffers() {
	for _, b := range mp.m.Buffers {
		k := key(b.Item, b.Location, b.Batch)
		pt := &point{pointKey: k, buffer: b}
		mp.byBuffer[b] = pt
		if mp.points[k] == nil {
			mp.points[k] = pt
			mp.register(pt, mp.name(pt))
		} else {
			mp.register(pt, b.Name)
		}
		mp.stock(pt, b)
	}
}

// stock maps what lies in a buffer. What is owed is reserved.
func (mp *mapper) stock(pt *point, b *model.Buffer) {
	switch {
	case b.Onhand > 0:
		mp.p.Stock = append(mp.p.Stock, wip.Balance{Point: wip.Point{Item: pt.id, Place: pt.place}, Qty: wip.Qty(b.Onhand)})
	case b.Onhand < 0:
		mp.reserve(b.Name+" (negative stock)", pt, wip.Qty(-b.Onhand), mp.now)
	}
}

// flowPoint returns the stock point that a flow of an order moves.
func (mp *mapper) flowPoint(f *model.Flow, o *model.Operation, batch string) *point {
	if f.Buffer != nil {
		own := mp.byBuffer[f.Buffer]
		if f.Buffer.Item.MakeToOrder && own.batch != batch {
			return mp.point(f.Buffer.Item, f.Buffer.Location, batch)
		}
		return own
	}
	return mp.point(f.Item, cmp.Or(f.Location, o.Location), batch)
}

// money returns an amount of money in hundredths.
func money(a model.Amount) int64 { return max(0, int64(a)/10_000) }
