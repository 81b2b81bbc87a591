package dispatch

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A Backward pass plans from the due dates: a [Pass] over the mirror image of
// the model places every job as late as its due date allows, or the horizon if
// it has none, the last operation first. What comes before the present, or was
// not in the image, is then repaired: units are placed again in the order of
// these latest starts, forwards. Where early completion costs something no
// operation begins before its latest start if it fits there; otherwise all are
// shifted to the left.
type Backward struct {
	g       *Generator
	pass    *Pass // over the mirror image
	horizon int64
	latest  []int64 // start of each operation, below 0 if it comes too late
	key     []int64 // of each unit
	order   []int32 // units by latest start
	next    int     // position in order; -1 while the pass goes backwards
	late    bool    // hold operations until their latest start
}

// NewBackward prepares backward passes that end in g. Jobs that are not due are
// wanted at last, at least 0. It makes a second model as large as the first.
func NewBackward(g *Generator, last int64) *Backward {
	m := g.M
	// Half of what times may be is left for what comes before the present.
	last = min(last, core.Limit/2)
	horizon := last
	for j := range m.Jobs {
		job := &m.Jobs[j]
		horizon = max(horizon, job.Release)
		if t := min(job.Due, job.Deadline); t < core.Never {
			horizon = max(horizon, t)
		}
	}
	horizon = min(horizon, core.Limit/2)
	image := mirror(m, horizon, last)
	return &Backward{
		g: g, pass: NewPass(NewGenerator(image, NewUnits(image)), NewFacts(image)), horizon: horizon,
		latest: make([]int64, m.Ops()), key: make([]int64, g.U.Len()), order: make([]int32, g.U.Len()),
		late: !m.Regular(),
	}
}

// Begin starts a pass. The rule sees the image: its due dates are the releases
// of jobs, and it chooses what goes last.
func (b *Backward) Begin(rule Rule) {
	b.g.Reset()
	b.pass.Begin(rule, 0, nil)
	b.next = -1
}

// Run places up to count more units, backwards or forwards, and reports whether
// the pass is complete.
func (b *Backward) Run(count int) (complete bool) {
	if b.next < 0 {
		if b.pass.Run(count) {
			b.turn()
		}
		return false
	}
	for ; count > 0 && b.next < len(b.order); count-- {
		b.place(b.order[b.next])
		b.next++
	}
	return b.next == len(b.order)
}

// turn sorts the units by their latest start, but never against an arc.
func (b *Backward) turn() {
	m, s := b.g.M, &b.pass.g.S
	for o := range b.latest {
		b.latest[o] = beginning
		if s.Start[o] >= 0 {
			b.latest[o] = b.horizon - s.End[o]
		}
	}
	for u := range b.order {
		b.order[u] = int32(u)
		b.key[u] = b.latest[b.g.U.Ops(int32(u))[0]]
	}
	// Units are numbered along the arcs.
	for u := range int32(len(b.order)) {
		for _, o := range b.g.U.Ops(u) {
			for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
				v := b.g.U.Of[m.Arcs[i].To]
				b.key[v] = max(b.key[v], b.key[u])
			}
		}
	}
	slices.SortFunc(b.order, func(u, v int32) int {
		return cmp.Or(cmp.Compare(b.key[u], b.key[v]), cmp.Compare(u, v))
	})
	b.next = 0
}

// place puts a unit in the modes of the image: at its latest start if early
// completion costs something and it fits, else as early as it can be.
func (b *Backward) place(u int32) {
	modes := b.pass.g.S.Mode
	if b.late {
		b.g.notBefore = b.latest
		ok := b.g.Place(u, modes)
		b.g.notBefore = nil
		if ok {
			return
		}
	}
	b.g.Place(u, modes)
}
