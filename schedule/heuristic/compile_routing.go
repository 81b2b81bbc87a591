package heuristic

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// maxModes bounds the combinations of pool members that a step is tried on.
const maxModes = 64

func (c *compiler) compileRoutings() {
	c.routings = make([]routing, len(c.p.Routings))
	for i := range c.p.Routings {
		r := &c.p.Routings[i]
		it := int32(c.x.Items.Position(r.Item))
		c.items[it].routings = append(c.items[it].routings, int32(i))
		c.routings[i] = routing{
			Routing: r, item: it, point: c.point(r.Item, c.place(r, "")), scale: c.items[it].scale,
			ready: c.items[it].ready, lead: c.up(r.LeadTime),
			opens: c.opens(&r.Source), until: c.or(r.Effective.To, never),
		}
	}
	for i := range c.routings {
		c.compileSteps(&c.routings[i])
		c.compileLinks(&c.routings[i])
		c.compileProducts(&c.routings[i])
		c.compileHolds(&c.routings[i])
		c.routings[i].most = c.largestLot(&c.routings[i])
	}
}

// place returns a location, or that of the routing's shop if it is empty.
func (c *compiler) place(r *schedule.Routing, at schedule.LocationID) schedule.LocationID {
	if at != "" {
		return at
	}
	if s := c.x.Shops.Find(r.Shop); s != nil {
		return s.Location
	}
	return ""
}

func (c *compiler) compileSteps(r *routing) {
	r.steps = make([]step, len(r.Steps))
	for k := range r.Steps {
		s := &r.Steps[k]
		out := &r.steps[k]
		*out = step{
			Step: s, partner: -1, family: c.family(s.Family),
			ready: c.whenReady(s.Provisions), queue: c.up(s.Queue),
		}
		if s.Subcontract != nil {
			out.partner = int32(c.x.Partners.Position(s.Subcontract.Partner))
			out.lead = c.up(s.Subcontract.LeadTime)
		}
		for i := range s.Modes {
			out.modes = append(out.modes, c.compileMode(r.Routing, s, i)...)
		}
		slices.SortStableFunc(out.modes, func(a, b mode) int {
			return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.second, b.second), cmp.Compare(a.Cost, b.Cost))
		})
		for i := range s.Needs {
			out.needs = append(out.needs, c.compileNeed(r, s, i))
		}
	}
}

// compileMode returns the ways to do a mode: one, or one for each combination
// of the members of pools that can serve it.
func (c *compiler) compileMode(r *schedule.Routing, s *schedule.Step, index int) []mode {
	m := &s.Modes[index]
	ways := []mode{{
		Mode: m, index: index,
		from: c.or(m.Effective.From, math.MinInt64), until: c.or(m.Effective.To, never),
	}}
	for n := range m.Uses {
		u := &m.Uses[n]
		var next []mode
		i := int32(c.x.Resources.Position(u.Resource))
		for _, w := range ways {
			for _, by := range c.servers(i, u) {
				j, v := by.resource, w
				v.uses = append(slices.Clone(w.uses), use{j, int64(u.Count()), u})
				v.pooled = w.pooled || i != j
				v.counted = w.counted || c.resources[j].counted()
				v.second = w.second + by.Priority
				v.from, v.until = max(w.from, c.or(by.From, w.from)), min(w.until, c.or(by.To, w.until))
				if len(next) < maxModes {
					next = append(next, v)
				}
			}
		}
		ways = next
	}
	for i := range ways {
		c.workingTime(&ways[i], r, s)
	}
	return ways
}

// A server is a resource with the qualification by which it may serve a use.
type server struct {
	resource int32
	capacity.Qualification
}

// servers returns what may serve a use of resource i.
func (c *compiler) servers(i int32, u *schedule.Use) (fit []server) {
	members := c.resources[i].members
	if len(members) == 0 {
		members = []int32{i}
	}
	for _, j := range members {
		m := &c.resources[j]
		if m.units < int64(u.Units) {
			continue
		}
		for _, q := range m.Qualified(u.Skill) {
			fit = append(fit, server{j, q})
		}
	}
	return fit
}

// workingTime finds out when a way to do a step of r works: while all its
// resources do, or the shop if there are none, and the calendar of the step.
func (c *compiler) workingTime(m *mode, r *schedule.Routing, s *schedule.Step) {
	m.always, m.regular = c.unlimited, c.unlimited
	if shop := c.x.Shops.Find(r.Shop); shop != nil && len(m.uses) == 0 {
		c.limit(m, c.calendar(shop.Calendar))
	}
	for i, u := range m.uses {
		if i == 0 {
			m.always = c.resources[u.resource].always
			m.regular = c.resources[u.resource].regular
			continue
		}
		m.always = c.cross(m.always, c.resources[u.resource].always)
		m.regular = c.cross(m.regular, c.resources[u.resource].regular)
	}
	c.limit(m, c.calendar(s.Calendar))
}

