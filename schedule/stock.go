package schedule

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// A StockPoint is the projected stock of an item at a location.
type StockPoint struct {
	wip.Point
	// Movements are in the order of time; at one instant what comes in is
	// before what goes out, and otherwise they are in the order of their kind
	// and index.
	Movements []Movement
}

// A Movement changes the stock of a point.
type Movement struct {
	// At is the instant, Now at the earliest.
	At time.Time
	// Qty is positive for what comes in, negative for what goes out, and
	// Balance the stock after it.
	Qty, Balance wip.Qty
	Kind         MovementKind
	// Index is where the cause is in the slice that Kind names.
	Index int
}

// A MovementKind says what moves stock.
type MovementKind uint8

const (
	OpeningStock MovementKind = iota // [Problem.Stock]
	ReceiptIn                        // [Problem.Receipts]
	OrderIn                          // [Plan.Orders]: the item or a product at the end
	StepIn                           // [Plan.Operations]: a product at the end of the step
	OutsideIn                        // [Plan.Subcontracts]: the same, of a subcontracted step
	PurchaseIn                       // [Plan.Purchases]
	TransferIn                       // [Plan.Transfers]
	StepOut                          // [Plan.Operations]: consumption
	OutsideOut                       // [Plan.Subcontracts]: consumption
	TransferOut                      // [Plan.Transfers]
	DeliveryOut                      // [Plan.Deliveries]
)

// In reports whether what it moves comes in, unless its quantity is negative.
func (k MovementKind) In() bool { return k < StepOut }

// Supply returns what pegs call the cause of a movement that comes in at a
// location.
func (m *Movement) Supply(p *Problem, plan *Plan, at LocationID) SupplyRef {
	switch m.Kind {
	case ReceiptIn:
		return SupplyRef{Kind: FromReceipt, ID: string(p.Receipts[m.Index].ID)}
	case OrderIn:
		return SupplyRef{Kind: FromOrder, ID: string(plan.Orders[m.Index].ID)}
	case StepIn:
		return SupplyRef{Kind: FromOrder, ID: string(plan.Operations[m.Index].Order)}
	case OutsideIn:
		return SupplyRef{Kind: FromOrder, ID: string(plan.Subcontracts[m.Index].Order)}
	case PurchaseIn:
		return SupplyRef{Kind: FromPurchase, ID: plan.Purchases[m.Index].ID}
	case TransferIn:
		return SupplyRef{Kind: FromTransfer, ID: plan.Transfers[m.Index].ID}
	default:
		return SupplyRef{Kind: FromStock, Location: at}
	}
}

// Demand returns what pegs call the cause of a movement that goes out.
func (m *Movement) Demand(plan *Plan) DemandRef {
	switch m.Kind {
	case StepOut:
		o := &plan.Operations[m.Index]
		return DemandRef{Kind: ForStep, ID: string(o.Order), Step: o.Step}
	case OutsideOut:
		o := &plan.Subcontracts[m.Index]
		return DemandRef{Kind: ForStep, ID: string(o.Order), Step: o.Step}
	case TransferOut:
		return DemandRef{Kind: ForTransfer, ID: plan.Transfers[m.Index].ID}
	default:
		return DemandRef{Kind: ForLine, ID: string(plan.Deliveries[m.Index].Line)}
	}
}

// StockProfile projects the stock of every point that plan or p moves, sorted
// by the position of the item, then of the location, in the problem. What
// refers to things that p does not have is left out.
//
// A step that is done, or whose material is issued, consumes nothing any more.
// A need is met in full by its own item, unless the plan pegs one of its
// alternates to the step and not the item itself. What should have happened
// before Now happens Now.
//
// It takes O(n log n) time and one pass over the plan.
func StockProfile(p *Problem, plan *Plan) []StockPoint {
	return newStockBook(p, plan, NewIndex(p)).profile()
}

// A stockBook collects movements before they are sorted.
type stockBook struct {
	p      *Problem
	plan   *Plan
	x      *Index
	now    time.Time
	points map[wip.Point]int
	list   []StockPoint
	count  []int
	lines  []Movement
	of     []int32 // the point of each line
	// pegged holds the items pegged to steps, if p has alternates at all.
	pegged map[pegKey]struct{}
	// alternates is the price of using them.
	alternates int64
}

type pegKey struct {
	order OrderID
	step  StepID
	item  ItemID
}

