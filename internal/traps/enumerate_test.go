package traps

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An enumeration finds the best service of a small problem by trying all
// sequences of lots and deliveries, with all sources, modes, alternates and
// sizes that are sums of what lines need, each as early as what came before in
// the sequence allows. It knows nothing of planners.
//
// Since lateness never falls if anything is done later, one of these plans is
// optimal among those with lots of such sizes. Only material that is made or
// bought, machines that are always there, and lines that are delivered whole
// or piece by piece are known to it.
type enumeration struct {
	p        *schedule.Problem
	x        *schedule.Index
	lines    []demand
	required map[schedule.ItemID][]wip.Qty // by line
	sizes    map[schedule.ItemID][]wip.Qty

	stock map[schedule.ItemID][]movement
	busy  map[capacity.ResourceID][]stretch
	plan  schedule.Plan
	cost  []int64 // of what is late, by rank so far

	best     []int64
	bestPlan schedule.Plan
	nodes    int
}

// A demand is a line, or a piece of one.
type demand struct {
	line *schedule.ContractLine
	qty  wip.Qty
	rank int
	done bool
	late bool // so is the line
}

type movement struct {
	at  time.Time
	qty wip.Qty
}

type stretch struct{ from, to time.Time }

// enumerable reports whether an enumeration knows all that a problem has.
func enumerable(p *schedule.Problem) bool {
	if len(p.Calendars)+len(p.Changeovers)+len(p.Lanes)+len(p.Orders)+len(p.Norms) > 0 || p.Now != (time.Time{}) {
		return false
	}
	for i := range p.Resources {
		if r := &p.Resources[i]; r.Units != 1 || len(r.Pools)+len(r.Skills)+len(r.Buckets)+len(r.Maintenance) > 0 {
			return false
		}
	}
	for i := range p.Supplies {
		if v := &p.Supplies[i]; v.Capacity != (schedule.Limit{}) || len(v.Uses) > 0 || v.Effective != (schedule.Span{}) {
			return false
		}
	}
	for i := range p.Routings {
		if r := &p.Routings[i]; len(r.Links) > 0 || r.Effective != (schedule.Span{}) {
			return false
		}
	}
	for i := range p.Lines {
		if l := &p.Lines[i]; l.MinShipment > 1 || l.Together != "" || l.MaxLate > 0 || !l.Earliest.IsZero() {
			return false
		}
	}
	return len(p.Lines) <= 4
}

// hasAlternates reports whether some step can take one of several items. Which
// one it takes is read from the pegs of a plan, of which an enumeration has none.
func hasAlternates(p *schedule.Problem) bool {
	for i := range p.Routings {
		for k := range p.Routings[i].Steps {
			for _, n := range p.Routings[i].Steps[k].Needs {
				if len(n.Alternates) > 0 {
					return true
				}
			}
		}
	}
	return false
}

// enumerate returns the best service and a plan with it, or false if that
// takes more than so many nodes.
func enumerate(p *schedule.Problem, nodes int) (service, *schedule.Plan, bool) {
	e := &enumeration{
		p: p, x: schedule.NewIndex(p), nodes: nodes,
		required: map[schedule.ItemID][]wip.Qty{}, sizes: map[schedule.ItemID][]wip.Qty{},
		stock: map[schedule.ItemID][]movement{}, busy: map[capacity.ResourceID][]stretch{},
	}
	e.demands()
	for _, b := range p.Stock {
		e.move(b.Point.Item, p.From, b.Qty)
	}
	for i := range p.Receipts {
		e.move(p.Receipts[i].Item, p.Receipts[i].At, p.Receipts[i].Qty)
	}
	e.search()
	plan := e.bestPlan
	scenario.Complete(p, &plan)
	return serviceOf(p, &plan), &plan, e.nodes > 0
}

