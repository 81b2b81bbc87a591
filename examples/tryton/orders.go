package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// productions makes an order of every open production. Its quantity is given;
// its dates and work centres are the planner's until it runs.
func (m *mapping) productions() {
	for i := range m.snapshot.orders {
		p := &m.snapshot.orders[i]
		what := "production " + p.number
		item, q, ok := m.converted(what, p.product, p.quantity, p.unit)
		if !ok {
			continue
		}
		routing := m.routingOf(p)
		if routing == nil {
			m.note("%s: nothing says how %s is made: left out", what, item)
			continue
		}
		routing = m.asOrdered(p, routing, q)
		o := schedule.Order{
			ID: schedule.OrderID(m.names.unique("order", p.number, p.id)), Item: item, Routing: routing.ID, Qty: q,
			Steps: m.states(p, routing),
		}
		if p.state == "running" {
			o.Status = schedule.Released
		}
		if line, ok := m.lineOf(p.origin); ok {
			o.Line, o.Due = line.ID, line.Due
		}
		m.problem.Orders = append(m.problem.Orders, o)
		m.orders[o.ID] = p
	}
}

// lineOf returns the sale line that a production was made for.
func (m *mapping) lineOf(origin string) (schedule.ContractLine, bool) {
	key, isLine := strings.CutPrefix(origin, "sale.line,")
	id, err := strconv.ParseInt(key, 10, 64)
	if !isLine || err != nil {
		return schedule.ContractLine{}, false
	}
	i := slices.IndexFunc(m.problem.Lines, func(l schedule.ContractLine) bool { return l.ID == m.lines[id] })
	if i < 0 {
		return schedule.ContractLine{}, false
	}
	return m.problem.Lines[i], true
}

// routingOf returns how a production is made. Requests made for sale lines
// name no routing; then it is that of the product's first variant with the
// production's bill.
func (m *mapping) routingOf(p *production) *schedule.Routing {
	for _, id := range m.routings[p.product] {
		v := m.variantOf[id]
		if (p.bom == 0 || p.bom == v.bom) && (p.routing == 0 || p.routing == v.routing) {
			return m.findRouting(id)
		}
	}
	if p.bom == 0 && p.routing == 0 {
		return nil
	}
	// A combination that the product no longer has: only for this order.
	v := variant{product: p.product, bom: p.bom, routing: p.routing}
	r := schedule.Routing{ID: schedule.RoutingID("production " + p.number), Item: m.items[p.product].ID, Steps: m.routingSteps(v)}
	r.Steps[0].Needs, r.Products = m.material(v)
	return m.only(r, v)
}

func (m *mapping) findRouting(id schedule.RoutingID) *schedule.Routing {
	i := slices.IndexFunc(m.problem.Routings, func(r schedule.Routing) bool { return r.ID == id })
	return &m.problem.Routings[i]
}

// only adds a routing for one existing order: it is not effective, so that no
// new order uses it.
func (m *mapping) only(r schedule.Routing, v variant) *schedule.Routing {
	r.Effective = schedule.Span{To: m.problem.From}
	r.Shop = m.shopOf(r.Steps)
	m.variantOf[r.ID] = v
	m.problem.Routings = append(m.problem.Routings, r)
	return m.findRouting(r.ID)
}

// asOrdered returns the routing of a production as people have changed it: the
// works and components that it really has, where those are not the routing's.
func (m *mapping) asOrdered(p *production, r *schedule.Routing, q wip.Qty) *schedule.Routing {
	own := *r
	own.ID = schedule.RoutingID("production " + p.number)
	own.Source = schedule.Source{}
	changed := false
	if operations := m.operationsOf(p); operations != nil && !m.sameSteps(p.product, operations, r.Steps) {
		needs := r.Steps[0].Needs
		own.Steps = m.stepsOf(p.product, operations)
		own.Steps[0].Needs = needs
		changed = true
	}
	if needs, same := m.needsOf(p, r, q); !same {
		own.Steps = slices.Clone(own.Steps)
		own.Steps[0].Needs = needs
		changed = true
	}
	if !changed || own.ID == r.ID {
		return r
	}
	return m.only(own, m.variantOf[r.ID])
}

