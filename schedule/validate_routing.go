package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

func (c *checker) routings() {
	own(c, "Routings", c.p.Routings, c.routing, func(x *Routing) RoutingID { return x.ID })
	for i := range c.p.Routings {
		c.oneRouting(&c.p.Routings[i])
	}
	c.phantoms()
	c.materialCycles()
	c.explode()
}

func (c *checker) oneRouting(r *Routing) {
	at := func(field string) func() string {
		return func() string { return named("Routings", r.ID) + field }
	}
	refer(c, c.item, r.Item, false, "item", at(".Item"))
	refer(c, c.shop, r.Shop, len(c.p.Locations) <= 1, "shop", at(".Shop"))
	c.source(r.Source, at)
	c.money(r.FixedCost, at(".FixedCost"))
	c.duration(r.LeadTime, at(".LeadTime"))
	steps := index(r.Steps, func(s *Step) StepID { return s.ID })
	own(c, named("Routings", r.ID)+".Steps", r.Steps, steps, func(s *Step) StepID { return s.ID })
	for k := range r.Steps {
		s := &r.Steps[k]
		c.step(s, func(field string) func() string {
			return func() string { return named(named("Routings", r.ID)+".Steps", s.ID) + field }
		})
	}
	c.links(r, steps, at)
	c.holds(r, steps, at)
	for k := range r.Products {
		x := &r.Products[k]
		in := func(field string) func() string { return at(fmt.Sprintf(".Products[%d]%s", k, field)) }
		c.stocked(x.Item, in(".Item"))
		if x.Location != "" {
			c.place(x.Location, in(".Location"))
		}
		refer(c, steps, x.Step, true, "step", in(".Step"))
		c.qty(x.Per, 0, in(".Per"))
		c.qty(x.Fixed, 0, in(".Fixed"))
		c.span(x.Effective, in(".Effective"))
	}
}

func (c *checker) holds(r *Routing, steps map[StepID]int, at func(string) func() string) {
	for k := range r.Holds {
		h := &r.Holds[k]
		in := func(field string) func() string { return at(fmt.Sprintf(".Holds[%d]%s", k, field)) }
		refer(c, steps, h.From, false, "step", in(".From"))
		refer(c, steps, h.To, false, "step", in(".To"))
		c.unitsOnly(h.Resource, in(".Resource"))
		if i, ok := c.resource[h.Resource]; ok {
			between(c, h.Units, 0, c.p.Resources[i].Units, in(".Units"))
			if c.p.Resources[i].Units == 0 {
				c.add(BadUse, in(".Resource")(), "%q is a pool; a hold keeps one resource", h.Resource)
			}
		} else if h.Resource == "" {
			c.add(MissingID, in(".Resource")(), "is empty; it has to name a resource")
		}
	}
}

func (c *checker) step(s *Step, at func(string) func() string) {
	between(c, s.Yield, 0, 1000, at(".Yield"))
	c.qty(s.Batch, 0, at(".Batch"))
	c.qty(s.Transfer, 0, at(".Transfer"))
	c.duration(s.Queue, at(".Queue"))
	c.duration(s.Move, at(".Move"))
	c.needed(s.Provisions, at(".Provisions"))
	refer(c, c.calendar, s.Calendar, true, "calendar", at(".Calendar"))
	for k := range s.Modes {
		c.mode(&s.Modes[k], func(field string) func() string { return at(fmt.Sprintf(".Modes[%d]%s", k, field)) })
	}
	if s.Subcontract != nil {
		refer(c, c.partner, s.Subcontract.Partner, false, "partner", at(".Subcontract.Partner"))
		c.duration(s.Subcontract.LeadTime, at(".Subcontract.LeadTime"))
		c.money(s.Subcontract.Cost, at(".Subcontract.Cost"))
		c.money(s.Subcontract.Fixed, at(".Subcontract.Fixed"))
		if len(s.Modes) > 0 {
			c.add(BadStep, at("")(), "has both modes and a subcontract")
		}
	}
	for k := range s.Needs {
		c.need(&s.Needs[k], func(field string) func() string { return at(fmt.Sprintf(".Needs[%d]%s", k, field)) })
	}
}

func (c *checker) mode(m *Mode, at func(string) func() string) {
	c.duration(m.Setup, at(".Setup"))
	c.duration(m.Fixed, at(".Fixed"))
	c.duration(m.PerUnit, at(".PerUnit"))
	c.duration(m.PerBatch, at(".PerBatch"))
	c.span(m.Effective, at(".Effective"))
	c.money(m.Cost, at(".Cost"))
	for k, u := range m.Uses {
		in := func(field string) func() string { return at(fmt.Sprintf(".Uses[%d]%s", k, field)) }
		refer(c, c.resource, u.Resource, false, "resource", in(".Resource"))
		c.amounts(u, in)
		if _, ok := c.resource[u.Resource]; ok {
			c.use(u, in)
		}
		if slices.ContainsFunc(m.Uses[:k], func(v Use) bool { return v.Resource == u.Resource }) {
			c.add(DuplicateID, in(".Resource")(), "%q is used twice by the mode; add up its units", u.Resource)
		}
	}
}

