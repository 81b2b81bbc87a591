package disjunctive

import "fmt"

// checkHeads panics unless the selection is consistent and the ends are those
// that a computation from scratch gives. It is called under the tag
// "invariants".
func (g *Graph) checkHeads() {
	g.checkSequences()
	for i, v := range g.Order {
		g.assert(g.Pos[v] == int32(i), "position of %d", v)
		g.eachBefore(v, func(u int32) { g.assert(g.Pos[u] < g.Pos[v], "order of %d and %d", u, v) })
		nd := &g.Node[v]
		g.assert(nd.End == max(g.Node[nd.MP].End, g.NetworkStart(v))+nd.Time, "end of %d", v)
	}
}

func (g *Graph) checkSequences() {
	none := int32(g.Shop.Ops)
	placed := 0
	for k, seq := range g.Seq {
		before := none
		for i, v := range seq {
			nd := &g.Node[v]
			g.assert(g.Machine(v) == int32(k) && g.Rank[v] == int32(i), "place of %d", v)
			g.assert(nd.MP == before && nd.Time == g.Shop.Modes[g.Mode[v]].Time, "node of %d", v)
			g.assert(before == none || g.Node[before].MS == v, "successor of %d", before)
			before = v
		}
		g.assert(before == none || g.Node[before].MS == none, "end of machine %d", k)
		placed += len(seq)
	}
	g.assert(placed == g.Shop.Ops, "%d operations placed", placed)
}

// checkTails panics unless the rests are those that a computation from scratch
// gives.
func (g *Graph) checkTails() {
	for v := range int32(g.Shop.Ops) {
		nd := &g.Node[v]
		g.assert(nd.Rest == nd.Time+max(g.Node[nd.MS].Rest, g.NetworkRest(v)), "rest of %d", v)
	}
}

// eachBefore calls f with every operation that must end before v starts.
func (g *Graph) eachBefore(v int32, f func(u int32)) {
	if u := g.Node[v].MP; int(u) < g.Shop.Ops {
		f(u)
	}
	g.Shop.EachPred(v, func(l Link) { f(l.Op) })
}

func (g *Graph) assert(ok bool, format string, args ...any) {
	if !ok {
		panic("disjunctive: wrong " + fmt.Sprintf(format, args...))
	}
}
