package scenario

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Random generates a small valid problem in which every feature of the model
// occurs now and then.
func Random(seed uint64) *schedule.Problem {
	g := &generator{source: newSource(seed)}
	g.p = &schedule.Problem{
		Name: fmt.Sprintf("random-%d", seed), From: plantStart, To: plantStart.AddDate(0, 0, g.between(10, 40)),
		Tick: []time.Duration{time.Minute, time.Second, 5 * time.Minute}[g.below(3)],
	}
	g.times()
	g.calendars()
	g.places()
	g.resources()
	g.provisions()
	g.items()
	g.ways()
	g.supplies()
	g.area()
	g.orders()
	g.demand()
	g.objective()
	return g.p
}

// A generator is the state of one call of Random. Items have levels, and are
// made of items of lower ones.
type generator struct {
	source
	p     *schedule.Problem
	now   time.Time
	level []int // of each item; 0 is bought
	made  map[schedule.ItemID][]schedule.LocationID
}

// after returns an instant some hours after now.
func (g *generator) after(lo, hi int) time.Time {
	return g.now.Add(time.Duration(g.between(lo, hi)) * time.Hour)
}

func (g *generator) minutes(lo, hi int) time.Duration {
	return time.Duration(g.between(lo, hi)) * time.Minute
}

func (g *generator) times() {
	g.now = g.p.From
	if g.chance(2) {
		g.now = g.p.From.Add(g.minutes(0, 3000))
		g.p.Now = g.now
	}
	if g.chance(3) {
		g.p.FrozenUntil = g.after(0, 48)
	}
	if g.chance(3) {
		g.p.ReleaseFrom = g.after(0, 48)
	}
}

func (g *generator) calendars() {
	h := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	week := func(w calendar.Week) []calendar.Pattern { return []calendar.Pattern{{Weeks: []calendar.Week{w}}} }
	g.p.Calendars = []calendar.Calendar{
		{ID: "day", Patterns: week(calendar.Workdays(calendar.Shift{
			Start: h(6), End: h(14), Breaks: []calendar.Break{{Start: h(10), End: h(10) + 30*time.Minute}}}))},
		{ID: "two", Patterns: week(calendar.EveryDay(
			calendar.Shift{Start: h(6), End: h(14)},
			calendar.Shift{Start: h(14), End: h(22), Rate: 800},
			calendar.Shift{Start: h(22), End: h(24), Overtime: true}))},
		{ID: "night", Zone: "Europe/Berlin", Patterns: week(calendar.EveryDay(calendar.Shift{Start: h(18), End: h(4)}))},
	}
}

// calendarID returns one of the calendars, or none.
func (g *generator) calendarID() calendar.ID {
	return []calendar.ID{"", "", "day", "two"}[g.below(4)]
}

func (g *generator) places() {
	g.p.Locations = []schedule.Location{{ID: "site"}, {ID: "store"}, {ID: "far"}}
	g.p.Shops = []schedule.Shop{
		{ID: "shop1", Location: "site", Calendar: g.calendarID()},
		{ID: "shop2", Location: []schedule.LocationID{"site", "store"}[g.below(2)]},
	}
	for i, from := range []schedule.LocationID{"store", "far", "site"} {
		to := []schedule.LocationID{"site", "store", "far"}[i]
		l := schedule.Lane{
			ID: schedule.LaneID(from + ">" + to), From: from, To: to, Time: g.minutes(0, 2000),
			Source: schedule.Source{Priority: 2, Cost: int64(g.below(5))}, TripCost: int64(g.below(50)),
		}
		if g.chance(2) {
			l.Vehicle, l.LoadPerTrip = "truck", int64(g.between(5, 50))
			l.TripTime = g.minutes(0, 3000)
		}
		if g.chance(2) {
			l.FromDock, l.Handling = "dock", g.minutes(0, 60)
		}
		l.Lots = g.lots()
		if g.chance(10) {
			l.Uses = []schedule.Use{g.amountOf("press")}
		}
		if g.chance(3) {
			l.ToDock, l.Handling = "dock", g.minutes(0, 60)
		}
		g.p.Lanes = append(g.p.Lanes, l)
	}
}

