package exact

// Edge finding (Carlier and Pinson, "An algorithm for solving the job-shop
// problem", Management Science 35, 1989). Let S be the operations of a machine
// with a head of at least r and a tail of at least t. Then
//
//	r + time(S) + t ≤ limit
//
// or there is no schedule; and if an operation j outside S with a head of at
// least r breaks that as a member of S, it cannot have another of S behind it:
// all of S comes before j. The same holds with heads and tails exchanged.
//
// It does not raise heads and tails itself: the orders do.

// A side is one of the two directions in which this is looked at: near is the
// bound that j shares with S.
type side struct {
	near, far []int32
	mirrored  bool
}

// sharpen finds edges on machine m. It returns false on a conflict.
func (x *Solver) sharpen(m int32) bool {
	mates := x.orders.mates[m]
	b := &x.bounds
	for _, s := range [2]side{{b.head, b.tail, false}, {b.tail, b.head, true}} {
		x.sorted = x.sorted[:0]
		for _, v := range mates {
			x.sorted = append(x.sorted, v)
			for i := len(x.sorted) - 1; i > 0 && s.near[x.sorted[i-1]] > s.near[v]; i-- {
				x.sorted[i], x.sorted[i-1] = x.sorted[i-1], x.sorted[i]
			}
		}
		for _, v := range mates {
			if !x.sweep(s, s.far[v]) {
				return false
			}
		}
	}
	return true
}

// sweep looks at all sets S of the machine in sorted with the far bound t.
func (x *Solver) sweep(s side, t int32) bool {
	time := x.bounds.time
	total, most, mostNear := int32(0), int32(-1), int32(0)
	for i := len(x.sorted) - 1; i >= 0; i-- {
		v := x.sorted[i]
		r := s.near[v]
		if s.far[v] < t {
			if total > 0 && r+total+time[v]+t > x.limit && !x.separate(s, v, r, t) {
				return false
			}
			continue
		}
		total += time[v]
		if r+total+t > x.limit {
			x.refuted = x.blameSet(x.refuted[:0], s.mirrored, -1, -1, v, r, t, int32(len(x.bounds.changes)))
			return false
		}
		if r+total > most {
			most, mostNear = r+total, r
		}
	}
	for _, v := range x.sorted {
		if s.far[v] < t && s.near[v] >= mostNear && most+time[v]+t > x.limit && !x.separate(s, v, mostNear, t) {
			return false
		}
	}
	return true
}

// separate puts all of S before j, or behind it in the mirror.
func (x *Solver) separate(s side, j, r, t int32) bool {
	o := &x.orders
	kind := uint8(bySet)
	if s.mirrored {
		kind = byMirroredSet
	}
	for _, v := range x.sorted {
		if v == j || s.near[v] < r || s.far[v] < t {
			continue
		}
		l := o.before(v, j)
		if s.mirrored {
			l = o.before(j, v)
		}
		switch o.value[l] {
		case 0:
			x.assign(l, reason{kind: kind, near: r, far: t})
		case -1:
			x.refuted = x.blameSet(x.refuted[:0], s.mirrored, j, v, j, r, t, int32(len(x.bounds.changes)))
			x.refuted = append(x.refuted, o.not[l])
			return false
		}
	}
	return true
}

// blameSet appends the orders because of which S and j, if that is not -1,
// take too long together: those that made the bounds of its members at least r
// and t, by changes before stamp. Members that are not needed for that are left
// out, except keep. The machine is that of the operation of.
func (x *Solver) blameSet(why []lit, mirrored bool, j, keep, of, r, t, stamp int32) []lit {
	b := &x.bounds
	excess := r + t - x.limit - 1
	mates := x.orders.mates[x.orders.machine[of]]
	x.members = x.members[:0]
	for _, v := range mates {
		near, far := b.value(b.since(b.lastHead[v], stamp), b.baseHead[v]), b.value(b.since(b.lastTail[v], stamp), b.baseTail[v])
		if mirrored {
			near, far = far, near
		}
		if v == j || near >= r && far >= t {
			excess += b.time[v]
			x.members = append(x.members, v)
		}
	}
	for _, v := range x.members {
		if v != j && v != keep && b.time[v] <= excess {
			excess -= b.time[v]
			continue
		}
		head, tail := r, t
		if mirrored {
			head, tail = t, r
		}
		if v != j || !mirrored {
			why, _ = x.blameHead(why, v, head, stamp)
		}
		if v != j || mirrored {
			why, _ = x.blameTail(why, v, tail, stamp)
		}
	}
	return why
}
