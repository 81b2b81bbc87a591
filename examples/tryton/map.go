package main

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A mapping is the problem made of a snapshot, the way back from its names to
// the ERP's rows, and notes on the rows that could not be taken as they are:
// bad master data costs a note, not the plan.
type mapping struct {
	*snapshot
	plant   *plant
	zone    *time.Location
	problem *schedule.Problem
	notes   []string

	names     names
	units     map[int64]unit
	items     map[int64]*schedule.Item      // by product
	resources map[int64]schedule.ResourceID // by work centre
	centreOf  map[schedule.ResourceID]int64
	lines     map[int64]schedule.LineID      // by sale line
	variantOf map[schedule.RoutingID]variant // what the ERP calls the routing
	times     map[opProduct]estimate
	orders    map[schedule.OrderID]*production
}

// newMapping makes the problem of the day on which now lies.
func newMapping(s *snapshot, p *plant, zone *time.Location, now time.Time) *mapping {
	m := &mapping{
		snapshot: s, plant: p, zone: zone,
		names:     names{},
		units:     byID(s.units, func(u unit) int64 { return u.id }),
		items:     map[int64]*schedule.Item{},
		resources: map[int64]schedule.ResourceID{},
		centreOf:  map[schedule.ResourceID]int64{},
		lines:     map[int64]schedule.LineID{},
		variantOf: map[schedule.RoutingID]variant{},
		times:     map[opProduct]estimate{},
		orders:    map[schedule.OrderID]*production{},
	}
	from := m.midnight(now)
	m.problem = &schedule.Problem{
		Name: s.warehouse.code,
		From: from, To: from.AddDate(0, 0, 7*p.Weeks), Now: now, Tick: time.Minute,
		Calendars: p.calendars(),
		Objective: schedule.OnTime(),
	}
	m.centres()
	m.products()
	m.bills()
	m.purchasing()
	m.stocks()
	m.sales()
	m.productions()
	m.breakCycles()
	return m
}

func (m *mapping) note(format string, args ...any) {
	m.notes = append(m.notes, fmt.Sprintf(format, args...))
}

// centres: those that have others below them are shops, the others work.
func (m *mapping) centres() {
	parent := map[int64]bool{}
	for _, c := range m.snapshot.centres {
		parent[c.parent] = true
	}
	group := map[int64]string{}
	for _, c := range m.categories {
		group[c.id] = c.name
	}
	shops := map[int64]schedule.ShopID{}
	for _, c := range m.snapshot.centres {
		if parent[c.id] {
			shops[c.id] = schedule.ShopID(m.names.unique("shop", c.name, c.id))
			m.problem.Shops = append(m.problem.Shops, schedule.Shop{ID: shops[c.id], Name: c.name})
		}
	}
	for _, c := range m.snapshot.centres {
		if parent[c.id] {
			continue
		}
		r := capacity.Resource{
			ID: schedule.ResourceID(m.names.unique("centre", c.name, c.id)), Name: c.name,
			Shop: shops[c.parent], Group: group[c.category], Units: 1,
			Calendar: calendarID(m.plant.Centres[c.name]),
		}
		if c.costMethod == "hour" {
			r.CostPerHour = cents(c.cost)
		}
		if c.category == 0 {
			m.note("work centre %s has no category: nothing is planned on it", c.name)
		}
		m.problem.Resources = append(m.problem.Resources, r)
		m.resources[c.id], m.centreOf[r.ID] = r.ID, c.id
	}
}

func (m *mapping) products() {
	for _, p := range m.snapshot.products {
		u := m.units[p.unit]
		item := schedule.Item{
			ID: schedule.ItemID(m.names.unique("item", p.code, p.id)), Name: p.name,
			Unit: wip.Unit{Code: u.symbol, Decimals: u.digits}, Cost: cents(p.cost),
		}
		if item.Unit.Validate() != nil {
			item.Unit.Code = "" // a symbol with a space, say
		}
		if err := item.Unit.Validate(); err != nil {
			m.note("product %s: %v: it is counted in pieces", item.ID, err)
			item.Unit = wip.Unit{}
		}
		if p.code == "" {
			m.note("product %q has no code: it is called %s here", p.name, item.ID)
		}
		if m.plant.Cover > 0 {
			item.Lot = schedule.Lot{Rule: schedule.PeriodCover, Period: time.Duration(m.plant.Cover)}
		}
		m.problem.Items = append(m.problem.Items, item)
		m.items[p.id] = &item
	}
}

