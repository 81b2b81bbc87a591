package lns

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A move is a change of the list or of one operation's mode.
type move struct {
	kind   moveKind
	op     int32 // whose mode was changed
	mode   int32 // that it had
	forced bool  // accepted in any case
}

type moveKind uint8

const (
	none moveKind = iota
	reorder
	remode
)

// choose makes the next change: a move on a critical path, or where a phase
// begins with the best list the ruin of a stretch of it.
func (e *Engine) choose() move {
	if e.ruined {
		e.ruined = false
		e.ruin()
		return move{forced: true}
	}
	path := e.trace.trace(e.current.S, e.target(), e.m.Ops())
	for range 8 {
		if len(path) == 0 {
			break
		}
		if v := e.improve(path); v.kind != none {
			return v
		}
	}
	return e.wander()
}

// target is the operation at whose end a critical path is to begin: the last of
// a job drawn by what it costs, or the last of all by what the makespan costs.
func (e *Engine) target() int32 {
	total := int64(0)
	last, end := int32(0), int64(-1)
	for j := range e.m.Jobs {
		if o := e.lastOf(j); o >= 0 {
			total = core.Sum(total, e.m.Jobs[j].Price(e.current.S.End[o]))
			if e.current.S.End[o] > end {
				last, end = o, e.current.S.End[o]
			}
		}
	}
	makespan := core.Product(e.m.Objective.Makespan, end)
	total = core.Sum(total, makespan)
	if total == 0 {
		return last
	}
	pick := e.below64(total)
	if pick < makespan {
		return last
	}
	pick -= makespan
	for j := range e.m.Jobs {
		if o := e.lastOf(j); o >= 0 {
			if pick -= e.m.Jobs[j].Price(e.current.S.End[o]); pick < 0 {
				return o
			}
		}
	}
	return last
}

// lastOf is the operation of job j that ends last, -1 if none is placed.
func (e *Engine) lastOf(j int) int32 {
	last := int32(-1)
	for _, o := range e.m.JobOp[e.m.JobStart[j]:e.m.JobStart[j+1]] {
		if e.current.S.Start[o] >= 0 && (last < 0 || e.current.S.End[o] >= e.current.S.End[last]) {
			last = o
		}
	}
	return last
}

// improve moves an operation of a block of the path to an end of the block, or
// past its neighbour, or gives it another mode. The block is the one of a link
// drawn from the path.
func (e *Engine) improve(path []link) move {
	i := e.below(len(path))
	if e.now == nil && e.below(8) == 0 {
		e.promote(path[i].second)
		return move{kind: reorder}
	}
	if v := e.remode(path[i]); v.kind != none {
		return v
	}
	if path[i].first < 0 {
		if e.now == nil && e.below(4) == 0 && e.jump(e.unit(path[i].second)) {
			return move{kind: reorder}
		}
		return move{}
	}
	// Links of a block follow one another: lo is its last in time.
	lo, hi := i, i
	for lo > 0 && path[lo-1].first == path[lo].second && path[lo-1].resource == path[i].resource {
		lo--
	}
	for hi+1 < len(path) && path[hi+1].second == path[hi].first && path[hi+1].resource == path[i].resource {
		hi++
	}
	first, last := path[hi].first, path[lo].second
	a, b, r := e.unit(path[i].first), e.unit(path[i].second), path[i].resource
	var ok bool
	switch kind := e.below(4); {
	case e.now == nil && e.below(2) == 0:
		ok = e.jump(b)
	case kind == 0: // to the front of the block
		ok = e.list.before(b, e.unit(first), r)
	case kind == 1: // to its back
		ok = e.list.after(a, e.unit(last), r)
	case kind == 2:
		ok = e.list.before(b, a, r)
	default:
		ok = e.list.after(a, b, r)
	}
	if !ok {
		return move{}
	}
	return move{kind: reorder}
}

// jump moves a unit forwards by up to an eighth of the list, whatever it waits
// for: before all of its resources at once.
func (e *Engine) jump(u int32) bool {
	at := int(e.list.where[u])
	to := max(0, at-1-e.below(1+len(e.list.units)/8))
	return e.list.before(u, e.list.units[to], -1)
}

// promote moves operation o and what follows it in its job forwards together,
// by up to a quarter of the list: where shifts and several resources make
// operations wait, one of them alone gains nothing.
func (e *Engine) promote(o int32) {
	e.group = e.group[:0]
	from := e.list.where[e.unit(o)]
	for _, p := range e.m.JobOp[e.m.JobStart[e.m.OpJob[o]]:e.m.JobStart[e.m.OpJob[o]+1]] {
		if u := e.unit(p); e.list.where[u] >= from && !slices.Contains(e.group, u) {
			e.group = append(e.group, u)
		}
	}
	slices.SortFunc(e.group, func(a, b int32) int { return cmp.Compare(e.list.where[a], e.list.where[b]) })
	e.list.promote(e.group, 1+e.below(1+len(e.list.units)/4))
}

func (e *Engine) unit(o int32) int32 { return e.g.U.Of[o] }

// remode gives the operation of a link another mode, every other time if it has
// one.
func (e *Engine) remode(l link) move {
	o := l.second
	modes := int(e.m.ModeStart[o+1] - e.m.ModeStart[o])
	if _, fixed := e.m.Fixed(o); fixed >= 0 || modes == 1 || e.below(2) == 0 {
		return move{}
	}
	v := move{kind: remode, op: o, mode: e.modes[o]}
	e.modes[o] = (e.modes[o] + 1 + int32(e.below(modes-1))) % int32(modes)
	return v
}

// wander moves a unit a little, anywhere.
func (e *Engine) wander() move {
	n := len(e.list.units)
	for range 8 {
		i := e.below(n)
		k := max(0, i-1-e.below(10))
		if e.list.before(e.list.units[i], e.list.units[k], -1) {
			return move{kind: reorder}
		}
	}
	return move{}
}

// ruin shuffles a stretch of the list and draws some modes in it anew.
func (e *Engine) ruin() {
	n := len(e.list.units)
	length := min(n, 5+e.below(5+n/8))
	from := e.below(n - length + 1)
	for range length {
		x, y := e.list.units[from+e.below(length)], e.list.units[from+e.below(length)]
		e.list.before(x, y, -1)
	}
	for i := range length / 8 {
		o := e.g.U.Ops(e.list.units[from+i*8])[0]
		if modes := int(e.m.ModeStart[o+1] - e.m.ModeStart[o]); modes > 1 {
			e.modes[o] = int32(e.below(modes))
		}
	}
}

// undo takes the move back.
func (e *Engine) undo() {
	switch e.move.kind {
	case reorder:
		e.list.undo()
	case remode:
		e.modes[e.move.op] = e.move.mode
	}
}
