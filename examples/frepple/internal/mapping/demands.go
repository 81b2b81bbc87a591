package mapping

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// mapDemands makes a line of every demand that is still open.
func (mp *mapper) mapDemands() {
	for _, d := range mp.m.Demands {
		switch {
		case d.Kind == "demand_group", closed(d), d.Owner != nil && closed(d.Owner):
		case d.Quantity <= 0:
			mp.note(d.Entity, "demand %q has no quantity", d.Name)
		case mp.itemOf(d) == nil && d.Operation == nil:
			mp.fail(d.Entity, "demand %q has neither item nor operation", d.Name)
		default:
			mp.mapDemand(d)
		}
	}
}

// isOpen reports whether a demand is planned.
func (mp *mapper) isOpen(d *model.Demand) bool {
	return d.Kind != "demand_group" && !closed(d) && (d.Owner == nil || !closed(d.Owner)) && d.Quantity > 0 && (mp.itemOf(d) != nil || d.Operation != nil)
}

func closed(d *model.Demand) bool { return d.Status == "closed" || d.Status == "canceled" }

func (mp *mapper) itemOf(d *model.Demand) *model.Item {
	if d.Item == nil && d.Owner != nil && d.Owner.Item != nil {
		return d.Owner.Item
	}
	return d.Item
}

func (mp *mapper) mapDemand(d *model.Demand) {
	open := d.Quantity - mp.delivered(d)
	if open <= 0 {
		return
	}
	pt := mp.delivery(d)
	l := schedule.ContractLine{
		ID: schedule.LineID(d.Name), Item: pt.id, Location: pt.place, Qty: wip.Qty(open), Due: d.Due,
		Priority: d.Priority, MinShipment: leastShipment(d, open), MaxLate: mp.maxLate(d), Status: mp.lineStatus(d),
	}
	if l.Due.IsZero() {
		l.Due = mp.now
		mp.note(d.Entity, "demand %q has no due date; it counts as due at present", d.Name)
	}
	if d.Owner != nil && d.Owner.Policy != "independent" {
		mp.together(d, &l)
	}
	mp.p.Lines = append(mp.p.Lines, l)
	mp.out.Demands[l.ID] = d
}

func (mp *mapper) together(d *model.Demand, l *schedule.ContractLine) {
	switch d.Owner.Policy {
	case "alltogether":
		l.Together = d.Owner.Name
	case "inratio":
		mp.note(d.Owner.Entity, "demand %q: its members are delivered independently, not in ratio", d.Owner.Name)
	default:
		mp.fail(d.Owner.Entity, "demand %q: the policy %q is not known", d.Owner.Name, d.Owner.Policy)
	}
}

// delivery returns the point from which a demand is delivered: that of its
// item, or the point on paper of the operation that delivers it.
func (mp *mapper) delivery(d *model.Demand) *point {
	item := mp.itemOf(d)
	place := d.Location
	o := d.Operation
	for _, i := range lineage(item) {
		if o == nil {
			o = i.Delivery
		}
	}
	if o == nil {
		if place == nil && len(mp.index.buffers[item]) > 0 {
			return mp.byBuffer[mp.index.buffers[item][0]]
		}
		return mp.point(item, place, d.Batch)
	}
	return mp.onPaper(o, cmp.Or(place, o.Location), d.Batch, "delivery: ", mp.deliveries)
}

// completion returns the point that says that an operation is done.
func (mp *mapper) completion(o *model.Operation) *point {
	return mp.onPaper(o, o.Location, "", "completion: ", mp.completions)
}

func (mp *mapper) onPaper(o *model.Operation, place *model.Location, batch, prefix string, known map[paperKey]*point) *point {
	k := paperKey{o, place, batch}
	if known[k] != nil {
		return known[k]
	}
	pt := &point{pointKey: pointKey{&model.Item{Entity: o.Entity}, place, batch}, delivery: o}
	known[k] = pt
	name := prefix + o.Name
	if batch != "" {
		name += " [" + batch + "]"
	}
	mp.register(pt, name)
	return pt
}

type paperKey struct {
	o     *model.Operation
	place *model.Location
	batch string
}

// leastShipment returns the least partial delivery: the default is a tenth. If
// it is all that is still open, or more, that is delivered whole.
func leastShipment(d *model.Demand, open model.Amount) wip.Qty {
	least := d.MinShipment
	if least < 0 {
		least = d.Quantity / 10 / model.One * model.One
	}
	if least >= open {
		return 0
	}
	return max(1, wip.Qty(least))
}

// maxLate returns how late a demand may be. A line says no limit by 0, so that
// a demand that must not be late at all may be so by a second.
func (mp *mapper) maxLate(d *model.Demand) time.Duration {
	switch {
	case d.MaxLate < 0 || !mp.run.Stocked():
		return 0
	default:
		return max(time.Second, d.MaxLate)
	}
}

func (mp *mapper) lineStatus(d *model.Demand) schedule.LineStatus {
	switch d.Status {
	case "open":
		return schedule.FirmLine
	case "quote", "inquiry":
		return schedule.QuoteLine
	default:
		mp.fail(d.Entity, "demand %q: the status %q is not known", d.Name, d.Status)
		return schedule.ClosedLine
	}
}

// reserve keeps material for what is fixed already: a line before all others.
func (mp *mapper) reserve(what string, pt *point, qty wip.Qty, at time.Time) schedule.LineID {
	id := schedule.LineID(ReservedPrefix + what)
	for mp.reserved[id] {
		id += "'"
	}
	mp.reserved[id] = true
	mp.p.Lines = append(mp.p.Lines, schedule.ContractLine{ID: id, Item: pt.id, Location: pt.place, Qty: qty,
		Due: laterOf(mp.now, at), Priority: firstOfAll, MinShipment: 1})
	return id
}

// firstOfAll is a priority before all that demands have.
const firstOfAll = -1_000_000

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
