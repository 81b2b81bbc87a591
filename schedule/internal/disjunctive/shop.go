package disjunctive

import (
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A Shop is the part of a [core.Model] that a disjunctive graph needs, laid
// out for the inner loops. It is immutable and may be shared.
type Shop struct {
	Ops, Machines int
	Jobs          []core.Job
	Job           []int32 // job of each operation
	Release       []int64 // earliest start of each operation

	// Modes[ModeStart[o]:ModeStart[o+1]] are the ways to do operation o.
	ModeStart []int32
	Modes     []Mode

	// The network. An operation's first arc stands in First so that a chain,
	// the usual case, costs no loop; where an operation has more, the others
	// stand in Pred and Succ, which are nil if there is no such operation.
	First      []Links
	Pred, Succ [][]Link

	// Topological is one order of the operations along the network.
	Topological []int32

	// Makespan is the price of a tick of makespan.
	Makespan int64

	fixedMode []int32 // of the model: only that mode is laid out
}

// A Mode is a machine that can do an operation, and how long it takes.
type Mode struct {
	Machine int32
	Time    int64
}

// A Link says that an operation's start follows the end of another by Lag or
// more.
type Link struct {
	Op  int32
	Lag int64
}

// Links are the first arc into and the first arc out of an operation. Where
// there is none, Op is the number of operations, a place in every array of
// the graph where nothing ends and nothing follows.
type Links struct {
	Pred, Succ Link
}

// Compile lays out a model. It reports false if the model holds something
// that a disjunctive graph does not express: machines that are not plain unit
// machines, modes with several resources, arcs other than end-start with a
// non-negative wait and no limit, blocking, fixed starts or deadlines.
func Compile(m *core.Model) (*Shop, bool) {
	if !expressible(m) {
		return nil, false
	}
	n := len(m.OpJob)
	s := &Shop{
		Ops:       n,
		Machines:  len(m.Resources),
		Jobs:      m.Jobs,
		Job:       m.OpJob,
		Release:   make([]int64, n),
		ModeStart: make([]int32, n+1),
		First:     make([]Links, n),
		Makespan:  m.Objective.Makespan,
		fixedMode: m.FixedMode,
	}
	for o := range n {
		s.Release[o] = max(0, m.Jobs[m.OpJob[o]].Release)
		if m.OpRelease != nil {
			s.Release[o] = max(s.Release[o], m.OpRelease[o])
		}
		s.addModes(m, o)
		s.addArcs(m, o)
	}
	s.Topological = s.sortOps()
	return s, true
}

func expressible(m *core.Model) bool {
	for _, r := range m.Resources {
		if r.Capacity != 1 || r.Calendar >= 0 || r.Setup >= 0 {
			return false
		}
	}
	for _, j := range m.Jobs {
		if j.Deadline < core.Never {
			return false
		}
	}
	for _, a := range m.Arcs {
		if a.Kind != core.EndStart || a.Min < 0 || a.Max < core.Never {
			return false
		}
	}
	for k := range len(m.ModeTime) {
		if m.NeedStart[k+1]-m.NeedStart[k] != 1 {
			return false
		}
	}
	blocking := func(f core.OpFlag) bool { return f&core.Blocking != 0 }
	fixed := func(t int64) bool { return t >= 0 }
	return !slices.ContainsFunc(m.OpFlags, blocking) && !slices.ContainsFunc(m.FixedStart, fixed)
}

func (s *Shop) addModes(m *core.Model, o int) {
	first, last := m.ModeStart[o], m.ModeStart[o+1]
	if m.FixedMode != nil && m.FixedMode[o] >= 0 {
		first += m.FixedMode[o]
		last = first + 1
	}
	for k := first; k < last; k++ {
		s.Modes = append(s.Modes, Mode{Machine: m.NeedResource[m.NeedStart[k]], Time: m.ModeTime[k]})
	}
	s.ModeStart[o+1] = int32(len(s.Modes))
}

func (s *Shop) addArcs(m *core.Model, o int) {
	none := Link{Op: int32(s.Ops)}
	s.First[o] = Links{Pred: none, Succ: none}
	for i, k := range m.InArc[m.InStart[o]:m.InStart[o+1]] {
		link := Link{Op: m.Arcs[k].From, Lag: m.Arcs[k].Min}
		if i == 0 {
			s.First[o].Pred = link
			continue
		}
		if s.Pred == nil {
			s.Pred = make([][]Link, s.Ops)
		}
		s.Pred[o] = append(s.Pred[o], link)
	}
	for i, k := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
		link := Link{Op: m.Arcs[k].To, Lag: m.Arcs[k].Min}
		if i == 0 {
			s.First[o].Succ = link
			continue
		}
		if s.Succ == nil {
			s.Succ = make([][]Link, s.Ops)
		}
		s.Succ[o] = append(s.Succ[o], link)
	}
}

