package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An opProduct is an operation on a product.
type opProduct struct{ operation, product int64 }

// bills makes a routing for every way to make a product. Tryton's bills of
// material know nothing of operations and its productions take all material
// when they start, so the first step needs it all.
func (m *mapping) bills() {
	made := map[int64]int{}
	for _, v := range m.variants {
		item := m.items[v.product]
		if item == nil {
			continue
		}
		name := string(item.ID)
		if made[v.product] > 0 {
			name = fmt.Sprintf("%s/%d", name, made[v.product]+1)
		}
		r := schedule.Routing{
			ID: schedule.RoutingID(m.names.unique("routing", name, v.id)), Item: item.ID,
			Source: schedule.Source{Priority: made[v.product]},
			Steps:  m.routingSteps(v),
		}
		r.Steps[0].Needs, r.Products = m.material(v)
		r.Shop = m.shopOf(r.Steps)
		made[v.product]++
		m.variantOf[r.ID] = v
		m.problem.Routings = append(m.problem.Routings, r)
	}
	for _, p := range m.snapshot.products {
		if p.producible && made[p.id] == 0 {
			m.note("%s is to be made, but has no bill of material: nothing can be planned for it", m.items[p.id].ID)
		}
	}
}

// routingSteps returns the steps of a variant; without a routing, one that
// takes the product's lead time.
func (m *mapping) routingSteps(v variant) []schedule.Step {
	var operations []int64
	for _, s := range m.snapshot.steps {
		if s.routing == v.routing {
			operations = append(operations, s.operation)
		}
	}
	if len(operations) > 0 {
		return m.stepsOf(v.product, operations)
	}
	wait := 24 * time.Hour
	if i := slices.IndexFunc(m.leads, func(l lead) bool { return l.product == v.product }); i >= 0 {
		wait = elapsed(m.leads[i].seconds)
	}
	m.note("%s has no routing: it takes its lead time, %s, and no capacity", m.items[v.product].ID, wait)
	return []schedule.Step{{ID: "make", Queue: wait}}
}

func (m *mapping) stepsOf(product int64, operations []int64) []schedule.Step {
	var list []schedule.Step
	seen := names{}
	for i, id := range operations {
		o := m.operation(id)
		list = append(list, schedule.Step{
			ID: schedule.StepID(seen.unique("step", o.name, int64(i+1))), Name: o.name,
			Modes: m.modes(o, product), Pausable: true,
		})
	}
	return list
}

func (m *mapping) operation(id int64) operation {
	for _, o := range m.operations {
		if o.id == id {
			return o
		}
	}
	return operation{id: id, name: fmt.Sprint("operation ", id)}
}

// modes: an operation can be done at every work centre of its category.
func (m *mapping) modes(o operation, product int64) []schedule.Mode {
	e := m.estimate(o, product)
	var list []schedule.Mode
	for _, c := range m.snapshot.centres {
		if r, works := m.resources[c.id]; works && c.category == o.category && o.category != 0 {
			list = append(list, schedule.Mode{Uses: []schedule.Use{{Resource: r}}, Setup: e.setup, PerUnit: e.unit})
		}
	}
	if len(list) == 0 {
		m.noteOnce("operation %s has no work centre: it takes no time and no capacity", o.name)
	}
	return list
}

// estimate returns the times of an operation on a product.
func (m *mapping) estimate(o operation, product int64) estimate {
	key := opProduct{o.id, product}
	if e, ok := m.times[key]; ok {
		return e
	}
	var own, all []sample
	for _, h := range m.history {
		factor, ok := m.factor(h.unit, h.product)
		if h.operation != o.id || h.quantity <= 0 || h.seconds <= 0 || !ok {
			continue
		}
		s := sample{h.quantity * factor, time.Duration(h.seconds) * time.Second}
		all = append(all, s)
		if h.product == product {
			own = append(own, s)
		}
	}
	table, listed := m.plant.Times[o.name]
	e := estimateOf(own, all, table, listed)
	if e.source == "" {
		m.noteOnce("operation %s: nothing was measured and nothing is in the side table: it takes no time", o.name)
	}
	m.times[key] = e
	return e
}

