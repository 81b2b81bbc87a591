package heuristic

// An attempt is a try of repair: what it touches, and how that was before.
type attempt struct {
	*repair
	mark    int
	units   []int32
	penalty []int64 // of each of the units before
	saved   saved
	outputs []int32 // points that moved orders supply
	split   bool    // into more lots than would do
}

// saved is what the trail does not know of lines.
type saved struct {
	lines  []int32
	parts  [][]part
	spared [][]part
	why    []excuse
}

func (r *repair) newAttempt() *attempt { return &attempt{repair: r, mark: r.mark()} }

func (v *saved) save(s *state, lines []int32) {
	for _, l := range lines {
		v.lines, v.parts = append(v.lines, l), append(v.parts, s.parts[l])
		v.spared, v.why = append(v.spared, s.spared[l]), append(v.why, s.why[l])
	}
}

// restore puts back what was saved first of each line.
func (v *saved) restore(s *state) {
	for n := len(v.lines) - 1; n >= 0; n-- {
		l := v.lines[n]
		s.parts[l], s.spared[l], s.why[l] = v.parts[n], v.spared[n], v.why[n]
	}
}

// touches reports whether an attempt is about a unit.
func (a *attempt) touches(u int32) bool { return a.position(u) >= 0 }

func (a *attempt) position(u int32) int {
	for n, k := range a.units {
		if k == u {
			return n
		}
	}
	return -1
}

// take takes away what was placed for some units. It reports whether it could.
func (a *attempt) take(units ...int32) bool {
	var lines []int32
	for _, u := range units {
		if !a.touches(u) {
			a.units, a.penalty = append(a.units, u), append(a.penalty, a.unitPenalty(u))
		}
		lines = append(lines, a.repair.units[u].lines...)
	}
	a.saved.save(a.state, lines)
	return a.takeLines(lines)
}

// takeAll takes away the units and orders of some turns.
func (a *attempt) takeAll(turns []turn) bool {
	var units []int32
	for _, t := range turns {
		if t.unit != nobody {
			units = append(units, t.unit)
		}
	}
	if !a.take(units...) {
		return false
	}
	for _, t := range turns {
		if t.unit == nobody && !a.takeExisting(t.order) {
			return false
		}
	}
	return true
}

// replan plans the turns of a proposal. It reports whether all orders among
// them found a place.
func (a *attempt) replan(p proposal) bool {
	for n, t := range p.turns {
		if n == 0 && p.more > 0 {
			a.boost(p.point, p.more)
		}
		ok := a.plan(t)
		a.boost(nobody, 0)
		if !ok {
			return false
		}
	}
	return true
}

func (a *attempt) plan(t turn) bool {
	if t.unit == nobody {
		a.outputs = a.outputsOf(t.order, a.outputs)
		return a.replaceOrder(t.order, t.hurried)
	}
	a.hurried, a.pieces = t.hurried, t.pieces
	a.split = a.split || t.pieces > 0
	a.planUnit(a.repair.units[t.unit])
	a.hurried, a.pieces = false, 0
	return true
}

// accepted reports whether the plan is allowed and better: the most important
// of the units that are served otherwise are served better, or if none is, they
// cost less; in either case by more than the price of the changes. Lots are
// split for better service only, not for shorter flow.
func (a *attempt) accepted() bool {
	if a.crowded() || !a.covered() {
		return false
	}
	gain, cheaper := a.served(), int64(0)
	for _, k := range a.units {
		cheaper += a.cost[k] - a.unitCost(k)
	}
	switch {
	case gain == 0 && !a.split:
		gain = cheaper
	case a.lasting:
		gain = min(gain, cheaper)
	}
	return gain > a.changed(a.mark)
}

// served returns by how much less the most important units that are served
// otherwise are late and short, in money.
func (a *attempt) served() int64 {
	most, gain := nobody, int64(0)
	for n, k := range a.units {
		d := a.penalty[n] - a.unitPenalty(k)
		if d != 0 && (most == nobody || a.outranks(k, most)) {
			most, gain = k, 0
		}
		if most != nobody && !a.outranks(most, k) {
			gain += d
		}
	}
	return gain
}

// covered reports whether whatever orders that were moved supply is there when
// it is taken.
func (a *attempt) covered() bool {
	for _, pt := range a.outputs {
		if a.stock[pt].firstBelow(a.now, 0) != never {
			return false
		}
	}
	return true
}

// commit keeps what was done.
func (a *attempt) commit() {
	for _, k := range a.units {
		a.cost[k] = a.unitCost(k)
	}
	if !a.lasting {
		a.trail = a.trail[:0]
	}
}

// restore leaves everything as it was.
func (a *attempt) restore() {
	a.undo(a.mark)
	a.saved.restore(a.state)
}

// longestChain bounds how many lose their place in a row.
const longestChain = 4

// eject goes on where u is better served, but another unit lost its place to
// it: that one gets its place back from a unit in its way, which then looks for
// another, and so on. It reports whether that ends well. See Glover, "Ejection
// chains, reference structures and alternating path methods for traveling
// salesman problems", Discrete Applied Mathematics 65 (1996).
func (a *attempt) eject(u int32, step func() bool) bool {
	if a.unitPenalty(u) >= a.penalty[a.position(u)] {
		return false
	}
	victim := a.victim(u)
	for range longestChain {
		if victim = a.push(victim, step); victim == nobody {
			return false
		}
		if a.accepted() {
			return true
		}
	}
	return false
}

// victim returns the unit that has lost most, or nobody.
func (a *attempt) victim(u int32) int32 {
	worst, most := nobody, int64(0)
	for n, k := range a.units {
		if loss := a.unitPenalty(k) - a.penalty[n]; k != u && loss > most {
			worst, most = k, loss
		}
	}
	return worst
}

// push finds a unit that, planned after the victim, lets it be served as well as
// before, and returns it; or nobody.
func (a *attempt) push(victim int32, step func() bool) int32 {
	if victim == nobody {
		return nobody
	}
	before := a.penalty[a.position(victim)]
	for _, k := range a.rivals(victim) {
		if a.touches(k) {
			continue
		}
		if !step() {
			return nobody
		}
		mark, touched, saves := a.state.mark(), len(a.units), a.saved
		if a.take(victim, k) && a.plan(turn{unit: victim}) && a.plan(turn{unit: k}) && a.unitPenalty(victim) <= before {
			return k
		}
		a.backTo(mark, touched, saves)
	}
	return nobody
}

// backTo undoes what was done since a mark, when so many units were touched.
func (a *attempt) backTo(mark, touched int, was saved) {
	a.undo(mark)
	n := len(was.lines)
	since := saved{a.saved.lines[n:], a.saved.parts[n:], a.saved.spared[n:], a.saved.why[n:]}
	since.restore(a.state)
	a.saved = was
	a.units, a.penalty = a.units[:touched], a.penalty[:touched]
}
