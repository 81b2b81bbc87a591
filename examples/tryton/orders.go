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
		routing, ok := m.routingFor(p, q)
		if !ok {
			m.note("%s: nothing says how %s is made: left out", what, item)
			continue
		}
		o := schedule.Order{
			ID: schedule.OrderID(m.names.unique("order", p.number, p.id)), Item: item, Routing: routing.ID, Qty: q,
			Steps: m.states(p, routing),
		}
		if m.atWork(p) {
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

// routingFor returns how a production is made: as its product is, or by a
// routing of its own where people have changed that. Such a one is not
// effective, so that no new order uses it.
func (m *mapping) routingFor(p *production, q wip.Qty) (*schedule.Routing, bool) {
	r, v, shared := m.recipe(p)
	if v == (variant{}) {
		return nil, false
	}
	if operations := m.operationsOf(p); operations != nil && !m.sameSteps(operations, r.Steps) {
		needs := r.Steps[0].Needs
		r.Steps, shared = m.stepsOf(p.product, operations), false
		r.Steps[0].Needs = needs
	}
	if needs, same := m.needsOf(p, &r, q); !same {
		r.Steps, shared = slices.Clone(r.Steps), false
		r.Steps[0].Needs = needs
	}
	if !shared {
		r.ID = schedule.RoutingID(m.names.unique("routing", "production "+p.number, p.id))
		r.Shop = m.shopOf(r.Steps)
		r.Source = schedule.Source{Effective: schedule.Span{To: m.problem.From}}
		m.variantOf[r.ID] = v
		m.problem.Routings = append(m.problem.Routings, r)
	}
	return &r, true
}

// recipe returns the routing that a production was entered with, the variant
// of the product that this is, and whether the product has it still. Requests
// made for sale lines name no routing: theirs is that of the first variant
// with their bill.
func (m *mapping) recipe(p *production) (r schedule.Routing, v variant, shared bool) {
	for i := range m.problem.Routings {
		r, v = m.problem.Routings[i], m.variantOf[m.problem.Routings[i].ID]
		own := r.Effective != (schedule.Span{}) // of another production
		if !own && v.product == p.product && (p.bom == 0 || p.bom == v.bom) && (p.routing == 0 || p.routing == v.routing) {
			return r, v, true
		}
	}
	if p.bom == 0 && p.routing == 0 {
		return schedule.Routing{}, variant{}, false
	}
	v = variant{product: p.product, bom: p.bom, routing: p.routing}
	r = schedule.Routing{Item: m.items[p.product].ID, Steps: m.routingSteps(v)}
	r.Steps[0].Needs, r.Products = m.material(v)
	return r, v, false
}

// operationsOf lists the operations of the works of a production; nil if it
// has none yet.
func (m *mapping) operationsOf(p *production) []int64 {
	var list []int64
	for _, w := range m.worksOf(p) {
		list = append(list, w.operation)
	}
	return list
}

func (m *mapping) sameSteps(operations []int64, steps []schedule.Step) bool {
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

// atWork reports whether the shop has begun a production. It may book work on
// one that the ERP has not seen started.
func (m *mapping) atWork(p *production) bool {
	return begun(p.state) || slices.ContainsFunc(m.worksOf(p), work.begun)
}

// states says how far the steps of a production are.
func (m *mapping) states(p *production, r *schedule.Routing) []schedule.StepState {
	list := []schedule.StepState{{Step: r.Steps[0].ID, Issued: issued(p)}}
	if !m.atWork(p) {
		return list
	}
	for i, w := range m.worksOf(p) {
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
