package disjunctive

import "slices"

// A Move takes an operation out of its machine's sequence and inserts it,
// done in Mode, before what is then at place At of the mode's machine.
type Move struct {
	Op   int32
	Mode int32 // index into Shop.Modes
	At   int32
}

// Apply makes a move and repairs the topological order. Heads and, where
// used, Tails are to be called next. If the place makes a cycle, Apply
// reports false and leaves the graph as it was. O(length of the sequences +
// operations between the old and the new position).
func (g *Graph) Apply(m Move) bool {
	v := m.Op
	nd := &g.Node[v]
	before, after := nd.MP, nd.MS
	g.back = Move{Op: v, Mode: g.Mode[v], At: g.Rank[v]}
	g.remove(v)
	g.insert(m)
	if !g.repairOrder(v) {
		g.remove(v)
		g.insert(g.back)
		return false
	}

	g.headFrom, g.headTo = g.Pos[v], g.Pos[v]
	g.tailFrom, g.tailTo = g.Pos[v], g.Pos[v]
	for _, u := range [2]int32{after, nd.MS} {
		g.headFrom = g.earlier(g.headFrom, u)
		g.headTo = max(g.headTo, g.Pos[u])
	}
	for _, u := range [2]int32{before, nd.MP} {
		g.tailFrom = max(g.tailFrom, g.Pos[u])
		g.tailTo = g.earlier(g.tailTo, u)
	}
	return true
}

// Undo takes back the last move, after Apply and Heads and before Tails.
func (g *Graph) Undo() {
	g.remove(g.back.Op)
	g.insert(g.back)
	for i, u := range g.shifted {
		g.place(u, g.shiftedAt+int32(i))
	}
	for _, c := range g.changed {
		g.Node[c.Op].End = c.End
	}
	g.headFrom, g.headTo = 0, -1
	g.tailFrom, g.tailTo = -1, 0
}

func (g *Graph) remove(v int32) {
	nd := &g.Node[v]
	k, r := g.Machine(v), g.Rank[v]
	seq := slices.Delete(g.Seq[k], int(r), int(r)+1)
	g.Seq[k] = seq
	for i := r; int(i) < len(seq); i++ {
		g.Rank[seq[i]] = i
	}
	g.link(nd.MP, nd.MS)
}

func (g *Graph) insert(m Move) {
	mode := g.Shop.Modes[m.Mode]
	seq := slices.Insert(g.Seq[mode.Machine], int(m.At), m.Op)
	g.Seq[mode.Machine] = seq
	for i := m.At; int(i) < len(seq); i++ {
		g.Rank[seq[i]] = i
	}
	g.Mode[m.Op] = m.Mode
	g.Node[m.Op].Time = mode.Time

	before, after := int32(g.Shop.Ops), int32(g.Shop.Ops)
	if m.At > 0 {
		before = seq[m.At-1]
	}
	if int(m.At)+1 < len(seq) {
		after = seq[m.At+1]
	}
	g.link(before, m.Op)
	g.link(m.Op, after)
}

// link makes b the machine successor of a; either may be none.
func (g *Graph) link(a, b int32) {
	none := int32(g.Shop.Ops)
	if a != none {
		g.Node[a].MS = b
	}
	if b != none {
		g.Node[b].MP = a
	}
}

// repairOrder makes the topological order one of the changed graph, in which
// v has new machine neighbours. Only positions between v and the neighbour on
// the wrong side of it change: if that is the predecessor, v and whatever
// follows from it move behind the predecessor; if it is the successor, v and
// whatever leads to it move before the successor. If the neighbour is itself
// among those, there is a cycle: the order stays and repairOrder reports false.
func (g *Graph) repairOrder(v int32) bool {
	nd := &g.Node[v]
	g.stamp++
	g.mark[v] = g.stamp
	g.shifted = g.shifted[:0]
	switch {
	case g.Pos[nd.MP] > g.Pos[v]:
		return g.shiftBehind(v, nd.MP)
	case int(nd.MS) < g.Shop.Ops && g.Pos[nd.MS] < g.Pos[v]:
		return g.shiftBefore(v, nd.MS)
	}
	return true
}

func (g *Graph) shiftBehind(v, target int32) bool {
	from, to := g.Pos[v], g.Pos[target]
	g.moved = append(g.moved[:0], v)
	for _, u := range g.Order[from+1 : to+1] {
		if g.followsMark(u) {
			g.mark[u] = g.stamp
			g.moved = append(g.moved, u)
		}
	}
	if g.mark[target] == g.stamp {
		return false
	}
	g.keep(from, to)
	put := from
	for i := from; i <= to; i++ {
		if u := g.Order[i]; g.mark[u] != g.stamp {
			g.place(u, put)
			put++
		}
	}
	for _, u := range g.moved {
		g.place(u, put)
		put++
	}
	return true
}

func (g *Graph) shiftBefore(v, target int32) bool {
	from, to := g.Pos[v], g.Pos[target]
	g.moved = append(g.moved[:0], v)
	for i := from - 1; i >= to; i-- {
		if u := g.Order[i]; g.leadsToMark(u) {
			g.mark[u] = g.stamp
			g.moved = append(g.moved, u)
		}
	}
	if g.mark[target] == g.stamp {
		return false
	}
	g.keep(to, from)
	put := from
	for i := from; i >= to; i-- {
		if u := g.Order[i]; g.mark[u] != g.stamp {
			g.place(u, put)
			put--
		}
	}
	for _, u := range g.moved {
		g.place(u, put)
		put--
	}
	return true
}

// keep stores the order of the positions that are about to change.
func (g *Graph) keep(from, to int32) {
	g.shiftedAt = from
	g.shifted = append(g.shifted, g.Order[from:to+1]...)
}

func (g *Graph) place(u, pos int32) {
	g.Order[pos] = u
	g.Pos[u] = pos
}

func (g *Graph) followsMark(u int32) bool {
	nd := &g.Node[u]
	if g.mark[nd.MP] == g.stamp || g.mark[nd.JP] == g.stamp {
		return true
	}
	if g.Shop.Pred != nil {
		for _, l := range g.Shop.Pred[u] {
			if g.mark[l.Op] == g.stamp {
				return true
			}
		}
	}
	return false
}

func (g *Graph) leadsToMark(u int32) bool {
	nd := &g.Node[u]
	if g.mark[nd.MS] == g.stamp || g.mark[nd.JS] == g.stamp {
		return true
	}
	if g.Shop.Succ != nil {
		for _, l := range g.Shop.Succ[u] {
			if g.mark[l.Op] == g.stamp {
				return true
			}
		}
	}
	return false
}
