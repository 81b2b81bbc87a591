package release

import (
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A volume is how much of an item is wanted over the whole horizon, at all
// places, and how much of it usually at once. It bounds columns, and turns what
// a lot costs into what a unit does.
type volume struct {
	total float64 // whole units
	lot   wip.Qty // base units, at least 1
}

// volumes explodes the demand, item by item from the top.
func (n *network) volumes() {
	n.volume = make([]volume, len(n.p.Items))
	count := make([]int, len(n.p.Items))
	want := make([]wip.Qty, len(n.p.Items)) // sum of count requirements
	note := func(item schedule.ItemID, q wip.Qty) {
		i := n.x.Items.Position(item)
		n.volume[i].total += n.units(q, item)
		want[i] += q
		count[i]++
	}
	for i := range n.p.Lines {
		if l := &n.p.Lines[i]; l.Status != schedule.ClosedLine {
			note(l.Item, l.Qty)
		}
	}
	for i := range n.p.Norms {
		note(n.p.Norms[i].Point.Item, max(n.p.Norms[i].Min, n.p.Norms[i].Target))
	}
	for _, i := range n.fromTheTop() {
		v := &n.volume[i]
		v.lot = 1
		if count[i] > 0 {
			v.lot = max(v.lot, want[i]/wip.Qty(count[i]))
		}
		for _, k := range n.sources.makes[i] {
			n.explode(k, v, func(item schedule.ItemID, total float64, lot wip.Qty) {
				j := n.x.Items.Position(item)
				n.volume[j].total += total
				want[j] += lot
				count[j]++
			})
		}
	}
}

// explode calls need for all that a routing takes for the volume of its item.
func (n *network) explode(k int, v *volume, need func(item schedule.ItemID, total float64, lot wip.Qty)) {
	r := &n.p.Routings[k]
	item := n.x.Items.Find(r.Item)
	lot := n.usualLot(r.For(item), v.lot)
	inputs := inputsOf(r, lot)
	lots := v.total / (float64(lot) / float64(item.Scale()))
	for s := range r.Steps {
		for i := range r.Steps[s].Needs {
			nd := &r.Steps[s].Needs[i]
			q := nd.Amount(inputs[s], item.Scale())
			need(nd.Item, lots*n.units(q, nd.Item), q)
			for _, a := range nd.Alternates {
				q := nd.AmountOf(a, inputs[s], item.Scale())
				need(a.Item, lots*n.units(q, a.Item), q)
			}
		}
	}
}

// usualLot returns the lot that a rule makes of a usual requirement.
func (n *network) usualLot(rule schedule.Lot, q wip.Qty) wip.Qty { return max(1, rule.Next(max(1, q))) }

// inputsOf returns what enters each step of an order: what the steps after it
// take in, raised by its yield.
func inputsOf(r *schedule.Routing, q wip.Qty) []wip.Qty {
	in := make([]wip.Qty, len(r.Steps))
	order, after := stepOrder(r)
	for i := len(order) - 1; i >= 0; i-- {
		k := order[i]
		out := wip.Qty(0)
		for _, l := range after[k] {
			out = max(out, in[l.to])
		}
		if len(after[k]) == 0 {
			out = q
		}
		in[k] = r.Steps[k].Input(out)
	}
	return in
}

// A succession is a link to a step, by number.
type succession struct {
	to   int
	link schedule.Link
}

// stepOrder returns the steps of a routing such that none comes before those
// that it follows, and the links from each.
func stepOrder(r *schedule.Routing) (order []int, after [][]succession) {
	at := make(map[schedule.StepID]int, len(r.Steps))
	for k := range r.Steps {
		at[r.Steps[k].ID] = k
	}
	after = make([][]succession, len(r.Steps))
	waits := make([]int, len(r.Steps))
	for l := range r.Precedence() {
		after[at[l.From]] = append(after[at[l.From]], succession{at[l.To], l})
		waits[at[l.To]]++
	}
	for k := range r.Steps {
		if waits[k] == 0 {
			order = append(order, k)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, l := range after[order[i]] {
			if waits[l.to]--; waits[l.to] == 0 {
				order = append(order, l.to)
			}
		}
	}
	return order, after
}

// fromTheTop returns the items such that none comes before what it goes into.
func (n *network) fromTheTop() []int {
	seen := make([]bool, len(n.p.Items))
	var order []int
	var visit func(i int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for _, k := range n.sources.makes[i] {
			n.eachNeed(k, visit)
		}
		order = append(order, i)
	}
	for i := range seen {
		visit(i)
	}
	slices.Reverse(order)
	return order
}

// eachNeed calls visit for what a routing needs, alternates included.
func (n *network) eachNeed(k int, visit func(item int)) {
	r := &n.p.Routings[k]
	for s := range r.Steps {
		for i := range r.Steps[s].Needs {
			nd := &r.Steps[s].Needs[i]
			visit(n.x.Items.Position(nd.Item))
			for _, a := range nd.Alternates {
				visit(n.x.Items.Position(a.Item))
			}
		}
	}
}

// returns reports whether a by-product of a routing can come back into what that
// makes, on whatever level, by-products of others included.
func (n *network) returns(product *schedule.Product, k int) bool {
	seen := make([]bool, len(n.p.Items))
	var visit func(i int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for r := range n.p.Routings {
			if made := &n.p.Routings[r]; made.Item == n.p.Items[i].ID ||
				slices.ContainsFunc(made.Products, func(c schedule.Product) bool { return c.Item == n.p.Items[i].ID }) {
				n.eachNeed(r, visit)
			}
		}
	}
	n.eachNeed(k, visit)
	return seen[n.x.Items.Position(product.Item)]
}

// sources are the ways to get each item, by number.
type sources struct{ makes, buys, brings [][]int }

func newSources(p *schedule.Problem, x *schedule.Index) sources {
	s := sources{make([][]int, len(p.Items)), make([][]int, len(p.Items)), make([][]int, len(p.Items))}
	for k := range p.Routings {
		i := x.Items.Position(p.Routings[k].Item)
		s.makes[i] = append(s.makes[i], k)
	}
	for k := range p.Supplies {
		i := x.Items.Position(p.Supplies[k].Item)
		s.buys[i] = append(s.buys[i], k)
	}
	for k := range p.Lanes {
		for _, i := range carried(p, x, &p.Lanes[k]) {
			s.brings[i] = append(s.brings[i], k)
		}
	}
	return s
}

// carried returns the items that may use a lane.
func carried(p *schedule.Problem, x *schedule.Index, l *schedule.Lane) []int {
	var items []int
	for _, id := range l.Items {
		items = append(items, x.Items.Position(id))
	}
	if len(l.Items) == 0 {
		for i := range p.Items {
			items = append(items, i)
		}
	}
	return items
}

// dearest returns the highest price of a unit by any source.
func (n *network) dearest() float64 {
	top := int64(0)
	for i := range n.p.Routings {
		top = max(top, n.p.Routings[i].Cost)
		for s := range n.p.Routings[i].Steps {
			if c := n.p.Routings[i].Steps[s].Subcontract; c != nil {
				top = max(top, c.Cost)
			}
		}
	}
	for i := range n.p.Supplies {
		top = max(top, n.p.Supplies[i].Cost)
	}
	for i := range n.p.Lanes {
		top = max(top, n.p.Lanes[i].Cost)
	}
	for i := range n.p.Resources {
		top = max(top, n.p.Resources[i].CostPerHour, n.p.Resources[i].OvertimePerHour)
	}
	return float64(top)
}