// purchasing: what can be bought of whom, and what is under way.
func (m *mapping) purchasing() {
	partners := map[string]bool{}
	sources := map[int64]int{} // of each product so far
	for _, s := range m.suppliers {
		item := m.items[s.product]
		if item == nil {
			continue
		}
		if s.party == "" {
			s.party = "unnamed"
		}
		if !partners[s.party] {
			partners[s.party] = true
			m.problem.Partners = append(m.problem.Partners, schedule.Partner{ID: schedule.PartnerID(s.party), Name: s.party})
		}
		m.problem.Supplies = append(m.problem.Supplies, schedule.Supply{
			ID:   schedule.SupplyID(m.names.unique("supply", string(item.ID)+" from "+s.party, s.id)),
			Item: item.ID, Partner: schedule.PartnerID(s.party), LeadTime: elapsed(s.seconds),
			Source: schedule.Source{Priority: sources[s.product], Cost: item.Cost},
		})
		sources[s.product]++
	}
	for _, r := range m.snapshot.receipts {
		what := fmt.Sprintf("receipt %d", r.id)
		item, q, ok := m.counted(what, r.product, r.quantity)
		if !ok {
			continue
		}
		m.problem.Receipts = append(m.problem.Receipts, schedule.Receipt{
			ID: schedule.ReceiptID(what), Item: item, Qty: q, At: m.dayAfter(what, r.planned), Note: r.party,
		})
	}
}

// stocks: what there is and what there should be.
func (m *mapping) stocks() {
	for _, s := range m.snapshot.stock {
		item := m.items[s.product]
		if item == nil || s.quantity == 0 {
			continue
		}
		q := base(item, s.quantity)
		if q <= 0 {
			m.note("stock of %s is %g: it is taken as none", item.ID, s.quantity)
			continue
		}
		m.problem.Stock = append(m.problem.Stock, wip.Balance{Point: wip.Point{Item: item.ID}, Qty: q})
	}
	for _, o := range m.points {
		item := m.items[o.product]
		if item == nil {
			continue
		}
		n := wip.Norm{Point: wip.Point{Item: item.ID}, Min: max(0, base(item, o.min))}
		n.Target = max(n.Min, base(item, o.target))
		if slices.ContainsFunc(m.problem.Norms, func(x wip.Norm) bool { return x.Point == n.Point }) {
			m.note("%s has several order points: the first one counts", item.ID)
			continue
		}
		m.problem.Norms = append(m.problem.Norms, n)
	}
}

// sales: one contract for a sale, one line for what is open of a sale line.
func (m *mapping) sales() {
	contracts := map[int64]schedule.ContractID{}
	at := map[int64]int{}
	for _, d := range m.demands {
		what := fmt.Sprintf("sale %s line %d", d.number, d.line)
		item, q, ok := m.converted(what, d.product, d.quantity, d.unit)
		if !ok {
			continue
		}
		if i, ok := at[d.line]; ok { // another move for the same line
			m.problem.Lines[i].Qty += q
			continue
		}
		if _, ok := contracts[d.sale]; !ok {
			c := schedule.Contract{ID: schedule.ContractID(m.names.unique("contract", "sale "+d.number, d.sale)), Customer: d.customer}
			contracts[d.sale] = c.ID
			m.problem.Contracts = append(m.problem.Contracts, c)
		}
		l := schedule.ContractLine{
			ID: schedule.LineID(what), Contract: contracts[d.sale],
			Item: item, Qty: q, Due: m.dayAfter(what, d.planned), Price: cents(d.price),
		}
		if d.state == "quotation" {
			l.Status = schedule.QuoteLine
		}
		at[d.line], m.lines[d.line] = len(m.problem.Lines), l.ID
		m.problem.Lines = append(m.problem.Lines, l)
	}
}

// names gives out names that are unique within their kind.
type names map[[2]string]bool

// unique returns the name wanted, or that with the key if it is empty or taken.
func (n names) unique(kind, want string, id int64) string {
	if want == "" || n[[2]string{kind, want}] {
		want = fmt.Sprintf("%s#%d", want, id)
	}
	n[[2]string{kind, want}] = true
	return want
}

func byID[T any](list []T, id func(T) int64) map[int64]T {
	m := make(map[int64]T, len(list))
	for _, x := range list {
		m[id(x)] = x
	}
	return m
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
