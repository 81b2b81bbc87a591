package mapping

import (
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// microDecimals are the decimal places of the model's amounts.
const microDecimals = 6

// rescale gives every item no more decimal places than its amounts in the
// problem need, so that an item that is counted in pieces is planned in pieces.
func (mp *mapper) rescale() {
	unit := map[schedule.ItemID]int64{}
	places := map[schedule.ItemID]int{}
	for i := range mp.p.Items {
		unit[mp.p.Items[i].ID] = 1_000_000
		places[mp.p.Items[i].ID] = 0
	}
	mp.amounts(func(item schedule.ItemID, q *wip.Qty) {
		for unit[item] > 1 && int64(*q)%unit[item] != 0 {
			unit[item] /= 10
			places[item]++
		}
	})
	mp.amounts(func(item schedule.ItemID, q *wip.Qty) { *q /= wip.Qty(unit[item]) })
	for i := range mp.p.Items {
		mp.p.Items[i].Unit.Decimals = places[mp.p.Items[i].ID]
	}
}

// amounts calls f for every amount of an item in the problem. The least
// shipment of one millionth stands for any and stays what it is.
func (mp *mapper) amounts(f func(schedule.ItemID, *wip.Qty)) {
	lot := func(item schedule.ItemID, l *schedule.Lot) {
		f(item, &l.Size)
		f(item, &l.Minimum)
		f(item, &l.Multiple)
		f(item, &l.Maximum)
	}
	for i := range mp.p.Stock {
		f(mp.p.Stock[i].Point.Item, &mp.p.Stock[i].Qty)
	}
	for i := range mp.p.Receipts {
		f(mp.p.Receipts[i].Item, &mp.p.Receipts[i].Qty)
	}
	for i := range mp.p.Orders {
		f(mp.p.Orders[i].Item, &mp.p.Orders[i].Qty)
	}
	for i := range mp.p.Lines {
		l := &mp.p.Lines[i]
		f(l.Item, &l.Qty)
		if l.MinShipment > 1 {
			f(l.Item, &l.MinShipment)
		}
	}
	for i := range mp.p.Norms {
		n := &mp.p.Norms[i]
		f(n.Point.Item, &n.Min)
		f(n.Point.Item, &n.Target)
	}
	for i := range mp.p.Supplies {
		lot(mp.p.Supplies[i].Item, &mp.p.Supplies[i].Lot)
	}
	for i := range mp.p.Lanes {
		lot(mp.p.Lanes[i].Items[0], &mp.p.Lanes[i].Lot)
	}
	for i := range mp.p.Routings {
		routingAmounts(&mp.p.Routings[i], f, lot)
	}
}

func routingAmounts(r *schedule.Routing, f func(schedule.ItemID, *wip.Qty), lot func(schedule.ItemID, *schedule.Lot)) {
	lot(r.Item, &r.Lot)
	for i := range r.Lots {
		lot(r.Item, &r.Lots[i].Lot)
	}
	for i := range r.Products {
		f(r.Products[i].Item, &r.Products[i].Per)
		f(r.Products[i].Item, &r.Products[i].Fixed)
	}
	for i := range r.Steps {
		for j := range r.Steps[i].Needs {
			n := &r.Steps[i].Needs[j]
			f(n.Item, &n.Per)
			f(n.Item, &n.Fixed)
			for k := range n.Alternates {
				f(n.Alternates[k].Item, &n.Alternates[k].Per)
				f(n.Alternates[k].Item, &n.Alternates[k].Fixed)
			}
		}
	}
}