// demands lists the lines with their ranks, and how much of each item they need.
func (e *enumeration) demands() {
	var ranks []int
	for i := range e.p.Lines {
		ranks = append(ranks, e.p.Lines[i].Priority)
	}
	slices.Sort(ranks)
	ranks = slices.Compact(ranks)
	e.cost = make([]int64, len(ranks))
	for i := range e.p.Lines {
		l := &e.p.Lines[i]
		piece := l.Qty
		if l.MinShipment == 1 {
			piece = 1
		}
		for range l.Qty / piece {
			e.lines = append(e.lines, demand{line: l, qty: piece, rank: slices.Index(ranks, l.Priority)})
		}
	}
	for n := range e.lines {
		e.require(e.lines[n].line.Item, e.lines[n].qty, n)
	}
	for id, list := range e.required {
		sums := map[wip.Qty]bool{0: true}
		for _, q := range list {
			for _, s := range slices.Collect(maps.Keys(sums)) {
				sums[s+q] = true
			}
		}
		for s := range maps.Clone(sums) {
			sums[(s+1)/2], sums[(s+2)/3], sums[2*s/3] = true, true, true
		}
		delete(sums, 0)
		e.sizes[id] = slices.Sorted(maps.Keys(sums))
	}
}

// require adds the most that a demand for an item may need of it and of what is
// below it.
func (e *enumeration) require(id schedule.ItemID, q wip.Qty, n int) {
	if e.required[id] == nil {
		e.required[id] = make([]wip.Qty, len(e.lines))
	}
	e.required[id][n] += q
	for i := range e.p.Routings {
		r := &e.p.Routings[i]
		for k := range r.Steps {
			for _, need := range r.Steps[k].Needs {
				if r.Item == id {
					e.require(need.Item, need.Amount(q, 1), n)
					for _, a := range need.Alternates {
						e.require(a.Item, need.AmountOf(a, q, 1), n)
					}
				}
			}
		}
	}
}

func (e *enumeration) move(id schedule.ItemID, at time.Time, q wip.Qty) {
	e.stock[id] = append(e.stock[id], movement{at, q})
}

// available returns the first instant from one on from which there is always so
// much of an item, or false.
func (e *enumeration) available(id schedule.ItemID, q wip.Qty, from time.Time) (time.Time, bool) {
	instants := []time.Time{from}
	for _, m := range e.stock[id] {
		if m.at.After(from) {
			instants = append(instants, m.at)
		}
	}
	slices.SortFunc(instants, time.Time.Compare)
	first, ok := time.Time{}, false
	for n := len(instants) - 1; n >= 0; n-- {
		level := wip.Qty(0)
		for _, m := range e.stock[id] {
			if !m.at.After(instants[n]) {
				level += m.qty
			}
		}
		if level < q {
			break
		}
		first, ok = instants[n], true
	}
	return first, ok
}

// onHand is what there is of an item in the end.
func (e *enumeration) onHand(id schedule.ItemID) (sum wip.Qty) {
	for _, m := range e.stock[id] {
		sum += m.qty
	}
	return sum
}

// search tries everything that can come next.
func (e *enumeration) search() {
	if e.best != nil && slices.Compare(e.cost, e.best) >= 0 {
		return
	}
	if e.nodes--; e.nodes <= 0 {
		return
	}
	open := false
	for n := range e.lines {
		if d := &e.lines[n]; !d.done {
			open = true
			if n == 0 || e.lines[n-1].line != d.line || e.lines[n-1].done { // pieces one by one
				e.deliver(n)
			}
		}
	}
	if open {
		for i := range e.p.Items {
			e.supply(e.p.Items[i].ID)
		}
	}
	e.finish()
}

// finish counts what is not delivered as late to the end of the horizon.
func (e *enumeration) finish() {
	cost := slices.Clone(e.cost)
	for n := range e.lines {
		if d := &e.lines[n]; !d.done {
			cost[d.rank] += e.costOf(n, e.p.To, int64(d.qty))
		}
	}
	if e.best == nil || slices.Compare(cost, e.best) < 0 {
		e.best, e.bestPlan = cost, e.copyPlan()
	}
}

