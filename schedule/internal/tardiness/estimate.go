package tardiness

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// estimates value moves without making them: by the longest paths through the
// operations whose machine neighbours change, with everything before them as
// early and everything behind them as long as it is. A job whose completion no
// such path decides, before the move and after, keeps it.
type estimates struct {
	g       *disjunctive.Graph
	cost    *costs
	tails   *tails
	ends    []int64 // of the run that a move changes, in its new order
	row     []int64 // longest path from the operation at hand to each job's end
	through []int64 // to each job's end through the run
	run     []int32 // scratch
}

func newEstimates(g *disjunctive.Graph, c *costs) *estimates {
	return &estimates{
		g:       g,
		cost:    c,
		tails:   newTails(g, c),
		ends:    make([]int64, g.Shop.Ops),
		row:     make([]int64, len(c.jobs)),
		through: make([]int64, len(c.jobs)),
		run:     make([]int32, 0, 1),
	}
}

// value estimates the total after a move. It reports false if the move may
// close a cycle.
func (e *estimates) value(m disjunctive.Move) (int64, bool) {
	machine := e.g.Shop.Modes[m.Mode].Machine
	seq, from := e.g.Seq[machine], e.g.Rank[m.Op]
	if machine != e.g.Machine(m.Op) {
		if m.At > 0 && e.mayLead(m.Op, seq[m.At-1]) || int(m.At) < len(seq) && e.mayFollow(m.Op, seq[m.At]) {
			return 0, false
		}
		return e.insertion(seq, m), true
	}
	if from < m.At && e.mayLead(m.Op, seq[m.At]) || from > m.At && e.mayFollow(m.Op, seq[m.At]) {
		return 0, false
	}
	return e.rotation(seq, from, m), true
}

// insertion estimates a move to another machine, of which seq is the sequence.
func (e *estimates) insertion(seq []int32, m disjunctive.Move) int64 {
	g := e.g
	nd := &g.Node[m.Op]
	before, after := int32(g.Shop.Ops), int32(g.Shop.Ops)
	if m.At > 0 {
		before = seq[m.At-1]
	}
	if int(m.At) < len(seq) {
		after = seq[m.At]
	}
	e.begin(after)
	time := e.time(m.Op, m)
	e.follow(m.Op, max(g.NetworkStart(m.Op), g.Node[before].End)+time, time)
	// What is left on the old machine closes up.
	end := g.Node[nd.MP].End
	if int(nd.MS) < g.Shop.Ops {
		end = max(end, g.NetworkStart(nd.MS))
	}
	for j, r := range e.tails.of(nd.MS) {
		e.through[j] = max(e.through[j], end+r)
	}
	e.run = append(e.run[:0], m.Op)
	return e.total(e.run)
}

// rotation estimates a move within a machine's sequence.
func (e *estimates) rotation(seq []int32, from int32, m disjunctive.Move) int64 {
	g := e.g
	lo, hi := min(from, m.At), max(from, m.At)
	at := func(k int32) int32 {
		switch {
		case k == m.At:
			return m.Op
		case from < m.At:
			return seq[k+1]
		default:
			return seq[k-1]
		}
	}
	end := g.Node[g.Node[seq[lo]].MP].End
	for k := lo; k <= hi; k++ {
		x := at(k)
		end = max(end, g.NetworkStart(x)) + e.time(x, m)
		e.ends[k-lo] = end
	}
	e.begin(g.Node[seq[hi]].MS)
	for k := hi; k >= lo; k-- {
		x := at(k)
		e.follow(x, e.ends[k-lo], e.time(x, m))
	}
	return e.total(seq[lo : hi+1])
}

// begin forgets the paths gathered and starts with those from an operation.
func (e *estimates) begin(after int32) {
	copy(e.row, e.tails.of(after))
	for j := range e.through {
		e.through[j] = unreachable
	}
}

// time is the length of x after a move.
func (e *estimates) time(x int32, m disjunctive.Move) int64 {
	if x == m.Op {
		return e.g.Shop.Modes[m.Mode].Time
	}
	return e.g.Node[x].Time
}

// follow puts operation x, which will end at an instant, before what row has
// gathered.
func (e *estimates) follow(x int32, end, time int64) {
	g := e.g
	nd := &g.Node[x]
	if j := e.cost.job[x]; j >= 0 {
		e.row[j] = max(e.row[j], 0)
		if e.cost.span >= 0 {
			e.row[e.cost.span] = max(e.row[e.cost.span], 0)
		}
	}
	if g.Shop.Succ != nil {
		for _, l := range g.Shop.Succ[x] {
			for j, r := range e.tails.of(l.Op) {
				e.row[j] = max(e.row[j], r+l.Lag)
			}
		}
	}
	row, next, lag := e.row, e.tails.of(nd.JS), nd.LagOut
	through := e.through[:len(row)]
	next = next[:len(row)]
	for j := range row {
		r := max(row[j], next[j]+lag)
		through[j] = max(through[j], end+r)
		row[j] = r + time
	}
}

// total is the cost if the longest paths through a run have become those in
// through.
func (e *estimates) total(run []int32) int64 {
	c := e.cost
	total := c.total
	for j, done := range e.through {
		if done > c.done[j] || done < c.done[j] && e.decides(run, j) {
			total += price(&c.jobs[j], done) - c.price[j]
		}
	}
	return total
}

// decides reports whether a longest path to the end of job j passes through
// one of the operations.
func (e *estimates) decides(run []int32, j int) bool {
	for _, x := range run {
		if e.g.Node[x].Start()+e.tails.of(x)[j] == e.cost.done[j] {
			return true
		}
	}
	return false
}

// mayLead reports whether a path might lead from v, which is to move behind w
// on their machine, to w through a successor of v in the network.
func (e *estimates) mayLead(v, w int32) bool {
	found := false
	e.g.Shop.EachSucc(v, func(l disjunctive.Link) { found = found || e.mayReach(l.Op, w) })
	return found
}

// mayFollow reports whether a path might lead from u, before which v is to
// move, to v through a predecessor of v in the network.
func (e *estimates) mayFollow(v, u int32) bool {
	found := false
	e.g.Shop.EachPred(v, func(l disjunctive.Link) { found = found || e.mayReach(u, l.Op) })
	return found
}

// mayReach reports whether a path might lead from a to b, or a is b. If there
// is one, b starts when a has ended or later, and a has at least as far to go
// to the end of every job as b, and its own time on top.
func (e *estimates) mayReach(a, b int32) bool {
	if a == b {
		return true
	}
	g := e.g
	if g.Pos[a] > g.Pos[b] || g.Node[b].Start() < g.Node[a].End {
		return false
	}
	from, to, time := e.tails.of(a), e.tails.of(b), g.Node[a].Time
	for j, r := range to {
		if r >= 0 && from[j] < time+r {
			return false
		}
	}
	return true
}