func newStockBook(p *Problem, plan *Plan, x *Index) *stockBook {
	b := &stockBook{p: p, plan: plan, x: x, now: p.Times().Now, points: map[wip.Point]int{}, pegged: map[pegKey]struct{}{}}
	// What a plan takes is pegged, so that there are about as many movements.
	about := len(p.Stock) + len(p.Receipts) + len(plan.Orders) + len(plan.Purchases) + len(plan.Transfers) + len(plan.Pegs)
	b.lines, b.of = make([]Movement, 0, about), make([]int32, 0, about)
	if p.hasAlternates() {
		for i := range plan.Pegs {
			if d := &plan.Pegs[i].Demand; d.Kind == ForStep {
				b.pegged[pegKey{OrderID(d.ID), d.Step, plan.Pegs[i].Item}] = struct{}{}
			}
		}
	}
	b.supplies()
	b.production()
	b.transfers()
	b.deliveries()
	return b
}

func (p *Problem) hasAlternates() bool {
	for i := range p.Routings {
		for j := range p.Routings[i].Steps {
			for k := range p.Routings[i].Steps[j].Needs {
				if len(p.Routings[i].Steps[j].Needs[k].Alternates) > 0 {
					return true
				}
			}
		}
	}
	return false
}

// move notes a movement of a known item.
func (b *stockBook) move(item ItemID, at LocationID, when time.Time, qty wip.Qty, kind MovementKind, index int) {
	if qty == 0 || b.x.Items.Find(item) == nil {
		return
	}
	point := wip.Point{Item: item, Place: at}
	i, ok := b.points[point]
	if !ok {
		i = len(b.list)
		b.points[point] = i
		b.list = append(b.list, StockPoint{Point: point})
		b.count = append(b.count, 0)
	}
	b.count[i]++
	b.lines = append(b.lines, Movement{At: later(b.now, when), Qty: qty, Kind: kind, Index: index})
	b.of = append(b.of, int32(i))
}

func (b *stockBook) supplies() {
	for i := range b.p.Stock {
		s := &b.p.Stock[i]
		b.move(s.Point.Item, s.Point.Place, b.now, s.Qty, OpeningStock, i)
	}
	for i := range b.p.Receipts {
		r := &b.p.Receipts[i]
		b.move(r.Item, r.Location, r.At, r.Qty, ReceiptIn, i)
	}
	for i := range b.plan.Purchases {
		q := &b.plan.Purchases[i]
		if s := b.x.Supplies.Find(q.Supply); s != nil {
			b.move(s.Item, s.Location, q.Arrival, q.Qty, PurchaseIn, i)
		}
	}
}

func (b *stockBook) production() {
	order := make(map[OrderID]*Routing, len(b.plan.Orders))
	qty := make(map[OrderID]wip.Qty, len(b.plan.Orders))
	for i := range b.plan.Orders {
		o := &b.plan.Orders[i]
		r := b.x.Routings.Find(o.Routing)
		if r == nil {
			continue
		}
		order[o.ID], qty[o.ID] = r, o.Qty
		b.move(o.Item, b.x.place(r, ""), o.End, o.Qty, OrderIn, i)
		b.products(r, "", o.Qty, o.End, OrderIn, i)
	}
	for i := range b.plan.Operations {
		o := &b.plan.Operations[i]
		if r := order[o.Order]; r != nil {
			b.products(r, o.Step, qty[o.Order], o.End, StepIn, i)
			b.consume(r, o.Order, o.Step, o.Qty, o.Start, StepOut, i)
		}
	}
	for i := range b.plan.Subcontracts {
		o := &b.plan.Subcontracts[i]
		if r := order[o.Order]; r != nil {
			b.products(r, o.Step, qty[o.Order], o.End, OutsideIn, i)
			b.consume(r, o.Order, o.Step, o.Qty, o.Start, OutsideOut, i)
		}
	}
}

// products notes what comes at the end of a step; the empty step stands for
// the end of the order.
func (b *stockBook) products(r *Routing, step StepID, qty wip.Qty, end time.Time, kind MovementKind, index int) {
	for i := range r.Products {
		if c := &r.Products[i]; c.Step == step && c.Effective.Contains(end) {
			b.move(c.Item, b.x.place(r, c.Location), end, c.Amount(qty, b.x.scale(r.Item)), kind, index)
		}
	}
}