func (e *enumeration) copyPlan() schedule.Plan {
	return schedule.Plan{
		Orders: slices.Clone(e.plan.Orders), Operations: slices.Clone(e.plan.Operations),
		Purchases: slices.Clone(e.plan.Purchases), Deliveries: slices.Clone(e.plan.Deliveries),
	}
}

// costOf is what a delivery of demand n costs, or so much of it being short. A
// line is late once: with its first piece that is.
func (e *enumeration) costOf(n int, at time.Time, short int64) int64 {
	d := &e.lines[n]
	f := shortfall{late: int64(d.qty) * seconds(at.Sub(d.line.Due)), short: short}
	if d.late = f.late > 0; d.late && (n == 0 || e.lines[n-1].line != d.line || !e.lines[n-1].late) {
		f.lines = 1
	}
	return f.cost()
}

// deliver serves demand n.
func (e *enumeration) deliver(n int) {
	d := &e.lines[n]
	at, ok := e.available(d.line.Item, d.qty, d.line.Due)
	if !ok || !at.Before(e.p.To) {
		return
	}
	cost := e.costOf(n, at, 0)
	d.done = true
	e.cost[d.rank] += cost
	e.move(d.line.Item, at, -d.qty)
	e.plan.Deliveries = append(e.plan.Deliveries, schedule.Delivery{Line: d.line.ID, Qty: d.qty, At: at})
	e.search()
	e.plan.Deliveries = e.plan.Deliveries[:len(e.plan.Deliveries)-1]
	e.stock[d.line.Item] = e.stock[d.line.Item][:len(e.stock[d.line.Item])-1]
	e.cost[d.rank] -= cost
	d.done = false
}

// supply tries all lots of an item that is still needed.
func (e *enumeration) supply(id schedule.ItemID) {
	wanted := -e.onHand(id)
	for n, q := range e.required[id] {
		if !e.lines[n].done {
			wanted += q
		}
	}
	if wanted <= 0 {
		return
	}
	for i := range e.p.Routings {
		if r := &e.p.Routings[i]; r.Item == id {
			e.eachLot(e.x.Items.Find(id), &r.Source, wanted, func(q wip.Qty) { e.make(r, q, 0, schedule.PlannedOrder{}) })
		}
	}
	for i := range e.p.Supplies {
		if v := &e.p.Supplies[i]; v.Item == id {
			e.eachLot(e.x.Items.Find(id), &v.Source, wanted, func(q wip.Qty) { e.buy(v, q) })
		}
	}
}

// eachLot calls try with each lot size that does not exceed what is wanted by
// more than the lot rule demands.
func (e *enumeration) eachLot(x *schedule.Item, src *schedule.Source, wanted wip.Qty, try func(wip.Qty)) {
	rule := src.Lot
	if rule == (schedule.Lot{}) {
		rule = x.Lot
	}
	last := wip.Qty(0)
	for _, q := range e.sizes[x.ID] {
		if lot := rule.Next(min(q, wanted)); lot > last {
			last = lot
			try(lot)
		}
	}
}

func (e *enumeration) buy(v *schedule.Supply, q wip.Qty) {
	at := e.p.From.Add(v.LeadTime)
	if !at.Before(e.p.To) {
		return
	}
	id := fmt.Sprint("B", len(e.plan.Purchases))
	e.plan.Purchases = append(e.plan.Purchases, schedule.Purchase{
		ID: id, Supply: v.ID, Item: v.Item, Qty: q, Order: e.p.From, Arrival: at,
	})
	e.move(v.Item, at, q)
	e.search()
	e.stock[v.Item] = e.stock[v.Item][:len(e.stock[v.Item])-1]
	e.plan.Purchases = e.plan.Purchases[:len(e.plan.Purchases)-1]
}

