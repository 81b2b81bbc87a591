package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Trip is a line of the plan of transport and loading: a transfer over a lane
// or a shipment to a customer.
type Trip struct {
	ID               schedule.LineID // of the contract line; empty for a transfer
	Transfer         string          // of the transfer; empty for a shipment
	Lane             schedule.LaneID
	Vehicle          schedule.ResourceID
	Trips            int
	Item             schedule.ItemID
	Qty              Amount
	From, To         schedule.LocationID
	Load, Arrive     time.Time // loading begins, unloading ends
	Departure        time.Time
	FromDock, ToDock schedule.ResourceID
	Loaded           Amount        // by now, of what the trip is to take
	LoadedAt         time.Time     // the last of it; zero if nothing is
	Detention        time.Duration // from the planned departure to the last loading, or to now if there was none
	VehicleTime      time.Duration // of all trips
	Cost             int64         // of the trips, the vehicle's hours and detention
}

func (Trip) columns() []table.Column {
	return []table.Column{text("trip"), text("lane"), text("vehicle"), number("trips"), text("item"), number("qty"), text("unit"), text("from"), text("to"),
		text("dock"), text("load"), text("departure"), text("dock there"), text("unloaded"), number("loaded"), number("detention h"), number("vehicle h"), number("cost")}
}

func (r Trip) cells() []any {
	return []any{cmp.Or(r.Transfer, string(r.ID)), r.Lane, r.Vehicle, r.Trips, r.Item, r.Qty, r.Qty.Unit.Code, r.From, r.To,
		r.FromDock, r.Load, r.Departure, r.ToDock, r.Arrive, r.Loaded, r.Detention, r.VehicleTime, r.Cost}
}

// Transport lists the transfers and shipments that depart in the scope, in the
// order of their departure, with the windows of docks and vehicles. A shop
// stands for its location, at either end.
//
// What the ledger has loaded of an item on the vehicle since the start of the
// scope goes to the trips that depart first, and shipments count by line.
func (d *Desk) Transport(s Scope) Document[Trip] {
	doc := Document[Trip]{Title: s.title("Transport and loading")}
	loadings := d.loadings(s)
	for i := range d.plan.Transfers {
		t := &d.plan.Transfers[i]
		l := d.x.Lanes.Find(t.Lane)
		if l == nil || t.Departure.Before(s.From) || !t.Departure.Before(s.To) || !d.at(s.Shop, l.From, l.To) {
			continue
		}
		r := Trip{Transfer: t.ID, Lane: l.ID, Vehicle: l.Vehicle, Trips: t.Trips, Item: t.Item, Qty: d.amount(t.Item, t.Qty), From: l.From, To: l.To, Loaded: d.amount(t.Item, 0),
			Load: t.Departure, Departure: t.Departure, Arrive: t.Arrive, FromDock: l.FromDock, ToDock: l.ToDock}
		if l.FromDock != "" {
			r.Load = t.Departure.Add(-l.Handling)
		}
		if l.ToDock != "" {
			r.Arrive = t.Arrive.Add(l.Handling)
		}
		r.VehicleTime = time.Duration(t.Trips) * cmp.Or(l.TripTime, l.Time)
		c := cargo{wip.WorkplaceID(l.Vehicle), t.Item}
		waiting := loadings[c]
		r.Loaded.Qty, r.LoadedAt = takeLoad(&waiting, t.Qty)
		loadings[c] = waiting
		r.detain(d.now)
		r.Cost = plus(l.TripCost*int64(t.Trips), hourly(r.VehicleTime+r.Detention, d.resource(wip.WorkplaceID(l.Vehicle)).CostPerHour))
		doc.Rows = append(doc.Rows, r)
	}
	doc.Rows = append(doc.Rows, d.shipments(s)...)
	sortBy(doc.Rows, func(a, b Trip) int { return a.Departure.Compare(b.Departure) })
	return doc
}

// detain says how long the trip has waited for its load.
func (r *Trip) detain(now time.Time) {
	loaded := r.LoadedAt
	if loaded.IsZero() {
		loaded = now
	}
	r.Detention = max(0, loaded.Sub(r.Departure))
}

// shipments returns the deliveries to customers in a scope.
func (d *Desk) shipments(s Scope) (rows []Trip) {
	shipped := tally[wip.LineID]{}
	for i := range d.plan.Deliveries {
		v := &d.plan.Deliveries[i]
		done := shipped.take(v.Line, v.Qty, d.shipped)
		l := d.x.Lines.Find(v.Line)
		if l == nil || v.At.Before(s.From) || !v.At.Before(s.To) || !d.at(s.Shop, l.Location) {
			continue
		}
		r := Trip{ID: l.ID, Item: l.Item, Qty: d.amount(l.Item, v.Qty), From: l.Location, Load: v.At, Departure: v.At, Loaded: d.amount(l.Item, done)}
		if done < v.Qty {
			r.detain(d.now)
		}
		rows = append(rows, r)
	}
	return rows
}

