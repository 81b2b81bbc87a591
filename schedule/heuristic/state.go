package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A state is a plan in the making. Everything in it is either placed, and then
// counted in the levels and gaps, or not. Whatever is placed or taken away is
// noted on the trail, and undone from there in reverse order.
type state struct {
	*model
	stock []level // of each point
	room  []level // free area of each location that has a limit
	crowd []int64 // how much of it was missing before planning
	busy  []gaps  // of each resource with one unit
	spare []level // free units of each resource with several
	given []quota // of each partner, whole units taken on by period
	bound []quota // of each supply, amounts that arrive by period
	taken []quota // of each resource with buckets, amounts by bucket

	orders []order
	ops    []op
	draws  []draw
	buys   []buy
	trips  []trip
	ships  []ship
	trail  []entry

	setUp    []int32 // family of each resource at first
	setSince []int64 // and when the work began that left it so
	existing []int32 // order of each of Problem.Orders

	open    []bool              // points that are being supplied
	sourced map[sourceKey]int64 // amounts by source, of points with shares
	demand  [][]int32           // lines of each point by due date
	planned []bool              // lines that have been looked at
	parts   [][]part            // what was placed for each line
	spared  [][]part            // and stayed when it was taken away, since others need it
	boosted int32               // point whose lots are made larger by more, or nobody
	more    wip.Qty
	missed  []shortage

	past       []past    // orders of the previous plan
	pastLots   [][]int32 // of each routing, by end
	pastOrders []int32   // of each of Problem.Orders, or nobody
	pastShips  []int64   // of each line: when it was delivered whole, or −1
	steady     bool      // lines that were late may be as late again

	names map[string]bool        // of the previous plan
	inUse func(name string) bool // may be nil

	dropped []dropped
	left    []bool   // of each of Problem.Orders: it is dropped
	why     []excuse // of each line that is short

	owner     int32 // line that is being planned, or nobody
	budget    int   // sources that may still be tried for it
	slack     bool  // safety times and soft waits are kept
	extra     bool  // overtime may be used
	hurried   bool  // supplies are as early as possible
	pieces    int64 // into how many lots what is late is split, or 0
	closed    bool  // nothing new may be supplied
	direction Direction
	excuse    excuse
}

// quota counts what is used of a limit, by period.
type quota map[int64]int64

// An order is a lot of a routing.
type order struct {
	routing  int32
	existing int32 // in Problem.Orders, or -1
	past     int32 // in state.past, or nobody
	owner    int32
	first    int32 // operation of its first step; the others follow
	qty      wip.Qty
	release  int64
	start    int64
	end      int64
	need     int64            // when it was wanted
	off      bool             // taken away
	draft    bool             // some of it is taken away, to be placed again
	id       schedule.OrderID // in the plan that hangs on a board, if any
}

// Modes of steps that have none.
const (
	unplaced   int32 = -1
	instantly  int32 = -2 // neither modes nor a partner
	contracted int32 = -3 // with a partner
	history    int32 = -4 // done, nobody knows when
)

// An op is a step of an order. It is placed if mode is not unplaced.
type op struct {
	order    int32
	step     int32
	mode     int32 // in step.modes, or one of the values above
	draws    int32 // first of its draws, or -1
	qty      wip.Qty
	start    int64
	end      int64
	setup    int64 // changeover included
	change   int64 // changeover alone
	overtime bool
	fixed    bool // may not be moved by others
	done     bool
	started  bool
	issued   bool // its material has been taken already
}

// A draw takes material for an operation.
type draw struct {
	op    int32
	next  int32 // of the same operation, or -1
	need  int32
	which int32 // choice of the need
	point int32
	at    int64
	qty   wip.Qty
}

// A buy is a purchase.
type buy struct {
	supply  int32
	owner   int32
	placed  int64
	arrival int64
	qty     wip.Qty
	need    int64
	off     bool   // taken away
	id      string // in the plan that hangs on a board, if any
}

// A trip is a transfer on a lane.
type trip struct {
	lane    int32
	owner   int32
	from    int32 // points
	to      int32
	trips   int64
	leaves  int64
	arrives int64
	qty     wip.Qty
	need    int64
	off     bool   // taken away
	id      string // in the plan that hangs on a board, if any
}

