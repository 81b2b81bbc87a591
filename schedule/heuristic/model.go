package heuristic

import (
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A model is a compiled problem: dense indices in place of IDs, instants in
// place of times. It does not change while a plan is made.
type model struct {
	clock
	p *schedule.Problem
	x *schedule.Index

	times schedule.Times

	// Instants. Nothing happens before now or at or after horizon; nothing
	// new starts before fence. What is at work goes on at present, which is
	// now rounded down.
	present, now, fence, horizon int64

	items     []item
	points    []point
	resources []resource
	routings  []routing
	supplies  []supply
	lanes     []lane
	partners  []partner
	places    []place
	ready     []int64 // of each provision
	lines     []line
	objective schedule.Objective
	overtime  bool // some resource has overtime
	soft      bool // there are safety times or soft waits
	infinite  bool // capacity does not count

	byPoint  map[wip.Point]int32
	families []capacity.Family
}

// pointOf returns the index of a point that the problem names.
func (m *model) pointOf(p wip.Point) int32 { return m.byPoint[p] }

type item struct {
	*schedule.Item
	scale    int64
	ready    int64 // of all its provisions
	routings []int32
	supplies []int32
}

// A point is an item at a location, with the ways to get it there.
type point struct {
	item    int32
	place   schedule.LocationID
	room    int32 // of the location, if its area is limited, or nobody
	area    int64 // of it that a base unit takes
	sources []source
	shared  bool // sources have shares
}

type sourceKind uint8

const (
	makes sourceKind = iota
	buys
	brings
)

// A source is one way to get an item to a place.
type source struct {
	*schedule.Source
	kind   sourceKind
	ref    int32 // routing, supply or lane
	item   int32
	from   int32 // point that a lane takes from
	lot    schedule.Lot
	period int64 // of a period cover
	safety int64 // how long before its need a lot should be there
	opens  int64 // effective
	until  int64
	piece  int // of the times with lot rules of their own, the last is 0
}

type resource struct {
	*capacity.Resource
	units   int64
	always  *timeline // working time with overtime
	regular *timeline // and without
	table   *capacity.ChangeoverTable
	changes map[[2]int32]capacity.Changeover // looked up so far
	family  int32                            // set up for at first
	members []int32
	buckets []bucket
}

type supply struct {
	*schedule.Supply
	item     int32
	point    int32
	working  *timeline
	lead     int64
	uses     []use
	earliest int64 // that an order may be placed
	until    int64
	period   int64 // of its capacity; 0: no limit
}

type partner struct {
	*schedule.Partner
	working *timeline
	period  int64
}

type lane struct {
	*schedule.Lane
	items                     []int32 // nil: all
	uses                      []use   // of buckets
	time, trip, handling      int64
	vehicle, fromDock, toDock int32 // -1: none
	from, until               int64
}

type routing struct {
	*schedule.Routing
	item     int32
	point    int32
	scale    int64
	steps    []step
	forward  []int32 // topological order
	ready    int64   // of the item's provisions
	opens    int64   // effective
	until    int64
	tight    bool    // some wait has a maximum
	most     wip.Qty // that can be made in one lot; 0: any amount
	products []product
	holds    []hold
	lead     int64
}

type product struct {
	*schedule.Product
	point int32
	step  int32 // -1: at the end of the order
	from  int64
	until int64
}

type step struct {
	*schedule.Step
	modes   []mode
	partner int32 // -1: none
	lead    int64
	needs   []need
	before  []arc // from predecessors
	after   []arc // to successors
	family  int32
	ready   int64
	queue   int64
}

// An arc is a link as seen from one of its steps.
type arc struct {
	step    int32
	wait    int64 // least, with move and queue
	soft    int64 // least if there is time
	maxWait int64 // never: no limit
	overlap bool  // transfer lots may go on before the whole lot
}

// A mode is one way to do a step, with one resource for each use.
type mode struct {
	*schedule.Mode
	index   int
	uses    []use
	pooled  bool      // some use is served by a member of a pool
	counted bool      // some use takes from buckets
	second  int       // by the priorities of those who serve; 0: first choice
	always  *timeline // working time of all uses together, with overtime
	regular *timeline
	from    int64
	until   int64
}

type use struct {
	resource int32
	units    int64
	of       *schedule.Use // nil for what transfers occupy
}

type need struct {
	*schedule.Need
	choices []choice // the item itself, then its alternates by priority
	offset  int64    // rounded down to the tick
	rest    int64    // a tick, if that cut anything off
	from    int64
	until   int64
}

// A choice is an item that can serve a need.
type choice struct {
	alternate *schedule.Alternate // nil: the need's own item
	point     int32
	from      int64
	until     int64
}

type line struct {
	*schedule.ContractLine
	index    int
	point    int32
	due      int64
	earliest int64
	latest   int64 // never: no limit
	late     int64 // prices
	short    int64
	scale    int64
}

// machine returns the resource whose setup and efficiency count, or nobody.
func (m *mode) machine() int32 {
	if len(m.uses) == 0 {
		return nobody
	}
	return m.uses[0].resource
}

func (m *mode) working(overtime bool) *timeline {
	if overtime {
		return m.always
	}
	return m.regular
}

// amount is what a choice takes for q entering the step.
func (n *need) amount(c *choice, q wip.Qty, scale int64) wip.Qty {
	if c.alternate == nil {
		return n.Amount(q, scale)
	}
	return n.AmountOf(*c.alternate, q, scale)
}

func within(at, from, until int64) bool { return at >= from && at < until }
