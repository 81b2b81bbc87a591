package codec

import (
	"reflect"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// units knows in how many decimals amounts are written. Most structs name the
// item whose amounts they hold; parts of a plan name an order or a line.
type units struct {
	item  map[schedule.ItemID]wip.Unit
	order map[schedule.OrderID]schedule.ItemID
	line  map[schedule.LineID]schedule.ItemID
}

func unitsOf(p *schedule.Problem) *units {
	u := &units{
		item:  make(map[schedule.ItemID]wip.Unit, len(p.Items)),
		order: make(map[schedule.OrderID]schedule.ItemID, len(p.Orders)),
		line:  make(map[schedule.LineID]schedule.ItemID, len(p.Lines)),
	}
	for i := range p.Items {
		u.item[p.Items[i].ID] = bare(p.Items[i].Unit)
	}
	for i := range p.Orders {
		u.order[p.Orders[i].ID] = p.Orders[i].Item
	}
	for i := range p.Lines {
		u.line[p.Lines[i].ID] = p.Lines[i].Item
	}
	return u
}

// bare returns a unit without its code, with decimals within bounds: a problem
// that is not valid can be written and read too.
func bare(u wip.Unit) wip.Unit {
	return wip.Unit{Decimals: min(max(u.Decimals, 0), wip.MaxDecimals)}
}

func (u *units) addOrders(plan *schedule.Plan) {
	for i := range plan.Orders {
		u.order[plan.Orders[i].ID] = plan.Orders[i].Item
	}
}

// within returns the unit of amounts in struct v, which stands in a struct
// with unit outer. An item that is not known counts in whole base units.
func (u *units) within(v reflect.Value, outer wip.Unit) wip.Unit {
	if x, ok := v.Addr().Interface().(*schedule.Item); ok {
		return bare(x.Unit)
	}
	if id, ok := u.itemOf(v); ok {
		return u.item[id]
	}
	return outer
}

func (u *units) itemOf(v reflect.Value) (schedule.ItemID, bool) {
	if f := v.FieldByName("Item"); f.IsValid() && f.Type() == reflect.TypeFor[schedule.ItemID]() {
		return schedule.ItemID(f.String()), true
	}
	switch x := v.Addr().Interface().(type) {
	case *wip.Balance:
		return x.Point.Item, true
	case *wip.Norm:
		return x.Point.Item, true
	case *schedule.Operation:
		return u.order[x.Order], true
	case *schedule.SubcontractOrder:
		return u.order[x.Order], true
	case *schedule.Delivery:
		return u.line[x.Line], true
	case *schedule.Promise:
		return u.line[x.Line], true
	}
	return "", false
}
