package verify

import (
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// deliveries judges each shipment, the sum of each line, and what ships
// together.
func (j *judge) deliveries() {
	delivered := make([]wip.Qty, len(j.p.Lines))
	together := map[string]time.Time{}
	for i := range j.plan.Deliveries {
		d := &j.plan.Deliveries[i]
		k := j.x.Lines.Position(d.Line)
		if k < 0 {
			continue
		}
		l := &j.p.Lines[k]
		j.shipment(l, d)
		before := delivered[k]
		delivered[k] = plus(before, d.Qty)
		v := Violation{Code: OverDelivered, Line: l.ID, Item: l.Item, At: d.At}
		if over := delivered[k] - l.Qty; over > 0 && before <= l.Qty || l.Status == schedule.ClosedLine {
			v.By = int64(max(over, 0))
			j.report(v)
		}
		if l.Together == "" {
			continue
		}
		if first, ok := together[l.Together]; !ok {
			together[l.Together] = d.At
		} else if !first.Equal(d.At) {
			v.Code, v.Ref, v.By = NotTogether, l.Together, int64(d.At.Sub(first).Abs())
			j.report(v)
		}
	}
}

// shipment judges one delivery.
func (j *judge) shipment(l *schedule.ContractLine, d *schedule.Delivery) {
	v := Violation{Line: l.ID, Item: l.Item, Location: l.Location}
	say := func(code Code, by int64) {
		v.Code, v.At, v.By = code, d.At, by
		j.report(v)
	}
	least := l.Qty
	if l.MinShipment > 0 {
		least = min(least, l.MinShipment)
	}
	if d.Qty < least {
		say(SmallShipment, int64(least-d.Qty))
	}
	if early := l.Earliest.Sub(d.At); early > 0 && !l.Earliest.IsZero() {
		say(TooEarly, int64(early))
	}
	if late := d.At.Sub(l.Due) - l.MaxLate; l.MaxLate > 0 && late > 0 {
		say(TooLate, int64(late))
	}
	v.Code = OutsideHorizon
	j.within(d.At, v)
}

// promises judges what is said of each line that is not closed.
func (j *judge) promises() {
	said := make(map[schedule.LineID]*schedule.Promise, len(j.plan.Promises))
	for i := range j.plan.Promises {
		q := &j.plan.Promises[i]
		if said[q.Line] == nil {
			said[q.Line] = q
		}
	}
	delivered := make([]wip.Qty, len(j.p.Lines))
	last := make([]time.Time, len(j.p.Lines))
	for i := range j.plan.Deliveries {
		d := &j.plan.Deliveries[i]
		if k := j.x.Lines.Position(d.Line); k >= 0 {
			delivered[k] = plus(delivered[k], d.Qty)
			if d.At.After(last[k]) {
				last[k] = d.At
			}
		}
	}
	for k := range j.p.Lines {
		if l := &j.p.Lines[k]; l.Status != schedule.ClosedLine {
			j.promise(l, said[l.ID], delivered[k], last[k])
		}
	}
}

// promise judges one promise against what is delivered.
func (j *judge) promise(l *schedule.ContractLine, q *schedule.Promise, delivered wip.Qty, last time.Time) {
	v := Violation{Code: WrongPromise, Line: l.ID, Item: l.Item, At: l.Due}
	short := max(0, l.Qty-delivered)
	if q == nil {
		j.report(v)
		return
	}
	if q.Delivered != delivered || q.Short != short || !q.Last.Equal(last) || !q.Due.Equal(l.Due) {
		v.By = int64(q.Delivered - delivered)
		j.report(v)
	}
	late := short > 0 || last.After(l.Due)
	if v.Code, v.By = NoReason, 0; late != (len(q.Why) > 0) {
		j.report(v)
	}
}