// sortOps returns the operations in an order along the network, smaller
// indices first where the network leaves a choice between levels.
func (s *Shop) sortOps() []int32 {
	waits := make([]int32, s.Ops)
	order := make([]int32, 0, s.Ops)
	for o := range s.Ops {
		waits[o] = s.preds(int32(o))
		if waits[o] == 0 {
			order = append(order, int32(o))
		}
	}
	for i := 0; i < len(order); i++ {
		s.EachSucc(order[i], func(l Link) {
			if waits[l.Op]--; waits[l.Op] == 0 {
				order = append(order, l.Op)
			}
		})
	}
	return order
}

// EachPred calls f for every arc into o. It is for what runs once; the inner
// loops read First and Pred themselves.
func (s *Shop) EachPred(o int32, f func(Link)) {
	if l := s.First[o].Pred; int(l.Op) < s.Ops {
		f(l)
	}
	if s.Pred != nil {
		for _, l := range s.Pred[o] {
			f(l)
		}
	}
}

// EachSucc calls f for every arc out of o.
func (s *Shop) EachSucc(o int32, f func(Link)) {
	if l := s.First[o].Succ; int(l.Op) < s.Ops {
		f(l)
	}
	if s.Succ != nil {
		for _, l := range s.Succ[o] {
			f(l)
		}
	}
}

// ModesOf returns the ways to do operation o.
func (s *Shop) ModesOf(o int32) []Mode { return s.Modes[s.ModeStart[o]:s.ModeStart[o+1]] }

// ModeIndex returns the index into Modes of a mode that the model counts
// within the operation. It reports false if the operation has no such mode or
// is fixed to another.
func (s *Shop) ModeIndex(o, mode int32) (int32, bool) {
	mode -= s.skipped(o)
	k := s.ModeStart[o] + mode
	return k, mode >= 0 && k < s.ModeStart[o+1]
}

// modelMode is the inverse of ModeIndex.
func (s *Shop) modelMode(o, k int32) int32 { return k - s.ModeStart[o] + s.skipped(o) }

// skipped is the number of the operation's modes before the one it is fixed to.
func (s *Shop) skipped(o int32) int32 {
	if s.fixedMode == nil {
		return 0
	}
	return max(0, s.fixedMode[o])
}

// preds is the number of arcs into o.
func (s *Shop) preds(o int32) int32 {
	var n int32
	if int(s.First[o].Pred.Op) < s.Ops {
		n = 1
	}
	if s.Pred != nil {
		n += int32(len(s.Pred[o]))
	}
	return n
}

// MeanTime is the mean length of the operation's modes, rounded down.
func (s *Shop) MeanTime(o int32) int64 {
	var sum int64
	modes := s.ModesOf(o)
	for _, m := range modes {
		sum += m.Time
	}
	return sum / int64(len(modes))
}

// MinTime is the length of the operation's fastest mode.
func (s *Shop) MinTime(o int32) int64 {
	modes := s.ModesOf(o)
	least := modes[0].Time
	for _, m := range modes[1:] {
		least = min(least, m.Time)
	}
	return least
}

// Horizon is an instant by which every graph of the shop has ended: the last
// release, and all longest modes and waits one after another.
func (s *Shop) Horizon() int64 {
	var end, release int64
	for o := range int32(s.Ops) {
		release = max(release, s.Release[o])
		var longest int64
		for _, m := range s.ModesOf(o) {
			longest = max(longest, m.Time)
		}
		end += longest
		s.EachPred(o, func(l Link) { end += l.Lag })
	}
	return end + release
}
