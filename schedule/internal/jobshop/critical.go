package jobshop

// A walk is one longest path from the source to the sink, and its blocks: the
// longest stretches of it on one machine.
type walk struct {
	path   []int32
	blocks []int32 // block b is path[blocks[b]:blocks[b+1]]
}

func newWalk(g *graph) *walk {
	n := g.shop.Ops()
	return &walk{path: make([]int32, 0, n), blocks: make([]int32, 0, n+1)}
}

// take follows a longest path of g, choosing at random wherever two go on.
func (w *walk) take(g *graph, r *random) {
	w.path, w.blocks = w.path[:0], w.blocks[:0]
	u := g.criticalStart(r)
	machine := int32(-1)
	for u >= 0 {
		if m := g.shop.Machine[u]; m != machine {
			machine = m
			w.blocks = append(w.blocks, int32(len(w.path)))
		}
		w.path = append(w.path, u)
		u = g.criticalNext(u, r)
	}
	w.blocks = append(w.blocks, int32(len(w.path)))
}

// block returns the b-th block; there are len(w.blocks)-1.
func (w *walk) block(b int) []int32 { return w.path[w.blocks[b]:w.blocks[b+1]] }

// criticalStart returns an operation with which a longest path begins, each
// with equal probability, or -1 if there are no operations.
func (g *graph) criticalStart(r *random) int32 {
	c := g.makespan()
	start, ties := int32(-1), 0
	for j := range g.shop.Jobs() {
		u := g.shop.JobStart[j]
		if u == g.shop.JobStart[j+1] {
			continue
		}
		a := &g.nodes[u]
		if a.head() == g.nodes[a.jobPred].end && a.head()+a.rest == c {
			if ties++; r.below(ties) == 0 {
				start = u
			}
		}
	}
	return start
}

// criticalNext returns a critical successor of the critical operation u, or
// -1 if the path ends with u.
func (g *graph) criticalNext(u int32, r *random) int32 {
	a := &g.nodes[u]
	job, mach := g.critical(u, a.jobSucc), g.critical(u, a.machSucc)
	switch {
	case job && mach && a.jobSucc != a.machSucc && r.below(2) == 0:
		return a.jobSucc
	case mach:
		return a.machSucc
	case job:
		return a.jobSucc
	}
	return -1
}
