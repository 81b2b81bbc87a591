// Package dispatch builds schedules operation by operation: serially from a
// given order, or in the course of time by priority rules. It is where every
// search for a general model begins and what it rebuilds with.
//
// A [Generator] places operations one at a time at the earliest instant that
// all constraints of the model allow, in gaps where they fit; it never moves
// what is placed, and what has no feasible place is left out. A [Rule] says
// which operation goes first; there is one to a file. A [Pass] builds a schedule
// by a rule, a [Beam] many near it, and a [Backward] pass begins at the due
// dates. Plain job shops have a generator of their own, [JobShop], made for
// millions of operations.
//
// All decisions are in integers, so that the same input gives the same schedule
// on every machine.
package dispatch

import (
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A Generator is a partial schedule of a model that grows by placing units:
// single operations, or groups of them that maximum waits or blocking tie
// together (see [Units]). It is reused by Reset and allocates only while its
// buffers grow.
type Generator struct {
	M *core.Model
	U *Units
	// S is the schedule so far. It is the generator's; callers may read it.
	S core.Schedule
	// Tried counts the operations placed or tried, as a measure of work.
	Tried int64

	free []profile
	// sequence lists the operations placed on each resource with changeovers.
	sequence [][]int32
	// changeover is the time at the start of each placed operation.
	changeover []int64
	// held is until when a placed operation has its machine: its end, or
	// later if it is blocking.
	held []int64
	// atLeast is the earliest start tried for an operation while the group
	// it is in is being placed.
	atLeast []int64
	// notBefore is when operations are wanted at the earliest, beyond what
	// the model asks, or nil.
	notBefore []int64
	fixed     []int32 // frozen operations by start
	order     []int32 // scratch of Delay
}

// NewGenerator returns a generator with only what is frozen in place.
func NewGenerator(m *core.Model, u *Units) *Generator {
	n := m.Ops()
	g := &Generator{
		M: m, U: u, S: *core.NewSchedule(n),
		free:       make([]profile, len(m.Resources)),
		sequence:   make([][]int32, len(m.Resources)),
		changeover: make([]int64, n),
		held:       make([]int64, n),
		atLeast:    make([]int64, n),
	}
	for r, uses := range users(m) {
		g.free[r].steps = make([]step, 0, 2*uses+4)
		if m.Resources[r].Setup >= 0 {
			g.sequence[r] = make([]int32, 0, uses)
		}
	}
	for o := range int32(n) {
		if start, _ := m.Fixed(o); start >= 0 {
			g.fixed = append(g.fixed, o)
		}
	}
	slices.SortStableFunc(g.fixed, func(a, b int32) int {
		return int(min(1, max(-1, m.FixedStart[a]-m.FixedStart[b])))
	})
	g.Reset()
	return g
}

// users counts, for each resource, the operations that have a mode on it, and
// so the most that a profile has to hold.
func users(m *core.Model) []int {
	count := make([]int, len(m.Resources))
	last := make([]int32, len(m.Resources))
	for o := range int32(m.Ops()) {
		for k := m.NeedStart[m.ModeStart[o]]; k < m.NeedStart[m.ModeStart[o+1]]; k++ {
			if r := m.NeedResource[k]; last[r] != o+1 {
				last[r] = o + 1
				count[r]++
			}
		}
	}
	return count
}

// Reset takes everything away but what is frozen.
func (g *Generator) Reset() {
	for r := range g.free {
		g.free[r].reset(g.M.Resources[r].Capacity)
		g.sequence[r] = g.sequence[r][:0]
	}
	for o := range g.S.Start {
		g.S.Start[o], g.S.End[o] = -1, -1
	}
	for _, o := range g.fixed {
		start, mode := g.M.Fixed(o)
		g.S.Mode[o] = mode
		m := g.M.ModeStart[o] + mode
		p := place{start: start, setup: g.changeoverAt(o, m, start)}
		p.end = g.M.Timeline(m).Finish(start, p.setup+g.M.ModeTime[m])
		g.put(o, p)
	}
	for _, o := range g.fixed {
		g.holdAll(o)
	}
}

// changeoverAt is the time to change over to operation o when it is put at
// the end of what is on its machine before start.
func (g *Generator) changeoverAt(o, mode int32, start int64) int64 {
	if !g.M.Sequenced(mode) {
		return 0
	}
	r := g.M.Machine(mode)
	t, _ := g.M.Changeover(r, g.familyBefore(r, g.position(r, start)), g.M.Family(o))
	return t
}

// A place is where an operation would go.
type place struct {
	start, end, setup int64
}

// put occupies the resources of operation o, whose mode is set.
func (g *Generator) put(o int32, p place) {
	g.S.Start[o], g.S.End[o] = p.start, p.end
	g.changeover[o], g.held[o] = p.setup, p.end
	mode := g.M.ModeStart[o] + g.S.Mode[o]
	g.take(mode, 1, p.start, p.end)
	if g.M.Sequenced(mode) {
		r := g.M.Machine(mode)
		g.sequence[r] = slices.Insert(g.sequence[r], g.position(r, p.start), o)
	}
}

// remove is the inverse of put, and of hold.
func (g *Generator) remove(o int32) {
	mode := g.M.ModeStart[o] + g.S.Mode[o]
	if g.M.Sequenced(mode) {
		r := g.M.Machine(mode)
		i := slices.Index(g.sequence[r], o)
		g.sequence[r] = slices.Delete(g.sequence[r], i, i+1)
	}
	g.take(mode, -1, g.S.Start[o], g.S.End[o])
	g.free[g.M.Machine(mode)].take(-int64(g.M.Units(g.M.NeedStart[mode])), g.S.End[o], g.held[o])
	g.S.Start[o], g.S.End[o] = -1, -1
}

// take occupies (sign 1) or gives back (sign -1) what a mode needs.
func (g *Generator) take(mode int32, sign, start, end int64) {
	for k := g.M.NeedStart[mode]; k < g.M.NeedStart[mode+1]; k++ {
		g.free[g.M.NeedResource[k]].take(sign*int64(g.M.Units(k)), start, end)
	}
}

// Cost is what the schedule so far costs.
func (g *Generator) Cost() core.Cost {
	c := g.M.EvaluateTimes(&g.S)
	if o := &g.M.Objective; o.Setup == 0 && o.SetupCost == 0 {
		return c
	}
	for r, seq := range g.sequence {
		last := g.M.Resources[r].Initial
		for _, o := range seq {
			c.Value = core.Sum(c.Value, g.M.ChangeoverPrice(int32(r), last, g.M.Family(o)))
			last = g.M.Family(o)
		}
	}
	return c
}
