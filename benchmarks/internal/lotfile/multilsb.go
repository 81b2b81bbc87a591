package lotfile

import "github.com/taktplan/takt/internal/lotsize"

// readMultiLSB reads labelled sections of lists. End items may be delivered
// late, at a price, but not after the last period; what may replace what, and
// how long a delivery may be late, is left out.
func readMultiLSB(in *numbers) *lotsize.Problem {
	in.label("N_Product")
	items := in.count()
	in.label("N_EndItems")
	ends := in.count()
	in.label("N_Components")
	components := in.next()
	in.label("N_Periods")
	p := &lotsize.Problem{Periods: in.count(), Items: make([]lotsize.Item, items)}
	in.label("N_Resources")
	p.Resources = make([]lotsize.Resource, in.count())
	in.label("Cap(R")
	in.word()
	for r := range p.Resources {
		p.Resources[r].Capacity = in.list(p.Periods)
	}
	matrix(in, "Production_Time", p, func(it *lotsize.Item, r int, x float64) { it.Resource, it.UnitTime = r, x })
	in.label("Demand")
	for i := range p.Items {
		p.Items[i].Demand = in.list(p.Periods)
	}
	matrix(in, "Setup_Time", p, func(it *lotsize.Item, _ int, x float64) { it.SetupTime = x })
	matrix(in, "Setup_Cost", p, func(it *lotsize.Item, _ int, x float64) { it.SetupCost = x })
	in.label("Holding_Cost")
	for i := range p.Items {
		p.Items[i].Holding = in.next()
	}
	in.label("Delay_Cost")
	for i, x := range in.list(items) {
		if i < ends {
			p.Items[i].Backlog = x
		}
	}
	in.label("Assemble")
	in.word()
	in.word()
	for range int(components) {
		parent, component := in.index(items), in.index(items)
		p.Items[parent].Uses = append(p.Items[parent].Uses, lotsize.Use{Item: component, Qty: in.next()})
	}
	return p
}

// matrix reads a row per resource of a number per item, and hands on those that
// are not 0.
func matrix(in *numbers, label string, p *lotsize.Problem, set func(it *lotsize.Item, r int, x float64)) {
	in.label(label)
	for r := range p.Resources {
		for i, x := range in.list(len(p.Items)) {
			if x != 0 {
				set(&p.Items[i], r, x)
			}
		}
	}
}
