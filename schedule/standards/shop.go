package standards

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip/norms"
)

// A ShopRow is the programme of a shop.
type ShopRow struct {
	Shop schedule.ShopID
	// Operations is the number of different steps it does, Machines that of
	// its machines. OperationsPerMachine is the one over the other, and Type
	// the type of production that follows.
	Operations, Machines int
	OperationsPerMachine float64
	Type                 norms.ProductionType
	// Work is the time of its machines for the programme, setups included,
	// and LoadFactor its share of their regular time.
	Work       time.Duration
	LoadFactor float64
}

// shops adds up what each shop does, in the order of the problem; last what is
// done on machines of no shop, if there are any.
func (d *derivation) shops(p *schedule.Problem) {
	rows := make([]ShopRow, len(p.Shops)+1)
	fund := make([]float64, len(rows))
	for i := range p.Shops {
		rows[i].Shop = p.Shops[i].ID
	}
	of := func(machine int) int {
		if at := d.floor.x.Shops.Position(p.Resources[machine].Shop); at >= 0 {
			return at
		}
		return len(p.Shops)
	}
	for r := range p.Resources {
		if isMachine(&p.Resources[r]) {
			rows[of(r)].Machines += p.Resources[r].Units
			fund[of(r)] += float64(float64(p.Resources[r].Units) * float64(d.days.perDay[r]) * float64(d.table.Workdays))
		}
	}
	for i := range d.network.nodes {
		v := &d.network.nodes[i]
		if v.source.routing == nil || v.need == 0 {
			continue
		}
		lot := d.table.Rows[i].Launch.Lot
		in := inputs(v.source.routing, lot)
		for k := range v.source.routing.Steps {
			s := &v.source.routing.Steps[k]
			machine := d.floor.machine(mode(s))
			if machine < 0 {
				continue
			}
			setup, run := d.floor.spent(s, in[k], v.item.Scale())
			days := scale(capped(setup, run), time.Duration(v.need), time.Duration(lot))
			row := &rows[of(machine)]
			row.Operations++
			row.Work = capped(row.Work, scale(days, d.days.perDay[machine], Day))
		}
	}
	for i := range rows {
		if rows[i].Machines > 0 {
			rows[i].Type, rows[i].OperationsPerMachine, _ = norms.TypeOfProduction(rows[i].Operations, rows[i].Machines)
			rows[i].LoadFactor = float64(rows[i].Work) / fund[i]
		}
	}
	d.table.Shops = slices.DeleteFunc(rows, func(r ShopRow) bool { return r.Machines == 0 && r.Operations == 0 })
}