func (g *generator) resources() {
	g.p.Changeovers = []capacity.ChangeoverTable{{
		ID: "colours", Default: capacity.Changeover{Time: g.minutes(0, 30), Cost: 3},
		Entries: []capacity.Changeover{
			{From: "red", To: "blue", Time: g.minutes(0, 120)},
			{From: "blue", To: "red", Time: g.minutes(0, 20)},
			{From: "red", To: "green", Forbidden: g.chance(2)},
		},
	}}
	for i := range g.between(1, 4) {
		r := capacity.Resource{
			ID: resourceID(i), Units: 1, Shop: []capacity.ShopID{"", "shop1"}[g.below(2)],
			Calendar: g.calendarID(), CostPerHour: int64(g.below(100)), OvertimePerHour: int64(g.below(100)),
		}
		if g.chance(3) {
			r.Efficiency = g.between(500, 1500)
		}
		if g.chance(2) {
			r.Changeovers, r.SetUpFor = "colours", []capacity.Family{"", "red", "blue"}[g.below(3)]
		}
		if g.chance(3) {
			from := g.after(0, 200)
			r.Maintenance = []capacity.Outage{{From: from, To: from.Add(g.minutes(10, 2000))}}
		}
		g.p.Resources = append(g.p.Resources, r)
	}
	man := capacity.Resource{ID: "man", Kind: capacity.Labour, Units: g.between(2, 4), Calendar: g.calendarID(), Skills: []capacity.Skill{"weld"}}
	if g.chance(2) {
		from := g.after(0, 100)
		man.Maintenance = []capacity.Outage{{From: from, To: from.Add(g.minutes(10, 2000)), Units: 1}}
	}
	g.p.Resources = append(g.p.Resources, man,
		capacity.Resource{ID: "oven", Units: 1},
		capacity.Resource{ID: "either"},
		capacity.Resource{ID: "twin1", Units: 1, Pools: []capacity.ResourceID{"either"}, Calendar: g.calendarID(), Qualifications: g.qualifications()},
		capacity.Resource{ID: "twin2", Units: 1, Pools: []capacity.ResourceID{"either"}, Skills: []capacity.Skill{"fine"}, Qualifications: g.qualifications()},
		capacity.Resource{ID: "truck", Kind: capacity.Vehicle, Units: g.between(1, 3), Calendar: g.calendarID()},
		g.press(),
		capacity.Resource{ID: "pallet", Kind: capacity.Tool, Units: g.between(1, 2)},
		capacity.Resource{ID: "dock", Kind: capacity.Dock, Units: g.between(1, 2)},
	)
}

// qualifications are skills for a time.
func (g *generator) qualifications() []capacity.Qualification {
	span := g.effective()
	return []capacity.Qualification{{Skill: "rare", Priority: g.below(3), From: span.From, To: span.To}}
}

// press is counted by buckets of some days.
func (g *generator) press() capacity.Resource {
	r := capacity.Resource{ID: "press", Units: 1}
	for from := g.p.From; from.Before(g.p.To); {
		to := from.AddDate(0, 0, g.between(1, 7))
		r.Buckets = append(r.Buckets, capacity.Bucket{From: from, To: to, Work: capacity.Of(1, g.minutes(0, 2000))})
		from = to.AddDate(0, 0, g.below(2))
	}
	return r
}

// amountOf is what something takes from a bucket.
func (g *generator) amountOf(r capacity.ResourceID) schedule.Use {
	return schedule.Use{Resource: r, Fixed: g.minutes(0, 60), PerUnit: g.minutes(1, 20)}
}

func resourceID(i int) capacity.ResourceID { return capacity.ResourceID(fmt.Sprintf("m%d", i)) }

