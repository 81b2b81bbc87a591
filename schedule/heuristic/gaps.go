package heuristic

// gaps holds the work of a resource that does one thing at a time, in its
// sequence: a treap of occupations ordered by start, each knowing the working
// time that is free before it and the most that is free before any below it.
// The first or last free stretch that is long enough is found in O(log n).
//
// The last node stands for the end of time, so that the time after all work is
// a gap as well.
type gaps struct {
	working *timeline
	root    int32
	free    int32
	nodes   []occupation
}

// An occupation is the time of an operation. Node 0 stands for nil.
type occupation struct {
	start, end  int64
	gap         int64 // working time between the end of the one before and start
	widest      int64 // largest gap in the subtree
	left, right int32
	op          int32 // or transport, or nobody at the end of time
}

const endOfTime int64 = never - 1

// What may stand in place of an operation.
const (
	nobody    int32 = -1
	transport int32 = -2
)

func (g *gaps) init(working *timeline) {
	*g = gaps{working: working, nodes: make([]occupation, 1)}
	g.nodes[0].widest = -1
	g.root = g.put(0, g.create(occupation{start: endOfTime, end: endOfTime, gap: working.between(0, endOfTime), op: nobody}))
}

// insert occupies [start, end), which is free, for an operation.
func (g *gaps) insert(start, end int64, op int32) {
	_, from := g.prev(start)
	g.root = g.put(g.root, g.create(occupation{start: start, end: end, gap: g.working.between(from, start), op: op}))
	g.measure(g.root, g.next(start), end)
}

// remove frees what begins at start.
func (g *gaps) remove(start int64) {
	g.root = g.cut(g.root, start)
	_, from := g.prev(start)
	g.measure(g.root, g.next(start-1), from)
}

// fill occupies whatever is free of [from, to) for an operation.
func (g *gaps) fill(from, to int64, op int32) {
	for from < to {
		if until, ok := g.overlapAt(from); ok {
			from = until
			continue
		}
		end := min(to, g.next(from))
		g.insert(from, end, op)
		from = end
	}
}

// clear frees what an operation occupies of [from, to).
func (g *gaps) clear(from, to int64, op int32) {
	for at := g.next(from - 1); at < to; at = g.next(at) {
		if g.follower(at) == op {
			g.remove(at)
		}
	}
}

// overlapAt returns the end of the occupation of an instant.
func (g *gaps) overlapAt(t int64) (to int64, ok bool) {
	op, to := g.prev(t + 1)
	return to, op != nobody && to > t
}

// measure corrects the gap before the occupation at start, which begins at
// from.
func (g *gaps) measure(n int32, start, from int64) {
	nd := &g.nodes[n]
	switch {
	case start < nd.start:
		g.measure(nd.left, start, from)
	case start > nd.start:
		g.measure(nd.right, start, from)
	default:
		nd.gap = g.working.between(from, start)
	}
	g.update(n)
}

func (g *gaps) create(o occupation) int32 {
	n := g.free
	if n != 0 {
		g.free = g.nodes[n].left
	} else {
		n = int32(len(g.nodes))
		g.nodes = append(g.nodes, occupation{})
	}
	o.widest = o.gap
	g.nodes[n] = o
	return n
}

func (g *gaps) put(n, m int32) int32 {
	switch {
	case n == 0:
		return m
	case g.nodes[m].start < g.nodes[n].start:
		child := g.put(g.nodes[n].left, m)
		g.nodes[n].left = child
		if priority(child) > priority(n) {
			g.nodes[n].left, g.nodes[child].right = g.nodes[child].right, n
			g.update(n)
			n = child
		}
	default:
		child := g.put(g.nodes[n].right, m)
		g.nodes[n].right = child
		if priority(child) > priority(n) {
			g.nodes[n].right, g.nodes[child].left = g.nodes[child].left, n
			g.update(n)
			n = child
		}
	}
	g.update(n)
	return n
}

func (g *gaps) cut(n int32, start int64) int32 {
	nd := &g.nodes[n]
	switch {
	case start < nd.start:
		nd.left = g.cut(nd.left, start)
	case start > nd.start:
		nd.right = g.cut(nd.right, start)
	default:
		left, right := nd.left, nd.right
		nd.left, g.free = g.free, n
		return g.merge(left, right)
	}
	g.update(n)
	return n
}

func (g *gaps) merge(a, b int32) int32 {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	case priority(a) > priority(b):
		g.nodes[a].right = g.merge(g.nodes[a].right, b)
		g.update(a)
		return a
	default:
		g.nodes[b].left = g.merge(a, g.nodes[b].left)
		g.update(b)
		return b
	}
}

