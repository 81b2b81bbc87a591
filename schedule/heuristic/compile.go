package heuristic

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A compiler builds a model. It keeps the maps that planning does without.
type compiler struct {
	*model
	expanded  []*timeline // by calendar
	familyOf  map[capacity.Family]int32
	crossing  map[[2]*timeline]*timeline
	unlimited *timeline
}

// compile turns a valid problem into a model.
func compile(p *schedule.Problem, o Options) (*model, error) {
	times := p.Times()
	c := &compiler{
		model: &model{
			clock: clock{times.From, int64(times.Tick)}, p: p, x: schedule.NewIndex(p), times: times,
			objective: p.Objective, infinite: o.Mode == Infinite,
			byPoint: map[wip.Point]int32{}, families: []capacity.Family{""},
		},
		familyOf: map[capacity.Family]int32{"": 0},
		crossing: map[[2]*timeline]*timeline{},
	}
	if c.objective == (schedule.Objective{}) {
		c.objective = schedule.OnTime()
	}
	c.horizon = c.at(times.To)
	c.present, c.now = c.at(times.Now), c.after(times.Now)
	c.fence = c.after(times.ReleaseFrom)
	c.unlimited = &timeline{always: true, tick: c.tick}
	if err := c.calendars(times); err != nil {
		return nil, err
	}
	c.compileResources()
	c.compilePartners()
	c.compileItems()
	c.compileRoutings()
	c.compileSupplies()
	c.compileLanes()
	c.compileLines()
	c.compilePoints()
	c.compilePlaces()
	return c.model, nil
}

func (c *compiler) calendars(t schedule.Times) error {
	if len(c.p.Calendars) == 0 {
		return nil
	}
	expanded, err := calendar.Expand(c.p.Calendars, t.From, t.To)
	if err != nil {
		return err
	}
	for _, e := range expanded {
		c.expanded = append(c.expanded, compileTimeline(e, c.clock))
	}
	return nil
}

// calendar returns the timeline of a calendar; of none, all time.
func (c *compiler) calendar(id schedule.CalendarID) *timeline {
	if i := c.x.Calendars.Position(id); id != "" && i >= 0 {
		return c.expanded[i]
	}
	return c.unlimited
}

// cross returns the time in which both work, at the rate of a, and the same
// timeline for the same pair.
func (c *compiler) cross(a, b *timeline) *timeline {
	key := [2]*timeline{a, b}
	t, ok := c.crossing[key]
	if !ok {
		t = intersect(a, b)
		c.crossing[key] = t
	}
	return t
}

func (c *compiler) compileResources() {
	for i := range c.p.Resources {
		r := &c.p.Resources[i]
		t := c.calendar(r.Calendar)
		if s := c.x.Shops.Find(r.Shop); s != nil && s.Calendar != "" {
			t = c.cross(t, c.calendar(s.Calendar))
		}
		units := int64(r.Units)
		for _, out := range r.Maintenance {
			if out.Units == 0 || out.Units >= r.Units {
				t = t.without(c.at(out.From), c.after(out.To), c.horizon)
			}
		}
		if !r.From.IsZero() {
			t = t.without(0, c.after(r.From), c.horizon)
		}
		if !r.To.IsZero() {
			t = t.without(c.at(r.To), c.horizon, c.horizon)
		}
		c.resources = append(c.resources, resource{
			Resource: r, units: units, always: t, regular: t.regular(),
			table:  c.x.Changeovers.Find(r.Changeovers),
			family: c.family(r.SetUpFor), changes: map[[2]int32]capacity.Changeover{},
		})
		for _, b := range r.Buckets {
			c.resources[i].buckets = append(c.resources[i].buckets, bucket{c.after(b.From), c.after(b.To), int64(b.Work)})
		}
		c.overtime = c.overtime || t != c.resources[i].regular
	}
	for i := range c.p.Resources {
		for _, pool := range c.p.Resources[i].Pools {
			if j := c.x.Resources.Position(pool); j >= 0 {
				c.resources[j].members = append(c.resources[j].members, int32(i))
			}
		}
	}
}