func (g *generator) provisions() {
	g.p.Provisions = []schedule.Provision{
		{ID: "drawing", Kind: schedule.Drawing, Ready: g.after(0, 72)},
		{ID: "permit"},
	}
	g.p.Partners = []schedule.Partner{
		{ID: "P1"},
		{ID: "P2", Calendar: "day", Capacity: schedule.Limit{Qty: wip.Qty(g.between(5, 50)), Per: 7 * 24 * time.Hour}},
	}
}

func (g *generator) items() {
	for i := range g.between(3, 10) {
		x := schedule.Item{ID: itemID(i), Lot: g.lot(), Load: int64(g.below(4)), Holding: int64(g.below(3)), Cost: 10}
		if g.chance(4) {
			x.Unit = wip.Unit{Code: "kg", Decimals: 3}
			x.Lot = schedule.Lot{}
		}
		if g.chance(3) {
			x.Area = int64(g.between(1, 3))
		}
		if g.chance(5) {
			x.SafetyTime = g.minutes(0, 1000)
		}
		if g.chance(8) {
			x.Provisions = []schedule.ProvisionID{"drawing"}
		}
		g.p.Items = append(g.p.Items, x)
		g.level = append(g.level, min(i/2, 3))
	}
}

func itemID(i int) schedule.ItemID { return schedule.ItemID(fmt.Sprintf("i%d", i)) }

func (g *generator) lot() schedule.Lot {
	switch g.below(6) {
	case 0:
		return schedule.Lot{Rule: schedule.FixedLot, Size: wip.Qty(g.between(1, 20))}
	case 1:
		return schedule.Lot{Rule: schedule.PeriodCover, Period: g.minutes(60, 10000)}
	case 2:
		return schedule.Lot{Minimum: wip.Qty(g.between(0, 10)), Multiple: wip.Qty(g.between(0, 5))}
	case 3:
		return schedule.Lot{Multiple: 2, Maximum: wip.Qty(2 * g.between(2, 10))}
	}
	return schedule.Lot{}
}

// lots are rules of their own for some dates, now and then.
func (g *generator) lots() (all []schedule.DatedLot) {
	for g.chance(8) {
		from := g.after(0, 200)
		all = append(all, schedule.DatedLot{
			Effective: schedule.Span{From: from, To: from.Add(g.minutes(0, 9000))},
			Lot:       schedule.Lot{Minimum: wip.Qty(g.between(0, 10)), Multiple: wip.Qty(g.between(0, 5))},
		})
	}
	return all
}

// ways gives every item of a level above 0 one or two routings.
func (g *generator) ways() {
	for i := range g.p.Items {
		if g.level[i] == 0 {
			continue
		}
		for n := range g.between(1, 2) {
			g.routing(i, n)
		}
	}
}

func (g *generator) routing(i, n int) {
	r := schedule.Routing{
		ID: schedule.RoutingID(fmt.Sprintf("r%d.%d", i, n)), Item: itemID(i), Shop: []schedule.ShopID{"shop1", "shop2"}[g.below(2)],
		Source: schedule.Source{Priority: n, Cost: int64(g.below(10)), Effective: g.effective()}, FixedCost: int64(g.below(20)),
	}
	if g.chance(6) {
		r.Share = g.between(1, 3)
	}
	if g.chance(8) {
		r.Fence = g.minutes(0, 2000)
	}
	r.Lots = g.lots()
	for k := range g.between(1, 4) {
		r.Steps = append(r.Steps, g.step(i, k))
	}
	g.links(&r)
	if g.chance(8) {
		steps := len(r.Steps)
		r.Holds = []schedule.Hold{{Resource: "pallet", From: r.Steps[g.below(steps)].ID, To: r.Steps[steps-1].ID}}
	}
	if g.chance(6) && i > 0 {
		r.Products = append(r.Products, schedule.Product{Item: itemID(g.below(2)), Per: g.amount(g.below(2), 0, 2), Fixed: 1, Effective: g.effective()})
	}
	g.p.Routings = append(g.p.Routings, r)
}