// bucketed reports whether a resource, or a member of a pool, has buckets.
func (c *checker) bucketed(id ResourceID) bool {
	return slices.ContainsFunc(c.members[id], func(i int) bool { return len(c.p.Resources[i].Buckets) > 0 })
}

// takes checks uses that are amounts from buckets.
func (c *checker) takes(uses []Use, at func(string) func() string) {
	for k, u := range uses {
		in := func(field string) func() string { return at(fmt.Sprintf(".Uses[%d]%s", k, field)) }
		refer(c, c.resource, u.Resource, false, "resource", in(".Resource"))
		c.amounts(u, in)
		if i, ok := c.resource[u.Resource]; ok && len(c.p.Resources[i].Buckets) == 0 {
			c.add(BadUse, in("")(), "takes from buckets, but %q has none", u.Resource)
		}
		if u.Units != 0 || u.Skill != "" {
			c.add(BadUse, in("")(), "asks for units or a skill, but takes amounts only")
		}
	}
}

func (c *checker) amounts(u Use, at func(string) func() string) {
	c.duration(u.Fixed, at(".Fixed"))
	c.duration(u.PerUnit, at(".PerUnit"))
}

// unitsOnly checks that a resource that is occupied over time has no buckets.
func (c *checker) unitsOnly(id ResourceID, path func() string) {
	refer(c, c.resource, id, true, "resource", path)
	if i, ok := c.resource[id]; ok && len(c.p.Resources[i].Buckets) > 0 {
		c.add(BadUse, path(), "%q has buckets, and no units to occupy", id)
	}
}

// use checks that some member of the resource, or it itself, can serve.
func (c *checker) use(u Use, at func(string) func() string) {
	units, skilled := 0, false
	for _, i := range c.members[u.Resource] {
		r := &c.p.Resources[i]
		units = max(units, r.Units)
		skilled = skilled || len(r.Qualified(u.Skill)) > 0
	}
	if u.Units < 0 || u.Units > units {
		c.add(OutOfRange, at(".Units")(), "%d is not in 0..%d, the units of %q", u.Units, units, u.Resource)
	}
	if amount := u.Fixed != 0 || u.PerUnit != 0; amount && !c.bucketed(u.Resource) {
		c.add(BadUse, at("")(), "takes an amount, but %q has no buckets", u.Resource)
	}
	if !skilled {
		c.add(UnknownID, at(".Skill")(), "%q does not have the skill %q", u.Resource, u.Skill)
	}
}

func (c *checker) need(n *Need, at func(string) func() string) {
	c.stockedOrPhantom(n.Item, at(".Item"))
	c.qty(n.Per, 0, at(".Per"))
	c.qty(n.Fixed, 0, at(".Fixed"))
	between(c, n.Loss, 0, 999, at(".Loss"))
	between(c, n.Offset, -maxTime, maxTime, at(".Offset"))
	c.span(n.Effective, at(".Effective"))
	c.span(n.Usable, at(".Usable"))
	if n.Location != "" {
		c.place(n.Location, at(".Location"))
	}
	for k := range n.Alternates {
		a := &n.Alternates[k]
		in := func(field string) func() string { return at(fmt.Sprintf(".Alternates[%d]%s", k, field)) }
		c.stocked(a.Item, in(".Item"))
		c.qty(a.Per, 0, in(".Per"))
		c.qty(a.Fixed, 0, in(".Fixed"))
		c.span(a.Effective, in(".Effective"))
		c.money(a.Cost, in(".Cost"))
	}
}

func (c *checker) stockedOrPhantom(id ItemID, path func() string) {
	refer(c, c.item, id, false, "item", path)
}

// phantoms checks that each has a routing to explode into.
func (c *checker) phantoms() {
	made := index(c.p.Routings, func(r *Routing) ItemID { return r.Item })
	for i := range c.p.Items {
		x := &c.p.Items[i]
		if _, ok := made[x.ID]; x.Phantom && !ok {
			c.add(BadPhantom, named("Items", x.ID)+".Phantom", "no routing makes %q", x.ID)
		}
	}
}

// explode dissolves the phantoms, for what refers to their steps. Without
// mistakes so far every phantom has a routing, and none needs itself.
func (c *checker) explode() {
	c.exploded = c.p.Routings
	if len(c.issues) > 0 {
		return
	}
	e := newExplosion(c.p)
	for i := range c.p.Routings {
		if r := &c.p.Routings[i]; e.extent(r).tooLarge() {
			c.add(BadPhantom, named("Routings", r.ID), "has more than %d steps with those of its phantoms, or more than %d levels of them",
				maxExploded, maxPhantoms)
		}
	}
	if len(c.issues) == 0 {
		c.exploded = Explode(c.p).Routings
	}
}

