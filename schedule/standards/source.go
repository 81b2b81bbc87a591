package standards

import (
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A source is the way to get an item to a point that a planner tries first. At
// most one of the three is set.
type source struct {
	routing *schedule.Routing
	supply  *schedule.Supply
	lane    *schedule.Lane
}

// common returns what the ways have in common, or nil if there is no way.
func (s source) common() *schedule.Source {
	switch {
	case s.routing != nil:
		return &s.routing.Source
	case s.supply != nil:
		return &s.supply.Source
	case s.lane != nil:
		return &s.lane.Source
	default:
		return nil
	}
}

// A node is a point that something is needed at.
type node struct {
	point  wip.Point
	item   *schedule.Item
	source source
	takers []int // nodes that take from here, a node twice if it does so twice

	need wip.Qty // over the programme
	out  wip.Qty // least amount that a taker takes at once; 0 if none does
}

// A network is what a programme needs, each point before those that it takes
// from.
type network struct {
	p       *schedule.Problem
	x       *schedule.Index
	g       Programme
	nodes   []node
	at      map[wip.Point]int
	visited map[wip.Point]bool // being looked at, or done
}

// newNetwork follows the demand of a programme down to what is bought.
func newNetwork(p *schedule.Problem, x *schedule.Index, g Programme) *network {
	n := &network{p: p, x: x, g: g, at: map[wip.Point]int{}, visited: map[wip.Point]bool{}}
	for _, d := range g.Demand {
		n.visit(d.Point)
	}
	// Points were finished after what they take from.
	slices.Reverse(n.nodes)
	for i := range n.nodes {
		n.at[n.nodes[i].point] = i
	}
	for i := range n.nodes {
		for _, from := range n.takesFrom(&n.nodes[i]) {
			// Lanes may go round in a circle; what closes it does not count.
			if k := n.at[from]; k > i {
				n.nodes[k].takers = append(n.nodes[k].takers, i)
			}
		}
	}
	for _, d := range g.Demand {
		q := &n.nodes[n.at[d.Point]].need
		*q = plus(*q, d.Qty)
	}
	return n
}

func (n *network) visit(point wip.Point) {
	if n.visited[point] {
		return
	}
	n.visited[point] = true
	item := n.x.Items.Find(point.Item)
	v := node{point: point, item: item, source: n.choose(point)}
	for _, from := range n.takesFrom(&v) {
		n.visit(from)
	}
	n.nodes = append(n.nodes, v)
}

// choose returns the source of lowest priority number that is effective when
// the programme begins; of equal ones that listed first, routings before
// supplies before lanes.
func (n *network) choose(point wip.Point) (best source) {
	better := func(s source) {
		c := s.common()
		if c.Effective.Contains(n.g.From) && (best.common() == nil || c.Priority < best.common().Priority) {
			best = s
		}
	}
	for i := range n.p.Routings {
		if r := &n.p.Routings[i]; r.Item == point.Item && n.place(r.Shop) == point.Place {
			better(source{routing: r})
		}
	}
	for i := range n.p.Supplies {
		if s := &n.p.Supplies[i]; s.Item == point.Item && s.Location == point.Place {
			better(source{supply: s})
		}
	}
	for i := range n.p.Lanes {
		l := &n.p.Lanes[i]
		if l.To == point.Place && (len(l.Items) == 0 || slices.Contains(l.Items, point.Item)) {
			better(source{lane: l})
		}
	}
	return best
}

// place returns where a shop takes from and puts to.
func (n *network) place(shop schedule.ShopID) schedule.LocationID {
	if s := n.x.Shops.Find(shop); s != nil {
		return s.Location
	}
	return ""
}

// takesFrom returns the points that the source of a node takes from.
func (n *network) takesFrom(v *node) []wip.Point {
	var points []wip.Point
	if v.source.lane != nil {
		points = append(points, wip.Point{Item: v.point.Item, Place: v.source.lane.From})
	}
	if r := v.source.routing; r != nil {
		for i := range r.Steps {
			for k := range r.Steps[i].Needs {
				points = append(points, n.needPoint(r, &r.Steps[i].Needs[k]))
			}
		}
	}
	return points
}

func (n *network) needPoint(r *schedule.Routing, need *schedule.Need) wip.Point {
	at := need.Location
	if at == "" {
		at = n.place(r.Shop)
	}
	return wip.Point{Item: need.Item, Place: at}
}

// pass hands the need of a node on to the points after it that it takes from,
// for as many lots as it takes.
func (n *network) pass(i int, lot wip.Qty) {
	v := &n.nodes[i]
	take := func(point wip.Point, aLot wip.Qty) {
		at := n.at[point]
		if at <= i {
			return // this closes a circle of lanes
		}
		from := &n.nodes[at]
		from.need = plus(from.need, times(aLot, int64(v.need), int64(lot)))
		if aLot > 0 && (from.out == 0 || aLot < from.out) {
			from.out = aLot
		}
	}
	if v.source.lane != nil {
		take(wip.Point{Item: v.point.Item, Place: v.source.lane.From}, lot)
	}
	if r := v.source.routing; r != nil {
		in := inputs(r, lot)
		for s := range r.Steps {
			for k := range r.Steps[s].Needs {
				need := &r.Steps[s].Needs[k]
				if need.Effective.Contains(n.g.From) {
					take(n.needPoint(r, need), need.Amount(in[s], v.item.Scale()))
				}
			}
		}
	}
}
