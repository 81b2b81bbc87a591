package mapping

import (
	"strings"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/wip"
)

// fixedDelivery has a part of a demand delivered by an order that exists: a
// line of its own, before all others.
func (mp *mapper) fixedDelivery(o *model.OperationPlan) {
	l := mp.reserve("order "+o.Name, mp.delivery(o.Demand), wip.Qty(o.Quantity), end(o))
	mp.out.Demands[l] = o.Demand
}

// delivered returns how much of a demand is delivered by orders that exist.
func (mp *mapper) delivered(d *model.Demand) model.Amount {
	total := model.Amount(0)
	for _, o := range mp.index.delivering[d] {
		total += max(0, o.Quantity)
	}
	return total
}

// delivers reports whether an order delivers for a demand.
func delivers(o *model.OperationPlan) bool {
	kind := strings.ToUpper(o.Type)
	return o.Demand != nil && (kind == "DLVR" || kind == "" && o.Operation == nil)
}
