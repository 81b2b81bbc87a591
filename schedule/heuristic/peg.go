package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A flow is something that comes to a point or goes from it. Pegs lead from
// what comes to what goes: first come, first gone, except that an order made
// for a line serves that line first.
type flow struct {
	at    int64
	qty   wip.Qty
	point int32
	index int32 // of a balance, receipt, order, buy, trip, draw or ship
	part  int32 // product of an order
	kind  flowKind
}

type flowKind uint8

const (
	inStock flowKind = iota
	inReceipt
	inOrder
	inProduct
	inBuy
	inTrip
	outShip
	outDraw
	outTrip
)

// pegs matches what comes to and goes from every point.
func (x *extract) pegs() {
	in, out := x.incoming(), x.outgoing()
	slices.SortFunc(in, compareFlows)
	slices.SortFunc(out, compareFlows)
	pegs := make([]pegged, 0, len(out)+len(out)/4)
	for pt := range int32(len(x.points)) {
		var coming, going []flow
		coming, in = splitAfter(in, pt)
		going, out = splitAfter(out, pt)
		pegs = x.match(pt, coming, going, pegs)
	}
	pegs = x.sortPegs(pegs)
	x.pegged = pegs
	x.plan.Pegs = make([]schedule.Peg, 0, len(pegs))
	for n := range pegs {
		p := x.peg(&pegs[n])
		if last := len(x.plan.Pegs) - 1; last >= 0 && x.plan.Pegs[last].Supply == p.Supply && x.plan.Pegs[last].Demand == p.Demand && x.plan.Pegs[last].Item == p.Item {
			x.plan.Pegs[last].Qty += p.Qty
			continue
		}
		x.plan.Pegs = append(x.plan.Pegs, p)
	}
}

// splitAfter splits sorted flows after those of a point.
func splitAfter(list []flow, pt int32) (upTo, rest []flow) {
	n := 0
	for n < len(list) && list[n].point <= pt {
		n++
	}
	return list[:n], list[n:]
}

func compareFlows(a, b flow) int {
	return cmp.Or(cmp.Compare(a.point, b.point), cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind), cmp.Compare(a.index, b.index), cmp.Compare(a.part, b.part))
}

// A pegged is a peg before it is put into words.
type pegged struct {
	at              int64 // when the supply comes
	qty             wip.Qty
	point           int32
	in, out         int32 // indices of the flows
	inKind, outKind flowKind
}

// incoming collects what comes to the points.
func (x *extract) incoming() []flow {
	list := make([]flow, 0, len(x.p.Stock)+len(x.p.Receipts)+x.outputs()+len(x.buys)+len(x.trips))
	for i := range x.p.Stock {
		b := &x.p.Stock[i]
		list = append(list, flow{kind: inStock, index: int32(i), point: x.pointOf(b.Point), at: x.now, qty: b.Qty})
	}
	for i := range x.p.Receipts {
		r := &x.p.Receipts[i]
		pt := x.pointOf(wip.Point{Item: r.Item, Place: r.Location})
		list = append(list, flow{kind: inReceipt, index: int32(i), point: pt, at: x.receiptAt(r), qty: r.Qty})
	}
	for _, i := range x.sorted {
		o := &x.state.orders[i]
		r := &x.routings[o.routing]
		list = append(list, flow{kind: inOrder, index: i, point: r.point, at: o.end, qty: o.qty})
		for n := range r.products {
			c := &r.products[n]
			list = append(list, flow{
				kind: inProduct, index: i, part: int32(n), point: c.point, at: x.productAt(o, c), qty: x.productOf(o, c),
			})
		}
	}
	for i := range x.buys {
		if b := &x.buys[i]; !b.off {
			list = append(list, flow{kind: inBuy, index: int32(i), point: x.supplies[b.supply].point, at: b.arrival, qty: b.qty})
		}
	}
	for i := range x.trips {
		if t := &x.trips[i]; !t.off {
			list = append(list, flow{kind: inTrip, index: int32(i), point: t.to, at: t.arrives, qty: t.qty})
		}
	}
	return list
}

// outputs counts what the orders make.
func (x *extract) outputs() int {
	n := 0
	for _, i := range x.sorted {
		n += 1 + len(x.routings[x.state.orders[i].routing].products)
	}
	return n
}

// outgoing collects what goes from the points.
func (x *extract) outgoing() []flow {
	list := make([]flow, 0, len(x.trips)+len(x.draws)+len(x.ships))
	for i := range x.trips {
		if t := &x.trips[i]; !t.off {
			list = append(list, flow{kind: outTrip, index: int32(i), point: t.from, at: t.leaves, qty: t.qty})
		}
	}
	for i := range x.draws {
		if d := &x.draws[i]; !x.state.orders[x.ops[d.op].order].off {
			list = append(list, flow{kind: outDraw, index: int32(i), point: d.point, at: max(x.now, d.at), qty: d.qty})
		}
	}
	for i := range x.ships {
		if h := &x.ships[i]; !h.off {
			list = append(list, flow{kind: outShip, index: int32(i), point: x.lines[h.line].point, at: h.at, qty: h.qty})
		}
	}
	return list
}