func (b *stockBook) consume(r *Routing, order OrderID, id StepID, qty wip.Qty, start time.Time, kind MovementKind, index int) {
	step, state := b.x.Step(r.ID, id), b.x.State(order, id)
	if step == nil || state != nil && (state.Issued || state.Done) {
		return
	}
	for i := range step.Needs {
		n := &step.Needs[i]
		if !n.Effective.Contains(start) {
			continue
		}
		item, amount := b.takes(n, order, id, qty, b.x.scale(r.Item))
		b.move(item, b.x.place(r, n.Location), start.Add(n.Offset), -amount, kind, index)
	}
}

// takes returns the item, own or alternate, that a step takes for a need.
func (b *stockBook) takes(n *Need, order OrderID, step StepID, qty wip.Qty, scale int64) (ItemID, wip.Qty) {
	if _, own := b.pegged[pegKey{order, step, n.Item}]; !own {
		for _, a := range n.Alternates {
			if _, ok := b.pegged[pegKey{order, step, a.Item}]; ok {
				amount := n.AmountOf(a, qty, scale)
				b.alternates = sum(b.alternates, scaled(a.Cost, int64(amount), b.x.scale(a.Item)))
				return a.Item, amount
			}
		}
	}
	return n.Item, n.Amount(qty, scale)
}

func (b *stockBook) transfers() {
	for i := range b.plan.Transfers {
		t := &b.plan.Transfers[i]
		if l := b.x.Lanes.Find(t.Lane); l != nil {
			b.move(t.Item, l.From, t.Departure, -t.Qty, TransferOut, i)
			b.move(t.Item, l.To, t.Arrive, t.Qty, TransferIn, i)
		}
	}
}

func (b *stockBook) deliveries() {
	for i := range b.plan.Deliveries {
		d := &b.plan.Deliveries[i]
		if l := b.x.Lines.Find(d.Line); l != nil {
			b.move(l.Item, l.Location, d.At, -d.Qty, DeliveryOut, i)
		}
	}
}

// profile sorts the movements and draws the balances.
func (b *stockBook) profile() []StockPoint {
	b.gather()
	for i := range b.list {
		slices.SortFunc(b.list[i].Movements, compareMovements)
		var balance wip.Qty
		for j := range b.list[i].Movements {
			m := &b.list[i].Movements[j]
			balance = plus(balance, m.Qty)
			m.Balance = balance
		}
	}
	slices.SortFunc(b.list, func(v, w StockPoint) int {
		return cmp.Or(
			cmp.Compare(b.x.Items.Position(v.Item), b.x.Items.Position(w.Item)),
			cmp.Compare(b.x.Locations.Position(v.Place), b.x.Locations.Position(w.Place)),
			cmp.Compare(v.Place, w.Place))
	})
	return b.list
}

// gather brings the lines of each point together, in place: each is swapped to
// where its point has room, until it is the turn of the next point.
func (b *stockBook) gather() {
	next, end := make([]int, len(b.count)), make([]int, len(b.count))
	at := 0
	for i, n := range b.count {
		next[i], end[i] = at, at+n
		b.list[i].Movements = b.lines[at:end[i]:end[i]]
		at += n
	}
	for i := range next {
		for next[i] < end[i] {
			from, to := next[i], next[b.of[next[i]]]
			next[b.of[from]]++
			b.lines[from], b.lines[to] = b.lines[to], b.lines[from]
			b.of[from], b.of[to] = b.of[to], b.of[from]
		}
	}
}

func compareMovements(v, w Movement) int {
	if c := v.At.Compare(w.At); c != 0 {
		return c
	}
	if in, out := v.Qty > 0, w.Qty > 0; in != out {
		if in {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(v.Kind, w.Kind), cmp.Compare(v.Index, w.Index), cmp.Compare(v.Qty, w.Qty))
}

// plus adds amounts of either sign and saturates.
func plus(a, b wip.Qty) wip.Qty {
	sum, ok := a.Add(b)
	switch {
	case ok:
		return sum
	case b > 0:
		return math.MaxInt64
	default:
		return math.MinInt64
	}
}

// place returns a location, or that of the routing's shop if it is empty.
func (x *Index) place(r *Routing, at LocationID) LocationID {
	if at != "" {
		return at
	}
	if s := x.Shops.Find(r.Shop); s != nil {
		return s.Location
	}
	return ""
}

// scale returns how many base units make a whole unit of an item.
func (x *Index) scale(item ItemID) int64 {
	if it := x.Items.Find(item); it != nil {
		return it.Scale()
	}
	return 1
}
