package mapping

import (
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// lot maps the sizes, which are quantities of orders, to amounts of the item.
func (rc *recipe) lot(lead time.Duration) (schedule.Lot, []schedule.DatedLot) {
	s := rc.sized.Sizes
	if rc.per == 0 {
		return schedule.Lot{Rule: schedule.FixedLot, Size: wip.Qty(rc.fixed)}, nil
	}
	if batch := rc.transferBatch(); batch > 0 && (s.Maximum == 0 || s.Maximum > batch) {
		s.Maximum = max(batch, s.Minimum, s.Multiple)
		rc.note(rc.sized.Entity, "operation %q: what moves on in batches is made in orders of %s", rc.sized.Name, s.Maximum)
	}
	if most := rc.mostPieces(); most > 0 && (s.Maximum == 0 || s.Maximum > most) {
		s.Maximum = most
	}
	size := func(q model.Amount) wip.Qty { return times(q, rc.per) + wip.Qty(rc.fixed) }
	if s.MinimumCalendar == nil {
		return rc.lotOf(s, size, rc.sized.Entity), nil
	}
	var dated []schedule.DatedLot
	for _, v := range rc.calendars.values(s.MinimumCalendar) {
		s.Minimum = max(rc.sized.Sizes.Minimum, v.Value)
		dated = append(dated, schedule.DatedLot{Effective: schedule.Span(earlier(model.Span{From: v.From, To: v.To}, lead)), Lot: rc.lotOf(s, size, rc.sized.Entity)})
	}
	return schedule.Lot{}, dated
}

// transferBatch returns the least batch in which an operation passes material
// on, if it takes no time whatever the quantity: then an order of several
// batches is as good as several orders.
func (rc *recipe) transferBatch() model.Amount {
	if len(rc.steps) != 1 || rc.steps[0].Duration > 0 {
		return 0
	}
	least := model.Amount(0)
	for _, f := range rc.index.flows[rc.steps[0]] {
		if f.Kind == "flow_transfer_batch" && f.Transfer > 0 && (least == 0 || f.Transfer < least) {
			least = f.Transfer
		}
	}
	return least
}

// lotOf maps sizes, of which size gives the amount.
func (mp *mapper) lotOf(s model.Sizes, size func(model.Amount) wip.Qty, e model.Entity) schedule.Lot {
	lot := schedule.Lot{}
	if s.Minimum > 0 {
		lot.Minimum = size(s.Minimum)
	}
	if s.Multiple > 0 {
		lot.Multiple = size(s.Multiple) - size(0)
	}
	if s.Maximum > 0 && s.Maximum < model.MaxAmount {
		lot.Maximum = size(s.Maximum)
	}
	if lot.Maximum > 0 && lot.Maximum < lot.Minimum {
		mp.note(e, "the maximum size is below the minimum; it is left out")
		lot.Maximum = 0
	}
	if lot.Maximum > 0 && lot.Multiple > 0 && (max(1, lot.Minimum)+lot.Multiple-1)/lot.Multiple*lot.Multiple > lot.Maximum {
		mp.note(e, "no multiple lies between minimum and maximum size; the maximum is left out")
		lot.Maximum = 0
	}
	if s.BatchWindow > 0 {
		lot.Rule, lot.Period = schedule.PeriodCover, s.BatchWindow
	}
	return lot
}

// quantity is what an order of which per is not known is taken to have: that
// which makes a fixed amount.
func (rc *recipe) quantity() model.Amount { return max(model.One, rc.sized.Sizes.Minimum) }

// perUnit returns what an amount per unit of an order's quantity comes to per
// unit of the item.
func (rc *recipe) perUnit(a model.Amount) model.Amount {
	if rc.per == 0 {
		return 0
	}
	return model.Amount(float64(a) / rc.per.Float())
}

// once returns what an order takes whatever its size: the fixed part, and all
// of it if the order always makes a fixed amount.
func (rc *recipe) once(fixed, per model.Amount) wip.Qty {
	if rc.per == 0 {
		fixed += model.Amount(times(rc.quantity(), per))
	}
	return wip.Qty(fixed)
}

// times multiplies two amounts.
func times(a, b model.Amount) wip.Qty {
	q, ok := wip.Qty(a).MulDiv(int64(b), int64(model.One))
	if !ok || q > wip.Qty(model.MaxAmount)*1000 {
		return wip.Qty(model.MaxAmount) * 1000
	}
	return q
}