// match pegs the flows of a point, both in the order of time.
func (x *extract) match(pt int32, in, out []flow, pegs []pegged) []pegged {
	free, held := x.hold(in)
	m := matching{pt: pt, pegs: pegs}
	next := 0
	for k := range out {
		d := &out[k]
		if d.kind == outShip && len(held) > 0 {
			own := x.lines[x.ships[d.index].line].ID
			m.serve(d, held, func(f *flow) bool { return x.madeFor(f) == own })
		}
		for next < len(free) && free[next].qty == 0 {
			next++
		}
		m.serve(d, free[next:], nil)
		m.serve(d, held, nil)
	}
	return m.pegs
}

// hold separates what is made for a line from what is for all.
func (x *extract) hold(in []flow) (free, held []flow) {
	for _, f := range in {
		if x.madeFor(&f) != "" {
			held = append(held, f)
		}
	}
	if len(held) == 0 {
		return in, nil
	}
	return slices.DeleteFunc(in, func(f flow) bool { return x.madeFor(&f) != "" }), held
}

// madeFor returns the line that an existing order was made for.
func (x *extract) madeFor(f *flow) schedule.LineID {
	if f.kind != inOrder || x.state.orders[f.index].existing < 0 {
		return ""
	}
	return x.p.Orders[x.state.orders[f.index].existing].Line
}

// A matching collects the pegs of a point.
type matching struct {
	pt   int32
	pegs []pegged
}

// serve gives a demand what there is by its time, the first to come first.
func (m *matching) serve(d *flow, in []flow, only func(*flow) bool) {
	for n := range in {
		f := &in[n]
		if d.qty == 0 || f.at > d.at {
			return
		}
		if q := min(f.qty, d.qty); q > 0 && (only == nil || only(f)) {
			m.pegs = append(m.pegs, pegged{f.at, q, m.pt, f.index, d.index, f.kind, d.kind})
			f.qty -= q
			d.qty -= q
		}
	}
}

func (x *extract) peg(p *pegged) schedule.Peg {
	return schedule.Peg{Supply: x.supplyRef(p), Demand: x.demandRef(p), Item: x.items[x.points[p.point].item].ID, Qty: p.qty}
}

func (x *extract) supplyRef(p *pegged) schedule.SupplyRef {
	switch i := p.in; p.inKind {
	case inStock:
		return schedule.SupplyRef{Kind: schedule.FromStock, Location: x.points[p.point].place}
	case inReceipt:
		return schedule.SupplyRef{Kind: schedule.FromReceipt, ID: string(x.p.Receipts[i].ID)}
	case inBuy:
		return schedule.SupplyRef{Kind: schedule.FromPurchase, ID: x.buy[i]}
	case inTrip:
		return schedule.SupplyRef{Kind: schedule.FromTransfer, ID: x.trip[i]}
	default:
		return schedule.SupplyRef{Kind: schedule.FromOrder, ID: string(x.order[i])}
	}
}

func (x *extract) demandRef(p *pegged) schedule.DemandRef {
	switch i := p.out; p.outKind {
	case outShip:
		return schedule.DemandRef{Kind: schedule.ForLine, ID: string(x.lines[x.ships[i].line].ID)}
	case outTrip:
		return schedule.DemandRef{Kind: schedule.ForTransfer, ID: x.trip[i]}
	default:
		o := &x.ops[x.draws[i].op]
		return schedule.DemandRef{Kind: schedule.ForStep, ID: string(x.order[o.order]), Step: x.stepOf(o).ID}
	}
}

// sortPegs orders pegs by supply, item and demand, each by kind and ID.
func (x *extract) sortPegs(pegs []pegged) []pegged {
	spots := x.spots()
	keys := make([]pegOrder, len(pegs))
	for n := range pegs {
		p := &pegs[n]
		keys[n] = pegOrder{
			supply: uint64(p.inKind.class())<<32 | uint64(x.supplyRank(p)),
			point:  uint64(spots[p.point])<<8 | uint64(p.outKind),
			demand: uint64(x.demandRank(p))<<32 | uint64(p.out),
			index:  int32(n),
		}
	}
	slices.SortFunc(keys, func(a, b pegOrder) int {
		return cmp.Or(cmp.Compare(a.supply, b.supply), cmp.Compare(a.point, b.point), cmp.Compare(a.demand, b.demand), cmp.Compare(a.index, b.index))
	})
	sorted := make([]pegged, len(pegs))
	for n := range keys {
		sorted[n] = pegs[keys[n].index]
	}
	return sorted
}

// A pegOrder is what a peg is sorted by: numbers that are made once, since a
// plan has many pegs.
type pegOrder struct {
	supply, point, demand uint64
	index                 int32
}

// spots ranks the points by place, then item.
func (x *extract) spots() []int32 {
	list := numbers(len(x.points))
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.points[a].place, x.points[b].place), cmp.Compare(x.points[a].item, x.points[b].item))
	})
	return places(list, len(list))
}

// class puts products with what they are made with.
func (k flowKind) class() flowKind {
	if k == inProduct {
		return inOrder
	}
	return k
}

// supplyRank is the place of a supply among those of its kind.
func (x *extract) supplyRank(p *pegged) int32 {
	switch p.inKind {
	case inStock:
		return 0
	case inOrder, inProduct:
		return x.rank[p.in]
	case inBuy:
		return x.buyRank[p.in]
	case inTrip:
		return x.tripRank[p.in]
	default:
		return p.in
	}
}

func (x *extract) demandRank(p *pegged) int32 {
	switch p.outKind {
	case outDraw:
		return x.rank[x.ops[x.draws[p.out].op].order]
	case outTrip:
		return x.tripRank[p.out]
	default:
		return x.ships[p.out].line
	}
}