func (c *checker) links(r *Routing, steps map[StepID]int, at func(string) func() string) {
	for k := range r.Links {
		l := &r.Links[k]
		in := func(field string) func() string { return at(fmt.Sprintf(".Links[%d]%s", k, field)) }
		refer(c, steps, l.From, false, "step", in(".From"))
		refer(c, steps, l.To, false, "step", in(".To"))
		c.duration(l.MinWait, in(".MinWait"))
		c.duration(l.MaxWait, in(".MaxWait"))
		c.duration(l.SoftWait, in(".SoftWait"))
		if l.From == l.To {
			c.add(BadWait, in("")(), "ties step %q to itself", l.From)
			continue
		}
		c.softWait(l, in("")())
		if least := c.leastWait(r, steps, l); l.MaxWait > 0 && l.MaxWait < least || l.NoWait && least > 0 {
			c.add(BadWait, in("")(), "allows no wait: at least %s by minimum wait, move and queue, at most %s", least, l.MaxWait)
		}
	}
	c.stepCycles(r, steps, at)
}

// softWait checks that a wait that is wanted is allowed.
func (c *checker) softWait(l *Link, path string) {
	if l.SoftWait > 0 && (l.NoWait || l.MaxWait > 0 && l.SoftWait > l.MaxWait) {
		c.add(BadWait, path, "wants a wait of %s, but allows at most %s", l.SoftWait, l.MaxWait)
	}
}

// leastWait is the shortest time between the steps of a link.
func (c *checker) leastWait(r *Routing, steps map[StepID]int, l *Link) time.Duration {
	wait := l.MinWait
	if i, ok := steps[l.From]; ok {
		wait += r.Steps[i].Move
	}
	if i, ok := steps[l.To]; ok {
		wait += r.Steps[i].Queue
	}
	return wait
}

func (c *checker) stepCycles(r *Routing, steps map[StepID]int, at func(string) func() string) {
	next := make([][]int, len(r.Steps))
	for _, l := range r.Links {
		i, iok := steps[l.From]
		j, jok := steps[l.To]
		if iok && jok && i != j {
			next[i] = append(next[i], j)
		}
	}
	for _, cycle := range cycles(next) {
		c.add(StepCycle, at(".Links")(), "steps wait for each other: %s",
			circle(cycle, func(i int) string { return string(r.Steps[i].ID) }))
	}
}

// materialCycles follows needs from product to component, through phantoms
// and alternates too.
func (c *checker) materialCycles() {
	next := make([][]int, len(c.p.Items))
	for i := range c.p.Routings {
		r := &c.p.Routings[i]
		from, ok := c.item[r.Item]
		if !ok {
			continue
		}
		for k := range r.Steps {
			for _, n := range r.Steps[k].Needs {
				next[from] = c.component(next[from], n.Item)
				for _, a := range n.Alternates {
					next[from] = c.component(next[from], a.Item)
				}
			}
		}
	}
	for _, cycle := range cycles(next) {
		c.add(MaterialCycle, named("Items", c.p.Items[cycle[0]].ID), "needs itself: %s",
			circle(cycle, func(i int) string { return string(c.p.Items[i].ID) }))
	}
}

func (c *checker) component(list []int, id ItemID) []int {
	if i, ok := c.item[id]; ok {
		list = append(list, i)
	}
	return list
}

func circle(cycle []int, name func(int) string) string {
	var b strings.Builder
	for _, i := range cycle {
		fmt.Fprintf(&b, "%q → ", name(i))
	}
	fmt.Fprintf(&b, "%q", name(cycle[0]))
	return b.String()
}

// cycles returns circles in a graph that have no node in common, at least one
// if there is any, found by depth-first search in index order, without
// recursion. It takes time in proportion to nodes and arcs.
func cycles(next [][]int) [][]int {
	const (
		white = 0 // not seen
		black = -1
	)
	var found [][]int
	depth := make([]int, len(next)) // on the path, from 1
	free := make([]int, len(next))  // the depth from which the path to a node is in no circle yet
	arc := make([]int, len(next))
	for root := range next {
		if depth[root] != white {
			continue
		}
		path := []int{root}
		depth[root], free[root] = 1, 1
		for len(path) > 0 {
			v := path[len(path)-1]
			if arc[v] == len(next[v]) {
				depth[v] = black
				path = path[:len(path)-1]
				continue
			}
			w := next[v][arc[v]]
			arc[v]++
			switch {
			case depth[w] == white:
				path = append(path, w)
				depth[w], free[w] = len(path), free[v]
			case depth[w] >= free[v]:
				circle := slices.Clone(path[depth[w]-1:])
				found = append(found, circle)
				for _, x := range circle {
					free[x] = depth[x] + 1
				}
			}
		}
	}
	return found
}