// operationsOf lists the operations of the works of a production; nil if it
// has none yet.
func (m *mapping) operationsOf(p *production) []int64 {
	var list []int64
	for _, w := range m.works {
		if w.production == p.id {
			list = append(list, w.operation)
		}
	}
	return list
}

func (m *mapping) sameSteps(product int64, operations []int64, steps []schedule.Step) bool {
	return slices.EqualFunc(operations, steps, func(id int64, s schedule.Step) bool { return m.operation(id).name == s.Name })
}

// needsOf returns what a production still has to take from stock, if that is
// not what its bill says. Once it is assigned, it takes nothing more.
func (m *mapping) needsOf(p *production, r *schedule.Routing, q wip.Qty) (needs []schedule.Need, same bool) {
	if issued(p) {
		return nil, true
	}
	real := map[schedule.ItemID]wip.Qty{}
	for _, v := range m.moves {
		if item := m.items[v.product]; v.production == p.id && item != nil {
			real[item.ID] += base(item, v.quantity)
		}
	}
	scale := m.items[p.product].Scale()
	billed := map[schedule.ItemID]wip.Qty{}
	for _, n := range r.Steps[0].Needs {
		billed[n.Item] += n.Amount(q, scale)
	}
	same = len(real) == len(billed)
	for _, item := range m.problem.Items {
		if real[item.ID] > 0 {
			needs = append(needs, schedule.Need{Item: item.ID, Fixed: real[item.ID]})
		}
		same = same && real[item.ID] == billed[item.ID]
	}
	return needs, same
}

// issued reports whether the material of a production is reserved or used.
func issued(p *production) bool { return p.state == "assigned" || p.state == "running" }

// states says how far the steps of a production are.
func (m *mapping) states(p *production, r *schedule.Routing) []schedule.StepState {
	if !issued(p) {
		return nil
	}
	list := []schedule.StepState{{Step: r.Steps[0].ID, Issued: true}}
	for i, w := range m.worksOf(p) {
		if i >= len(r.Steps) || p.state != "running" {
			break
		}
		if i > 0 {
			list = append(list, schedule.StepState{Step: r.Steps[i].ID})
		}
		m.progress(&list[i], w, &r.Steps[i])
	}
	return list
}

// progress fills in what the state of a work says.
func (m *mapping) progress(s *schedule.StepState, w work, step *schedule.Step) {
	switch w.state {
	case "finished", "done":
		s.Done = true
	case "running", "waiting":
		s.Started = true
		s.Start = m.startOf(w)
		s.Mode = max(0, slices.IndexFunc(step.Modes, func(x schedule.Mode) bool {
			return m.centreOf[x.Uses[0].Resource] == w.centre
		}))
	}
}

// startOf returns when a work began, as of its cycles that go on; now at the
// latest.
func (m *mapping) startOf(w work) time.Time {
	start := m.problem.Now
	for _, c := range m.cycles {
		if c.work == w.id && c.started.Valid && c.started.Time.Before(start) {
			start = c.started.Time
		}
	}
	return start
}

func (m *mapping) worksOf(p *production) []work {
	var list []work
	for _, w := range m.works {
		if w.production == p.id {
			list = append(list, w)
		}
	}
	return list
}

// root returns the work centre that stands above all others of a centre's
// part of the plant, which is what a production is given to.
func (m *mapping) root(id int64) int64 {
	parent := map[int64]int64{}
	for _, c := range m.snapshot.centres {
		parent[c.id] = c.parent
	}
	for range m.snapshot.centres { // no more steps than that, even on a cycle
		if parent[id] == 0 {
			break
		}
		id = parent[id]
	}
	return id
}