func (g *gaps) update(n int32) {
	nd := &g.nodes[n]
	nd.widest = max(nd.gap, g.nodes[nd.left].widest, g.nodes[nd.right].widest)
}

// prev returns the last operation that starts before t and its end, or nobody
// and the start of the horizon.
func (g *gaps) prev(t int64) (op int32, end int64) {
	op = nobody
	for n := g.root; n != 0; {
		if nd := &g.nodes[n]; nd.start < t {
			op, end, n = nd.op, nd.end, nd.right
		} else {
			n = nd.left
		}
	}
	return op, end
}

// next returns the start of the first occupation after t. There is always
// one, unless t is the end of time.
func (g *gaps) next(t int64) int64 {
	start := int64(never)
	for n := g.root; n != 0; {
		if nd := &g.nodes[n]; nd.start > t {
			start, n = nd.start, nd.left
		} else {
			n = nd.right
		}
	}
	return start
}

// follower returns the first operation that starts at or after t, or nobody.
func (g *gaps) follower(t int64) int32 {
	op := nobody
	for n := g.root; n != 0; {
		if nd := &g.nodes[n]; nd.start >= t {
			op, n = nd.op, nd.left
		} else {
			n = nd.right
		}
	}
	return op
}

// last returns the last free stretch that ends at or before t, cut off there,
// and has that much working time.
func (g *gaps) last(t, work int64) (from, to int64, ok bool) {
	if _, from = g.prev(t); from < t && g.working.between(from, t) >= work {
		return from, t, true
	}
	to = g.lastGap(g.root, t, work)
	if to < 0 {
		return 0, 0, false
	}
	_, from = g.prev(to)
	return from, to, true
}

// lastGap returns the start of the last occupation before t with a gap of at
// least work before it, or -1.
func (g *gaps) lastGap(n int32, t, work int64) int64 {
	for n != 0 {
		nd := &g.nodes[n]
		if nd.widest < work {
			return -1
		}
		if nd.start < t {
			if found := g.lastGap(nd.right, t, work); found >= 0 {
				return found
			}
			if nd.gap >= work {
				return nd.start
			}
		}
		n = nd.left
	}
	return -1
}

// first returns the first free stretch that begins at or after t, cut off
// there, and has that much working time.
func (g *gaps) first(t, work int64) (from, to int64, ok bool) {
	_, from = g.prev(t + 1)
	from = max(from, t)
	to = g.next(t)
	if from < to && to != never && g.working.between(from, to) >= work {
		return from, to, true
	}
	to = g.firstGap(g.root, max(t, to), work)
	if to == never {
		return 0, 0, false
	}
	_, from = g.prev(to)
	return max(from, t), to, true
}

// firstGap returns the start of the first occupation after t with a gap of at
// least work before it, or never.
func (g *gaps) firstGap(n int32, t, work int64) int64 {
	for n != 0 {
		nd := &g.nodes[n]
		if nd.widest < work {
			return never
		}
		if nd.start > t {
			if found := g.firstGap(nd.left, t, work); found != never {
				return found
			}
			if nd.gap >= work {
				return nd.start
			}
		}
		n = nd.right
	}
	return never
}

// overlap returns the start of the first occupation that overlaps [start, end).
func (g *gaps) overlap(start, end int64) (from int64, ok bool) {
	if op, until := g.prev(start + 1); op != nobody && until > start {
		return g.startBefore(start + 1), true
	}
	from = g.next(start)
	return from, from < end
}

// startBefore returns the start of the last occupation that starts before t.
func (g *gaps) startBefore(t int64) (start int64) {
	for n := g.root; n != 0; {
		if nd := &g.nodes[n]; nd.start < t {
			start, n = nd.start, nd.right
		} else {
			n = nd.left
		}
	}
	return start
}

// overlapLast returns the last occupation that overlaps [start, end).
func (g *gaps) overlapLast(start, end int64) (to int64, ok bool) {
	op, to := g.prev(end)
	return to, op != nobody && to > start
}

// rework measures the gaps by other working time.
func (g *gaps) rework(working *timeline) {
	g.working = working
	from := int64(0)
	var walk func(n int32)
	walk = func(n int32) {
		if n == 0 {
			return
		}
		nd := &g.nodes[n]
		walk(nd.left)
		nd.gap = working.between(from, nd.start)
		from = nd.end
		walk(nd.right)
		g.update(n)
	}
	walk(g.root)
}
