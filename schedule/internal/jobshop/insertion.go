package jobshop

import "github.com/taktplan/takt/internal/invariants"

// An insertion takes operation op out of its machine's sequence and puts it
// back right after (or right before) the operation at, which stands behind
// (or in front of) it on the same machine. The operations from op to at are
// the run of the move. It is the one move of this package; the neighbourhoods
// differ in which insertions they propose.
//
// The contract: feasible, estimate and signature read the graph and leave it
// as it is; apply changes it and may be called only for a feasible move. A
// proposal stands until the next apply.
type insertion struct {
	op, at int32
	after  bool
}

// feasible reports whether the move certainly closes no cycle. Moving u
// behind v closes one when a path leads from the job successor s of u to v.
// There is none if s stands behind v in the topological order, nor if the
// way from s to the sink is no longer than that from v (Balas and Vazacopoulos,
// "Guided local search with shifting bottleneck for job shop scheduling",
// Management Science 44, 1998; the position is our addition). A move that
// closes no cycle may fail both tests.
func (g *graph) feasible(m insertion) bool {
	v := &g.nodes[m.at]
	if m.after {
		s := g.nodes[m.op].jobSucc
		b := &g.nodes[s]
		return s >= g.source() || s != m.at && (b.pos > v.pos || v.rest >= b.tail()+max(b.time, 1))
	}
	p := g.nodes[m.op].jobPred
	b := &g.nodes[p]
	return p >= g.source() || p != m.at && (b.pos < v.pos || v.end >= b.head()+max(b.time, 1))
}

// estimate returns the longest path through the run after the move, if the
// heads and tails of all operations outside the run stayed as they are. For
// two neighbours that is exact for the paths through them, hence a lower
// bound on the new makespan (Taillard, "Parallel taboo search techniques for
// the job shop scheduling problem", ORSA Journal on Computing 6, 1994); for
// longer runs it is the estimate of Balas and Vazacopoulos, which can err to
// both sides when a path leaves the run and returns to it.
//
// It may return any value above limit as soon as the estimate is known to
// exceed it. The cost is the length of the run.
func (g *graph) estimate(m insertion, limit int32) int32 {
	if m.after {
		return g.estimateAfter(m.op, m.at, limit)
	}
	return g.estimateBefore(m.op, m.at, limit)
}

func (g *graph) estimateAfter(u, v, limit int32) int32 {
	nodes, heads := g.nodes, g.heads
	a := &nodes[u]
	end := nodes[a.machPred].end
	k := 0
	for x := a.machSucc; ; k++ {
		b := &nodes[x]
		head := max(end, nodes[b.jobPred].end)
		heads[k] = head
		end = head + b.time
		if x == v {
			break
		}
		x = b.machSucc
	}
	head := max(end, nodes[a.jobPred].end)
	rest := a.time + max(nodes[a.jobSucc].rest, nodes[nodes[v].machSucc].rest)
	longest := head + rest
	for x := v; x != u && longest <= limit; k-- {
		b := &nodes[x]
		rest = b.time + max(rest, nodes[b.jobSucc].rest)
		longest = max(longest, heads[k]+rest)
		x = b.machPred
	}
	return longest
}

func (g *graph) estimateBefore(u, v, limit int32) int32 {
	nodes, rests := g.nodes, g.heads
	a := &nodes[u]
	rest := nodes[a.machSucc].rest
	k := 0
	for x := a.machPred; ; k++ {
		b := &nodes[x]
		tail := max(rest, nodes[b.jobSucc].rest)
		rest = tail + b.time
		rests[k] = rest
		if x == v {
			break
		}
		x = b.machPred
	}
	tail := max(rest, nodes[a.jobSucc].rest)
	end := a.time + max(nodes[a.jobPred].end, nodes[nodes[v].machPred].end)
	longest := end + tail
	for x := v; x != u && longest <= limit; k-- {
		b := &nodes[x]
		head := max(end, nodes[b.jobPred].end)
		longest = max(longest, head+rests[k])
		end = head + b.time
		x = b.machSucc
	}
	return longest
}

// apply makes the move and brings the order, the heads and the tails up to
// date.
func (g *graph) apply(m insertion) {
	var lo, hi, before, behind int32 // the window, and the neighbours of the run
	if m.after {
		lo, hi = g.nodes[m.op].pos, g.nodes[m.at].pos
		before, behind = g.linkAfter(m.op, m.at)
		g.delay(m.op, lo, hi)
	} else {
		lo, hi = g.nodes[m.at].pos, g.nodes[m.op].pos
		before, behind = g.linkBefore(m.op, m.at)
		g.advance(m.op, lo, hi)
	}
	g.propagateHeads(lo, max(hi, g.nodes[behind].pos))
	g.propagateTails(hi, min(lo, g.nodes[before].pos))
	if invariants.Enabled {
		g.check()
	}
}

// linkAfter changes the machine's sequence from … p u x…v s … to … p x…v u s ….
func (g *graph) linkAfter(u, v int32) (before, behind int32) {
	nodes := g.nodes
	p, x, s := nodes[u].machPred, nodes[u].machSucc, nodes[v].machSucc
	g.link(p, x)
	g.link(v, u)
	g.link(u, s)
	return p, s
}

// linkBefore changes the machine's sequence from … p v…x u s … to … p u v…x s ….
func (g *graph) linkBefore(u, v int32) (before, behind int32) {
	nodes := g.nodes
	p, x, s := nodes[v].machPred, nodes[u].machPred, nodes[u].machSucc
	g.link(p, u)
	g.link(u, v)
	g.link(x, s)
	return p, s
}

// link makes b follow a on the machine. Either may be a fixed node.
func (g *graph) link(a, b int32) {
	if a < g.source() {
		g.nodes[a].machSucc = b
	}
	if b < g.source() {
		g.nodes[b].machPred = a
	}
}

// delay repairs the order at lo…hi after u, which stood at lo, has come to
// follow an operation at hi: u and its descendants move behind the others.
func (g *graph) delay(u, lo, hi int32) {
	g.epoch++
	g.held = g.held[:0]
	to := lo
	for i := lo; i <= hi; i++ {
		x := g.order[i]
		a := &g.nodes[x]
		if x == u || g.mark[a.jobPred] == g.epoch || g.mark[a.machPred] == g.epoch {
			g.mark[x] = g.epoch
			g.held = append(g.held, x)
			continue
		}
		g.order[to] = x
		a.pos = to
		to++
	}
	for _, x := range g.held {
		g.order[to] = x
		g.nodes[x].pos = to
		to++
	}
}

// advance is the mirror of delay: u, which stood at hi, and its ancestors
// move in front of the others.
func (g *graph) advance(u, lo, hi int32) {
	g.epoch++
	g.held = g.held[:0]
	to := hi
	for i := hi; i >= lo; i-- {
		x := g.order[i]
		a := &g.nodes[x]
		if x == u || g.mark[a.jobSucc] == g.epoch || g.mark[a.machSucc] == g.epoch {
			g.mark[x] = g.epoch
			g.held = append(g.held, x)
			continue
		}
		g.order[to] = x
		a.pos = to
		to--
	}
	for _, x := range g.held {
		g.order[to] = x
		g.nodes[x].pos = to
		to--
	}
}