// effective is a span that is mostly open.
func (g *generator) effective() schedule.Span {
	switch g.below(10) {
	case 0:
		return schedule.Span{From: g.after(0, 200)}
	case 1:
		return schedule.Span{To: g.after(100, 400)}
	}
	return schedule.Span{}
}

func (g *generator) step(i, k int) schedule.Step {
	s := schedule.Step{ID: schedule.StepID(fmt.Sprintf("s%d", k)), Pausable: g.chance(2)}
	switch {
	case g.chance(8):
		s.Subcontract = &schedule.Subcontract{Partner: []schedule.PartnerID{"P1", "P2"}[g.below(2)], LeadTime: g.minutes(0, 3000), Cost: 2, Fixed: 5}
	case g.chance(10): // takes no time
	default:
		for range g.between(1, 2) {
			s.Modes = append(s.Modes, g.mode())
		}
	}
	g.refine(&s)
	for range g.below(3) {
		n := g.need(i)
		if !slices.ContainsFunc(s.Needs, func(m schedule.Need) bool { return m.Item == n.Item }) {
			s.Needs = append(s.Needs, n)
		}
	}
	tellApart(&s)
	return s
}

// tellApart takes alternates away that another need of the step names.
func tellApart(s *schedule.Step) {
	for i := range s.Needs {
		s.Needs[i].Alternates = slices.DeleteFunc(s.Needs[i].Alternates, func(a schedule.Alternate) bool {
			return slices.ContainsFunc(s.Needs, func(n schedule.Need) bool { return n.Item == a.Item })
		})
	}
}

// refine gives a step some of what few steps have.
func (g *generator) refine(s *schedule.Step) {
	if g.chance(2) {
		s.Family = []capacity.Family{"red", "blue", "green"}[g.below(3)]
	}
	if g.chance(5) {
		s.Yield = g.between(700, 1000)
	}
	if g.chance(4) {
		s.Transfer = wip.Qty(g.between(1, 5))
	}
	if g.chance(4) {
		s.Batch = wip.Qty(g.between(1, 6))
	}
	if g.chance(5) {
		s.Queue, s.Move = g.minutes(0, 120), g.minutes(0, 120)
	}
	if g.chance(10) {
		s.Calendar = g.calendarID()
	}
	if g.chance(8) {
		s.Provisions = []schedule.ProvisionID{"permit", "drawing"}
	}
}

func (g *generator) mode() schedule.Mode {
	m := schedule.Mode{
		Uses:  []schedule.Use{{Resource: []capacity.ResourceID{resourceID(g.below(len(g.p.Resources) - 9)), "oven", "either"}[g.below(3)]}},
		Setup: g.minutes(0, 30), PerUnit: g.minutes(0, 20), Cost: int64(g.below(3)), Effective: g.effective(),
	}
	if g.chance(3) {
		m.Fixed = g.minutes(0, 200)
	}
	if g.chance(3) {
		m.PerBatch = g.minutes(0, 60)
	}
	if g.chance(3) {
		m.Uses = append(m.Uses, schedule.Use{Resource: "man", Units: g.between(1, 2), Skill: "weld"})
	}
	if g.chance(8) {
		m.Uses = append(m.Uses, g.amountOf("press"))
	}
	if g.chance(12) {
		m.Uses = nil
	}
	if len(m.Uses) > 0 && m.Uses[0].Resource == "either" && g.chance(3) {
		m.Uses[0].Skill = "rare"
	}
	return m
}

func (g *generator) need(i int) schedule.Need {
	var lower []int
	for k := range g.p.Items {
		if g.level[k] < g.level[i] {
			lower = append(lower, k)
		}
	}
	k := lower[g.below(len(lower))]
	n := schedule.Need{Item: itemID(k), Per: g.amount(k, 0, 3), Fixed: g.amount(k, 0, 1), Effective: g.effective()}
	if g.chance(4) {
		n.Loss = g.between(0, 200)
	}
	if g.chance(4) {
		n.Location = "store"
	}
	if g.chance(5) {
		n.Offset = g.minutes(-120, 120)
	}
	if a := lower[g.below(len(lower))]; g.chance(4) && a != k {
		n.Alternates = []schedule.Alternate{{Item: itemID(a), Per: g.amount(a, 1, 3), Effective: g.effective(), Cost: 1}}
		n.Alternates[0].Fixed, n.Usable = g.amount(a, 0, 2), g.effective()
	}
	return n
}

