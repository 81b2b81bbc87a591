package heuristic

import "math"

// A level is a number that changes at instants: the stock of a point, the
// units of a resource that are free. It is a treap of changes ordered by time,
// each node knowing the sum and the lowest partial sum below it, so that every
// operation takes O(log n) time for n changes.
//
// Priorities are a hash of the node's index: the shape, and with it the time
// taken, is the same in every run. See Seidel and Aragon, "Randomized search
// trees", Algorithmica 16 (1996).
type level struct {
	base  int64 // before the first change
	root  int32
	free  int32 // head of the list of unused nodes, linked by left
	nodes []change
}

// A change adds delta to the level at an instant. Node 0 stands for nil.
type change struct {
	at, delta   int64
	sum         int64 // of the changes in the subtree
	low         int64 // least partial sum of them, of at least one
	left, right int32
}

const never = math.MaxInt64 // an instant that does not come

func (l *level) init(base int64) { *l = level{base: base, nodes: make([]change, 1)} }

// add changes the level by delta from at on. Adding the opposite undoes it.
func (l *level) add(at, delta int64) {
	if delta != 0 {
		l.root = l.put(l.root, at, delta)
	}
}

func (l *level) put(n int32, at, delta int64) int32 {
	if n == 0 {
		return l.create(at, delta)
	}
	nd := &l.nodes[n]
	switch {
	case at == nd.at:
		nd.delta += delta
		if nd.delta == 0 {
			left, right := nd.left, nd.right
			nd.left, l.free = l.free, n
			return l.merge(left, right)
		}
	case at < nd.at:
		child := l.put(nd.left, at, delta)
		nd = &l.nodes[n]
		nd.left = child
		if priority(child) > priority(n) {
			return l.rotateRight(n)
		}
	default:
		child := l.put(nd.right, at, delta)
		nd = &l.nodes[n]
		nd.right = child
		if priority(child) > priority(n) {
			return l.rotateLeft(n)
		}
	}
	l.update(n)
	return n
}

func (l *level) create(at, delta int64) int32 {
	n := l.free
	if n != 0 {
		l.free = l.nodes[n].left
	} else {
		n = int32(len(l.nodes))
		l.nodes = append(l.nodes, change{})
	}
	l.nodes[n] = change{at: at, delta: delta, sum: delta, low: delta}
	return n
}

// merge joins two treaps of which all of a lies before b.
func (l *level) merge(a, b int32) int32 {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	case priority(a) > priority(b):
		l.nodes[a].right = l.merge(l.nodes[a].right, b)
		l.update(a)
		return a
	default:
		l.nodes[b].left = l.merge(a, l.nodes[b].left)
		l.update(b)
		return b
	}
}

func (l *level) rotateRight(n int32) int32 {
	up := l.nodes[n].left
	l.nodes[n].left = l.nodes[up].right
	l.nodes[up].right = n
	l.update(n)
	l.update(up)
	return up
}

func (l *level) rotateLeft(n int32) int32 {
	up := l.nodes[n].right
	l.nodes[n].right = l.nodes[up].left
	l.nodes[up].left = n
	l.update(n)
	l.update(up)
	return up
}

func (l *level) update(n int32) {
	nd := &l.nodes[n]
	upto := nd.delta
	low := int64(math.MaxInt64)
	if nd.left != 0 {
		left := &l.nodes[nd.left]
		upto += left.sum
		low = left.low
	}
	low = min(low, upto)
	nd.sum = upto
	if nd.right != 0 {
		right := &l.nodes[nd.right]
		low = min(low, upto+right.low)
		nd.sum += right.sum
	}
	nd.low = low
}

// at returns the level at t.
func (l *level) at(t int64) int64 {
	sum := l.base
	for n := l.root; n != 0; {
		nd := &l.nodes[n]
		if nd.at <= t {
			sum += nd.delta + l.nodes[nd.left].sum
			n = nd.right
		} else {
			n = nd.left
		}
	}
	return sum
}

// lowFrom returns the lowest level at or after t: what can be taken at t
// without anybody going short later.
func (l *level) lowFrom(t int64) int64 {
	sum, low := l.base, int64(math.MaxInt64)
	for n := l.root; n != 0; {
		nd := &l.nodes[n]
		upto := sum + nd.delta + l.nodes[nd.left].sum
		if nd.at <= t {
			sum = upto
			n = nd.right
			continue
		}
		low = min(low, upto)
		if nd.right != 0 {
			low = min(low, upto+l.nodes[nd.right].low)
		}
		n = nd.left
	}
	return min(low, sum)
}

// firstBelow returns the first instant at or after t at which the level is
// below x, or never.
func (l *level) firstBelow(t, x int64) int64 {
	if l.at(t) < x {
		return t
	}
	return l.findBelow(l.root, l.base, t, x)
}

// findBelow returns the first change after t that leads below x, in the
// subtree of n before which the level is sum.
func (l *level) findBelow(n int32, sum, t, x int64) int64 {
	for n != 0 {
		nd := &l.nodes[n]
		if sum+nd.low >= x {
			return never
		}
		upto := sum + nd.delta + l.nodes[nd.left].sum
		if nd.at > t {
			if found := l.findBelow(nd.left, sum, t, x); found != never {
				return found
			}
			if upto < x {
				return nd.at
			}
		}
		sum, n = upto, nd.right
	}
	return never
}

// settled returns the first instant at or after t from which the level stays
// at x or above, or never.
func (l *level) settled(t, x int64) int64 {
	_, to, ok := l.lastBelow(never, x)
	switch {
	case ok:
		return max(t, to)
	case l.base < x:
		return max(t, l.leftmost(l.root, never))
	default:
		return t
	}
}

// lastBelow returns the last stretch [from, to) in which the level is below x
// and that begins with a change before end. The stretch before the first
// change does not count.
func (l *level) lastBelow(end, x int64) (from, to int64, ok bool) {
	return l.seekBelow(l.root, l.base, never, end, x)
}

func (l *level) seekBelow(n int32, sum, after, end, x int64) (from, to int64, ok bool) {
	if n == 0 {
		return 0, 0, false
	}
	nd := &l.nodes[n]
	if sum+nd.low >= x {
		return 0, 0, false
	}
	upto := sum + nd.delta + l.nodes[nd.left].sum
	if nd.at < end {
		if from, to, ok = l.seekBelow(nd.right, upto, after, end, x); ok {
			return from, to, true
		}
		if upto < x {
			return nd.at, l.leftmost(nd.right, after), true
		}
	}
	return l.seekBelow(nd.left, sum, nd.at, end, x)
}

// leftmost returns the first change in the subtree of n, or otherwise after.
func (l *level) leftmost(n int32, after int64) int64 {
	for n != 0 {
		after = l.nodes[n].at
		n = l.nodes[n].left
	}
	return after
}

// priority hashes the index of a node (the finalizer of splitmix64).
func priority(n int32) uint64 {
	z := uint64(n) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