// A ship is a delivery on a line.
type ship struct {
	line int32
	at   int64
	qty  wip.Qty
	off  bool // taken away
}

func newState(m *model) *state {
	s := &state{
		model: m, stock: make([]level, len(m.points)), room: make([]level, len(m.places)),
		crowd: make([]int64, len(m.places)),
		busy:  make([]gaps, len(m.resources)), spare: make([]level, len(m.resources)),
		given: make([]quota, len(m.partners)), bound: make([]quota, len(m.supplies)), taken: make([]quota, len(m.resources)),
		open: make([]bool, len(m.points)), sourced: map[sourceKey]int64{}, demand: make([][]int32, len(m.points)),
		planned: make([]bool, len(m.lines)), why: make([]excuse, len(m.lines)),
		setUp: make([]int32, len(m.resources)), setSince: make([]int64, len(m.resources)),
		existing: make([]int32, len(m.p.Orders)), left: make([]bool, len(m.p.Orders)), owner: nobody, boosted: nobody,
		parts: make([][]part, len(m.lines)),
	}
	for l := range m.lines {
		s.demand[m.lines[l].point] = append(s.demand[m.lines[l].point], int32(l))
	}
	for _, lines := range s.demand {
		slices.SortFunc(lines, func(i, j int32) int {
			return cmp.Or(cmp.Compare(m.lines[i].due, m.lines[j].due), cmp.Compare(i, j))
		})
	}
	for i := range s.stock {
		s.stock[i].init(0)
	}
	for i := range s.room {
		s.room[i].init(m.places[i].area)
	}
	for i := range s.given {
		s.given[i] = quota{}
	}
	for i := range s.bound {
		s.bound[i] = quota{}
	}
	for i := range m.resources {
		s.openResource(i)
	}
	for i := range m.p.Stock {
		b := &m.p.Stock[i]
		s.shift(m.pointOf(b.Point), m.now, int64(b.Qty))
	}
	for i := range m.p.Receipts {
		r := &m.p.Receipts[i]
		s.shift(m.pointOf(wip.Point{Item: r.Item, Place: r.Location}), m.receiptAt(r), int64(r.Qty))
	}
	s.noteCrowds()
	s.reserve()
	return s
}

// reserve makes room for as much as the lines take if each has an order of its
// own and nothing below has to be made.
func (s *state) reserve() {
	ops, draws := 0, 0
	for i := range s.lines {
		for _, src := range s.points[s.lines[i].point].sources {
			if src.kind == makes {
				r := &s.routings[src.ref]
				ops += len(r.steps)
				for k := range r.steps {
					draws += len(r.steps[k].needs)
				}
				break
			}
		}
	}
	s.orders = make([]order, 0, len(s.lines))
	s.ops, s.draws = make([]op, 0, ops), make([]draw, 0, draws)
	s.ships = make([]ship, 0, len(s.lines))
}

// openResource makes all its units free, but for partial outages.
func (s *state) openResource(i int) {
	r := &s.resources[i]
	if r.counted() {
		s.taken[i] = quota{}
		s.spare[i].init(never)
		return
	}
	if r.unary() {
		s.busy[i].init(r.regular)
		return
	}
	s.spare[i].init(r.units)
	for _, out := range r.Maintenance {
		if out.Units > 0 && out.Units < r.Units {
			s.spare[i].add(s.at(out.From), -int64(out.Units))
			s.spare[i].add(s.after(out.To), int64(out.Units))
		}
	}
}

// receiptAt returns when a receipt is expected.
func (m *model) receiptAt(r *schedule.Receipt) int64 {
	return max(m.now, m.after(r.At))
}

func (s *state) stepOf(o *op) *step {
	return &s.routings[s.orders[o.order].routing].steps[o.step]
}

func (s *state) modeOf(o *op) *mode { return &s.stepOf(o).modes[o.mode] }

// wholeUnits is what an operation counts against a partner's capacity.
func (s *state) wholeUnits(o *op) int64 {
	return ceilDiv(int64(o.qty), s.routings[s.orders[o.order].routing].scale)
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// mulDiv returns a·b/c, saturated; none is negative.
func mulDiv(a, b, c int64) int64 {
	if q, ok := wip.Qty(a).MulDiv(b, c); ok {
		return int64(q)
	}
	return never / 4
}