// amount returns some whole units of an item, in base units.
func (g *generator) amount(i, lo, hi int) wip.Qty {
	return wip.Qty(int64(g.between(lo, hi)) * g.p.Items[i].Scale())
}

// links makes some routings networks.
func (g *generator) links(r *schedule.Routing) {
	if len(r.Steps) < 2 || g.chance(2) {
		return
	}
	for b := 1; b < len(r.Steps); b++ {
		a := g.below(b)
		l := schedule.Link{From: r.Steps[a].ID, To: r.Steps[b].ID}
		least := r.Steps[a].Move + r.Steps[b].Queue
		switch g.below(7) {
		case 3:
			l.SoftWait = g.minutes(0, 2000)
		case 0:
			l.MinWait = g.minutes(0, 100)
		case 1:
			l.MaxWait = least + g.minutes(30, 3000)
		case 2:
			l.NoWait = least == 0
		}
		r.Links = append(r.Links, l)
	}
}

// supplies gives every bought item, and some others, one or two suppliers.
func (g *generator) supplies() {
	for i := range g.p.Items {
		if g.level[i] > 0 && !g.chance(6) || g.level[i] == 0 && g.chance(12) {
			continue
		}
		for n := range g.between(1, 2) {
			v := schedule.Supply{
				ID: schedule.SupplyID(fmt.Sprintf("v%d.%d", i, n)), Item: itemID(i), Partner: []schedule.PartnerID{"P1", "P2"}[g.below(2)],
				Location: []schedule.LocationID{"site", "store", "far"}[g.below(3)],
				LeadTime: g.minutes(0, 8000), FixedCost: int64(g.below(20)),
				Source: schedule.Source{Priority: n, Cost: int64(g.below(10)), Effective: g.effective()},
			}
			if g.chance(4) {
				v.Fence = g.minutes(0, 2000)
			}
			if g.chance(4) {
				v.Capacity = schedule.Limit{Qty: g.amount(i, 5, 40), Per: g.minutes(1000, 10000)}
			}
			v.Lots = g.lots()
			if g.chance(8) {
				v.SafetyTime = g.minutes(0, 1000)
			}
			if g.chance(8) {
				v.Uses = []schedule.Use{g.amountOf("press")}
			}
			if g.chance(4) {
				v.Lot = schedule.Lot{Minimum: 5, Multiple: 5}
			}
			g.p.Supplies = append(g.p.Supplies, v)
		}
	}
	for i := range g.p.Items {
		place := g.p.Locations[g.below(3)].ID
		if g.chance(2) {
			g.p.Stock = append(g.p.Stock, wip.Balance{Point: wip.Point{Item: itemID(i), Place: place}, Qty: g.amount(i, 0, 30)})
		}
		if g.chance(4) {
			g.p.Receipts = append(g.p.Receipts, schedule.Receipt{
				ID: schedule.ReceiptID(fmt.Sprintf("R%d", i)), Item: itemID(i), Location: place, Qty: g.amount(i, 1, 20), At: g.after(-20, 200),
			})
		}
	}
}

// area limits what can be stored, to no less than what comes in any case.
func (g *generator) area() {
	total := int64(g.between(1, 200))
	add := func(it schedule.ItemID, at schedule.LocationID, q wip.Qty) {
		for i := range g.p.Items {
			if x := &g.p.Items[i]; x.ID == it && at == "store" {
				total += int64(q) * x.Area / x.Scale()
			}
		}
	}
	for _, b := range g.p.Stock {
		add(b.Point.Item, b.Point.Place, b.Qty)
	}
	for _, r := range g.p.Receipts {
		add(r.Item, r.Location, r.Qty)
	}
	if g.chance(4) {
		g.p.Locations[1].Area = total
	}
}