// make places step k of an order, and those after it.
func (e *enumeration) make(r *schedule.Routing, q wip.Qty, k int, o schedule.PlannedOrder) {
	if k == 0 {
		o = schedule.PlannedOrder{
			ID: schedule.OrderID(fmt.Sprint("O", len(e.plan.Orders))), Item: r.Item, Routing: r.ID, Shop: r.Shop, Qty: q, End: e.p.From,
		}
	}
	if k == len(r.Steps) {
		e.produce(r, o)
		return
	}
	s := &r.Steps[k]
	for m := range s.Modes {
		e.choose(s, q, 0, nil, func(taken []movementOf) { e.operate(r, q, k, m, taken, o) })
	}
}

// A movementOf is what a step takes of an item.
type movementOf struct {
	item schedule.ItemID
	qty  wip.Qty
}

// choose tries all combinations of alternates.
func (e *enumeration) choose(s *schedule.Step, q wip.Qty, n int, taken []movementOf, with func([]movementOf)) {
	if n == len(s.Needs) {
		with(taken)
		return
	}
	need := &s.Needs[n]
	e.choose(s, q, n+1, append(taken[:n:n], movementOf{need.Item, need.Amount(q, 1)}), with)
	for _, a := range need.Alternates {
		e.choose(s, q, n+1, append(taken[:n:n], movementOf{a.Item, need.AmountOf(a, q, 1)}), with)
	}
}

// operate places one step in one mode as early as possible.
func (e *enumeration) operate(r *schedule.Routing, q wip.Qty, k, m int, taken []movementOf, o schedule.PlannedOrder) {
	s, mode := &r.Steps[k], &r.Steps[k].Modes[m]
	setup, run := mode.Work(s, q, 1, e.p.Times().Tick)
	start := o.End
	for moved := true; moved; {
		moved = false
		for _, t := range taken {
			at, ok := e.available(t.item, t.qty, start)
			if !ok {
				return
			}
			moved, start = moved || at.After(start), at
		}
		for _, u := range mode.Uses {
			for _, b := range e.busy[u.Resource] {
				if b.from.Before(start.Add(setup+run)) && start.Before(b.to) {
					moved, start = true, b.to
				}
			}
		}
	}
	end := start.Add(setup + run)
	if end.After(e.p.To) {
		return
	}
	for _, t := range taken {
		e.move(t.item, start, -t.qty)
	}
	for _, u := range mode.Uses {
		e.busy[u.Resource] = append(e.busy[u.Resource], stretch{start, end})
	}
	e.plan.Operations = append(e.plan.Operations, schedule.Operation{
		Order: o.ID, Step: s.ID, Qty: q, Mode: m, Start: start, End: end, Setup: setup,
	})
	if k == 0 {
		o.Release, o.Start = start, start
	}
	o.End = end
	e.make(r, q, k+1, o)
	e.plan.Operations = e.plan.Operations[:len(e.plan.Operations)-1]
	for _, u := range mode.Uses {
		e.busy[u.Resource] = e.busy[u.Resource][:len(e.busy[u.Resource])-1]
	}
	for _, t := range taken {
		e.stock[t.item] = e.stock[t.item][:len(e.stock[t.item])-1]
	}
}

// produce puts what an order makes into stock.
func (e *enumeration) produce(r *schedule.Routing, o schedule.PlannedOrder) {
	e.plan.Orders = append(e.plan.Orders, o)
	e.move(o.Item, o.End, o.Qty)
	for i := range r.Products {
		e.move(r.Products[i].Item, o.End, r.Products[i].Amount(o.Qty, 1))
	}
	e.search()
	for i := range r.Products {
		id := r.Products[i].Item
		e.stock[id] = e.stock[id][:len(e.stock[id])-1]
	}
	e.stock[o.Item] = e.stock[o.Item][:len(e.stock[o.Item])-1]
	e.plan.Orders = e.plan.Orders[:len(e.plan.Orders)-1]
}