// limit keeps a mode to the time of a calendar.
func (c *compiler) limit(m *mode, t *timeline) {
	if t == c.unlimited {
		return
	}
	regular := t.regular()
	c.overtime = c.overtime || t != regular
	m.always, m.regular = c.cross(m.always, t), c.cross(m.regular, regular)
}

func (c *compiler) compileNeed(r *routing, st *schedule.Step, index int) need {
	n := &st.Needs[index]
	out := need{
		Need: n, offset: c.offset(int64(n.Offset)),
		from: c.or(n.Effective.From, math.MinInt64), until: c.or(n.Effective.To, never),
	}
	if out.offset < int64(n.Offset) {
		out.rest = c.tick
	}
	at := c.place(r.Routing, n.Location)
	out.choices = append(out.choices, choice{
		nil, c.point(n.Item, at), c.or(n.Usable.From, math.MinInt64), c.or(n.Usable.To, never),
	})
	var alternates []*schedule.Alternate
	for i := range n.Alternates {
		if !namedElsewhere(st, index, n.Alternates[i].Item) {
			alternates = append(alternates, &n.Alternates[i])
		}
	}
	slices.SortStableFunc(alternates, func(a, b *schedule.Alternate) int { return cmp.Compare(a.Priority, b.Priority) })
	for _, a := range alternates {
		out.choices = append(out.choices, choice{
			a, c.point(a.Item, at), c.or(a.Effective.From, math.MinInt64), c.or(a.Effective.To, never),
		})
	}
	return out
}

// namedElsewhere reports whether another need of a step names an item. Pegs
// tell by items what a step takes, so that such an alternate could not be told
// from the other need.
func namedElsewhere(st *schedule.Step, index int, item schedule.ItemID) bool {
	for i := range st.Needs {
		n := &st.Needs[i]
		if i != index && (n.Item == item || slices.ContainsFunc(n.Alternates, func(a schedule.Alternate) bool { return a.Item == item })) {
			return true
		}
	}
	return false
}

// offset rounds an offset of consumption down to the tick.
func (c *compiler) offset(d int64) int64 {
	r := d % c.tick
	if r < 0 {
		r += c.tick
	}
	return d - r
}

func (c *compiler) compileLinks(r *routing) {
	index := make(map[schedule.StepID]int32, len(r.steps))
	for k := range r.steps {
		index[r.steps[k].ID] = int32(k)
	}
	for l := range r.Precedence() {
		from, to := index[l.From], index[l.To]
		a := arc{
			wait:    addTime(addTime(c.up(l.MinWait), c.up(r.steps[from].Move)), c.up(r.steps[to].Queue)),
			maxWait: never,
			overlap: !l.NoWait,
		}
		a.soft = addTime(a.wait, max(0, c.up(l.SoftWait)-c.up(l.MinWait)))
		c.soft = c.soft || l.SoftWait > 0
		switch {
		case l.NoWait:
			a.maxWait = 0
		case l.MaxWait > 0:
			a.maxWait = int64(l.MaxWait)
		}
		r.tight = r.tight || a.maxWait != never
		a.step = from
		r.steps[to].before = append(r.steps[to].before, a)
		a.step = to
		r.steps[from].after = append(r.steps[from].after, a)
	}
	r.forward = topological(r.steps)
}

// topological orders the steps such that each comes after those before it;
// of those that could be next, the one listed first.
func topological(steps []step) []int32 {
	open := make([]int, len(steps))
	for k := range steps {
		open[k] = len(steps[k].before)
	}
	order := make([]int32, 0, len(steps))
	taken := make([]bool, len(steps))
	for len(order) < len(steps) {
		k := slices.IndexFunc(open, func(n int) bool { return n == 0 })
		if k < 0 || taken[k] {
			break
		}
		taken[k], open[k] = true, -1
		order = append(order, int32(k))
		for _, a := range steps[k].after {
			open[a.step]--
		}
	}
	return order
}

func (c *compiler) compileProducts(r *routing) {
	for i := range r.Products {
		q := &r.Products[i]
		out := product{
			q, c.point(q.Item, c.place(r.Routing, q.Location)), -1,
			c.or(q.Effective.From, math.MinInt64), c.or(q.Effective.To, never),
		}
		for k := range r.steps {
			if q.Step != "" && r.steps[k].ID == q.Step {
				out.step = int32(k)
			}
		}
		r.products = append(r.products, out)
	}
}