func (c *compiler) family(f capacity.Family) int32 {
	i, ok := c.familyOf[f]
	if !ok {
		i = int32(len(c.families))
		c.familyOf[f] = i
		c.families = append(c.families, f)
	}
	return i
}

func (c *compiler) compilePartners() {
	for i := range c.p.Partners {
		q := &c.p.Partners[i]
		c.partners = append(c.partners, partner{q, c.calendar(q.Calendar), int64(q.Capacity.Per)})
	}
	for _, v := range c.p.Provisions {
		c.ready = append(c.ready, c.or(v.Ready, 0))
	}
}

// whenReady returns when the last of some provisions is.
func (c *compiler) whenReady(ids []schedule.ProvisionID) int64 {
	var ready int64
	for _, id := range ids {
		if i := c.x.Provisions.Position(id); i >= 0 {
			ready = max(ready, c.ready[i])
		}
	}
	return ready
}

func (c *compiler) compileItems() {
	for i := range c.p.Items {
		x := &c.p.Items[i]
		c.items = append(c.items, item{
			Item: x, scale: x.Scale(), ready: c.whenReady(x.Provisions),
		})
	}
}

// point returns the index of an item at a location, a new one if need be.
func (c *compiler) point(it schedule.ItemID, at schedule.LocationID) int32 {
	key := wip.Point{Item: it, Place: at}
	i, ok := c.byPoint[key]
	if !ok {
		i = int32(len(c.points))
		c.byPoint[key] = i
		c.points = append(c.points, point{item: int32(c.x.Items.Position(it)), place: at})
	}
	return i
}

// opens returns from when on a source may be used, by its dates and its fence.
func (c *compiler) opens(s *schedule.Source) int64 {
	opens := c.or(s.Effective.From, math.MinInt64)
	if s.Fence > 0 {
		opens = max(opens, addTime(c.now, c.up(s.Fence)))
	}
	return opens
}

func (c *compiler) compileSupplies() {
	for i := range c.p.Supplies {
		v := &c.p.Supplies[i]
		out := supply{
			Supply: v, item: int32(c.x.Items.Position(v.Item)), working: c.unlimited,
			lead: c.up(v.LeadTime), until: c.or(v.Effective.To, never),
			period: int64(v.Capacity.Per), point: c.point(v.Item, v.Location), uses: c.takers(v.Uses),
		}
		if q := c.x.Partners.Find(v.Partner); q != nil {
			out.working = c.calendar(q.Calendar)
		}
		out.earliest = max(c.fence, c.opens(&v.Source))
		c.items[out.item].supplies = append(c.items[out.item].supplies, int32(i))
		c.supplies = append(c.supplies, out)
	}
}

func (c *compiler) compileLanes() {
	resource := func(id schedule.ResourceID) int32 { return int32(c.x.Resources.Position(id)) }
	for i := range c.p.Lanes {
		l := &c.p.Lanes[i]
		out := lane{
			Lane: l, time: c.up(l.Time), trip: c.up(l.TripTime), handling: c.up(l.Handling),
			vehicle: resource(l.Vehicle), fromDock: resource(l.FromDock), toDock: resource(l.ToDock),
			from: c.opens(&l.Source), until: c.or(l.Effective.To, never), uses: c.takers(l.Uses),
		}
		if l.TripTime == 0 {
			out.trip = out.time
		}
		for _, id := range l.Items {
			out.items = append(out.items, int32(c.x.Items.Position(id)))
		}
		c.lanes = append(c.lanes, out)
	}
}

// takers compiles what a purchase or transfer takes from buckets.
func (c *compiler) takers(uses []schedule.Use) (list []use) {
	for i := range uses {
		list = append(list, use{int32(c.x.Resources.Position(uses[i].Resource)), 1, &uses[i]})
	}
	return list
}

func (c *compiler) compileLines() {
	for i := range c.p.Lines {
		if l := &c.p.Lines[i]; l.Status != schedule.ClosedLine {
			c.lines = append(c.lines, c.compileLine(l, i))
		}
	}
}

