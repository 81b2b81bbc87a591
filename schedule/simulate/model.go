package simulate

import (
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A model is a problem by dense indices. It does not change while simulating,
// but for joint hours that are worked out when first asked for.
type model struct {
	p     *schedule.Problem
	x     *schedule.Index // of p without phantoms
	times schedule.Times

	calendars []hoursPair
	resources []resourceModel
	hours     []hoursPair // by number: of the resources, all time, of the calendars, and joint ones
	always    int32       // number of all time
	joint     map[[2]int32]int32
	routings  []routing
	points    map[wip.Point]int32
	names     []wip.Point // by point
	families  []capacity.Family
	turns     [][]capacity.Changeover // by table, from·families+to
}

type resourceModel struct {
	*capacity.Resource
	units   int64
	outages []outageModel
	table   int32 // of changeovers, or -1
	counted bool  // by buckets, which are not simulated
	setUp   int32 // family at first
	// servedWith are the machines of modes that use this resource besides.
	servedWith []int32
}

// An outageModel is maintenance that leaves some units.
type outageModel struct{ from, to, units int64 }

// A routing is one without phantoms.
type routing struct {
	*schedule.Routing
	scale  int64
	point  int32 // of the output
	steps  []step
	order  []int32   // of steps, topological
	turn   []int32   // by step, its place in that
	output []product // besides, at the end of the order
	most   int32     // uses of a mode
	number int
	in     []wip.Qty // for the use of inputs
	takes  bool      // material
}

type step struct {
	*schedule.Step
	family   int32
	ready    int64 // when provisions are
	calendar int32 // number of the hours of its own, or -1
	alone    int32 // the same of its modes without resources
	modes    []mode
	outside  hours // of the partner, of a subcontracted step
	links    []link
	preds    int32
	last     bool // nothing follows
	products []product
}

type mode struct {
	*schedule.Mode
	uses     []use
	from, to int64 // when it may be started
}

// machines are the resources that could serve as its machine.
func (m *mode) machines() []int32 {
	if len(m.uses) == 0 {
		return nil
	}
	return m.uses[0].able
}

// A use may be served by any one of some resources.
type use struct {
	able  []int32
	units int64
}

type link struct {
	to           int32 // step
	wait, limit  int64 // limit is never if there is none
	mayOverlap   bool
	shortWaiting bool // the wait is limited
}

type product struct {
	*schedule.Product
	point int32
}

func newModel(p *schedule.Problem) (*model, error) {
	p = schedule.Explode(p)
	m := &model{p: p, x: schedule.NewIndex(p), times: p.Times(), joint: map[[2]int32]int32{}, points: map[wip.Point]int32{}}
	if err := m.expandCalendars(); err != nil {
		return nil, err
	}
	m.collectFamilies()
	for i := range p.Resources {
		m.resources = append(m.resources, m.resource(&p.Resources[i]))
	}
	m.always = int32(len(m.hours))
	m.hours = append(append(m.hours, m.calendar("")), m.calendars...)
	for i := range p.Routings {
		m.routings = append(m.routings, m.routing(&p.Routings[i]))
	}
	m.noteCompanions()
	return m, nil
}

// at returns an instant in nanoseconds from the start of the horizon.
func (m *model) at(t time.Time) int64 { return int64(t.Sub(m.times.From)) }

func (m *model) time(at int64) time.Time { return m.times.From.Add(time.Duration(at)) }

// point returns the number of a stocking point.
func (m *model) point(item schedule.ItemID, at schedule.LocationID) int32 {
	key := wip.Point{Item: item, Place: at}
	n, ok := m.points[key]
	if !ok {
		n = int32(len(m.names))
		m.points[key] = n
		m.names = append(m.names, key)
	}
	return n
}

// place returns a location, or that of the routing's shop if it is empty.
func (m *model) place(r *schedule.Routing, at schedule.LocationID) schedule.LocationID {
	if at != "" {
		return at
	}
	if s := m.x.Shops.Find(r.Shop); s != nil {
		return s.Location
	}
	return ""
}

func (m *model) collectFamilies() {
	m.families = []capacity.Family{""}
	note := func(f capacity.Family) {
		if !slices.Contains(m.families, f) {
			m.families = append(m.families, f)
		}
	}
	for i := range m.p.Resources {
		note(m.p.Resources[i].SetUpFor)
	}
	for i := range m.p.Routings {
		for k := range m.p.Routings[i].Steps {
			note(m.p.Routings[i].Steps[k].Family)
		}
	}
	for i := range m.p.Changeovers {
		m.turns = append(m.turns, m.p.Changeovers[i].Matrix(m.families))
	}
}

func (m *model) family(f capacity.Family) int32 { return int32(slices.Index(m.families, f)) }

func (m *model) expandCalendars() error {
	lines, err := calendar.Expand(m.p.Calendars, m.times.From, m.times.To)
	for _, t := range lines {
		m.calendars = append(m.calendars, hoursPair{newHours(t, m.times.From, true), newHours(t, m.times.From, false)})
	}
	return err
}

// calendar returns the hours of a calendar; without one they are all hours.
func (m *model) calendar(id schedule.CalendarID) hoursPair {
	if i := m.x.Calendars.Position(id); i >= 0 {
		return m.calendars[i]
	}
	always := hours{{to: m.at(m.times.To), rate: 1000}}
	return hoursPair{always, always}
}

// own returns the number of the hours of a calendar, or -1 without one.
func (m *model) own(id schedule.CalendarID) int32 {
	i := m.x.Calendars.Position(id)
	if i < 0 {
		return -1
	}
	return m.always + 1 + int32(i)
}

// resource compiles a resource and appends its hours: those of its calendar, in
// the hours of its shop. Maintenance of all units is no working time; that of
// some is an outage.
func (m *model) resource(r *capacity.Resource) resourceModel {
	c := resourceModel{Resource: r, units: int64(r.Units), counted: len(r.Buckets) > 0, table: int32(m.x.Changeovers.Position(r.Changeovers)), setUp: m.family(r.SetUpFor)}
	h := m.calendar(r.Calendar)
	if s := m.x.Shops.Find(r.Shop); s != nil && s.Calendar != "" {
		h = h.in(m.calendar(s.Calendar))
	}
	if !r.From.IsZero() {
		h = h.without(0, m.at(r.From))
	}
	if !r.To.IsZero() {
		h = h.without(m.at(r.To), m.at(m.times.To))
	}
	for _, o := range m.outages(r) {
		if o.units >= c.units {
			h = h.without(o.from, o.to)
		} else {
			c.outages = append(c.outages, o)
		}
	}
	m.hours = append(m.hours, h)
	return c
}

// outages returns the maintenance of a resource as disjoint stretches.
func (m *model) outages(r *capacity.Resource) []outageModel {
	type change struct{ at, units int64 }
	var changes []change
	for _, o := range r.Maintenance {
		units := int64(o.Units)
		if units == 0 {
			units = int64(r.Units)
		}
		changes = append(changes, change{m.at(o.From), units}, change{m.at(o.To), -units})
	}
	slices.SortStableFunc(changes, func(a, b change) int { return int(min(1, max(-1, a.at-b.at))) })
	var list []outageModel
	units := int64(0)
	for i := range changes {
		units += changes[i].units
		if units > 0 && changes[i].at < changes[i+1].at {
			list = append(list, outageModel{changes[i].at, changes[i+1].at, units})
		}
	}
	return list
}

// together returns the number of the hours in which those numbered h and
// resource r both work, at the speed of the former.
func (m *model) together(h, r int32) int32 {
	key := [2]int32{h, r}
	n, ok := m.joint[key]
	if !ok {
		n = int32(len(m.hours))
		m.joint[key] = n
		m.hours = append(m.hours, m.hours[h].in(m.hours[r]))
	}
	return n
}

func (m *model) routing(r *schedule.Routing) routing {
	c := routing{Routing: r, number: len(m.routings), scale: 1, point: m.point(r.Item, m.place(r, ""))}
	var provisions []schedule.ProvisionID
	if item := m.x.Items.Find(r.Item); item != nil {
		c.scale, provisions = item.Scale(), item.Provisions
	}
	number := make(map[schedule.StepID]int32, len(r.Steps))
	for k := range r.Steps {
		number[r.Steps[k].ID] = int32(k)
		c.steps = append(c.steps, m.step(r, &r.Steps[k], provisions))
	}
	for l := range r.Precedence() {
		from, to := number[l.From], number[l.To]
		a, b := &c.steps[from], &c.steps[to]
		k := link{to: to, wait: int64(l.MinWait + a.Move + b.Queue), limit: never}
		k.mayOverlap = !l.NoWait && a.Transfer > 0 && len(a.modes) > 0 && b.Subcontract == nil
		switch {
		case l.NoWait:
			k.limit = k.wait
		case l.MaxWait > 0:
			k.limit = int64(l.MaxWait)
		}
		k.shortWaiting = k.limit < never
		a.links = append(a.links, k)
		a.last = false
		b.preds++
	}
	for i := range r.Products {
		q := &r.Products[i]
		made := product{q, m.point(q.Item, m.place(r, q.Location))}
		if k, ok := number[q.Step]; ok {
			c.steps[k].products = append(c.steps[k].products, made)
		} else {
			c.output = append(c.output, made)
		}
	}
	c.turn = make([]int32, len(c.steps))
	c.order = topological(c.steps)
	for i, k := range c.order {
		c.turn[k] = int32(i)
		c.takes = c.takes || len(c.steps[k].Needs) > 0
		for _, md := range c.steps[k].modes {
			c.most = max(c.most, int32(len(md.uses)))
		}
	}
	return c
}

// topological returns the steps so that each comes after all before it.
func topological(steps []step) []int32 {
	open := make([]int32, len(steps))
	var order []int32
	for k := range steps {
		if open[k] = steps[k].preds; open[k] == 0 {
			order = append(order, int32(k))
		}
	}
	for i := 0; i < len(order); i++ {
		for _, l := range steps[order[i]].links {
			if open[l.to]--; open[l.to] == 0 {
				order = append(order, l.to)
			}
		}
	}
	return order
}

func (m *model) step(r *schedule.Routing, s *schedule.Step, provisions []schedule.ProvisionID) step {
	c := step{Step: s, family: m.family(s.Family), last: true, calendar: m.own(s.Calendar), alone: m.always}
	if shop := m.x.Shops.Find(r.Shop); shop != nil && shop.Calendar != "" {
		c.alone = m.together(c.alone, m.own(shop.Calendar))
	}
	if c.calendar >= 0 {
		c.alone = m.together(c.alone, c.calendar)
	}
	for _, id := range slices.Concat(s.Provisions, provisions) {
		if q := m.x.Provisions.Find(id); q != nil && !q.Ready.IsZero() {
			c.ready = max(c.ready, m.at(q.Ready))
		}
	}
	for i := range s.Modes {
		k := mode{Mode: &s.Modes[i], to: never}
		if span := s.Modes[i].Effective; !span.From.IsZero() {
			k.from = m.at(span.From)
		}
		if span := s.Modes[i].Effective; !span.To.IsZero() {
			k.to = m.at(span.To)
		}
		for j := range s.Modes[i].Uses {
			u := &s.Modes[i].Uses[j]
			k.uses = append(k.uses, use{m.able(u), int64(u.Count())})
		}
		c.modes = append(c.modes, k)
	}
	if s.Subcontract != nil {
		if q := m.x.Partners.Find(s.Subcontract.Partner); q != nil && q.Calendar != "" {
			c.outside = m.calendar(q.Calendar).all
		}
	}
	return c
}

// able returns the resources that can serve a use.
func (m *model) able(u *schedule.Use) []int32 {
	var list []int32
	for i := range m.p.Resources {
		r := &m.p.Resources[i]
		named := r.ID == u.Resource || slices.Contains(r.Pools, u.Resource)
		if named && r.Units > 0 && len(r.Qualified(u.Skill)) > 0 {
			list = append(list, int32(i))
		}
	}
	return list
}

// noteCompanions fills in resourceModel.servedWith.
func (m *model) noteCompanions() {
	for i := range m.routings {
		for k := range m.routings[i].steps {
			for _, md := range m.routings[i].steps[k].modes {
				m.noteCompanion(md.uses)
			}
		}
	}
}

func (m *model) noteCompanion(uses []use) {
	for i := 1; i < len(uses); i++ {
		for _, r := range uses[i].able {
			for _, machine := range uses[0].able {
				if list := &m.resources[r].servedWith; !slices.Contains(*list, machine) {
					*list = append(*list, machine)
				}
			}
		}
	}
}
