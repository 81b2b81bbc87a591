package exact

// learn turns the conflict in refuted into a clause with one order of the
// present level (the first unique implication point), goes back to where the
// clause leaves only that order open, and assigns it. It returns false if the
// conflict depends on no decision.
func (x *Solver) learn() bool {
	x.conflicts++
	o := &x.orders
	level := int32(0)
	for _, l := range x.refuted {
		level = max(level, o.level[l])
	}
	if level == 0 {
		return false
	}
	x.backtrack(int(level))
	x.learnt = append(x.learnt[:0], 0)
	open := x.collect(x.refuted, level, 0)
	i := len(x.trail) - 1
	for ; ; i-- {
		l := x.trail[i]
		if !x.seen[l] {
			continue
		}
		if open == 1 {
			x.learnt[0] = o.not[l]
			x.seen[l] = false
			break
		}
		x.seen[l] = false
		open = x.collect(x.explain(l), level, open-1)
	}
	x.rank.fade()
	x.shorten()
	x.commit()
	return true
}

// collect adds the orders to the clause being learnt, those of the level
// itself only to the set still to be resolved, whose size is open.
func (x *Solver) collect(lits []lit, level int32, open int) int {
	for _, l := range lits {
		if x.seen[l] || x.orders.level[l] == 0 {
			continue
		}
		x.seen[l] = true
		x.rank.bump(x.orders.pair[l])
		if x.orders.level[l] == level {
			open++
		} else {
			x.learnt = append(x.learnt, x.orders.not[l])
		}
	}
	return open
}

// shorten drops the orders from the learnt clause that follow from others in
// it, and unmarks all.
func (x *Solver) shorten() {
	o := &x.orders
	x.marked = append(x.marked[:0], x.learnt[1:]...)
	kept := x.learnt[:1]
	for _, l := range x.learnt[1:] {
		if !x.implied(o.not[l]) {
			kept = append(kept, l)
		}
	}
	x.learnt = kept
	for _, l := range x.marked {
		x.seen[o.not[l]] = false
	}
}

// implied reports whether l follows from marked orders alone.
func (x *Solver) implied(l lit) bool {
	if x.orders.why[l].kind == byDecision {
		return false
	}
	for _, c := range x.explain(l) {
		if !x.seen[c] && x.orders.level[c] > 0 {
			return false
		}
	}
	return true
}

// explain returns the orders, all true, from which l follows. The slice is
// overwritten by the next call.
func (x *Solver) explain(l lit) []lit {
	x.cause = x.cause[:0]
	switch why := x.orders.why[l]; why.kind {
	case byBounds:
		x.cause = x.blameOrder(x.cause, l)
	case bySet:
		u, v := x.orders.from[l], x.orders.to[l]
		x.cause = x.blameSet(x.cause, false, v, u, v, why.near, why.far, x.orders.stamp[l])
	case byMirroredSet:
		u, v := x.orders.from[l], x.orders.to[l]
		x.cause = x.blameSet(x.cause, true, u, v, u, why.near, why.far, x.orders.stamp[l])
	case byClause:
		for _, r := range x.clauses.lits(why.clause) {
			if r != l {
				x.cause = append(x.cause, x.orders.not[r])
			}
		}
	}
	return x.cause
}

// commit stores the learnt clause and draws its conclusion.
func (x *Solver) commit() {
	back, at := int32(0), 1
	for i := 1; i < len(x.learnt); i++ {
		if v := x.orders.level[x.orders.not[x.learnt[i]]]; v > back {
			back, at = v, i
		}
	}
	levels := x.countLevels()
	x.backtrack(int(back))
	if len(x.learnt) == 1 {
		x.assign(x.learnt[0], reason{})
		return
	}
	x.learnt[1], x.learnt[at] = x.learnt[at], x.learnt[1]
	if !x.clauses.fits(len(x.learnt)) {
		// Forget: the search goes on from the top, without the clause.
		x.backtrack(0)
		x.clauses.reduce(x)
		return
	}
	c := x.clauses.add(x.learnt, levels)
	x.assign(x.learnt[0], reason{kind: byClause, clause: c})
}

// countLevels returns the number of different levels in the learnt clause.
func (x *Solver) countLevels() int32 {
	k := &x.clauses
	k.clause++
	count := int32(0)
	for _, l := range x.learnt {
		v := x.orders.level[x.orders.not[l]]
		if k.levels[v] != k.clause {
			k.levels[v] = k.clause
			count++
		}
	}
	return count
}