// at reports whether a shop is at one of some locations.
func (d *Desk) at(shop schedule.ShopID, places ...schedule.LocationID) bool {
	if shop == "" {
		return true
	}
	s := d.x.Shops.Find(shop)
	for _, p := range places {
		if s != nil && s.Location == p {
			return true
		}
	}
	return false
}

type cargo struct {
	vehicle wip.WorkplaceID
	item    schedule.ItemID
}

// A loading is an amount put on a vehicle that no trip has taken yet.
type loading struct {
	at  time.Time
	qty wip.Qty
}

// loadings returns what was loaded for transfers since the start of a scope.
func (d *Desk) loadings(s Scope) map[cargo][]loading {
	found := map[cargo][]loading{}
	for e := range d.ledger.Between(s.From, d.now.Add(1)) {
		if e.Kind == wip.Loaded && e.Line == "" {
			c := cargo{e.Workplace, e.Point.Item}
			found[c] = append(found[c], loading{e.At, e.Qty})
		}
	}
	return found
}

// takeLoad takes up to q off loadings in the order of time, and returns how
// much that was and when the last of it was loaded.
func takeLoad(from *[]loading, q wip.Qty) (taken wip.Qty, last time.Time) {
	for len(*from) > 0 && taken < q {
		first := &(*from)[0]
		part := min(first.qty, q-taken)
		taken, last = taken+part, first.at
		if first.qty -= part; first.qty == 0 {
			*from = (*from)[1:]
		}
	}
	return taken, last
}

// A VehicleUse is a line of the use of vehicles and docks.
type VehicleUse struct {
	Shop      schedule.ShopID
	Resource  schedule.ResourceID
	Kind      capacity.Kind // vehicle or dock
	Units     int
	Fund      time.Duration // regular working time of all units
	Planned   time.Duration // trips, or handling at the dock
	Trips     int           // planned
	OnTime    int           // of the transfers due to leave by now, those that were loaded by their departure
	Due       int
	TimeUse   float64 // Planned/Fund
	LoadUse   float64 // planned load over what the trips could carry; 0 without limits
	Detention time.Duration
	Cost      int64 // of detention, at the hourly rate
}

func (VehicleUse) columns() []table.Column {
	return []table.Column{text("shop"), text("resource"), text("kind"), number("units"), number("fund h"), number("planned h"), number("trips"),
		number("use of time"), number("use of load"), number("due"), number("on time"), number("detention h"), number("cost")}
}

func (r VehicleUse) cells() []any {
	return []any{r.Shop, r.Resource, string(r.Kind), r.Units, r.Fund, r.Planned, r.Trips, r.TimeUse, r.LoadUse, r.Due, r.OnTime, r.Detention, r.Cost}
}

// Vehicles reviews the use of vehicles and docks by the transfers that depart
// in the scope, in the order of the problem's resources, and how many of those
// that were to leave by now were loaded in time.
func (d *Desk) Vehicles(s Scope) Document[VehicleUse] {
	doc := Document[VehicleUse]{Title: s.title("Vehicles and docks")}
	at := map[schedule.ResourceID]*VehicleUse{}
	var rows []*VehicleUse
	for i := range d.p.Resources {
		r := &d.p.Resources[i]
		if (r.Kind == capacity.Vehicle || r.Kind == capacity.Dock) && (s.Shop == "" || r.Shop == s.Shop) {
			row := &VehicleUse{Shop: r.Shop, Resource: r.ID, Kind: r.Kind, Units: r.Units, Fund: d.fund(i, s.From, s.To)}
			rows, at[r.ID] = append(rows, row), row
		}
	}
	carried, could := map[schedule.ResourceID]float64{}, map[schedule.ResourceID]float64{}
	for _, t := range d.Transport(Scope{"", s.From, s.To}).Rows {
		l := d.x.Lanes.Find(t.Lane)
		if l == nil {
			continue
		}
		if v := at[t.Vehicle]; v != nil {
			v.add(t.VehicleTime, t.Trips)
			if !t.Departure.After(d.now) {
				v.Due++
				v.Detention += t.Detention
				if t.Loaded.Qty >= t.Qty.Qty && !t.LoadedAt.After(t.Departure) {
					v.OnTime++
				}
			}
			item := d.item(t.Item)
			carried[t.Vehicle] += float64(t.Qty.Qty) * float64(item.Load) / float64(item.Scale())
			could[t.Vehicle] += float64(l.LoadPerTrip) * float64(t.Trips)
		}
		for _, dock := range [...]schedule.ResourceID{t.FromDock, t.ToDock} {
			if v := at[dock]; v != nil {
				v.add(l.Handling, t.Trips)
			}
		}
	}
	for _, v := range rows {
		v.TimeUse, v.LoadUse = share(v.Planned, v.Fund), capacity.LoadUse(carried[v.Resource], could[v.Resource])
		v.Cost = hourly(v.Detention, d.resource(wip.WorkplaceID(v.Resource)).CostPerHour)
		doc.Rows = append(doc.Rows, *v)
	}
	return doc
}

func (v *VehicleUse) add(planned time.Duration, trips int) {
	v.Planned += planned
	v.Trips += trips
}