// noteOnce is note, unless it was said before.
func (m *mapping) noteOnce(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(m.notes, text) {
		m.notes = append(m.notes, text)
	}
}

// material returns what one unit of a variant's product takes, and what else
// comes of it.
func (m *mapping) material(v variant) (needs []schedule.Need, products []schedule.Product) {
	item := m.items[v.product]
	what := fmt.Sprintf("bill of %s", item.ID)
	yield := 0.0
	for _, c := range m.outputs {
		if factor, ok := m.factor(c.unit, c.product); ok && c.bom == v.bom && c.product == v.product {
			yield += c.quantity * factor
		}
	}
	if yield <= 0 {
		m.note("%s makes none of it: it is planned without material", what)
		return nil, nil
	}
	for _, c := range m.inputs {
		if c.bom != v.bom {
			continue
		}
		if id, per, ok := m.converted(what, c.product, c.quantity/yield, c.unit); ok {
			m.checkPer(what, c, c.quantity/yield, per)
			needs = append(needs, schedule.Need{Item: id, Per: per})
		}
	}
	for _, c := range m.outputs {
		if c.bom != v.bom || c.product == v.product {
			continue
		}
		if id, per, ok := m.converted(what, c.product, c.quantity/yield, c.unit); ok {
			products = append(products, schedule.Product{Item: id, Per: per})
		}
	}
	return needs, products
}

// checkPer notes a component of which a bill takes less than can be counted.
func (m *mapping) checkPer(what string, c component, quantity float64, per wip.Qty) {
	factor, _ := m.factor(c.unit, c.product)
	item := m.items[c.product]
	if exact := quantity * factor * float64(item.Scale()); float64(per)-exact > 1e-6*exact {
		m.note("%s takes %g %s of %s, which is finer than its unit: %s is planned", what, quantity, m.units[c.unit].symbol, item.ID, item.Unit.Format(per))
	}
}

// shopOf returns the shop of the first work centre on the way.
func (m *mapping) shopOf(steps []schedule.Step) schedule.ShopID {
	for _, s := range steps {
		for _, mode := range s.Modes {
			for i := range m.problem.Resources {
				if r := &m.problem.Resources[i]; r.ID == mode.Uses[0].Resource {
					return r.Shop
				}
			}
		}
	}
	return ""
}

// breakCycles takes out the routings by which a product would need itself,
// those of single productions (a rework, say) rather than those of products,
// and the productions with them.
func (m *mapping) breakCycles() {
	needs := map[schedule.ItemID][]schedule.ItemID{}
	bad := map[schedule.RoutingID]bool{}
	for _, r := range m.problem.Routings {
		for _, n := range r.Steps[0].Needs {
			if reaches(needs, n.Item, r.Item, map[schedule.ItemID]bool{}) {
				bad[r.ID] = true
				m.note("routing %s: %s needs itself through %s: left out", r.ID, r.Item, n.Item)
				break
			}
		}
		for i := 0; i < len(r.Steps[0].Needs) && !bad[r.ID]; i++ {
			needs[r.Item] = append(needs[r.Item], r.Steps[0].Needs[i].Item)
		}
	}
	m.problem.Routings = slices.DeleteFunc(m.problem.Routings, func(r schedule.Routing) bool { return bad[r.ID] })
	m.problem.Orders = slices.DeleteFunc(m.problem.Orders, func(o schedule.Order) bool {
		if bad[o.Routing] {
			m.note("production %s is left out with its routing", o.ID)
		}
		return bad[o.Routing]
	})
}

// reaches reports whether an item is another or needs it.
func reaches(needs map[schedule.ItemID][]schedule.ItemID, from, to schedule.ItemID, seen map[schedule.ItemID]bool) bool {
	if from == to {
		return true
	}
	if seen[from] {
		return false
	}
	seen[from] = true
	return slices.ContainsFunc(needs[from], func(next schedule.ItemID) bool { return reaches(needs, next, to, seen) })
}