func (c *compiler) compileLine(l *schedule.ContractLine, index int) line {
	price := func(own, general int64) int64 {
		if own != 0 {
			return own
		}
		return general
	}
	out := line{
		ContractLine: l, index: index, point: c.point(l.Item, l.Location),
		due: c.at(l.Due), earliest: c.or(l.Earliest, math.MinInt64), latest: never,
		late:  price(l.Late, c.objective.Late),
		short: price(l.Short, c.objective.Short), scale: c.items[c.x.Items.Position(l.Item)].scale,
	}
	if l.MaxLate > 0 {
		out.latest = addTime(out.due, int64(l.MaxLate))
	}
	return out
}

// compilePoints finds the ways to every point that planning can come to.
// Lanes lead to further points, which are appended while the loop runs.
func (c *compiler) compilePoints() {
	for i := range c.p.Stock {
		c.point(c.p.Stock[i].Point.Item, c.p.Stock[i].Point.Place)
	}
	for i := range c.p.Receipts {
		c.point(c.p.Receipts[i].Item, c.p.Receipts[i].Location)
	}
	for i := range c.p.Norms {
		c.point(c.p.Norms[i].Point.Item, c.p.Norms[i].Point.Place)
	}
	c.compilePointsFrom(0)
}

// compilePointsFrom finds the ways to the points from number i on.
func (c *compiler) compilePointsFrom(i int) {
	for ; i < len(c.points); i++ {
		sources := c.sourcesOf(int32(i))
		slices.SortStableFunc(sources, func(a, b source) int {
			return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Cost, b.Cost))
		})
		c.points[i].sources = sources
		for j := range sources {
			c.points[i].shared = c.points[i].shared || sources[j].Share > 0
		}
	}
}

func (c *compiler) sourcesOf(pt int32) []source {
	var found []source
	it, place := c.points[pt].item, c.points[pt].place
	add := func(kind sourceKind, ref, from int32, s *schedule.Source) {
		safety := c.up(s.SafetyTime)
		if safety == 0 {
			safety = c.up(c.items[it].SafetyTime)
		}
		c.soft = c.soft || safety > 0
		for n, x := range c.dated(s, it) {
			found = append(found, source{
				Source: s, kind: kind, ref: ref, item: it, from: from, safety: safety,
				lot: x.lot, period: int64(x.lot.Period), opens: x.from, until: x.until, piece: n,
			})
		}
	}
	for _, r := range c.items[it].routings {
		if c.routings[r].point == pt {
			add(makes, r, nobody, &c.routings[r].Source)
		}
	}
	for _, v := range c.items[it].supplies {
		if c.supplies[v].Location == place {
			add(buys, v, nobody, &c.supplies[v].Source)
		}
	}
	for i := range c.lanes {
		l := &c.lanes[i]
		if l.To == place && (l.items == nil || slices.Contains(l.items, it)) {
			add(brings, int32(i), c.point(c.items[it].ID, l.From), &l.Source)
		}
	}
	return found
}

// A dated is a lot rule during [from, until).
type dated struct {
	from, until int64
	lot         schedule.Lot
}

// dated cuts the time of a source into pieces of one lot rule each, the last
// first: what is planned just in time is tried in this order.
func (c *compiler) dated(s *schedule.Source, it int32) (list []dated) {
	opens, until := c.opens(s), c.or(s.Effective.To, never)
	cuts := []int64{opens, until}
	for _, d := range s.Lots {
		for _, t := range []time.Time{d.Effective.From, d.Effective.To} {
			if at := c.or(t, opens); at > opens && at < until {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := len(cuts) - 2; i >= 0; i-- {
		x := dated{cuts[i], cuts[i+1], s.For(c.items[it].Item)}
		for n := len(s.Lots) - 1; n >= 0; n-- {
			if e := s.Lots[n].Effective; within(x.from, c.or(e.From, opens), c.or(e.To, never)) {
				x.lot = s.Lots[n].Lot
			}
		}
		list = append(list, x)
	}
	return list
}
