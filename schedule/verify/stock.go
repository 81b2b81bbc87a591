package verify

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// stock judges that no point is ever negative and that everything has room.
func (j *judge) stock() {
	for i := range j.profile {
		j.neverNegative(&j.profile[i])
	}
	at := map[schedule.LocationID][]*schedule.StockPoint{}
	for i := range j.profile {
		s := &j.profile[i]
		if item := j.x.Items.Find(s.Point.Item); item != nil && item.Area > 0 {
			at[s.Point.Place] = append(at[s.Point.Place], s)
		}
	}
	for i := range j.p.Locations {
		if l := &j.p.Locations[i]; l.Area > 0 {
			j.room(l, at[l.ID])
		}
	}
}

// neverNegative reports each stretch in which a point is negative, by the most
// that is missing.
func (j *judge) neverNegative(s *schedule.StockPoint) {
	under := -1
	for i := range s.Movements {
		m := &s.Movements[i]
		if i+1 < len(s.Movements) && s.Movements[i+1].At.Equal(m.At) {
			continue
		}
		switch {
		case m.Balance >= 0:
			under = -1
		case under < 0:
			under = len(j.found)
			j.negative[s.Point] = true
			v := Violation{Code: OutOfStock, Item: s.Point.Item, Location: s.Point.Place, At: m.At, By: -int64(m.Balance)}
			j.mover(m, &v)
			j.report(v)
		default:
			j.found[under].By = max(j.found[under].By, -int64(m.Balance))
		}
	}
}

// mover says what moved stock.
func (j *judge) mover(m *schedule.Movement, v *Violation) {
	switch m.Kind {
	case schedule.StepOut:
		o := &j.plan.Operations[m.Index]
		v.Order, v.Step = o.Order, o.Step
	case schedule.OutsideOut:
		o := &j.plan.Subcontracts[m.Index]
		v.Order, v.Step = o.Order, o.Step
	case schedule.TransferOut:
		v.Ref = j.plan.Transfers[m.Index].ID
	case schedule.DeliveryOut:
		v.Line = j.plan.Deliveries[m.Index].Line
	}
}

// A pile is a change of the area that a location needs.
type pile struct {
	at   time.Time
	area wip.Qty
	item schedule.ItemID
}

// room judges the area of a location. Areas are counted in the smallest share
// of a whole unit that any item there has. What lies there at first may be too
// much; nothing may be added to that.
func (j *judge) room(l *schedule.Location, points []*schedule.StockPoint) {
	scale := int64(1)
	for _, s := range points {
		scale = max(scale, j.scale(s.Point.Item))
	}
	var piles []pile
	first := wip.Qty(0)
	for _, s := range points {
		item := j.x.Items.Find(s.Point.Item)
		before := wip.Qty(0)
		for k := range s.Movements {
			m := &s.Movements[k]
			now := ratio(max(0, m.Balance), item.Area, 1)
			now = ratio(now, scale/item.Scale(), 1)
			piles = append(piles, pile{m.At, now - before, item.ID})
			if m.Kind == schedule.OpeningStock {
				first = plus(first, now-before)
			}
			before = now
		}
	}
	slices.SortStableFunc(piles, func(a, b pile) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.item, b.item)) })
	j.heap(l, piles, max(first, ratio(wip.Qty(l.Area), scale, 1)), scale)
}

// heap reports each stretch in which piles need more than some area.
func (j *judge) heap(l *schedule.Location, piles []pile, limit wip.Qty, scale int64) {
	area, over := wip.Qty(0), -1
	for i := range piles {
		area = plus(area, piles[i].area)
		if i+1 < len(piles) && piles[i+1].at.Equal(piles[i].at) {
			continue
		}
		by := int64(ratioUp(max(0, area-limit), 1, scale))
		switch {
		case by == 0:
			over = -1
		case over < 0:
			over = len(j.found)
			j.report(Violation{Code: NoRoom, Item: piles[i].item, Location: l.ID, At: piles[i].at, By: by})
		default:
			j.found[over].By = max(j.found[over].By, by)
		}
	}
}
