package simulate

import (
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A supply is an amount that arrives: a receipt, a purchase or a transfer.
type supply struct {
	id      string
	point   int32
	qty     int64
	ordered int64 // when it can no longer be called off
	arrived bool
	came    int64 // when it arrived
	off     bool  // called off by a newer plan
	carried wip.WorkplaceID
	lane    bool
}

// A transfer is one of the plan, before it departs.
type transfer struct {
	*schedule.Transfer
	lane    *schedule.Lane
	claim   int32
	travel  int64
	vehicle int32 // or -1
}

// delay returns how late something arrives.
func (s *Plant) delay(key uint64) int64 {
	if s.o.Delay.Mean == 0 {
		return 0
	}
	draw := newStream(s.o.Seed, forDelay, key, 0, 0)
	if share := s.o.DelayShare; share > 0 && draw.uniform() >= share {
		return 0
	}
	return draw.time(s.o.Delay)
}

// expect puts down that something arrives.
func (s *Plant) expect(x supply, at int64) {
	s.growPoints()
	n := int32(len(s.supplies))
	s.supplies = append(s.supplies, x)
	s.agenda.push(max(s.now, at)+s.delay(hash(x.id)), supplied, n, 0)
}

// expectReceipts puts down what is on its way already.
func (s *Plant) expectReceipts() {
	for i := range s.m.p.Receipts {
		r := &s.m.p.Receipts[i]
		s.expect(supply{id: string(r.ID), point: s.m.point(r.Item, r.Location), qty: int64(r.Qty), ordered: -1}, s.m.at(r.At))
	}
}

// supplyArrives puts a supply into stock.
func (s *Plant) supplyArrives(n int32) {
	x := &s.supplies[n]
	if x.off {
		return
	}
	x.arrived, x.came = true, s.now
	s.put(x.point, x.qty)
	e := wip.Event{Kind: wip.Received, Receipt: wip.ReceiptID(x.id), Point: s.m.names[x.point], Qty: wip.Qty(x.qty)}
	if x.lane {
		e.Kind, e.Receipt, e.Workplace = wip.Unloaded, "", x.carried
	}
	s.tell(e)
}

// depart sends a transfer off if there is a vehicle for it; otherwise it waits
// for one.
func (s *Plant) depart(n int32) {
	c := &s.claims[n]
	t := &s.transfers[c.index]
	if t.vehicle >= 0 {
		if s.free(t.vehicle) < int64(t.Trips) {
			r := &s.resources[t.vehicle]
			r.loads = append(r.loads, n)
			return
		}
		s.resources[t.vehicle].used += int64(t.Trips)
		trip := t.lane.TripTime
		if trip == 0 {
			trip = t.lane.Time
		}
		s.agenda.push(s.now+int64(trip), returns, c.index, 0)
	}
	s.take(c)
	carrier := wip.WorkplaceID(t.lane.Vehicle)
	if carrier == "" {
		carrier = wip.WorkplaceID(t.lane.ID)
	}
	s.tell(wip.Event{Kind: wip.Loaded, Workplace: carrier, Point: s.m.names[c.point], Qty: t.Qty})
	to := s.m.point(t.Item, t.lane.To)
	s.expect(supply{id: t.ID, point: to, qty: c.qty, ordered: -1, lane: true, carried: carrier}, s.now+t.travel)
}

// vehicleReturns gives the vehicles of a transfer back.
func (s *Plant) vehicleReturns(n int32) {
	t := &s.transfers[n]
	s.resources[t.vehicle].used -= int64(t.Trips)
	s.touch(t.vehicle)
}

// loadVehicles lets transfers that wait for vehicles try again.
func (s *Plant) loadVehicles(r int32) {
	loads := s.resources[r].loads
	if len(loads) == 0 {
		return
	}
	s.resources[r].loads = nil
	for _, c := range loads {
		s.tryClaim(c)
	}
}