// orders adds some orders that exist already.
func (g *generator) orders() {
	for i := range g.p.Routings {
		if !g.chance(5) {
			continue
		}
		r := &g.p.Routings[i]
		o := schedule.Order{
			ID: schedule.OrderID(fmt.Sprintf("O%d", i)), Item: r.Item, Routing: r.ID, Qty: wip.Qty(g.between(1, 20)),
			Status: schedule.OrderStatus(g.below(3)),
		}
		if g.chance(2) {
			o.Due = g.after(0, 200)
		}
		if o.Status != schedule.Approved && len(r.Links) == 0 && r.Steps[0].Subcontract == nil && r.Steps[0].Transfer == 0 {
			g.progress(&o, r)
		}
		g.p.Orders = append(g.p.Orders, o)
	}
}

// progress says that the first steps of an order are done, or firm.
func (g *generator) progress(o *schedule.Order, r *schedule.Routing) {
	if o.Status == schedule.Firm {
		start := g.after(0, 60)
		o.Steps = []schedule.StepState{{Step: r.Steps[0].ID, Start: start, End: start.Add(g.minutes(10, 500)), Issued: g.chance(2)}}
		return
	}
	start := g.now.Add(-g.minutes(60, 600))
	if start.Before(g.p.From) {
		return
	}
	done := schedule.StepState{Step: r.Steps[0].ID, Start: start, End: start.Add(30 * time.Minute), Done: true, Issued: true}
	done.Progress.Good = o.Qty
	o.Steps = append(o.Steps, done)
	if len(r.Steps) > 1 && len(r.Steps[1].Modes) > 0 && g.chance(2) {
		o.Steps = append(o.Steps, schedule.StepState{
			Step: r.Steps[1].ID, Start: start.Add(30 * time.Minute), Started: true, Issued: true,
			Progress: wip.Progress{Good: o.Qty / 3, Spent: time.Duration(o.Qty%7) * 13 * time.Minute},
			Setup:    time.Duration(o.Qty%3) * 10 * time.Minute,
		})
	}
}

func (g *generator) demand() {
	for i := range g.between(1, 12) {
		k := g.below(len(g.p.Items))
		l := schedule.ContractLine{
			ID: schedule.LineID(fmt.Sprintf("L%d", i)), Item: itemID(k), Location: []schedule.LocationID{"site", "site", "store"}[g.below(3)],
			Qty: g.amount(k, 1, 25), Due: g.after(-24, 500), Priority: g.below(3), Price: 10,
		}
		g.conditions(&l)
		g.p.Lines = append(g.p.Lines, l)
	}
	if g.chance(3) {
		k := g.below(len(g.p.Items))
		n := wip.Norm{Point: wip.Point{Item: itemID(k), Place: "site"}, Min: g.amount(k, 1, 5)}
		n.Target = n.Min * 2
		g.p.Norms = append(g.p.Norms, n)
	}
}

// conditions gives a line some of what few lines have.
func (g *generator) conditions(l *schedule.ContractLine) {
	if g.chance(3) {
		l.MinShipment = max(1, l.Qty/4)
	}
	if g.chance(4) {
		l.Together = "group"
	}
	if g.chance(5) {
		l.MaxLate = g.minutes(60, 10000)
	}
	if g.chance(5) {
		l.Earliest = l.Due.Add(-g.minutes(0, 1000))
	}
	if g.chance(5) {
		l.Status = schedule.LineStatus(g.below(4))
	}
	if g.chance(4) {
		l.Late = int64(g.between(1, 5000))
	}
}

func (g *generator) objective() {
	switch g.below(4) {
	case 0:
		g.p.Objective = schedule.Economy()
	case 1:
		g.p.Objective = schedule.Flow()
	case 2:
		g.p.Objective = schedule.Rhythm()
	}
}
