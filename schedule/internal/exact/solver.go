package exact

import "github.com/taktplan/takt/schedule/internal/plain"

// A Status is what is known about the question.
type Status uint8

const (
	Open       Status = iota // not decided yet
	Feasible                 // there is a schedule: see Solver.Heads
	Infeasible               // there is none
)

// A Solver decides one question: is there a schedule with a makespan of at
// most limit?
type Solver struct {
	shop   *plain.Shop
	limit  int32
	status Status

	orders  orders
	bounds  bounds
	clauses clauses
	rank    activity

	trail  []lit   // orders decided and implied, oldest first
	levels []int32 // length of trail before each decision
	done   int     // orders of trail whose arcs have been followed

	learnt  []lit
	seen    []bool // by lit
	marked  []lit
	cause   []lit // scratch: explanation of one order or of a conflict
	refuted []lit // the orders, all true, that cannot hold together

	dull    []int32 // machines on which edges may be found
	isDull  []bool
	sorted  []int32 // scratch of sharpen
	members []int32 // scratch of blameSet

	conflicts, restartAt int64
	runs                 uint
}

// New returns a solver of the question. It takes memory in proportion to the
// sum of the squares of the machines' numbers of operations, and for clauses
// as many int32 as it is told.
func New(s *plain.Shop, limit int32, clauseMemory int) *Solver {
	x := &Solver{shop: s}
	x.orders.init(s)
	x.bounds.init(s)
	n := len(x.orders.from)
	x.clauses.init(n, clauseMemory)
	x.rank.init(&x.orders)
	x.trail = make([]lit, 0, n)
	x.levels = make([]int32, 0, n+1)
	x.learnt = make([]lit, 0, n)
	x.cause = make([]lit, 0, n)
	x.marked = make([]lit, 0, n)
	x.refuted = make([]lit, 0, n)
	x.seen = make([]bool, n)
	x.isDull = make([]bool, s.Machines)
	x.dull = make([]int32, 0, s.Machines)
	x.sorted = make([]int32, 0, s.Ops())
	x.members = make([]int32, 0, s.Ops())
	x.restartAt = restartUnit
	x.ask(limit)
	return x
}

// Reset asks for another limit. It forgets all but which pairs are worth
// deciding and how.
func (x *Solver) Reset(limit int32) {
	x.backtrack(0)
	x.unassign(0)
	x.bounds.reset()
	x.clauses.clear()
	x.ask(limit)
}

// Tighten lowers the limit. What has been learnt stays.
func (x *Solver) Tighten(limit int32) {
	if x.status == Infeasible {
		return
	}
	x.backtrack(0)
	x.ask(min(limit, x.limit))
}

// Prefer makes the orders of a schedule, given as a topological order, those
// that are tried first.
func (x *Solver) Prefer(order []int32) { x.orders.prefer(order) }

// ask follows what the limit implies without any decision.
func (x *Solver) ask(limit int32) {
	x.limit, x.status = limit, Infeasible
	for v := range int32(x.shop.Ops()) {
		if x.bounds.excess(v, limit) > 0 {
			return
		}
	}
	for v := range int32(x.shop.Ops()) {
		x.fit(v)
		x.dullen(x.shop.Machine[v])
	}
	if x.propagate() {
		x.bounds.settle()
		x.status = Open
	}
}

// Status returns what is known so far.
func (x *Solver) Status() Status { return x.status }

// Heads returns the earliest starts of a schedule within the limit, when the
// status is Feasible. The slice belongs to the solver.
func (x *Solver) Heads() []int32 { return x.bounds.head }

// Step decides one pair and follows what that implies; or learns from a
// conflict. It does nothing once the question is decided.
func (x *Solver) Step() {
	if x.status != Open {
		return
	}
	l := x.rank.next(&x.orders)
	if l < 0 {
		x.status = Feasible
		return
	}
	x.levels = append(x.levels, int32(len(x.trail)))
	x.assign(l, reason{})
	for !x.propagate() {
		if !x.learn() {
			x.status = Infeasible
			return
		}
	}
	if x.conflicts >= x.restartAt {
		x.restart()
	}
}

// restartUnit is the number of conflicts that the unit of Luby's sequence
// stands for.
const restartUnit = 128

func (x *Solver) restart() {
	x.runs++
	x.restartAt = x.conflicts + restartUnit*luby(x.runs)
	x.backtrack(0)
	x.bounds.settle()
	if x.clauses.crowded() {
		x.clauses.reduce(x)
	}
}

// luby is the sequence 1 1 2 1 1 2 4 1 1 2 …, counted from 0.
func luby(i uint) int64 {
	for k := uint(1); ; k++ {
		size := uint(1)<<k - 1
		if i == size-1 {
			return 1 << (k - 1)
		}
		if i < size-1 {
			i -= uint(1)<<(k-1) - 1
			k = 0
		}
	}
}

// assign makes order l true for the reason given. It must be undecided.
func (x *Solver) assign(l lit, why reason) {
	x.orders.set(l, int32(len(x.levels)), int32(len(x.bounds.changes)), why)
	x.trail = append(x.trail, l)
}

// propagate follows clauses and arcs, and then finds edges on the machines
// that this touched, until nothing more follows. It returns false, with the
// orders to blame in refuted, on a conflict.
func (x *Solver) propagate() bool {
	for {
		for x.done < len(x.trail) {
			l := x.trail[x.done]
			x.done++
			if !x.clauses.follow(l, x) || !x.lengthen(l) {
				x.forget()
				return false
			}
		}
		n := len(x.dull)
		if n == 0 {
			return true
		}
		m := x.dull[n-1]
		x.dull, x.isDull[m] = x.dull[:n-1], false
		if !x.sharpen(m) {
			x.forget()
			return false
		}
	}
}

// dullen notes that edges may be found on machine m.
func (x *Solver) dullen(m int32) {
	if !x.isDull[m] {
		x.isDull[m] = true
		x.dull = append(x.dull, m)
	}
}

// forget drops what is still to be followed.
func (x *Solver) forget() {
	x.bounds.forget()
	for _, m := range x.dull {
		x.isDull[m] = false
	}
	x.dull = x.dull[:0]
}

// backtrack takes back all levels above level.
func (x *Solver) backtrack(level int) {
	if len(x.levels) <= level {
		return
	}
	to := int(x.levels[level])
	x.bounds.undo(x.orders.stamp[x.trail[to]])
	x.levels = x.levels[:level]
	x.unassign(to)
}

// unassign makes all but the first orders of the trail undecided.
func (x *Solver) unassign(from int) {
	for i := len(x.trail) - 1; i >= from; i-- {
		l := x.trail[i]
		x.orders.unset(l)
		x.rank.back(x.orders.pair[l])
	}
	x.trail = x.trail[:from]
	x.done = from
}
